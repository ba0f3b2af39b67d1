// By which day the feedback on a consultation is due, for everybody to see; overdue is public.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, eq, schema } from '@dianzhang/database'
import { amount, mark } from '@dianzhang/packs'
import { feedbackDue } from '@dianzhang/rules'
import type { Office } from '../office.ts'

export interface FeedbackTerm {
  /** `YYYY-MM-DD`. */
  due: string
  overdue: boolean
  /** How long, as the pack has it, with its mark where it is unverified. */
  said: string
  provisional: boolean
}
/** The sentence the feedback begins with: as written; where nothing is written and nothing came in, just that. */
export const feedbackSummary = (written: string | undefined, total: number): string | null =>
  written ?? (total === 0 ? '征求意见期间未收到意见。' : null)

/**
 * The term of a round that is closed and has no feedback; null while it is open, once the feedback is there, where the place
 * sets none, and where the file ended or was consulted on again.
 */
export async function feedbackTerm(office: Office, consultation: string): Promise<FeedbackTerm | null> {
  const { publicConsultations: t, matters: m } = schema
  const [row] = await office.readDb
    .select({ round: t, pack: m.packVersion, stage: m.stage })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.documentId)))
    .where(eq(t.id, consultation))
    .limit(1)
  if (!row || row.round.closedAt === null || row.round.feedbackAt !== null || row.stage.startsWith('closed'))
    return null
  const later = await office.readDb
    .select({ n: t.n })
    .from(t)
    .where(and(eq(t.jurisdictionId, row.round.jurisdictionId), eq(t.documentId, row.round.documentId)))
  if (later.some(({ n }) => n > row.round.n)) return null
  const today = dateInShanghai(office.clock.now().toISOString())
  const pack = office.rules.pack(row.round.jurisdictionId, row.pack)
  const calendar = office.rules.calendar(row.round.jurisdictionId)
  const due = feedbackDue({ pack, calendar, today }, row.round.closesOn)
  if (due === null) return null
  const param = pack.consultation.feedbackWithin
  return {
    due: due.due,
    overdue: due.due < today,
    said: `截止后${amount({ ...param, value: param.value ?? 0 })}内${mark(param)}`,
    provisional: due.provisional,
  }
}
