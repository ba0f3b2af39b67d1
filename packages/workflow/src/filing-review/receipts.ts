// The receipt commands of old, given on the sender's file: thin callers that act on the filing at the receiving organ. What is
// decided there comes back to the file as commands of the system. Filings without one (sent before there were any) stay as
// they were.
import { AppError, type Command, type ReviewOutcome, type Track } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { engine } from '@dianzhang/lifecycle'
import { type FilingDossier, filingReviews, isReturned, opinionAnswer } from '@dianzhang/processes'
import { documentDesk } from '../document-desk.ts'
import { readable } from '../door/reading.ts'
import type { CommandMeta } from '../door/run.ts'
import { notFound } from '../failures.ts'
import type { CommandAnswer } from '../ledger-record.ts'
import { runOnMatter } from '../matters.ts'
import type { Office, Person } from '../office.ts'
import { nextNumber } from './view.ts'

const { matters: m, commandLog: log } = schema
type Payload = Record<string, unknown>
type Named = { type: string } & Payload

/** Old name → the command on the filing. The number is the next one where none was given. */
const translated: Record<
  string,
  (p: Payload, d: FilingDossier, number: () => Promise<string>) => Promise<Named> | Named
> = {
  AcknowledgeFiling: async (p, _d, number) => ({
    type: 'RegisterFiling',
    number: p.number ?? (await number()),
    ...(p.note ? { note: p.note } : {}),
  }),
  RequestFilingSupplement: (p) => ({
    type: 'DeferFiling',
    items: p.missing,
    ...(p.until ? { until: p.until } : {}),
  }),
  ReturnFiling: (p) => ({
    type: 'ReturnFiling',
    reason: p.reason,
    ...(p.ground ? { ground: p.ground } : {}),
  }),
  ExtendFilingReview: (p) => ({ type: 'ExtendReview', reason: p.reason }),
  RequestCorrection: (p) => ({
    type: 'IssueReviewOpinion',
    findings: (p.points as string[]).map((problem) => ({
      item: 'other',
      problem,
      ground: '见审查意见',
      demand: 'amend',
    })),
  }),
  CloseFiling: (p, d) => ({ type: 'CloseReview', outcome: outcomeOf(d), conclusion: p.conclusion }),
}
const outcomeOf = (d: FilingDossier): ReviewOutcome => {
  if (isReturned(d)) return 'not_filed'
  if (d.correction) return 'corrected'
  if (d.motion?.decided?.decision === 'annul') return 'annulled'
  return opinionAnswer(d) ? 'answered' : 'no_problem'
}
/** A rule of the filing that had a name on the file before. */
const formerNames: Record<string, string> = { 'filing-review.extendable': 'filing.review-extension' }

/** The filing that this receipt command is about; null: the command is none, or the file has none. */
export async function receiptTarget(
  office: Office,
  actor: Person,
  documentId: string,
  command: Command,
): Promise<string | null> {
  if (!Object.hasOwn(translated, command.type)) return null
  const [row] = await office.db
    .select({ snapshot: m.snapshot, process: m.process })
    .from(m)
    .where(and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.id, documentId)))
  if (row?.process !== engine.process.kind) return null
  const { dossier } = engine.restore(row.snapshot as never).context
  return dossier.filings[(command as unknown as { track: Track }).track]?.review ?? null
}

/**
 * Acts on the filing in place of the file. Answers with the file's own answer to what came back; refuses as the file would: 404
 * unseen, 412 another version of the file, 403, and 409 with the verdicts of the filing.
 */
export async function throughReview(
  office: Office,
  actor: Person,
  documentId: string,
  filing: string,
  command: Command,
  meta: CommandMeta,
): Promise<CommandAnswer> {
  const here = eq(m.jurisdictionId, actor.jurisdiction)
  const [[document], [matter], [before]] = await Promise.all([
    office.db
      .select()
      .from(m)
      .where(and(here, eq(m.id, documentId))),
    office.db
      .select()
      .from(m)
      .where(and(here, eq(m.id, filing))),
    office.db
      .select({ matter: log.matterId, person: log.person, answer: log.answer })
      .from(log)
      .where(and(eq(log.jurisdictionId, actor.jurisdiction), eq(log.commandId, command.commandId))),
  ])
  if (!document || !matter || !readable(documentDesk.overseers, actor, document)) throw notFound('这份案卷')
  const { type, commandId, expectedVersion, track, ...payload } = command as unknown as Payload & {
    type: string
    commandId: string
    expectedVersion: number
    track: Track
  }
  /** The file's own answer to what the filing sent to it. */
  const fileAnswer = async (answer: Payload): Promise<CommandAnswer> => {
    const [sent] = (answer.sends ?? []) as Array<{ id: string }>
    const [told] = sent
      ? await office.db
          .select({ answer: log.answer })
          .from(log)
          .where(and(eq(log.jurisdictionId, actor.jurisdiction), eq(log.commandId, sent.id)))
      : []
    return (told?.answer ?? answer) as unknown as CommandAnswer
  }
  // The same command again: the same answer.
  if (before?.matter === filing && before.person === actor.person) return fileAnswer(before.answer)
  if (before === undefined && expectedVersion !== document.version)
    throw new AppError(
      'stale_version',
      `案卷已是第${document.version}版，您所见为第${expectedVersion}版；请查看变化后再办理`,
      { currentVersion: document.version, stage: document.stage },
    )
  const d = filingReviews.restore(matter.snapshot as never).context.dossier as FilingDossier
  const units = await office.db
    .select({ name: schema.units.name })
    .from(schema.units)
    .where(and(eq(schema.units.jurisdictionId, actor.jurisdiction), eq(schema.units.id, d.unit)))
  const number = () =>
    d.registered
      ? Promise.resolve(d.registered.number)
      : nextNumber(
          office,
          actor.jurisdiction,
          d.unit,
          Number(office.clock.now().toISOString().slice(0, 4)),
          units[0]?.name ?? d.unit,
        )
  const named = await translated[type]?.(payload, d, number)
  if (!named) throw notFound('这份案卷')
  // The registrar of old did the whole of it; under the old names this stays so.
  const both: Person = {
    ...actor,
    posts: [
      ...actor.posts,
      ...actor.posts
        .filter((post) => post.role === 'registrar')
        .map((post) => ({ ...post, role: 'filing_reviewer' as const })),
    ],
  }
  try {
    const answer = await runOnMatter(
      office,
      both,
      filing,
      { ...named, commandId, expectedVersion: matter.version } as never,
      meta,
    )
    return await fileAnswer(answer)
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.extra.verdicts)) throw error
    throw new AppError(error.code, error.message, {
      ...error.extra,
      stage: document.stage,
      currentVersion: document.version,
      verdicts: error.extra.verdicts.map((v) => ({ ...v, rule: formerNames[v.rule] ?? v.rule })),
    })
  }
}
