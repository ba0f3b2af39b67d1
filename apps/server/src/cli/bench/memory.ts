// Resident memory after ten thousand commands over three procedures: files, meetings, and the office's own acts.
import { randomUUID } from 'node:crypto'
import { httpClient, type Settled, settledWords } from './measure.ts'
import { plainMeeting, plainProposal, plainReservation, plainTopic, type Target } from './target.ts'

export interface MemoryBench {
  /** Accepted commands of each procedure. */
  commands: Record<string, number>
  errors: number
  seconds: number
  /** In MB: right after the start, the most seen while it went on, at the end. */
  atStart: number
  most: number
  atEnd: number
  limit: number
  /** At the end, and at rest: what of it is the heap. */
  heap: Settled['heap']
  atRest: Settled
}
/**
 * Once nobody asks anything, V8 collects by itself after eight seconds: what remains is what the server keeps, not what it has
 * not yet thrown away.
 */
export async function settled(target: Target): Promise<Settled> {
  await new Promise((done) => setTimeout(done, 20_000))
  return { rss: target.memory(), heap: await target.heap() }
}
const limit = 300
const usual = 10_000
const paragraphs = Array.from(
  { length: 20 },
  (_, i) => `第${i + 1}条 申请人应当如实提交材料，受理机关自收到之日起五个工作日内作出决定，并说明理由与依据。`,
)

/** Eight clients until `wanted` commands were accepted; memory is looked at every few hundred. */
export async function benchMemory(
  target: Target,
  say: (line: string) => void,
  wanted: number = usual,
): Promise<MemoryBench> {
  const http = httpClient(target.url, 8)
  const { secretariat, drafter } = target.cookies
  const commands: Record<string, number> = { 'normative-document': 0, session: 0, office: 0 }
  let errors = 0
  let done = 0
  const atStart = target.memory()
  let most = atStart
  const send = async (kind: string, path: string, cookie: string, payload: object) => {
    const answer = await http.call('POST', path, cookie, { commandId: randomUUID(), ...payload })
    if (answer.status !== 200 && answer.status !== 201) {
      errors++
      if (errors <= 3) say(`  ${path}：${answer.status} ${answer.text.slice(0, 300)}`)
      return null
    }
    commands[kind] = (commands[kind] ?? 0) + 1
    done++
    if (done % 250 === 0) most = Math.max(most, target.memory())
    if (done % 2500 === 0) say(`  ${done} 条命令之后常驻内存 ${target.memory()} MB`)
    return JSON.parse(answer.text) as { id: string; version: number }
  }
  const file = async () => {
    const opened = await send('normative-document', '/api/documents', drafter, plainProposal('海原县试验性补助办法'))
    if (!opened) return
    const path = `/api/documents/${opened.id}/commands`
    let { version } = opened
    const next = async (cookie: string, payload: object) => {
      const answer = await send('normative-document', path, cookie, { expectedVersion: version, ...payload })
      version = answer?.version ?? version
    }
    await next(secretariat, { type: 'ApproveInitiation' })
    for (let i = 0; i < 5; i++)
      await next(drafter, { type: 'SaveDraft', body: `海原县试验性补助办法\n${paragraphs.join('\n')}\n第${i + 1}稿` })
  }
  let serial = 0
  const meeting = async () => {
    const opened = await send('session', '/api/matters', secretariat, plainMeeting(++serial))
    if (!opened) return
    const path = `/api/matters/${opened.id}/commands`
    const agenda = await send('session', path, secretariat, {
      type: 'SetAgenda',
      expectedVersion: opened.version,
      items: [plainTopic],
    })
    if (!agenda) return
    await send('session', path, secretariat, { type: 'AddItem', expectedVersion: agenda.version, ...plainTopic })
  }
  const reserve = () => send('office', '/api/matters/office/commands', secretariat, plainReservation())
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, async (_, client) => {
      for (let round = client; done < wanted && errors < 100; round++) {
        if (round % 3 === 0) await file()
        else if (round % 3 === 1) await meeting()
        else await reserve()
      }
    }),
  )
  http.close()
  const atEnd = target.memory()
  most = Math.max(most, atEnd)
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  const heap = await target.heap()
  say(`  ${done} 条命令（${seconds} 秒，出错 ${errors}）：起初 ${atStart} MB，最多 ${most} MB，之后 ${atEnd} MB`)
  const atRest = await settled(target)
  say(`  其中 ${settledWords({ rss: atEnd, heap })}；静下来以后 ${settledWords(atRest)}`)
  return { commands, errors, seconds, atStart, most, atEnd, limit, heap, atRest }
}
