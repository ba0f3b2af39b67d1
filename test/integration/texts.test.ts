// 办公室里的文本，经接口：结构、检查、比较、位置、工作稿、导入与导出；未公布的文字不到外人手里。
import { randomUUID } from 'node:crypto'
import { type CommandType, noClassification } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { importDocx } from '@dianzhang/formats'
import { chineseNumeral, parseText } from '@dianzhang/text'
import { runDueJobs } from '@dianzhang/workflow'
import { beforeAll, describe, expect, test } from 'vitest'
import { docxOf, docxParts, paragraph, run, zipOf } from '../../packages/formats/src/docx-import/docx.fixture.ts'
import { working } from '../../packages/text-work/src/work-elsewhere.ts'
import { type Client, httpOffice, json, problemOf, staff } from '../support/http.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const repealed = '示范县取水管理暂行规定'
const first = [
  '示范县农村供水管理办法',
  '第一条　为规范农村供水，根据《中华人民共和国水法》《示范省供水条例》和《示范县取水管理暂行规定》，制定本办法。',
  '第二条　本县行政区域内的农村供水适用本办法。',
  '第三条　用水户应当交纳供水保证金。',
  '第四条　供水单位停水的，应当提前三日告知。',
  '第五条　违反本办法的，处五百元以上五千元以下罚款。',
  '第六条　本办法由县水务局负责解释。',
  '第七条　本办法自2027年3月1日起施行，有效期五年。',
].join('\n')
const second = [
  '示范县农村供水管理办法',
  '第一条　为规范农村供水，根据《中华人民共和国水法》《示范省供水条例》和《示范县取水管理暂行规定》，制定本办法。',
  '第二条　本县行政区域内的农村供水适用本办法。',
  '第三条　县水务局负责农村供水的监督管理，乡镇人民政府协助做好有关工作。',
  '第四条　用水户应当交纳供水保证金。',
  '第五条　供水单位停水的，应当提前二十四小时告知。',
  '第六条　本办法由县水务局负责解释。',
  '第七条　本办法自2027年3月1日起施行，有效期五年。',
].join('\n')

interface Finding {
  id: string
  quote: string
  address?: string
  explained?: string
}
interface Findings {
  open: Finding[]
  waived: Array<{ finding: Finding; waiver: { reason: string; by: string; person: string; version: number } }>
  citations: Array<{ name: string; status: string; entry: object | null }>
}
interface Anchored {
  kind: string
  id: string
  address: string
  quote: string | null
  state: string
  now: { element: string; address: string } | null
}
interface Copy {
  revision: number
  body: string
}

describe('案卷的文本', async () => {
  const { app, ctx, office, database, anonymous, signIn } = await httpOffice({
    accounts: [
      ...staff,
      { username: 'other', unit: 'justice', roles: ['drafter'] },
      { username: 'leader', unit: 'gov', roles: ['leader'] },
      { username: 'drafter2', unit: 'water', roles: ['drafter'] },
    ],
  })
  const names = ['drafter', 'drafter2', 'head', 'reviewer', 'secretary', 'admin', 'other', 'leader'] as const
  const who = {} as Record<(typeof names)[number], Client>
  let id = ''
  const at = (path: string) => `/api/documents/${id}${path}`
  const send = async (name: (typeof names)[number], type: CommandType, payload: object = {}) => {
    const { version } = await json<{ version: number }>(who[name].get(at('')))
    return who[name].post(at('/commands'), { type, commandId: randomUUID(), expectedVersion: version, ...payload })
  }
  const done = async (name: (typeof names)[number], type: CommandType, payload: object = {}) => {
    const answer = await send(name, type, payload)
    expect(answer.status, `${type} ${await answer.clone().text()}`).toBe(200)
    return json<Record<string, unknown>>(answer)
  }
  const request = (client: Client, method: string, path: string, body: unknown, headers: Record<string, string>) =>
    Promise.resolve(
      app.request(path, {
        method,
        headers: { ...(client.cookie === '' ? {} : { cookie: client.cookie }), ...headers },
        body: body instanceof Uint8Array ? body.slice() : JSON.stringify(body),
      }),
    )
  const save = (client: Client, seen: string | null, body: string, more: object = {}) =>
    request(
      client,
      'PUT',
      at('/working-copy'),
      { basedOn: null, body, ...more },
      { 'content-type': 'application/json', ...(seen === null ? {} : { 'if-match': seen }) },
    )
  const upload = (client: Client, bytes: Uint8Array, query = '', type = docx) =>
    request(client, 'POST', at(`/docx-import${query}`), bytes, { 'content-type': type })

  beforeAll(async () => {
    for (const name of names) who[name] = await signIn(name)
    await office.db.insert(schema.registerEntries).values({
      jurisdictionId: '640522',
      id: 'old-rule',
      origin: 'made',
      title: repealed,
      issuers: ['示范县人民政府'],
      disclosure: 'active',
      publishedOn: '2015-01-05',
      effectiveDate: '2015-02-01',
      forceEvents: [{ kind: 'repealed', on: '2020-06-01', reason: '被新规定取代', byDocument: null }],
      body: '第一条　……',
      textHash: '0'.repeat(64),
      attachments: [],
      metadata: {},
      createdAt: new Date('2015-01-05T00:00:00Z'),
    })
    const proposed = await who.drafter.post('/api/documents', {
      commandId: randomUUID(),
      title: '示范县农村供水管理办法',
      jurisdiction: '640522',
      issuers: ['gov'],
      tier: 'government',
      classification: {
        ...noClassification,
        emergency: {
          ground: 'superior_order',
          reference: { act: '自治区防汛抗旱指挥部紧急通知', number: '宁汛发〔2026〕2号', date: '2026-02-01' },
          approver: 'leader',
        },
      },
      necessity: '规范农村供水管理。',
    })
    id = (await json<{ id: string }>(proposed)).id
    await done('secretary', 'ApproveInitiation')
  })

  test('工作稿：以所见的版本保存，两人同时改的后一人得到前一人的；只给起草单位的经办人', async () => {
    expect((await save(who.drafter, null, '甲')).status).toBe(428)
    expect(await json<null>(who.drafter.get(at('/working-copy')))).toBeNull()
    const one = await json<Copy>(save(who.drafter, '"0"', '甲'))
    const both = await Promise.all([
      save(who.drafter, `"${one.revision}"`, '甲改'),
      save(who.drafter2, `"${one.revision}"`, '乙改'),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 412])
    const lost = both.find((answer) => answer.status === 412) as Response
    const problem = (await problemOf(lost)) as unknown as { code: string; current: Copy }
    const kept = await json<Copy>(who.drafter2.get(at('/working-copy')))
    expect(problem).toMatchObject({ code: 'stale_working_copy', current: { revision: kept.revision, body: kept.body } })
    for (const [name, status] of [
      ['admin', 403],
      ['head', 403],
      ['reviewer', 403],
      ['other', 404],
    ] as const) {
      expect((await who[name].get(at('/working-copy'))).status, name).toBe(status)
      expect((await save(who[name], '"0"', '外人')).status, name).toBe(status)
    }
    expect((await save(anonymous, '"0"', '外人')).status).toBe(401)
    const bad = await problemOf(await save(who.drafter, `"${kept.revision}"`, '甲', { basedOn: 5 }))
    expect(bad.issues?.[0]?.path).toBe('basedOn')

    // 没有看过的工作稿不因他人保存正式文本而丢失。
    for (const unseen of [0, one.revision]) {
      const refused = await send('drafter', 'SaveDraft', { body: first, workingCopyRevision: unseen })
      expect(refused.status).toBe(412)
      expect(await problemOf(refused)).toMatchObject({
        code: 'stale_working_copy',
        current: { revision: kept.revision, body: kept.body },
      })
    }
    expect(await json<Copy>(who.drafter.get(at('/working-copy')))).toMatchObject({ revision: kept.revision })
    expect(await json<unknown[]>(who.drafter.get(at('/versions')))).toEqual([])
    // 看过的，保存为正式文本即清除；手中的旧号不能覆盖后来的工作稿。
    await done('drafter', 'SaveDraft', { body: first, note: '初稿', workingCopyRevision: kept.revision })
    expect(await json<null>(who.drafter.get(at('/working-copy')))).toBeNull()
    expect((await save(who.drafter2, `"${kept.revision}"`, '乙的旧稿')).status).toBe(412)
    await save(who.drafter, '"0"', '重新开始', { basedOn: 1 })
    expect((await save(who.drafter2, `"${kept.revision}"`, '乙的旧稿')).status).toBe(412)
    expect((await who.drafter.delete(at('/working-copy'))).status).toBe(204)
    // 不进入台账。
    const history = await (await who.drafter.get(at('/history'))).text()
    expect(history).not.toContain('重新开始')
  })

  test('检查与“此处不改”：问题随材料冻结，起草人只能说明 block 级的问题，审核人才能了结', async () => {
    const found = await json<Findings>(who.drafter.get(at('/versions/1/findings')))
    expect(found.open.map((each) => each.id)).toEqual(['C02', 'C01', 'L07', 'L03'])
    expect(found.open[1]).toMatchObject({ quote: `《${repealed}》`, address: '第一条第一款' })
    // 文件库没有而上位法目录有的，以目录为准；都没有的才问。
    expect(found.citations.map((each) => each.status)).toEqual(['in_force', 'unknown', 'repealed'])
    expect(found.citations[0]?.entry).toMatchObject({ source: 'acts', title: '中华人民共和国水法' })
    const law = { id: 'C02', quote: '《示范省供水条例》', reason: '省里已经通过，尚未公布。' }
    const wrong = await problemOf(
      await send('drafter', 'SaveDraft', { body: first, waivers: [{ ...law, reason: ' ' }] }),
    )
    expect(wrong.issues?.[0]?.path).toBe('waivers.0.reason')
    await done('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
    await done('drafter', 'ProvideArtefact', { kind: 'legal_basis_table', bases: [{ title: '中华人民共和国水法' }] })
    await done('head', 'ProvideArtefact', { kind: 'own_legality_opinion', conclusion: 'lawful', body: '同意提请。' })
    await done('leader', 'ApproveDeviation', { rule: 'emergency' })
    const answer = await done('head', 'SubmitForReview', {
      waivers: [law, { id: 'L07', quote: found.open[2]?.quote, reason: '请审核机构把关。' }],
    })
    expect(answer.findings).toEqual({ open: 3, waived: 1 })
    const [frozen] = await json<Array<Findings & { textVersion: number; linter: string }>>(
      who.reviewer.get(at('/review-findings')),
    )
    expect(frozen).toMatchObject({ textVersion: 1, waived: [{ waiver: { ...law, by: 'drafter', person: 'head' } }] })
    expect(frozen?.open.map((each) => [each.id, each.explained])).toEqual([
      ['C01', undefined],
      ['L07', '请审核机构把关。'],
      ['L03', undefined],
    ])
    // 台账有理由而没有原话；表只增不改。
    const history = await (await who.reviewer.get(at('/history'))).text()
    expect(history).toContain('请审核机构把关。')
    expect(history).not.toContain('交纳供水保证金')
    const { sql } = database.connect()
    await expect(sql`update review_findings set linter = 'x'`).rejects.toThrow(/只能新增/)
    await expect(sql`delete from finding_waivers`).rejects.toThrow(/只能新增/)

    await done('reviewer', 'AcceptPackage')
    const astray = await send('reviewer', 'IssueOpinion', {
      outcome: 'revise',
      points: [
        { text: '在。', element: '第七条' },
        { text: '不在。', element: '第七条第三款' },
      ],
    })
    expect(astray.status).toBe(422)
    expect((await problemOf(astray)).issues).toEqual([
      { path: 'points.1.element', message: '送审文本（第1版）中没有“第七条第三款”' },
    ])
    await done('reviewer', 'IssueOpinion', {
      outcome: 'revise',
      points: [
        { text: '没有依据，应当删除。', element: '第五条', quote: '处五百元以上五千元以下罚款' },
        { text: '告知的时间太早，无从预见。', element: '第4条', quote: '提前三日告知' },
        { text: '保证金的标准请写明。', element: '第三条', quote: '交纳供水保证金' },
        { text: '适用范围清楚。', element: '第二条' },
        { text: '总体意见，不指某一条。' },
      ],
      waivers: [{ id: 'L07', quote: found.open[2]?.quote, reason: '上级已批准收取。' }],
    })
    await done('drafter', 'SaveDraft', { body: second, note: '删去罚款，增加监督管理' })
    await done('drafter', 'AnswerPoint', { point: '1', answer: 'adopted', version: 2 })
    await done('drafter', 'AnswerPoint', { point: '2', answer: 'adopted', version: 2 })
    const later = await json<Findings>(who.reviewer.get(at('/versions/2/findings')))
    expect(later.open.map((each) => each.id)).toEqual(['C01'])
    expect(later.waived.map(({ finding, waiver }) => [finding.id, finding.address, waiver.by, waiver.version])).toEqual(
      [
        ['C02', '第一条第一款', 'drafter', 1],
        ['L07', '第四条第一款', 'reviewer', 1],
      ],
    )
  })

  test('结构的元素标识逐版相承，审核意见在下一版中的位置：原处、移动、改动、不再存在', async () => {
    const structure = (n: number, headers: Record<string, string> = {}) =>
      who.reviewer.get(at(`/versions/${n}/structure`), headers)
    const answer = await structure(2)
    const two = await json<{ outline: { articles: number; tree: Array<{ id: string; address: string }> } }>(
      answer.clone(),
    )
    const one = await json<typeof two>(structure(1))
    const idOf = (from: typeof two, address: string) => from.outline.tree.find((node) => node.address === address)?.id
    expect(two.outline.articles).toBe(7)
    expect(idOf(two, '第四条')).toBe(idOf(one, '第三条'))
    expect(idOf(two, '第三条')).not.toBe(idOf(one, '第三条'))
    const tag = answer.headers.get('etag') ?? ''
    expect((await structure(2, { 'if-none-match': tag })).status).toBe(304)
    expect((await structure(3)).status).toBe(404)

    const anchors = await json<Anchored[]>(who.drafter.get(at('/anchors?version=2')))
    expect(anchors.map(({ id, address, state, now }) => [id, address, state, now?.address ?? null])).toEqual([
      ['1', '第五条', 'orphan', null],
      ['2', '第四条', 'changed', '第五条'],
      ['3', '第三条', 'moved', '第四条'],
      ['4', '第二条', 'exact', '第二条'],
    ])
    expect(
      (await json<Anchored[]>(who.drafter.get(at('/anchors?version=1')))).every((each) => each.state === 'exact'),
    ).toBe(true)
  })

  test('比较写明缘由：采纳的审核意见，没有的取修改说明；花脸稿与修改对照表是可以再读的 docx', async () => {
    interface Change {
      kind: string
      before: Array<{ address: string }>
      after: Array<{ address: string }>
      why: Array<{ source: string; text: string; ref?: string }>
    }
    const diff = await json<{ comparison: { changes: Change[]; counts: Record<string, number> } }>(
      who.reviewer.get(at('/diff?from=1&to=2')),
    )
    const shown = diff.comparison.changes
      .filter((change) => change.kind !== 'unchanged')
      .map((change) => [
        change.kind,
        change.before[0]?.address ?? null,
        change.after[0]?.address ?? null,
        change.why.map((why) => `${why.source} ${why.ref}`).join(),
      ])
    expect(shown).toEqual([
      ['added', null, '第三条', 'note v2'],
      ['moved', '第三条', '第四条', ''],
      ['changed', '第四条', '第五条', 'point 2'],
      ['deleted', '第五条', null, 'point 1'],
    ])
    const backwards = await json<typeof diff>(who.reviewer.get(at('/diff?from=2&to=1')))
    expect(backwards.comparison.changes.flatMap((change) => change.why)).toEqual([])
    for (const [kind, words] of [
      ['redline', ['第三条', '县水务局负责农村供水的监督管理', '二十四小时', '处五百元以上五千元以下罚款']],
      ['table', ['原条文', '审核意见：没有依据，应当删除。', '修改说明：删去罚款，增加监督管理', '第三条→第四条']],
    ] as const) {
      const answer = await who.reviewer.get(at(`/diff/${kind}.docx?from=1&to=2`))
      expect(answer.headers.get('content-type')).toBe(docx)
      expect(answer.headers.get('content-disposition')).toContain('attachment; filename*=')
      const { text } = await importDocx(new Uint8Array(await answer.arrayBuffer()))
      for (const each of words) expect(text, kind).toContain(each)
    }
  })

  test('导出再导入得到同一棵树；每种格式都能导出，没有日期的不写 Akoma Ntoso', async () => {
    const exported = await who.drafter.get(at('/versions/2/export/docx'))
    const bytes = new Uint8Array(await exported.arrayBuffer())
    const imported = await json<{ text: string; title: string; wouldLoseWords: boolean }>(upload(who.drafter, bytes))
    expect(imported).toMatchObject({ title: '示范县农村供水管理办法', wouldLoseWords: false })
    expect(parseText(imported.text).counts).toEqual(parseText(second).counts)
    for (const format of ['html', 'txt', 'akn', 'jsonld', 'json', 'csv', 'xml'])
      expect((await who.drafter.get(at(`/versions/2/export/${format}`))).status, format).toBe(200)
    const draft = await (await who.drafter.get(at('/versions/2/export/akn'))).text()
    expect(draft).toContain('name="草稿保存日期"')
    expect(draft).toContain('<FRBRauthoritative value="false"/>')
    expect((await who.drafter.get(at('/versions/2/export/exe'))).status).toBe(404)
  })

  test('导入会丢失文字的先给清单，带着这份文件的凭据才放行；什么也不存', async () => {
    const lossy = await docxOf(
      [
        paragraph('第一条　为了规范，制定本办法。'),
        paragraph(`${run('第二条　保留的文字')}<w:ins w:author="某人">${run('修订中增加的文字')}</w:ins>`),
      ].join(''),
    )
    const refused = (await problemOf(await upload(who.drafter, lossy))) as unknown as {
      code: string
      loss: Array<{ losesWords: boolean; content: string }>
      confirmation: string
      text: string
    }
    expect(refused.code).toBe('import_loses_words')
    expect(refused.loss.filter((item) => item.losesWords).map((item) => item.content)).toEqual(['修订中增加的文字'])
    expect(refused.text).toContain('第二条　保留的文字')
    expect((await upload(who.drafter, lossy, '?confirm=别的')).status).toBe(409)
    const taken = await upload(who.drafter, lossy, `?confirm=${refused.confirmation}`)
    expect(taken.status).toBe(200)
    expect(await json<object>(taken)).toMatchObject({ wouldLoseWords: true, confirmation: refused.confirmation })
    for (const [revisions, words] of [
      ['accept', '第二条　保留的文字修订中增加的文字'],
      ['reject', '第二条　保留的文字\n'],
    ] as const) {
      const decided = await upload(who.drafter, lossy, `?revisions=${revisions}`)
      expect(decided.status).toBe(200)
      const answer = await json<{ text: string }>(decided)
      expect(answer).toMatchObject({ wouldLoseWords: false, revisions: 1, redline: [{ paragraph: 2 }] })
      expect(answer.text).toContain(words)
    }
    // 逐处决定：按清单里的编号；没有点到的随“全部”，都没有说的仍列为丢失。
    const two = await docxOf(
      paragraph(
        `${run('第一条　')}<w:ins w:author="甲" w:date="2026-08-01T09:00:00Z">${run('增甲')}</w:ins>${run('，')}<w:ins w:author="乙">${run('增乙')}</w:ins>${run('。')}`,
      ),
    )
    const one = await upload(who.drafter, two, '?accept=1&reject=2')
    expect(one.status).toBe(200)
    expect(await json<object>(one)).toMatchObject({
      text: '第一条　增甲，。\n',
      wouldLoseWords: false,
      changes: [
        { number: 1, kind: 'insertion', text: '增甲', author: '甲', decision: 'accept' },
        { number: 2, kind: 'insertion', text: '增乙', author: '乙', decision: 'reject' },
      ],
    })
    const half = await upload(who.drafter, two, '?accept=1')
    expect(half.status).toBe(409)
    expect(await problemOf(half)).toMatchObject({
      code: 'import_loses_words',
      changes: [{ decision: 'accept' }, { decision: 'undecided' }],
    })
    expect(await json<object>(upload(who.drafter, two, '?revisions=accept&reject=2'))).toMatchObject({
      text: '第一条　增甲，。\n',
    })
    for (const [query, path, said] of [
      ['?accept=3', 'accept', '文件里共有2处修订，没有第3处'],
      ['?reject=1-9', 'reject', '没有第3处'],
      ['?accept=1&reject=1', 'reject', '不能又接受又拒绝'],
      ['?accept=一', 'accept', '应为修订的编号'],
    ] as const) {
      const wrong = await upload(who.drafter, two, query)
      expect(wrong.status).toBe(422)
      const { issues } = await problemOf(wrong)
      expect(issues).toMatchObject([{ path }])
      expect(issues?.[0]?.message).toContain(said)
    }
    const unclear = await upload(who.drafter, lossy, '?revisions=some')
    expect(unclear.status).toBe(422)
    expect((await problemOf(unclear)).issues).toMatchObject([{ path: 'revisions' }])
    expect(await json<null>(who.drafter.get(at('/working-copy')))).toBeNull()
    expect(await json<unknown[]>(who.drafter.get(at('/versions')))).toHaveLength(2)
  })

  test('坏文件得到说得清楚的拒绝：压缩炸弹、外部实体、设密、别的文件、过大、别的类型', async () => {
    const parts = docxParts(paragraph('正文'))
    const doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    const encrypted = new Uint8Array(2048)
    encrypted.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    encrypted.set(new Uint8Array(Buffer.from('EncryptedPackage', 'utf16le')), 1024)
    const files: Array<[string, Uint8Array, RegExp]> = [
      [
        '压缩炸弹',
        await zipOf({ ...parts, 'word/document.xml': { content: new Uint8Array(13 << 20) } }),
        /解压后超过上限/,
      ],
      ['外部实体', await zipOf({ ...parts, 'word/document.xml': doctype }), /DOCTYPE/],
      ['设有密码', encrypted, /密码/],
      ['PDF', new Uint8Array(Buffer.from('%PDF-1.7')), /PDF/],
      ['空文件', new Uint8Array(), /空的/],
      ['不完整', (await zipOf(parts)).slice(0, 300), /不完整/],
    ]
    for (const [name, bytes, message] of files) {
      const answer = await upload(who.drafter, bytes)
      expect(answer.status, name).toBe(422)
      const [issue] = (await problemOf(answer)).issues ?? []
      expect(issue?.path, name).toBe('file')
      expect(issue?.message, name).toMatch(message)
    }
    // 一百兆：不论声明与否，都不整个读进内存。
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        if (sent > 2000) controller.close()
        else controller.enqueue(new Uint8Array(1 << 20))
      },
    })
    const large = await app.request(at('/docx-import'), {
      method: 'POST',
      headers: { cookie: who.drafter.cookie, 'content-type': docx },
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect((await problemOf(large)).code).toBe('too_large')
    expect(sent).toBeLessThan(130)
    expect((await upload(who.drafter, await zipOf(parts), '', 'application/zip')).status).toBe(415)
    for (const [name, status] of [
      ['admin', 403],
      ['head', 403],
      ['reviewer', 403],
      ['other', 404],
    ] as const)
      expect((await upload(who[name], await zipOf(parts))).status, name).toBe(status)
    expect((await upload(anonymous, await zipOf(parts))).status).toBe(401)
  })

  test('未公布的文字：外单位 404，系统管理员 403，没有登录 401', async () => {
    const paths = [
      '/versions/2/structure',
      '/versions/2/findings',
      '/versions/2/export/docx',
      '/diff?from=1&to=2',
      '/diff/redline.docx?from=1&to=2',
      '/diff/table.docx?from=1&to=2',
      '/anchors?version=2',
      '/review-findings',
    ]
    for (const path of paths) {
      expect((await who.other.get(at(path))).status, path).toBe(404)
      expect((await who.admin.get(at(path))).status, path).toBe(403)
      expect((await anonymous.get(at(path))).status, path).toBe(401)
      expect((await who.reviewer.get(at(path))).status, path).toBe(200)
    }
    // 案卷与台账人人可看，其中摘引的原话不给不能看文本的人。
    for (const path of ['', '/history']) {
      const quoted = '处五百元以上五千元以下罚款'
      expect(await (await who.reviewer.get(at(path))).text(), path).toContain(quoted)
      const shown = await (await who.admin.get(at(path))).text()
      expect(shown, path).toContain('没有依据，应当删除。')
      expect(shown, path).not.toContain(quoted)
    }
  })

  test('未保存的文字里的引用可以查明，只给登录的人', async () => {
    const text = `依照《${repealed}》第三条办理。`
    const found = await json<Findings>(who.other.post('/api/citations/resolve', { text }))
    expect(found.citations).toMatchObject([{ name: repealed, status: 'repealed', entry: { id: 'old-rule' } }])
    const before = await json<Findings>(who.other.post('/api/citations/resolve', { text, on: '2018-01-01' }))
    expect(before.citations[0]?.status).toBe('in_force')
    expect((await anonymous.post('/api/citations/resolve', { text })).status).toBe(401)
    const wrong = await problemOf(await who.other.post('/api/citations/resolve', { text, on: '2026-02-30' }))
    expect(wrong.issues?.[0]?.path).toBe('on')
  })

  test('很长的两版在另外的线程里比较、检查：还没有做完，别的请求已经得到答复', async () => {
    const long = (word: string): string =>
      Array.from({ length: 1700 }, (_, i) => {
        const article = `第${chineseNumeral(i + 1)}条　`
        return `${article}${word}申请人应当自收到通知之日起${(i % 7) + 3}日内向县水务局提交第${(i * 7919) % 1000}号材料。`
      }).join('\n')
    await done('drafter', 'SaveDraft', { body: long('甲') })
    await done('drafter', 'SaveDraft', { body: long('乙') })
    const order: string[] = []
    const meanwhile = async (path: string): Promise<Response> => {
      const asking = who.reviewer.get(at(path)).then((answer) => {
        order.push(path)
        return answer
      })
      while (working() === 0 && order.at(-1) !== path) await new Promise((resolve) => setImmediate(resolve))
      expect((await app.request('/healthz')).status).toBe(200)
      order.push('别的')
      return asking
    }
    const comparing = meanwhile('/diff?from=3&to=4')
    const { comparison } = await json<{ comparison: { counts: Record<string, number> } }>(comparing)
    const found = await json<Findings>(meanwhile('/versions/4/findings'))
    expect(order).toEqual(['别的', '/diff?from=3&to=4', '别的', '/versions/4/findings'])
    expect(found.open.map((finding) => finding.id)).toContain('S01')
    expect(comparison.counts).toMatchObject({ changed: 1700, added: 0, deleted: 0 })
    // 位置也在那里找，结果同短的文本一样。
    const anchors = await json<Anchored[]>(who.reviewer.get(at('/anchors?version=4')))
    expect(anchors.map(({ state }) => state)).toEqual(['orphan', 'orphan', 'orphan', 'orphan'])
  })

  test('公众对某一条提意见：地址或者标识都可以，稿中没有的 422；意见随文本移动', async () => {
    const proposed = await who.drafter.post('/api/documents', {
      commandId: randomUUID(),
      title: '示范县农村供水收费办法',
      jurisdiction: '640522',
      issuers: ['gov'],
      tier: 'government',
      classification: { ...noClassification, affectsRights: true },
      necessity: '规范收费。',
    })
    id = (await json<{ id: string }>(proposed)).id
    await done('secretary', 'ApproveInitiation')
    await done('drafter', 'SaveDraft', { body: first })
    await done('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
    await done('drafter', 'RequestOpinions', { units: ['justice'] })
    const opened = await done('drafter', 'OpenPublicConsultation', {})
    const comment = (element: string, more: object = {}) =>
      anonymous.post(`/public/v1/consultations/${String(opened.consultationId)}/comments`, {
        text: `对${element}的意见`,
        anchor: { element, ...more },
      })
    const missing = await problemOf(await comment('第九十九条'))
    expect(missing.issues).toEqual([{ path: 'anchor.element', message: '征求意见稿中没有“第九十九条”' }])
    const structure = parseText(first)
    expect((await comment('第3条')).status).toBe(201)
    expect((await comment(structure.body[3]?.id ?? '', { quote: '提前三日告知' })).status).toBe(201)
    const receipt = (await json<{ receipt: string }>(comment('第五条'))).receipt
    expect(await json<object>(anonymous.get(`/public/v1/receipts/${receipt}`))).toMatchObject({
      anchor: { element: '第五条' },
    })
    const closing = new Date(`${String(opened.closesOn)}T00:00:00+08:00`)
    await ctx.demoClock?.advance(new Date(closing.getTime() + 30 * 3600_000))
    await runDueJobs(office)
    await done('drafter', 'SaveDraft', { body: second, note: '按公众意见修改' })
    const list = await json<{ items: Array<{ id: string; text: string; address: string }> }>(
      who.drafter.get(at('/comments')),
    )
    expect(list.items.map((each) => each.address).sort()).toEqual(['第三条', '第四条', '第五条'].sort())
    const shorter = list.items.find((each) => each.address === '第四条')
    await done('drafter', 'DisposeComment', {
      comment: shorter?.id,
      disposition: 'adopted',
      reason: '已改为二十四小时。',
      version: 2,
    })
    const anchors = await json<Anchored[]>(who.drafter.get(at('/anchors?version=2')))
    expect(
      Object.fromEntries(anchors.map(({ address, state, now }) => [address, `${state} ${now?.address ?? ''}`])),
    ).toEqual({ 第三条: 'moved 第四条', 第四条: 'changed 第五条', 第五条: 'orphan ' })
    const diff = await json<{ comparison: { changes: Array<{ why: Array<{ source: string; text: string }> }> } }>(
      who.drafter.get(at('/diff?from=1&to=2')),
    )
    const why = diff.comparison.changes.flatMap((change) => change.why.map((each) => each.source))
    expect(why).toEqual(['note', 'comment', 'note'])
  })
})
