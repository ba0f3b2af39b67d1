// 行政规范性文件的办理台：编成的机器之外，谁可以办、事实从哪里来、写下什么。
import type { Deviation } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { type DocumentShape, domainEventLabels, engine, plan, regionsOf } from '@dianzhang/lifecycle'
import { catalogue, confirmedEmergency, type RuleId } from '@dianzhang/rules'
import { handlers } from './commands/index.ts'
import { proposal } from './commands/propose.ts'
import type { Desk } from './door/desk.ts'
import { loadExternal } from './facts/load-facts.ts'
import { documentTurn } from './policies/document-turn.ts'
import { documentOverseers, may, mayReadText } from './policies/may.ts'
import { concernedRoles, involvedUnits } from './projections/involved-units.ts'
import { withStatement } from './text/statement.ts'

/** 箭头上有这些规则之一的命令。 */
const asking = (...rules: RuleId[]): ReadonlySet<string | null> =>
  new Set(engine.arrows.flatMap((a) => (a.arrow.rules?.some((r) => rules.includes(r)) ? [a.command] : [])))
const asksBases = asking('draft.basis-in-force')
const asksPredecessors = asking('validity.renewal', 'validity.evaluated-before-renewal')
const asksBurdens = asking('classification.plausible')
/** 关口的规则要看，退回、变更制定机关以后推算哪些认可仍然成立也要看。 */
const asksSubstance = new Set([
  ...asking('consultation.same-substance', 'assessment.current'),
  'RecordSecretariatCheck',
  'ReturnFromSigning',
  'ChangeIssuers',
])

export const documentDesk: Desk<DocumentShape> = {
  engine,
  recordLabels: domainEventLabels,
  ledgerForm: 1,
  opening: proposal,
  handlers,
  overseers: documentOverseers,
  may,
  complete: withStatement,
  facts: async ({ office, tx, jurisdiction, dossier, type, payload, as, pack, on, units }) => {
    const asked = {
      bases: type === null || asksBases.has(type),
      substance: type === null || asksSubstance.has(type),
      predecessors: type === null || asksPredecessors.has(type),
      burdens: type === null || asksBurdens.has(type),
    }
    const approving = type === 'ApproveDeviation' ? as.person : null
    return {
      pack,
      calendar: office.rules.calendar(jurisdiction),
      external: await loadExternal(tx, dossier, pack, on, units, asked, payload, approving),
    }
  },
  // 记录在案的只有本命令所判断、出处允许、而且不偏离就不能放行的（紧急情形放宽了时限的，理由照样记录）；
  // 其余的写了也不算，不入案卷与登记库。
  deviations: (payload, verdicts, dossier) => {
    const kept = (payload.deviations as Deviation[]).filter((x) => {
      const verdict = verdicts.find((v) => v.rule === x.rule)
      if (verdict?.deviation) return true
      return confirmedEmergency(dossier) && verdict && catalogue[verdict.rule as RuleId]?.deviation !== undefined
    })
    return kept.length > 0 ? kept : undefined
  },
  concerns: (dossier) => ({ involvedUnits: involvedUnits(dossier), concernedRoles: concernedRoles(dossier) }),
  // 只有文件才有的列：制定机关变更、备案各轨道前行时随之改写。
  project: (tx, { jurisdiction, matterId, before, after }) => {
    const columnsOf = ({ value, context }: NonNullable<typeof before>) => ({
      leadIssuer: context.dossier.issuers[0] ?? '',
      filing: ((value as { effective?: { filing?: Record<string, unknown> } }).effective?.filing ?? null) as Record<
        string,
        unknown
      > | null,
    })
    const columns = columnsOf(after)
    const { documents: t } = schema
    if (!before)
      return tx
        .insert(t)
        .values({ jurisdictionId: jurisdiction, id: matterId, tier: after.context.dossier.tier, ...columns })
    return JSON.stringify(columnsOf(before)) === JSON.stringify(columns)
      ? null
      : tx
          .update(t)
          .set(columns)
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, matterId)))
  },
  ledger: (dossier) => ({ textHash: dossier.texts.at(-1)?.hash ?? null }),
  answer: (value) => {
    const regions = regionsOf(value)
    return regions ? { regions } : {}
  },
  // 审核意见摘引的原话是未公布的文字：不能看文本的人看得到意见，看不到摘引。
  plan,
  turn: documentTurn,
  veil: (actor, payload) =>
    Array.isArray(payload.points) && !mayReadText(actor)
      ? {
          ...payload,
          points: payload.points.map((point: unknown) => {
            if (typeof point !== 'object' || point === null) return point
            const { quote: _, ...rest } = point as { quote?: string }
            return rest
          }),
        }
      : payload,
}
