// 上位法，经接口：登记的与目录的合在一起查；有误的以后来的事实更正；引用关系存着，反过来查得到哪些文件以它为依据。
import { randomUUID } from 'node:crypto'
import { actKey, searchActs } from '@dianzhang/acts'
import { impactOf, importEntries, rebuildCitations } from '@dianzhang/register'
import { citationEdges } from '@dianzhang/text'
import { importActsFile, openOffices, runDueJobs } from '@dianzhang/workflow'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
await openOffices(c.office)
type Json = Record<string, unknown>
interface Page {
  total: number
  items: Array<{ id: string; title: string; status: string; registered: boolean }>
}
interface Found {
  total: number
  wholeAct: number
  otherArticles: number
  ended: number
  groups: Array<{
    role: string
    count: number
    items: Array<{ id: string; title: string; edges: Array<{ address: string; articles: string[]; found: string }> }>
  }>
}
const enc = encodeURIComponent
const act = (more: Json = {}) => ({
  title: '宁夏回族自治区农机安全条例',
  documentNumber: null,
  issuers: ['宁夏回族自治区人民代表大会常务委员会'],
  publishedOn: '2019-01-10',
  effectiveDate: '2019-03-01',
  status: 'in_force',
  source: '自治区人大公报',
  ...more,
})
const office = async (type: string, payload: Json, who = 'reviewer') => {
  const answer = await c.post(who, '/api/matters/office/commands', {
    type,
    commandId: randomUUID(),
    expectedVersion: 1,
    ...payload,
  })
  return { status: answer.status, body: (await answer.json()) as Json }
}
const acts = (q: string, more = '') => c.get<Page>(null, `/public/v1/acts?q=${enc(q)}${more}`)
const impact = (query: string) => c.get<Found>(null, `/public/v1/impact?${query}`)

describe('登记的上位法', () => {
  it('查得到、计入件数，先于目录；更正以后两项都在，当时所知仍答得出', async () => {
    expect((await acts('农机安全条例')).total).toBe(0)
    expect((await office('RegisterAct', act())).status).toBe(200)
    const page = await acts('农机安全条例')
    expect(page).toMatchObject({ total: 1, items: [{ status: 'in_force', registered: true }] })
    const id = String(page.items[0]?.id)
    c.go('2026-03-03')
    const wrong = await office('RegisterAct', act({ status: 'repealed', source: '公告' }))
    expect(wrong.status).toBe(422)
    expect((await office('RegisterAct', act({ status: 'repealed', statusSince: '2026-03-01' }))).status).toBe(200)
    expect(await acts('农机安全条例')).toMatchObject({ total: 1, items: [{ status: 'repealed' }] })
    expect(await acts('农机安全条例', '&on=2026-02-28')).toMatchObject({ items: [{ status: 'in_force' }] })
    const one = await c.get<Json>(null, `/public/v1/acts/${id}`)
    expect(one).toMatchObject({
      since: '2026-03-01',
      facts: [{ status: 'repealed', knownUntil: null }, { status: 'in_force' }],
    })
    expect(await c.get<Json>(null, `/public/v1/acts/${id}?known=2026-03-02T12:00:00Z`)).toMatchObject({
      facts: [{ status: 'in_force' }],
      since: null,
    })
  })
  it('目录与登记同名的，只列一次；新版施行以前旧版有效', async () => {
    const before = await acts('物业管理条例')
    await office('RegisterAct', {
      title: '物业管理条例',
      issuers: ['国务院'],
      publishedOn: '2026-03-01',
      effectiveDate: '2026-05-01',
      status: 'in_force',
      articles: ['12', '第十三条至第十五条'],
      source: '国务院公报',
    })
    const after = await acts('物业管理条例')
    expect(after.total).toBe(before.total + 1)
    expect(after.items[0]).toMatchObject({ registered: true, status: 'pending' })
    const shown = await c.get<Json>(null, `/public/v1/acts/${after.items[0]?.id}?on=2026-05-01`)
    expect(shown).toMatchObject({ status: 'in_force', current: after.items[0]?.id })
    expect((shown.versions as Json[]).at(-1)).toMatchObject({
      articles: ['第十二条', '第十三条', '第十四条', '第十五条'],
    })
  })
  it('名称写在书名号里的是同一部；公布日期写到今日以后的提醒；另行施行的条写错的说明是哪一栏', async () => {
    const plain = act({ title: '海原书名号条例' })
    expect((await office('RegisterAct', act({ title: '《海原书名号条例》' }))).status).toBe(200)
    expect((await office('RegisterAct', plain)).status).toBe(409)
    expect((await acts('海原书名号条例')).items.map((x) => x.title)).toEqual(['海原书名号条例'])
    const ahead = { title: '海原未来条例', publishedOn: '2099-01-01', effectiveDate: '2099-02-01' }
    expect((await office('RegisterAct', act(ahead))).body).toMatchObject({ warnings: [{ rule: 'act.published' }] })
    const commencement = [{ articles: ['第五条', '某处'], effectiveDate: '2018-01-01' }]
    expect(await office('RegisterAct', act({ title: '海原分别施行条例', commencement }))).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'commencement.0.effectiveDate' }, { path: 'commencement.0.articles.1' }] },
    })
  })
  it('条款写错的、日期颠倒的逐栏说明，什么也没有登记', async () => {
    const { status, body } = await office(
      'RegisterAct',
      act({ title: '某条例', articles: ['附则'], effectiveDate: '2018-01-01' }),
    )
    expect(status).toBe(422)
    expect((body.issues as Array<{ path: string }>).map(({ path }) => path).sort()).toEqual([
      'articles.0',
      'effectiveDate',
    ])
    expect((await acts('某条例')).items.filter((one) => one.title === '某条例')).toEqual([])
  })
  it('由文件登记：有读不出的行，一件也不登记，或者其余照登；再来一次没有新的', async () => {
    const bytes = new TextEncoder().encode(
      '名称,制定机关,公布日期,施行日期,效力\n甲安全条例,某机关,2026-01-01,2026-02-01,有效\n乙安全条例,某机关,不知何日,,有效',
    )
    const actor = { kind: 'system' as const, jurisdiction: '640522' }
    const run = (skipFaults: boolean) => importActsFile(c.office, actor, bytes, { source: '测试', skipFaults })
    expect(await run(false)).toMatchObject({ stopped: true, registered: 0, faults: [{ line: 3 }] })
    expect((await acts('甲安全条例')).total).toBe(0)
    expect(await run(true)).toMatchObject({ stopped: false, registered: 1 })
    expect((await acts('甲安全条例')).total).toBe(1)
    expect(await run(true)).toMatchObject({ registered: 0 })
  })
})

describe('引用关系', () => {
  const corpus = [
    [
      'a',
      '某县物业收费办法',
      '第一条 根据《物业管理条例》第四十条制定本办法。\n第二条 参照《中华人民共和国价格法》执行。',
    ],
    ['b', '某县物业用房规定', '第一条 为落实《物业管理条例》，制定本规定。\n第二条 依照《物业管理条例》第三十条办理。'],
    ['c', '某县价格办法', '第一条 根据《价格法》制定本办法。\n第二条 《某县物业收费办法》同时废止。'],
    ['d', '某县无关办法', '第一条 为规范管理，制定本办法。\n第二条 违反该条例的，不予办理。'],
  ] as const
  it('一部有几个名称的：两个名称都引的只计一次，件数与列出的相同；再导入一件，件数随即增加', async () => {
    const title = '宁夏回族自治区气象设施条例'
    const registered = act({ title, aliases: ['气象设施老条例'], documentNumber: null })
    expect((await office('RegisterAct', registered)).status).toBe(200)
    const bodies = [
      '第一条 根据《宁夏回族自治区气象设施条例》第三条、《气象设施老条例》制定本办法。',
      '第一条 根据《气象设施老条例》第三条制定本办法。',
      '第一条 根据《宁夏回族自治区气象设施条例》制定本办法。\n第二条 依照《气象设施老条例》第三条办理。',
    ]
    const bring = (from: number, to: number) =>
      importEntries(
        c.office,
        (async function* () {
          for (const [i, body] of bodies.slice(from, to).entries())
            yield JSON.stringify({
              id: `alias-${from + i}`,
              title: `某县气象办法之${from + i}`,
              body,
              issuer: '某县人民政府',
              category: '行政规范性文件',
              status: '有效',
              publishedAt: '2020-01-01',
              effectiveAt: '2020-02-01',
            })
        })(),
        { jurisdiction: '640522', sourceName: '别名测试', now: c.office.clock.now() },
      )
    await bring(0, 2)
    for (const name of [title, '气象设施老条例']) {
      const found = await impact(`act=${enc(name)}`)
      expect(found.groups.map(({ role, count, items }) => [role, count, items.length])).toEqual([['basis', 2, 2]])
      expect(found).toMatchObject({ total: 2, wholeAct: 0, otherArticles: 0, ended: 0 })
      expect(await impact(`act=${enc(name)}&article=3`)).toMatchObject({ total: 2, wholeAct: 0, otherArticles: 0 })
      expect(await impact(`act=${enc(name)}&article=9`)).toMatchObject({ total: 0, wholeAct: 0, otherArticles: 2 })
    }
    await bring(2, 3)
    const found = await impact(`act=${enc(title)}&article=3`)
    expect(found.groups.map(({ role, count, items }) => [role, count, items.length])).toEqual([
      ['basis', 2, 2],
      ['cites', 1, 1],
    ])
    expect(found).toMatchObject({ total: 3, wholeAct: 1 })
  })
  it('导入时一并读出；反查与逐件读全文的结果相同，按条款、按角色', async () => {
    async function* lines() {
      for (const [id, title, body] of corpus)
        yield JSON.stringify({
          id,
          title,
          body,
          issuer: '某县人民政府',
          category: '行政规范性文件',
          status: '有效',
          publishedAt: '2020-01-01',
          effectiveAt: '2020-02-01',
        })
    }
    const report = await importEntries(c.office, lines(), {
      jurisdiction: '640522',
      sourceName: '引用测试',
      now: c.office.clock.now(),
    })
    expect(report).toMatchObject({
      imported: 4,
      citations: { edges: 7, unbound: 1, roles: { basis: 2, implements: 1, repeals: 1 } },
    })
    for (const name of ['物业管理条例', '中华人民共和国价格法', '价格法', '某县物业收费办法']) {
      const found = await impact(`act=${enc(name)}`)
      const brute = corpus.flatMap(([, title, body]) =>
        citationEdges(body, { title }).flatMap((edge) =>
          edge.name !== null && actKey(edge.name) === actKey(name) ? [`${edge.role} ${title} ${edge.address}`] : [],
        ),
      )
      const answered = found.groups.flatMap(({ role, items }) =>
        items.flatMap(({ title, edges }) => edges.map(({ address }) => `${role} ${title} ${address}`)),
      )
      expect(answered.toSorted()).toEqual(brute.toSorted())
    }
    const forty = await impact(`act=${enc('物业管理条例')}&article=40`)
    expect(forty).toMatchObject({
      total: 1,
      otherArticles: 1,
      groups: [{ role: 'basis', items: [{ title: '某县物业收费办法' }] }],
    })
    expect(await impact(`act=${enc('物业管理条例')}&on=2019-12-31`)).toMatchObject({ total: 0 })
    expect((await c.app.request(`/public/v1/impact?act=${enc('物业管理条例')}&article=${enc('附则')}`)).status).toBe(
      422,
    )
  })
  it('本系统制发的：每版文本、对照表都存；公布的登记进来，对照表的写明对应条款；重建两次相同', async () => {
    const f = await build.published(c, build.today(c), {
      issuers: ['hy-agri'],
      tier: 'department',
      classification: { ...build.urgent },
      title: '海原县农机引用办法',
    })
    const found = await impact(`act=${enc('农业法')}&article=37`)
    expect(found.groups).toMatchObject([
      { role: 'basis', items: [{ id: f.id, edges: [{ found: 'declared', articles: ['第三十七条'] }] }] },
    ])
    const read = () => c.sql`select * from citations order by jurisdiction_id, source, n`
    const before = await read()
    expect(new Set(before.map((row) => String(row.source).split('/')[0]))).toEqual(new Set(['entry', 'table']))
    const report = await rebuildCitations(c.office.db)
    expect(report.edges).toBe(before.length)
    expect(await read()).toEqual(before)
    await rebuildCitations(c.office.db)
    expect(await read()).toEqual(before)
  })
})

it('两百部上位法逐一反查，与另外数的相同：随机的文件、条款、角色、日期', async () => {
  const titles = searchActs('', 3000)
    .items.map((act) => act.title)
    .filter((title) => !/[〈〉《》（(]/u.test(title))
  let state = 7
  const random = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const pick = () => titles[Math.floor(titles.length ** (random(1000) / 1000)) % titles.length] ?? ''
  const numeral = ['一', '二', '三', '四', '五']
  interface Cited {
    title: string
    act: string
    role: 'basis' | 'cites'
    article: string | null
    from: string
    /** 自何日起不再有效。 */
    over: string | null
  }
  const cited: Cited[] = []
  async function* lines() {
    for (let i = 0; i < 400; i++) {
      const title = `某县第${i + 1}号反查办法`
      const from = `20${String(10 + random(15))}-0${1 + random(9)}-01`
      const [basis, other] = [pick(), pick()]
      const over = { 0: '2016-01-01', 1: '2018-01-02', 2: '2015-05-05' }[i % 10] ?? null
      const article = random(2) === 0 ? null : `第${numeral[random(5)]}条`
      cited.push({ title, act: actKey(basis), role: 'basis', article: null, from, over })
      if (actKey(other) !== actKey(basis)) cited.push({ title, act: actKey(other), role: 'cites', article, from, over })
      yield JSON.stringify({
        id: `反查${i}`,
        title,
        body: `第一条 根据《${basis}》，制定本办法。\n第二条 违反本办法的，依照《${actKey(other) === actKey(basis) ? '某县别的办法' : other}》${article ?? ''}处理。`,
        issuer: '某县人民政府',
        category: '行政规范性文件',
        status: '有效',
        publishedAt: from,
        effectiveAt: from,
      })
    }
  }
  await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '反查', now: c.office.clock.now() })
  // 有的已经废止，有的有效期已满，有的停止公开：窄行随条目一起变。
  const numbered = (n: number) => c.sql`source_name = '反查' and (substring(source_id from 3))::int % 10 = ${n}`
  await c.sql`update register_entries set force_events = '[{"kind": "repealed", "on": "2016-01-01", "reason": "任务完成", "byDocument": null}]' where ${numbered(0)}`
  await c.sql`update register_entries set valid_until = '2018-01-01' where ${numbered(1)}`
  await c.sql`update register_entries set force_events = '[{"kind": "amended", "on": "2014-01-01", "reason": "修改", "byDocument": null}, {"kind": "lapsed", "on": "2015-05-05", "reason": "失效", "byDocument": null}]' where ${numbered(2)}`
  const asked = [...new Set(cited.map((x) => x.act))].slice(0, 150)
  const never = [...new Set(titles.map(actKey))].filter((key) => !asked.includes(key)).slice(0, 50)
  const different: string[] = []
  for (const [i, act] of [...asked, ...never].entries()) {
    const article = i % 3 === 0 ? `第${numeral[random(5)]}条` : undefined
    const on = i % 4 === 0 ? '2017-06-15' : '2026-11-01'
    const found = await impactOf(c.office.db, { act, article, on, limit: 1000 })
    const got = found.groups.flatMap(({ role, items }) =>
      items.filter((x) => x.title.includes('反查办法')).map((x) => `${role} ${x.title}`),
    )
    const counted = cited
      .filter(
        (x) =>
          x.act === act &&
          x.from <= on &&
          (x.over === null || x.over > on) &&
          (article === undefined || x.article === article),
      )
      .map((x) => `${x.role} ${x.title}`)
    // 一页一页取的，与一次取完的先后相同，不漏不重。
    const paged: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await impactOf(c.office.db, { act, article, on, limit: 3, cursor: cursor ?? undefined })
      paged.push(...page.groups.flatMap(({ role, items }) => items.map((x) => `${role} ${x.id}`)))
      expect(page.total).toBe(found.total)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(found.groups.flatMap(({ role, items }) => items.map((x) => `${role} ${x.id}`)))
    expect(paged).toHaveLength(found.total)
    if (got.toSorted().join('|') !== counted.toSorted().join('|')) different.push(`${act} ${article ?? ''} ${on}`)
  }
  expect(different).toEqual([])
  expect(asked.length + never.length).toBe(200)
  await expect(impactOf(c.office.db, { act: '民法典', on: '2026-11-01', limit: 3, cursor: 'x' })).rejects.toThrow(
    '续页标记无效',
  )
})
it('制定依据对照表由正文逐条填入：哪一条引哪一部的哪几条；照此提交，引用关系写明对应条款', async () => {
  const f = await build.drafted(c, { title: '海原县农机停放办法', issuers: ['hy-agri'], tier: 'department' })
  await f.do('drafter', 'SaveDraft', {
    body: [
      '海原县农机停放办法',
      '第一条 根据《中华人民共和国道路交通安全法》《物业管理条例》，制定本办法。',
      '第二条 停放收费依照《价格法》第十八条、第二十条执行。',
      '第三条 违反第二条的，依照《价格法》第三十九条处理。',
      '第四条 《海原县旧停放办法》同时废止。',
    ].join('\n'),
  })
  type Proposal = {
    version: number
    declared: number
    items: Array<{ title: string; articles: string[]; clause: string | null; role: string }>
  }
  const found = await c.get<Proposal>('drafter', `/api/documents/${f.id}/basis-proposal`)
  expect(found.declared).toBe(1)
  expect(
    found.items.slice(1).map(({ title, articles, clause, role }) => [clause, title, articles.join('、'), role]),
  ).toEqual([
    ['第一条', '中华人民共和国道路交通安全法', '', 'basis'],
    ['第一条', '物业管理条例', '', 'basis'],
    ['第二条', '中华人民共和国价格法', '第十八条、第二十条', 'cites'],
    ['第三条', '中华人民共和国价格法', '第三十九条', 'cites'],
  ])
  const bases = found.items.map(({ title, articles, clause }) => ({ title, articles, ...(clause ? { clause } : {}) }))
  await f.do('drafter', 'ProvideArtefact', { kind: 'legal_basis_table', bases })
  const rows = await c.sql`select address, act_key, articles, found, role from citations
    where document_id = ${f.id} and source like 'table/%' and version = 2 and act_key = '价格法' order by n`
  expect(rows).toMatchObject([
    { address: '第二条', articles: ['第十八条', '第二十条'], found: 'declared', role: 'basis' },
    { address: '第三条', articles: ['第三十九条'], found: 'declared' },
  ])
  // 已经载明的照旧，不重复列出。
  expect((await c.get<Proposal>('drafter', `/api/documents/${f.id}/basis-proposal`)).items).toHaveLength(bases.length)
  expect(
    (
      await c.app.request(`/api/documents/${f.id}/basis-proposal`, {
        headers: { cookie: await c.session('head.housing') },
      })
    ).status,
  ).toBe(404)
})
it('依据已经登记为废止的，送审被拒绝', async () => {
  c.go('2026-03-04')
  const f = await build.drafted(c, { title: '海原县农机安全办法', issuers: ['hy-agri'], tier: 'department' })
  await f.do('drafter', 'ProvideArtefact', {
    kind: 'legal_basis_table',
    bases: [{ title: '宁夏回族自治区农机安全条例', articles: ['第三条'], clause: '第一条' }],
  })
  const { detail } = await f.refused('head', 'SubmitForReview', {}, 'draft.basis-in-force')
  expect(detail).toContain('自2026年3月1日')
})
describe('上位法要求本地制定的文件', () => {
  interface Mandates {
    counts: { must: number; made: number; missing: number }
    rate: string
    lists: Record<'must' | 'made' | 'missing', string>
    total: number
    items: Array<{ act: string; address: string; made: boolean; by: { id: string } | null }>
  }
  const list = (more = '') => c.get<Mandates>(null, `/public/v1/mandates${more}`)
  const clause = {
    act: '某省农机条例',
    address: '第二条',
    quote: '农机停放的具体办法，由县级人民政府制定',
    ours: 'must_make',
    unit: 'hy-agri',
  }
  it('由全文认出，经人确认；原文不在全文中的、同样确认过的被拒绝；各数打开各自的清单，失效以后不算已制定', async () => {
    async function* lines() {
      yield JSON.stringify({
        id: '农机条例',
        title: '某省农机条例',
        body: '第一条 为了农机安全，制定本条例。\n第二条 农机停放的具体办法，由县级人民政府制定。\n第三条 补贴标准由国务院规定。',
        issuer: '某省人民代表大会常务委员会',
        category: '地方性法规',
        status: '有效',
        publishedAt: '2019-01-10',
      })
      yield JSON.stringify({
        id: '农机停放',
        title: '海原县农机停放办法',
        body: '第一条 根据《某省农机条例》第二条制定本办法。\n第二条 停放在指定场所。',
        issuer: '海原县人民政府',
        category: '行政规范性文件',
        status: '有效',
        publishedAt: '2019-06-10',
        effectiveAt: '2019-07-10',
        validUntil: '2026-03-06',
      })
    }
    await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '农机', now: c.office.clock.now() })
    const proposed = () => c.get<{ items: Json[]; nextCursor: string | null }>('reviewer', '/api/mandate-proposals')
    expect((await proposed()).items).toContainEqual(
      expect.objectContaining({
        act: '某省农机条例',
        address: '第二条',
        who: '县级人民政府',
        what: '农机停放的具体办法',
        duty: 'must',
        level: 'county',
      }),
    )
    const refusedBy = async (payload: Json, who?: string) => {
      const { status, body } = await office('JudgeMandate', payload, who)
      return [status, JSON.stringify(body)] as const
    }
    expect((await refusedBy(clause, 'drafter'))[0]).toBe(404)
    expect(await refusedBy({ ...clause, quote: '由县级人民政府随意制定' })).toEqual([
      409,
      expect.stringContaining('没有这一句'),
    ])
    for (const [field, value] of Object.entries({ unit: 'nowhere', madeBy: 'nothing', address: '某处' }))
      expect(await refusedBy({ ...clause, [field]: value })).toEqual([422, expect.stringContaining(field)])
    expect((await refusedBy({ ...clause, unit: undefined }))[0]).toBe(422)
    expect((await office('JudgeMandate', clause)).status).toBe(200)
    expect(await refusedBy(clause)).toEqual([409, expect.stringContaining('已经这样确认过')])
    expect((await proposed()).items.filter(({ act: title }) => title === '某省农机条例')).toEqual([])
    expect(await list()).toMatchObject({ counts: { must: 1, made: 0, missing: 1 }, rate: '1件中0件' })
    const [entry] = await c.sql`select id from register_entries where title = '海原县农机停放办法'`
    c.go('2026-03-05')
    expect((await office('JudgeMandate', { ...clause, madeBy: String(entry?.id) })).status).toBe(200)
    const made = await list('?state=made')
    expect(made).toMatchObject({ counts: { must: 1, made: 1, missing: 0 }, items: [{ by: { id: entry?.id } }] })
    for (const [state, address] of Object.entries(made.lists))
      expect((await c.get<Mandates>(null, address)).total).toBe(made.counts[state as 'must'])
    // 那一日所知的，以后照样答得出；有效期届满以后又是未制定。
    expect(await list('?on=2026-03-04')).toMatchObject({ counts: { must: 1, made: 0, missing: 1 } })
    c.go('2026-03-07')
    expect(await list('?state=missing')).toMatchObject({ total: 1, items: [{ made: false, by: { id: entry?.id } }] })
    // 目录里的一部，登记库没有全文：照录原文；不须由本地制定的不在清单里。
    const other = {
      act: '物业管理条例',
      address: '第十条第一款',
      quote: '具体办法由县级人民政府制定',
      ours: 'not_ours',
    }
    expect((await office('JudgeMandate', other)).status).toBe(422)
    expect((await office('JudgeMandate', { ...other, reason: '自治区已经制定，县里照办。' })).status).toBe(200)
    expect((await list()).counts.must).toBe(1)
    // 清单取走：与接口的件数、先后相同，由另一个程序读回；一页一件地翻，与一次取的相同。
    const sheet = async (path: string) => readSheet(Buffer.from(await (await c.app.request(path)).arrayBuffer()))
    expect((await sheet('/public/v1/mandates.xlsx?state=missing')).map((row) => row.slice(0, 2))).toEqual([
      ['上位法', '条款'],
      ['某省农机条例', '第二条'],
    ])
    expect(await list('?limit=1')).toMatchObject({ total: 1, nextCursor: null })
    expect((await list('?limit=1&cursor=1')).items).toEqual([])
    const about = `act=${enc('某省农机条例')}&on=2026-03-05`
    const resting = await c.get<Found>(null, `/public/v1/impact?${about}`)
    const rows = await sheet(`/public/v1/impact.xlsx?${about}`)
    expect(rows.length - 1).toBe(resting.groups.reduce((n, group) => n + group.items.length, 0))
    expect(rows.slice(1).map((row) => row[0])).toContain('海原县农机停放办法')
    const acts = await c.get<{ total: number }>(null, `/public/v1/acts?q=${enc('条例')}&limit=1`)
    expect((await sheet(`/public/v1/acts.xlsx?q=${enc('条例')}`)).length - 1).toBe(acts.total)
    expect(acts.total).toBeGreaterThan(100)
    const page = await (await c.app.request('/mandates?state=missing')).text()
    expect(page).toContain('未制定 1 件')
    expect(page).toContain('由县级人民政府制定')
  })
})
it('封存以后核验没有问题', async () => {
  await runDueJobs(c.office)
  expect((await verifyDatabase(c.sql)).faults).toEqual([])
})
it('门户：上位法的页面列出本地哪些文件以它为依据，文件的页面写明依据核对至何日', async () => {
  const read = async (path: string) => {
    const answer = await c.app.request(path)
    expect(answer.status, path).toBe(200)
    return answer.text()
  }
  expect(await read(`/acts?q=${enc('价格法')}`)).toContain('现行有效')
  const { items } = await acts('中华人民共和国价格法')
  expect(await read(`/acts/${enc(String(items[0]?.id))}`)).toContain('某县价格办法')
  expect((await c.app.request('/acts/nothing')).status).toBe(404)
})
