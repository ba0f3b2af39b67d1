// 两套系统之间的备案：两个服务进程、两个数据库。甲报送，乙登记、审查、函询、出具意见、审结，甲的案卷随之；甲补正、答复，乙随之。
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { acquaint, type System, system, until } from '../support/two-systems.ts'

type Json = Record<string, unknown>
let a: System
let b: System
beforeAll(async () => {
  ;[a, b] = await Promise.all([system('a.example.gov.cn'), system('b.example.gov.cn')])
  await acquaint(a, b)
})

async function act(at: System, username: string, id: string, type: string, payload: Json = {}, path = 'matters') {
  const [row] = await at.sql`select version from matters where id = ${id}`
  const answer = await (await at.as(username)).post(`/api/${path}/${id}/commands`, {
    type,
    commandId: randomUUID(),
    expectedVersion: Number(row?.version),
    ...payload,
  })
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
/** 甲县一件已经公布、还没有向上一级政府报送的政府文件。 */
const used = new Set<string>()
async function unfiled(): Promise<string> {
  const rows =
    await a.sql`select m.id from matters m join documents d on d.jurisdiction_id = m.jurisdiction_id and d.id = m.id
    where m.stage = 'effective' and d.tier = 'government' and m.snapshot #>> '{context,dossier,filings,government,status}' = 'due' order by m.id`
  const found = rows.map((row) => String(row.id)).find((id) => !used.has(id))
  if (!found) throw new Error('演示县没有待报送的政府文件了')
  used.add(found)
  return found
}
const filings = async (id: string) =>
  (
    (await (await a.as('secretariat')).get(`/api/documents/${id}`)).body as {
      filings: Record<string, { status: string; number: string | null; review: string }>
    }
  ).filings.government as {
    status: string
    number: string | null
    review: string
  }
const fileOf = async (at: System, username: string, id: string) =>
  (await (await at.as(username)).get(`/api/matters/${id}`)).body as Json & {
    stage: string
    exchange: { side: string; lines: Array<Json & { state: string; typeLabel: string; why: string | null }> }
    submissions: Array<{ supplied: Array<{ item: string; file: string; sha256: string }> }>
    inquiries: Array<{ answered: { text: string } | null }>
  }
/** 甲的一件在乙那里是哪一件。 */
const there = (review: string) =>
  until(
    '乙开启这一件',
    () =>
      b.sql`select id from matters where process = 'filing-review' and snapshot #>> '{context,dossier,exchange,about}' = ${review}`,
    (rows) => rows.length > 0,
  ).then((rows) => String(rows[0]?.id))

describe('两套系统', () => {
  it('甲报送，乙收到文本与报告，登记；甲的案卷随之；补正、函询、意见、审结两边一致', async () => {
    const id = await unfiled()
    await act(a, 'secretariat', id, 'FileDocument', { track: 'government', materials: ['正式文本'] }, 'documents')
    const review = (await filings(id)).review
    const copy = await fileOf(a, 'secretariat', review)
    expect(copy).toMatchObject({ stage: 'received', exchange: { side: 'sender' } })
    const theirs = await there(review)
    const received = await fileOf(b, 'registrar', theirs)
    expect(received).toMatchObject({ stage: 'received', exchange: { side: 'receiver' } })
    const items = received.submissions[0]?.supplied ?? []
    expect(items.map(({ item }) => item)).toEqual(expect.arrayContaining(['正式文本', '备案报告']))
    const docx = await (await b.as('registrar')).raw(`/api/matters/${theirs}/files/${items[0]?.sha256}`)
    expect(docx.status).toBe(200)
    expect(
      Buffer.from(await docx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    // 乙的经办人打开了：甲看得到。
    await until(
      '已打开',
      () => fileOf(a, 'secretariat', review),
      (x) => x.exchange.lines[0]?.state === 'opened',
    )
    // 在甲不能替乙登记，在乙不能替甲补正。
    const [row] = await a.sql`select version from matters where id = ${review}`
    const foreign = await (await a.as('registrar')).post(`/api/matters/${review}/commands`, {
      type: 'RegisterFiling',
      commandId: randomUUID(),
      expectedVersion: Number(row?.version),
      number: '卫备〔2026〕999号',
    })
    expect(foreign.status).toBe(403)
    expect(String(foreign.body.detail)).toContain('在其系统')

    await act(b, 'registrar', theirs, 'DeferFiling', { items: ['审查说明'] })
    await until(
      '补正',
      () => filings(id),
      (x) => x.status === 'supplementing',
    )
    await act(a, 'secretariat', review, 'Resubmit', {
      supplied: [{ item: '审查说明', file: { name: '审查说明.txt', content: '审查说明：合法。' } }],
      note: '已经补齐。',
    })
    const again = await until(
      '补正到乙',
      () => fileOf(b, 'registrar', theirs),
      (x) => x.stage === 'form_check',
    )
    const supplied = again.submissions.at(-1)?.supplied ?? []
    expect(supplied).toMatchObject([{ item: '审查说明', file: '审查说明.txt' }])
    expect(
      await (await (await b.as('registrar')).raw(`/api/matters/${theirs}/files/${supplied[0]?.sha256}`)).text(),
    ).toBe('审查说明：合法。')
    await act(b, 'registrar', theirs, 'RegisterFiling', { number: '卫备〔2026〕101号' })
    expect(
      await until(
        '登记',
        () => filings(id),
        (x) => x.status === 'registered',
      ),
    ).toMatchObject({
      number: '卫备〔2026〕101号',
    })
    await act(b, 'filing.city', theirs, 'StartReview', { kind: 'own' })
    await act(b, 'filing.city', theirs, 'RecordCheck', { items: [{ item: 'powers', result: 'doubt' }] })
    await act(b, 'filing.city', theirs, 'AskExplanation', { questions: '第三条的依据是什么？' })
    await until(
      '函询到甲',
      () => fileOf(a, 'secretariat', review),
      (x) => x.stage === 'inquiry',
    )
    await act(a, 'secretariat', review, 'Explain', { text: '依据《民法典》。' })
    const answered = await until(
      '答复到乙',
      () => fileOf(b, 'filing.city', theirs),
      (x) => x.stage !== 'inquiry',
    )
    expect(answered.inquiries[0]?.answered?.text).toBe('依据《民法典》。')
    await act(b, 'filing.city', theirs, 'IssueReviewOpinion', {
      findings: [
        { item: 'powers', problem: '第三条增设条件。', ground: '《优化营商环境条例》第六十四条', demand: 'amend' },
      ],
    })
    await until(
      '意见到甲',
      () => filings(id),
      (x) => x.status === 'correction',
    )
    // 逐项审查是乙的内部记录，不送来。
    const seen = await fileOf(a, 'secretariat', review)
    expect(JSON.stringify(seen)).not.toContain('存在疑问')
    expect(seen).toMatchObject({ stage: 'opinion' })
    await act(a, 'secretariat', review, 'AnswerOpinion', { action: 'explain', answer: '说明如下。' })
    await until(
      '答复到乙',
      () => fileOf(b, 'filing.city', theirs),
      (x) => JSON.stringify(x).includes('说明如下。'),
    )
    await act(b, 'filing.city', theirs, 'CloseReview', { outcome: 'explained', conclusion: '说明以后没有问题。' })
    await until(
      '审结到甲',
      () => filings(id),
      (x) => x.status === 'closed',
    )
    expect(await fileOf(a, 'secretariat', review)).toMatchObject({ stage: 'closed' })
    // 两边的往来记录相同。
    const compared = await (await a.as('admin')).post('/api/exchange/turn', {})
    expect(compared.status, JSON.stringify(compared.body)).toBe(200)
    const same = await until(
      '两边相同',
      async () => (await (await a.as('admin')).post('/api/exchange/reconcile', { peer: b.name })).body,
      (x) => x.equal === true,
    )
    expect(same.requests).toBe(1)
  })
})
