// A refusal is a result that is kept: with every verdict, under the command id, so that a repetition gets the same answer.
import { randomUUID } from 'node:crypto'
import { type ProblemCode, problemCodes, type Verdict } from '@dianzhang/contract'
import { and, eq, gt, schema, sql, type Tx } from '@dianzhang/database'
import type { LedgerActor } from '../ledger-record.ts'
import type { Office } from '../office.ts'
import { insertAnswer } from '../statements.ts'
import { clean } from './ledger-body.ts'
import type { Outcome } from './replay.ts'

/** Refusals one person may leave on one matter within an hour; beyond that nothing is done or kept (429). A test is refused hundreds of times on one matter. */
const mostRefusals: Record<Office['mode'], number> = { serve: 60, demo: 60, test: 100_000 }
const refusalWindow = 3600_000

export interface Refusal {
  jurisdiction: string
  matterId: string
  command: { type: string; commandId: string }
  kind: 'refused' | 'forbidden'
  stage: string
  now: Date
  actor: LedgerActor
  detail: string
  verdicts: Verdict[]
  extra: Record<string, unknown>
  packVersion: string
  hash: string
}
/** Keeps one refusal and the answer to its command id. */
export async function recordRefusal(office: Office, tx: Tx, r: Refusal): Promise<Outcome> {
  const { refusals: t } = schema
  const [recent] = await tx
    .select({ n: sql<number>`count(*)::int`, first: sql<string | null>`min(${t.at})::text` })
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, r.jurisdiction),
        eq(t.matterId, r.matterId),
        gt(t.at, new Date(r.now.getTime() - refusalWindow)),
        sql`${t.actor} ->> 'person' is not distinct from ${r.actor.person}`,
      ),
    )
  const reached = (recent?.n ?? 0) >= mostRefusals[office.mode]
  // What the system sends when something is due is not limited: each is done once.
  if (reached && r.actor.kind !== 'system') {
    const again = new Date(recent?.first ?? r.now).getTime() + refusalWindow - r.now.getTime()
    return {
      kind: 'refused',
      code: 'rate_limited',
      detail: `一小时内在这件案卷上已有${recent?.n}次办理未获准许，这一次没有受理，也没有记录。${r.detail}`,
      extra: { retryAfter: Math.max(1, Math.ceil(again / 1000)) },
    }
  }
  const answer: { code: ProblemCode; detail: string; extra: Record<string, unknown> } = {
    code: r.kind,
    detail: r.detail,
    extra: clean({ ...r.extra, ...(r.kind === 'refused' ? { verdicts: r.verdicts } : {}) }),
  }
  await Promise.all([
    tx.insert(t).values({
      jurisdictionId: r.jurisdiction,
      id: randomUUID(),
      matterId: r.matterId,
      commandId: r.command.commandId,
      commandType: r.command.type,
      kind: r.kind,
      stage: r.stage,
      at: r.now,
      actor: r.actor as unknown as Record<string, unknown>,
      detail: r.detail,
      verdicts: r.verdicts,
      packVersion: r.packVersion,
      requestHash: r.hash,
    }),
    insertAnswer(tx, {
      jurisdiction: r.jurisdiction,
      commandId: r.command.commandId,
      matter: r.matterId,
      type: r.command.type,
      person: r.actor.person,
      status: problemCodes[r.kind][0],
      answer,
      requestHash: r.hash,
      at: r.now,
    }),
  ])
  return { kind: 'refused', code: r.kind, detail: r.detail, extra: r.extra }
}
