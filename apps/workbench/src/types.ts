// 接口答复的形状：能由答复的模式推出的由它推出，其余只写页面用到的字段。
import type { answers, Basis, Classification, Verdict } from '@dianzhang/contract'
import type { z } from 'zod'

/** 一页；`nextCursor` 为 null 即最后一页。 */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
/** 判断与依据的形状写在合同里，比答复所列的更细。 */
export type Told<T extends z.ZodType> = Judged<z.output<T>>
type Judged<T> =
  T extends z.output<typeof answers.Verdict>
    ? Verdict
    : T extends readonly (infer U)[]
      ? Array<Judged<U>>
      : T extends object
        ? {
            [K in keyof T as string extends K ? (unknown extends T[K] ? never : K) : K]: K extends 'basis'
              ? Basis | Extract<T[K], null>
              : Judged<T[K]>
          }
        : T
export type StageLoad = Told<typeof answers.StageLoad>
export type Chart = Told<typeof answers.Chart>
export type HistoryEvent = Told<typeof answers.HistoryEvent>
export type DemoAccount = Told<typeof answers.Demo>['accounts'][number]

export interface Named {
  id: string
  name: string
}
export interface Me {
  person: string
  username: string | null
  name: string
  unit: string
  unitName: string
  jurisdiction: string
  roles: string[]
  posts: Array<{ role: string; unit: string; delegatedFrom?: string }>
  mustChangePassword: boolean
  demo?: { now: string }
}
export interface DocumentRow {
  id: string
  title: string
  stage: string
  stageLabel: string
  version: number
  tier: string
  draftingUnit: Named
  leadIssuer: Named
  nextDueOn: string | null
  remaining?: number | null
  overdue?: boolean
  createdAt: string
  updatedAt: string
}
export interface Action {
  command: string
  label: string
  allowed: boolean
  by: string[]
  verdicts: Verdict[]
  basis: Basis
  cases: Array<{ when: Record<string, unknown> | null; to: string | null; open: boolean }>
}
export interface TextRef {
  n: number
  hash: string
  at: string
  by: string
  kind: 'draft' | 'correction'
}
export interface Round {
  id: string
  n: number
  openedAt: string
  opensOn: string
  closesOn: string
  closesAt: string
  closedAt: string | null
  textVersion: number
  textHash: string
  channels: string[]
  groups: string[]
  shortened: null | { reason: string; approver: string }
  feedbackAt: string | null
}
export interface InteragencyItem {
  unit: string
  round: number
  askedOn: string
  dueOn: string
  opinion: null | { stance: 'agree' | 'agree_with_comments' | 'object'; text: string; on: string; by: string }
}
export interface Assessment {
  date: string
  at: string
  by: string
  textHash: string | null
  conclusion: string
  outcome?: string
  unit?: string
  exception?: null | { purpose?: string; noLesserMeans?: boolean | string; until?: string }
}
export interface ReviewPoint {
  id: string
  text: string
  element?: string
  quote?: string
  basis?: string
  answer: null | {
    kind: 'adopted' | 'not_adopted'
    version: number | null
    reason: string | null
    at: string
    by: string
  }
}
export interface ReviewFile {
  submittedAt: string
  submittedBy: string
  textHash: string
  packageHash: string
  acceptedOn: string | null
  acceptedBy: string | null
  pauses: Array<{ from: string; to: string | null; reason: string }>
  adviserOpinions: Array<{ at: string; by: string }>
  opinion: null | {
    outcome: 'lawful' | 'revise' | 'unlawful'
    number: string | null
    contentHash: string
    on: string
    by: string
    unit: string
    points: ReviewPoint[]
    grounds: string[]
  }
  confirmation: null | { at: string; by: string; contentHash: string }
}
export interface DecisionRecord {
  outcome: string
  substantive: boolean
  body: string
  session: string
  date: string
  textHash: string
  dissents: string[]
}
export interface FilingRecord {
  track: 'government' | 'npc'
  status: string
  recipient: string | null
  filedOn: string | null
  registeredOn: string | null
  number: string | null
  history: Array<{ status: string; on: string; note: string | null }>
}
export interface TraceDay {
  date: string
  counted: boolean
  index?: number
  reason: string
  kind: 'start' | 'counted' | 'skipped' | 'paused' | 'rolled'
  source?: string
  provisional?: boolean
}
export interface Clock {
  key: string
  kind: string
  label: string
  startsOn: string
  dueOn: string
  dueAt: string
  status: 'open' | 'met' | 'paused' | 'cancelled'
  metOn?: string
  provisional: boolean
  assumption?: string
  pauses: Array<{ from: string; to: string | null; reason: string }>
  basis: Basis[]
  trace?: TraceDay[]
  overdue?: boolean
  /** 迟了几日。 */
  daysLate?: number
  remaining?: number | null
}
export interface Doc {
  id: string
  version: number
  title: string
  genre: string | null
  stage: string
  stageLabel: string
  tier: string
  packVersion: string
  issuers: Named[]
  draftingUnit: Named
  classification: Classification
  necessity: string
  planItem: string | null
  proposedAt: string
  proposedBy: string
  initiatedAt: string | null
  texts: TextRef[]
  text: TextRef | null
  artefacts: Array<{ kind: string; hash: string; at: string; by: string; n: number }>
  bases: Array<{ title: string; docNo?: string; articles?: string[]; clause?: string }>
  basisStatus?: Array<{ title: string; status: string; since?: string; replacedBy?: string }>
  interagency: InteragencyItem[]
  consultations: Round[]
  coordination: Array<{ at: string; on: string; units: string[]; settled: string[]; summary: string }>
  escalations: Array<{ at: string; to: string; decision: string | null }>
  thirdParty: Assessment[]
  expertReviews: Assessment[]
  riskAssessments: Assessment[]
  fairCompetition: Assessment[]
  hearings: Array<{ announcedOn: string; materialsSentOn: string | null; heldOn: string | null; record: string | null }>
  review: ReviewFile | null
  reviewHistory: ReviewFile[]
  secretariatCheck: null | { outcome: string; at: string; by: string; reasons: string[]; textHash: string }
  schedule: null | { body: string; session: string; date: string }
  decision: DecisionRecord | null
  decisionHistory: DecisionRecord[]
  partyReports: Array<{ date: string; reference: string }>
  signatures: Array<{ issuer: string; person: string; at: string; on: string; textHash: string }>
  corrections: Array<{ substantive: boolean; reason: string; at: string; by: string; confirmed?: object | null }>
  numbers: null | { document: string; registry: string; adoptionDate: string; assignedAt: string }
  voidedNumbers: Array<{ number: string; reason: string; approver: string; approverName?: string; at: string }>
  publication: null | {
    publishedOn: string
    effectiveDate: string
    validUntil: string | null
    disclosure: string
    channels: string[]
    textVersion: number
    textHash: string
    indexNumber: string | null
    wjbs: { value: string | null; missing: string[] }
    interpretation: boolean
    immediateReason: string | null
  }
  filings: Partial<Record<'government' | 'npc', FilingRecord>>
  forceEvents: Array<{
    kind: string
    on: string
    reason: string
    byDocument: string | null
    decision: null | { body: string; number?: string; date: string }
    /** 收回、重新生效的是第几项。 */
    undoes?: number
    /** 停止、恢复执行的只是这些条款。 */
    provisions?: string[]
  }>
  archive: null | { at: string; files: number; manifestHash: string }
  returns: Array<{ from: string; to: string; at: string; reason: string }>
  returnedFrom: string | null
  deviations: Array<{
    id: string | null
    rule: string
    matter: string
    ground: string
    referenceText: string
    approver: string
    at: string | null
    confirmed: null | { at: string; name: string }
    used: Array<{ at: string; command: string }>
  }>
  closing: null | { reason: string; at: string }
  regions?: { force: string; filing: Record<string, string>; archive: string } | null
  standing: Array<{ approval: string; label: string; stands: boolean; why: string }>
  progress: Array<{ to: string; open: boolean; verdicts: Verdict[] }>
  deadlines: Clock[]
  comments: { total: number; undisposed: number }
  units: Record<string, string>
  people: Record<string, string>
  ledger: { seq: number; head: string }
  createdAt: string
  updatedAt: string
}
export interface CommandAnswer {
  id: string
  version: number
  stage: string
  stageLabel?: string
  events: Array<{ seq: number; type: string; label: string; hash: string }>
  warnings?: Verdict[]
  [extra: string]: unknown
}
