// 一件备案的案卷：报来了什么、登记、逐项审查、函询、意见与改正，各次催报。没有个人信息；文字都在其中。
import { reviewItems } from '@dianzhang/contract'
import { z } from 'zod'

const day = z.iso.date()
const text = z.string()
const by = text.nullable()

const Submission = z.object({
  on: day,
  materials: z.array(text),
  textHash: text,
  note: text.nullable(),
  /** 首次报送、退回以后重新报送、补正。 */
  kind: z.enum(['first', 'again', 'supplement']),
  supplied: z.array(z.object({ item: text, note: text.nullable(), file: text.nullable(), sha256: text.nullable() })),
})
const Notice = z.object({
  n: z.int(),
  kind: z.enum(['require', 'remind', 'criticise']),
  on: day,
  text: text.nullable(),
  until: day.nullable(),
})
const Check = z.object({
  item: z.enum(reviewItems),
  result: z.enum(['none', 'doubt', 'problem']),
  provisions: z.array(text),
  note: text.nullable(),
  on: day,
  by,
})
const Finding = z.object({
  item: z.enum(reviewItems),
  problem: text,
  ground: text,
  provisions: z.array(text),
  demand: z.enum(['amend', 'repeal', 'stop']),
})

export const FilingDossier = z.object({
  id: text,
  jurisdiction: text,
  packVersion: text,
  track: z.enum(['government', 'npc']),
  /** 受理备案的机关。 */
  unit: text,
  document: z.object({
    entry: text,
    /** 在本系统办理的案卷。 */
    matter: text,
    title: text,
    number: text.nullable(),
    tier: z.enum(['government', 'department', 'township']),
    /** 制定机关，主办的在前。 */
    issuers: z.array(text),
    draftingUnit: text,
    publishedOn: day,
    effectiveDate: day,
  }),
  /**
   * 报送的是修改、废止的决定，没有另行的文件：决定的机关、文号、日期，由它变动的各件（`event`：那件案卷里第几项变动）。
   * `document` 是其中第一件，其题名、文号、公布之日写的是决定的。
   */
  decision: z
    .object({
      body: text,
      number: text.nullable(),
      date: day,
      changes: z.array(
        z.object({
          entry: text,
          matter: text,
          title: text,
          number: text.nullable(),
          kind: z.enum(['amended', 'repealed']),
          on: day,
          event: z.int(),
        }),
      ),
    })
    .optional(),
  openedOn: day,
  notices: z.array(Notice),
  submissions: z.array(Submission),
  /** 暂缓登记、要求补正的历次。 */
  deferrals: z.array(z.object({ on: day, items: z.array(text), until: day, suppliedOn: day.nullable() })),
  returns: z.array(
    z.object({ on: day, ground: z.enum(['not_normative', 'wrong_recipient', 'incomplete', 'other']), reason: text }),
  ),
  registered: z.object({ on: day, number: text, note: text.nullable(), by }).nullable(),
  review: z
    .object({
      kind: z.enum(['own', 'request', 'suggestion', 'special', 'transferred', 'joint']),
      on: day,
      suggestion: text.nullable(),
      requestedBy: text.nullable(),
    })
    .nullable(),
  extendedOn: day.nullable(),
  checks: z.array(Check),
  experts: z.array(z.object({ expert: text, date: day, opinion: text, on: day })),
  inquiries: z.array(
    z.object({
      n: z.int(),
      on: day,
      questions: text,
      until: day,
      answered: z.object({ on: day, text: text }).nullable(),
    }),
  ),
  talks: z.array(z.object({ on: day, text: text })),
  /** 制定机关同意改正的计划；审查恢复以后 `endedOn` 有值。 */
  plans: z.array(
    z.object({ on: day, action: z.enum(['amend', 'repeal']), plan: text, until: day, endedOn: day.nullable() }),
  ),
  reminders: z.array(z.object({ on: day, text: text })),
  opinion: z
    .object({
      on: day,
      number: text.nullable(),
      findings: z.array(Finding),
      by,
      answers: z.array(z.object({ on: day, action: z.enum(['amend', 'repeal', 'explain', 'keep']), answer: text })),
    })
    .nullable(),
  urges: z.array(z.object({ on: day, text: text })),
  correction: z
    .object({
      on: day,
      /** 作出改正的文件；以决定改正的，为那一决定的备案。 */
      document: text,
      title: text,
      number: text.nullable(),
      report: text.nullable(),
      byDecision: z.boolean().optional(),
    })
    .nullable(),
  motion: z
    .object({
      kind: z.enum(['annul', 'order_amend', 'order_improve']),
      reason: text,
      on: day,
      decided: z
        .object({
          decision: z.enum(['annul', 'order_amend', 'order_improve', 'dismissed']),
          body: text,
          number: text.nullable(),
          date: day,
          until: day.nullable(),
          on: day,
        })
        .nullable(),
    })
    .nullable(),
  closed: z
    .object({
      on: day,
      outcome: z.enum(['no_problem', 'reminder', 'corrected', 'annulled', 'explained', 'answered', 'not_filed']),
      conclusion: text.nullable(),
    })
    .nullable(),
  /** 办过此件的备案审查人。 */
  examiners: z.array(text),
  /**
   * 报送与受理在两套系统里的：对方是谁，本方是报送（sender）还是受理（receiver），双方以什么标识称呼这一件。两边各有一件，
   * 一边办的命令在另一边照录。没有的，都在本系统。
   */
  exchange: z
    .object({
      peer: text,
      label: text,
      side: z.enum(['sender', 'receiver']),
      about: text,
      /** 文件在报送一方门户上的地址，在其公开日志里的位置。 */
      address: text.nullable(),
      log: z.object({ origin: text, index: z.int() }).nullable(),
    })
    .optional(),
})
export type FilingDossier = z.infer<typeof FilingDossier>

/** 对方系统送来的命令所带的：由哪一包送来，那边哪一日办的，随包的文件，作出改正的文件。 */
export interface ReceivedCommand {
  message: string
  on: string
  files: Array<{ item: string; name: string; sha256: string }>
  correction: { title: string; number: string | null; changes: Array<'amended' | 'repealed'>; filed: boolean } | null
}
/** 这条命令是否由对方系统送来；不是的为 null。 */
export const sentFromThere = (payload: Record<string, unknown>): ReceivedCommand | null =>
  (payload.exchange as ReceivedCommand | undefined) ?? null

/** 最近一次报送（补正、重新报送都算）；还没有报送的为 undefined。 */
export const lastSubmission = (d: FilingDossier): FilingDossier['submissions'][number] | undefined =>
  d.submissions.at(-1)
/** 没有补正的暂缓。 */
export const openDeferral = (d: FilingDossier): FilingDossier['deferrals'][number] | undefined =>
  d.deferrals.findLast((x) => x.suppliedOn === null)
/** 正在等待答复的函询。 */
export const openFilingInquiry = (d: FilingDossier): FilingDossier['inquiries'][number] | undefined =>
  d.inquiries.findLast((x) => x.answered === null)
/** 制定机关正在改正的计划。 */
export const openPlan = (d: FilingDossier): FilingDossier['plans'][number] | undefined =>
  d.plans.findLast((x) => x.endedOn === null)
/** 最近一次答复；没有的为 undefined。 */
export const opinionAnswer = (d: FilingDossier): NonNullable<FilingDossier['opinion']>['answers'][number] | undefined =>
  d.opinion?.answers.at(-1)
/** 退回以后还没有重新报送。 */
export const isReturned = (d: FilingDossier): boolean => {
  const last = d.returns.at(-1)
  return last !== undefined && d.submissions.filter((x) => x.kind !== 'supplement').length <= d.returns.length
}

/** 这一项材料附了文件，或者写明了。 */
export const isGiven = ({ file, note }: { file?: unknown; note?: string | undefined }): boolean =>
  file !== undefined || (note ?? '').trim() !== ''

type Change = NonNullable<FilingDossier['decision']>['changes'][number]
const verbs = { amended: '修改', repealed: '废止' } as const
/** 决定怎样称呼：`废止《甲》的决定`，几件的写第一件与件数，有修改有废止的都写。 */
export function decisionTitle(changes: readonly Change[]): string {
  const what = (['amended', 'repealed'] as const).filter((kind) => changes.some((x) => x.kind === kind))
  const many = changes.length > 1 ? `等${changes.length}件文件` : ''
  return `${what.map((kind) => verbs[kind]).join('、')}《${changes[0]?.title ?? ''}》${many}的决定`
}
