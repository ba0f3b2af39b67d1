// 每条命令以后的案卷。只折叠，不判断；判断在规则里。
import { dateInShanghai } from '@dianzhang/calendar'
import type { RefusalGround, SuggestionOutcome } from '@dianzhang/contract'
import { pendingChange, type SuggestionDossier, unanswered } from './dossier.ts'
import { completionDue } from './periods.ts'
import { factsOf, type SuggestionEvent, type SuggestionShape } from './shape.ts'

type Dossier = SuggestionDossier
type Exit = NonNullable<Dossier['exit']>
interface GivenConflict {
  act: string
  article?: string
}
interface GivenConclusion {
  conflict: string
  outcome: SuggestionOutcome
  ground?: string
  provisions?: string[]
  until?: string
}
const string = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)

/** 补进来的冲突接着编号；条款去掉重复的。 */
const withClaims = (
  d: Pick<Dossier, 'provisions' | 'conflicts'>,
  payload: Record<string, unknown>,
): Pick<Dossier, 'provisions' | 'conflicts'> => ({
  provisions: [...new Set([...d.provisions, ...((payload.provisions ?? []) as string[])])],
  conflicts: [
    ...d.conflicts,
    ...((payload.conflicts ?? []) as GivenConflict[]).map(({ act, article }, i) => ({
      id: String(d.conflicts.length + i + 1),
      act,
      article: string(article),
    })),
  ],
})
const exit = (kind: Exit['kind'], on: string, more: Partial<Exit> = {}): Exit => ({
  kind,
  ground: null,
  to: null,
  receipt: null,
  change: null,
  letter: null,
  until: null,
  earlier: null,
  hash: null,
  on,
  ...more,
})
/** 各项冲突都有结论、没有正在改正的，审查即告结束。 */
const settled = (d: Dossier, on: string): Dossier => ({
  ...d,
  concludedOn: unanswered(d).length === 0 && !pendingChange(d) ? (d.concludedOn ?? on) : null,
})
const examined = (d: Dossier, e: SuggestionEvent): Dossier => {
  const { person } = e.meta.actor
  return person === null || d.examiners.includes(person) ? d : { ...d, examiners: [...d.examiners, person] }
}

const folds: { [T in SuggestionShape['command']]: (d: Dossier, e: SuggestionEvent) => Dossier } = {
  RequestCompletion: (d, e) => ({
    ...d,
    completion: {
      requestedOn: e.meta.on,
      until: string(e.payload.until) ?? completionDue(factsOf(d, e), e.meta.on)?.answer.due ?? e.meta.on,
      missing: (e.payload.missing ?? []) as string[],
      completedOn: null,
    },
  }),
  Complete: (d, e) => ({
    ...d,
    ...withClaims(d, e.payload),
    named: d.named || string(e.payload.name) !== null,
    reachable: d.reachable || string(e.payload.contact) !== null,
    texts: e.meta.resolved.hash ? [...d.texts, e.meta.resolved.hash] : d.texts,
    completion: d.completion && { ...d.completion, completedOn: e.meta.on },
    exit: null,
    notifiedOn: null,
  }),
  DeemUncompleted: (d, e) => ({
    ...d,
    exit: exit('not_registered', e.meta.on, { ground: 'not_completed' satisfies RefusalGround }),
  }),
  Accept: (d, e) => examined({ ...d, acceptedOn: e.meta.on, number: string(e.payload.number) }, e),
  Transfer: (d, e) => ({
    ...d,
    exit: exit('transferred', e.meta.on, {
      to: e.meta.resolved.to ?? string(e.payload.to),
      receipt: string(e.payload.receipt),
      ...(e.meta.resolved.opens ? { matter: e.meta.resolved.opens } : {}),
      hash: e.meta.resolved.hash ?? null,
    }),
  }),
  RefuseRegistration: (d, e) => ({
    ...d,
    exit: exit('not_registered', e.meta.on, { ground: string(e.payload.ground), hash: e.meta.resolved.hash ?? null }),
  }),
  DeclineToStart: (d, e) => {
    const letter = e.payload.letter as { title: string; number?: string; date: string } | undefined
    return examined(
      {
        ...d,
        exit: exit('not_started', e.meta.on, {
          ground: string(e.payload.reason),
          change: string(e.payload.change),
          letter: letter ? { title: letter.title, number: string(letter.number), date: letter.date } : null,
          until: string(e.payload.until),
          earlier: string(e.payload.earlier),
          hash: e.meta.resolved.hash ?? null,
        }),
      },
      e,
    )
  },
  ExtendExamination: (d, e) => ({ ...d, extendedOn: e.meta.on }),
  AskIssuer: (d, e) =>
    examined(
      {
        ...d,
        inquiries: [
          ...d.inquiries,
          {
            n: d.inquiries.length + 1,
            askedOn: e.meta.on,
            until: string(e.payload.until) ?? issuerTerm(e),
            issuer: e.meta.resolved.unit ?? d.document.issuers[0] ?? '',
            hash: e.meta.resolved.hash ?? '',
            answered: null,
          },
        ],
      },
      e,
    ),
  AnswerInquiry: (d, e) => ({
    ...d,
    inquiries: d.inquiries.map((x, i) =>
      i === d.inquiries.length - 1
        ? {
            ...x,
            answered: {
              on: e.meta.on,
              hash: e.meta.resolved.hash ?? '',
              agrees: e.payload.agrees === true,
              until: string(e.payload.until),
            },
          }
        : x,
    ),
  }),
  Conclude: (d, e) => {
    const given = (e.payload.conclusions ?? []) as GivenConclusion[]
    const findings = given.map((x): Dossier['findings'][number] => ({
      conflict: x.conflict,
      outcome: x.outcome,
      ground: x.ground ?? '',
      provisions: x.provisions ?? [],
      until: x.until ?? null,
      hash: e.meta.resolved.hashes?.[x.conflict] ?? null,
      on: e.meta.on,
      by: e.meta.actor.person,
      fulfilled: null,
    }))
    const kept = d.findings.filter((x) => !findings.some((y) => y.conflict === x.conflict))
    const all = [...kept, ...findings].toSorted((a, b) => Number(a.conflict) - Number(b.conflict))
    return examined(settled({ ...d, findings: all, concludedOn: null }, e.meta.on), e)
  },
  ConfirmChange: (d, e) =>
    settled(
      {
        ...d,
        findings: d.findings.map((x) =>
          x.outcome === 'issuer_agrees' && x.fulfilled === null
            ? { ...x, fulfilled: { change: String(e.payload.change ?? ''), on: e.meta.on } }
            : x,
        ),
      },
      e.meta.on,
    ),
  Resume: (d) => ({
    ...d,
    findings: d.findings.filter((x) => x.outcome !== 'issuer_agrees' || x.fulfilled !== null),
    concludedOn: null,
  }),
  Answer: (d, e) => ({
    ...d,
    answers: [...d.answers, { on: e.meta.on, hash: e.meta.resolved.hash ?? '', number: string(e.payload.number) }],
  }),
  Notify: (d, e) => ({ ...d, notifiedOn: d.notifiedOn ?? e.meta.on }),
  LinkSimilar: (d, e) => {
    const other = string(e.payload.matter)
    return other === null || d.links.includes(other) ? d : { ...d, links: [...d.links, other] }
  },
  Reopen: (d, e) => ({
    ...d,
    acceptedOn: d.acceptedOn ?? e.meta.on,
    exit: null,
    notifiedOn: null,
    findings: [],
    concludedOn: null,
    extendedOn: null,
    closedOn: null,
    reopened: [...d.reopened, { on: e.meta.on, hash: e.meta.resolved.hash ?? '', answers: d.answers.length }],
  }),
  Close: (d, e) => ({ ...d, closedOn: e.meta.on }),
  RecomputeDeadlines: (d) => d,
  ForgetContact: (d, e) => ({ ...d, contactForgottenOn: e.meta.on }),
}
/** 函中没有写明答复期限的，依规则包；规则包也没有的，不会放行。 */
function issuerTerm(e: SuggestionEvent): string {
  const { value, unit } = e.pack.suggestion.issuerReply
  if (value === null) return e.meta.on
  return e.calendar.explain({ start: e.meta.on, amount: value, unit: unit ?? 'calendar_day', mode: 'deadline' }).due
}

export const evolve = (d: Dossier, e: SuggestionEvent): Dossier => folds[e.type](d, e)

/** 移送来的一件：内容与原来的一件相同，自现在起由接收的机关办理。`at` 为移送的时刻。 */
export function receivedFrom(
  base: Parameters<typeof received>[0],
  sender: SuggestionDossier,
  at: string,
): SuggestionDossier {
  return {
    ...received(base, {}, '', at),
    from: { matter: sender.id, unit: sender.unit, receivedOn: sender.from?.receivedOn ?? sender.receivedOn },
    named: sender.named,
    reachable: sender.reachable,
    keepPrivate: sender.keepPrivate,
    provisions: sender.provisions,
    conflicts: sender.conflicts,
    texts: sender.texts,
  }
}

/** 新收到的一件。`at` 为收到的时刻。 */
export function received(
  base: Pick<Dossier, 'id' | 'jurisdiction' | 'packVersion' | 'door' | 'unit' | 'document' | 'from'>,
  payload: Record<string, unknown>,
  hash: string,
  at: string,
): Dossier {
  return {
    ...base,
    receivedAt: at,
    receivedOn: dateInShanghai(at),
    named: string(payload.name) !== null,
    reachable: string(payload.contact) !== null,
    keepPrivate: payload.keepPrivate === true,
    ...withClaims({ provisions: [], conflicts: [] }, payload),
    texts: [hash],
    completion: null,
    acceptedOn: null,
    number: null,
    extendedOn: null,
    inquiries: [],
    findings: [],
    concludedOn: null,
    exit: null,
    notifiedOn: null,
    answers: [],
    closedOn: null,
    examiners: [],
    links: [],
    reopened: [],
    contactForgottenOn: null,
  }
}
