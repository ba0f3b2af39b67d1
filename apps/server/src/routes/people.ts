// Units, issuers, people, delegations.
import {
  AppError,
  answers,
  BodyChange,
  BodyInput,
  bodyKindLabels,
  officeActLabels,
  PersonInput,
  PostsChange,
  ReasonInput,
  type Role,
  roles,
  type SignInAge,
  signInAges,
  UnitChange,
  UnitCorrection,
} from '@dianzhang/contract'
import {
  addBody,
  addPerson,
  changeBody,
  changePosts,
  createDelegation,
  listBodies,
  listDelegates,
  listDelegations,
  listIssuers,
  listLeaders,
  listOfficeActs,
  listPeople,
  listUnits,
  resetPassword,
  revokeDelegation,
  saveUnit,
  setPersonActive,
} from '@dianzhang/workflow'
import { z } from 'zod'
import { hashPassword, oneTimePassword } from '../auth.ts'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { minute } from '../http/tables.ts'
import { pageQuery } from '../http/validate.ts'
import { kindOf } from './row-words.ts'

const {
  Body: BodyAnswer,
  BodyChanged,
  Colleague,
  Delegated,
  Delegates,
  Delegation,
  DelegationRevoked,
  OfficeActs,
  PasswordReset,
  PersonAdded,
  PersonRow,
  PersonState,
  PostsNow,
  pageOf,
  Saved,
  Unit,
} = answers

const NewDelegation = z.object({
  toPerson: z.string().min(1).max(100),
  role: z.enum(roles as [Role, ...Role[]]),
  unit: z.string().min(1).max(100).optional().describe('缺省为本人所在单位'),
  startsOn: z.iso.date().optional().describe('缺省为今日'),
  endsOn: z.iso.date().describe('终止日，必填'),
  reason: z.string().trim().min(1).max(500),
})

/** Every act of the office may carry the id of its command: the same again gets the same answer. */
const once = { commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复') }

/** The last sign-in as a cell; empty for whom it is not shown. */
function lastSignIn({ lastSignIn: found }: Record<string, unknown>): string | null {
  if (found === undefined) return null
  const { at, exact } = (found ?? {}) as { at?: string; exact?: boolean }
  if (!at) return signInAges.never
  return exact ? minute(at) : `${minute(at)}以前`
}

export function peopleRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const tag = '人员'
  ops.staff(
    {
      method: 'get',
      path: '/api/units',
      tag,
      table: {
        name: '单位',
        columns: [
          ['代码', 16, 'id'],
          ['名称', 36, 'name'],
          ['类别', 14, kindOf],
          ['上级', 24, { unit: 'parent' }],
          ['制定主体', 10, 'eligible'],
          ['自', 12, 'eligibleSince'],
          ['至', 12, 'eligibleUntil'],
        ],
      },
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
      table: {
        name: '制定主体清单',
        columns: [
          ['机关', 36, 'name'],
          ['种类', 14, kindOf],
          ['列入日期', 12, 'eligibleSince'],
          ['移出日期', 12, 'eligibleUntil'],
          ['现在列入', 10, 'eligible'],
        ],
      },
      summary: '制定主体清单',
      query: z.object(pageQuery),
      answer: { description: '一页制定机关', schema: pageOf(Unit) },
    },
    async (c, { query, actor }) => c.json(await listIssuers(office.db, actor.jurisdiction, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/bodies',
      tag,
      table: {
        name: '会议与机构',
        columns: [
          ['名称', 36, 'name'],
          ['类别', 16, ({ kind }) => bodyKindLabels[kind as keyof typeof bodyKindLabels]],
          ['所属单位', 36, 'unitName'],
          ['现用', 8, 'active'],
        ],
      },
      summary: '会议与审核机构：标识、名称、所属机关、种类；命令以标识指明',
      query: z.object({
        unit: z.string().max(100).optional().describe('所属机关'),
        kind: z.enum(['meeting', 'review']).optional(),
      }),
      answer: { description: '会议与审核机构', schema: z.array(BodyAnswer) },
    },
    async (c, { query, actor }) => c.json(await listBodies(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/leaders',
      tag,
      summary: '各制定机关的负责人：申请批准时指明的批准人从中选取',
      answer: { description: '负责人', schema: z.array(Colleague) },
    },
    async (c, { actor }) => c.json(await listLeaders(office, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/people',
      tag,
      table: {
        name: '人员',
        columns: [
          ['姓名', 20, 'name'],
          ['账号', 20, 'username'],
          ['单位', 30, 'unitName'],
          ['在用', 8, 'active'],
          ['最近登录', 18, lastSignIn],
        ],
      },
      summary: '人员；非管理员、非文秘只见本单位',
      query: z.object({
        unit: z.string().max(100).optional(),
        q: z.string().trim().min(1).max(60).optional().describe('姓名、用户名、单位名称中的文字'),
        signIn: z
          .enum(Object.keys(signInAges) as [SignInAge, ...SignInAge[]])
          .optional()
          .describe('在用的账号：never 从未登录，dormant 超过90天未登录；只限系统管理员'),
        ...pageQuery,
      }),
      answer: { description: '一页人员', schema: pageOf(PersonRow) },
    },
    async (c, { query, actor }) => c.json(await listPeople(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/delegations',
      tag,
      table: {
        name: '委托',
        columns: [
          ['委托人', 16, 'from.name'],
          ['受托人', 16, 'to.name'],
          ['角色', 20, 'roleLabel'],
          ['单位', 30, 'unitName'],
          ['自', 12, 'startsOn'],
          ['至', 12, 'endsOn'],
          ['事由', 40, 'reason'],
          ['有效', 8, 'active'],
        ],
      },
      summary: '本人给出与受托的委托',
      query: z.object(pageQuery),
      answer: { description: '一页委托', schema: pageOf(Delegation) },
    },
    async (c, { query, actor }) => c.json(await listDelegations(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/delegates',
      tag,
      summary: '可以受托的人：本法域其他在职人员，本单位在前；只有姓名与单位',
      query: z.object({
        q: z.string().trim().min(1).max(60).optional().describe('姓名或者单位名称中的文字'),
        limit: z.coerce.number().int().min(1).max(100).optional().describe('最多几人，缺省 30'),
      }),
      answer: {
        description: '人员；more 为真表示没有列全',
        schema: Delegates,
      },
    },
    async (c, { query, actor }) => c.json(await listDelegates(office, actor, query)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/delegations',
      tag,
      summary: '委托本人的一项任职',
      description: '只能委托本人的任职，须有终止日，受托人不得转委托。',
      body: NewDelegation.extend(once),
      answer: { status: 201, description: '已委托', schema: Delegated },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => c.json(await createDelegation(office, actor, body, body.commandId), 201),
  )
  ops.staff(
    {
      method: 'delete',
      path: '/api/delegations/:id',
      tag,
      summary: '撤销委托；已办理的仍然有效',
      answer: { description: '已撤销', schema: DelegationRevoked },
    },
    async (c, { actor }) => c.json(await revokeDelegation(office, actor, param(c, 'id'))),
  )

  const admin = ['admin'] as const
  ops.staff(
    {
      method: 'post',
      path: '/api/people',
      tag,
      summary: '添加人员并开立账号；答复一次性密码，只出现这一次',
      roles: admin,
      body: PersonInput.extend(once),
      answer: { status: 201, description: '人员、用户名、一次性密码', schema: PersonAdded },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => {
      const password = oneTimePassword()
      const added = await addPerson(office, actor, body, await hashPassword(password), body.commandId)
      return c.json({ ...added, password }, 201)
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/people/:id/posts',
      tag,
      summary: '变更任职：以所列替换原有的全部任职',
      roles: admin,
      body: PostsChange.extend(once),
      answer: { description: '变更后的任职', schema: PostsNow },
      problems: ['conflict', 'stale_version'],
    },
    async (c, { body, actor }) => c.json(await changePosts(office, actor, param(c, 'id'), body, body.commandId)),
  )
  for (const [path, active, summary] of [
    ['/api/people/:id/disable', false, '停用账号：即刻不能登录，已办理的仍然有效'],
    ['/api/people/:id/enable', true, '恢复账号'],
  ] as const)
    ops.staff(
      {
        method: 'post',
        path,
        tag,
        summary,
        roles: admin,
        body: ReasonInput.extend(once),
        answer: { description: '人员与状态', schema: PersonState },
      },
      async (c, { body, actor }) =>
        c.json(await setPersonActive(office, actor, param(c, 'id'), active, body, body.commandId)),
    )
  ops.staff(
    {
      method: 'post',
      path: '/api/people/:id/password',
      tag,
      summary: '重置密码：答复一次性密码，只出现这一次；现有会话作废',
      roles: admin,
      body: ReasonInput.extend(once),
      answer: { description: '一次性密码', schema: PasswordReset },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => {
      const password = oneTimePassword()
      const done = await resetPassword(
        office,
        actor,
        param(c, 'id'),
        body,
        await hashPassword(password),
        body.commandId,
      )
      return c.json({ ...done, password })
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/units',
      tag,
      summary: '添加单位',
      roles: admin,
      body: UnitChange.safeExtend(once),
      answer: { status: 201, description: '单位标识', schema: Saved },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => c.json(await saveUnit(office, actor, body, body.commandId), 201),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/units/:id',
      tag,
      summary: '更正单位，列入或者移出制定主体清单；单位不删除',
      roles: admin,
      body: UnitCorrection.safeExtend(once),
      answer: { description: '单位标识', schema: Saved },
      problems: ['stale_version'],
    },
    async (c, { body, actor }) => {
      if (body.id !== param(c, 'id'))
        throw new AppError('invalid', '单位代码不得更改', { issues: [{ path: 'id', message: '单位代码不得更改' }] })
      return c.json(await saveUnit(office, actor, body, body.commandId))
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/bodies',
      tag,
      summary: '登记会议或者审核机构',
      roles: admin,
      body: BodyInput.safeExtend(once),
      answer: { status: 201, description: '标识', schema: Saved },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => c.json(await addBody(office, actor, body, body.commandId), 201),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/bodies/:id',
      tag,
      summary: '停用、恢复或者更正会议、审核机构；已有的决定与意见不受影响',
      roles: admin,
      body: BodyChange.extend(once),
      answer: { description: '标识与状态', schema: BodyChanged },
      problems: ['conflict', 'stale_version'],
    },
    async (c, { body, actor }) => c.json(await changeBody(office, actor, param(c, 'id'), body, body.commandId)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/office-acts',
      tag,
      table: {
        name: '办公事务记录',
        columns: [
          ['时间', 18, ({ at }) => minute(at)],
          ['经办', 16, 'by.name'],
          ['事项', 20, ({ kind }) => officeActLabels[kind as keyof typeof officeActLabels]],
          ['人员或者单位', 30, ({ detail, subject }) => (detail as { name?: unknown }).name ?? subject],
          ['理由', 40, 'reason'],
        ],
      },
      summary: '管理记录：谁在何时因何办理了人员与单位的哪一项',
      roles: admin,
      query: z.object(pageQuery),
      answer: { description: '一页记录，新的在前', schema: OfficeActs },
    },
    async (c, { query, actor }) => c.json(await listOfficeActs(office, actor, query)),
  )
}
