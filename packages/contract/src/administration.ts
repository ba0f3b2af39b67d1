// 系统管理员的办理：人员、任职、密码、单位。服务端与浏览器共用这一份规定。
import { z } from 'zod'
import { conditionIssues, field } from './field.ts'
import { type Role, roleLabels, roles } from './vocabulary.ts'

/** 用户名的写法；登录与开立账号同一规则。 */
export const usernamePattern = /^[a-z0-9_.-]{3,30}$/i

const reason = field(z.string().trim().min(1).max(500), '理由', {
  description: '依据或者缘由，如任免文件的文号；记入管理记录',
})
const unitRef = z.string().trim().min(1).max(60)

const PostInput = z.object({
  role: field(z.enum(roles as [Role, ...Role[]]), '角色', { labels: roleLabels }),
  unit: field(unitRef, '单位', { control: 'unit' }),
  startsOn: field(z.iso.date().nullish(), '起始日', { description: '缺省自即日起' }),
  endsOn: field(z.iso.date().nullish(), '终止日', { description: '缺省没有期限' }),
})
export type PostInput = z.infer<typeof PostInput>
const posts = field(
  z
    .array(PostInput)
    .min(1)
    .max(20)
    .superRefine((list, context) => {
      for (const [i, post] of list.entries()) {
        if (list.findIndex((other) => other.role === post.role && other.unit === post.unit) < i)
          context.addIssue({ code: 'custom', path: [i, 'role'], message: '同一单位的同一任职列了两次' })
        if (post.startsOn && post.endsOn && post.endsOn < post.startsOn)
          context.addIssue({ code: 'custom', path: [i, 'endsOn'], message: '终止日不得早于起始日' })
      }
      // 管理员没有任何决定类的命令；兼任别的岗位，便又有了。
      const admin = list.findIndex((post) => post.role === 'admin')
      if (admin >= 0 && list.some((post) => post.role !== 'admin'))
        context.addIssue({
          code: 'custom',
          path: [admin, 'role'],
          message: '系统管理员不办理案卷，不得兼有其他任职',
        })
    }),
  '任职',
)

/** 在用的账号按最近登录挑出：从来没有登录过，或者登录过而已超过九十天。 */
export const signInAges = { never: '从未登录', dormant: '超过90天未登录' } as const
export type SignInAge = keyof typeof signInAges

/** 添一名人员：`POST /api/people`。 */
export const PersonInput = z.object({
  name: field(z.string().trim().min(1).max(60), '姓名'),
  username: field(
    z.string().trim().max(30).regex(usernamePattern, '用户名须为 3–30 个字母、数字、下划线、点或者连字符'),
    '用户名',
    { description: '登录用，不分大小写' },
  ),
  unit: field(unitRef, '所在单位', { control: 'unit' }),
  posts,
  reason,
})
export type PersonInput = z.infer<typeof PersonInput>
/** 变更任职的表单；以所列替换原有的全部任职。 */
export const PostsInput = z.object({ posts, reason })
export type PostsInput = z.infer<typeof PostsInput>
/** `POST /api/people/:id/posts`：附上所见的任职，期间已由他人变更的不覆盖。 */
export const PostsChange = PostsInput.extend({ seen: z.array(PostInput).max(100).describe('所见的现有任职') })
export type PostsChange = z.infer<typeof PostsChange>
/** 停用、恢复、重置密码：只需缘由。 */
export const ReasonInput = z.object({ reason })
export type ReasonInput = z.infer<typeof ReasonInput>

/** 单位的种类与名称。 */
export const unitKindLabels = {
  government: '政府',
  office: '政府办公室',
  department: '部门',
  township: '乡镇',
  internal: '内设机构',
  temporary: '议事协调（临时）机构',
  npc: '人大常委会',
  superior: '上级政府',
} as const
export type UnitKind = keyof typeof unitKindLabels

/** 一个单位：命令行批量写入与逐个添改同一规定。 */
export const UnitInput = z.object({
  id: field(
    z
      .string()
      .max(60)
      .regex(/^[\w.-]+$/, '单位代码只用字母、数字、下划线、点与连字符'),
    '单位代码',
  ),
  name: field(z.string().trim().min(2).max(100), '单位全称'),
  kind: field(z.enum(Object.keys(unitKindLabels) as [UnitKind, ...UnitKind[]]), '种类', { labels: unitKindLabels }),
  parent: field(z.string().max(60).nullish(), '上级单位', { control: 'unit' }),
  eligible: field(z.boolean().default(false), '是否列入已公布的制定主体清单'),
  eligibleSince: field(z.iso.date().nullish(), '列入日期（清单公布日期）'),
  eligibleUntil: field(z.iso.date().nullish(), '移出日期', { description: '在清单上的最后一日；没有移出的不填' }),
  areaCode: field(
    z
      .string()
      .max(6)
      .regex(/^\d{6}$/, '行政区划代码为 6 位数字')
      .nullish(),
    '行政区划代码',
  ),
  bodyCode: field(
    z
      .string()
      .max(4)
      .regex(/^\d{4}$/, '机关代码为 4 位数字')
      .nullish(),
    '机关代码',
  ),
})
export type UnitInput = z.infer<typeof UnitInput>
const withReason = UnitInput.extend({ reason })
function datesInOrder(unit: UnitInput, context: z.core.$RefinementCtx): void {
  if (unit.eligible && !unit.eligibleSince)
    context.addIssue({
      code: 'custom',
      path: ['eligibleSince'],
      message: '列入制定主体清单，须写明清单公布日期',
    })
  if (unit.eligibleSince && unit.eligibleUntil && unit.eligibleUntil < unit.eligibleSince)
    context.addIssue({ code: 'custom', path: ['eligibleUntil'], message: '移出日期不得早于列入日期' })
}
/** 添一个单位：`POST /api/units`。 */
export const UnitChange = withReason.superRefine(datesInOrder)
export type UnitChange = z.infer<typeof UnitChange>
/** 更正一个单位：`POST /api/units/:id`；附上所见的内容，期间已由他人更正的不覆盖。 */
export const UnitCorrection = withReason
  .extend({ seen: UnitInput.describe('所见的现有内容') })
  .superRefine(datesInOrder)
export type UnitCorrection = z.infer<typeof UnitCorrection>

export const bodyKindLabels = { meeting: '会议', review: '合法性审核机构' } as const
const bodyName = field(z.string().trim().min(2).max(100), '名称')
const meetingForm = field(z.string().trim().min(2).max(40).optional(), '会议的种类', {
  description: '与规则包所列一致的方可审议，如“常务会议”',
  control: 'meeting-form',
})
const seat = field(unitRef.optional(), '审核机构设在哪个单位', { control: 'unit' })
/** 登记一个会议或者审核机构：`POST /api/bodies`。 */
export const BodyInput = z
  .object({
    name: bodyName,
    kind: field(z.enum(['meeting', 'review']), '种类', {
      description: 'meeting 会议，review 合法性审核机构',
      help: '',
      labels: bodyKindLabels,
    }),
    unit: field(unitRef, '所属的机关', { description: '以谁的名义决定、为谁审核', control: 'unit' }),
    form: field(meetingForm, '会议的种类', {
      when: { field: 'kind', is: ['meeting'] },
      requiredWhen: { field: 'kind', is: ['meeting'], says: '须写明会议的种类' },
    }),
    seat: field(seat, '审核机构设在哪个单位', {
      when: { field: 'kind', is: ['review'] },
      requiredWhen: { field: 'kind', is: ['review'], says: '须写明审核机构设在哪个单位' },
    }),
    reason,
  })
  .superRefine((body, context) => {
    for (const { path, message } of conditionIssues(BodyInput.shape, body, false))
      context.addIssue({ code: 'custom', path: [path], message })
  })
export type BodyInput = z.infer<typeof BodyInput>
/** 更正一个会议或者审核机构的表单；所属机关与种类不改，办过的案卷指向它们。 */
export const BodyCorrectionInput = z.object({ name: bodyName, form: meetingForm, seat, reason })
/** 停用、恢复或者更正：`POST /api/bodies/:id`；附上所见的内容（seen），期间已由他人变更的不覆盖。 */
export const BodyChange = BodyCorrectionInput.partial({ name: true }).extend({
  active: z.boolean().optional().describe('停用 false，恢复 true；不填则不变'),
  seen: z
    .object({
      name: z.string(),
      form: z.string().nullish(),
      seat: z.string().nullish(),
      active: z.boolean(),
    })
    .optional()
    .describe('所见的现有内容'),
})
export type BodyChange = z.infer<typeof BodyChange>

/** 管理记录的种类。 */
export const officeActLabels = {
  person_added: '添加人员',
  person_disabled: '停用账号',
  person_enabled: '恢复账号',
  posts_changed: '变更任职',
  password_reset: '重置密码',
  unit_added: '添加单位',
  unit_changed: '更正单位',
  body_added: '登记会议与机构',
  body_changed: '变更会议与机构',
  backup_restored: '恢复备份',
  numbers_confirmed: '恢复以后确认用号',
} as const
export type OfficeActKind = keyof typeof officeActLabels

/** 一份放假通知：国务院办公厅的年度安排（CN），或者地方的节日。 */
export const HolidayNotice = z.object({
  id: field(z.string().regex(/^[\w.-]{1,60}$/, '只用字母、数字、下划线、点与连字符'), '标识'),
  jurisdiction: field(z.string().min(1).max(40).default('CN'), '适用于', {
    description: 'CN 为国务院办公厅通知；法域代码为地方节日',
  }),
  year: field(z.int().min(2004).max(2100), '年份'),
  source: field(z.string().trim().min(1).max(300), '发文机关与文号'),
  days: field(
    z
      .array(
        z.object({
          date: field(z.iso.date(), '日期'),
          kind: field(z.enum(['off', 'work']), '放假还是上班', { labels: { off: '放假', work: '上班' } }),
          name: field(z.string().trim().min(1).max(60), '节日'),
          source: field(z.string().trim().max(300).optional(), '依据'),
        }),
      )
      .min(1)
      .max(400),
    '放假与调休的日子',
    { control: 'table', of: { one: '一日' } },
  ),
})
