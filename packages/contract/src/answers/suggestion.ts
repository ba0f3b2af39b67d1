// 一件审查建议自己的内容：答复一件事项时，在各种事项都有的各项以外。
import { z } from 'zod'

const named = z.looseObject({ id: z.string(), name: z.string() })
/** 所提的一处冲突；`finding` 为结论，没有结论的、审查机关以外的人看到的为空。 */
const Conflict = z.looseObject({
  id: z.string(),
  act: z.string(),
  article: z.string().nullable(),
  reason: z.string().nullable().describe('不一致之处，照提出人所写'),
  finding: z
    .looseObject({ outcome: z.string(), ground: z.string(), provisions: z.array(z.string()).optional() })
    .nullable(),
})
export const SuggestionFile = z.looseObject({
  from: z
    .looseObject({ matter: z.string(), unit: z.string(), receivedOn: z.string() })
    .nullable()
    .describe('由哪个机关移送来的'),
  exit: z
    .looseObject({
      kind: z.string(),
      to: z.string().nullable(),
      matter: z.string().nullish(),
      on: z.string(),
      words: z.string().nullable(),
    })
    .nullable()
    .describe('怎样退出的；移送的，matter 是在接收机关开启的一件'),
  receipt: z.string().nullable(),
  door: z.string(),
  doorLabel: z.string(),
  document: z.looseObject({ entry: z.string(), title: z.string(), issuers: z.array(named) }),
  receivedOn: z.string(),
  number: z.string().nullable(),
  provisions: z.array(z.string()),
  conflicts: z.array(Conflict),
  outcomeLabels: z.record(z.string(), z.string()),
  texts: z
    .array(
      z.looseObject({
        n: z.int(),
        kind: z.string(),
        body: z.looseObject({
          reason: z.string().optional(),
          text: z.string().optional(),
          questions: z.string().optional(),
          reasons: z.string().optional(),
          missing: z.array(z.string()).optional(),
        }),
        at: z.iso.datetime({ offset: true }),
      }),
    )
    .describe('往来的文字，依次'),
})
