// 建议审查，经接口：公众提出、补正，受理、请说明、结论、按条款停止执行、答复、到期删除；每一步公众凭回执看得到该看的，看不到不该看的。
import { randomUUID } from 'node:crypto'
import { answers, noClassification } from '@dianzhang/contract'
import { checkLayout, gbt9704, importDocx } from '@dianzhang/formats'
import { importEntries } from '@dianzhang/register'
import { runDueJobs } from '@dianzhang/workflow'
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
    title: `海原县第${++serial}件农机办法`,
  })
const conflict = (act: string) => ({ act, article: '第十六条', reason: '擅自设定处罚。' })
const person = { name: '马建国', contact: '13995550101' }
const body = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Json })
const send = async (payload: Json) => body(await c.post(null, '/public/v1/suggestions', payload))
const receiptOf = (receipt: string) => c.get<Json>(null, `/public/v1/receipts/${receipt}`)
const raw = async (username: string | null, path: string): Promise<Response> =>
  c.app.request(path, { headers: username ? { cookie: await c.session(username) } : {} })
const idOf = async (receipt: string): Promise<string> => {
  const [row] = await c.sql`select matter_id as id from suggestions where receipt = ${receipt}`
  return String(row?.id)
}
const matterOf = async (username: string, id: string) =>
  answers.SuggestionFile.and(answers.Matter).parse(await c.get<Json>(username, `/api/matters/${id}`)) as Json
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
const refused = async (username: string, id: string, type: string, payload: Json, rule: string) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, JSON.stringify(answer.body)).toBe(409)
  const verdicts = answer.body.verdicts as Array<{ rule: string; holds: boolean; severity: string }>
  expect(verdicts.filter((v) => !v.holds && v.severity === 'block').map((v) => v.rule)).toContain(rule)
}
async function submitted(more: Json = {}) {
  const document = await published()
  const answer = await send({
    document: document.id,
    provisions: ['第二条'],
    conflicts: [conflict('中华人民共和国行政处罚法'), conflict('优化营商环境条例')],
    reason: '第二条对农户设定罚款，没有上位法依据。',
    ...person,
    ...more,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  const receipt = String(answer.body.receipt)
  return { document, receipt, id: await idOf(receipt) }
}
const finding = (conflict: string, outcome: string, more: Json = {}) => ({
  conflict,
  outcome,
  ground: '《中华人民共和国行政处罚法》第十六条',
  ...more,
})

describe('一件审查建议', () => {
  it('从提出到答复：按条款停止执行，公众凭回执读到结论，联系方式只有审查人看得到，到期删除', async () => {
    c.go('2026-03-02')
    const { document, receipt, id } = await submitted()
    expect(receipt).toMatch(/^JY20260302-[0-9A-F]{20}$/)
    expect(await receiptOf(receipt)).toMatchObject({
      kind: 'suggestion',
      stage: 'received',
      stageLabel: '收到',
      answer: null,
      document: { id: document.id },
      unit: '海原县人民政府',
    })
    // 受理机关的审查人看得到是谁；制定机关、别处的审查人、公众都看不到。
    const shown = await matterOf('filing.county', id)
    expect(shown.person).toEqual(person)
    expect((shown.conflicts as Json[]).map((x) => x.reason)).toEqual(['擅自设定处罚。', '擅自设定处罚。'])
    for (const username of ['secretariat', 'filing.city', 'filing.npc', 'head', 'reviewer', 'admin'])
      await expect(matterOf(username, id)).rejects.toThrow('404')
    await done('filing.county', id, 'Accept', { number: '海审建〔2026〕1号' })
    await refused('filing.county', id, 'Answer', { text: '答复。' }, 'suggestion.every-conflict-answered')
    await refused('filing.county', id, 'AskIssuer', { questions: '依据何在？' }, 'suggestion.inquiry-term')
    await done('filing.county', id, 'AskIssuer', { questions: '请说明第二条的依据。', until: '2026-03-12' })
    const forIssuer = await matterOf('secretariat', id)
    expect(forIssuer.person).toBeNull()
    expect(forIssuer.receipt).toBeNull()
    expect(JSON.stringify(forIssuer)).not.toContain(person.contact)
    await refused('filing.county', id, 'Conclude', { conclusions: [finding('1', 'lawful')] }, 'suggestion.inquiry-over')
    await done('secretariat', id, 'AnswerInquiry', { text: '系笔误，没有依据。' })
    await refused(
      'filing.county',
      id,
      'Conclude',
      { conclusions: [finding('1', 'clearly_unlawful', { provisions: ['第二条'] })] },
      'suggestion.conclusion-grounded',
    )
    await refused(
      'filing.county',
      id,
      'Conclude',
      {
        conclusions: [finding('1', 'clearly_unlawful', { provisions: ['第九十九条'] })],
        decision: { body: '海原县人民政府', date: '2026-03-02' },
      },
      'suggestion.suspendable',
    )
    expect((await command('filing.county', id, 'Conclude', { conclusions: [finding('9', 'lawful')] })).status).toBe(422)
    const concluded = await done('filing.county', id, 'Conclude', {
      conclusions: [finding('1', 'clearly_unlawful', { provisions: ['第二条'], text: '设定罚款没有依据。' })],
      decision: { body: '海原县人民政府', date: '2026-03-02' },
    })
    expect(concluded.sends).toMatchObject([{ document: document.id, command: { type: 'SuspendDocument' } }])
    await refused('filing.county', id, 'Answer', { text: '答复。' }, 'suggestion.every-conflict-answered')
    await done('filing.county', id, 'Conclude', { conclusions: [finding('2', 'lawful')] })
    // 所涉文件：整件照旧有效，第二条停止执行。
    expect(await c.get<Json>(null, `/public/v1/documents/${document.id}`)).toMatchObject({
      status: 'in_force',
      statusOn: { suspendedProvisions: ['第二条'], explanation: expect.stringContaining('第二条停止执行') },
    })
    expect((await raw(null, `/public/v1/receipts/${receipt}/answer.docx`)).status).toBe(404)
    expect((await raw('filing.county', `/api/matters/${id}/answer.docx`)).status).toBe(404)
    // 结论在答复以前不公开。
    expect(JSON.stringify(await receiptOf(receipt))).not.toContain('没有依据')
    await done('filing.county', id, 'Answer', { text: '经审查，第二条停止执行。', number: '海司函〔2026〕3号' })
    expect(await receiptOf(receipt)).toMatchObject({
      stage: 'answered',
      answer: { text: '经审查，第二条停止执行。', number: '海司函〔2026〕3号' },
      conflicts: [
        { id: '1', conclusion: { outcome: 'clearly_unlawful' } },
        { id: '2', conclusion: { outcome: 'lawful' } },
      ],
    })
    // 答复的公文：凭回执的没有姓名，审查人的有；制定机关的既没有姓名，也没有回执号。
    const letterOf = async (username: string | null, path: string): Promise<string> => {
      const answer = await raw(username, path)
      expect(answer.status, path).toBe(200)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect(await checkLayout(bytes, gbt9704)).toEqual([])
      return (await importDocx(bytes)).text
    }
    const mine = await letterOf(null, `/public/v1/receipts/${receipt}/answer.docx`)
    for (const words of [
      '审查建议的答复',
      receipt,
      '经审查，第二条停止执行。',
      '明显违法，停止执行',
      '海原县人民政府',
      '2026年3月2日',
    ])
      expect(mine).toContain(words)
    expect(mine).not.toContain(person.name)
    const kept = await letterOf('filing.county', `/api/matters/${id}/answer.docx`)
    expect(kept).toContain(`${person.name}：`)
    const seen = await letterOf('secretariat', `/api/matters/${id}/answer.docx`)
    expect(seen).not.toMatch(new RegExp(`${person.name}|${receipt}`))
    await done('filing.county', id, 'Close')
    c.go('2026-09-10')
    await runDueJobs(c.office)
    expect((await matterOf('filing.county', id)).person).toBeNull()
    expect((await receiptOf(receipt)).contactForgottenOn).toBe('2026-09-10')
    expect(await c.sql`select count(*)::int as n from suggestion_contacts where matter_id = ${id}`).toEqual([{ n: 0 }])
  })
  it('制定机关到期没有说明：次日轮到审查人，径行作出结论；此前只等制定机关，此后不再等它', async () => {
    c.go('2026-03-02')
    const { id } = await submitted()
    await done('filing.county', id, 'Accept', { number: '海审建〔2026〕31号' })
    await done('filing.county', id, 'AskIssuer', { questions: '请说明第二条的依据。', until: '2026-03-12' })
    const waits = async (username: string) =>
      (
        await c.get<{ items: Json[] }>(username, '/api/matters?process=review-suggestion&mine=true&limit=100')
      ).items.some((row) => row.id === id)
    for (const [day, reviewer] of [
      ['2026-03-03', false],
      ['2026-03-12', false],
      ['2026-03-13', true],
    ] as const) {
      c.go(day)
      await runDueJobs(c.office)
      expect([day, await waits('filing.county'), await waits('secretariat')]).toEqual([day, reviewer, true])
    }
    // 逾期的说明还收；没有等到，也可以径行作出结论，写明没有说明。
    await done('filing.county', id, 'Conclude', { conclusions: [finding('1', 'lawful'), finding('2', 'lawful')] })
    expect(await waits('secretariat')).toBe(false)
    expect((await command('secretariat', id, 'AnswerInquiry', { text: '迟来的说明。' })).body.detail).toContain(
      '不能办理',
    )
  })
  it('导入的文件没有自己的案卷：明显违法的条款照样停止执行，结论不能悄悄改掉；重新审查、依决定恢复', async () => {
    c.go('2026-03-02')
    async function* lines() {
      yield JSON.stringify({
        id: '导入的一件',
        title: '海原县导入的农机办法',
        body: '第一条 为了管理，制定本办法。\n第二条 违反的处五百元罚款。\n第三条 本办法自公布之日起施行。',
        issuer: '海原县农业农村局',
        category: '行政规范性文件',
        status: '有效',
        publishedAt: '2020-01-01',
        effectiveAt: '2020-02-01',
      })
    }
    await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '建议', now: c.office.clock.now() })
    const [row] = await c.sql`select id from register_entries where title = '海原县导入的农机办法'`
    const entry = String(row?.id)
    const answer = await send({
      document: entry,
      conflicts: [conflict('行政处罚法')],
      provisions: ['第二条'],
      reason: '没有依据。',
      ...person,
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const id = await idOf(String(answer.body.receipt))
    const stopping = { decision: { body: '海原县人民政府', date: '2026-03-02' } }
    const unlawful = (clause: string) => finding('1', 'clearly_unlawful', { provisions: [clause] })
    await done('filing.county', id, 'Accept')
    await refused(
      'filing.county',
      id,
      'Conclude',
      { conclusions: [unlawful('第九条')], ...stopping },
      'suggestion.suspendable',
    )
    await done('filing.county', id, 'Conclude', { conclusions: [unlawful('第二条')], ...stopping })
    const shown = () => c.get<Json>(null, `/public/v1/documents/${entry}`)
    expect(await shown()).toMatchObject({ status: 'in_force', statusOn: { suspendedProvisions: ['第二条'] } })
    expect(JSON.stringify((await shown()).timeline)).toContain('明显违法')
    await refused('filing.county', id, 'Conclude', { conclusions: [finding('1', 'lawful')] }, 'suggestion.suspendable')
    await done('filing.county', id, 'Answer', { text: '第二条停止执行。' })
    await done('filing.county', id, 'Close')
    await done('filing.county', id, 'Reopen', { reasons: '制定机关提供了依据。' })
    // 没有恢复执行的决定，停止的照旧停止。
    await done('filing.county', id, 'Conclude', { conclusions: [finding('1', 'lawful')] })
    expect(await shown()).toMatchObject({ statusOn: { suspendedProvisions: ['第二条'] } })
    await done('filing.county', id, 'Conclude', {
      conclusions: [finding('1', 'lawful')],
      decision: { body: '海原县人民政府', date: '2026-03-02' },
    })
    expect(await shown()).toMatchObject({ status: 'in_force', statusOn: { suspendedProvisions: [] } })
  })
  it('逾期没有补正的由系统不予登记，补正以后恢复；不完整的不能受理', async () => {
    c.go('2026-03-02')
    const { receipt, id } = await submitted({ provisions: [], conflicts: [] })
    await refused('filing.county', id, 'Accept', {}, 'suggestion.form')
    await done('filing.county', id, 'RequestCompletion', { missing: ['条款', '上位法'] })
    const asked = await receiptOf(receipt)
    expect(asked).toMatchObject({ stage: 'completing', completion: { missing: ['条款', '上位法'] } })
    c.go('2026-04-20')
    await runDueJobs(c.office)
    expect(await receiptOf(receipt)).toMatchObject({ stage: 'not_registered', completable: true })
    const completed = await body(
      await c.post(null, `/public/v1/receipts/${receipt}/complete`, {
        provisions: ['第二条'],
        conflicts: [conflict('行政处罚法')],
      }),
    )
    expect(completed).toMatchObject({ status: 200, body: { stage: 'received' } })
    await done('filing.county', id, 'Accept')
  })
  it('门户的表单：存不下的字符去掉，其余照收；补正而没有填写的说明，不算补正', async () => {
    c.go('2026-03-02')
    const document = await published()
    const sent = async (path: string, fields: Record<string, string>) =>
      c.app.request(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: 'http://localhost' },
      })
    const made = await sent(`/register/${document.id}/suggest`, { reason: '没有\u0000依据。' })
    expect(made.status).toBe(303)
    const receipt = String(made.headers.get('location')).split('/').at(-1) ?? ''
    expect((await receiptOf(receipt)).submitted).toMatchObject([{ reason: '没有依据。' }])
    const id = await idOf(receipt)
    await done('filing.county', id, 'RequestCompletion', { missing: ['条款'] })
    const empty = await body(await c.post(null, `/public/v1/receipts/${receipt}/complete`, {}))
    expect(empty).toMatchObject({ status: 422, body: { issues: [{ path: 'reason', message: '没有填写补充的内容' }] } })
    const page = await sent(`/receipts/${receipt}/complete`, { provisions: ' ' })
    expect(await page.text()).toContain('没有填写补充的内容')
    expect(await receiptOf(receipt)).toMatchObject({ stage: 'completing' })
    expect((await sent(`/receipts/${receipt}/complete`, { provisions: '第二条' })).status).toBe(303)
    expect(await receiptOf(receipt)).toMatchObject({ stage: 'received', provisions: ['第二条'] })
  })
  it('门户的表单：写得太长的不截断，写着的全在，说明哪一处多了几个字', async () => {
    c.go('2026-03-02')
    const document = await published()
    const reason = `没有依据。${'长'.repeat(20_000)}`
    const answer = await c.app.request(`/register/${document.id}/suggest`, {
      method: 'POST',
      body: new URLSearchParams({ reason, 'act-0': '某法', 'why-0': '因'.repeat(4_001) }),
      headers: { origin: 'http://localhost' },
    })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const words of ['理由：最多 20000 字，现在是 20005 字', '其中一处最多 4000 字，现在是 4001 字', reason])
      expect(page).toContain(words)
    expect(page).not.toMatch(/<textarea[^>]*maxlength/)
  })
  it('不启动审查须有凭据，告知以后才能办结；有新的理由可以重新启动', async () => {
    c.go('2026-03-02')
    const { receipt, id } = await submitted()
    await refused('filing.county', id, 'DeclineToStart', { reason: 'already_changed' }, 'suggestion.reason-proved')
    await refused('filing.county', id, 'DeclineToStart', { reason: 'unfounded' }, 'suggestion.reason-proved')
    await done('filing.county', id, 'DeclineToStart', { reason: 'unfounded', text: '所引条款没有这样的规定。' })
    expect(await receiptOf(receipt)).toMatchObject({
      stage: 'not_started',
      outcome: { words: '理由不明确或者明显不成立', text: '所引条款没有这样的规定。' },
    })
    await refused('filing.county', id, 'Close', {}, 'suggestion.person-told')
    await done('filing.county', id, 'Notify', { method: 'receipt' })
    await done('filing.county', id, 'Close')
    await done('filing.county', id, 'Reopen', { reasons: '提出人补充了执法案例。' })
    expect(await receiptOf(receipt)).toMatchObject({ stage: 'accepted', outcome: null })
  })
  it('制定机关同意改正：中止，期限届满由系统恢复审查', async () => {
    c.go('2026-03-02')
    const { id } = await submitted()
    await done('filing.county', id, 'Accept')
    await done('filing.county', id, 'Conclude', {
      conclusions: [finding('1', 'issuer_agrees', { until: '2026-05-29' }), finding('2', 'lawful')],
    })
    expect(await matterOf('filing.county', id)).toMatchObject({ stage: 'paused' })
    c.go('2026-06-01')
    await runDueJobs(c.office)
    expect(await matterOf('filing.county', id)).toMatchObject({ stage: 'accepted' })
  })
  it('别处的审查人看不到；报别处备案的须移送；没有公布的文件不能对它提出', async () => {
    c.go('2026-03-02')
    const { id } = await submitted()
    const other = await c.post('filing.city', `/api/matters/${id}/commands`, {
      type: 'Accept',
      commandId: randomUUID(),
      expectedVersion: 1,
    })
    expect(other.status).toBe(404)
    expect(await send({ document: 'nobody', reason: '理由。' })).toMatchObject({ status: 422 })
    expect(await send({ reason: '理由。' })).toMatchObject({ status: 422 })
    const draft = await c.propose('drafter')
    expect(await send({ document: draft.id, reason: '理由。' })).toMatchObject({ status: 422 })
  })
  it('相似的建议关联以后各有各的答复；公开的清单匿名，不公开的只有一行', async () => {
    c.go('2026-03-02')
    const a = await submitted({ keepPrivate: true })
    const b = await submitted({ name: undefined, contact: undefined })
    await done('filing.county', a.id, 'LinkSimilar', { matter: b.id })
    await done('filing.county', a.id, 'Accept')
    await done('filing.county', a.id, 'Conclude', { conclusions: [finding('1', 'lawful'), finding('2', 'lawful')] })
    await done('filing.county', a.id, 'Answer', { text: '未发现抵触。' })
    await refused('filing.county', a.id, 'Close', {}, 'suggestion.group-answered')
    const list = await c.get<{ total: number; overdue: number; items: Json[] }>(
      null,
      '/public/v1/suggestions?year=2026',
    )
    expect(list.total).toBeGreaterThan(1)
    // 逾期的件数由期限的记录数出，与逐件所列一致。
    c.go('2027-03-02')
    const later = await c.get<{ total: number; overdue: number; answered: number; items: Json[] }>(
      null,
      '/public/v1/suggestions?year=2026&limit=100',
    )
    expect(later.items.length).toBe(later.total)
    expect(later.overdue).toBe(later.items.filter((x) => x.overdue).length)
    expect(later.overdue).toBeGreaterThan(0)
    expect(later.answered).toBe(later.items.filter((x) => x.answeredOn !== null).length)
    // 统计里的办结率是同一回事：一件答复了，不使别的也算答复。
    const rate = (
      await c.get<{ items: Array<{ id: string; numerator: number; denominator: number }> }>(
        null,
        '/public/v1/statistics?from=2026-01-01&to=2026-12-31',
      )
    ).items.find((x) => x.id === 'suggestions-answered')
    expect(rate).toMatchObject({ numerator: later.answered, denominator: later.total })
    expect(later.answered).toBeLessThan(later.total)
    c.go('2026-03-02')
    expect(list.items.filter((x) => x.document === null).length).toBe(1)
    expect(JSON.stringify(list)).not.toMatch(/马建国|13995550101|JY2026/)
    expect(await c.get<{ total: number }>(null, '/public/v1/suggestions?year=2025')).toMatchObject({ total: 0 })
  })
  it('移送给在本系统办理的机关，在那里开启一件，内容与提出人随之过去；公众凭原回执看到新的回执与阶段', async () => {
    c.go('2026-03-02')
    const { receipt, id } = await submitted()
    await refused('filing.county', id, 'Transfer', { to: '海原县人民政府', reason: '误填。' }, 'suggestion.to-another')
    const done1 = await done('filing.county', id, 'Transfer', {
      to: '海原县人民代表大会常务委员会',
      reason: '属人大处理。',
    })
    const [sent] = done1.sends as Array<{ document: string; process: string }>
    expect(sent).toMatchObject({ process: 'review-suggestion' })
    const there = String(sent?.document)
    const shown = await matterOf('filing.npc', there)
    expect(shown).toMatchObject({
      stage: 'received',
      door: 'npc',
      person,
      provisions: ['第二条'],
      from: { matter: id, unit: '海原县人民政府' },
    })
    expect((shown.conflicts as Json[]).map((x) => x.reason)).toEqual(['擅自设定处罚。', '擅自设定处罚。'])
    const mine = await c.get<{ items: Json[] }>('filing.npc', '/api/matters?mine=true&process=review-suggestion')
    expect(mine.items.find((x) => x.id === there)).toMatchObject({ mine: [{ command: 'Accept', dueOn: '2026-03-09' }] })
    const before = (await receiptOf(receipt)) as { stage: string; handedTo: { receipt: string; stageLabel: string } }
    expect(before).toMatchObject({ stage: 'transferred', handedTo: { by: 'matter', stageLabel: '收到' } })
    // 放假通知经事项的地址录入，与单独的地址一样：各种事项未了的期限都照新的重算。
    const notice = await command('admin', 'office', 'RecordHolidayNotice', {
      id: 'local-2026-03',
      jurisdiction: '640522',
      year: 2026,
      source: '自治区通知',
      days: [{ date: '2026-03-09', kind: 'off', name: '自治区节日' }],
    })
    expect(notice.status, JSON.stringify(notice.body)).toBe(200)
    expect(Number((notice.body.result as Json).recomputed)).toBeGreaterThan(1)
    const moved = await c.get<{ items: Json[] }>('filing.npc', '/api/matters?mine=true&process=review-suggestion')
    expect(moved.items.find((x) => x.id === there)).toMatchObject({
      mine: [{ command: 'Accept', dueOn: '2026-03-10' }],
    })
    // 部门的文件不报人大备案：受理的条件照样核对，公众在新的回执下补正。
    await refused('filing.npc', there, 'Accept', {}, 'suggestion.competent')
    await done('filing.npc', there, 'RequestCompletion', { missing: ['文件报送备案的情况'] })
    expect(await receiptOf(receipt)).toMatchObject({
      handedTo: { unit: '海原县人民代表大会常务委员会', stageLabel: '补正' },
    })
    expect(await receiptOf(before.handedTo.receipt)).toMatchObject({ stage: 'completing', completable: true })
    const page = await (await raw(null, `/receipts/${receipt}`)).text()
    expect(page).toContain(before.handedTo.receipt)
    // 移送方的台账、发往对方的命令里都没有提出人。
    const [leak] = await c.sql`select count(*)::int as n from sends where command::text ~ '马建国|13995550101'`
    expect(leak?.n).toBe(0)
    expect((await raw('filing.county', `/api/matters/${there}`)).status).toBe(404)
    expect((await raw('filing.npc', `/api/matters/${id}`)).status).toBe(404)
    const letter = await raw('filing.county', `/api/matters/${id}/transfer.docx`)
    expect(letter.status).toBe(200)
    const { text } = await importDocx(new Uint8Array(await letter.arrayBuffer()))
    for (const words of [
      '审查建议的函',
      '海原县人民代表大会常务委员会：',
      '擅自设定处罚。',
      '第二条对农户设定罚款',
      '属人大处理。',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain(person.name)
    expect((await raw('filing.npc', `/api/matters/${there}/transfer.docx`)).status).toBe(404)
  })
  it('移送给不在本系统办理的机关，以函移送，回执照实说', async () => {
    c.go('2026-03-02')
    for (const to of ['宁夏回族自治区司法厅', '海原县市场监督管理局']) {
      const { receipt, id } = await submitted()
      const answer = await done('filing.county', id, 'Transfer', { to, reason: '属其处理。' })
      expect(answer.sends).toBeUndefined()
      expect(await receiptOf(receipt)).toMatchObject({ stage: 'transferred', handedTo: { unit: to, by: 'letter' } })
      expect(await (await raw(null, `/receipts/${receipt}`)).text()).toContain(`已经以函移送${to}`)
    }
  })
  it('同一标识重复提交得到同一回执；许多人同时提出，一件不少', async () => {
    c.go('2026-03-02')
    const document = await published()
    const payload = { document: document.id, reason: '理由。', commandId: randomUUID() }
    const [first, again] = [await send(payload), await send(payload)]
    expect(again.body.receipt).toBe(first.body.receipt)
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, i) => send({ document: document.id, reason: `理由${i}。`, ...person })),
    )
    expect(many.map((x) => x.status)).toEqual(Array(40).fill(201))
    expect(new Set(many.map((x) => x.body.receipt)).size).toBe(40)
  })
  it('姓名与联系方式不在台账、拒绝记录、答复里；核验通过，改动一件建议的文字即被发现', async () => {
    const [found] = await c.sql`
      select (select count(*)::int from ledger_events where body::text ~ '马建国|13995550101') +
        (select count(*)::int from command_log where row_to_json(command_log)::text ~ '马建国|13995550101') +
        (select count(*)::int from refusals where row_to_json(refusals)::text ~ '马建国|13995550101') +
        (select count(*)::int from suggestion_texts where body::text ~ '马建国|13995550101') +
        (select count(*)::int from matters where snapshot::text ~ '马建国|13995550101') as n`
    expect(found?.n).toBe(0)
    const report = await verifyDatabase(c.sql)
    // 时钟来回拨动过，封存与台账的先后不在此核对。
    expect(report.faults.filter(({ check }) => check !== 'seals')).toEqual([])
    await c.sql`alter table suggestion_texts disable trigger user`
    await c.sql`update suggestion_texts set body = body || '{"reason": "改过的理由"}' where n = 1`
    await c.sql`alter table suggestion_texts enable trigger user`
    const tampered = await verifyDatabase(c.sql)
    expect(tampered.faults.map(({ message }) => message).join('\n')).toContain('审查建议的文字')
  })
})
