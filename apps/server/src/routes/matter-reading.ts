// What every matter shows alike, at both of its addresses: a document is one kind of matter and keeps its own.
import { answers, deadlineStatusLabels } from '@dianzhang/contract'
import { getActions, getDeadlines, getHistory, getPlan, getRefusals } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { minute } from '../http/tables.ts'
import { pageQuery } from '../http/validate.ts'

const { Action, Deadline, HistoryEvent, Plan, pageOf, Refusal } = answers
const page = z.object(pageQuery)

/** Registers the readings below `base` (`/api/documents` or `/api/matters`) under `tag`. */
export function matterReadingRoutes(ops: Operations, { office }: AppContext, base: string, tag: string): void {
  ops.staff(
    {
      method: 'get',
      path: `${base}/:id/actions`,
      tag,
      summary: '本阶段的每项命令：能否办理、由谁办理、理由与依据',
      answer: { description: '命令', schema: z.array(Action) },
    },
    async (c, { actor }) => c.json(await getActions(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: `${base}/:id/history`,
      table: {
        name: '台账',
        columns: [
          ['序号', 8, 'seq'],
          ['时间', 18, ({ at }) => minute(at)],
          ['事项', 30, 'label'],
          ['经办', 16, 'actor.name'],
          ['单位', 24, 'actor.unitName'],
          ['规则包', 20, 'packVersion'],
          ['上一条摘要', 66, 'prevHash'],
          ['本条摘要', 66, 'hash'],
        ],
      },
      tag,
      summary: '台账：事件、判断、摘要链',
      query: page,
      answer: { description: '一页事件', schema: pageOf(HistoryEvent) },
    },
    async (c, { query, actor }) => c.json(await getHistory(office, actor, param(c, 'id'), query)),
  )
  ops.staff(
    {
      method: 'get',
      path: `${base}/:id/deadlines`,
      table: {
        name: '期限',
        columns: [
          ['期限', 40, 'label'],
          ['起算', 12, 'startsOn'],
          ['届满', 12, 'dueOn'],
          ['状态', 10, ({ status }) => deadlineStatusLabels[status as keyof typeof deadlineStatusLabels]],
          ['办结', 12, 'metOn'],
          ['逾期', 8, 'overdue'],
          ['迟几日', 8, 'daysLate'],
          ['暂定', 8, 'provisional'],
          [
            '依据',
            50,
            ({ basis }) =>
              (basis as Array<{ document: string; article: string }>).map(
                ({ document, article }) => `${document}${article}`,
              ),
          ],
        ],
      },
      tag,
      summary: '期限：起止、中止、逐日计算与依据',
      answer: { description: '期限', schema: z.array(Deadline) },
    },
    async (c, { actor }) => c.json(await getDeadlines(office, actor, param(c, 'id'))),
  )
  ops.staff(
    {
      method: 'get',
      path: `${base}/:id/refusals`,
      table: {
        name: '拒绝记录',
        columns: [
          ['时间', 18, ({ at }) => minute(at)],
          ['办理', 30, 'commandLabel'],
          ['办理人', 16, 'actor.name'],
          ['缘由', 16, ({ kind }) => (kind === 'forbidden' ? '没有办理权限' : '依规则不能办理')],
          ['说明', 80, 'detail'],
          ['规则包', 20, 'packVersion'],
        ],
      },
      tag,
      summary: '被拒绝的办理，新的在前',
      query: page,
      answer: { description: '一页拒绝记录', schema: pageOf(Refusal) },
    },
    async (c, { query, actor }) => c.json(await getRefusals(office, actor, param(c, 'id'), query)),
  )
  ops.staff(
    {
      method: 'get',
      path: `${base}/:id/plan`,
      tag,
      summary: '从今日起各剩余阶段依法最早的日期；没有推演的为空',
      answer: { description: '计划', schema: Plan },
    },
    async (c, { actor }) => c.json(await getPlan(office, actor, param(c, 'id'))),
  )
}
