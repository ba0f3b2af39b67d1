// 断电：服务进程与数据库进程轮流被 kill -9，已答复的命令一条不丢，也一条不重。
// 次数由 CRASH_ROUNDS 指定（缺省 2；完整证明为 200）；给了 CRASH_MINUTES 的，到时即止，核对已断的各次。

import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noClassification } from '@dianzhang/contract'
import { connect, migrate, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { demoJurisdiction, openCounty } from '@dianzhang/demo'
import { verifyChain } from '@dianzhang/ledger'
import { hashPassword } from '@dianzhang/server'
import { installJobs, installPacks } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { type ServeProcess, type StaffClient, signIn, startServe } from '../support/serve.ts'

const rounds = Number(process.env.CRASH_ROUNDS ?? 2)
/** 最多等多久（毫秒）。 */
const longest = Math.max(600_000, rounds * 30_000)
const until = Date.now() + Number(process.env.CRASH_MINUTES ?? 10_000) * 60_000
const clients = 6
const password = 'crash-test-password'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Sent {
  path: string
  body: Record<string, unknown>
  /** 收到 2xx 答复时的内容；没有收到答复的为 null。 */
  answer: Record<string, unknown> | null
}

it(
  `${rounds} 次 kill -9 之后，已答复的命令不丢失、不重复，台账相连`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dianzhang-crash-'))
    chmodSync(dir, 0o711)
    const database = await startEmbedded({ dir, durable: true, owner: 'crash test' })
    let server: ServeProcess | null = null
    const observer = connect(database.url, { max: 2 })
    try {
      await migrate(database.url)
      await installJobs(database.url)
      await installPacks(observer.db, new Date())
      await openCounty(observer.db, { passwordHash: await hashPassword(password), at: new Date() })

      const boot = () => startServe({ DATABASE_URL: database.url })
      server = await boot()
      const base = () => server?.url ?? ''
      const drafter = await signIn(base, 'drafter', password)
      const secretariat = await signIn(base, 'secretariat', password)
      const sent: Sent[] = []

      const attempt = async (
        client: StaffClient,
        path: string,
        body: Record<string, unknown>,
        stopped: () => boolean,
      ): Promise<Record<string, unknown> | null> => {
        const record: Sent = { path, body, answer: null }
        sent.push(record)
        for (;;) {
          try {
            const answer = await client.post(path, body)
            if (answer.status === 200 || answer.status === 201) record.answer = answer.body
            if (answer.status !== 503 || stopped()) return record.answer
          } catch {
            if (stopped()) return null
          }
          // 机器忙不过来，答复稍后再试的，断电以前连接断了的：同一命令再交，不放下手里的案卷。
          await pause(200)
        }
      }
      /** 一个办理人：立项、批准、连续保存文本，直到本轮结束。 */
      const lane = async (stopped: () => boolean) => {
        while (!stopped()) {
          const proposal = await attempt(
            drafter,
            '/api/documents',
            {
              commandId: randomUUID(),
              title: '断电试验',
              jurisdiction: demoJurisdiction,
              issuers: ['hy-gov'],
              tier: 'government',
              necessity: '试验',
              classification: { ...noClassification, affectsRights: true },
            },
            stopped,
          )
          if (!proposal) return
          const path = `/api/documents/${proposal.id}/commands`
          let version = 1
          if (
            !(await attempt(
              secretariat,
              path,
              {
                type: 'ApproveInitiation',
                commandId: randomUUID(),
                expectedVersion: version++,
              },
              stopped,
            ))
          )
            return
          for (let i = 0; i < 20 && !stopped(); i++)
            if (
              !(await attempt(
                drafter,
                path,
                {
                  type: 'SaveDraft',
                  commandId: randomUUID(),
                  expectedVersion: version++,
                  body: `第${i}稿\n一、断电试验。`,
                },
                stopped,
              ))
            )
              return
        }
      }
      let round = 1
      for (; round <= rounds && Date.now() < until; round++) {
        let stopped = false
        const lanes = Array.from({ length: clients }, () => lane(() => stopped))
        // 本轮每个办理人都已得到过答复，再过一小会儿断电：有答复了的，也有正在办的。
        const before = sent.filter((s) => s.answer).length
        while (sent.filter((s) => s.answer).length < before + clients) await pause(5)
        await pause(Math.random() * 150)
        const killed = round % 2 ? null : database.pid
        if (round % 2) await server.kill('SIGKILL')
        else process.kill(database.pid, 'SIGKILL')
        stopped = true
        await Promise.all(lanes)
        if (round % 2) server = await boot()
        // 等到数据库与服务都已恢复。主进程死后，它的会话还能再答一会儿：问的时候须已是新的数据库。
        for (let i = 0; ; i++) {
          const replaced = database.pid !== killed
          const ready = await fetch(`${base()}/readyz`).then(
            (r) => r.ok,
            () => false,
          )
          if (replaced && ready) break
          if (i > 1200)
            throw new Error(
              `服务没有恢复：${await fetch(`${base()}/readyz`).then((r) => r.text(), String)} 数据库 ${await observer.sql`select 1 as ok`.then((r) => JSON.stringify(r), String)}`,
            )
          await pause(50)
        }
        if (round % 20 === 0) console.info(`第${round}次之后：答复 ${sent.filter((s) => s.answer).length} 条`)
      }
      const killed = round - 1
      const acknowledged = sent.filter((s) => s.answer)
      expect(acknowledged.length).toBeGreaterThanOrEqual(killed * clients)
      // 再提交一遍：已答复的得到同样的答复，未答复的此时才有定论，都不会办第二次。
      const clientOf = (s: Sent) => (s.body.type === 'ApproveInitiation' ? secretariat : drafter)
      for (const s of sent) {
        let again = await clientOf(s).post(s.path, s.body)
        for (let i = 0; again.status === 503 && i < 300; i++) {
          await pause(200)
          again = await clientOf(s).post(s.path, s.body)
        }
        if (s.answer) expect(again.body, '重复提交的答复').toEqual(s.answer)
      }
      const commands = await observer.sql<Array<{ command_id: string; events: number; answers: number }>>`
      select e.command_id, count(*)::int as events, (select count(*)::int from command_log l where l.command_id = e.command_id and l.status = 200) as answers
      from ledger_events e group by e.command_id`
      const byId = new Map(commands.map((c) => [c.command_id, c]))
      for (const s of acknowledged)
        expect(byId.get(String(s.body.commandId)), '已答复的命令在台账中').toEqual({
          command_id: s.body.commandId,
          events: 1,
          answers: 1,
        })
      expect(commands.every((c) => c.events === 1 && c.answers === 1)).toBe(true)
      const events = await observer.sql<
        Array<{ matter_id: string; seq: number; prev_hash: string; hash: string; body: unknown }>
      >`select matter_id, seq, prev_hash, hash, body from ledger_events order by matter_id, seq`
      const heads = await observer.sql<
        Array<{ id: string; ledger_seq: number; ledger_head: string }>
      >`select id, ledger_seq, ledger_head from matters`
      for (const head of heads) {
        const chain = events
          .filter((e) => e.matter_id === head.id)
          .map((e) => ({ seq: e.seq, prevHash: e.prev_hash, hash: e.hash, body: e.body }))
        expect(verifyChain(chain, { seq: head.ledger_seq, hash: head.ledger_head }).faults).toEqual([])
      }
      console.info(
        `${killed} 次 kill -9：发出 ${sent.length} 条，当场答复 ${acknowledged.length} 条，台账 ${events.length} 条，案卷 ${heads.length} 份`,
      )
    } finally {
      await server?.kill('SIGKILL')
      await observer.close()
      await database.stop()
      await removeEmbedded(dir)
      rmSync(dir, { recursive: true, force: true })
    }
  },
  longest,
)
