import { noClassification } from '@dianzhang/contract'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'
import { sharedData } from '../support/shared-data.ts'

const file = sharedData('docx/06_行政复议法_20230901.docx')

it('真实 docx 的文字走完一生，公布的就是签署的', async () => {
  if (file === null) return
  const { value } = await mammoth.extractRawText({ path: file })
  const source = value.replace(/\n{2,}/g, '\n').trim()
  expect(source).toContain('第九十条')
  const title = '海原县农业农村局行政复议案件办理办法'
  // 拿来作底稿的文件，标题与施行条款是它自己的：照原样签署、公布不了，改成本件的才行。
  const body = source
    .replace('中华人民共和国行政复议法', title)
    .replace('本法自2024年1月1日起施行。', '本办法自2026年5月1日起施行，有效期五年。')
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const { id } = await t.propose('drafter', {
    title,
    issuers: ['hy-agri'],
    tier: 'department',
    classification: noClassification,
  })
  await t.send('secretariat', id, 'ApproveInitiation')
  const asIs = await t.send('drafter', id, 'SaveDraft', { body: source })
  expect(asIs.warnings).toMatchObject([
    { rule: 'text.matches-file', severity: 'warn', reason: expect.stringContaining('《中华人民共和国行政复议法》') },
  ])
  const saved = await t.send('drafter', id, 'SaveDraft', {
    body,
    attachments: [{ name: '原文.docx', mediaType: 'application/octet-stream', content: '附件占位文字' }],
  })
  await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '说明' })
  await t.send('drafter', id, 'ProvideArtefact', {
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国立法法' }],
  })
  await t.send('head', id, 'SubmitForReview')
  await t.send('reviewer', id, 'AcceptPackage')
  await t.goTo('2026-03-10')
  await t.send('reviewer', id, 'IssueOpinion', { outcome: 'lawful', contentHash: saved.contentHash })
  await t.send('secretariat', id, 'RecordSecretariatCheck', { outcome: 'passed' })
  await t.send('secretariat', id, 'RecordDecision', { outcome: 'adopted', body: '局务会议' })
  await t.send('head', id, 'Sign', { contentHash: saved.contentHash })
  await t.send('secretariat', id, 'AssignNumbers')
  const publication = { validity: { years: 5 }, channels: ['网站'], interpretation: '解读' }
  await expect(t.send('secretariat', id, 'Publish', { ...publication, effectiveDate: '2026-06-01' })).rejects.toThrow(
    '正文第九十条写自2026年5月1日（星期五）起施行，拟定的是2026年6月1日（星期一）',
  )
  await t.send('secretariat', id, 'Publish', { ...publication, effectiveDate: '2026-05-01' })
  const [entry] = await t.connection.sql`select body, text_hash from register_entries where document_id = ${id}`
  expect(entry?.text_hash).toBe(saved.contentHash)
  const lines = (text: string) => text.split('\n').map((l) => l.trimEnd())
  expect(lines(entry?.body)).toEqual(lines(body))
})
