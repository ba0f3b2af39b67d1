// 人员、单位、会议与机构、委托的答复。
import { z } from 'zod'
import { type OfficeActKind, officeActLabels } from '../administration.ts'
import { type Role, roles } from '../vocabulary.ts'
import { pageOf } from './common.ts'

const role = z.enum(roles as [Role, ...Role[]])
const date = z.iso.date()
const colleague = { id: z.string(), name: z.string(), unit: z.string(), unitName: z.string() }

export const Body = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['meeting', 'review']),
  unit: z.string(),
  unitName: z.string(),
  form: z.string().nullable(),
  seat: z.string().nullable(),
  active: z.boolean(),
})
export const Colleague = z.looseObject(colleague)
export const Delegates = z.looseObject({ items: z.array(Colleague), more: z.boolean() })
export const PersonRow = z.looseObject({
  ...colleague,
  username: z.string().nullable(),
  active: z.boolean(),
  posts: z.array(z.looseObject({ role, unit: z.string(), startsOn: date.nullable(), endsOn: date.nullable() })),
  lastSignIn: z
    .looseObject({
      at: z.iso.datetime({ offset: true }),
      exact: z.boolean().describe('为假的，只知道在此以前登录过'),
    })
    .nullable()
    .optional()
    .describe('最近登录，空为从未登录；只告诉系统管理员'),
})
const named = z.looseObject({ person: z.string(), name: z.string() })
export const Delegation = z.looseObject({
  id: z.string(),
  from: named,
  to: named,
  role,
  roleLabel: z.string(),
  unit: z.string(),
  unitName: z.string(),
  startsOn: date,
  endsOn: date,
  reason: z.string(),
  revokedAt: z.string().nullable(),
  active: z.boolean(),
})
export const Delegated = z.looseObject({ id: z.string(), startsOn: date, endsOn: date })
export const DelegationRevoked = z.looseObject({ id: z.string(), revokedAt: z.string() })
export const PersonAdded = z.looseObject({
  person: z.string(),
  username: z.string(),
  password: z.string().describe('一次性密码，只出现这一次'),
})
export const PostsNow = z.looseObject({
  person: z.string(),
  posts: z.array(z.looseObject({ role, unit: z.string(), startsOn: date.nullish(), endsOn: date.nullish() })),
})
export const PersonState = z.looseObject({ person: z.string(), active: z.boolean() })
export const PasswordReset = z.looseObject({ person: z.string(), name: z.string(), password: z.string() })
/** 添加、更正以后的标识。 */
export const Saved = z.looseObject({ id: z.string() })
export const BodyChanged = z.looseObject({ id: z.string(), name: z.string(), active: z.boolean() })
export const OfficeAct = z.looseObject({
  id: z.string(),
  at: z.string(),
  by: named,
  kind: z.enum(Object.keys(officeActLabels) as [OfficeActKind, ...OfficeActKind[]]),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  reason: z.string(),
})
export const OfficeActs = pageOf(OfficeAct)
