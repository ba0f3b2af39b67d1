// 备案审查，经接口：报送随即在受理机关开启一件，登记、补正、退回、函询、意见、改正都在那一件上办，结果送达制定机关的案卷。
import { randomUUID } from 'node:crypto'
import { answers, noClassification } from '@dianzhang/contract'
import { checkLayout, gbt9704, importDocx } from '@dianzhang/formats'
import { handOverFilings } from '@dianzhang/workflow'
import mammoth from 'mammoth'
import { readSheet } from 'read-excel-file/node'
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
    title: `海原县第${++serial}件农机补贴办法`,
  })
const body = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Json })
async function command(username: string, id: string, type: string, payload: Json = {}, commandId = randomUUID()) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  return body(
    await c.post(username, `/api/matters/${id}/commands`, {
      type,
      commandId,
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
const filingOf = async (username: string, id: string) =>
  answers.FilingFile.and(answers.Matter).parse(await c.get<Json>(username, `/api/matters/${id}`)) as Json & {
    stage: string
    missing: string[]
    nextNumber: string | null
    letters: Array<{ id: string; label: string }>
    checks: unknown[]
    materials: Array<{ name: string; asked: boolean }>
  }
const documentOf = (id: string) =>
  c.get<{
    version: number
    filings: Record<string, { status: string; number: string | null; review?: string; asked: string[] }>
  }>('secretariat', `/api/documents/${id}`)
const status = async (id: string) => (await documentOf(id)).filings.government?.status
/** 报送一件；答复其在受理机关的那一件。 */
async function filed(materials: string[] = ['备案报告', '审查说明', '正式文本']) {
  const document = await published()
  await document.do('secretariat', 'FileDocument', { track: 'government', materials })
  const review = (await documentOf(document.id)).filings.government?.review ?? ''
  expect(review).not.toBe('')
  return { document, review }
}
const nine = (result: string) => ({
  items: Object.keys({
    party_policy: 1,
    powers: 1,
    higher_law: 1,
    procedure: 1,
    proportion: 1,
    values: 1,
    circumstances: 1,
    consistency: 1,
    other: 1,
  }).map((item) => ({ item, result: item === 'powers' ? result : 'none' })),
})
const finding = {
  item: 'powers',
  problem: '第二条增设条件。',
  ground: '《优化营商环境条例》第六十四条',
  demand: 'amend',
}

/** 这一件恰好有这些文书（依先后），每一份取得走、合于公文版式、写着它的名称。 */
async function lettersOf(review: string, ids: string[]) {
  const { letters } = await filingOf('secretariat', review)
  expect(letters.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  for (const { id, label } of letters) {
    const answer = await c.app.request(`/api/matters/${review}/letters/${id}`, {
      headers: { cookie: await c.session('secretariat') },
    })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(await checkLayout(bytes, gbt9704), label).toEqual([])
    expect(JSON.stringify(await importDocx(bytes)), id).toContain(label)
  }
}

describe('备案审查', () => {
  it('缺材料的暂缓登记，逐项补正上传；登记须有登记号，一号一件；审查须逐项，审结送达制定机关；各份文书合于版式', async () => {
    const { document, review } = await filed(['正式文本'])
    const before = await filingOf('registrar.county', review)
    expect(before).toMatchObject({ stage: 'received', missing: ['备案报告', '审查说明'] })
    expect((await command('registrar.county', review, 'RegisterFiling')).status).toBe(422)
    await done('registrar.county', review, 'DeferFiling', { items: ['备案报告', '审查说明'] })
    expect(await status(document.id)).toBe('supplementing')
    // 制定机关的人看不到审查的内部记录，可以补正。
    const content = Buffer.from('审查说明：本办法……').toString('base64')
    await done('head', review, 'Resubmit', {
      supplied: [
        { item: '备案报告', file: { name: '备案报告.txt', content: '备案报告' } },
        {
          item: '审查说明',
          file: { name: '审查说明.bin', mediaType: 'application/octet-stream', contentBase64: content },
        },
      ],
      note: '已经补齐。',
    })
    expect(await status(document.id)).toBe('filed')
    const again = await filingOf('registrar.county', review)
    expect(again).toMatchObject({ stage: 'form_check', missing: [] })
    const files = (again.submissions as Array<{ supplied: Array<{ sha256: string }> }>).at(-1)?.supplied ?? []
    const file = await c.app.request(`/api/matters/${review}/files/${files[1]?.sha256}`, {
      headers: { cookie: await c.session('registrar.county') },
    })
    expect(await file.text()).toBe('审查说明：本办法……')
    const number = again.nextNumber ?? ''
    expect(number).toMatch(/^海备〔2026〕\d+号$/)
    await done('registrar.county', review, 'RegisterFiling', { number })
    expect((await documentOf(document.id)).filings.government).toMatchObject({ status: 'registered', number })
    const other = await filed()
    await refused('registrar.county', other.review, 'RegisterFiling', { number }, 'filing-review.number-unused')
    // 登记人不作实质审查。
    expect((await command('registrar.county', review, 'StartReview', { kind: 'own' })).status).toBe(403)
    await done('filing.county', review, 'StartReview', { kind: 'own' })
    await refused('filing.county', review, 'CloseReview', { outcome: 'no_problem' }, 'filing-review.checked')
    await done('filing.county', review, 'RecordCheck', nine('none'))
    expect((await filingOf('head', review)).checks).toEqual([])
    await done('filing.county', review, 'CloseReview', { outcome: 'no_problem' })
    expect(await status(document.id)).toBe('closed')
    await lettersOf(review, ['supplement', 'receipt', 'conclusion'])
    const none = await c.app.request(`/api/matters/${review}/letters/opinion`, {
      headers: { cookie: await c.session('secretariat') },
    })
    expect(none.status).toBe(404)
  })

  it('同一件事在待办里只有一处：受理机关的登记人、审查人、报送一方都在备案审查上，制定机关的案卷不另等谁；旧数据起动时移过去', async () => {
    const { document, review } = await filed()
    /** 某人的待办里关于这一件的：事项与要办的命令。 */
    const mine = async (username: string) => {
      const { items } = await c.get<{ items: Array<{ id: string; mine: Array<{ command: string }> }> }>(
        username,
        '/api/matters?mine=true&limit=100',
      )
      return items
        .filter(({ id }) => id === document.id || id === review)
        .flatMap(({ id, mine: lines }) => lines.map(({ command: one }) => [id === review ? 'review' : 'file', one]))
        .filter(([, one]) => one !== 'ArchiveFile')
    }
    const offered = async (username: string, id: string) =>
      (await c.get<Array<{ command: string; mine: boolean; need: string }>>(username, `/api/matters/${id}/actions`))
        .filter((each) => each.mine)
        .map((each) => each.command)
    expect(await mine('registrar.county')).toEqual([['review', 'RegisterFiling']])
    // 报送的一方在“我在等”里看得到等着受理机关，自何日、至何日；案卷上也说；受理一方的人不在等。
    const waits = async (username: string) =>
      (
        await c.get<{ items: Array<{ id: string; waitingFor: Json | null }> }>(
          username,
          '/api/matters?waiting=true&limit=100',
        )
      ).items.find(({ id }) => id === review)?.waitingFor
    const awaited = { unit: { id: 'hy-gov' }, dueOn: expect.any(String), since: expect.any(String) }
    for (const username of ['secretariat', 'head', 'drafter'])
      expect(await waits(username), username).toMatchObject(awaited)
    for (const username of ['registrar.county', 'filing.county', 'reviewer'])
      expect(await waits(username)).toBeUndefined()
    expect((await documentOf(document.id)).filings.government).toMatchObject({ waitingFor: awaited })
    const closing = ['AcknowledgeFiling', 'RequestFilingSupplement', 'ReturnFiling', 'RequestCorrection', 'CloseFiling']
    expect((await offered('registrar.county', document.id)).filter((one) => closing.includes(one))).toEqual([])
    await done('registrar.county', review, 'DeferFiling', { items: ['审查说明'] })
    expect(await mine('registrar.county')).toEqual([])
    expect(await mine('secretariat')).toEqual([['review', 'Resubmit']])
    await done('secretariat', review, 'Resubmit', {
      supplied: [{ item: '审查说明', file: { name: '说明.txt', content: '说明' } }],
      note: '已经补齐。',
    })
    await done('registrar.county', review, 'RegisterFiling', { number: '海备〔2026〕951号' })
    expect(await mine('registrar.county')).toEqual([])
    expect(await mine('filing.county')).toEqual([['review', 'StartReview']])

    // 以前的版本在案卷上另等登记人办结：起动时依现在的规则重新推算，记在台账上；再起动不再办。
    await c.sql`insert into turns (jurisdiction_id, matter_id, command, role, unit, since, process, stage, business_of, opened_by, next_due_on)
      select jurisdiction_id, id, 'CloseFiling', 'registrar', 'hy-gov', now(), process, stage, unit, opened_by, next_due_on
      from matters where id = ${document.id}`
    expect(await mine('registrar.county')).toEqual([['file', 'CloseFiling']])
    const before = (await documentOf(document.id)).version
    expect(await handOverFilings(c.office)).toBeGreaterThan(0)
    expect(await mine('registrar.county')).toEqual([])
    const after = (await documentOf(document.id)).version
    expect(after).toBe(before + 1)
    await handOverFilings(c.office)
    expect((await documentOf(document.id)).version).toBe(after)
  })

  it('旧的名称照旧可用：在案卷上办理的登记、补正、退回、意见、办结落在受理机关的那一件上，同一命令得到同一答复', async () => {
    const { document, review } = await filed()
    const version = (await documentOf(document.id)).version
    const commandId = randomUUID()
    const give = (expectedVersion: number) =>
      c.post('registrar.county', `/api/documents/${document.id}/commands`, {
        type: 'AcknowledgeFiling',
        commandId,
        expectedVersion,
        track: 'government',
      })
    expect((await give(version + 5)).status).toBe(412)
    const first = await body(await give(version))
    expect(first.status, JSON.stringify(first.body)).toBe(200)
    expect(first.body).toMatchObject({ id: document.id, stage: 'effective', version: version + 1 })
    expect(await body(await give(version))).toEqual(first)
    // 别的机关的登记人不能办。
    const foreign = await filed()
    expect(
      (
        await c.post('registrar.npc', `/api/documents/${foreign.document.id}/commands`, {
          type: 'AcknowledgeFiling',
          commandId: randomUUID(),
          expectedVersion: (await documentOf(foreign.document.id)).version,
          track: 'government',
        })
      ).status,
    ).toBe(404)
    const registered = await filingOf('registrar.county', review)
    expect(registered).toMatchObject({ stage: 'registered' })
    expect((registered.registered as Json).number).toMatch(/^海备〔2026〕\d+号$/)
    // 台账上办理人是登记人本人，案卷上是系统送达。
    const [on] =
      await c.sql`select body -> 'actor' as actor from ledger_events where matter_id = ${review} and type = 'FilingRegistered'`
    expect(on?.actor).toMatchObject({ person: 'registrar.county', roles: ['registrar'] })
    const [told] =
      await c.sql`select body -> 'actor' as actor from ledger_events where matter_id = ${document.id} and type = 'FilingRegistered'`
    expect(told?.actor).toMatchObject({ person: null, roles: ['system'] })
    await done('registrar.county', document.id, 'RequestCorrection', {
      track: 'government',
      points: ['第二条增设条件。'],
    })
    expect(await filingOf('registrar.county', review)).toMatchObject({ stage: 'opinion' })
    await done('secretariat', document.id, 'AnswerCorrection', {
      track: 'government',
      answer: '说明。',
      action: 'explain',
    })
    await done('registrar.county', document.id, 'CloseFiling', {
      track: 'government',
      conclusion: '说明以后没有问题。',
    })
    expect(await filingOf('registrar.county', review)).toMatchObject({ stage: 'closed' })
    expect(await status(document.id)).toBe('closed')
  })

  it('退回以后重新报送仍在同一件上；公布而没有报送的由比对得出，要求报送以后才催报、通报', async () => {
    const { document, review } = await filed()
    await done('registrar.county', review, 'ReturnFiling', { ground: 'other', reason: '文本不是公布的文本。' })
    expect(await status(document.id)).toBe('returned')
    await lettersOf(review, ['return'])
    // 表单所列的、规则所要的、备案审查一件上所列的，是规则包的同一份清单。
    const asked = (await documentOf(document.id)).filings.government?.asked ?? []
    const again = await done('secretariat', document.id, 'FileDocument', {
      track: 'government',
      materials: ['备案报告'],
    })
    expect(asked).toContain('备案报告')
    const lacking = asked.filter((one) => one !== '备案报告')
    expect(JSON.stringify(again)).toContain(`没有列明${lacking.join('、')}`)
    expect((await filingOf('registrar.county', review)).materials.filter((x) => x.asked).map((x) => x.name)).toEqual(
      asked,
    )
    expect((await documentOf(document.id)).filings.government?.review).toBe(review)
    expect(await filingOf('registrar.county', review)).toMatchObject({ stage: 'received' })

    const late = await published()
    c.go('2026-05-20')
    const found = (
      await c.get<{ items: Array<{ document: string; daysLate: number }> }>('registrar.county', '/api/filings/unfiled')
    ).items
    expect(found.find((x) => x.document === late.id)?.daysLate).toBeGreaterThan(0)
    const opened = await body(
      await c.post('registrar.county', '/api/matters', {
        process: 'filing-review',
        commandId: randomUUID(),
        document: late.id,
        track: 'government',
        reason: '超过期限没有报送。',
      }),
    )
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const id = String(opened.body.id)
    expect(await filingOf('registrar.county', id)).toMatchObject({ stage: 'required' })
    await refused('registrar.county', id, 'RemindFiling', {}, 'filing-review.ladder')
    c.go('2026-06-10')
    await done('registrar.county', id, 'RemindFiling', { text: '请尽快报送。' })
    await done('registrar.county', id, 'CriticiseFiling', { text: '逾期没有报送，予以通报。', until: '2026-06-30' })
    await lettersOf(id, ['require', 'remind', 'criticise'])
    // 第二次开启同一件，不行；报送以后落在已经开启的这一件上。
    const twice = await c.post('registrar.county', '/api/matters', {
      process: 'filing-review',
      commandId: randomUUID(),
      document: late.id,
      track: 'government',
    })
    expect(twice.status).toBe(409)
    await done('secretariat', late.id, 'FileDocument', {
      track: 'government',
      materials: ['备案报告', '审查说明', '正式文本'],
    })
    expect((await documentOf(late.id)).filings.government?.review).toBe(id)
    expect(await filingOf('registrar.county', id)).toMatchObject({ stage: 'received' })
    c.go('2026-03-02')
  })

  it('函询、沟通、意见、答复、改正须重新报送；没有改正的提出议案，撤销送达案卷', async () => {
    const { document, review } = await filed()
    await done('registrar.county', review, 'RegisterFiling', { number: `海备〔2026〕${100 + serial}号` })
    await done('filing.county', review, 'StartReview', { kind: 'own' })
    await done('filing.county', review, 'AskExplanation', { questions: '请说明第二条的依据。', until: '2026-03-12' })
    await refused('filing.county', review, 'IssueReviewOpinion', { findings: [finding] }, 'filing-review.inquiry-over')
    expect((await command('secretariat', review, 'AskExplanation', { questions: '？' })).status).toBe(403)
    await done('head', review, 'Explain', { text: '没有上位法依据。' })
    await done('filing.county', review, 'RecordCheck', nine('problem'))
    await done('filing.county', review, 'SendReminder', { text: '请注意与上位法的衔接。' })
    await refused('filing.county', review, 'CloseReview', { outcome: 'no_problem' }, 'filing-review.outcome-fits')
    await done('filing.county', review, 'IssueReviewOpinion', { findings: [finding], number: '海备审〔2026〕1号' })
    expect(await status(document.id)).toBe('correction')
    await refused(
      'filing.county',
      review,
      'MoveToAnnul',
      { motion: 'annul', reason: '没有改正。' },
      'filing-review.not-corrected',
    )
    await done('secretariat', review, 'AnswerOpinion', { action: 'keep', answer: '认为无须修改。' })
    const amending = await published()
    await refused('head', review, 'ReportCorrection', { document: amending.id }, 'filing-review.correction-filed')
    await done('filing.county', review, 'UrgeCorrection', { text: '请尽快修改第二条。' })
    await done('filing.county', review, 'MoveToAnnul', { motion: 'annul', reason: '制定机关不作修改。' })
    await refused(
      'registrar.county',
      review,
      'RecordMotionDecision',
      { decision: 'annul', made: { body: '海原县农业农村局', date: '2026-03-02' } },
      'filing-review.motion-competent',
    )
    await done('registrar.county', review, 'RecordMotionDecision', {
      decision: 'annul',
      made: { body: '海原县人民政府', date: build.today(c) },
    })
    await done('filing.county', review, 'CloseReview', { outcome: 'annulled' })
    await lettersOf(review, ['receipt', 'inquiry', 'reminder', 'opinion', 'urge', 'motion', 'decision', 'conclusion'])
    const { body: file } = await body(
      await c.app.request(`/api/documents/${document.id}`, { headers: { cookie: await c.session('secretariat') } }),
    )
    expect((file.regions as Json).force).toBe('annulled')
  })

  it('补正的期限以通知写明的为准，两边的案卷相同；逾期才补正的自补正之日算，目录写明', async () => {
    const { document, review } = await filed(['正式文本'])
    await done('registrar.county', review, 'DeferFiling', { items: ['备案报告'], until: '2026-03-05' })
    const dues = await c.sql`select matter_id, due_on::text from deadlines
      where matter_id in (${document.id}, ${review}) and kind in ('filing_supplement', 'filing_supplied')`
    expect(dues.map((x) => x.due_on)).toEqual(['2026-03-05', '2026-03-05'])
    c.go('2026-03-09')
    await done('head', review, 'Resubmit', { supplied: [{ item: '备案报告', note: '已附。' }], note: '已经补齐。' })
    const { items } = await c.get<{
      items: Array<{ entry: string; sender: Json; receiver: Json; differences: string[] }>
    }>(null, '/public/v1/filing-list?year=2026')
    const [row] = await c.sql`select entry_id from filing_reviews where matter_id = ${review}`
    const line = items.find(({ entry }) => entry === row?.entry_id)
    expect(line?.sender).toMatchObject({
      sent: ['2026-03-02'],
      supplied: ['2026-03-09'],
      filedOn: '2026-03-02',
      countsFrom: '2026-03-09',
    })
    expect(line?.differences).toEqual([])
    expect(await (await c.app.request('/filing-list?year=2026')).text()).toContain('补正逾期，报送自')
    c.go('2026-03-02')
  })

  it('写错的期间、日期指明哪一栏；没有开始的、过早的不统计', async () => {
    for (const [query, path] of [
      ['filing-rates?period=2026Q5', 'period'],
      ['filing-rates?period=2026-01', 'period'],
      ['filing-rates?period=0000', 'period'],
      ['filing-rates?period=3000', 'period'],
      ['statistics?from=2026-02-30', 'from'],
      ['statistics?from=0000-01-01&to=0000-12-31', 'from'],
      ['statistics?from=2027-01-01&to=2027-12-31', 'from'],
      ['statistics?from=2026-02-01&to=2026-01-01', 'to'],
      ['statistics?as_of=2099-01-01', 'as_of'],
      ['statistics?as_of=1900-01-01', 'as_of'],
    ] as const) {
      const answer = await body(await c.app.request(`/public/v1/${query}`))
      expect([query, answer.status]).toEqual([query, 422])
      expect((answer.body.issues as Array<{ path: string; message: string }>)[0], query).toMatchObject({
        path,
        message: expect.stringMatching(/\p{Script=Han}{3}/u),
      })
    }
  })

  it('每一个数都打得开，打开的恰好那么多件；三个数加总；过去的一日照当日所知', async () => {
    interface Figure {
      id: string
      value: number | null
      numerator?: number
      denominator?: number
      list: string
      denominatorList?: string
    }
    const read = async (path: string) => c.get<{ items: Figure[]; total: number }>(null, path)
    c.go('2026-07-01')
    const { items } = await read('/public/v1/statistics?from=2026-01-01&to=2026-06-30')
    const total = async (path: string) => (await read(path)).total
    for (const x of items) {
      expect(await total(x.list), x.id).toBe(x.numerator ?? x.value)
      if (x.denominatorList) expect(await total(x.denominatorList), x.id).toBe(x.denominator)
    }
    const of = (id: string) => items.find((x) => x.id === id)
    const n = (id: string) => Number(of(id)?.value)
    expect(n('opening') + n('issued') + n('revived') - n('ended')).toBe(n('closing'))
    expect(of('filing-rate.government')?.denominator).toBeGreaterThan(0)
    const early = await read('/public/v1/statistics?from=2026-01-01&to=2026-06-30&as_of=2026-01-05')
    expect(early.items.find((x) => x.id === 'issued')?.value).toBe(0)
    const rates = await read('/public/v1/filing-rates?period=2026&track=npc')
    expect(rates.items.every(({ id }) => id.endsWith('.npc'))).toBe(true)
    // 自评：四类，每一项的清单与它的数相同；截至过去一日的，过后重算一样。
    const card = '/public/v1/scorecard?from=2026-01-01&to=2026-06-30'
    interface Card {
      value: number | null
      categories: Array<{ id: string; items: Array<{ id: string; list: string; numerator: number }> }>
    }
    const scored = await c.get<Card>(null, card)
    expect(scored.categories.map(({ id }) => id)).toEqual(['adoption', 'methodology', 'oversight', 'transparency'])
    for (const { items: shares } of scored.categories)
      for (const share of shares)
        expect((await c.get<{ total: number }>(null, share.list)).total, share.id).toBe(share.numerator)
    expect(await (await c.app.request('/scorecard')).text()).toContain('监督与质量控制')
    // 年度备案目录：两本台账没有差别，由目录重算的率与统计相符；表、电子表格、公文三种都有同样的件。
    interface List {
      total: number
      differing: number
      items: Array<{ title: string; sender: { sent: string[] }; receiver: object | null; differences: string[] }>
      rates: Array<{ id: string; agrees: boolean; denominator: number; list: string; numerator: number }>
    }
    const list = await c.get<List>(null, '/public/v1/filing-list?year=2026')
    expect(list.total).toBeGreaterThan(3)
    expect(list.items.filter((x) => x.differences.length > 0)).toEqual([])
    expect(list.items.some((x) => x.sender.sent.length > 0 && x.receiver !== null)).toBe(true)
    expect(list.rates.map(({ agrees }) => agrees)).toEqual(list.rates.map(() => true))
    expect(list.rates).toHaveLength(10)
    for (const rate of list.rates) expect((await read(rate.list)).total, rate.id).toBe(rate.numerator)
    const table = await (await c.app.request('/public/v1/filing-list.csv?year=2026')).text()
    expect(table.trim().split('\n')).toHaveLength(list.total + 1)
    const book = await readSheet(
      Buffer.from(await (await c.app.request('/public/v1/filing-list.xlsx?year=2026')).arrayBuffer()),
    )
    expect(book).toHaveLength(list.total + 1)
    const paper = await c.app.request('/public/v1/filing-list.docx?year=2026')
    const { value: words } = await mammoth.extractRawText({ buffer: Buffer.from(await paper.arrayBuffer()) })
    expect(words).toContain('2026年度规范性文件备案目录')
    expect(words).toContain('两本台账相符')
    for (const { title } of list.items) expect(words).toContain(title)
    const page = await (await c.app.request('/filing-list?year=2026')).text()
    expect(page).toContain('两本台账没有差别')
    expect((await c.app.request('/public/v1/filing-list?year=2031')).status).toBe(422)
    const unknown = await c.app.request('/public/v1/statistics/none')
    expect(unknown.status).toBe(404)
    c.go('2026-03-02')
  })

  it('不相干的人看不到；核验没有问题', async () => {
    const { review } = await filed()
    for (const stranger of ['registrar', 'filing.npc', 'drafter.housing']) {
      const answer = await c.app.request(`/api/matters/${review}`, { headers: { cookie: await c.session(stranger) } })
      expect(answer.status, stranger).toBe(404)
    }
    const report = await verifyDatabase(c.sql)
    expect(report.faults.filter(({ check }) => check !== 'seals')).toEqual([])
  })
})
