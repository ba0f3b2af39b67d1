// 轮到谁：待办恰是有须由本人办理的命令的，我在等写明等谁；答复了就不在。演示县里各种事项、每一个人逐件核对。
import { noClassification } from '@dianzhang/contract'
import { connect } from '@dianzhang/database'
import { demoPassword, demoPeople } from '@dianzhang/demo'
import type { Running } from '@dianzhang/server'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { turnLimits } from '../../packages/workflow/src/queries/turns.ts'
import { searchLimits } from '../../packages/workflow/src/search/condition.ts'
import { demoDatabase, startDemo } from '../support/demo-county.ts'
import { type StaffClient as Caller, signIn } from '../support/serve.ts'

let server: Running
let database: Awaited<ReturnType<typeof demoDatabase>>
const begin = () => startDemo(database.appUrl, database.url)
beforeAll(async () => {
  database = await demoDatabase()
  server = await begin()
})
afterAll(() => server.stop())

interface Line {
  command: string
  verb: string
  count: number | null
  role: string
  unit: { id: string; name: string } | null
  since: string
  dueOn: string | null
  daysLate: number
  mine: boolean
}
interface Row {
  id: string
  title: string
  process?: string
  draftingUnit?: { id: string }
  version: number
  stage: string
  nextDueOn: string | null
  overdue: boolean
  updatedAt: string
  unit?: { id: string }
  turns: Line[]
  mine: Line[]
  ahead: Array<Line & { from: string }>
  waitingFor: { unit: { id: string; name: string } | null; role: string; since: string; label: string } | null
  unread: boolean
  followed: boolean
  last: { label: string; by: { name: string } | null } | null
}
interface Act {
  command: string
  need: string
  mine: boolean
  allowed: boolean
}
const callers = new Map<string, Promise<Caller>>()
const as = (username: string): Promise<Caller> => {
  const known = callers.get(username) ?? signIn(() => server.url, username, demoPassword)
  callers.set(username, known)
  return known
}
async function all(caller: Caller, path: string): Promise<Row[]> {
  const rows: Row[] = []
  let cursor = ''
  do {
    const answer = await caller.get(`${path}${path.includes('?') ? '&' : '?'}limit=30${cursor && `&cursor=${cursor}`}`)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
    const page = answer.body as { items: Row[]; nextCursor: string | null }
    rows.push(...page.items)
    cursor = page.nextCursor ?? ''
  } while (cursor)
  return rows
}
const actionsOf = async (caller: Caller, id: string): Promise<Act[]> =>
  (await caller.get(`/api/matters/${id}/actions`)).body as Act[]

describe('演示县', () => {
  it('每一个人、每一种事项：待办恰是有须由本人办理的命令的；在等的没有，而有别人须办的', async () => {
    const wrong: string[] = []
    let mine = 0
    let waiting = 0
    // 同一职务、同一单位的看到的一样，各取一人。
    const seen = new Set<string>()
    for (const person of demoPeople) {
      const posts = JSON.stringify(person.posts)
      if (seen.has(posts) || person.posts.length === 0) continue
      seen.add(posts)
      const caller = await as(person.username)
      const [visible, todo, waits] = await Promise.all([
        all(caller, '/api/matters'),
        all(caller, '/api/matters?mine=true'),
        all(caller, '/api/matters?waiting=true'),
      ])
      mine += todo.length
      waiting += waits.length
      const kinds = new Set<string>()
      for (const row of visible) {
        const key = `${row.process} ${row.stage} ${todo.some((each) => each.id === row.id)} ${row.turns.map((line) => line.command).join()}`
        if (kinds.has(key)) continue
        kinds.add(key)
        const required = (await actionsOf(caller, row.id)).filter((a) => a.need === 'required')
        const own = required.filter((a) => a.mine).map((a) => a.command)
        const name = `${person.username} ${row.process} ${row.stage}《${row.title}》`
        const listed = todo.find((each) => each.id === row.id)
        if (own.length > 0 !== (listed !== undefined))
          wrong.push(`${name}：须办 ${own.join('、') || '无'}，而${listed ? '在' : '不在'}待办`)
        const stored = [...new Set(listed?.mine.map((line) => line.command) ?? [])].sort()
        if (listed && stored.join() !== own.toSorted().join())
          wrong.push(`${name}：须办 ${own.join('、')}，待办说的是 ${stored.join('、')}`)
        const waited = waits.find((each) => each.id === row.id)
        if (waited && (own.length > 0 || waited.waitingFor === null)) wrong.push(`${name}：在等，而轮到的是本人`)
      }
    }
    expect(wrong).toEqual([])
    expect(mine).toBeGreaterThan(20)
    expect(waiting).toBeGreaterThan(10)
  })

  it('日子没有到的：自哪一日起轮到谁、办什么，清单与案卷同说；那以前不在待办，要记录的那一项说最早哪一日', async () => {
    const caller = await as('secretariat')
    const today = ((await caller.get('/api/me')).body as { demo: { now: string } }).demo.now.slice(0, 10)
    const waits = (await all(caller, '/api/matters')).filter((row) => row.ahead.length > 0)
    expect(waits.flatMap((row) => row.ahead.map((line) => line.command))).toEqual(
      expect.arrayContaining(['RecordDecision', 'HoldSession']),
    )
    for (const row of waits) {
      const file = (await caller.get(`/api/matters/${row.id}`)).body as Row
      expect(file.ahead, row.title).toEqual(row.ahead)
      for (const { from, command } of row.ahead) {
        expect(from > today, `${row.title} ${command} ${from}`).toBe(true)
        expect(row.turns.map((line) => line.command)).not.toContain(command)
      }
    }
    const tabled = waits.find((row) => row.stage === 'deliberation')
    const { schedule } = (await caller.get(`/api/documents/${tabled?.id}`)).body as { schedule: { date: string } }
    expect(tabled?.ahead).toMatchObject([{ command: 'RecordDecision', from: schedule.date }])
    const act = (
      (await caller.get(`/api/matters/${tabled?.id}/actions`)).body as Array<Act & { verdicts: unknown[] }>
    ).find((each) => each.command === 'RecordDecision')
    expect(act?.verdicts).toContainEqual(
      expect.objectContaining({ rule: 'acts.in-order', holds: false, earliest: schedule.date }),
    )
  })

  it('待办最紧的在前，可以另排；阶段的件数与待办相合；文件的待办是其中的文件', async () => {
    const caller = await as('secretariat')
    const [todo, documents, byTitle] = await Promise.all([
      all(caller, '/api/matters?mine=true'),
      all(caller, '/api/documents?mine=true'),
      all(caller, '/api/documents?mine=true&sort=title'),
    ])
    const far = '9999-12-31'
    const due = (lines: readonly Line[]) => lines.map((line) => line.dueOn ?? far).toSorted()[0] ?? far
    const own = (row: Row) => due(row.mine)
    expect(todo.map(own)).toEqual(todo.map(own).toSorted())
    // 别的单位迟了的，不把一件推到我的待办最前：演示县里有这样的。
    const others = todo.filter((row) => row.nextDueOn !== null && row.nextDueOn < own(row))
    expect(others.length).toBeGreaterThan(0)
    // 我在等的，依我等着的那一步的日子。
    const waiting = await all(await as('drafter'), '/api/matters?waiting=true')
    const awaited = (row: Row) => due(row.turns.filter((line) => !line.mine))
    expect(new Set(waiting.map(awaited)).size).toBeGreaterThan(1)
    expect(waiting.map(awaited)).toEqual(waiting.map(awaited).toSorted())
    expect(documents.map((row) => row.id).toSorted()).toEqual(
      todo.flatMap((row) => (row.process === 'normative-document' ? [row.id] : [])).toSorted(),
    )
    expect(byTitle.map((row) => row.id).toSorted()).toEqual(documents.map((row) => row.id).toSorted())
    expect(byTitle.map((row) => row.id)).not.toEqual(documents.map((row) => row.id))
    const load = (await caller.get('/api/stage-load?mine=true')).body as Array<{ count: number }>
    expect(load.reduce((sum, each) => sum + each.count, 0)).toBe(documents.length)
    expect(todo.every((row) => row.last !== null && row.turns.length > 0)).toBe(true)
  })

  it('各种清单一页一页取来，与一次取的次序相同，不重不漏；每种次序所列的事项相同', async () => {
    for (const username of ['secretariat', 'drafter', 'head', 'adviser'])
      for (const scope of ['mine=true', 'waiting=true', 'overdue=true', 'limit=100', 'q=办法', 'followed=true']) {
        const caller = await as(username)
        const once = async (path: string) =>
          ((await caller.get(`${path}&limit=100`)).body as { items: Row[] }).items.map(({ id }) => id)
        const bySort: string[][] = []
        // 两个人一页三行，页的交界多；两个人一页八行。
        const limit = username === 'secretariat' || username === 'head' ? 3 : 8
        for (const sort of ['urgent', 'since', 'updated', 'title']) {
          const path = `/api/matters?${scope.replace('limit=100', 'process=session')}&sort=${sort}`
          const whole = await once(path)
          const pages: string[] = []
          let cursor = ''
          do {
            const { body } = await caller.get(
              `${path}&limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
            )
            const page = body as { items: Row[]; nextCursor: string | null }
            pages.push(...page.items.map(({ id }) => id))
            cursor = page.nextCursor ?? ''
          } while (cursor !== '')
          expect(pages, `${username} ${path}`).toEqual(whole)
          bySort.push(whole.toSorted())
        }
        for (const ids of bySort) expect(ids, `${username} ${scope}`).toEqual(bySort[0])
      }
    const forged = Buffer.from(JSON.stringify(['2026-11-30 昨天', 'x'])).toString('base64url')
    const refused = await (await as('secretariat')).get(`/api/matters?mine=true&cursor=${forged}`)
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('续页标记无效')])
  })

  /** 没有检索时的清单，与检索“办法”找到的：几种办法共用，其间没有人办理。 */
  const unsearched = new Map<string, Promise<string[]>>()
  it.each([
    ['找到的少，逐件列名', { few: 2000, many: 20_000 }],
    ['找到的多，全在一个集合里', { few: 0, many: 20_000 }],
    ['找到的比集合容得下的还多', { few: 0, many: 3 }],
  ])('检索只是筛选：找到的几件的先后，与没有检索时的清单相同（%s）', async (_, limits) => {
    const usual = { ...searchLimits }
    onTestFinished(() => void Object.assign(searchLimits, usual))
    for (const username of ['secretariat', 'drafter', 'head', 'adviser'])
      for (const scope of ['mine=true', 'waiting=true', 'overdue=true', 'process=normative-document']) {
        const caller = await as(username)
        const whole = async (path: string) => {
          const ids: string[] = []
          let cursor = ''
          do {
            const { body } = await caller.get(`${path}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
            const page = body as { items: Row[]; nextCursor: string | null }
            ids.push(...page.items.map(({ id }) => id))
            cursor = page.nextCursor ?? ''
          } while (cursor !== '')
          return ids
        }
        const once = (path: string): Promise<string[]> => {
          const key = `${username} ${path}`
          const known = unsearched.get(key) ?? whole(path)
          unsearched.set(key, known)
          return known
        }
        const found = new Set(await once('/api/matters?q=办法'))
        Object.assign(searchLimits, limits)
        for (const sort of ['urgent', 'since', 'updated', 'title']) {
          const path = `/api/matters?${scope}&sort=${sort}`
          const kept = (await once(path)).filter((id) => found.has(id))
          expect(await whole(`${path}&q=办法`), `${username} ${path}`).toEqual(kept)
        }
        Object.assign(searchLimits, usual)
      }
  })

  it('我在等的：逐件看是不是轮到自己，与做成集合来看，列出的、先后都相同；检索时从清单走起与从找到的走起同样', async () => {
    const usual = { turns: { ...turnLimits }, search: { ...searchLimits } }
    onTestFinished(() => {
      Object.assign(turnLimits, usual.turns)
      Object.assign(searchLimits, usual.search)
    })
    const ways = [
      {},
      { lookedUp: 0 },
      { lookedUp: 2 },
      { few: 0 },
      { few: 0, walked: [] },
      { few: 0, walked: [1, 2] },
      { few: 0, walked: [200], lookedUp: 0 },
    ]
    let most = 0
    let least = Number.POSITIVE_INFINITY
    for (const username of ['secretariat', 'drafter', 'head'])
      for (const sort of ['urgent', 'since'])
        for (const q of ['', '&q=办法', '&q=管理办法', '&q=办法&overdue=true', '&q=关于&mine=true']) {
          const caller = await as(username)
          const lists: string[][] = []
          for (const { few, ...limits } of ways) {
            Object.assign(turnLimits, usual.turns, limits)
            Object.assign(searchLimits, usual.search, few === undefined ? {} : { few })
            lists.push((await all(caller, `/api/matters?waiting=true&sort=${sort}${q}`)).map(({ id }) => id))
          }
          Object.assign(turnLimits, usual.turns)
          Object.assign(searchLimits, usual.search)
          for (const list of lists) expect(list, `${username} ${sort}${q}`).toEqual(lists[0])
          const [{ length } = []] = lists
          most = Math.max(most, length ?? 0)
          if (q !== '' && (length ?? 0) > 0) least = Math.min(least, length ?? 0)
        }
    expect(most).toBeGreaterThan(5)
    expect(least).toBeLessThan(10)
  })

  it('件数恰是清单里数得出的；牵涉单位多、不在索引里的几件同样；按单位、名称、变动所列的，是整份清单里筛出、排好的', async () => {
    const { sql, close } = connect(database.url, { max: 1 })
    const people = ['secretariat', 'drafter', 'head', 'adviser']
    const kinds = ['normative-document', 'filing-review', 'session']
    const matches = async () => {
      let counted = 0
      for (const username of people)
        for (const scope of ['', '&mine=true', '&waiting=true', '&followed=true', '&done=true']) {
          const caller = await as(username)
          for (const process of kinds) {
            const rows = await all(caller, `/api/matters?process=${process}${scope}`)
            const { body } = await caller.get(`/api/stage-load?process=${process}${scope}`)
            const load = body as Array<{ stage: string; count: number; overdue: number }>
            const plain = [...Map.groupBy(rows, (row) => row.stage)].map(([stage, some]) => [
              stage,
              some.length,
              some.filter((row) => row.overdue).length,
            ])
            expect(
              load.map((each) => [each.stage, each.count, each.overdue]).toSorted(),
              `${username} ${process} ${scope}`,
            ).toEqual(plain.toSorted())
            counted += rows.length
          }
          const every = await all(caller, `/api/matters?sort=urgent${scope}`)
          for (const unit of new Set(every.map((row) => row.unit?.id).filter(Boolean))) {
            const path = `/api/matters?sort=urgent${scope}&unit=${unit}`
            expect(
              (await all(caller, path)).map((row) => row.id),
              `${username} ${path}`,
            ).toEqual(every.filter((row) => row.unit?.id === unit).map((row) => row.id))
          }
          const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1)
          const points = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
          expect(
            (await all(caller, `/api/matters?sort=title${scope}`)).map((row) => row.id),
            `${username} 名称 ${scope}`,
          ).toEqual(every.toSorted((a, b) => points(a.title, b.title) || byId(a, b)).map((row) => row.id))
          expect(
            (await all(caller, `/api/matters?sort=updated${scope}`)).map((row) => row.id),
            `${username} 变动 ${scope}`,
          ).toEqual(every.toSorted((a, b) => points(b.updatedAt, a.updatedAt) || byId(a, b)).map((row) => row.id))
        }
      expect(counted).toBeGreaterThan(50)
    }
    const many = Array.from({ length: 30 }, (_, i) => `某单位${i}`)
    const set = (change: (tx: typeof sql) => Promise<unknown>) =>
      sql.begin(async (tx) => {
        await tx.unsafe("set local session_replication_role = 'replica'")
        await change(tx as never)
      })
    await sql`create table involved_before as select jurisdiction_id, id, involved_units from matters`
    try {
      await matches()
      await set((tx) => tx`update matters set involved_units = involved_units || ${many} where hashtext(id) % 2 = 0`)
      const [wide] = await sql<
        { n: number }[]
      >`select count(*)::int as n from matters where cardinality(involved_units) > 24`
      expect(wide?.n).toBeGreaterThan(10)
      await matches()
    } finally {
      await set(
        (tx) => tx`update matters m set involved_units = b.involved_units from involved_before b
        where b.jurisdiction_id = m.jurisdiction_id and b.id = m.id and b.involved_units <> m.involved_units`,
      )
      await sql`drop table if exists involved_before`
      await close()
    }
  })

  it('核验：轮到谁的行恰是台账最后一条所记的', async () => {
    const { sql } = database.connect()
    const report = await verifyDatabase(sql, undefined, { only: ['turns'] })
    expect(report.faults).toEqual([])
    expect(report.checks.find((each) => each.check === 'turns')?.checked).toBeGreaterThan(40)
    expect(report.notes.join()).not.toContain('轮到谁')
  })
})

describe('一件文件', () => {
  const post = async (caller: Caller, id: string, type: string, rest: object = {}) => {
    const { version } = (await caller.get(`/api/matters/${id}`)).body as { version: number }
    return caller.post(`/api/matters/${id}/commands`, {
      type,
      commandId: crypto.randomUUID(),
      expectedVersion: version,
      ...rest,
    })
  }
  const rowIn = async (username: string, query: string, id: string) =>
    (await all(await as(username), `/api/documents?${query}`)).find((row) => row.id === id)

  it('征求部门意见：被问的各在待办、写明到哪日；答复的不再在，其余照旧；起草人在等', async () => {
    const documents = await all(await as('secretariat'), '/api/documents')
    // 一件正在等部门答复的。
    const file = documents.find((row) => row.turns.some((line) => line.command === 'RecordOpinion'))
    expect(file, '演示县里没有等部门答复的').toBeDefined()
    const drafting = demoPeople.find((person) =>
      person.posts.some((p) => p.role === 'drafter' && p.unit === file?.draftingUnit?.id),
    )
    const drafter = await as(drafting?.username ?? '')
    const asked = file?.turns.filter((line) => line.command === 'RecordOpinion') ?? []
    for (const line of asked) {
      expect(line.unit).not.toBeNull()
      expect(line.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
    const contact = demoPeople.find((person) =>
      person.posts.some((p) => p.role === 'department_contact' && p.unit === asked[0]?.unit?.id),
    )
    expect(contact, `演示县里没有 ${asked[0]?.unit?.name} 的联系人`).toBeDefined()
    const id = file?.id ?? ''
    const before = await rowIn(contact?.username ?? '', 'mine=true', id)
    expect(before?.mine.map((line) => line.command)).toContain('RecordOpinion')
    const answered = await post(await as(contact?.username ?? ''), id, 'RecordOpinion', {
      unit: asked[0]?.unit?.id,
      opinion: 'agree',
      text: '同意。',
    })
    expect(answered.status, JSON.stringify(answered.body)).toBe(200)
    expect(await rowIn(contact?.username ?? '', 'mine=true', id)).toBeUndefined()
    // 已经答复的，另一个单位的答复与他无关：可以办，不是须办。
    const again = (await actionsOf(await as(contact?.username ?? ''), id)).find((a) => a.command === 'RecordOpinion')
    if (again?.mine) expect(again.need).not.toBe('required')
    const still = (await all(drafter, '/api/documents')).find((row) => row.id === id)
    expect(still?.turns.filter((line) => line.command === 'RecordOpinion').map((line) => line.unit?.id)).toEqual(
      asked.slice(1).map((line) => line.unit?.id),
    )
    expect(still?.last?.by?.name).toBe(contact?.name)
    expect(still?.unread).toBe(true)
    await drafter.post(`/api/matters/${id}/marks`, { seen: true })
    expect((await all(drafter, '/api/documents')).find((row) => row.id === id)?.unread).toBe(false)
  })

  it('关注只是自己的；看不到的事项记不上，答复与没有的一样', async () => {
    const drafter = await as('drafter')
    const [file] = await all(drafter, '/api/documents')
    const id = file?.id ?? ''
    expect((await drafter.post(`/api/matters/${id}/marks`, { followed: true })).body).toMatchObject({ followed: true })
    expect((await all(drafter, '/api/matters?followed=true')).map((row) => row.id)).toEqual([id])
    expect(await all(await as('secretariat'), '/api/matters?followed=true')).toEqual([])
    await drafter.post(`/api/matters/${id}/marks`, { followed: false })
    expect(await all(drafter, '/api/matters?followed=true')).toEqual([])
    const hidden = new Set((await all(await as('secretariat'), '/api/documents')).map((row) => row.id))
    for (const row of documentsSeen(await all(drafter, '/api/documents'))) hidden.delete(row)
    const [other] = hidden
    expect(other, '演示县里没有起草人看不到的文件').toBeDefined()
    const refused = await drafter.post(`/api/matters/${other}/marks`, { followed: true })
    const absent = await drafter.post('/api/matters/no-such-matter/marks', { followed: true })
    expect([refused.status, absent.status]).toEqual([404, 404])
    expect((await drafter.post(`/api/matters/${id}/marks`, { followed: 'yes' })).status).toBe(422)
  })
  const documentsSeen = (rows: Row[]) => rows.map((row) => row.id)

  it('公众意见：收到一条记一条，处理完了不再等着', async () => {
    const rows = await all(await as('secretariat'), '/api/documents')
    const counted = rows.flatMap((row) => row.turns.filter((line) => line.command === 'DisposeComment'))
    expect(counted.length, '演示县里没有公众意见未处理的').toBeGreaterThan(0)
    for (const line of counted) {
      expect(line.count).toBeGreaterThan(0)
      expect(line.verb).toContain(`${line.count} 条`)
    }
  })
})

describe('清单取走', () => {
  const take = async (username: string, path: string) => {
    const answer = await (await as(username)).raw(path)
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', bytes: await answer.arrayBuffer() }
  }
  it('待办的工作簿由另一个程序读回：行数、次序与页面相同；CSV 里没有会被表格当作公式的', async () => {
    const rows = await all(await as('secretariat'), '/api/matters?mine=true')
    const book = await take('secretariat', '/api/matters.xlsx?mine=true')
    expect([book.status, book.type]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])
    const read = await readSheet(Buffer.from(book.bytes))
    expect(read[0]?.slice(0, 4)).toEqual(['名称', '种类', '阶段', '要办什么'])
    expect(read.slice(1).map((row) => row[0])).toEqual(rows.map((row) => row.title))
    const csv = new TextDecoder().decode((await take('secretariat', '/api/matters.csv?mine=true')).bytes)
    expect(csv.split('\r\n').length).toBe(rows.length + 2)
  })
  it('清单收得下压缩的就压缩送出，解开以后与没有压缩的一样', async () => {
    const { cookie } = await as('secretariat')
    const ask = (encoding: string) =>
      fetch(`${server.url}/api/matters?mine=true`, { headers: { cookie, 'accept-encoding': encoding } })
    const [packed, plain] = [await ask('gzip'), await ask('identity')]
    expect([packed, plain].map((answer) => answer.headers.get('content-encoding'))).toEqual(['gzip', null])
    expect(await packed.json()).toEqual(await plain.json())
  })
  it('名称像公式的，表格里是文字；条件有误、没有登录的照样拒绝', async () => {
    const drafter = await as('drafter')
    const opened = await drafter.post('/api/documents', {
      type: 'ProposeDocument',
      commandId: crypto.randomUUID(),
      title: '=HYPERLINK("http://example.org","看")管理办法',
      jurisdiction: '640522',
      issuers: ['hy-agri'],
      tier: 'department',
      classification: { ...noClassification, affectsRights: true },
      necessity: '试一试表格。',
    })
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const csv = new TextDecoder().decode((await take('drafter', '/api/documents.csv')).bytes)
    expect(csv).toContain(`"'=HYPERLINK(""http://example.org""`)
    const read = await readSheet(Buffer.from((await take('drafter', '/api/documents.xlsx')).bytes))
    expect(read.map((row) => row[0])).toContain('=HYPERLINK("http://example.org","看")管理办法')
    expect((await take('drafter', '/api/documents.csv?stage=nowhere')).status).toBe(422)
    expect((await fetch(`${server.url}/api/documents.csv`)).status).toBe(401)
  })
  it('公开登记库：同一条件的 CSV 与工作簿，件数与检索相同', async () => {
    const found = (await (await fetch(`${server.url}/public/v1/documents?q=管理&limit=100`)).json()) as {
      items: Array<{ title: string }>
    }
    const csv = await (await fetch(`${server.url}/public/v1/documents.csv?q=管理`)).text()
    expect(csv.trim().split('\r\n').length - 1).toBe(found.items.length)
    const book = await (await fetch(`${server.url}/public/v1/documents.xlsx?q=管理`)).arrayBuffer()
    expect((await readSheet(Buffer.from(book))).slice(1).map((row) => row[0])).toEqual(
      found.items.map((item) => item.title),
    )
  })
  it.each([
    ['secretariat', '/api/filings'],
    ['secretariat', '/api/deviations'],
    ['secretariat', '/api/series'],
    ['secretariat', '/api/expiry-alerts'],
    ['secretariat', '/api/units'],
    ['secretariat', '/api/bodies'],
    ['admin', '/api/people'],
    ['admin', '/api/delegations'],
    ['admin', '/api/jobs'],
    ['admin', '/api/office-acts'],
  ])('%s 的 %s 也取得走', async (username, path) => {
    const csv = await take(username, `${path}.csv`)
    expect(csv.status, new TextDecoder().decode(csv.bytes).slice(0, 200)).toBe(200)
    expect((await readSheet(Buffer.from((await take(username, `${path}.xlsx`)).bytes))).length).toBeGreaterThan(0)
  })
})

describe('到期作业', () => {
  it('写明是哪一件、届时办理什么、办到哪一步，不写代码', async () => {
    const { body } = await (await as('admin')).get('/api/jobs?limit=100')
    const { items } = body as {
      items: Array<{
        title: string | null
        process: string
        processLabel: string
        sendsLabel: string
        statusLabel: string
      }>
    }
    expect(new Set(items.map(({ process }) => process)).size).toBeGreaterThan(3)
    for (const { title, processLabel, sendsLabel, statusLabel } of items) {
      expect(title ?? processLabel).toMatch(/\p{Script=Han}/u)
      expect(processLabel + sendsLabel + statusLabel).not.toMatch(/[A-Za-z]/)
    }
  })
})

describe('检索', () => {
  interface Found {
    groups: Array<{ kind: string; items: Array<{ id: string; title: string; to: string }> }>
  }
  const search = async (username: string, q: string): Promise<Found['groups']> => {
    const answer = await (await as(username)).get(`/api/search?q=${encodeURIComponent(q)}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return (answer.body as Found).groups
  }
  const ids = (groups: Found['groups'], kind: string) =>
    groups.find((group) => group.kind === kind)?.items.map((item) => item.id) ?? []

  it('名称、发文字号（任何括号与全半角）、统一登记号都找得到同一件；清单的 q 相同', async () => {
    const caller = await as('secretariat')
    const documents = await all(caller, '/api/documents')
    const details = await Promise.all(
      documents.map(async (row) => (await caller.get(`/api/documents/${row.id}`)).body as Numbered),
    )
    const file = details.find((each) => each.numbers !== null)
    if (!file?.numbers) throw new Error('演示县里没有已经编号的')
    const number = file.numbers.document
    const wide = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    for (const q of [
      file.title,
      number,
      number.replace('〔', '[').replace('〕', ']'),
      number.replace('〔', '（').replace('〕', '）'),
      wide,
      file.numbers.registry,
    ]) {
      expect(ids(await search('secretariat', q), 'document'), q).toContain(file.id)
      expect(
        (await all(caller, `/api/documents?q=${encodeURIComponent(q)}`)).map((row) => row.id),
        q,
      ).toContain(file.id)
    }
    expect((await caller.get(`/api/search?q=${encodeURIComponent('《》（）')}`)).status).toBe(422)
    expect((await caller.get('/api/search?q=')).status).toBe(422)
    expect((await fetch(`${server.url}/api/search?q=管理`)).status).toBe(401)
  })
  interface Numbered {
    id: string
    title: string
    numbers: { document: string; registry: string } | null
  }
  it('刚起的草案，正文里的字句马上找得到；别的单位的人、只是管理员的人找不到', async () => {
    const drafter = await as('drafter')
    const opened = await drafter.post('/api/documents', {
      type: 'ProposeDocument',
      commandId: crypto.randomUUID(),
      title: '海原县枸杞烘干设施管理办法',
      jurisdiction: '640522',
      issuers: ['hy-agri'],
      tier: 'department',
      classification: { ...noClassification, affectsRights: true },
      necessity: '统一烘干设施的管理。',
    })
    expect(opened.status).toBe(201)
    const { id } = opened.body as { id: string }
    const post = async (caller: Caller, type: string, rest: object) => {
      const { version } = (await caller.get(`/api/documents/${id}`)).body as { version: number }
      return caller.post(`/api/documents/${id}/commands`, {
        type,
        commandId: crypto.randomUUID(),
        expectedVersion: version,
        ...rest,
      })
    }
    expect((await post(await as('secretariat'), 'ApproveInitiation', {})).status).toBe(200)
    const saved = await post(drafter, 'SaveDraft', {
      body: '海原县枸杞烘干设施管理办法\n\n第一条　烘干房的琥珀色滤网每七日清洗一次。\n',
    })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    expect(ids(await search('drafter', '琥珀色滤网'), 'document')).toEqual([id])
    expect(ids(await search('secretariat', '琥珀色滤网 枸杞'), 'document')).toEqual([id])
    expect(await search('drafter', '滤网琥珀色')).toEqual([])
    expect(await search('drafter.housing', '琥珀色滤网')).toEqual([])
    expect(await search('contact', '枸杞烘干')).toEqual([])
    // 管理员看得到有这件案卷，读不到没有公布的正文。
    expect(ids(await search('admin', '枸杞烘干'), 'document')).toEqual([id])
    expect(await search('admin', '琥珀色滤网')).toEqual([])
  })
  it('人员、上位法、已公布的文件、审查建议各成一类', async () => {
    expect(ids(await search('secretariat', '法律顾问'), 'person')).toContain('adviser')
    expect((await search('secretariat', '中华人民共和国民法典')).map((group) => group.kind)).toContain('act')
    const groups = await search('filing.county', '农村')
    expect(groups.map((group) => group.kind)).toContain('register')
  })
})

it('旧数据：没有推算过的，开机推算一次，与办理时所存的相同', async () => {
  const { sql } = database.connect()
  const key = () =>
    sql`select matter_id, command, role, unit, count, not_before::text, due_on::text from turns order by 1, 2, 3, 4`
  const before = await key()
  await server.stop()
  await sql`delete from turns`
  await sql`update matters set turn_form = 0`
  server = await begin()
  await expect.poll(() => sql`select id from matters where turn_form = 0`).toHaveLength(0)
  expect(await key()).toEqual(before)
})
