// ① The only write entry: initiation requests and commands.
import {
  AppError,
  answers,
  Command,
  commandLabels,
  commandTypes,
  ProposalPreviewInput,
  ProposeDocument,
  systemCommands,
} from '@dianzhang/contract'
import { previewProposal, proposeDocument, requireVisible, runCommand } from '@dianzhang/workflow'
import type { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'

const { CommandAnswer } = answers

/** The union's own error says only that nothing matched; a client needs the list. */
function knownType(value: unknown): void {
  const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined
  if (typeof type === 'string' && (commandTypes as string[]).includes(type)) return
  const message =
    type === undefined
      ? `必须填写，可以是：${commandTypes.join('、')}`
      : type === 'ProposeDocument'
        ? '立项申请提交到 POST /api/documents'
        : `没有“${String(type).slice(0, 60)}”这一命令，可以是：${commandTypes.join('、')}`
  throw new AppError('invalid', '命令的种类有误。', { issues: [{ path: 'type', message }] })
}

const CheckedCommand = Command as z.ZodType<Command>

export function documentCommandRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  ops.staff(
    {
      method: 'post',
      path: '/api/documents',
      tag: '办理',
      summary: '申请立项',
      body: ProposeDocument,
      answer: { status: 201, description: '已立案', schema: CommandAnswer },
      problems: ['refused', 'conflict'],
    },
    async (c, { body, actor }) => {
      const answer = await proposeDocument(office, actor, body, { requestId: c.get('requestId') })
      c.header('Location', `/api/documents/${answer.id}`)
      return c.json(answer, 201)
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/documents/preview',
      tag: '办理',
      summary: '立项以前的推演：标题与分类会带来哪些环节、几日、最早何日公布；不写入任何东西',
      body: ProposalPreviewInput,
      answer: { description: '推演', schema: answers.ProposalPreview },
    },
    async (c, { body, actor }) => c.json(await previewProposal(office, actor, body)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/documents/:id/commands',
      tag: '办理',
      summary: '办理命令：一切写入都经此一处',
      description:
        '同一 commandId 重复提交得到同一答复；expectedVersion 已过时答复 412；依规则不能办理答复 409 并列出全部判断。',
      body: CheckedCommand,
      precheck: knownType,
      asksForItself: true,
      answer: { description: '已办理', schema: CommandAnswer },
      problems: ['refused', 'conflict', 'stale_version', 'stale_working_copy', 'rate_limited'],
    },
    async (c, { body, actor }) => {
      if (systemCommands.includes(body.type)) {
        await requireVisible(office, actor, param(c, 'id'))
        throw new AppError('forbidden', `“${commandLabels[body.type]}”由系统在到期时发出，任何人不得代为提交。`)
      }
      return c.json(await runCommand(office, actor, param(c, 'id'), body, { requestId: c.get('requestId') }))
    },
  )
}
