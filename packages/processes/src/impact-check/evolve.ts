// 每条命令以后的案卷。只折叠，不判断。
import type { ImpactOutcome } from '@dianzhang/contract'
import type { ImpactDossier } from './dossier.ts'
import type { ImpactCheckEvent, ImpactShape } from './shape.ts'

type Dossier = ImpactDossier
const string = (value: unknown): string => (typeof value === 'string' ? value : '')
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** 已有的结论收进先前的各次。 */
const put = (d: Dossier): Dossier['earlier'] => (d.conclusion ? [...d.earlier, d.conclusion] : d.earlier)
const folds: { [T in ImpactShape['command']]: (d: Dossier, e: ImpactCheckEvent) => Dossier } = {
  StartCheck: (d, e) => ({ ...d, startedOn: e.meta.on }),
  Conclude: (d, e) => ({
    ...d,
    startedOn: d.startedOn ?? e.meta.on,
    earlier: put(d),
    confirmed: null,
    conclusion: {
      outcome: string(e.payload.outcome) as ImpactOutcome,
      reason: string(e.payload.reason),
      articles: strings(e.payload.articles),
      on: e.meta.on,
      by: e.meta.actor.person,
    },
  }),
  Contest: (d, e) => ({
    ...d,
    earlier: put(d),
    conclusion: null,
    confirmed: null,
    contests: [
      ...d.contests,
      { on: e.meta.on, by: e.meta.actor.person, reason: string(e.payload.reason), answer: null },
    ],
  }),
  AnswerContest: (d, e) => {
    const accepted = e.payload.accepted === true
    const by = e.meta.actor.person
    const reason = string(e.payload.reason)
    const contests = d.contests.map((one) =>
      one.answer === null ? { ...one, answer: { on: e.meta.on, by, accepted, reason } } : one,
    )
    if (!accepted) return { ...d, contests }
    return {
      ...d,
      contests,
      conclusion: { outcome: 'unaffected', reason, articles: [], on: e.meta.on, by },
      confirmed: { on: e.meta.on, by },
    }
  },
  RecomputeDeadlines: (d) => d,
  ConfirmConclusion: (d, e) => ({ ...d, confirmed: { on: e.meta.on, by: e.meta.actor.person } }),
}
export const evolve = (d: Dossier, e: ImpactCheckEvent): Dossier => folds[e.type](d, e)
