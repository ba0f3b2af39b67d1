// A public consultation as it is announced: made when it is opened, and before that to be looked at; the same words both times.
import { endOfDayInstant, type PlainDate } from '@dianzhang/calendar'
import type { CommandOf } from '@dianzhang/contract'
import { and, type DbOrTx, desc, eq, schema } from '@dianzhang/database'
import {
  availableApproval,
  closingDay,
  consultationMinimum,
  type Facts,
  headText,
  type UnitFact,
} from '@dianzhang/rules'

/** What whoever opens it decides. */
export type Announced = Pick<CommandOf<'OpenPublicConsultation'>, 'closesAt' | 'channels' | 'contact' | 'groups'> & {
  shortened?: { reason: string } | undefined
}
/** When it closes, and whether that is shorter than the law's minimum. */
export interface AnnouncedTerm {
  closesOn: PlainDate
  closesAt: string
  shortened: { reason: string; approver: string; deviation: string } | null
}

/**
 * Opened on `on` (Beijing date): the last day asked for, or the earliest lawful one.
 * A period no shorter than the minimum is not shortened, even where a reason was given; otherwise a file later
 * reclassified as concerning enterprises would be taken for one lawfully shortened. Without approval the rules refuse; the
 * approver is the one in the approval.
 */
export function announcedTerm(f: Facts, on: PlainDate, p: Pick<Announced, 'closesAt' | 'shortened'>): AnnouncedTerm {
  const minimum = consultationMinimum(f, on)
  const closesOn = closingDay(p.closesAt) ?? minimum.due
  const approved = availableApproval(f.dossier, 'consultation.minimum-period')
  return {
    closesOn,
    closesAt: endOfDayInstant(closesOn),
    shortened:
      closesOn < minimum.due && p.shortened && approved
        ? { reason: p.shortened.reason, approver: approved.confirmed?.name ?? '', deviation: approved.id }
        : null,
  }
}

type Announcement = Omit<typeof schema.publicConsultations.$inferSelect, 'id' | 'openedAt'>

/** What is announced to the public: the present text and explanatory note as they stand in `db`, and what was decided. */
export async function announcementOf(
  db: DbOrTx,
  f: Facts,
  units: Record<string, UnitFact>,
  on: PlainDate,
  p: Announced,
  term: AnnouncedTerm,
): Promise<Announcement> {
  const { dossier: d } = f
  const head = headText(d)
  const { texts: t, artefacts: a } = schema
  const [[text], [note]] = await Promise.all([
    db
      .select({ body: t.body })
      .from(t)
      .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.n, head?.n ?? 0))),
    db
      .select({ body: a.body })
      .from(a)
      .where(and(eq(a.jurisdictionId, d.jurisdiction), eq(a.documentId, d.id), eq(a.kind, 'explanatory_note')))
      .orderBy(desc(a.n))
      .limit(1),
  ])
  const minimum = consultationMinimum(f, on)
  const name = (id: string) => units[id]?.name ?? id
  return {
    jurisdictionId: d.jurisdiction,
    documentId: d.id,
    n: d.consultations.length + 1,
    title: d.title,
    draftingUnitName: name(d.draftingUnit),
    issuerNames: d.issuers.map(name),
    body: text?.body ?? '',
    textHash: head?.hash ?? '',
    explanatoryNote: note?.body ?? '',
    channels: p.channels,
    groups: p.groups ?? [],
    contact: p.contact ?? null,
    shortened: term.shortened && { reason: term.shortened.reason, approver: term.shortened.approver },
    minimum: {
      due: minimum.due,
      provisional: minimum.provisional,
      decisive: minimum.decisive.label,
      basis: minimum.decisive.param.source,
      all: minimum.all.map((m) => ({ label: m.label, due: m.answer.due, basis: m.param.source })),
    },
    closesOn: term.closesOn,
    closesAt: new Date(term.closesAt),
    closedAt: null,
    extensions: [],
    feedback: null,
    feedbackAt: null,
  }
}
