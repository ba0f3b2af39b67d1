// Reading files: list, body, available actions, ledger, texts, deadlines.
import {
  answers,
  PreviewedConsultation,
  PreviewedFeedback,
  PreviewedPublication,
  stageLabels,
} from '@dianzhang/contract'
import { previewConsultationPage, previewFeedbackPage, previewPage, styleSource } from '@dianzhang/portal'
import {
  archiveContents,
  archiveFiles,
  commentClearance,
  commentFile,
  commentGroups,
  commentTotals,
  type DocumentPaper,
  documentPapers,
  getArtefacts,
  getAttachment,
  getComments,
  getDecisionSheet,
  getDocument,
  getFiles,
  getVersion,
  getVersions,
  invitationsOf,
  listDocuments,
  listSorts,
  packagedPapers,
  previewConsultation,
  previewFeedback,
  previewIssuers,
  previewPack,
  previewPublication,
  printDocument,
} from '@dianzhang/workflow'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { numberParam, type Operations, param } from '../http/operations.ts'
import { paperFormats, paperNames, paperTypes, sendFile } from '../http/send-file.ts'
import { minute } from '../http/tables.ts'
import type { AppEnv } from '../http/types.ts'
import { fileNamed, flag, pageQuery } from '../http/validate.ts'
import { zipped } from '../log/zip-writer.ts'
import { matterReadingRoutes } from './matter-reading.ts'
import { lately, todo, waited } from './row-words.ts'

const {
  ArchiveContents,
  Artefact,
  FileLine,
  CommentClearance,
  CommentGroups,
  CommentTotals,
  DecisionSheet,
  Document,
  DocumentSummary,
  Invitations,
  IssuersPreview,
  PackPreview,
  pageOf,
  StaffComment,
  TextVersion,
  WholeText,
} = answers

const stages = ['closed', ...Object.keys(stageLabels)] as [string, ...string[]]
const page = z.object(pageQuery)
const tag = '案卷'

export function documentQueryRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const portal = { office, publicUrl: ctx.publicUrl, owner: ctx.site ?? null }
  const originOf = (c: Context<AppEnv>) => new URL(ctx.publicUrl ?? c.req.url).origin
  matterReadingRoutes(ops, ctx, '/api/documents', tag)
  ops.staff(
    {
      method: 'get',
      path: '/api/documents',
      tag,
      table: {
        name: '案卷',
        columns: [
          ['名称', 50, 'title'],
          ['阶段', 16, 'stageLabel'],
          ['要办什么', 30, todo],
          ['在等谁', 30, waited],
          ['起草单位', 24, 'draftingUnit.name'],
          ['牵头机关', 24, 'leadIssuer.name'],
          ['最近期限', 12, 'nextDueOn'],
          ['已逾期', 8, 'overdue'],
          ['最近办理', 30, lately],
          ['更新于', 18, ({ updatedAt }) => minute(updatedAt)],
        ],
      },
      summary: '可见的案卷，新近变动在前',
      query: z.object({
        stage: z.enum(stages).optional().describe('阶段；上级阶段包含其下各阶段'),
        unit: z.string().max(100).optional().describe('起草或者涉及的单位'),
        mine: flag.optional().describe('只看等着本人办理的：有须由本人办理的命令'),
        waiting: flag.optional().describe('只看本人在等别人办理的，waitingFor 写明等谁'),
        followed: flag.optional().describe('只看本人关注的'),
        seen: flag.optional().describe('只看本人打开过的，最近打开的在前'),
        sort: z
          .enum(listSorts)
          .optional()
          .describe(
            '次序：urgent 最紧的在前（mine、waiting 的缺省），since 等得最久的在前，updated 新近变动在前，title 依名称',
          ),
        done: flag.optional().describe('只看本人办理过的'),
        overdue: flag.optional().describe('只看有期限逾期的'),
        q: z
          .string()
          .trim()
          .min(1)
          .max(100)
          .optional()
          .describe('标题、发文字号（括号与全半角不限）、统一登记号、正文中的文字'),
        ...pageQuery,
      }),
      answer: { description: '一页案卷', schema: pageOf(DocumentSummary) },
    },
    async (c, { query, actor }) => c.json(await listDocuments(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id',
      tag,
      summary: '案卷',
      answer: { description: '案卷', schema: Document },
    },
    async (c, { actor }) => c.json(await getDocument(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/versions',
      tag,
      summary: '各版文本',
      answer: { description: '文本目录', schema: z.array(TextVersion) },
    },
    async (c, { actor }) => c.json(await getVersions(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/versions/:n',
      tag,
      summary: '某版文本全文',
      answer: { description: '文本', schema: WholeText },
    },
    async (c, { actor }) => c.json(await getVersion(office, actor, param(c, 'id'), numberParam(c, 'n'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/decision-sheet',
      tag,
      summary: '决定之前要看的：文本自述与案卷的差别、各项认可、未采纳的意见、将编的号、附件、公布内容',
      answer: { description: '决定之前要看的一页', schema: DecisionSheet },
    },
    async (c, { actor }) => c.json(await getDecisionSheet(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/public-preview',
      tag,
      summary: '公布以后公众将看到的页面：门户的同一份写法，由现文本、将编的号与拟定的公布内容得出',
      query: PreviewedPublication,
      answer: { description: '一页 HTML', mediaType: 'text/html' },
    },
    async (c, { query, actor }) => {
      const entry = await previewPublication(office, actor, param(c, 'id'), query)
      return framed(c, await previewPage(portal, entry, originOf(c)))
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/consultation-preview',
      tag,
      summary: '公开征求意见以后公众将看到的页面：门户的同一份写法，由现文本、起草说明与拟定的公告得出',
      query: PreviewedConsultation,
      answer: { description: '一页 HTML', mediaType: 'text/html' },
    },
    async (c, { query, actor }) => {
      const announced = await previewConsultation(office, actor, param(c, 'id'), query)
      return framed(c, await previewConsultationPage(portal, announced, originOf(c)))
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/feedback-preview',
      tag,
      summary: '公布采纳情况以后公众将看到的页面：门户的同一份写法，由此刻的意见、处理与拟定的说明得出',
      query: PreviewedFeedback,
      answer: { description: '一页 HTML', mediaType: 'text/html' },
    },
    async (c, { query, actor }) =>
      framed(c, previewFeedbackPage(portal, await previewFeedback(office, actor, param(c, 'id'), query), originOf(c))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/comments',
      tag,
      table: {
        name: '公众意见',
        columns: [
          ['收到', 18, ({ at }) => minute(at)],
          ['渠道', 12, 'channelLabel'],
          ['针对', 24, 'address'],
          ['意见', 80, 'text'],
          ['附件', 30, ({ attachments }) => (attachments as Array<{ name: string }>).map(({ name }) => name)],
          ['截止以后收到', 10, 'late'],
          ['处理', 12, 'disposition.label'],
          ['理由', 60, 'disposition.reason'],
          ['内容摘要', 66, 'hash'],
        ],
      },
      summary: '公众意见及其处理',
      query: page.extend({
        q: z.string().trim().max(200).optional().describe('意见与附件中的文字'),
        held: flag.optional().describe('true 只列疑似垃圾信息、待核的；false 不列确认为垃圾信息的'),
      }),
      answer: { description: '一页意见', schema: pageOf(StaffComment) },
    },
    async (c, { query, actor }) => c.json(await getComments(office, actor, param(c, 'id'), query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/comment-groups',
      tag,
      summary: '意见归组的提议与决定',
      description: '提议由文字推算，同样的意见得到同样的提议；否定、立场、数字不同的从不提议归到一起。归组由人确认。',
      answer: { description: '提议与决定', schema: CommentGroups },
    },
    async (c, { actor }) => c.json(await commentGroups(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/comment-clearance',
      tag,
      summary: '意见公开以前的逐件处理：疑似个人信息的各处',
      query: z.object({
        limit: z.coerce.number().int().min(1).max(500).optional(),
        all: flag.optional().describe('也列已经处理的'),
      }),
      answer: { description: '各件', schema: CommentClearance },
    },
    async (c, { query, actor }) => c.json(await commentClearance(office, actor, param(c, 'id'), query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/comment-totals',
      tag,
      summary: '各次征求收到的意见：件数、不同内容、渠道',
      answer: { description: '各次', schema: CommentTotals },
    },
    async (c, { actor }) => c.json(await commentTotals(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/invitations',
      tag,
      table: {
        name: '定向征求意见',
        columns: [
          ['受邀的', 40, 'name'],
          ['类别', 16, 'label'],
          ['邀请', 18, ({ at }) => minute(at)],
          ['已答复', 8, 'answered'],
        ],
      },
      summary: '定向征求意见的邀请与答复',
      answer: { description: '各家', schema: Invitations },
    },
    async (c, { actor }) => c.json(await invitationsOf(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/archive',
      tag,
      summary: '归档的内容：卷内各件与摘要，可选的保管期限，还没有办完的事',
      answer: { description: '卷内各件', schema: ArchiveContents },
    },
    async (c, { actor }) => c.json(await archiveContents(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/archive.zip',
      tag,
      summary: '卷内各件与附件，连同目录、办理单、采纳情况表、审核意见书，一包下载',
      answer: { description: '一包（ZIP）', mediaType: 'application/zip' },
    },
    async (c, { actor }) => {
      const id = param(c, 'id')
      const contents = await archiveContents(office, actor, id)
      const { title } = await getDocument(office, actor, id)
      const whole = async function* () {
        yield* archiveFiles(office, actor.jurisdiction, id, contents)
        yield* packagedPapers(office, actor, id)
      }
      const pieces = zipped(whole())
      return sendFile(c, { name: `${title}案卷.zip`, mediaType: 'application/zip', pieces })
    },
  )
  for (const format of paperFormats)
    for (const paper of Object.keys(documentPapers) as DocumentPaper[])
      ops.staff(
        {
          method: 'get',
          path: `/api/documents/:id/${paper}.${format}`,
          tag,
          summary: `${documentPapers[paper]}，由记录写成；还没有的答复 404`,
          answer: { description: `${documentPapers[paper]}（${paperNames[format]}）`, mediaType: paperTypes[format] },
        },
        async (c, { actor }) => sendFile(c, await printDocument(office, actor, param(c, 'id'), paper, format)),
      )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/comment-attachments/:sha256',
      tag,
      summary: '意见的附件，只供下载',
      query: fileNamed,
      answer: { description: '文件', mediaType: 'application/octet-stream' },
    },
    async (c, { query, actor }) => {
      const file = await commentFile(office, actor, param(c, 'id'), param(c, 'sha256'), query.name)
      return c.body(new Uint8Array(file.bytes), 200, {
        'Content-Type': file.mediaType,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/files',
      tag,
      table: {
        name: '文件清单',
        columns: [
          ['种类', 24, 'kind'],
          ['版次', 12, 'edition'],
          ['名称或者说明', 50, 'name'],
          ['时间', 18, ({ at }) => minute(at)],
          ['内容摘要', 66, 'hash'],
        ],
      },
      summary: '案卷的全部文件：各版文本、材料与各自的附件，连同内容摘要',
      answer: { description: '逐件一行', schema: z.array(FileLine) },
    },
    async (c, { actor }) => c.json(await getFiles(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/artefacts',
      tag,
      summary: '起草材料',
      answer: { description: '材料', schema: z.array(Artefact) },
    },
    async (c, { actor }) => c.json(await getArtefacts(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/issuers-preview',
      tag,
      summary: '变更制定机关的预览：能否变更，哪些须重新办理、哪些照旧',
      query: z.object({ issuers: z.string().min(1).max(2000).describe('变更以后的制定机关，逗号相连，牵头在前') }),
      answer: { description: '预览', schema: IssuersPreview },
    },
    async (c, { query, actor }) =>
      c.json(
        await previewIssuers(
          office,
          actor,
          param(c, 'id'),
          query.issuers.split(',').map((x) => x.trim()),
        ),
      ),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/pack-preview',
      tag,
      summary: '改用另一版规则包会有哪些变化',
      query: z.object({ version: z.string().min(1).max(40) }),
      answer: { description: '逐项变化', schema: PackPreview },
    },
    async (c, { query, actor }) => c.json(await previewPack(office, actor, param(c, 'id'), query.version)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/documents/:id/attachments/:sha256',
      tag,
      summary: '附件',
      query: fileNamed,
      answer: { description: '附件原件，下载', mediaType: 'application/octet-stream' },
    },
    async (c, { query, actor }) => {
      const file = await getAttachment(office, actor, param(c, 'id'), param(c, 'sha256'), query.name)
      // Never shown in place: an attachment is foreign content under this site's own origin.
      return c.body(new Uint8Array(file.bytes), 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Cache-Control': 'private, max-age=31536000, immutable',
      })
    },
  )
}

/** A page of the portal as a preview: shown within the workbench, and nowhere else; no script of it would ever run. */
const framed = (c: Context<AppEnv>, html: string): Response =>
  c.body(html, 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': `default-src 'none'; style-src ${styleSource()}; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    'X-Frame-Options': 'SAMEORIGIN',
  })
