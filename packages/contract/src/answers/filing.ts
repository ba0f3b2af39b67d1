// 一件备案自己的内容：答复一件事项时，在各种事项都有的各项以外。
import { z } from 'zod'
import { ExchangeLine } from './exchange.ts'

const named = z.looseObject({ id: z.string(), name: z.string() })
const maybe = z.string().nullable()
const said = z.looseObject({ on: z.string(), text: z.string() })
export const FilingFile = z.looseObject({
  track: z.string(),
  trackLabel: z.string(),
  receiver: z.boolean().describe('读者在受理机关任职'),
  recipient: named,
  exchange: z
    .looseObject({
      peer: z.string(),
      label: z.string(),
      side: z.enum(['sender', 'receiver']),
      about: z.string(),
      address: maybe,
      log: z.looseObject({ origin: z.string(), index: z.int() }).nullable(),
      lines: z.array(ExchangeLine),
    })
    .nullable()
    .describe('对方在另一套系统里的：往来到了哪一步'),
  document: z.looseObject({
    entry: z.string(),
    matter: z.string(),
    title: z.string(),
    number: maybe,
    issuers: z.array(named),
    publishedOn: z.string(),
    effectiveDate: z.string(),
  }),
  decision: z
    .looseObject({
      body: z.string(),
      number: maybe,
      date: z.string(),
      changes: z.array(
        z.looseObject({
          entry: z.string(),
          matter: z.string(),
          title: z.string(),
          number: maybe,
          kind: z.enum(['amended', 'repealed']),
          on: z.string(),
        }),
      ),
    })
    .nullable()
    .describe('报送的是修改、废止的决定：何机关何日作出，变动了哪几件；报送文件的为空'),
  materials: z
    .array(z.looseObject({ name: z.string(), there: z.boolean(), asked: z.boolean() }))
    .describe('材料清单：要求的报了没有，另外报了什么'),
  copies: z.int().nullable(),
  missing: z.array(z.string()),
  nextNumber: maybe,
  submissions: z.array(
    z.looseObject({
      on: z.string(),
      materials: z.array(z.string()),
      note: maybe,
      kind: z.string(),
      supplied: z.array(z.looseObject({ item: z.string(), note: maybe, file: maybe, sha256: maybe })),
    }),
  ),
  deferrals: z.array(
    z.looseObject({ on: z.string(), items: z.array(z.string()), until: z.string(), suppliedOn: maybe }),
  ),
  returns: z.array(z.looseObject({ on: z.string(), groundLabel: z.string(), reason: z.string() })),
  notices: z.array(z.looseObject({ n: z.int(), kind: z.string(), on: z.string(), text: maybe, until: maybe })),
  registered: z.looseObject({ on: z.string(), number: z.string(), note: maybe }).nullable(),
  review: z.looseObject({ kindLabel: z.string(), on: z.string(), requestedBy: maybe }).nullable(),
  checks: z
    .array(
      z.looseObject({
        item: z.string(),
        label: z.string(),
        result: maybe,
        resultLabel: maybe,
        note: maybe,
        provisions: z.array(z.string()),
      }),
    )
    .describe('逐项审查；只有受理机关看得到'),
  experts: z.array(z.looseObject({ expert: z.string(), date: z.string(), opinion: z.string() })),
  inquiries: z.array(
    z.looseObject({
      n: z.int(),
      on: z.string(),
      questions: z.string(),
      until: z.string(),
      answered: said.nullable(),
    }),
  ),
  talks: z.array(said),
  plans: z.array(z.looseObject({ on: z.string(), plan: z.string(), until: z.string(), endedOn: maybe })),
  reminders: z.array(said),
  opinion: z
    .looseObject({
      on: z.string(),
      number: maybe,
      findings: z.array(
        z.looseObject({
          problem: z.string(),
          ground: z.string(),
          itemLabel: z.string(),
          demandLabel: z.string(),
          provisions: z.array(z.string()),
        }),
      ),
      answers: z.array(z.looseObject({ on: z.string(), actionLabel: z.string(), answer: z.string() })),
    })
    .nullable(),
  urges: z.array(said),
  correction: z
    .looseObject({
      on: z.string(),
      document: z.string(),
      title: z.string(),
      number: maybe,
      report: maybe,
      byDecision: z.boolean().optional(),
    })
    .nullable(),
  motion: z
    .looseObject({
      label: z.string(),
      reason: z.string(),
      on: z.string(),
      decided: z.looseObject({ label: z.string(), body: z.string(), number: maybe, date: z.string() }).nullable(),
    })
    .nullable(),
  closed: z.looseObject({ on: z.string(), outcomeLabel: z.string(), conclusion: maybe }).nullable(),
  letters: z
    .array(z.looseObject({ id: z.string(), label: z.string(), on: z.string() }))
    .describe('已经形成的文书，可下载为 Word'),
})
