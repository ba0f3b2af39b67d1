// 单位、制定主体、人员、委托。
import { type Role, roles } from '@dianzhang/contract'
import {
  createDelegation,
  listDelegations,
  listIssuers,
  listPeople,
  listUnits,
  revokeDelegation,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { pageQuery } from '../http/validate.ts'
import { Anything, pageOf, Unit } from '../openapi/shapes.ts'

const NewDelegation = z.object({
  toPerson: z.string().min(1).max(100),
  role: z.enum(roles as [Role, ...Role[]]),
  unit: z.string().min(1).max(100).optional().describe('缺省为本人所在单位'),
  startsOn: z.iso.date().optional().describe('缺省为今日'),
  endsOn: z.iso.date().describe('终止日，必填'),
  reason: z.string().trim().min(1).max(500),
})

export function peopleRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const tag = '人员'
  ops.staff(
    {
      method: 'get',
      path: '/api/units',
      tag,
      summary: '单位树',
      answer: { description: '单位', schema: z.array(Unit) },
    },
    async (c, { actor }) => c.json(await listUnits(office.db, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/issuers',
      tag,
      summary: '制定主体清单',
      answer: { description: '制定机关', schema: z.array(Unit) },
    },
    async (c, { actor }) => c.json(await listIssuers(office.db, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/people',
      tag,
      summary: '人员；非管理员、非文秘只见本单位',
      query: z.object({
        unit: z.string().max(100).optional(),
        q: z.string().trim().min(1).max(60).optional().describe('姓名中的文字'),
        ...pageQuery,
      }),
      answer: { description: '一页人员', schema: pageOf(Anything) },
    },
    async (c, { query, actor }) => c.json(await listPeople(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/delegations',
      tag,
      summary: '本人给出与受托的委托',
      query: z.object(pageQuery),
      answer: { description: '一页委托', schema: pageOf(Anything) },
    },
    async (c, { query, actor }) => c.json(await listDelegations(office, actor, query)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/delegations',
      tag,
      summary: '委托本人的一项任职',
      description: '只能委托本人的任职，须有终止日，受托人不得转委托。',
      body: NewDelegation,
      answer: { status: 201, description: '已委托', schema: Anything },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => c.json(await createDelegation(office, actor, body), 201),
  )
  ops.staff(
    {
      method: 'delete',
      path: '/api/delegations/:id',
      tag,
      summary: '撤销委托；已办理的仍然有效',
      answer: { description: '已撤销', schema: Anything },
    },
    async (c, { actor }) => c.json(await revokeDelegation(office, actor, param(c, 'id'))),
  )
}
