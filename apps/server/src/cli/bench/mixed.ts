// Mixed work for as long as is wanted, at a rate that leaves the machine idle most of the time: commands of three procedures
// (files, meetings, the office's own acts), desks, searches, pages, exports. What is looked at is memory: resident, in the heap
// and beside it, every minute. Flat is what it should be.
import { randomUUID } from 'node:crypto'
import { httpClient } from './measure.ts'
import { fill } from './pages.ts'
import { plainMeeting, plainProposal, plainReservation, plainTopic, type Target } from './target.ts'

export interface MixedSample {
  minute: number
  /** In MB. */
  rss: number
  heap: number
  /** Beside the heap: buffers. */
  external: number
  answered: number
  /** Of these, commands that were carried out. */
  commands: number
}
export interface MixedBench {
  minutes: number
  perSecond: number
  answered: number
  /** Carried out, by procedure. */
  commands: Record<string, number>
  /** Processor time of the server and its database sessions, as part of one core. */
  ofOneCore: number
  /** Status → how often; 0: the connection was closed instead. */
  statuses: Record<string, number>
  samples: MixedSample[]
  /** Median of the last third against that of the second, in MB: by then all that is kept for later is kept. */
  growth: { rss: number; heap: number }
}
const usualRate = 8
const words = ['农业', '规定', '办法', '主管部门', '依据', '没有的词', '"管理办法"', '水利 事项']
const paragraphs = Array.from({ length: 20 }, (_, i) => `第${i + 1}条 申请人应当如实提交材料，并说明理由与依据。`)
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

/** `perSecond`: how many steps are begun a second; a step is one to three requests. */
export async function benchMixed(
  target: Target,
  minutes: number,
  say: (line: string) => void,
  perSecond: number = usualRate,
): Promise<MixedBench> {
  await fill(target, null, say)
  const { secretariat, drafter } = target.cookies
  const http = httpClient(target.url, 8)
  const statuses: Record<string, number> = {}
  const commands: Record<string, number> = { 'normative-document': 0, session: 0, office: 0 }
  let answered = 0
  const call = async (method: 'GET' | 'POST', path: string, cookie = '', body?: object) => {
    // A connection that was being closed just then (a socket kept too long) is no answer, and no end of the bench.
    const answer = await http.call(method, path, cookie, body).catch(() => ({ status: 0, text: '' }))
    answered++
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    return answer
  }
  const listed = JSON.parse((await call('GET', '/public/v1/documents?limit=100')).text) as { items: { id: string }[] }
  const entries = listed.items.map(({ id }) => id)
  /** Null where it was not carried out. */
  const send = async (kind: string, path: string, cookie: string, payload: object) => {
    const answer = await call('POST', path, cookie, { commandId: randomUUID(), ...payload })
    if (answer.status !== 200 && answer.status !== 201) return null
    commands[kind] = (commands[kind] ?? 0) + 1
    return JSON.parse(answer.text) as { id: string; version: number }
  }
  const files: Array<{ id: string; version: number; saved: number }> = []
  const command = async (file: (typeof files)[number], cookie: string, payload: object) => {
    const path = `/api/documents/${file.id}/commands`
    const answer = await send('normative-document', path, cookie, { expectedVersion: file.version, ...payload })
    file.version = answer?.version ?? file.version
  }
  const open = async () => {
    const opened = await send('normative-document', '/api/documents', drafter, plainProposal('海原县混合负荷试验办法'))
    if (opened === null) return
    const file = { id: opened.id, version: 1, saved: 0 }
    await command(file, secretariat, { type: 'ApproveInitiation' })
    files.push(file)
  }
  let meetings = 0
  const meet = async () => {
    const opened = await send('session', '/api/matters', secretariat, plainMeeting(++meetings))
    if (opened === null) return
    const path = `/api/matters/${opened.id}/commands`
    const agenda = { type: 'SetAgenda', expectedVersion: opened.version, items: [plainTopic] }
    const set = await send('session', path, secretariat, agenda)
    if (set === null) return
    await send('session', path, secretariat, { type: 'AddItem', expectedVersion: set.version, ...plainTopic })
  }
  const reserve = () => send('office', '/api/matters/office/commands', secretariat, plainReservation())
  const busy = new Set<object>()
  const save = async () => {
    const file = pick(files.slice(-20))
    if (file === undefined || busy.has(file)) return open()
    busy.add(file)
    const body = `海原县试验性补助办法\n${paragraphs.join('\n')}\n第${++file.saved}稿`
    await command(file, drafter, { type: 'SaveDraft', body }).finally(() => busy.delete(file))
  }
  const read = (paths: () => string, cookie = '') => call('GET', paths(), cookie)
  const steps: Array<() => Promise<unknown>> = [
    open,
    save,
    save,
    save,
    meet,
    reserve,
    () =>
      read(() => pick(['/api/documents?mine=true&limit=100', '/api/matters?waiting=true', '/api/stage-load']), drafter),
    () =>
      read(
        () => pick(['/api/documents?limit=100', '/api/dashboard', `/api/search?q=${encodeURIComponent('办法')}`]),
        secretariat,
      ),
    () => read(() => `/api/documents/${pick(files)?.id ?? 'x'}${pick(['', '/actions', '/history', '/plan'])}`, drafter),
    () => read(() => `/register?q=${encodeURIComponent(pick(words))}&page=${1 + Math.floor(Math.random() * 20)}`),
    () => read(() => `/register/${pick(entries)}`),
    () => read(() => pick(['/', '/register', '/cleanup', '/about', '/feeds/register.atom', '/sitemap.xml'])),
    () => read(() => `/public/v1/documents/${pick(entries)}/export/${pick(['docx', 'html', 'akn', 'json'])}`),
  ]
  const look = async (minute: number): Promise<MixedSample> => {
    const { used, beside } = await target.heap()
    const sample = {
      minute: Math.round(minute * 10) / 10,
      rss: target.memory(),
      heap: used,
      external: beside,
      answered,
      commands: Object.values(commands).reduce((sum, each) => sum + each, 0),
    }
    say(
      `  第 ${sample.minute} 分钟：常驻 ${sample.rss} MB，堆 ${sample.heap} MB，堆外 ${sample.external} MB，答复 ${answered} 次，其中命令 ${sample.commands} 条`,
    )
    return sample
  }
  const samples = [await look(0)]
  const spent = () => target.cpu().server + target.cpu().database
  const before = spent()
  const seen = setInterval(spent, 5000)
  const looks = Math.max(12, Math.round(minutes))
  const begun = performance.now()
  const length = minutes * 60_000
  const running = new Set<Promise<unknown>>()
  for (let next = 1; next <= looks; ) {
    const past = performance.now() - begun
    if (past >= (length * next) / looks) {
      samples.push(await look(past / 60_000))
      next += 1
    }
    // A machine that cannot keep up is asked less.
    if (running.size < 16) {
      const work: Promise<unknown> = pick(steps)().finally(() => running.delete(work))
      running.add(work)
    }
    await new Promise((done) => setTimeout(done, 1000 / perSecond))
  }
  await Promise.all(running)
  http.close()
  clearInterval(seen)
  const ofOneCore = Math.round(((spent() - before) / (performance.now() - begun)) * 100) / 100
  const third = Math.floor(samples.length / 3)
  const median = (of: MixedSample[], what: 'rss' | 'heap') =>
    of.map((each) => each[what]).sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
  const [second, last] = [samples.slice(third, 2 * third), samples.slice(-third)]
  const growth = {
    rss: median(last, 'rss') - median(second, 'rss'),
    heap: median(last, 'heap') - median(second, 'heap'),
  }
  return { minutes, perSecond, answered, commands, ofOneCore, statuses, samples, growth }
}
