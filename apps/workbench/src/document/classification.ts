import { type Classification, classificationLabels } from '@dianzhang/contract'

/** 分类的各项标签；都没有时说明是一般文件。 */
export function classificationTags(classification: Classification): string[] {
  const tags = Object.entries(classificationLabels).flatMap(([key, label]) =>
    classification[key as keyof Classification] ? [label] : [],
  )
  return tags.length > 0 ? tags : ['一般文件']
}
