// The texts of a file: structure, checks, comparison, positions, working draft, import and export, resolved citations.

import { createHash } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, answers, textMaximum, WorkingCopyInput } from '@dianzhang/contract'
import { numberListPattern, numbersOf } from '@dianzhang/formats'
import { entryFormats } from '@dianzhang/register'
import {
  basisProposal,
  deleteWorkingCopy,
  type ExportedFile,
  exportDiff,
  exportFormatIds,
  exportVersion,
  getAnchors,
  getDiff,
  getFindings,
  getReviewFindings,
  getStructure,
  getWorkingCopy,
  importForFile,
  mayDraft,
  putWorkingCopy,
  resolveText,
} from '@dianzhang/workflow'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { readUpload, uploads } from '../http/guards.ts'
import { numberParam, type Operations, param } from '../http/operations.ts'
import { rateLimited } from '../http/problem.ts'
import type { AppEnv } from '../http/types.ts'

const {
  Anchored,
  BasisProposal,
  Citations,
  Comparison,
  FrozenFindings,
  ImportedText,
  TextFindings,
  TextStructure,
  WorkingCopy,
} = answers

const tag = '文本'
const twoVersions = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) })
const docxAnswer = (description: string) => ({ description, mediaType: uploads.mediaType })

/** Download: never opened in the page; the content of a text is not a page of this site. */
const download = (c: Context<AppEnv>, { name, mediaType, bytes }: ExportedFile): Response =>
  c.body(new Uint8Array(bytes), 200, {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  })

/** The numbers of single revisions. */
const numberList = z.string().max(2000).regex(numberListPattern, '应为修订的编号，如 1,3-5').optional()

/** How many uploads are read at the same time: each takes up to some tens of megabytes of memory. */
const mostImports = 4

export function documentTextRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  let importing = 0

  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/versions/:n/structure',
      tag,
      summary: '某版文本的结构：元素、地址、目录、编号问题',
      answer: { description: '结构', schema: TextStructure },
    },
    async (c, { actor }) => {
      const { contentHash, json } = await getStructure(office, actor, param(c, 'id'), numberParam(c, 'n'))
      // A text cannot change, but its structure is computed by the program: another version of the program may find
      // another structure in the same text, so the digest counts the structure too.
      const tagged = `"${contentHash}-${createHash('sha256').update(json).digest('hex').slice(0, 12)}"`
      const headers = { ETag: tagged, 'Cache-Control': 'private, no-cache' }
      if (
        c.req
          .header('if-none-match')
          ?.split(/\s*,\s*/)
          .includes(tagged)
      )
        return c.body(null, 304, headers)
      return c.body(new Uint8Array(json), 200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/versions/:n/findings',
      tag,
      summary: '某版文本的检查：每一项都是问题，不是结论',
      answer: { description: '未了结的、不作修改的与所引依据的效力', schema: TextFindings },
    },
    async (c, { actor }) => c.json(await getFindings(office, actor, param(c, 'id'), numberParam(c, 'n'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/basis-proposal',
      tag,
      summary: '制定依据对照表的草稿：已经载明的，与现文本逐条引用的上位法及其条款',
      answer: { description: '逐条依据', schema: BasisProposal },
    },
    async (c, { actor }) => c.json(await basisProposal(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/versions/:n/export/:format',
      tag,
      summary: '导出某版文本',
      description: `格式：${exportFormatIds.join('、')}。`,
      answer: { description: '文件，下载', mediaType: entryFormats.map(({ mediaType }) => mediaType) },
      problems: ['invalid'],
    },
    async (c, { actor }) =>
      download(c, await exportVersion(office, actor, param(c, 'id'), numberParam(c, 'n'), param(c, 'format'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/diff',
      tag,
      summary: '两版文本的比较：逐条的异同与缘由',
      query: twoVersions,
      answer: { description: '比较', schema: Comparison },
    },
    async (c, { query, actor }) => c.json(await getDiff(office, actor, param(c, 'id'), query.from, query.to)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/diff/redline.docx',
      tag,
      summary: '两版的花脸稿',
      query: twoVersions,
      answer: docxAnswer('花脸稿：删去的加删除线，增加的加下划线'),
    },
    async (c, { query, actor }) =>
      download(c, await exportDiff(office, actor, param(c, 'id'), query.from, query.to, 'redline')),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/diff/table.docx',
      tag,
      summary: '两版的修改对照表',
      query: twoVersions,
      answer: docxAnswer('修改对照表：原条文、修改后、修改理由'),
    },
    async (c, { query, actor }) =>
      download(c, await exportDiff(office, actor, param(c, 'id'), query.from, query.to, 'table')),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/anchors',
      tag,
      summary: '带位置的公众意见与审核意见在某版中的状态：原处、移动、改动、不再存在',
      query: z.object({ version: z.coerce.number().int().min(1).describe('第几版文本') }),
      answer: { description: '各条意见', schema: z.array(Anchored) },
    },
    async (c, { query, actor }) => c.json(await getAnchors(office, actor, param(c, 'id'), query.version)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/review-findings',
      tag,
      summary: '历次提请审核时冻结的检查结果，最近一次在前',
      answer: { description: '冻结的检查结果', schema: z.array(FrozenFindings) },
    },
    async (c, { actor }) => c.json(await getReviewFindings(office, actor, param(c, 'id'))),
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/working-copy',
      tag,
      summary: '工作稿（自动保存之处）；没有时为 null',
      answer: { description: '工作稿', schema: WorkingCopy.nullable() },
    },
    async (c, { actor }) => c.json(await getWorkingCopy(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'put',
      path: '/api/documents/:id/working-copy',
      tag,
      summary: '保存工作稿',
      description:
        'If-Match 为所见工作稿的 revision，没有工作稿时为 "0"；其间有人另存的，答复 412 并给出现在的工作稿（current）。',
      headers: [{ name: 'If-Match', description: '所见工作稿的 revision，如 "0"', required: true }],
      body: WorkingCopyInput,
      answer: { description: '保存后的工作稿', schema: WorkingCopy },
      problems: ['refused', 'stale_working_copy', 'precondition_required'],
    },
    async (c, { body, actor }) => c.json(await putWorkingCopy(office, actor, param(c, 'id'), seenRevision(c), body)),
  )
  ops.staff(
    {
      method: 'delete',
      path: '/api/documents/:id/working-copy',
      tag,
      summary: '清除工作稿',
      description: '写了 If-Match 的，只清除所见的那一份；其间有人另存的，答复 412 并给出现在的工作稿（current）。',
      headers: [{ name: 'If-Match', description: '所见工作稿的 revision', required: false }],
      answer: { status: 204, description: '已清除' },
      problems: ['stale_working_copy'],
    },
    async (c, { actor }) => {
      await deleteWorkingCopy(office, actor, param(c, 'id'), c.req.header('if-match') ? seenRevision(c) : null)
      return c.body(null, 204)
    },
  )

  ops.staff(
    {
      method: 'post',
      path: '/api/documents/:id/docx-import',
      tag,
      summary: '读一份 Word 文件：文字、概况与损失清单；不存任何内容',
      description: '会丢失文字的，须带上清单的凭据（confirmation）作为 confirm 再提交一次；否则答复 409 并给出清单。',
      query: z.object({
        confirm: z.string().max(200).optional().describe('看过损失清单后的凭据'),
        revisions: z
          .enum(['accept', 'reject'], '修订应为 accept（全部接受）或者 reject（全部拒绝）')
          .optional()
          .describe('文件里的修订全部接受或者全部拒绝；没有决定的按修订之前的文字读，插入的文字列为丢失'),
        accept: numberList.describe('只接受这几处修订（答复的 changes 里的编号），其余随 revisions'),
        reject: numberList.describe('只拒绝这几处修订，其余随 revisions'),
      }),
      upload: { mediaType: uploads.mediaType, description: 'Word 文件（.docx）' },
      answer: { description: '文字与损失清单', schema: ImportedText },
      problems: ['refused', 'import_loses_words', 'rate_limited'],
    },
    async (c, { query, actor }) => {
      await mayDraft(office, actor, param(c, 'id'))
      if (importing >= mostImports) throw rateLimited(3)
      importing += 1
      try {
        const bytes = await readUpload(c.req.raw, uploads.max)
        return c.json(
          await importForFile(office, actor, param(c, 'id'), bytes, query.confirm, query.revisions, {
            accept: numbersOf(query.accept),
            reject: numbersOf(query.reject),
          }),
        )
      } finally {
        importing -= 1
      }
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/citations/resolve',
      tag,
      summary: '文字中引用的文件在某日的效力（不保存所提交的文字）',
      body: z.object({
        text: z.string().max(textMaximum),
        on: z.iso.date().optional().describe('按哪一日判断效力，缺省为今日'),
      }),
      answer: { description: '引用', schema: Citations },
    },
    async (c, { body, actor }) => {
      const on = body.on ?? dateInShanghai(office.clock.now().toISOString())
      return c.json({ citations: await resolveText(office, actor.jurisdiction, body.text, on) })
    },
  )
}

/** `If-Match: "7"` → 7; absent is answered with 428, what is not a number with 422. */
function seenRevision(c: Context<AppEnv>): number {
  const given = c.req.header('if-match')?.trim()
  if (given === undefined || given === '')
    throw new AppError('precondition_required', '须以 If-Match 说明所见工作稿的 revision；没有工作稿时为 "0"')
  const number = /^"?(\d{1,15})"?$/.exec(given)?.[1]
  if (number === undefined)
    throw new AppError('invalid', 'If-Match 须为工作稿的 revision', {
      issues: [{ path: 'If-Match', message: '须为工作稿的 revision，如 "0"' }],
    })
  return Number(number)
}
