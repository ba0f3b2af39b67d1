// Three things for the staff pages: the flow chart (from the machine itself), the number of files per stage, the demo
// accounts.
import { type ActorRole, AppError, actorRoleLabels, answers, roleLabels } from '@dianzhang/contract'
import { demoGuide, demoPassword, demoPeople, demoUnits } from '@dianzhang/demo'
import { type AnyDesk, countByStage, desks } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'
import { flag } from '../http/validate.ts'

const { Chart, Demo, StageLoad } = answers

type RuleLine = { id: string; title: string; severity: string; basis: unknown; by: string[]; deviation?: unknown }

/** The whole state chart of one procedure as data: every stage, every arrow, and every rule that an arrow names. */
function chart(desk: AnyDesk) {
  const { engine } = desk
  const { process } = engine
  const commands = process.labels.command as Record<string, string>
  const records = desk.recordLabels as Record<string, string>
  return {
    process: process.kind,
    label: process.label,
    opening: {
      command: process.opening.command,
      label: process.opening.label,
      by: process.opening.law.by as ActorRole[],
    },
    stages: [...engine.stages].map(([path, spec]) => ({
      path,
      label: spec.label,
      basis: spec.basis,
      tags: spec.tags ?? [],
      initial: spec.initial ?? null,
      parallel: spec.parallel ?? false,
      leaf: spec.states === undefined,
      whose: (spec.whose ?? []).map((role: ActorRole) => actorRoleLabels[role]),
    })),
    arrows: engine.arrows.map(({ stage, command, n, arrow }) => ({
      id: `${stage}/${command ?? 'auto'}/${n}`,
      from: stage,
      to: arrow.to ?? null,
      command,
      label: command === null ? '自动前行' : (commands[command] ?? command),
      by: command === null ? [] : (process.law[command]?.by ?? []).map((role: ActorRole) => actorRoleLabels[role]),
      basis: command === null ? null : (process.law[command]?.basis ?? null),
      when: arrow.when ?? null,
      judgedAfter: arrow.judged === 'after',
      rules: arrow.rules ?? [],
      records: records[arrow.records] ?? arrow.records,
    })),
    cases: process.labels.cases,
    rules: Object.fromEntries(
      Object.values(process.rules as Record<string, RuleLine>).map(({ id, title, severity, basis, by, deviation }) => [
        id,
        { title, severity, basis, by, deviation: deviation ?? null },
      ]),
    ),
  }
}

export function lifecycleRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const drawn = new Map<string, ReturnType<typeof chart>>()
  ops.staff(
    {
      method: 'get',
      path: '/api/lifecycle',
      tag: '规则',
      summary: '流程图：一种事项的全部阶段、箭头与规则；不写 process 为文件的制定',
      query: z.object({ process: z.string().max(60).optional() }),
      answer: { description: '阶段、箭头、规则', schema: Chart },
    },
    (c, { query }) => {
      const kind = query.process ?? 'normative-document'
      const desk = desks.get(kind)
      if (!desk)
        throw new AppError('invalid', '查询条件有误，请按所列各项更正。', {
          issues: [{ path: 'process', message: `没有“${kind}”这种事项，可以是：${[...desks.keys()].join('、')}` }],
        })
      const known = drawn.get(kind) ?? chart(desk)
      drawn.set(kind, known)
      return c.json(known)
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/stage-load',
      tag: '案卷',
      summary: '各阶段的可见案卷数与逾期数',
      query: z.object({
        mine: flag.optional().describe('只计等着本人办理的'),
        waiting: flag.optional().describe('只计本人在等别人办理的'),
        followed: flag.optional().describe('只计本人关注的'),
        done: flag.optional().describe('只计本人办理过的'),
        process: z.string().max(60).optional().describe('哪一种事项；缺省为文件的制定'),
      }),
      answer: { description: '各阶段', schema: z.array(StageLoad) },
    },
    async (c, { query, actor }) => c.json(await countByStage(office, actor, query)),
  )
  // The demo county's accounts are printed when it starts; production has no such route.
  if (office.mode === 'demo') {
    const unitNames = new Map(demoUnits.map((unit) => [unit.id, unit.name]))
    const accounts = demoPeople.map(({ username, name, unit, posts }) => ({
      username,
      password: demoPassword,
      name,
      unitName: unitNames.get(unit) ?? unit,
      roles: posts.map(({ role }) => role),
      roleLabels: posts.map(({ role }) => roleLabels[role]),
    }))
    ops.open(
      {
        method: 'get',
        path: '/api/demo',
        tag: '运行',
        summary: '演示账号',
        answer: { description: '现在的演示时刻、账号与最值得先试的事', schema: Demo },
      },
      (c) => c.json({ now: office.clock.now().toISOString(), accounts, guide: demoGuide }),
    )
  }
}
