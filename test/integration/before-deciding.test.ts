// 决定之前看到的就是公众将看到的：预览由门户写成，字号填进留空之处，正文怎么写就怎么填，与上次认可的差别看得到。
import { submitComment } from '@dianzhang/workflow'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { docxOf, paragraph, run } from '../../packages/formats/src/docx-import/docx.fixture.ts'
import * as build from '../model/build.ts'
import { type County, county, type File } from '../model/county.ts'

const blank = '海政规发〔2026〕　号'
const text = [
  blank,
  build.defaultTitle,
  '第一条　为规范设施农业补助资金管理，制定本办法。',
  '第二条　本办法由县农业农村局负责解释。',
  '第三条　本办法自公布之日起30日后施行，有效期至2030年12月31日。',
].join('\n')

interface Sheet {
  approvedVersion: { n: number; by: string } | null
  number: { document: string; taken: boolean }
  publication: { effectiveDate: string; validity: unknown; interpreter: string[]; said: Record<string, unknown> }
  address: string
}
let c: County
let f: File
/** 以某人的会话取一页。 */
const page = async (
  username: string | null,
  path: string,
): Promise<{ status: number; text: string; headers: Headers }> => {
  const cookie = username === null ? '' : await c.session(username)
  const answer = await c.app.request(path, { headers: { cookie } })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const sheet = () => c.get<Sheet>('secretariat', `/api/documents/${f.id}/decision-sheet`)

beforeAll(async () => {
  c = await county({ now: '2026-03-02T09:00:00+08:00' })
  f = await build.drafted(c)
  await f.do('drafter', 'SaveDraft', { body: text })
  await f.do('head', 'SubmitForReview')
  await f.do('reviewer', 'AcceptPackage')
  await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful', number: '海司审〔2026〕9号' })
  await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
  await f.do('secretariat', 'RecordDecision', { outcome: 'adopted', ...build.countyMeeting, date: build.today(c) })
})

describe('决定之前', () => {
  it('签署以前看到的是公开页面的样子：将编的号填进正文，谁解释从正文来，页首写明是预览', async () => {
    const { number, approvedVersion, address } = await sheet()
    expect(number).toMatchObject({ taken: false })
    expect(approvedVersion).toMatchObject({ n: 2, by: expect.stringContaining('审议') })
    const preview = await page('leader', `/api/documents/${f.id}/public-preview`)
    expect(preview.status).toBe(200)
    expect(preview.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
    expect(preview.text).toContain('预览，尚未公布')
    expect(preview.text).toContain(`${number.document}</`)
    expect(preview.text).not.toContain(`>${blank}<`)
    expect(preview.text).toContain('海原县农业农村局（正文载明）')
    expect((await page(null, address)).status).toBe(404)
  })
  it('看不到案卷的人也看不到预览，系统管理员不看未公布的文本', async () => {
    expect((await page('contact.market', `/api/documents/${f.id}/public-preview`)).status).toBe(404)
    expect((await page('admin', `/api/documents/${f.id}/public-preview`)).status).toBe(403)
    expect((await page(null, `/api/documents/${f.id}/public-preview`)).status).toBe(401)
    expect((await page('leader', `/api/documents/${f.id}/public-preview?effectiveDate=2026-02-30`)).status).toBe(422)
  })
  it('施行日期与有效期照正文所写推得，附上原话与条款', async () => {
    const { publication } = await sheet()
    expect(publication).toMatchObject({
      effectiveDate: '2026-04-02',
      validity: { until: '2030-12-31' },
      interpreter: ['县农业农村局'],
      said: { effective: { address: '第三条' }, interpreter: { address: '第二条' } },
    })
  })
})

describe('公布之后', () => {
  it('签署的文本一字不动，公开的正文里字号已经填入，并说明填了什么；预览与公开的页面一致', async () => {
    await f.do('leader', 'Sign', { contentHash: f.hash })
    const signed = f.hash
    await f.do('secretariat', 'AssignNumbers')
    const { number } = await sheet()
    expect(number.taken).toBe(true)
    const given = { effectiveDate: '2026-04-02', validity: { until: '2030-12-31' } }
    await f.refused(
      'secretariat',
      'Publish',
      build.publication('2026-04-02', { validity: { none: true } }),
      'text.matches-file',
      'validity.maximum',
    )
    const before = await page(
      'secretariat',
      `/api/documents/${f.id}/public-preview?effectiveDate=2026-04-02&until=2030-12-31&channels=${encodeURIComponent('海原县人民政府网站')}`,
    )
    await f.do('secretariat', 'Publish', build.publication('2026-04-02', given))
    const entry = await c.get<{ body: string; blankNumber: string; textHash: string; documentNumber: string }>(
      null,
      `/public/v1/documents/${f.id}`,
    )
    expect(entry.documentNumber).toBe(number.document)
    expect(entry.body).toBe(text.replace(blank, number.document))
    expect(entry).toMatchObject({ blankNumber: blank, textHash: signed })
    const [row] = await c.sql`select body from register_entries where document_id = ${f.id}`
    expect(row?.body).toBe(text)
    const after = await page(null, `/register/${f.id}`)
    expect(after.text).toContain(`“${blank}”`)
    const article = (html: string) =>
      /id="text-title">正文<\/h2>([\s\S]*?)<section aria-labelledby="life-title">/.exec(html)?.[1]
    const plain = (html: string) =>
      article(html)?.replace(/<section aria-labelledby="interpretation-title">[\s\S]*/, '')
    expect(plain(before.text)).toBe(plain(after.text))
    const answer = await page(null, `/register/${f.id}/export/txt`)
    expect(answer.text).toContain(number.document)
  })
})

describe('拿错了文件，导入之前就说', () => {
  it('导入的答复列出文字与案卷的差别', async () => {
    const own = await build.drafted(c, { title: '海原县农田灌溉用水管理办法' })
    const docx = await docxOf(
      [
        paragraph(run('最高人民法院关于综合治理类司法建议工作若干问题的规定')),
        paragraph(run('第一条　为了规范司法建议工作，制定本规定。')),
        paragraph(run('第二条　本规定自2023年11月16日起施行。')),
      ].join(''),
    )
    const answer = await c.app.request(`/api/documents/${own.id}/docx-import`, {
      method: 'POST',
      headers: {
        'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        cookie: await c.session('drafter'),
      },
      body: docx.slice(),
    })
    const { differences } = (await answer.json()) as { differences: Array<{ subject: string; kind: string }> }
    expect(answer.status).toBe(200)
    expect(differences.filter(({ kind }) => kind === 'contradicts').map(({ subject }) => subject)).toEqual([
      'title',
      'effective',
    ])
  })
})

describe('公布采纳情况以前', () => {
  it('预览与公布以后公众看到的是同一页；看不到案卷的人看不到，系统管理员不看', async () => {
    const own = await build.drafted(c, { title: '海原县农田排水设施管理办法' })
    await own.do('drafter', 'OpenPublicConsultation', { channels: ['县人民政府网站'], closesAt: '2026-04-20' })
    const [round] = await c.sql`select id from public_consultations where document_id = ${own.id}`
    const address = `/consultations/${round?.id}/feedback`
    const preview = `/api/documents/${own.id}/feedback-preview`
    await submitComment(c.office, String(round?.id), { text: '请写明谁来清淤。' })
    c.go('2026-04-21')
    await c.runDue()
    await own.refresh()
    const [comment] = await c.sql`select id from comments where consultation_id = ${round?.id}`
    await own.do('drafter', 'DisposeComment', {
      comment: comment?.id,
      disposition: 'adopted',
      reason: '已写明由乡镇清淤。',
    })
    const summary = '意见已逐条研究处理。'
    const before = await page('drafter', `${preview}?summary=${encodeURIComponent(summary)}`)
    expect(before.status).toBe(200)
    expect(before.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
    expect(before.text).toContain('预览，尚未公布')
    for (const said of [summary, '已写明由乡镇清淤。']) expect(before.text).toContain(said)
    expect((await page(null, address)).text).not.toContain('已写明由乡镇清淤。')
    await own.do('drafter', 'PublishFeedback', { summary })
    const main = (html: string) =>
      /<main[\s\S]*<\/main>/.exec(html)?.[0].replaceAll(' target="_blank" rel="noopener"', '')
    expect(main(before.text)).toContain(summary)
    expect(main(before.text)).toBe(main((await page(null, address)).text))
    expect((await page('contact.market', preview)).status).toBe(404)
    expect((await page('admin', preview)).status).toBe(403)
    expect((await page(null, preview)).status).toBe(401)
    // 没有征求过意见的，没有这一页。
    expect((await page('drafter', `/api/documents/${f.id}/feedback-preview`)).status).toBe(404)
  })
})

describe('公开征求意见以前', () => {
  it('预览与公开以后公众看到的是同一页：期限、渠道、群体、联系方式、文本、起草说明；没有文本的、看不到的没有这一页', async () => {
    const own = await build.drafted(c, { title: '海原县乡村客运管理办法' })
    const proposed = {
      channels: ['县人民政府网站', '县融媒体中心'],
      groups: ['行业协会商会'],
      contact: '县农业农村局办公室，0955-4011234',
    }
    const preview = `/api/documents/${own.id}/consultation-preview`
    const asked = new URLSearchParams({
      closesAt: '2026-06-30',
      channels: proposed.channels.join('\n'),
      groups: proposed.groups.join('\n'),
      contact: proposed.contact,
    })
    const before = await page('drafter', `${preview}?${asked}`)
    expect(before.status).toBe(200)
    expect(before.text).toContain('预览，尚未公布')
    const rows = () => c.sql`select id from public_consultations where document_id = ${own.id}`
    expect(await rows()).toHaveLength(0)
    // 没有写截止日的，是依法最早的一日。
    const { consultation } = await c.get<{ consultation: { earliest: string } }>(
      'drafter',
      `/api/documents/${own.id}/decision-sheet`,
    )
    const [, m, d] = consultation.earliest.split('-').map(Number)
    expect((await page('drafter', preview)).text).toContain(`${m}月${d}日`)

    await own.do('drafter', 'OpenPublicConsultation', { ...proposed, closesAt: '2026-06-30' })
    const [round] = await rows()
    const after = await page(null, `/consultations/${round?.id}`)
    /** 每次取都不同的、公开以后才有的，不比。 */
    const main = (html: string) =>
      /<main[\s\S]*<\/main>/
        .exec(html)?.[0]
        .replaceAll(' target="_blank" rel="noopener"', '')
        .replace(/href="[^"]*#comment"/g, 'href="#comment"')
        .replace(/action="[^"]*"/g, '')
        .replace(/value="[^"]*"/g, '')
    for (const said of [...proposed.channels, ...proposed.groups, proposed.contact, '6月30日'])
      expect(main(before.text)).toContain(said)
    expect(main(before.text)).toBe(main(after.text))
    expect((await page('contact.market', preview)).status).toBe(404)
    expect((await page('admin', preview)).status).toBe(403)
    expect((await page(null, preview)).status).toBe(401)
    const blank = await c.propose('drafter', { title: '海原县村级公益岗位管理办法' })
    expect((await page('drafter', `/api/documents/${blank.id}/consultation-preview`)).status).toBe(404)
  })
})

describe('要补哪几样', () => {
  it('待办与案卷都点名缺哪几份材料，补了的不再说；台账最后一条所记与此相同', async () => {
    const own = await c.propose('drafter', { title: '海原县农村道路养护办法' })
    await own.do('secretariat', 'ApproveInitiation')
    await own.do('drafter', 'SaveDraft', { body: build.body('初稿。', '海原县农村道路养护办法') })
    const verbs = async () => {
      const list = await c.get<{ items: Array<{ id: string; mine: Array<{ verb: string }> }> }>(
        'drafter',
        '/api/documents?mine=true&limit=100',
      )
      const file = await c.get<{ turns: Array<{ command: string; verb: string }> }>(
        'drafter',
        `/api/documents/${own.id}`,
      )
      const listed = list.items.find(({ id }) => id === own.id)?.mine.map(({ verb }) => verb) ?? []
      expect([...new Set(file.turns.map(({ verb }) => verb))]).toEqual(listed)
      return listed
    }
    expect(await verbs()).toEqual(['提交材料（起草说明、制定依据对照表）'])
    // 催办、消息中心说的与待办相同，不只说“提交材料”。
    const urged = await c.app.request('/api/messages/urge', {
      method: 'POST',
      headers: { cookie: await c.session('secretariat'), 'content-type': 'application/json' },
      body: JSON.stringify({ matter: own.id, command: 'ProvideArtefact' }),
    })
    expect(urged.status, await urged.clone().text()).toBeLessThan(300)
    const { items } = await c.get<{ items: Array<{ matter: string; kind: string; words: string }> }>(
      'drafter',
      '/api/messages?limit=100',
    )
    const told = items.find(({ matter, kind }) => matter === own.id && kind === 'urge')?.words
    expect(told).toMatch(/催办：提交材料（起草说明、制定依据对照表）$/)
    await own.do('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
    expect(await verbs()).toEqual(['提交材料（制定依据对照表）'])
    const report = await verifyDatabase(c.sql, undefined, { only: ['turns'] })
    expect(report.faults).toEqual([])
    await c.sql`update turns set names = '政策解读' where matter_id = ${own.id}`
    expect((await verifyDatabase(c.sql, undefined, { only: ['turns'] })).faults).toHaveLength(1)
  })
})
