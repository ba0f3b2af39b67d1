// 三地各一件文件，同一日公告，经接口从立项走到备案：征求意见、审核、施行、备案各以当地条文的日数拒绝与放行。
import { randomUUID } from 'node:crypto'
import { noClassification, type Verdict } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { GENESIS } from '@dianzhang/ledger'
import { store } from '@dianzhang/lifecycle'
import { type Dossier, exampleFacts } from '@dianzhang/rules'
import { createUser, ensureCurrentBodies, runDueJobs } from '@dianzhang/workflow'
import { beforeAll, describe, expect, it } from 'vitest'
import { snapshotAt } from '../../packages/lifecycle/src/isolation.fixture.ts'
import { type Client, hashed, httpOffice, json, problemOf, staff } from '../support/http.ts'

const t = await httpOffice({
  now: '2026-03-02T09:00:00+08:00',
  accounts: [...staff, { username: 'leader', unit: 'gov', roles: ['leader'] }],
})
interface Place {
  code: string
  name: string
  /** 3月2日公告，依法最早的截止日；前一日的被拒绝，引用的条文。 */
  closes: string
  dayBefore: string
  article: string
  /** 截止次日受理，五个工作日以后。 */
  reviewed: string
  /** 当日公布，最早的施行日与其前一日；报送备案的最后一日与其次日。 */
  effective: string
  tooSoon: string
  filed: string
  late: string
  filingArticle: string
}
const places: Place[] = [
  {
    code: '640522',
    name: '示范县',
    closes: '2026-03-11',
    dayBefore: '2026-03-10',
    article: '指标22',
    reviewed: '2026-03-19',
    effective: '2026-04-19',
    tooSoon: '2026-04-18',
    filed: '2026-04-20',
    late: '2026-04-21',
    filingArticle: '第二十四条第一项',
  },
  {
    code: '150525',
    name: '奈曼旗',
    closes: '2026-03-17',
    dayBefore: '2026-03-16',
    article: '第十三条第三款',
    reviewed: '2026-03-25',
    effective: '2026-04-25',
    tooSoon: '2026-04-24',
    filed: '2026-04-24',
    late: '2026-04-25',
    filingArticle: '第三十三条',
  },
  {
    code: '510811',
    name: '昭化区',
    closes: '2026-04-01',
    dayBefore: '2026-03-31',
    article: '第十九条第二款',
    reviewed: '2026-04-10',
    effective: '2026-05-10',
    tooSoon: '2026-05-09',
    filed: '2026-05-11',
    late: '2026-05-12',
    filingArticle: '第三十六条',
  },
]
const posts = {
  drafter: 'water',
  head: 'water',
  reviewer: 'justice',
  secretary: 'office',
  leader: 'gov',
  admin: 'office',
} as const
type Who = keyof typeof posts
const roleOf = {
  drafter: 'drafter',
  head: 'unit_head',
  reviewer: 'legality_reviewer',
  secretary: 'secretariat',
  leader: 'leader',
  admin: 'admin',
} as const

/** 一地的一件文件：以各人的身份经接口办理。 */
class File {
  id = ''
  version = 0
  hash = ''
  readonly place: Place
  readonly clients: Record<Who, Client>
  constructor(place: Place, clients: Record<Who, Client>) {
    this.place = place
    this.clients = clients
  }
  #post(who: Who, type: string, payload: object) {
    return this.clients[who].post(`/api/documents/${this.id}/commands`, {
      type,
      commandId: randomUUID(),
      expectedVersion: this.version,
      ...payload,
    })
  }
  async do(who: Who, type: string, payload: object = {}): Promise<{ stage: string; warnings?: Verdict[] }> {
    const answer = await this.#post(who, type, payload)
    const body = (await answer.json()) as { version: number; stage: string; contentHash?: string; warnings?: Verdict[] }
    if (!answer.ok)
      throw new Error(`${this.place.name} ${type}：${answer.status} ${JSON.stringify(body).slice(0, 600)}`)
    this.version = body.version
    this.hash = body.contentHash ?? this.hash
    return body
  }
  async refused(who: Who, type: string, rule: string, payload: object = {}): Promise<Verdict> {
    const answer = await this.#post(who, type, payload)
    expect(answer.status, `${this.place.name} ${type}`).toBe(409)
    const { verdicts } = (await answer.json()) as { verdicts: Verdict[] }
    const found = verdicts.find((v) => v.rule === rule && !v.holds)
    if (!found) throw new Error(`${type} 没有点名 ${rule}`)
    return found
  }
  async refresh(): Promise<void> {
    const now = await json<{ version: number }>(this.clients.drafter.get(`/api/documents/${this.id}`))
    this.version = now.version
  }
}
const articles = (v: Verdict): string[] => [v.basis, ...(v.alsoBasis ?? [])].map((b) => b.article)
const files: File[] = []
const goTo = async (day: string): Promise<void> => {
  await t.ctx.demoClock?.advance(new Date(`${day}T09:00:00+08:00`))
  await runDueJobs(t.office)
}

beforeAll(async () => {
  const passwordHash = await hashed()
  for (const { code, name } of places) {
    const units: Array<typeof schema.units.$inferInsert> = [
      { id: 'up', name: '上级市人民政府', kind: 'superior', parentId: null, eligible: false },
      { id: 'npc', name: `${name}人民代表大会常务委员会`, kind: 'npc', parentId: null, eligible: false },
      ...(code === '640522'
        ? []
        : [
            { id: 'gov', name: `${name}人民政府`, kind: 'government', parentId: 'up', eligible: true },
            { id: 'office', name: `${name}人民政府办公室`, kind: 'office', parentId: 'gov', eligible: true },
            { id: 'justice', name: `${name}司法局`, kind: 'department', parentId: 'gov', eligible: true },
            { id: 'water', name: `${name}水务局`, kind: 'department', parentId: 'gov', eligible: true },
          ]),
    ].map((unit, sort) => ({ ...unit, jurisdictionId: code, sort: sort + 20 }))
    await t.office.db.insert(schema.units).values(units)
    await ensureCurrentBodies(t.office, t.office.db, code)
    const clients = {} as Record<Who, Client>
    for (const who of Object.keys(posts) as Who[]) {
      if (code !== '640522')
        await createUser(t.office.db, {
          jurisdiction: code,
          username: `${who}_${code}`,
          name: `${name}${who}`,
          unit: posts[who],
          posts: [{ role: roleOf[who] }],
          passwordHash,
          mustChangePassword: false,
          person: who,
          at: new Date(),
        })
      clients[who] = await t.signIn(code === '640522' ? who : `${who}_${code}`)
    }
    // 机关代字由当地的管理员录入，另立一版。
    const [latest] = (await json<Array<{ version: string }>>(clients.admin.get('/api/packs'))).toReversed()
    const made = await clients.admin.post('/api/packs', {
      base: code === '640522' ? '640522@2026-01-01.3' : latest?.version,
      effectiveFrom: '2026-03-02',
      changes: [
        {
          path: 'numbering.documentPrefixes',
          value: { gov: '示政规发' },
          source: { document: `${name}人民政府公文处理办法`, article: '第六条' },
        },
      ],
    })
    expect(made.status, await made.clone().text()).toBe(201)
    files.push(new File({ ...(places.find((p) => p.code === code) as Place) }, clients))
  }
})

describe('同一日公告的三件文件', () => {
  it('征求意见：七个工作日、十五日、三十日；早一日截止的被拒绝，写明条文与最早的截止日', async () => {
    for (const f of files) {
      const { code, name, closes, dayBefore, article } = f.place
      const title = `${name}农村供水管理办法`
      const proposed = await json<{ id: string; version: number; packVersion: string }>(
        f.clients.drafter.post('/api/documents', {
          commandId: randomUUID(),
          title,
          jurisdiction: code,
          issuers: ['gov'],
          tier: 'government',
          classification: { ...noClassification, affectsRights: true },
          necessity: '供水价格与维护没有统一的规定。',
        }),
      )
      Object.assign(f, { id: proposed.id, version: proposed.version })
      expect(proposed.packVersion).toMatch(new RegExp(`^${code}@202[56]-`))
      await f.do('secretary', 'ApproveInitiation')
      await f.do('drafter', 'SaveDraft', {
        body: `${title}\n第一条　为保障农村供水，制定本办法。\n第二条　本办法由水务局负责解释。`,
      })
      await f.do('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
      await f.do('drafter', 'ProvideArtefact', {
        kind: 'legal_basis_table',
        bases: [{ title: '中华人民共和国水法', articles: ['第五十四条'] }],
      })
      const early = await f.refused('drafter', 'OpenPublicConsultation', 'consultation.minimum-period', {
        closesAt: dayBefore,
      })
      expect(early).toMatchObject({ earliest: closes, earliestOf: 'closing' })
      expect(articles(early), name).toContain(article)
      await f.do('drafter', 'OpenPublicConsultation', { closesAt: closes })
    }
  })

  it('审核、施行、备案：各自的日数；备案在最后一日不提示，次日提示逾期', async () => {
    type Step = [day: string, work: (f: File) => Promise<unknown>]
    const steps = files.flatMap((f) => {
      const p = f.place
      const list: Step[] = [
        [
          p.closes,
          async () => {
            await f.refresh()
            await f.refused('head', 'SubmitForReview', 'consultation.held')
          },
        ],
        [
          nextDay(p.closes),
          async () => {
            await f.refresh()
            await f.do('drafter', 'PublishFeedback', { summary: '没有收到意见。' })
            await f.do('head', 'ProvideArtefact', {
              kind: 'own_legality_opinion',
              conclusion: 'lawful',
              body: '同意。',
            })
            await f.do('head', 'SubmitForReview')
            await f.do('reviewer', 'AcceptPackage')
            const early = await f.refused('reviewer', 'IssueOpinion', 'review.min-period', { outcome: 'lawful' })
            expect(early.earliest, p.name).toBe(p.reviewed)
          },
        ],
        [
          p.reviewed,
          async () => {
            await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })
            await f.do('secretary', 'RecordSecretariatCheck', { outcome: 'passed' })
            await f.do('secretary', 'RecordDecision', {
              outcome: 'adopted',
              body: `${p.name}人民政府常务会议`,
              session: '第3次',
              date: p.reviewed,
            })
            await f.do('leader', 'Sign', { contentHash: f.hash })
            await f.do('secretary', 'AssignNumbers')
            const publish = {
              validity: { years: 5 },
              channels: ['政府网站'],
              interpretation: '解读：统一了供水价格。',
            }
            const soon = await f.refused('secretary', 'Publish', 'effective.minimum-delay', {
              ...publish,
              effectiveDate: p.tooSoon,
            })
            expect(soon.earliest, p.name).toBe(p.effective)
            await f.do('secretary', 'Publish', { ...publish, effectiveDate: p.effective })
            const deadlines = await json<Array<{ key: string; due: string; basis: Array<{ article: string }> }>>(
              f.clients.secretary.get(`/api/documents/${f.id}/deadlines`),
            )
            const filing = deadlines.find((d) => d.key === 'filing:government')
            expect(filing?.due, p.name).toBe(p.filed)
            expect(filing?.basis.map((b) => b.article)).toContain(p.filingArticle)
          },
        ],
        [
          p.filed,
          async () => {
            await f.refresh()
            const { warnings = [] } = await f.do('secretary', 'FileDocument', { track: 'government' })
            expect(warnings.map((w) => w.rule)).not.toContain('filing.in-time')
          },
        ],
        [
          p.late,
          async () => {
            await f.refresh()
            const { warnings = [] } = await f.do('secretary', 'FileDocument', { track: 'npc' })
            expect(warnings).toContainEqual(expect.objectContaining({ rule: 'filing.in-time', holds: false }))
          },
        ],
      ]
      return list.map(([day, work]) => ({ day, run: () => work(f) }))
    })
    for (const { day, run } of steps.toSorted((a, b) => a.day.localeCompare(b.day))) {
      await goTo(day)
      await run()
    }
  })
})
function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

describe('规则包的接口', () => {
  const current = async (client: Client) =>
    (await json<Array<{ version: string }>>(client.get('/api/packs'))).map((p) => p.version)
  it('各版、逐地、逐项对照；没有登录的 401，没有的版本 404，缺一边的指出是哪一栏', async () => {
    const [f] = files
    const drafter = f?.clients.drafter as Client
    const versions = await current(drafter)
    expect(versions).toEqual(expect.arrayContaining(['640522@2023-03-09.2', '640522@2026-01-01.3']))
    expect(versions.every((v) => v.startsWith('640522@'))).toBe(true)
    const listed = await json<Array<{ jurisdiction: string; versions: string[] }>>(drafter.get('/api/packs/places'))
    expect(listed.map((p) => p.jurisdiction)).toEqual(expect.arrayContaining(['150525', '340000', '370600', '440100']))
    const pair = 'left=510811@2025-05-20.1&right=150525@2025-05-20.1'
    const page = await json<{ different: number; rows: Array<Record<string, unknown>> }>(
      drafter.get(`/api/packs/compare?${pair}`),
    )
    expect(page.rows.find((r) => r.path === 'consultation.generalMinimum')).toMatchObject({
      same: false,
      left: { text: '30日', sources: [{ article: '第十九条第二款' }, { article: '第24项' }] },
      right: { text: '15日', sources: [{ article: '第十三条第三款' }, { article: '第24项' }] },
    })
    expect(page.rows.find((r) => r.path === 'artefacts')).toMatchObject({
      left: { text: expect.stringContaining('请示、草案、起草说明') },
    })
    for (const path of ['/api/packs', '/api/packs/places', `/api/packs/compare?${pair}`, '/api/packs/affected'])
      expect((await t.anonymous.get(path)).status, path).toBe(401)
    expect((await drafter.get('/api/packs/compare?left=510811@1999-01-01.1&right=CN@2018-12-04.3')).status).toBe(404)
    expect((await drafter.get('/api/packs/640522@1999-01-01.1')).status).toBe(404)
    // 别的法域的一版可以对照，不作为本法域的一版打开。
    expect((await drafter.get('/api/packs/510811@2025-05-20.1')).status).toBe(404)
    const missing = await problemOf(await drafter.get('/api/packs/compare?left=CN@2018-12-04.3'))
    expect(missing).toMatchObject({ status: 422, issues: [{ path: 'right' }] })
  })
  it('依旧版立项的照旧版：列出受影响的，预览，由管理员改用；起草人不能改用', async () => {
    const [f] = files
    if (!f) throw new Error('没有文件')
    const { sql } = t.database.connect()
    // 立项时适用的是更正以前的一版：报送备案十五日。
    const old = '640522@2023-03-09.2'
    const to = '640522@2026-03-02.1'
    const example = exampleFacts()
    const { publication, filings } = example.dossier
    const dossier: Dossier = {
      ...example.dossier,
      id: randomUUID(),
      packVersion: old,
      title: '示范县水价管理办法',
      issuers: ['gov'],
      draftingUnit: 'water',
      publication: publication && {
        ...publication,
        publishedAt: '2026-05-11T09:00:00+08:00',
        publishedOn: '2026-05-11',
      },
      filings: Object.fromEntries(
        Object.entries(filings).map(([track, x]) => [
          track,
          x && { ...x, status: 'due' as const, filedAt: null, filedOn: null, history: [] },
        ]),
      ),
    }
    const snapshot = store(snapshotAt('effective.filing.government.due', { ...example, dossier }))
    await sql`insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit,
        pack_version, opened_by, involved_units, concerned_roles, ledger_seq, ledger_head, created_at, updated_at)
      values ('640522', ${dossier.id}, 'normative-document', 1, 'effective', ${sql.json(JSON.parse(JSON.stringify(snapshot)))}, ${dossier.title},
        'water', ${old}, 'drafter', ${['gov']}, ${['legal_adviser']}, 0, ${GENESIS}, now(), now())`
    await sql`insert into documents (jurisdiction_id, id, tier, lead_issuer) values ('640522', ${dossier.id}, 'government', 'gov')`
    const filed = { id: dossier.id, version: 1 }
    const pinned = new File(f.place, f.clients)
    Object.assign(pinned, filed)
    const admin = await t.signIn('admin')
    const affected = async () =>
      await json<Array<{ id: string; from: string; to: string; deadlines: Array<Record<string, string>> }>>(
        admin.get('/api/packs/affected'),
      )
    const due = async () =>
      (
        await json<Array<{ key: string; due: string }>>(f.clients.secretary.get(`/api/documents/${filed.id}/deadlines`))
      ).find((d) => d.key === 'filing:government')?.due
    expect(await due()).toBe('2026-05-26')
    const [entry] = (await affected()).filter((a) => a.id === filed.id)
    expect(entry).toMatchObject({ from: old, to })
    expect(entry?.deadlines).toContainEqual(
      expect.objectContaining({ key: 'filing:government', before: '2026-05-26', after: '2026-06-10' }),
    )
    // 列出以后仍依旧版，直到有人改用。
    expect(await due()).toBe('2026-05-26')
    const preview = await json<{ parameters: Array<{ path: string; before: string; after: string }> }>(
      admin.get(`/api/documents/${filed.id}/pack-preview?version=${to}`),
    )
    expect(preview.parameters).toContainEqual(
      expect.objectContaining({ path: 'filing.government.government.deadline', after: '30日' }),
    )
    const move = { packVersion: to, reason: '已逐项预览' }
    const asDrafter = await f.clients.drafter.post(`/api/documents/${filed.id}/commands`, {
      type: 'MoveToPack',
      commandId: randomUUID(),
      expectedVersion: pinned.version,
      ...move,
    })
    expect(asDrafter.status).toBe(403)
    const moved = await admin.post(`/api/documents/${filed.id}/commands`, {
      type: 'MoveToPack',
      commandId: randomUUID(),
      expectedVersion: pinned.version,
      ...move,
    })
    expect(moved.status, await moved.clone().text()).toBe(200)
    expect(await due()).toBe('2026-06-10')
    expect((await affected()).map((a) => a.id)).not.toContain(filed.id)
    const back = await admin.post(`/api/documents/${filed.id}/commands`, {
      type: 'MoveToPack',
      commandId: randomUUID(),
      expectedVersion: pinned.version + 1,
      packVersion: old,
      reason: '回到旧版',
    })
    expect(back.status).toBe(409)
  })
})

describe('党政联合制发的文件', () => {
  it('制定机关写了党委，或者名称写明由党委制发：告诉归到何处', async () => {
    const [f] = files
    const propose = (change: object) =>
      f?.clients.drafter.post('/api/documents', {
        commandId: randomUUID(),
        title: '示范县农村供水保障意见',
        jurisdiction: '640522',
        issuers: ['gov'],
        tier: 'government',
        classification: noClassification,
        necessity: '需要共同推进农村供水。',
        ...change,
      }) as Promise<Response>
    const named = await problemOf(await propose({ issuers: ['gov', '中共示范县委员会'] }))
    expect(named).toMatchObject({ status: 422, issues: [{ path: 'issuers.1' }] })
    expect(named.detail + JSON.stringify(named.issues)).toContain('由党委办公厅（室）审核')
    const titled = await propose({ title: '中共示范县委 示范县人民政府关于加强农村供水的意见' })
    const { warnings } = (await titled.json()) as { warnings: Verdict[] }
    expect(warnings).toContainEqual(
      expect.objectContaining({ rule: 'issuer.eligible', reason: expect.stringContaining('不是行政规范性文件') }),
    )
  })
})
