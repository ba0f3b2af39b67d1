// 工作人员页面所需的三项：流程图（来自机器本身）、各阶段案卷数、演示账号。
import { actorRoleLabels, commandLabels, roleLabels } from '@dianzhang/contract'
import { allArrows, allStages, commandLaw, domainEventLabels } from '@dianzhang/lifecycle'
import { catalogue } from '@dianzhang/rules'
import { countByStage, demoGuide, demoPassword, demoPeople, demoUnits } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'
import { flag } from '../http/validate.ts'
import { Anything } from '../openapi/shapes.ts'

/** The whole state chart as data: every stage, every arrow, and every rule that an arrow names. */
function chart() {
  return {
    stages: [...allStages].map(([path, spec]) => ({
      path,
      label: spec.label,
      basis: spec.basis,
      tags: spec.tags ?? [],
      initial: spec.initial ?? null,
      parallel: spec.parallel ?? false,
      leaf: spec.states === undefined,
    })),
    arrows: allArrows.map(({ stage, command, n, arrow }) => ({
      id: `${stage}/${command ?? 'auto'}/${n}`,
      from: stage,
      to: arrow.to ?? null,
      command,
      label: command === null ? '自动前行' : commandLabels[command],
      by: command === null ? [] : commandLaw[command].by.map((role) => actorRoleLabels[role]),
      basis: command === null ? null : commandLaw[command].basis,
      when: arrow.when ?? null,
      judgedAfter: arrow.judged === 'after',
      rules: arrow.rules ?? [],
      records: domainEventLabels[arrow.records],
    })),
    rules: Object.fromEntries(
      Object.values(catalogue).map(({ id, title, severity, basis, by, deviation }) => [
        id,
        { title, severity, basis, by, deviation: deviation ?? null },
      ]),
    ),
  }
}

export function lifecycleRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  let drawn: ReturnType<typeof chart> | undefined
  ops.staff(
    {
      method: 'get',
      path: '/api/lifecycle',
      tag: '规则',
      summary: '流程图：全部阶段、箭头与规则',
      answer: { description: '阶段、箭头、规则', schema: Anything },
    },
    (c) => {
      drawn ??= chart()
      return c.json(drawn)
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/stage-load',
      tag: '案卷',
      summary: '各阶段的可见案卷数与逾期数',
      query: z.object({ mine: flag.optional().describe('只计待本人办理的') }),
      answer: { description: '各阶段', schema: z.array(Anything) },
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
        answer: { description: '现在的演示时刻、账号与最值得先试的事', schema: Anything },
      },
      (c) => c.json({ now: office.clock.now().toISOString(), accounts, guide: demoGuide }),
    )
  }
}
