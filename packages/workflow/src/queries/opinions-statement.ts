// Statement of the consultation and feedback on opinions (one of the materials for review listed in
// “国办发〔2018〕115号二（五）”): made from the records of departments' replies, of how public comments were dealt with and of
// coordination, not written by anybody.
import { dateInShanghai } from '@dianzhang/calendar'
import { type dispositionLabels, opinionLabels } from '@dianzhang/contract'
import { and, type DbOrTx, eq, schema, sql } from '@dianzhang/database'
import { sha256Hex } from '@dianzhang/ledger'
import { countComments, countsSaid, isCounted, none } from '@dianzhang/register'
import type { Dossier, UnitFact } from '@dianzhang/rules'

type Disposition = keyof typeof dispositionLabels
const words: Record<Disposition, string> = { adopted: '采纳', partly_adopted: '部分采纳', not_adopted: '不采纳' }
export interface OpinionsStatement {
  body: string
  hash: string
  /** Instant of the last record it rests on. */
  at: string
}

/**
 * This file's statement of the consultation and feedback on opinions; null when nobody was consulted. Names and
 * contact details of the public are not in it.
 */
export async function opinionsStatement(
  db: DbOrTx,
  d: Dossier,
  units: Record<string, UnitFact>,
): Promise<OpinionsStatement | null> {
  if (d.interagency.length === 0 && d.consultations.length === 0) return null
  const { comments: t, commentDispositions: x } = schema
  const rows = await db
    .select({
      id: t.id,
      round: t.consultationId,
      address: t.anchorAddress,
      body: t.body,
      at: t.at,
      disposition: x.disposition,
      reason: x.reason,
      n: x.n,
    })
    .from(t)
    .leftJoin(x, and(eq(x.jurisdictionId, t.jurisdictionId), eq(x.commentId, t.id)))
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), isCounted('"comments"')))
    .orderBy(t.at, t.id, x.n)
  const counts = await countComments(db, sql`c.jurisdiction_id = ${d.jurisdiction} and c.document_id = ${d.id}`)
  // Where one was dealt with several times, the last counts.
  const latest = new Map(rows.map((row) => [row.id, row]))
  const name = (unit: string) => units[unit]?.name ?? unit
  const lines: string[] = []
  if (d.interagency.length > 0) {
    lines.push('征求部门意见：')
    for (const i of d.interagency)
      lines.push(
        `${name(i.unit)}（${i.askedOn}征求${i.round > 1 ? `，第${i.round}次` : ''}）：${
          i.opinion
            ? `${i.opinion.on}答复，${opinionLabels[i.opinion.stance]}${i.opinion.text ? `。${i.opinion.text}` : ''}`
            : '没有答复'
        }`,
      )
  }
  for (const c of d.coordination)
    lines.push(`${c.on}协调：${c.summary}${c.settled.length ? `（${c.settled.map(name).join('、')}不再持异议）` : ''}`)
  for (const e of d.escalations) lines.push(`分歧上报${e.to}${e.decision ? `，决定：${e.decision}` : ''}`)
  for (const r of d.consultations) {
    const own = [...latest.values()].filter((row) => row.round === r.id)
    const { total, distinct, late, held, channels } = counts.get(r.id) ?? none()
    const came = channels.map((each) => `${each.label}${each.count}条`).join('、')
    const count = (disposition: Disposition) => own.filter((row) => row.disposition === disposition).length
    lines.push(
      `公开征求意见（第${r.n}次，第${r.textVersion}版文本）：${r.opensOn}公告，${r.closedAt ? `${r.closesOn}截止` : '尚未截止'}；${countsSaid({ total, distinct })}${channels.length > 1 ? `：${came}` : ''}${late > 0 ? `；其中截止以后收到${late}条` : ''}${held > 0 ? `；另有疑似垃圾信息${held}条待核` : ''}；采纳${count('adopted')}条，部分采纳${count('partly_adopted')}条，不采纳${count('not_adopted')}条；${
        r.feedbackAt ? `采纳情况已于${dateInShanghai(r.feedbackAt)}公布` : '采纳情况尚未公布'
      }`,
    )
    own.forEach((row, i) => {
      const disposition = row.disposition as Disposition | null
      lines.push(
        `${i + 1}. ${row.address ? `${row.address}：` : ''}${row.body}——${
          disposition ? `${words[disposition]}。${row.reason ?? ''}` : '尚未处理'
        }`,
      )
    })
  }
  const body = lines.join('\n')
  const moments = [
    ...d.interagency.map((i) => i.opinion?.at ?? i.askedAt),
    ...d.coordination.map((c) => c.at),
    ...d.consultations.flatMap((r) => [r.openedAt, r.closedAt, r.feedbackAt]),
  ].filter((at): at is string => at !== null)
  const at = moments.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a))
  return { body, hash: sha256Hex(`dianzhang/opinions/1\n${body}`), at }
}
