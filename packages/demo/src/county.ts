// 演示县：单位、角色账号。只有角色，没有真实的人；单位代码与规则包一致。
import type { Role } from '@dianzhang/contract'
import { type Db, schema } from '@dianzhang/database'
import { latestPack } from '@dianzhang/packs'
import { createLogin, ensureBodies } from '@dianzhang/workflow'

export const demoJurisdiction = '640522'
export const demoPassword = 'dianzhang-demo'
/** 演示县的门户是谁的网站：各项都是演示值，没有一项是真的号码。 */
export const demoSite = {
  government: '海原县人民政府（演示）',
  host: '海原县人民政府办公室（演示）',
  operator: '海原县大数据服务中心（演示）',
  phone: '0955-0000000（演示）',
  icp: '宁ICP备00000000号-1（演示）',
  siteCode: '6405220000',
  police: '宁公网安备64052200000000号（演示）',
  correction: 'https://example.com/jiucuo',
}

interface DemoUnit {
  id: string
  name: string
  kind: 'government' | 'office' | 'department' | 'township' | 'internal' | 'temporary' | 'npc' | 'superior'
  parent: string | null
  eligible: boolean
  areaCode?: string
  bodyCode?: string
}
export const demoUnits: DemoUnit[] = [
  { id: 'zw-gov', name: '中卫市人民政府', kind: 'superior', parent: null, eligible: false },
  { id: 'hy-npc', name: '海原县人民代表大会常务委员会', kind: 'npc', parent: null, eligible: false },
  {
    id: 'hy-gov',
    name: '海原县人民政府',
    kind: 'government',
    parent: 'zw-gov',
    eligible: true,
    areaCode: '640522',
    bodyCode: '3000',
  },
  {
    id: 'hy-office',
    name: '海原县人民政府办公室',
    kind: 'office',
    parent: 'hy-gov',
    eligible: true,
    areaCode: '640522',
    bodyCode: '4340',
  },
  { id: 'hy-justice', name: '海原县司法局', kind: 'department', parent: 'hy-gov', eligible: true },
  { id: 'hy-agri', name: '海原县农业农村局', kind: 'department', parent: 'hy-gov', eligible: true },
  { id: 'hy-housing', name: '海原县住房和城乡建设局', kind: 'department', parent: 'hy-gov', eligible: true },
  { id: 'hy-market', name: '海原县市场监督管理局', kind: 'department', parent: 'hy-gov', eligible: true },
  { id: 'hy-finance', name: '海原县财政局', kind: 'department', parent: 'hy-gov', eligible: true },
  { id: 'hy-town-lijun', name: '海原县李俊乡人民政府', kind: 'township', parent: 'hy-gov', eligible: true },
  { id: 'hy-agri-crops', name: '海原县农业农村局种植业股', kind: 'internal', parent: 'hy-agri', eligible: false },
  {
    id: 'hy-business-group',
    name: '海原县优化营商环境工作领导小组',
    kind: 'temporary',
    parent: 'hy-gov',
    eligible: false,
  },
]
export interface DemoPerson {
  id: string
  username: string
  name: string
  unit: string
  posts: Array<{ role: Role; unit: string }>
}
const one = (username: string, name: string, unit: string, ...roles: Role[]): DemoPerson => ({
  id: username,
  username,
  name,
  unit,
  posts: roles.map((role) => ({ role, unit })),
})
export const demoPeople: DemoPerson[] = [
  one('drafter', '起草经办人（农业农村局）', 'hy-agri', 'drafter'),
  one('drafter.housing', '起草经办人（住建局）', 'hy-housing', 'drafter'),
  one('drafter.town', '起草经办人（李俊乡）', 'hy-town-lijun', 'drafter'),
  one('head', '起草单位负责人（农业农村局）', 'hy-agri', 'unit_head', 'leader'),
  one('head.housing', '起草单位负责人（住建局）', 'hy-housing', 'unit_head', 'leader'),
  one('head.town', '乡长（李俊乡）', 'hy-town-lijun', 'unit_head', 'leader'),
  one('contact', '部门联络员（财政局）', 'hy-finance', 'department_contact'),
  one('contact.market', '部门联络员（市场监管局）', 'hy-market', 'department_contact'),
  one('contact.housing', '部门联络员（住建局）', 'hy-housing', 'department_contact'),
  one('competition', '公平竞争审查人', 'hy-market', 'fair_competition_reviewer'),
  one('reviewer', '审核人', 'hy-justice', 'legality_reviewer'),
  one('reviewer.2', '审核人（二）', 'hy-justice', 'legality_reviewer'),
  one('reviewer.agri', '审核人（农业农村局，只先行审核）', 'hy-agri', 'legality_reviewer'),
  one('adviser', '法律顾问', 'hy-justice', 'legal_adviser'),
  one('secretariat', '政府办公室文秘', 'hy-office', 'secretariat'),
  one('leader', '县长（签发领导）', 'hy-gov', 'leader'),
  one('deputy', '副县长（分管农业农村）', 'hy-gov', 'unit_head'),
  one('registrar', '备案登记人（中卫市）', 'zw-gov', 'registrar'),
  one('registrar.npc', '备案登记人（县人大常委会）', 'hy-npc', 'registrar'),
  {
    id: 'registrar.county',
    username: 'registrar.county',
    name: '备案登记人（县政府）',
    unit: 'hy-justice',
    posts: [
      { role: 'registrar', unit: 'hy-gov' },
      { role: 'department_contact', unit: 'hy-justice' },
    ],
  },
  // 县司法局承办县政府的备案审查。
  {
    id: 'filing.county',
    username: 'filing.county',
    name: '备案审查人（县司法局）',
    unit: 'hy-justice',
    posts: [{ role: 'filing_reviewer', unit: 'hy-gov' }],
  },
  one('filing.city', '备案审查人（中卫市）', 'zw-gov', 'filing_reviewer'),
  one('filing.npc', '备案审查人（县人大常委会）', 'hy-npc', 'filing_reviewer'),
  one('evaluator', '评估人员（县司法局）', 'hy-justice', 'evaluator'),
  one('inspector', '考核人员（县司法局）', 'hy-justice', 'inspector'),
  one('admin', '系统管理员', 'hy-office', 'admin'),
]

/**
 * 建成演示县：每人一个口令相同的账号（`accounts` 中已有的不再建），再写入单位与人员。答复用户名 → 登录账号的标识。
 * `passwordHash` 由登录模块算得；`at` 是建立账号的时刻。
 */
export async function openCounty(
  db: Db,
  login: { passwordHash: string; at: Date },
  accounts: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, string>> {
  const known = new Map(accounts)
  for (const { username, name } of demoPeople)
    if (!known.has(username))
      known.set(username, await createLogin(db, { ...login, username, name, mustChangePassword: false }))
  await installCounty(db, (username) => known.get(username) ?? '')
  return known
}

/** 写入演示县的单位与人员（已有的不动）。账号（口令）由登录模块另行建立，须先存在。 */
export async function installCounty(db: Db, userIdOf: (username: string) => string): Promise<void> {
  await db
    .insert(schema.units)
    .values(
      demoUnits.map((u, i) => ({
        jurisdictionId: demoJurisdiction,
        id: u.id,
        name: u.name,
        kind: u.kind,
        parentId: u.parent,
        eligible: u.eligible,
        eligibleSince: u.eligible ? '2020-01-01' : null,
        eligibleUntil: null,
        areaCode: u.areaCode ?? null,
        bodyCode: u.bodyCode ?? null,
        sort: i,
      })),
    )
    .onConflictDoNothing()
  const pack = latestPack(demoJurisdiction, '9999-12-31')
  if (pack) await ensureBodies(db, demoJurisdiction, pack)
  await db
    .insert(schema.people)
    .values(
      demoPeople.map((p) => ({
        jurisdictionId: demoJurisdiction,
        id: p.id,
        userId: userIdOf(p.username),
        name: p.name,
        unitId: p.unit,
        active: true,
      })),
    )
    .onConflictDoNothing()
  await db
    .insert(schema.personRoles)
    .values(
      demoPeople.flatMap((p) =>
        p.posts.map((x) => ({
          jurisdictionId: demoJurisdiction,
          personId: p.id,
          unitId: x.unit,
          role: x.role,
          startsOn: null,
          endsOn: null,
        })),
      ),
    )
    .onConflictDoNothing()
}
