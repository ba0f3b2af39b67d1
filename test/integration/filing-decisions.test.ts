// 修改、废止的决定没有另行的文件的，也要报送备案：随变动开启一件，由制定机关在那一件上报送，受理机关照样登记、审查；
// 统计、年度目录、没有报送的比对都算它；决定被撤销的，变动收回。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { answers, noClassification } from '@dianzhang/contract'
import { dutyCounts } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
type Json = Record<string, unknown>
let serial = 0
const published = () =>
  build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title: `海原县第${++serial}件渔业补贴办法`,
  })
async function command(username: string, id: string, type: string, payload: Json = {}) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  const answer = await c.post(username, `/api/matters/${id}/commands`, {
    type,
    commandId: randomUUID(),
    expectedVersion: Number(row?.version),
    ...payload,
  })
  return { status: answer.status, body: (await answer.json()) as Json }
}
const done = async (username: string, id: string, type: string, payload: Json = {}) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
const decision = (date: string, number?: string) => ({
  body: '海原县农业农村局局务会议',
  date,
  ...(number ? { number } : {}),
})
/** 由这一件变动开启的备案。 */
const filingsOf = async (document: string) =>
  (await c.sql`select matter_id, decided_on::text as day from filing_reviews where decided_on is not null and document_id = ${document}`) as unknown as Array<{
    matter_id: string
    day: string
  }>
const fileOf = async (username: string, id: string) =>
  answers.FilingFile.and(answers.Matter).parse(await c.get<Json>(username, `/api/matters/${id}`)) as unknown as Json & {
    stage: string
    missing: string[]
    toSupply: unknown[]
    document: { title: string }
    decision: { changes: Array<{ title: string; kind: string }> } | null
  }
const rate = async (id: string, query = 'from=2026-01-01&to=2026-12-31') => {
  const answer = await c.app.request(`/public/v1/statistics?${query}&as_of=${build.today(c)}`)
  const { items } = (await answer.json()) as { items: Array<{ id: string; numerator: number; denominator: number }> }
  const found = items.find((x) => x.id === id)
  return [found?.numerator, found?.denominator]
}
const materials = [
  { item: '备案报告', file: { name: '备案报告.txt', content: '备案报告' } },
  { item: '修改、废止的决定', file: { name: '决定.txt', content: '决定废止' } },
  { item: '说明', file: { name: '说明.txt', content: '说明' } },
]
const nine = (result: string) => ({
  items: [
    'party_policy',
    'powers',
    'higher_law',
    'procedure',
    'proportion',
    'values',
    'circumstances',
    'consistency',
    'other',
  ].map((item) => ({ item, result: item === 'powers' ? result : 'none' })),
})

describe('修改、废止的决定报送备案', () => {
  it('废止随即开启一件，报送的人看得到、催得到；报送、登记、审结以后统计与目录都算；同一决定废止两件只报一次', async () => {
    const [one, two] = [await published(), await published()]
    const date = build.today(c)
    const made = decision(date, '海农发〔2026〕31号')
    for (const document of [one, two])
      await done('secretariat', document.id, 'RepealDocument', { on: date, decision: made, reason: '已经不再需要。' })
    const [filing, ...more] = await filingsOf(one.id)
    expect(more).toEqual([])
    expect(filing?.day).toBe(date)
    expect(await filingsOf(two.id)).toEqual([])
    const id = filing?.matter_id ?? ''
    const before = await fileOf('secretariat', id)
    expect(before).toMatchObject({ stage: 'required', toSupply: materials.map(({ item }) => ({ item })) })
    expect(before.document.title).toMatch(/^废止《海原县第\d+件渔业补贴办法》等2件文件的决定$/)
    expect(before.decision?.changes.map((x) => x.kind)).toEqual(['repealed', 'repealed'])
    // 轮到报送的人；登记人先看不到可办的。
    const mine = async (username: string) =>
      (
        await c.get<{ items: Array<{ id: string; mine: Array<{ command: string; dueOn?: string }> }> }>(
          username,
          '/api/matters?mine=true&limit=100',
        )
      ).items
        .filter((x) => x.id === id)
        .flatMap((x) => x.mine.map((y) => y.command))
    expect(await mine('secretariat')).toEqual(['SubmitFiling'])
    expect(await mine('registrar.county')).toEqual([])
    // 备案台两边都有；没有报送的比对也有。
    const desk = async (username: string) =>
      (
        await c.get<{ items: Array<{ id: string; decision: boolean; tracks: Json[] }> }>(username, '/api/filings')
      ).items.find((x) => x.id === id)
    expect(await desk('secretariat')).toMatchObject({ decision: true })
    expect(await desk('registrar.county')).toMatchObject({ decision: true })
    const unfiled = async () =>
      (await c.get<{ items: Array<{ review: string | null }> }>('registrar.county', '/api/filings/unfiled')).items.some(
        (x) => x.review === id,
      )
    expect(await unfiled()).toBe(true)
    // 只列名称、什么也没有附的，等于没有报。
    const bare = await command('secretariat', id, 'SubmitFiling', { supplied: materials.map(({ item }) => ({ item })) })
    expect(JSON.stringify(bare.body)).toContain('没有附上任何材料')
    const [filed, should] = await rate('filing-rate.government')
    await done('secretariat', id, 'SubmitFiling', { supplied: materials, note: '请予备案。' })
    expect(await rate('filing-rate.government')).toEqual([(filed ?? 0) + 1, (should ?? 0) + 1])
    expect(await unfiled()).toBe(false)
    expect(await fileOf('registrar.county', id)).toMatchObject({ stage: 'received', missing: [] })
    // 报送的人、起草单位在“我在等”里看得到等着谁；案卷上也有。
    const waiting = async (username: string) =>
      (
        await c.get<{
          items: Array<{ id: string; waitingFor: { unit: { id: string }; dueOn: string | null } | null }>
        }>(username, '/api/matters?waiting=true&limit=100')
      ).items.find((x) => x.id === id)?.waitingFor
    expect(await waiting('secretariat')).toMatchObject({ unit: { id: 'hy-gov' }, dueOn: expect.any(String) })
    expect(await waiting('head')).toMatchObject({ unit: { id: 'hy-gov' } })
    expect(await waiting('registrar.county')).toBeUndefined()
    const told = answers.Document.parse(await c.get('head', `/api/documents/${one.id}`))
    expect(told.decisionFilings).toMatchObject([{ review: id, waitingFor: { unit: { id: 'hy-gov' } } }])
    await done('registrar.county', id, 'RegisterFiling', { number: '海备〔2026〕701号' })
    await done('filing.county', id, 'StartReview', { kind: 'own' })
    await done('filing.county', id, 'RecordCheck', nine('none'))
    await done('filing.county', id, 'CloseReview', { outcome: 'no_problem' })
    const list = await c.app.request(`/public/v1/filing-list?year=2026`)
    const { items, differing } = (await list.json()) as { items: Json[]; differing: number }
    expect(items.filter((x) => String(x.title).startsWith('废止'))).toMatchObject([
      { state: '未发现问题', differences: [], publishedOn: date },
    ])
    expect(differing).toBe(0)
    // 文件自己的那条轨道不受影响。
    const file = await c.get<{ filings: Record<string, { status: string }> }>('secretariat', `/api/documents/${one.id}`)
    expect(file.filings.government?.status).toBe('due')
  })

  it('没有报送的逐级催；上级机关的决定、以文件作出的变动不另开；文件不能在这里报送', async () => {
    const above = await published()
    await done('secretariat', above.id, 'RepealDocument', {
      on: build.today(c),
      decision: { body: '海原县人民政府常务会议', date: build.today(c) },
      reason: '县政府常务会议决定废止。',
    })
    expect(await filingsOf(above.id)).toEqual([])
    const document = await published()
    await done('secretariat', document.id, 'AmendDocument', {
      on: build.today(c),
      decision: decision(build.today(c)),
      reason: '修改第二条。',
    })
    const [filing] = await filingsOf(document.id)
    const id = filing?.matter_id ?? ''
    expect((await fileOf('registrar.county', id)).document.title).toMatch(/^修改《/)
    const early = await command('registrar.county', id, 'RequireFiling', {})
    expect(early.status).toBe(409)
    c.go('2026-06-10')
    const gauge = async () => (await dutyCounts(c.office.db, build.today(c))).filing
    const overdue = Number(await gauge())
    await done('registrar.county', id, 'RequireFiling', { reason: '请报送。' })
    await done('secretariat', id, 'SubmitFiling', { supplied: materials })
    expect(Number(await gauge())).toBe(overdue - 1)
    const plain = await published()
    await done('secretariat', plain.id, 'FileDocument', { track: 'government', materials: ['备案报告'] })
    const own = (
      await c.get<{ filings: Record<string, { review?: string }> }>('secretariat', `/api/documents/${plain.id}`)
    ).filings.government?.review
    expect((await command('secretariat', own ?? '', 'SubmitFiling', { supplied: materials })).status).toBe(409)
  })

  it('审查意见要求改正，以另一决定改正也可以报告；须那一决定已经报送', async () => {
    const document = await published()
    await done('secretariat', document.id, 'FileDocument', {
      track: 'government',
      materials: ['备案报告', '审查说明', '正式文本'],
    })
    const review =
      (await c.get<{ filings: Record<string, { review?: string }> }>('secretariat', `/api/documents/${document.id}`))
        .filings.government?.review ?? ''
    await done('registrar.county', review, 'RegisterFiling', { number: '海备〔2026〕702号' })
    await done('filing.county', review, 'StartReview', { kind: 'own' })
    await done('filing.county', review, 'RecordCheck', nine('problem'))
    await done('filing.county', review, 'Communicate', { text: '已经沟通。' })
    await done('filing.county', review, 'IssueReviewOpinion', {
      findings: [{ item: 'powers', problem: '增设条件。', ground: '条例第六十四条', demand: 'repeal' }],
    })
    await done('head', review, 'AnswerOpinion', { action: 'repeal', answer: '同意废止。' })
    expect((await command('head', review, 'ReportCorrection', {})).status).toBe(409)
    await done('secretariat', document.id, 'RepealDocument', {
      on: build.today(c),
      decision: decision(build.today(c)),
      reason: '依审查意见废止。',
    })
    const refused = await command('head', review, 'ReportCorrection', {})
    expect(JSON.stringify(refused.body)).toContain('还没有报送备案')
    const [filing] = await filingsOf(document.id)
    await done('secretariat', filing?.matter_id ?? '', 'SubmitFiling', { supplied: materials })
    await done('head', review, 'ReportCorrection', { report: '已经废止。' })
    expect(await fileOf('filing.county', review)).toMatchObject({
      correction: { byDecision: true, title: expect.stringMatching(/^废止《/) },
    })
    await done('filing.county', review, 'CloseReview', { outcome: 'corrected' })
  })

  it('材料不全而退回、在限期内重新报送的算及时，以其他缘由退回的不算；年度目录算出的与统计相同', async () => {
    const start = build.today(c)
    const sent = async (ground: string) => {
      const document = await published()
      c.go(addDays(start, 28))
      await done('secretariat', document.id, 'FileDocument', { track: 'government', materials: ['正式文本'] })
      const file = await c.get<{ filings: Record<string, { review?: string }> }>(
        'secretariat',
        `/api/documents/${document.id}`,
      )
      const id = file.filings.government?.review ?? ''
      await done('registrar.county', id, 'ReturnFiling', { ground, reason: '请重新报送。' })
      c.go(addDays(start, 38))
      await done('secretariat', id, 'Resubmit', { supplied: materials, note: '重新报送。' })
      c.go(start)
    }
    const period = `from=${start}&to=${addDays(start, 40)}`
    const inTime = async () => {
      c.go(addDays(start, 40))
      const found = await rate('filing-in-time.government', period)
      c.go(start)
      return found
    }
    const [before, should] = await inTime()
    await sent('incomplete')
    expect(await inTime()).toEqual([(before ?? 0) + 1, (should ?? 0) + 1])
    await sent('wrong_recipient')
    expect(await inTime()).toEqual([(before ?? 0) + 1, (should ?? 0) + 2])
    c.go(addDays(start, 40))
    const list = await c.app.request('/public/v1/filing-list?year=2026')
    const { rates } = (await list.json()) as { rates: Array<{ id: string; agrees: boolean }> }
    expect(rates.filter((x) => !x.agrees)).toEqual([])
    expect(rates.length).toBeGreaterThan(0)
  })

  it('撤销废止的决定：自始无效，文件恢复效力；台账核验完好', async () => {
    const document = await published()
    await done('secretariat', document.id, 'RepealDocument', {
      on: build.today(c),
      decision: decision(build.today(c), '海农发〔2026〕39号'),
      reason: '废止。',
    })
    const [filing] = await filingsOf(document.id)
    const id = filing?.matter_id ?? ''
    await done('secretariat', id, 'SubmitFiling', { supplied: materials })
    await done('registrar.county', id, 'RegisterFiling', { number: '海备〔2026〕703号' })
    await done('filing.county', id, 'StartReview', { kind: 'own' })
    await done('filing.county', id, 'RecordCheck', nine('problem'))
    await done('filing.county', id, 'Communicate', { text: '已经沟通。' })
    const stop = await command('filing.county', id, 'IssueReviewOpinion', {
      findings: [{ item: 'powers', problem: '不当。', ground: '条例', demand: 'stop' }],
      decision: { body: '海原县人民政府常务会议', date: build.today(c) },
    })
    expect(JSON.stringify(stop.body)).toContain('停止执行的是文件')
    await done('filing.county', id, 'IssueReviewOpinion', {
      findings: [{ item: 'powers', problem: '不当废止。', ground: '条例第三条', demand: 'amend' }],
    })
    await done('head', id, 'AnswerOpinion', { action: 'keep', answer: '认为无须改正。' })
    await done('filing.county', id, 'MoveToAnnul', { motion: 'annul', reason: '没有改正。' })
    const status = async () =>
      ((await (await c.app.request(`/public/v1/documents/${document.id}`)).json()) as { status: string }).status
    expect(await status()).toBe('repealed')
    await done('registrar.county', id, 'RecordMotionDecision', {
      decision: 'annul',
      made: { body: '海原县人民政府常务会议', date: build.today(c) },
    })
    expect(await status()).toBe('in_force')
    await done('filing.county', id, 'CloseReview', { outcome: 'annulled' })
    const report = await verifyDatabase(c.sql)
    expect(report.faults.filter(({ check }) => check !== 'seals')).toEqual([])
  })

  it('一项决定报两处的，在备案台是一行、两栏；逐页翻也只出现一次', async () => {
    const document = await build.published(c, build.today(c), {
      classification: { ...noClassification, ...build.urgent },
      title: '海原县牧道管护办法',
    })
    const date = build.today(c)
    const made = { body: '海原县人民政府常务会议', date, number: '海政发〔2026〕41号' }
    await done('secretariat', document.id, 'RepealDocument', { on: date, decision: made, reason: '任务完成。' })
    const filings = await filingsOf(document.id)
    expect(filings).toHaveLength(2)
    interface Row {
      id: string
      title: string
      tracks: Array<{ track: string; review: string }>
    }
    const walked: Row[] = []
    for (let cursor = ''; ; ) {
      const page = await c.get<{ items: Row[]; nextCursor: string | null }>(
        'secretariat',
        `/api/filings?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      walked.push(...page.items)
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    expect(walked.map((x) => x.id)).toEqual([...new Set(walked.map((x) => x.id))])
    const rows = walked.filter((x) => x.title === '废止《海原县牧道管护办法》的决定')
    expect(rows).toHaveLength(1)
    expect(rows[0]?.tracks.map((x) => x.track).toSorted()).toEqual(['government', 'npc'])
    expect(rows[0]?.tracks.map((x) => x.review).toSorted()).toEqual(filings.map((x) => x.matter_id).toSorted())
    // 收件一方各看到自己的一栏。
    for (const [username, track] of [
      ['registrar', 'government'],
      ['registrar.npc', 'npc'],
    ] as const) {
      const { items } = await c.get<{ items: Row[] }>(username, '/api/filings?limit=100')
      expect(items.filter((x) => x.title === rows[0]?.title).map((x) => x.tracks.map((y) => y.track))).toEqual([
        [track],
      ])
    }
  })
})

it('看板上每一项旁边的上年数，与单独问上年的相同；本年的与统计页相同', async () => {
  c.go('2027-01-20')
  const { items } = answers.Dashboard.parse(await c.get<Json>('secretariat', '/api/dashboard'))
  const jurisdiction = new URL(items[0]?.list ?? '', 'http://x').searchParams.get('jurisdiction')
  const figures = async (from: string, to: string) => {
    const answer = await c.app.request(`/public/v1/statistics?jurisdiction=${jurisdiction}&from=${from}&to=${to}`)
    return answers.Statistics.parse(await answer.json()).items
  }
  const [now, before] = [await figures('2027-01-01', build.today(c)), await figures('2026-01-01', '2026-12-31')]
  expect(items.map((x) => [x.id, x.before, x.beforeList])).toEqual(before.map((x) => [x.id, x.text, x.list]))
  expect(items.map(({ id, text, list }) => [id, text, list])).toEqual(now.map(({ id, text, list }) => [id, text, list]))
  expect(before.filter((x) => (x.value ?? 0) > 0).length).toBeGreaterThan(10)
})
