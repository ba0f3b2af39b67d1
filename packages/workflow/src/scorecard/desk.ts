// The desk of scorecards: one unit and year each; what facts decide is computed when the scores are checked.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { scorecardContract, scoreRuleLabels } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { type ScoreDossier, type ScoreShape, scorecards, scoreTotal, standingScore } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, DeskOpening, Handler } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import { ofYear } from '../of-year.ts'
import { permitByRole } from '../policies/permit-by-role.ts'
import { unitNamed } from '../units-from.ts'
import { casesOf } from './cases.ts'

const { matters: m } = schema
const { process } = scorecards
type Payload = Record<string, unknown>
type Own = Handler<ScoreShape, Payload>
const plain: Own = {}
const handlers: Record<ScoreShape['command'], Own> = {
  SelfAssess: plain,
  CheckScores: {
    resolve: async (c) => {
      // The day before is over: asked again later, it answers the same.
      const asOf = addDays(c.on, -1)
      return { asOf, computed: await casesOf(c.office, c.dossier, asOf) }
    },
    ledger: (p, r) => ({ ...p, asOf: r.asOf, computed: r.computed }),
  },
  ObjectToScore: plain,
  DecideObjection: plain,
  RecomputeDeadlines: recomputing(process) as Own,
  FinaliseScore: plain,
}
const tierOf: Partial<Record<UnitFact['kind'], 'department' | 'township'>> = {
  department: 'department',
  office: 'department',
  township: 'township',
}
const opening: DeskOpening<ScoreShape, { year: number; unit: string }> = {
  may: (actor) => permitByRole(actor, process.opening.label, process.opening.law.by, () => null),
  dossier: async (c, p) => {
    const unit = unitNamed(c.units, p.unit)
    if (unit === undefined) throw invalid(['unit', '没有这个单位'])
    const tier = tierOf[c.units[unit]?.kind ?? 'internal']
    const param = c.pack.scorecard.standards
    const standard = param.value.find((x) => x.tier === tier)
    if (!standard) throw invalid(['unit', '评分标准只考核部门与乡镇，这个单位没有适用的标准'])
    if (p.year > Number(c.on.slice(0, 4))) throw invalid(['year', '这一年度还没有到'])
    const [before] = await c.tx
      .select({ id: m.id })
      .from(m)
      .where(and(ofYear(c.jurisdiction, scorecardContract.kind, p.year), eq(m.unit, unit)))
    if (before) throw invalid(['unit', `${c.units[unit]?.name ?? unit}${p.year}年度的考核评分已经有了，一年一份`])
    return {
      id: c.matterId,
      jurisdiction: c.jurisdiction,
      packVersion: c.pack.version,
      year: p.year,
      unit,
      organiser: c.as.unit ?? '',
      standard: {
        id: standard.id,
        label: standard.label,
        source: param.source.map((x) => `${x.document}${x.article}`).join('；'),
        items: standard.items,
      },
      openedOn: c.on,
      self: null,
      checked: null,
      objections: [],
      finalOn: null,
    }
  },
  summary: (d) => ({ title: `${d.year}年度法治政府建设考核评分`, unit: d.unit }),
}
/** What stands of each item: for the page of the staff and that of the public. */
export const itemsOf = (d: ScoreDossier) =>
  d.standard.items.map((x) => {
    const checked = d.checked?.items.find(({ item }) => item === x.id)
    const objection = d.objections.find(({ item }) => item === x.id) ?? null
    const self = d.self?.scores.find(({ item }) => item === x.id) ?? null
    return {
      ...x,
      weightLabel: x.weight === 0 ? scoreRuleLabels[x.rule] : `满分${x.weight}分`,
      selfLabel: self === null ? '' : `自评${self.score}分${self.note ? `：${self.note}` : ''}`,
      ruleLabel: x.evidence.length > 0 ? scoreRuleLabels.auto : scoreRuleLabels[x.rule],
      self: self?.score ?? null,
      score: standingScore(d, x.id),
      reason: checked?.reason ?? null,
      cases: checked?.cases ?? [],
      objection,
      waiting: objection !== null && objection.decision === null,
    }
  })

export const scorecardDesk: Desk<ScoreShape> = {
  engine: scorecards,
  recordLabels: scorecardContract.records,
  ledgerForm: 2,
  opening: opening as unknown as Desk<ScoreShape>['opening'],
  handlers: handlers as Desk<ScoreShape>['handlers'],
  // A unit sees its own; who scores and who decides sees all.
  overseers: ['inspector', 'secretariat', 'leader'],
  may: (actor, type, d, units) =>
    permitByRole(actor, process.labels.command[type], process.law[type].by, (post) => {
      const name = (id: string): string => units[id]?.name ?? id
      if (post.role === 'unit_head' || post.role === 'drafter')
        return post.unit === d.unit ? null : `须为${name(d.unit)}的人员`
      if (post.role === 'leader') return units[post.unit]?.kind === 'government' ? null : '须为本级政府的领导'
      return null
    }),
  facts: async ({ office, jurisdiction, pack }) => ({ pack, calendar: office.rules.calendar(jurisdiction) }),
  concerns: (d) => ({ involvedUnits: [d.unit, d.organiser], concernedRoles: [] }),
  view: async (office, _actor, { dossier: d, units }) => ({
    year: d.year,
    unitName: units[d.unit]?.name ?? d.unit,
    standard: { label: d.standard.label, source: d.standard.source },
    items: itemsOf(d),
    total: scoreTotal(d),
    selfTotal: d.self ? Math.round(d.self.scores.reduce((sum, { score }) => sum + score, 0) * 100) / 100 : null,
    selfOn: d.self?.on ?? null,
    checkedOn: d.checked?.on ?? null,
    finalOn: d.finalOn,
    // The forms open with every item to be scored; who checks sees what the unit says of itself, and does not begin with it.
    toAssess: d.standard.items.map((x) => ({ item: x.id, ...(x.weight === 0 ? { score: 0 } : {}) })),
    toCheck: d.standard.items.flatMap((x) =>
      x.evidence.length > 0 ? [] : [{ item: x.id, ...(x.weight === 0 ? { score: 0 } : {}) }],
    ),
    // What facts say today, as long as nothing is checked.
    preview: d.checked ? [] : await casesOf(office, d, addDays(dateOf(office), -1)),
  }),
}
const dateOf = (office: Parameters<typeof casesOf>[0]): string => dateInShanghai(office.clock.now().toISOString())
