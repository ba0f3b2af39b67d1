// 两张总图：阶段图（机器的每支箭头）与权限表（角色 × 命令 × 阶段）。改了机器或权限，这里的存档随之改变。
import {
  type ActorRole,
  actorRoleLabels,
  type CommandType,
  commandLabels,
  commandTypes,
  type ForceStatus,
  forceLabels,
  type Role,
  roles,
  type Stage,
  stageLabels,
  systemCommands,
} from '@dianzhang/contract'
import { demoJurisdiction, demoPeople, demoUnits } from '@dianzhang/demo'
import { allArrows, allStages, commandLaw, domainEventLabels } from '@dianzhang/lifecycle'
import { catalogue, exampleFacts, standardBodies, type UnitFact } from '@dianzhang/rules'
import { type Actor, may } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { expectGolden } from './golden.ts'

const cite = (b: { document: string; article: string }): string => `${b.document}${b.article}`
const caseWords: Record<string, (v: unknown) => string> = {
  outcome: (v) => `结论 ${String(v)}`,
  substantive: (v) => (v ? '实质性' : '非实质性'),
  track: (v) => `轨道 ${String(v)}`,
  reached: (v) => (v ? '日期已到' : '日期未到'),
  accepted: (v) => (v ? '已受理' : '未受理'),
  decided: (v) => (v ? '已审议通过' : '未经审议'),
  returnedFrom: (v) => `退回自 ${String(v)}`,
  lastSignature: (v) => (v ? '最后一方签署' : '尚有他方'),
  numbered: (v) => (v ? '已有编号' : '没有编号'),
  inEffect: (v) => (v ? '施行日已到' : '施行日未到'),
  dueForce: (v) => (v === 'none' ? '没有待体现的变动' : `待体现 ${String(v)}`),
  restoredTo: (v) => `收回以后：${forceLabels[v as ForceStatus]}`,
  amended: (v) => (v ? '已经修改过' : '没有修改过'),
  governmentTrack: (v) => (v ? '须报上级政府' : '不报上级政府'),
  npcTrack: (v) => (v ? '须报人大' : '不报人大'),
}

function stageMap(): string {
  const lines = [
    '# 阶段图',
    '',
    '由机器生成（`test/golden/maps.test.ts`），请勿手改。规则写代码，要求见规则目录；“（留）”为不变阶段。',
    '',
  ]
  for (const [path, spec] of allStages) {
    lines.push(
      `## \`${path}\` ${spec.label}`,
      '',
      `依据：${cite(spec.basis)}${spec.tags ? `　标签：${spec.tags.join('、')}` : ''}${spec.parallel ? '　并行' : ''}${spec.initial ? `　初始：\`${spec.initial}\`` : ''}`,
      '',
    )
    const here = allArrows.filter((a) => a.stage === path)
    if (here.length === 0) continue
    lines.push('| 命令 | 情形 | 去处 | 规则 | 记为 |', '| --- | --- | --- | --- | --- |')
    for (const { command, arrow } of here) {
      const when = Object.entries(arrow.when ?? {}).map(([k, v]) => caseWords[k]?.(v) ?? `${k}=${String(v)}`)
      if (arrow.judged === 'after') when.push('按变更之后判断')
      lines.push(
        `| ${command ? `\`${command}\` ${commandLabels[command]}` : '（自动）'} | ${when.join('，')} | ${arrow.to ? `\`${arrow.to}\`` : '（留）'} | ${(arrow.rules ?? []).map((r) => `\`${r}\``).join(' ')} | ${domainEventLabels[arrow.records]} |`,
      )
    }
    lines.push('')
  }
  const used = [...new Set(allArrows.flatMap((a) => [...(a.arrow.rules ?? [])]))].sort()
  lines.push('## 规则', '', '| 规则 | 要求 | 程度 | 依据 |', '| --- | --- | --- | --- |')
  for (const id of used)
    lines.push(
      `| \`${id}\` | ${catalogue[id].title} | ${catalogue[id].severity === 'block' ? '阻断' : '提示'}${catalogue[id].deviation ? '，可依法偏离' : ''} | ${cite(catalogue[id].basis)} |`,
    )
  return `${lines.join('\n')}\n`
}

const bare: Record<string, UnitFact> = Object.fromEntries(
  demoUnits.map((u) => [
    u.id,
    {
      id: u.id,
      name: u.name,
      kind: u.kind,
      parent: u.parent,
      eligible: u.eligible,
      eligibleSince: null,
      eligibleUntil: null,
      bodies: [],
    },
  ]),
)
const units: Record<string, UnitFact> = Object.fromEntries(
  Object.values(bare).map((u) => [u.id, { ...u, bodies: standardBodies(exampleFacts().pack, u, bare) }]),
)
// 农业农村局起草、县政府制发，征求过财政局与市场监管局，报中卫市政府与县人大常委会备案。
const { dossier } = exampleFacts()
/** 演示县每人只以其一种角色出面。 */
const holders = (role: Role): Actor[] =>
  demoPeople.flatMap((p) =>
    p.posts
      .filter((post) => post.role === role)
      .map(
        (post): Actor => ({
          kind: 'person',
          jurisdiction: demoJurisdiction,
          person: p.id,
          userId: p.id,
          name: p.name,
          unit: p.unit,
          unitName: p.unit,
          posts: [post],
          mustChangePassword: false,
        }),
      ),
  )
const everyone: Record<ActorRole, Actor[]> = {
  ...(Object.fromEntries(roles.map((role) => [role, holders(role)])) as Record<Role, Actor[]>),
  public: [{ kind: 'public', jurisdiction: demoJurisdiction }],
  system: [{ kind: 'system', jurisdiction: demoJurisdiction }],
}
const columns = Object.keys(everyone) as ActorRole[]
const commandsAt = (stage: string): CommandType[] =>
  commandTypes.filter((type) =>
    allArrows.some(
      (a) =>
        a.command === type &&
        (a.stage === stage ||
          stage.startsWith(`${a.stage}.`) ||
          (stage === 'effective' && a.stage.startsWith('effective.'))),
    ),
  )
/** ● 此角色的人都可以；◐ 只有单位在范围之内的可以；空白为不可以。 */
function cell(role: ActorRole, type: CommandType): string {
  const answers = everyone[role].map((actor) => may(actor, type, dossier, units).allowed)
  return answers.every(Boolean) ? '●' : answers.some(Boolean) ? '◐' : ''
}
const stages = (Object.keys(stageLabels) as Stage[]).filter((stage) => stage !== 'legality_review')

function roleMatrix(): string {
  const lines = [
    '# 权限表：角色 × 命令 × 阶段',
    '',
    '逐人询问 `may` 得出（`test/golden/maps.test.ts`），请勿手改。案卷：县农业农村局起草，县人民政府制发，征求过财政局、市场监管局，报中卫市人民政府与县人大常委会备案。',
    '',
    '● 该角色的人都可以办理；◐ 只有单位在范围之内的可以（起草单位、被征求意见的单位、制定机关、受理备案的单位）；空白为不可以。阶段中没有列出的命令，任何人不得在该阶段办理。',
    '',
  ]
  for (const stage of stages) {
    lines.push(`## \`${stage}\` ${stageLabels[stage]}`, '')
    const commands = commandsAt(stage)
    if (commands.length === 0) {
      lines.push('没有可以办理的命令。', '')
      continue
    }
    lines.push(
      `| 命令 | ${columns.map((r) => actorRoleLabels[r]).join(' | ')} |`,
      `| --- |${' :-: |'.repeat(columns.length)}`,
    )
    for (const type of commands)
      lines.push(`| \`${type}\` ${commandLabels[type]} | ${columns.map((r) => cell(r, type)).join(' | ')} |`)
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

describe('金样', () => {
  it('阶段图与存档一致', () => expectGolden('stage-map.md', stageMap()))
  it('权限表与存档一致', () => expectGolden('role-matrix.md', roleMatrix()))
})

describe('权限表的道理', () => {
  it('每个角色都有演示人员，每条命令都有人可以办理', () => {
    for (const role of roles) expect(everyone[role].length, role).toBeGreaterThan(0)
    for (const type of commandTypes)
      expect(
        columns.filter((r) => cell(r, type) !== ''),
        type,
      ).not.toEqual([])
  })
  it('可以办理的角色就是命令所定的角色，一个不多', () => {
    for (const type of commandTypes)
      expect(columns.filter((r) => cell(r, type) !== '').sort(), type).toEqual([...commandLaw[type].by].sort())
  })
  it('系统管理员没有任何决定性的命令，公众只能提意见，系统命令不给任何人', () => {
    expect(commandTypes.filter((type) => cell('admin', type) !== '')).toEqual(['MoveToPack'])
    expect(commandTypes.filter((type) => cell('public', type) !== '')).toEqual(['SubmitComment'])
    for (const type of systemCommands) expect(columns.filter((r) => cell(r, type) !== '')).toEqual(['system'])
  })
  it('起草、审核、签署分属不同的角色', () => {
    for (const [a, b] of [
      ['SaveDraft', 'IssueOpinion'],
      ['SaveDraft', 'Sign'],
      ['SaveDraft', 'ConfirmRevision'],
      ['SubmitForReview', 'IssueOpinion'],
    ] as const)
      expect(
        columns.filter((r) => cell(r, a) !== '' && cell(r, b) !== ''),
        `${a} 与 ${b}`,
      ).toEqual([])
  })
  it('不可以的都说明由谁办理或者为何不在范围之内', () => {
    for (const type of commandTypes)
      for (const role of columns)
        for (const actor of everyone[role]) {
          const answer = may(actor, type, dossier, units)
          if (!answer.allowed) expect(answer.reason, `${role} ${type}`).toMatch(/由.+办理|须为|只能|只有|被征求/)
        }
  })
})
