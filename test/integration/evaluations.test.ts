// 后评估，经接口：提出方案到办结，本系统制发的与导入的文件各一件；独立性点名先前的记录；公布以后文件的期限了结，公众看得到；
// 届满的提醒、有效期的确认、久未修改的一览。
import { randomUUID } from 'node:crypto'
import { commandSchemas, fieldsOf, noClassification } from '@dianzhang/contract'
import { checkLayout, gbt9704, importDocx } from '@dianzhang/formats'
import { runDueJobs } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
type Json = Record<string, unknown>
let serial = 0
const published = (more: object = {}) =>
  build.published(c, build.today(c), {
    classification: { ...noClassification, ...build.urgent },
    title: `海原县第${++serial}件农机补贴办法`,
    ...more,
  })
const body = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Json })
const matterOf = (username: string, id: string) => c.get<Json>(username, `/api/matters/${id}`)
const raw = async (username: string | null, path: string): Promise<Response> =>
  c.app.request(path, { headers: username ? { cookie: await c.session(username) } : {} })
/** 办一条命令；版本取现在的。 */
async function command(username: string, id: string, type: string, payload: Json = {}) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  return body(
    await c.post(username, `/api/matters/${id}/commands`, {
      type,
      commandId: randomUUID(),
      expectedVersion: Number(row?.version),
      ...payload,
    }),
  )
}
const done = async (username: string, id: string, type: string, payload: Json = {}) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
const blocking = (answer: Json) =>
  (answer.verdicts as Array<{ rule: string; holds: boolean; severity: string; reason: string }>).filter(
    (v) => !v.holds && v.severity === 'block',
  )
const refused = async (username: string, id: string, type: string, payload: Json, rule: string) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, JSON.stringify(answer.body)).toBe(409)
  const found = blocking(answer.body)
  expect(found.map((v) => v.rule)).toContain(rule)
  return found.find((v) => v.rule === rule)?.reason ?? ''
}
const plan = (document: string, more: Json = {}) => ({
  process: 'evaluation',
  commandId: randomUUID(),
  document,
  ground: 'before_expiry',
  evaluator: { unit: 'hy-justice' },
  method: '问卷、座谈',
  subjects: ['农户', '乡镇经办人员'],
  until: '2026-05-29',
  ...more,
})
const open = async (username: string, payload: Json) => body(await c.post(username, '/api/matters', payload))
async function planned(document: string, more: Json = {}): Promise<string> {
  const answer = await open('evaluator', plan(document, more))
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  expect(answer.body).toMatchObject({ process: 'evaluation', stage: 'planned' })
  return String(answer.body.id)
}
const survey = {
  kind: 'survey',
  source: '随机抽取的农户',
  count: 120,
  groups: ['农户'],
  date: '2026-03-02',
  summary: '多数满意。',
}
const dimensions = (evidence: string[]) =>
  ['legality', 'reasonableness', 'feasibility', 'effectiveness', 'public_opinion'].map((dimension) => ({
    dimension,
    result: 'met',
    text: '达到。',
    evidence,
  }))
const report = (evidence: string[], more: Json = {}) => ({
  parts: {
    overview: '该办法自施行以来，共发放补贴三批。',
    implementation: '各乡镇按规定执行，农户反映较好。',
    assessment: '逐项评价如下。',
    changes: '上位法没有变动。',
    conclusion: '总体可行，审核环节需要简化。',
    other: '无。',
  },
  conclusion: 'amend',
  dimensions: dimensions(evidence),
  findings: [
    { text: '审核时间过长。', provisions: ['第三条'], evidence, proposal: '缩短审核时间。' },
    { text: '证明重复。', proposal: '取消重复的证明。' },
  ],
  ...more,
})
/** 一路办到公布。 */
async function through(id: string, on = '2026-03-02') {
  await done('secretariat', id, 'ApprovePlan')
  await done('evaluator', id, 'RecordEvidence', { ...survey, date: on })
  const reading = {
    indicator: '按期发放率',
    value: 91,
    unit: '%',
    date: '2026-03-01',
    source: '县财政局',
    target: 95,
    provision: '第三条',
  }
  expect(await done('evaluator', id, 'RecordReading', reading)).toMatchObject({ stage: 'reporting', reading: 'R1' })
  await done('evaluator', id, 'SubmitReport', report(['E1', 'R1']))
  await refused('secretariat', id, 'PublishReport', {}, 'evaluation.every-proposal-answered')
  await done('secretariat', id, 'AnswerReport', {
    answers: [
      { proposal: 'P1', fate: 'open', due: '2027-12-31' },
      { proposal: 'P2', fate: 'rejected', reason: '上位法有此要求。' },
    ],
  })
  return done('secretariat', id, 'PublishReport', { summary: '总体可行。' })
}

describe('一件后评估', () => {
  it('从方案到办结：证据、读数、报告、逐项答复、公布；文件的评估期限与补作评估的欠账随之了结', async () => {
    c.go('2026-03-02')
    const file = await published()
    const clocks = () =>
      c.get<Array<{ key: string; status: string; label: string }>>('secretariat', `/api/documents/${file.id}/deadlines`)
    const debt = (await clocks()).find(({ key }) => key === 'evaluation-debt')
    expect(debt).toMatchObject({ status: 'open', label: expect.stringContaining('紧急') })
    const id = await planned(file.id)
    // 方案批准以前不收集证据。
    expect((await command('evaluator', id, 'RecordEvidence', survey)).status).toBe(409)
    await done('secretariat', id, 'ApprovePlan')
    const early = await refused('evaluator', id, 'SubmitReport', report([]), 'evaluation.public-heard')
    expect(early).toContain('公众')
    expect(await done('evaluator', id, 'RecordEvidence', survey)).toMatchObject({ evidence: 'E1', stage: 'collecting' })
    expect(await refused('evaluator', id, 'SubmitReport', report([]), 'evaluation.evidence-for-each')).toContain('证据')
    await refused(
      'evaluator',
      id,
      'RecordReading',
      { indicator: '率', value: 1, date: '2027-01-01', source: '台账' },
      'evaluation.not-ahead',
    )
    // 没有读数的不当作 0 记下。
    for (const value of ['', null, true, [], '九成'])
      expect(
        await command('evaluator', id, 'RecordReading', { indicator: '率', value, date: '2026-03-01', source: '台账' }),
      ).toMatchObject({ status: 422, body: { issues: [{ path: 'value', message: '应为数字' }] } })
    await done('evaluator', id, 'RecordReading', {
      indicator: '按期发放率',
      value: '91.5',
      unit: '%',
      date: '2026-03-01',
      source: '县财政局',
      target: 95,
      provision: '第三条',
    })
    await refused('secretariat', id, 'CloseEvaluation', { reason: '忙。' }, 'evaluation.published')
    await done('evaluator', id, 'SubmitReport', report(['E1', 'R1']))
    expect(
      (await command('head', id, 'AnswerReport', { answers: [{ proposal: 'P1', fate: 'rejected' }] })).status,
    ).toBe(422)
    await refused(
      'head',
      id,
      'AnswerReport',
      { answers: [{ proposal: 'P9', fate: 'rejected', reason: '无。' }] },
      'evaluation.answer-grounded',
    )
    await done('head', id, 'AnswerReport', { answers: [{ proposal: 'P1', fate: 'open', due: '2026-06-30' }] })
    expect(await refused('secretariat', id, 'PublishReport', {}, 'evaluation.every-proposal-answered')).toContain('P2')
    expect((await raw(null, `/public/v1/evaluations/${id}`)).status).toBe(404)
    await done('secretariat', id, 'AnswerReport', {
      answers: [{ proposal: 'P2', fate: 'rejected', reason: '上位法有此要求。' }],
    })
    await done('secretariat', id, 'PublishReport', { summary: '总体可行，审核环节需要简化。' })
    const after = await clocks()
    expect(after.find(({ key }) => key === 'evaluation')?.status).toBe('met')
    expect(after.find(({ key }) => key === 'evaluation-debt')?.status).toBe('met')
    // 两本台账互相记着对方。
    const history = JSON.stringify(await c.get('secretariat', `/api/documents/${file.id}/history`))
    expect(history).toContain('EvaluationRecorded')
    expect(history).toContain(id)
    const shown = await c.get<Json>(null, `/public/v1/evaluations/${id}`)
    expect(shown).toMatchObject({
      conclusionLabel: '修改',
      evaluator: '海原县司法局',
      readings: [{ indicator: '按期发放率', value: 91.5, target: 95, provision: '第三条' }],
      answers: [
        { proposal: 'P1', fate: 'open', pending: true, owner: '海原县农业农村局' },
        { proposal: 'P2', fate: 'rejected', pending: false },
      ],
    })
    // 公开的没有办理人，也没有证据的内容摘要。
    expect(JSON.stringify(shown)).not.toMatch(/:"(?:evaluator|head|secretariat)"|多数满意/u)
    await done('secretariat', id, 'CloseEvaluation')
    // 一年以后还没有落实的，另列；落实以后去掉。
    expect((await c.get<Json>(null, '/public/v1/evaluations')).openOlder).toEqual([])
    c.go('2027-03-05')
    const older = await c.get<Json>(null, '/public/v1/evaluations')
    expect(older).toMatchObject({ openOlderCount: 1, openOlder: [{ evaluation: id, proposal: 'P1' }] })
    const change = await published({ title: '海原县人民政府关于修改农机补贴办法的决定' })
    await done('head', id, 'AnswerReport', {
      answers: [{ proposal: 'P1', fate: 'adopted', by: 'amend', document: change.id, provisions: ['第一条'] }],
    })
    expect((await c.get<Json>(null, '/public/v1/evaluations')).openOlderCount).toBe(0)
    c.go('2026-03-02')
  })
  it('报告是一份合版式的公文；公布以前公众取不到', async () => {
    c.go('2026-03-02')
    const id = await planned((await published()).id, { purpose: '评估效果。' })
    expect((await raw('evaluator', `/api/matters/${id}/report.docx`)).status).toBe(404)
    await through(id)
    const answer = await raw(null, `/public/v1/evaluations/${id}/report.docx`)
    expect(answer.status).toBe(200)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(await checkLayout(bytes, gbt9704)).toEqual([])
    const { text } = (await importDocx(bytes)) as unknown as { text: string }
    for (const heading of ['一、基本情况', '二、贯彻执行情况及社会反映', '六、其他需要说明的问题', '缩短审核时间'])
      expect(JSON.stringify(text ?? (await importDocx(bytes)))).toContain(heading)
    expect((await raw('evaluator', `/api/matters/${id}/report.docx`)).status).toBe(200)
  })
  it('独立：起草单位、制定时作风险评估的机构、自己起草的人都不行，拒绝的理由写明先前的记录', async () => {
    c.go('2026-03-02')
    const file = await published()
    const named = '宁夏某评估咨询有限公司'
    const own = await open('secretariat', plan(file.id, { evaluator: { unit: 'hy-agri' } }))
    expect(own.status, JSON.stringify(own.body)).toBe(409)
    expect(blocking(own.body)[0]).toMatchObject({ rule: 'evaluation.evaluator-independent' })
    expect(blocking(own.body)[0]?.reason).toMatch(/海原县农业农村局.*申请立项/u)
    expect((await open('secretariat', plan(file.id, { evaluator: { unit: '没有的单位' } }))).status).toBe(422)
    expect((await open('secretariat', plan(file.id, { evaluator: {} }))).status).toBe(422)
    expect((await open('secretariat', plan('no-such'))).status).toBe(422)
    expect((await open('drafter', plan(file.id))).status).toBe(403)
    // 制定中的一件，由机构作风险评估；公布以后由同一机构评估即被拒绝。
    const drafted = await build.drafted(c, { title: '海原县风险评估试点办法' })
    await drafted.do('drafter', 'RecordRiskAssessment', {
      organisation: named,
      outcome: 'controllable',
      conclusion: '可控。',
      date: build.today(c),
    })
    await c.sql`insert into register_entries (jurisdiction_id, id, origin, document_id, title, document_number, issuers, tier, published_on, effective_date, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
      values ('640522', 'risk-entry', 'imported', ${drafted.id}, '海原县风险评估试点办法', '海政规发〔2026〕90号', ${['海原县人民政府']}, 'government', '2026-03-01', '2026-03-01', 'active', '[]', '', '', '[]', '{}', now())`
    const again = await open('secretariat', plan('risk-entry', { evaluator: { organisation: ` ${named}` } }))
    expect(again.status).toBe(409)
    expect(blocking(again.body)[0]?.reason).toMatch(/记录风险评估/u)
    expect(
      (await open('secretariat', plan('risk-entry', { evaluator: { organisation: '宁夏大学法学院' } }))).status,
    ).toBe(201)
  })
  it('导入的条目照样评估：没有案卷可以了结，公布以后在文件的页面与公开接口里', async () => {
    c.go('2026-03-02')
    await c.sql`insert into register_entries (jurisdiction_id, id, origin, title, document_number, issuers, tier, published_on, effective_date, valid_until, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
      values ('640522', 'imported-1', 'imported', '海原县旧办法', '海政发〔2020〕9号', ${['海原县人民政府']}, 'government', '2020-03-01', '2020-04-01', '2026-12-31', 'active', '[]', '第三条 补贴按年发放。', '', '[]', '{}', now())`
    const id = await planned('imported-1')
    expect(await matterOf('evaluator', id)).toMatchObject({ document: { matter: null } })
    // 还没有施行的、已经废止的，提出方案时就提示。
    await c.sql`insert into register_entries (jurisdiction_id, id, origin, title, document_number, issuers, tier, published_on, effective_date, valid_until, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
      select jurisdiction_id, 'imported-gone', origin, '海原县已废止的办法', '海政发〔2020〕10号', issuers, tier, published_on, effective_date, valid_until, disclosure,
        '[{"kind":"repealed","on":"2026-01-01","reason":"废止","byDocument":null}]', body, text_hash, attachments, metadata, created_at from register_entries where id = 'imported-1'`
    const gone = await open('evaluator', plan('imported-gone'))
    expect(gone.body).toMatchObject({
      warnings: [{ rule: 'evaluation.in-force', reason: expect.stringContaining('只供总结') }],
    })
    await through(id)
    expect(await c.get<Json>(null, '/public/v1/evaluations?document=imported-1')).toMatchObject({
      total: 1,
      items: [{ id, pending: 1, proposals: 2 }],
    })
    expect(await c.get<Json>('secretariat', '/api/evaluation-quota')).toMatchObject({ year: 2026, required: 1 })
  })
})

describe('有效期届满', () => {
  const alerts = async (query = '') =>
    (await c.get<{ items: Json[] }>('secretariat', `/api/expiry-alerts${query}`)).items as Array<
      { entry: string; months: number; answered: unknown; owner: { role: string; unit: string } } & Json
    >
  const insert = (
    id: string,
    validUntil: string | null,
    issuer: string,
    tier: string,
    metadata: Json = {},
    body = '',
  ) =>
    c.sql`insert into register_entries (jurisdiction_id, id, origin, title, document_number, issuers, tier, published_on, effective_date, valid_until, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
      values ('640522', ${id}, 'imported', ${`海原县${id}办法`}, ${id}, ${[issuer]}, ${tier}, '2020-03-01', '2020-04-01', ${validUntil}, 'active', '[]', ${body}, '', '[]', ${c.sql.json(metadata as never)}, '2020-03-01')`
  it('停了三天的服务重新开始，期间到期的每一级恰好提醒一次；导入的也有，各有责任人', async () => {
    c.go('2027-06-01')
    await runDueJobs(c.office)
    await insert('imported-18', '2028-12-03', '海原县人民政府', 'government')
    await insert('imported-6', '2027-12-02', '海原县农业农村局', 'department')
    await insert('imported-1m', '2027-07-04', '没有这个机关', 'government')
    await insert('imported-later', '2027-12-20', '海原县农业农村局', 'department')
    await runDueJobs(c.office)
    const mine = async () => (await alerts()).filter(({ entry }) => /^imported-(?:18|6|1m|later)$/u.test(entry))
    expect(await mine()).toEqual([])
    c.go('2027-06-04')
    await runDueJobs(c.office)
    await runDueJobs(c.office)
    expect((await mine()).map(({ entry, months }) => [entry, months]).sort()).toEqual([
      ['imported-18', 18],
      ['imported-1m', 1],
      ['imported-6', 6],
    ])
    const ownerOf = async (entry: string) => (await mine()).find((x) => x.entry === entry)?.owner
    expect(await ownerOf('imported-6')).toMatchObject({ unit: 'hy-agri', role: 'unit_head' })
    expect(await ownerOf('imported-18')).toMatchObject({ unit: 'hy-gov', role: 'registrar' })
    expect((await c.get<{ items: Json[] }>('head', '/api/expiry-alerts?mine=true')).items).toContainEqual(
      expect.objectContaining({ entry: 'imported-6', mine: true }),
    )
    // 后评估公布以后，提醒得到答复。
    const id = await planned('imported-6', { evaluator: { unit: 'hy-justice' }, until: '2027-08-31' })
    await through(id, '2027-06-04')
    expect((await alerts('?entry=imported-6'))[0]?.answered).toMatchObject({ by: 'evaluation', matter: id })
    expect((await alerts('?entry=imported-6&open=true')).length).toBe(0)
    // 别的文件的提醒不因此得到答复；其后的各级由届满前六个月以内的这一次评估一并答复。
    expect((await alerts('?entry=imported-18'))[0]?.answered).toBeNull()
    c.go('2027-11-05')
    await runDueJobs(c.office)
    const later = await alerts('?entry=imported-6')
    expect(later.map(({ months, answered }) => [months, (answered as Json | null)?.by])).toEqual([
      [6, 'evaluation'],
      [2, 'evaluation'],
      [1, 'evaluation'],
    ])
    // 届满的一件列入清理并公布的，清理答复它的提醒。
    const opened = await c
      .post('secretariat', '/api/matters', {
        process: 'cleanup',
        commandId: randomUUID(),
        kind: 'immediate',
        ground: '届满以前清理。',
        scope: { documents: ['imported-18'] },
      })
      .then(body)
    const cleanup = String(opened.body.id)
    await done('secretariat', cleanup, 'FreezeCensus')
    await done('secretariat', cleanup, 'AssignUnit', { items: [1], unit: 'hy-agri' })
    await done('secretariat', cleanup, 'GiveOpinion', { item: 1, outcome: 'keep', reason: '仍然需要。' })
    await done('reviewer', cleanup, 'CheckItems', { agreeAll: true })
    await done('secretariat', cleanup, 'Decide', { body: '海原县人民政府常务会议', date: '2027-11-05' })
    expect((await alerts('?entry=imported-18'))[0]?.answered).toBeNull()
    await done('secretariat', cleanup, 'PublishResult')
    expect((await alerts('?entry=imported-18'))[0]?.answered).toEqual({ by: 'cleanup', matter: cleanup })
    c.go('2026-03-02')
  })
  it('导入的条目正文写明的有效期是一个疑问，确认以后才登记，只确认一次；公布的有效期没有命令可以改', async () => {
    c.go('2027-11-06')
    await insert(
      'imported-asked',
      null,
      '海原县人民政府',
      'government',
      { validUntilAsked: '2027-11-30' },
      '本办法有效期至2027年12月1日。',
    )
    const questions = async () =>
      (await c.get<{ items: Array<{ entry: string }> }>('secretariat', '/api/validity-questions')).items
    expect(await questions()).toContainEqual(expect.objectContaining({ entry: 'imported-asked', asked: '2027-11-30' }))
    const confirm = (username: string, payload: Json) => c.post(username, '/api/validity-answers', payload).then(body)
    const wrong = await confirm('registrar.county', { entry: 'imported-asked', until: '2029-12-31' })
    expect(wrong.status, JSON.stringify(wrong.body)).toBe(409)
    expect(blocking(wrong.body).map(({ rule }) => rule)).toEqual(['validity.as-read'])
    expect((await confirm('drafter', { entry: 'imported-asked', until: '2027-11-30' })).status).toBe(403)
    const right = await confirm('registrar.county', {
      entry: 'imported-asked',
      until: '2027-12-01',
      quote: '有效期至2027年12月1日',
    })
    expect(right.status, JSON.stringify(right.body)).toBe(201)
    expect(await questions()).not.toContainEqual(expect.objectContaining({ entry: 'imported-asked' }))
    expect((await confirm('registrar.county', { entry: 'imported-asked', until: '2027-11-30' })).status).toBe(409)
    expect((await confirm('registrar.county', { entry: 'imported-6', until: '2030-12-31' })).status).toBe(409)
    // 确认以后随即进入阶梯。
    await runDueJobs(c.office)
    expect((await alerts('?entry=imported-asked')).map(({ months }) => months)).toEqual([1])
    // 有效期只由公布定下：其余的命令没有这一栏。
    const touching = Object.entries(commandSchemas).filter(([, schema]) =>
      Object.keys(fieldsOf(schema)).some((name) => /valid/i.test(name)),
    )
    expect(touching.map(([type]) => type)).toEqual(['Publish'])
    c.go('2026-03-02')
  })
})

it('台账、各行与核验一致；改了报告的一字即被发现', async () => {
  // 时钟来回拨动过；测试直接放进库里的条目没有台账。
  const found = async () =>
    (await verifyDatabase(c.sql)).faults.filter(
      (f) => f.check !== 'seals' && !/risk-entry|imported-/u.test(JSON.stringify(f)),
    )
  expect(await found()).toEqual([])
  await c.sql`alter table evaluation_texts disable trigger user`
  await c.sql`update evaluation_texts set body = body || '{"summary": "改过的摘要"}' where kind = 'evidence' and n = 1`
  await c.sql`alter table evaluation_texts enable trigger user`
  expect((await found()).map(({ message }) => message).join('\n')).toContain('后评估的文字')
})
