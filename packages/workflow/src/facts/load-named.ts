// 命令所指的记录：预留号、公众意见、所称采纳的意见、各单位的部门联络员。没有指明的不读；有没有、可不可以，由处理与规则各自判断。
import { and, type DbOrTx, eq, inArray, or, schema } from '@dianzhang/database'
import type { CitedOpinion, Dossier, ExternalFacts, UnitFact } from '@dianzhang/rules'

type Named = Pick<ExternalFacts, 'contacts' | 'comment' | 'reservation' | 'cited'>

/** 有在职部门联络员的单位。 */
async function loadContacts(db: DbOrTx, jurisdiction: string): Promise<string[]> {
  const { people: p, personRoles: r } = schema
  const rows = await db
    .selectDistinct({ unit: r.unitId })
    .from(r)
    .innerJoin(p, and(eq(p.jurisdictionId, r.jurisdictionId), eq(p.id, r.personId)))
    .where(and(eq(r.jurisdictionId, jurisdiction), eq(r.role, 'department_contact'), eq(p.active, true)))
  return rows.map((row) => row.unit)
}
async function loadComment(db: DbOrTx, d: Dossier, id: string): Promise<ExternalFacts['comment']> {
  const { comments: t } = schema
  const [row] = await db
    .select({ round: t.consultationId })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.id, id)))
  return row ?? null
}
/** 预留号，锁住至本事务结束：同一预留号两件同时使用，后到的看得见已经发出。 */
async function loadReservation(db: DbOrTx, jurisdiction: string, text: string): Promise<ExternalFacts['reservation']> {
  const { numbers: t } = schema
  const [row] = await db
    .select({ text: t.text, series: t.series, status: t.status, expiresOn: t.expiresOn })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.kind, 'document'), eq(t.text, text)))
    .for('update')
  return row ?? null
}
/** 意见编号、回执号，或者单位（代码、全称）→ 哪一条意见，确实采纳了没有。 */
async function loadCited(
  db: DbOrTx,
  d: Dossier,
  units: Record<string, UnitFact>,
  refs: string[],
): Promise<CitedOpinion[]> {
  const { comments: t, commentDispositions: x } = schema
  const rows = await db
    .select({ id: t.id, receipt: t.receipt, disposition: x.disposition })
    .from(t)
    .leftJoin(x, and(eq(x.jurisdictionId, t.jurisdictionId), eq(x.commentId, t.id)))
    .where(
      and(
        eq(t.jurisdictionId, d.jurisdiction),
        eq(t.documentId, d.id),
        or(inArray(t.id, refs), inArray(t.receipt, refs)),
      ),
    )
    .orderBy(x.n)
  return refs.map((ref): CitedOpinion => {
    const comment = rows.findLast((r) => r.id === ref || r.receipt === ref)
    if (comment)
      return {
        ref,
        id: comment.id,
        adoptable: comment.disposition === 'adopted' || comment.disposition === 'partly_adopted',
        unit: null,
      }
    const unit = Object.values(units).find((u) => u.id === ref || u.name === ref)
    const answers = d.interagency.filter((i) => i.unit === unit?.id && i.opinion)
    const id = unit && answers.length > 0 ? unit.id : null
    return { ref, id, adoptable: answers.some((i) => i.opinion?.stance !== 'agree' || i.opinion.text !== ''), unit: id }
  })
}

/** 载荷指明了什么就读什么。 */
export async function loadNamed(
  db: DbOrTx,
  d: Dossier,
  units: Record<string, UnitFact>,
  payload: Record<string, unknown>,
): Promise<Named> {
  const given = (payload.sinceConsultation as { opinions?: string[] } | undefined)?.opinions ?? []
  const [contacts, comment, reservation, cited] = await Promise.all([
    Array.isArray(payload.units) ? loadContacts(db, d.jurisdiction) : undefined,
    typeof payload.comment === 'string' ? loadComment(db, d, payload.comment) : undefined,
    typeof payload.reserved === 'string' ? loadReservation(db, d.jurisdiction, payload.reserved) : undefined,
    given.length > 0 ? loadCited(db, d, units, given) : undefined,
  ])
  return {
    ...(contacts ? { contacts } : {}),
    ...(comment === undefined ? {} : { comment }),
    ...(reservation === undefined ? {} : { reservation }),
    ...(cited ? { cited } : {}),
  }
}
