// 发件箱：一件案卷的命令要别的案卷随之办理时，不同时锁两件，而在本事务里写下一条发往对方的命令。
// 命令标识由（发出的命令、次序）算出，因此不论立即送达、由巡查补送还是多个进程同时送，都只办一次。
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, inArray, isNotNull, isNull, schema, type Tx } from '@dianzhang/database'
import { notFound } from './failures.ts'
import type { Office } from './office.ts'

/** 要另一件事项办理的命令；标识与版本由发件箱补足。 */
export type Send =
  | { matter: string; command: { type: string } & Record<string, unknown> }
  /** 要新开启一件：其标识由发出者给出，缺省由发出的命令与次序算出（`openedId`）；发出者因此事先知道。 */
  | { opens: string; matter?: string; command: { type: string } & Record<string, unknown> }
export interface Sent {
  id: string
  matter: string
  /** 有值：新开启的是哪一种。 */
  opens: string | null
  command: { type: string } & Record<string, unknown>
}

/** 由若干部分算出的命令标识：同样的部分恒为同一标识。 */
export function derivedId(...parts: string[]): string {
  const h = createHash('sha256').update(parts.join('\n')).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
/** `source` 这条命令第 `n` 项（从 0 起）新开启的事项的标识。 */
const openedId = (source: string, n: number): string => derivedId(source, 'opens', String(n))
/** 给要发出的命令编定标识；`source` 为发出它们的命令。 */
export const addressed = (source: string, sends: readonly Send[]): Sent[] =>
  sends.map((send, n) => ({
    id: derivedId(source, 'send', String(n)),
    matter: 'opens' in send ? (send.matter ?? openedId(source, n)) : send.matter,
    opens: 'opens' in send ? send.opens : null,
    command: send.command,
  }))
/** 台账与答复里的写法：对方写作 `document`，新开启的另写明是哪一种。 */
export const recorded = ({ id, matter, opens, command }: Sent): Record<string, unknown> => ({
  id,
  document: matter,
  ...(opens ? { process: opens } : {}),
  command,
})

const { sends: t } = schema

/** 在发出者的事务里写下。`via`：一路经过的事项，发出者在末尾；已经经过的不再发回，因此总会停下。 */
export async function insertSends(
  tx: Tx,
  from: { jurisdiction: string; matter: string; via: readonly string[]; at: Date },
  list: readonly Sent[],
): Promise<void> {
  if (list.length === 0) return
  await tx.insert(t).values(
    list.map(({ id, matter, opens, command }) => ({
      jurisdictionId: from.jurisdiction,
      id,
      fromMatter: from.matter,
      toMatter: matter,
      process: opens,
      command,
      via: [...from.via],
      at: from.at,
      settledAt: null,
      outcome: null,
      detail: null,
    })),
  )
}
/** 某条命令若由发件箱送来，它一路经过的案卷；不是的为空。 */
export async function viaOf(db: DbOrTx, jurisdiction: string, commandId: string): Promise<string[]> {
  const [row] = await db
    .select({ via: t.via })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, commandId)))
  return row?.via ?? []
}

/** 收件的事项还没有（见 `kindOf`）；对方办理时没有找到别的，不在此列。 */
const noMatter = notFound('这份事项')
/** 要开启这件事项的一条还没有送达，或者刚刚送达。 */
async function beingOpened(office: Office, { jurisdictionId, toMatter }: typeof t.$inferSelect): Promise<boolean> {
  const [opening] = await office.db
    .select({ id: t.id })
    .from(t)
    .where(
      and(eq(t.jurisdictionId, jurisdictionId), eq(t.toMatter, toMatter), isNotNull(t.process), isNull(t.settledAt)),
    )
    .limit(1)
  if (opening) return true
  const { matters: m } = schema
  const [opened] = await office.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdictionId), eq(m.id, toMatter)))
  return opened !== undefined
}

/** 办理送来的一条；`opens` 有值的是新开启一件。 */
export type Deliver = (office: Office, jurisdiction: string, sent: Sent) => Promise<unknown>

/**
 * 送达尚未送达的命令（`only` 给出时只送这些），先写下的先送；返回办成与对方不再适用的件数。
 * 数据库中断等没有得到答复的仍算未送，抛出，留待下次巡查。
 */
export async function deliverSends(
  office: Office,
  deliver: Deliver,
  only?: { jurisdiction: string; ids: readonly string[] },
): Promise<{ done: number; failed: number }> {
  const result = { done: 0, failed: 0 }
  const rows = await office.db
    .select()
    .from(t)
    .where(
      and(
        isNull(t.settledAt),
        only ? and(eq(t.jurisdictionId, only.jurisdiction), inArray(t.id, [...only.ids])) : undefined,
      ),
    )
    .orderBy(asc(t.at), asc(t.id))
    .limit(500)
  for (const row of rows) {
    const settle = (outcome: 'accepted' | 'refused', detail: string | null) =>
      office.db
        .update(t)
        .set({ settledAt: office.clock.now(), outcome, detail })
        .where(and(eq(t.jurisdictionId, row.jurisdictionId), eq(t.id, row.id), isNull(t.settledAt)))
    try {
      await deliver(office, row.jurisdictionId, {
        id: row.id,
        matter: row.toMatter,
        opens: row.process,
        command: row.command,
      })
      await settle('accepted', null)
      result.done++
    } catch (error) {
      // 对方的案卷一时排不上队，不算答复。
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      // 对方正要新开启，开启的那一条还没有送到：留待其后。
      if (error.message === noMatter.message && row.process === null && (await beingOpened(office, row))) continue
      // 对方的情况已变，不再需要：记明缘由，不再送。
      office.log.warn({ from: row.fromMatter, to: row.toMatter, reason: error.message }, '发往另一件案卷的命令不再适用')
      await settle('refused', error.message)
      result.failed++
    }
  }
  return result
}
