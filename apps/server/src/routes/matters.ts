// Any matter over HTTP: opening, commands, reading. A document is one of them; its own addresses stay beside these.
import {
  AppError,
  answers,
  Command,
  type Problem,
  ProposeDocument,
  processContracts,
  systemCommands,
} from '@dianzhang/contract'
import {
  actInOffice,
  deskOf,
  desks,
  evaluationQuota,
  expiryAlerts,
  filingFile,
  getMatter,
  listMatters,
  listSorts,
  markMatter,
  markMatterRead,
  openMatter,
  type Person,
  printAnswer,
  printEvaluation,
  printFilingLetter,
  printSession,
  printTransfer,
  requireVisible,
  runCommand,
  runOnMatter,
  searchEverything,
  validityQuestions,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { paperFormats, paperNames, paperTypes, sendFile } from '../http/send-file.ts'
import { minute } from '../http/tables.ts'
import { fileNamed, flag, pageQuery, validated } from '../http/validate.ts'
import { matterReadingRoutes } from './matter-reading.ts'
import { lately, todo, waited } from './row-words.ts'

const {
  CommandAnswer,
  EvaluationQuota,
  ExpiryAlerts,
  ValidityConfirmed,
  ValidityQuestions,
  Matter,
  MatterMark,
  MatterRow,
  pageOf,
  SearchFound,
} = answers

const tag = '事项'
const documentKind = 'normative-document'
const unknown = (path: string, message: string): AppError =>
  new AppError('invalid', '提交的内容有误，请按所列各项更正。', { issues: [{ path, message }] } as Partial<Problem>)

/** Schema of a kind's opening command. */
function openingOf(kind: string): { type: string; schema: z.ZodType } {
  if (kind === documentKind) return { type: 'ProposeDocument', schema: ProposeDocument }
  const contract = processContracts[kind]
  if (!contract || !deskOf(kind))
    throw unknown('process', `没有“${kind.slice(0, 60)}”这种事项，可以是：${[...desks.keys()].join('、')}`)
  return contract.opening
}
/** Schema of one command of a kind; an unknown one is named, with those there are. */
function commandOf(kind: string, type: unknown): z.ZodType {
  if (kind === documentKind) return Command
  const commands = processContracts[kind]?.commands ?? {}
  const known = typeof type === 'string' && Object.hasOwn(commands, type) ? commands[type] : undefined
  if (known) return known.schema
  throw unknown(
    'type',
    typeof type === 'string'
      ? `没有“${type.slice(0, 60)}”这一命令，可以是：${Object.keys(commands).join('、')}`
      : `必须填写，可以是：${Object.keys(commands).join('、')}`,
  )
}
/** What only the system sends is nobody's to submit. */
function refuseSystemCommand(kind: string, type: string): void {
  const desk = deskOf(kind)
  const by = desk?.engine.process.law[type]?.by ?? []
  if (systemCommands.includes(type as never) || (by.length > 0 && by.every((role) => role === 'system')))
    throw new AppError(
      'forbidden',
      `“${desk?.engine.process.labels.command[type] ?? type}”由系统在到期时发出，任何人不得代为提交。`,
    )
}

export function matterRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  matterReadingRoutes(ops, ctx, '/api/matters', tag)
  ops.staff(
    {
      method: 'get',
      path: '/api/matters',
      tag,
      table: {
        name: '事项',
        columns: [
          ['名称', 50, 'title'],
          ['种类', 14, 'processLabel'],
          ['阶段', 16, 'stageLabel'],
          ['要办什么', 30, todo],
          ['在等谁', 30, waited],
          ['承办单位', 24, 'unit.name'],
          ['最近期限', 12, 'nextDueOn'],
          ['已逾期', 8, 'overdue'],
          ['最近办理', 30, lately],
          ['更新于', 18, ({ updatedAt }) => minute(updatedAt)],
        ],
      },
      summary: '可见的各种事项，新近变动在前',
      query: z.object({
        process: z.string().max(60).optional().describe('哪一种事项；不填为各种'),
        except: z.string().max(60).optional().describe('除这一种以外的各种'),
        stage: z.string().max(60).optional().describe('阶段；上级阶段包含其下各阶段'),
        unit: z.string().max(100).optional().describe('承办单位'),
        mine: flag.optional().describe('只看等着本人办理的：有须由本人办理的命令'),
        waiting: flag.optional().describe('只看本人在等别人办理的，waitingFor 写明等谁'),
        followed: flag.optional().describe('只看本人关注的'),
        later: flag.optional().describe('true 只看本人推到以后的，false 不看这些；已有变动的不算'),
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
          .describe('名称、发文字号（括号与全半角不限）、统一登记号、正文中的文字'),
        ...pageQuery,
      }),
      answer: { description: '一页事项', schema: pageOf(MatterRow) },
    },
    async (c, { query, actor }) => {
      if (query.stage !== undefined) {
        const kinds = query.process === undefined ? [...desks.values()] : [deskOf(query.process)]
        const known = kinds.some((desk) => desk?.engine.stages.has(query.stage ?? ''))
        if (!known) throw unknown('stage', `没有“${query.stage}”这一阶段`)
      }
      return c.json(await listMatters(office, actor, query))
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/search',
      tag,
      summary: '检索看得到的一切：案卷与各种事项的名称、号码、正文，已公布的文件，上位法，人员',
      description: '看不到的不在结果里，与没有一样；没有公布的正文只有可以阅读的人检索得到。',
      query: z.object({
        q: z.string().trim().min(1).max(100).describe('要找的文字；几个词用空格分开，须都有'),
        limit: z.coerce.number().int().min(1).max(20).optional().describe('每类最多几项，缺省 8'),
      }),
      answer: { description: '各类结果', schema: SearchFound },
    },
    async (c, { query, actor }) => c.json(await searchEverything(office, actor, query.q, query.limit)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters',
      tag,
      summary: '开启一件事项：process 写明哪一种，其余为开启它的命令',
      body: z.looseObject({ process: z.string().trim().min(1).max(60), commandId: z.uuid() }),
      answer: { status: 201, description: '已开启', schema: CommandAnswer },
      problems: ['refused', 'conflict'],
    },
    async (c, { body, actor }) => {
      const { process, ...given } = body
      const opening = openingOf(process)
      const command = validated(opening.schema, { type: opening.type, ...given }) as { type: string; commandId: string }
      const answer = await openMatter(office, actor, process, command, { requestId: c.get('requestId') })
      c.header('Location', `/api/matters/${answer.id}`)
      return c.json({ ...answer, process }, 201)
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters/:id/commands',
      tag,
      summary: '办理命令：各种事项的一切写入都经此一处',
      description:
        '同一 commandId 重复提交得到同一答复；expectedVersion 已过时答复 412；依规则不能办理答复 409 并列出全部判断。',
      body: z.looseObject({ type: z.unknown() }),
      asksForItself: true,
      answer: { description: '已办理', schema: CommandAnswer },
      problems: ['refused', 'conflict', 'stale_version', 'stale_working_copy', 'rate_limited'],
    },
    async (c, { body, actor }) => c.json(await carryOut(actor, param(c, 'id'), body, c.get('requestId'))),
  )
  async function carryOut(actor: Person, id: string, body: Record<string, unknown>, requestId: string) {
    const { process } = await requireVisible(office, actor, id)
    const command = validated(commandOf(process, body.type), body) as {
      type: string
      commandId: string
      expectedVersion: number
    }
    refuseSystemCommand(process, command.type)
    // A document's receipt commands are decided on its filing, whichever address they come by.
    if (process === documentKind) return runCommand(office, actor, id, command as never, { requestId })
    return runOnMatter(office, actor, id, command, { requestId })
  }
  ops.staff(
    {
      method: 'get',
      path: '/api/matters/:id',
      tag,
      summary: '一件事项：阶段、轮到谁、期限、要别的事项办理的命令，以及各种事项自己的内容',
      answer: { description: '事项', schema: Matter },
    },
    async (c, { actor }) => c.json(await getMatter(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters/:id/marks',
      tag,
      summary: '给一件事项做本人的记号：看过了、关注或者不再关注；只有本人看得到，不入台账',
      body: z.strictObject({
        seen: z.literal(true).optional().describe('现在看过了'),
        followed: z.boolean().optional().describe('关注；false 为不再关注'),
        later: z
          .strictObject({
            until: z.iso.date().describe('到哪一日再列在待办里'),
            why: z.string().trim().min(1).max(200).describe('为什么'),
          })
          .nullable()
          .optional()
          .describe('稍后提醒；null 为现在就列'),
      }),
      answer: { description: '记号', schema: MatterMark },
    },
    async (c, { actor, body }) => {
      const mark = await markMatter(office, actor, param(c, 'id'), {
        ...(body.seen ? { seen: true as const } : {}),
        ...(body.followed === undefined ? {} : { followed: body.followed }),
        ...(body.later === undefined ? {} : { later: body.later }),
      })
      // Whoever looks at a file has read what it had to tell.
      if (body.seen) await markMatterRead(office, actor, param(c, 'id'))
      return c.json(mark)
    },
  )
  for (const format of paperFormats) {
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/answer.${format}`,
        tag,
        summary: '审查建议的答复；还没有答复的答复 404',
        answer: { description: `答复（${paperNames[format]}）`, mediaType: paperTypes[format] },
      },
      async (c, { actor }) => sendFile(c, await printAnswer(office, actor, param(c, 'id'), format)),
    )
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/transfer.${format}`,
        tag,
        summary: '审查建议的移送函，没有提出人的信息；没有移送的答复 404',
        answer: { description: `移送函（${paperNames[format]}）`, mediaType: paperTypes[format] },
      },
      async (c, { actor }) => sendFile(c, await printTransfer(office, actor, param(c, 'id'), format)),
    )
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/report.${format}`,
        tag,
        summary: '后评估的报告；还没有提交报告的答复 404',
        answer: { description: `报告（${paperNames[format]}）`, mediaType: paperTypes[format] },
      },
      async (c, { actor }) => sendFile(c, await printEvaluation(office, actor, param(c, 'id'), format)),
    )
  }
  ops.staff(
    {
      method: 'get',
      path: '/api/matters/:id/letters/:letter',
      tag,
      summary: '备案审查的一份文书（回执、退回、补正、函询、提醒、审查意见、督办、催报、通报……）；没有这份的答复 404',
      answer: { description: '文书（Word）', mediaType: paperTypes.docx },
    },
    async (c, { actor }) => sendFile(c, await printFilingLetter(office, actor, param(c, 'id'), param(c, 'letter'))),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/matters/:id/files/:sha256',
      tag,
      summary: '随备案补正的一份材料，以内容摘要',
      query: fileNamed,
      answer: { description: '材料', mediaType: 'application/octet-stream' },
    },
    async (c, { query, actor }) =>
      sendFile(c, await filingFile(office, actor, param(c, 'id'), param(c, 'sha256'), query.name)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/expiry-alerts',
      tag,
      table: {
        name: '届满提醒',
        columns: [
          ['文件', 50, 'title'],
          ['文号', 24, 'documentNumber'],
          ['有效期至', 12, 'validUntil'],
          ['提前月数', 10, 'months'],
          ['办理期限', 12, 'dueOn'],
          ['责任单位', 24, 'owner.name'],
          ['责任人', 16, 'owner.roleLabel'],
          ['已答复', 8, ({ answered }) => answered !== null],
        ],
      },
      summary: '有效期届满的提醒：每件、每级一次，各有责任人；由后评估或者效力变动答复',
      query: z.object({
        ...pageQuery,
        open: flag.optional().describe('只列没有答复的'),
        mine: flag.optional().describe('只列由本人办理的'),
        entry: z.string().max(200).optional().describe('只列登记库这一条目的'),
      }),
      answer: { description: '提醒', schema: ExpiryAlerts },
    },
    async (c, { actor, query }) => c.json(await expiryAlerts(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/validity-questions',
      tag,
      table: {
        name: '等人确认的有效期',
        columns: [
          ['文件', 50, 'title'],
          ['文号', 24, 'documentNumber'],
          ['读到的有效期至', 14, 'asked'],
        ],
      },
      summary: '导入的条目正文写明的有效期，等人确认',
      query: z.object(pageQuery),
      answer: { description: '一页待确认的', schema: ValidityQuestions },
    },
    async (c, { actor, query }) => c.json(await validityQuestions(office, actor.jurisdiction, query)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/validity-answers',
      tag,
      summary: '确认导入的条目正文所写的有效期；没有写明的不给 until',
      body: z.strictObject({
        commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复'),
        entry: z.string().trim().min(1).max(200),
        until: z.iso.date().optional(),
        quote: z.string().trim().max(500).optional(),
      }),
      answer: { status: 201, description: '已确认', schema: ValidityConfirmed },
      problems: ['refused', 'conflict'],
    },
    async (c, { actor, body }) => {
      const { commandId, ...given } = body
      return c.json(
        await actInOffice<{ entry: string; validUntil: string | null }>(
          office,
          actor,
          'ConfirmValidity',
          given,
          commandId,
        ),
        201,
      )
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/evaluation-quota',
      tag,
      summary: '本年度须评估几件、已经公布几件、正在评估几件',
      answer: { description: '件数', schema: EvaluationQuota },
    },
    async (c, { actor }) => c.json(await evaluationQuota(office, actor.jurisdiction)),
  )
  for (const format of paperFormats)
    for (const [paper, summary] of [
      ['agenda', '会议的议题单'],
      ['minutes', '会议的纪要；还没有纪要的答复 404'],
    ] as const)
      ops.staff(
        {
          method: 'get',
          path: `/api/matters/:id/${paper}.${format}`,
          tag,
          summary,
          answer: { description: `${summary}（${paperNames[format]}）`, mediaType: paperTypes[format] },
        },
        async (c, { actor }) => sendFile(c, await printSession(office, actor, param(c, 'id'), paper, format)),
      )
}
