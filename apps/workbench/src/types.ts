// The shapes of the API's answers: inferred from the answers' schemas, the same ones used by the server, the API
// description and the tests.
import type { answers, Verdict } from '@dianzhang/contract'
import type { z } from 'zod'

/** A page; `nextCursor` null means the last one. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
  /** How many there are on all pages, where the list tells. */
  total?: number
}
/** The shapes of verdicts and bases are written in the contract, finer than what the answers list. */
export type Told<T extends z.ZodType> = Judged<z.output<T>>
type Judged<T> =
  T extends z.output<typeof answers.Verdict>
    ? Verdict
    : T extends readonly (infer U)[]
      ? Array<Judged<U>>
      : T extends object
        ? // A plain record keeps its keys; of an object that may carry more, only what is said remains.
          [Said<T>] extends [never]
          ? T
          : { [K in keyof T as string extends K ? (unknown extends T[K] ? never : K) : K]: Judged<T[K]> }
        : T
type Said<T> = keyof { [K in keyof T as string extends K ? never : K]: 1 }
export type StageLoad = Told<typeof answers.StageLoad>
export type Chart = Told<typeof answers.Chart>
export type HistoryEvent = Told<typeof answers.HistoryEvent>
export type DemoAccount = Demo['accounts'][number]

export interface Named {
  id: string
  name: string
}
export type PlanItems = Told<typeof answers.PlanItems>
export type Me = Told<typeof answers.Me>
export type DocumentRow = Told<typeof answers.DocumentSummary>
export type Action = Told<typeof answers.Action>
export type Clock = Told<typeof answers.Deadline>
export type Doc = Told<typeof answers.Document>
export type CommandAnswer = Told<typeof answers.CommandAnswer>
export type Demo = Told<typeof answers.Demo>
export type ClockMoved = Told<typeof answers.ClockMoved>
export type SignInWays = Told<typeof answers.SignInWays>
export type SignInElsewhere = Told<typeof answers.SignInElsewhere>
export type WholeText = Told<typeof answers.WholeText>
export type UnitRow = Told<typeof answers.Unit>
export type BodyRow = Told<typeof answers.Body>
export type RegisterEntry = Told<typeof answers.RegisterEntry>
export type RegisterDetail = Told<typeof answers.RegisterDetail>
export type PackVersion = Told<typeof answers.PackVersion>
export type Pack = Told<typeof answers.Pack>
export type Series = Told<typeof answers.Series>
export type NumberRow = Told<typeof answers.NumberRow>
export type Colleague = Told<typeof answers.Colleague>
export type Delegates = Told<typeof answers.Delegates>
export type Restorations = Told<typeof answers.Restorations>
export type TraceDay = NonNullable<Clock['trace']>[number]
export type TextRef = Doc['texts'][number]
export type Round = Doc['consultations'][number]
export type InteragencyItem = Doc['interagency'][number]
export type Assessment = Doc['fairCompetition'][number]
export type ReviewFile = NonNullable<Doc['review']>
export type ReviewPoint = NonNullable<ReviewFile['opinion']>['points'][number]
export type DecisionRecord = NonNullable<Doc['decision']>
export type FilingRecord = NonNullable<Doc['filings']['npc']>
