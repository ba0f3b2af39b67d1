// 一份真实的 docx（其文字）走完一生：起草、审核、审议、签署、编号、公布，登记库里的正文与签署的一字不差。

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { noClassification } from '@dianzhang/contract'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'

const folder = process.env.DIANZHANG_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const file = `${folder}/docx/06_行政复议法_20230901.docx`

it('真实 docx 的文字走完一生，公布的就是签署的', async () => {
  if (!existsSync(file)) return console.info('未找到共享数据中的 docx，跳过真实文件的一生')
  const { value } = await mammoth.extractRawText({ path: file })
  const body = value.replace(/\n{2,}/g, '\n').trim()
  expect(body).toContain('第九十条')
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const { id } = await t.propose('drafter', {
    title: '真实文件试验',
    issuers: ['hy-agri'],
    tier: 'department',
    classification: noClassification,
  })
  await t.send('secretariat', id, 'ApproveInitiation')
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
  await t.send('secretariat', id, 'Publish', {
    effectiveDate: '2026-05-01',
    validity: { years: 5 },
    channels: ['网站'],
    interpretation: '解读',
  })
  const [entry] = await t.connection.sql`select body, text_hash from register_entries where document_id = ${id}`
  expect(entry?.text_hash).toBe(saved.contentHash)
  const lines = (text: string) => text.split('\n').map((l) => l.trimEnd())
  expect(lines(entry?.body)).toEqual(lines(body))
})
