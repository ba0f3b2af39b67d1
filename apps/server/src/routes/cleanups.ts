// Cleanups over HTTP: the items as a table, the table out and in again, the census of long ago; and what the public reads.
import { AppError, answers, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'
import {
  cleanupItemsOf,
  exportLists,
  exportOpinions,
  importCensus,
  objectToCleanup,
  publicCleanup,
  publicCleanupFile,
  publicCleanups,
  takeOpinions,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { listUploads, readUpload } from '../http/guards.ts'
import { type Operations, param } from '../http/operations.ts'
import { sendFile } from '../http/send-file.ts'
import { flag, pageQuery } from '../http/validate.ts'

const { CleanupItems, ListTaken, ObjectionTaken, PublicCleanup, PublicCleanupRow, pageOf } = answers
const tag = '清理'
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const csv = 'text/csv'

const choice = {
  unit: z.string().max(200).optional().describe('责任单位'),
  only: z
    .enum(['open', 'unchecked', 'differing', 'flagged', 'late', 'own'])
    .optional()
    .describe('没有意见、没有核对、不同意、有疑问、补报、本单位的'),
  outcome: z.enum(cleanupOutcomes).optional(),
  q: z.string().trim().min(1).max(100).optional().describe('名称、文号中的文字'),
}
const taken = {
  name: z.string().max(300).optional().describe('文件名'),
  commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复；不填的，同一文件得到同一答复'),
  expectedVersion: z.coerce.number().int().min(0).optional(),
  skipBad: flag.optional().describe('略去读不出的行，只取其余；缺省有一行读不出即什么也不写入'),
}
const upload = { mediaType: csv, description: '目录（CSV：UTF-8 或者 GB18030；或者 .xlsx）' }

/** The bytes of the list: the body itself, or the text in `{ csv }`. Refuses (422) what is empty. */
async function listBytes(request: Request): Promise<Uint8Array> {
  const bytes = await readUpload(request, listUploads.max)
  const missing = new AppError('invalid', '没有收到目录文件', {
    issues: [{ path: 'file', message: '没有收到目录文件' }],
  })
  if (bytes.length === 0) throw missing
  if (request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'application/json') return bytes
  try {
    return new TextEncoder().encode(
      z.object({ csv: z.string().min(1) }).parse(JSON.parse(new TextDecoder().decode(bytes))).csv,
    )
  } catch {
    throw missing
  }
}

export function cleanupRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  ops.staff(
    {
      method: 'get',
      path: '/api/matters/:id/items',
      tag,
      summary: '一次清理的目录，连同各项的意见',
      query: z.object({ ...choice, ...pageQuery, limit: z.coerce.number().int().min(1).max(1000).optional() }),
      answer: { description: '一页', schema: CleanupItems },
    },
    async (c, { query, actor }) => c.json(await cleanupItemsOf(office, actor, param(c, 'id'), query)),
  )
  for (const format of ['xlsx', 'csv'] as const)
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/opinions.${format}`,
        tag,
        summary: '清理意见表：填好以后可以再读入',
        query: z.object(choice),
        answer: { description: '清理意见表', mediaType: format === 'csv' ? csv : xlsx },
      },
      async (c, { query, actor }) => sendFile(c, await exportOpinions(office, actor, param(c, 'id'), format, query)),
    )
  for (const format of ['docx', 'csv', 'xlsx'] as const)
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/lists.${format}`,
        tag,
        summary: '清理结果的各栏（公布以前为草案）',
        answer: { description: '各栏', mediaType: { docx, csv, xlsx }[format] },
      },
      async (c, { actor }) => sendFile(c, await exportLists(office, actor, param(c, 'id'), format)),
    )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters/:id/census-import',
      tag,
      summary: '以一份已经公布的目录建立普查目录（以往的清理）',
      description:
        '列名依意思认：序号、文件名称、文号、清理牵头单位、清理建议、清理理由；各地的说法（继续有效、保留、宣布失效、予以废止、拟修改等）都认。读不出的行答复 422，写明行号与缘由，什么也不写入；带 skipBad=true 再提交即略去。',
      query: z.object({ ...taken, asOf: z.iso.date().optional().describe('目录是哪一日的') }),
      upload,
      answer: { description: '已建立', schema: ListTaken },
      problems: ['refused', 'conflict', 'stale_version', 'rate_limited'],
    },
    async (c, { query, actor }) => {
      const { name = '', ...asked } = query
      const bytes = await listBytes(c.req.raw)
      return c.json(await importCensus(office, actor, param(c, 'id'), bytes, { name, ...asked }))
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters/:id/opinions-import',
      tag,
      summary: '读入填好的清理意见表：与现有意见不同的各行提出意见',
      query: z.object(taken),
      upload,
      answer: { description: '已提出', schema: ListTaken },
      problems: ['refused', 'conflict', 'stale_version', 'rate_limited'],
    },
    async (c, { query, actor }) => {
      const { name = '', ...asked } = query
      const bytes = await listBytes(c.req.raw)
      return c.json(await takeOpinions(office, actor, param(c, 'id'), bytes, { name, ...asked }))
    },
  )

  ops.open(
    {
      method: 'get',
      path: '/public/v1/cleanups',
      tag,
      table: {
        name: '各次清理',
        columns: [
          ['名称', 50, 'title'],
          ['种类', 14, 'kindLabel'],
          ['承办单位', 24, 'unit'],
          ['阶段', 14, 'stageLabel'],
          ['件数', 8, 'total'],
          ...Object.entries(cleanupOutcomeLabels).map(([outcome, label]) => [label, 10, `counts.${outcome}`] as const),
          ['公示至', 12, 'noticeUntil'],
          ['决定', 12, 'decidedOn'],
          ['公布', 12, 'publishedOn'],
        ],
      },
      summary: '各次清理：正在公示的与已经公布的',
      query: z.object({ jurisdiction: z.string().max(40).optional(), ...pageQuery }),
      answer: { description: '一页', schema: pageOf(PublicCleanupRow) },
    },
    async (c, { query }) => c.json({ ...(await publicCleanups(office, query)), totalExact: true }),
  )
  for (const [format, mediaType] of [
    ['csv', csv],
    ['xlsx', xlsx],
    ['docx', docx],
  ] as const)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/cleanups/:id/lists.${format}`,
        tag,
        summary: `一次清理的各栏（${{ csv: 'CSV', xlsx: 'Excel 工作簿', docx: 'Word，公文版式' }[format]}）；也可以写作 /public/v1/cleanups/:id.${format}`,
        answer: { description: '各栏', mediaType },
        problems: ['rate_limited'],
      },
      async (c) => {
        ctx.limits.exports.take(c.get('address'))
        return sendFile(c, await publicCleanupFile(office, param(c, 'id'), format))
      },
    )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/cleanups/:id',
      tag,
      summary: '一次清理：件数、各栏、摘要、决定；标识后加 .csv、.xlsx、.docx 为文件',
      answer: { description: '清理', schema: PublicCleanup },
    },
    async (c) => {
      const id = param(c, 'id')
      const format = /^(.+)\.(csv|xlsx|docx)$/.exec(id)
      if (format?.[1] && format[2]) {
        ctx.limits.exports.take(c.get('address'))
        return sendFile(c, await publicCleanupFile(office, format[1], format[2] as 'csv' | 'xlsx' | 'docx'))
      }
      return c.json(await publicCleanup(office, id))
    },
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/cleanups/:id/objections',
      tag,
      summary: '公示期间对清理结果（草案）提出意见；不收姓名、联系方式',
      body: z.object({
        commandId: z.uuid().optional(),
        text: z.string().trim().min(1).max(20_000),
        item: z
          .union([z.int().min(1), z.string().min(1).max(200)])
          .optional()
          .describe('目录中的哪一项'),
      }),
      answer: { status: 201, description: '已收到', schema: ObjectionTaken },
      problems: ['refused', 'conflict', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      return c.json(await objectToCleanup(office, param(c, 'id'), body), 201)
    },
  )
}
