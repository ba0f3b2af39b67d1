import { type Classification, classificationLabels } from '@dianzhang/contract'

/** The labels of a classification; when there are none, says that it is an ordinary document. */
export function classificationTags(classification: Classification): string[] {
  const tags = Object.entries(classificationLabels).flatMap(([key, label]) =>
    classification[key as keyof Classification] ? [label] : [],
  )
  return tags.length > 0 ? tags : ['一般文件']
}
