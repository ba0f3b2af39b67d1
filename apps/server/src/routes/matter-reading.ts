// What every matter shows alike, at both of its addresses: a document is one kind of matter and keeps its own.
import { answers } from '@dianzhang/contract'
import { getActions, getDeadlines, getHistory, getPlan, getRefusals } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
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
