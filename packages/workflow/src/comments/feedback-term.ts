// By which day the feedback on a consultation is due, for everybody to see; overdue is public.
import { dateInShanghai } from '@dianzhang/calendar'
import { aliasedTable as alias, and, eq, inArray, isNotNull, isNull, notExists, schema, sql } from '@dianzhang/database'
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
 * The terms of rounds that are closed and have no feedback, by id; none for those that are open, that have their feedback,
 * where the place sets none, and where the file ended or was consulted on again.
 */
export async function feedbackTerms(
  office: Office,
  consultations: readonly string[],
): Promise<Map<string, FeedbackTerm>> {
  if (consultations.length === 0) return new Map()
  const { publicConsultations: t, matters: m } = schema
  const later = alias(t, 'later')
  const rows = await office.readDb
    .select({ id: t.id, jurisdiction: t.jurisdictionId, closesOn: t.closesOn, pack: m.packVersion })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.documentId)))
    .where(
      and(
        inArray(t.id, [...consultations]),
        isNotNull(t.closedAt),
        isNull(t.feedbackAt),
        sql`${m.stage} not like 'closed%'`,
        notExists(
          office.readDb
            .select({ n: later.n })
            .from(later)
            .where(
              and(
                eq(later.jurisdictionId, t.jurisdictionId),
                eq(later.documentId, t.documentId),
                sql`${later.n} > ${t.n}`,
              ),
            ),
        ),
      ),
    )
  const today = dateInShanghai(office.clock.now().toISOString())
  const terms = new Map<string, FeedbackTerm>()
  for (const row of rows) {
    const pack = office.rules.pack(row.jurisdiction, row.pack)
    const calendar = office.rules.calendar(row.jurisdiction)
    const due = feedbackDue({ pack, calendar, today }, row.closesOn)
    const param = pack.consultation.feedbackWithin
    if (due !== null)
      terms.set(row.id, {
        due: due.due,
        overdue: due.due < today,
        said: `截止后${amount({ ...param, value: param.value ?? 0 })}内${mark(param)}`,
        provisional: due.provisional,
      })
  }
  return terms
}
/** The same of one round; null: it has none. */
export const feedbackTerm = async (office: Office, consultation: string): Promise<FeedbackTerm | null> =>
  (await feedbackTerms(office, [consultation])).get(consultation) ?? null
