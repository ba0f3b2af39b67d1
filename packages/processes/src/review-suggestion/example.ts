// 一件事事合规、正在审查的建议：公民对县农业农村局的文件提出，县司法局受理，制定机关已说明。规则的例子与测试都在它上面改动。
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import type { SuggestionFacts } from './shape.ts'

const base = exampleFacts()
export const exampleReviewer = { person: 'p-filing', unit: 'hy-gov', roles: ['filing_reviewer' as const] }

/** 每次一份新的，互不影响。 */
export function exampleSuggestion(): SuggestionFacts {
  return {
    now: '2026-10-20T09:00:00+08:00',
    today: '2026-10-20',
    dossier: {
      id: 's-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      door: 'government',
      unit: 'hy-gov',
      document: {
        entry: 'entry-1',
        title: '海原县农机作业补贴发放办法',
        number: '海农规发〔2026〕1号',
        tier: 'department',
        issuers: ['hy-agri'],
        matter: 'doc-1',
      },
      receivedOn: '2026-10-09',
      receivedAt: '2026-10-09T10:00:00+08:00',
      named: true,
      reachable: true,
      keepPrivate: false,
      provisions: ['第六条'],
      conflicts: [
        { id: '1', act: '中华人民共和国行政处罚法', article: '第十六条' },
        { id: '2', act: '优化营商环境条例（国务院令第722号）', article: '第六十四条' },
      ],
      texts: [exampleHash('suggestion')],
      completion: null,
      acceptedOn: '2026-10-12',
      number: '海审建〔2026〕1号',
      extendedOn: null,
      inquiries: [
        {
          n: 1,
          askedOn: '2026-10-13',
          until: '2026-10-23',
          issuer: 'hy-agri',
          hash: exampleHash('asked'),
          answered: { on: '2026-10-19', hash: exampleHash('explained'), agrees: false, until: null },
        },
      ],
      findings: [],
      concludedOn: null,
      exit: null,
      notifiedOn: null,
      answers: [],
      closedOn: null,
      examiners: ['p-filing'],
      links: [],
      reopened: [],
      contactForgottenOn: null,
    },
    command: { type: 'Conclude', payload: {}, actor: exampleReviewer, resolved: {} },
    pack: base.pack,
    calendar: base.calendar,
    external: {
      units: base.external.units,
      document: { status: 'in_force', changes: [] },
      recipients: ['hy-gov'],
      documentReviewers: ['p-reviewer'],
      change: null,
      earlier: null,
      linked: [],
    },
  }
}

type Dossier = SuggestionFacts['dossier']
/** 改动案卷。 */
export const dossier = (f: SuggestionFacts, change: Partial<Dossier>): SuggestionFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 改动案卷以外的事实。 */
export const external = (f: SuggestionFacts, change: Partial<SuggestionFacts['external']>): SuggestionFacts => ({
  ...f,
  external: { ...f.external, ...change },
})
/** 正在办理的命令。 */
export const doing = (
  f: SuggestionFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: SuggestionFacts['command']['actor'] = exampleReviewer,
): SuggestionFacts => ({ ...f, command: { type, payload, actor, resolved: {} } })
/** 改变今天。 */
export const on = (f: SuggestionFacts, today: string): SuggestionFacts => ({
  ...f,
  today,
  now: `${today}T09:00:00+08:00`,
})
/** 没有受理以前的样子。 */
export const justReceived = (f: SuggestionFacts, today = '2026-10-12'): SuggestionFacts =>
  on(dossier(f, { acceptedOn: null, number: null, inquiries: [], examiners: [] }), today)
/** 对某项冲突的一个结论。 */
export const finding = (
  conflict: string,
  change: Partial<Dossier['findings'][number]> = {},
): Dossier['findings'][number] => ({
  conflict,
  outcome: 'lawful',
  ground: '《中华人民共和国行政处罚法》第十六条',
  provisions: [],
  until: null,
  hash: null,
  on: '2026-10-20',
  by: 'p-filing',
  fulfilled: null,
  ...change,
})
/** 各项冲突都有了结论。 */
export const concluded = (f: SuggestionFacts, first: Partial<Dossier['findings'][number]> = {}): SuggestionFacts =>
  dossier(f, { findings: [finding('1', first), finding('2')], concludedOn: '2026-10-20' })
/** 不启动审查以后。 */
export const declined = (f: SuggestionFacts, change: Partial<Dossier> = {}): SuggestionFacts =>
  dossier(f, {
    exit: {
      kind: 'not_started',
      ground: 'unfounded',
      to: null,
      receipt: null,
      change: null,
      letter: null,
      until: null,
      earlier: null,
      hash: exampleHash('declined'),
      on: '2026-10-14',
    },
    ...change,
  })
/** 告知补正以后。 */
export const completing = (
  f: SuggestionFacts,
  change: Partial<NonNullable<Dossier['completion']>> = {},
): SuggestionFacts =>
  dossier(justReceived(f), {
    completion: {
      requestedOn: '2026-10-12',
      until: '2026-10-27',
      missing: ['建议审查的条款'],
      completedOn: null,
      ...change,
    },
  })
