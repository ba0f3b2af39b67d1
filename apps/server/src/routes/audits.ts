// The audit of past files over HTTP: our own, described ones from elsewhere, and the sample drawn by a seed.
import { answers } from '@dianzhang/contract'
import {
  auditAnswer,
  auditForeign,
  auditOwn,
  auditPaper,
  describedColumns,
  drawnSamples,
  sampleFiles,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { listUploads, readUpload } from '../http/guards.ts'
import { type Operations, param } from '../http/operations.ts'
import { sendFile } from '../http/send-file.ts'
import { minute } from '../http/tables.ts'
import { pageQuery } from '../http/validate.ts'

const tag = '案卷评查'
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const upload = {
  mediaType: 'text/csv',
  description: `案卷：JSON，或者一行一项的表（CSV、.xlsx）。列名：${describedColumns.map(({ key, label }) => `${label}（${key}）`).join('、')}`,
}
const format =
  '案卷由各项组成，每项至少写明日期与事项。没有写明的不作推测，列为不能判断；各关依当日施行的规则判断。读不出的答复 422，逐项写明第几项、什么事、哪一栏。只有评查的人可以办理，其余答复 404。'

export function auditRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  ops.staff(
    {
      method: 'post',
      path: '/api/audits',
      tag,
      summary: '评查别处的一份案卷，不存',
      description: format,
      upload,
      answer: { description: '评查报告', schema: answers.AuditReport },
      problems: ['not_found'],
    },
    async (c, { actor }) =>
      c.json(auditAnswer(await auditForeign(office, actor, await readUpload(c.req.raw, listUploads.max)))),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/audits.docx',
      tag,
      summary: '别处的一份案卷的评查报告，公文格式',
      description: format,
      upload,
      answer: { description: '评查报告', mediaType: docx },
      problems: ['not_found'],
    },
    async (c, { actor }) =>
      sendFile(c, await auditPaper(await auditForeign(office, actor, await readUpload(c.req.raw, listUploads.max)))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/audits/sample',
      tag,
      table: {
        name: '抽取的案卷',
        columns: [
          ['文件', 50, 'title'],
          ['结论', 60, 'summary'],
          ['排序值', 66, 'rank'],
        ],
      },
      summary: '由公布的种子抽取一年公布的文件评查；任何人可以照办法复核',
      query: z.object({
        year: z.coerce.number().int().min(2000).max(2100),
        n: z.coerce.number().int().min(1).max(100),
        seed: z.string().trim().min(1).max(200).describe('先行公布的种子'),
      }),
      answer: { description: '抽取的文件与结论', schema: answers.AuditSample },
      problems: ['not_found'],
    },
    async (c, { query, actor }) => c.json(await sampleFiles(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/audits/samples',
      tag,
      table: {
        name: '各次抽取',
        columns: [
          ['年度', 8, 'year'],
          ['种子', 30, 'seed'],
          ['总数', 8, 'population'],
          ['抽到几件', 8, ({ drawn }) => (drawn as unknown[]).length],
          ['抽到的文件', 60, ({ drawn }) => (drawn as Array<{ title: string }>).map(({ title }) => title)],
          ['由谁', 16, 'by'],
          ['时间', 18, ({ at }) => minute(at)],
        ],
      },
      summary: '记入办公台账的各次抽取（办公事务的命令 SampleFiles）',
      query: z.object(pageQuery),
      answer: { description: '一页抽取，新的在前', schema: answers.AuditSamples },
      problems: ['not_found'],
    },
    async (c, { actor, query }) => c.json(await drawnSamples(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/audits/documents/:id',
      tag,
      summary: '评查本系统的一份案卷，依台账',
      answer: { description: '评查报告', schema: answers.AuditReport },
      problems: ['not_found'],
    },
    async (c, { actor }) => c.json(auditAnswer(await auditOwn(office, actor, param(c, 'id')))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/audits/documents/:id/report.docx',
      tag,
      summary: '本系统的一份案卷的评查报告，公文格式',
      answer: { description: '评查报告', mediaType: docx },
      problems: ['not_found'],
    },
    async (c, { actor }) => sendFile(c, await auditPaper(await auditOwn(office, actor, param(c, 'id')))),
  )
}
