// Facts of a post-evaluation beside its dossier: the document's force, who made and assessed it (which record says so), the
// indicators it stated, and the documents an answer points to.
import { and, asc, type DbOrTx, eq, inArray, or, schema, sql } from '@dianzhang/database'
import type { EarlierRecord, EvaluationDossier, EvaluationExternal } from '@dianzhang/processes'
import { statusOn } from '@dianzhang/register'
import type { Dossier, UnitFact } from '@dianzhang/rules'
import { unitNamed } from '../units-from.ts'

const { matters: m, registerEntries: e, ledgerEvents: l } = schema

/** One entry that may be evaluated, by its own id or by that of the document made here; null: none. */
export async function entryFor(db: DbOrTx, jurisdiction: string, id: string) {
  const [row] = await db
    .select()
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        or(eq(e.id, id), eq(e.documentId, id)),
        inArray(e.disclosure, ['active', 'on_request']),
      ),
    )
    .orderBy(asc(e.id))
    .limit(1)
  return row ?? null
}
/** The dossier of a document made here; null: an imported entry. */
export async function makingOf(db: DbOrTx, jurisdiction: string, matter: string | null): Promise<Dossier | null> {
  if (matter === null) return null
  const [row] = await db
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, matter)))
  return (row?.snapshot as { context?: { dossier?: Dossier } } | undefined)?.context?.dossier ?? null
}

const parts: Record<string, [EarlierRecord['part'], string]> = {
  ProposeDocument: ['drafted', '申请立项'],
  SaveDraft: ['edited', '保存文本'],
  RecordThirdPartyEvaluation: ['assessed', '记录第三方评估'],
  RecordExpertReview: ['assessed', '记录专家论证'],
  RecordRiskAssessment: ['assessed', '记录风险评估'],
}
/** What the document's own ledger says of its making: each person and organisation once, the earliest record first. */
async function recordsOf(
  db: DbOrTx,
  jurisdiction: string,
  matter: string,
  draftingUnit: string | null,
): Promise<EarlierRecord[]> {
  const rows = await db
    .select({
      type: sql<string>`${l.body} -> 'command' ->> 'type'`,
      person: sql<string | null>`${l.body} -> 'actor' ->> 'person'`,
      organisation: sql<string | null>`${l.body} -> 'payload' ->> 'organisation'`,
      on: sql<string>`to_char(${l.at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
    })
    .from(l)
    .where(
      and(
        eq(l.jurisdictionId, jurisdiction),
        eq(l.matterId, matter),
        inArray(sql`${l.body} -> 'command' ->> 'type'`, Object.keys(parts)),
      ),
    )
    .orderBy(asc(l.seq))
  const found = rows.flatMap(({ type, person, organisation, on }): EarlierRecord[] => {
    const [part, record] = parts[type] ?? []
    return part && record
      ? [{ part, record, on, unit: part === 'drafted' ? draftingUnit : null, organisation, person }]
      : []
  })
  return found.filter(
    (x, i) =>
      found.findIndex((y) => y.part === x.part && y.person === x.person && y.organisation === x.organisation) === i,
  )
}

export async function loadEvaluationFacts(
  db: DbOrTx,
  asked: {
    jurisdiction: string
    dossier: EvaluationDossier
    payload: Record<string, unknown>
    on: string
    units: Record<string, UnitFact>
  },
): Promise<EvaluationExternal> {
  const { jurisdiction, dossier: d, payload, on, units } = asked
  const answers = (Array.isArray(payload.answers) ? payload.answers : []) as Array<{ document?: string }>
  const pointed = [...new Set(answers.flatMap((x) => (x.document ? [x.document] : [])))]
  const [entry, making, records, named] = await Promise.all([
    entryFor(db, jurisdiction, d.document.entry),
    makingOf(db, jurisdiction, d.document.matter),
    d.document.matter === null ? [] : recordsOf(db, jurisdiction, d.document.matter, d.document.draftingUnit),
    pointed.length === 0
      ? []
      : db
          .select({
            id: e.id,
            documentId: e.documentId,
            title: e.title,
            number: e.documentNumber,
            publishedOn: e.publishedOn,
          })
          .from(e)
          .where(and(eq(e.jurisdictionId, jurisdiction), or(inArray(e.id, pointed), inArray(e.documentId, pointed)))),
  ])
  // An imported document of a department or township was drafted there; of one of the government nobody knows by whom.
  const issuer = entry?.issuers[0]
  const imported: EarlierRecord[] =
    d.document.matter === null && issuer && d.document.tier !== 'government' && d.document.tier !== null
      ? [
          {
            part: 'drafted',
            record: '登记库所载的制定机关',
            on: entry?.publishedOn ?? null,
            unit: unitNamed(units, issuer) ?? null,
            organisation: issuer,
            person: null,
          },
        ]
      : []
  return {
    units,
    status: entry
      ? statusOn(
          {
            origin: entry.origin,
            publishedOn: entry.publishedOn,
            effectiveDate: entry.effectiveDate,
            validUntil: entry.validUntil,
            forceEvents: entry.forceEvents,
            sourceStatus: entry.sourceStatus,
            recordedOn: on,
          } as never,
          on,
        ).status
      : null,
    earlier: [...records, ...imported],
    indicators: making?.indicators?.at(-1)?.items ?? [],
    named: Object.fromEntries(
      named.flatMap(({ documentId, ...x }) => [[x.id, x], ...(documentId ? [[documentId, x]] : [])]),
    ),
  }
}
