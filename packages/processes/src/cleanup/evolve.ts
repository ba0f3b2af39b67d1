// 每条命令以后的案卷。只折叠，不判断；判断在规则里。
import type { CleanupDossier } from './dossier.ts'
import { noCounts } from './items.ts'
import type { CleanupEvent, CleanupShape } from './shape.ts'

type Dossier = CleanupDossier
const string = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)
const withUnits = (d: Dossier, units: readonly string[] | undefined): Pick<Dossier, 'units'> => ({
  units: [...new Set([...d.units, ...(units ?? [])])].sort(),
})
/** 目录有了变化：已有的核对不足以为凭。 */
const reopened: Pick<Dossier, 'checkedOn'> = { checkedOn: null }
const added = (d: Dossier, e: CleanupEvent): Dossier => {
  const { items = [], units } = e.meta.resolved
  if (d.census === null)
    return { ...d, joined: [...new Set([...d.joined, ...((e.payload.documents ?? []) as string[])])] }
  return d.decision === null
    ? { ...d, ...withUnits(d, units), ...(items.length ? reopened : {}), lateFinds: d.lateFinds + items.length }
    : { ...d, ...withUnits(d, units), afterDecision: d.afterDecision + items.length }
}
const frozen =
  (origin: 'register' | 'list') =>
  (d: Dossier, e: CleanupEvent): Dossier => {
    const r = e.meta.resolved
    const file = e.payload.file as { name: string; sha256: string } | undefined
    return {
      ...d,
      ...withUnits(d, r.units),
      opinions: origin === 'list' ? (r.count ?? 0) : 0,
      census: {
        at: e.meta.at,
        on: e.meta.on,
        origin,
        asOf: string(e.payload.asOf),
        count: r.count ?? 0,
        gone: r.gone ?? 0,
        digest: r.digest ?? ''.padEnd(64, '0'),
        previous: r.previous ?? null,
        missing: r.missing ?? 0,
        extra: r.extra ?? 0,
        file: file
          ? { name: file.name, sha256: file.sha256, skipped: (e.payload.skipped as number | undefined) ?? 0 }
          : null,
      },
    }
  }

const folds: { [T in CleanupShape['command']]: (d: Dossier, e: CleanupEvent) => Dossier } = {
  AddDocuments: added,
  FreezeCensus: frozen('register'),
  ImportCensus: frozen('list'),
  ReportLateFind: added,
  AssignUnit: (d, e) => ({ ...d, ...withUnits(d, e.meta.resolved.unit ? [e.meta.resolved.unit] : []) }),
  GiveOpinion: (d, e) => ({ ...d, ...reopened, opinions: d.opinions + (e.meta.resolved.items?.length ?? 0) }),
  CheckItems: (d, e) => {
    const { person } = e.meta.actor
    return {
      ...d,
      checkedOn: e.meta.resolved.complete ? e.meta.on : null,
      checkers: person === null || d.checkers.includes(person) ? d.checkers : [...d.checkers, person],
    }
  },
  OpenNotice: (d, e) => ({
    ...d,
    notice: {
      openedOn: e.meta.on,
      until: e.meta.resolved.until ?? e.meta.on,
      times: (d.notice?.times ?? 0) + 1,
    },
  }),
  RecordObjection: (d, e) => ({
    ...d,
    objections: [
      ...d.objections,
      { n: d.objections.length + 1, on: e.meta.on, hash: e.meta.resolved.hash ?? ''.padEnd(64, '0'), answered: null },
    ],
  }),
  AnswerObjection: (d, e) => ({
    ...d,
    objections: d.objections.map((x) =>
      x.n === e.payload.objection
        ? {
            ...x,
            answered: {
              on: e.meta.on,
              adopted: e.payload.adopted === true,
              hash: e.meta.resolved.hash ?? ''.padEnd(64, '0'),
            },
          }
        : x,
    ),
  }),
  ConfirmUnlisted: (d, e) => ({
    ...d,
    unlistedConfirmed: d.unlistedConfirmed + ((e.payload.entries ?? []) as unknown[]).length,
  }),
  Decide: (d, e) => ({
    ...d,
    decision: {
      body: e.meta.resolved.body ?? { id: '', name: string(e.payload.body) ?? '', unit: '' },
      session: string(e.payload.session),
      date: string(e.payload.date) ?? e.meta.on,
      on: e.meta.on,
      minutes: string(e.payload.minutes),
      document: string(e.payload.document),
      counts: e.meta.resolved.counts ?? noCounts,
      lists: e.meta.resolved.lists ?? ''.padEnd(64, '0'),
    },
    conditional: (e.meta.resolved.conditional ?? []).map((x) => ({ ...x, appliedOn: null })),
  }),
  PublishResult: (d, e) => ({
    ...d,
    published: {
      on: e.meta.resolved.publishedOn ?? e.meta.on,
      effectiveOn: e.meta.resolved.effectiveOn ?? e.meta.on,
      document: string(e.payload.document) ?? d.decision?.document ?? null,
      effects: e.meta.resolved.effects ?? 0,
      imported: e.meta.resolved.imported ?? 0,
    },
  }),
  RecordRepublication: (d, e) => ({
    ...d,
    republished: [...new Set([...d.republished, ...(e.meta.resolved.items ?? [])])].sort((a, b) => a - b),
  }),
  ApplyLapses: (d, e) => ({
    ...d,
    conditional: d.conditional.map((x) => (x.due === e.payload.due ? { ...x, appliedOn: e.meta.on } : x)),
  }),
  CloseCleanup: (d, e) => ({ ...d, closedOn: e.meta.on }),
  CancelCleanup: (d, e) => ({ ...d, cancelled: { on: e.meta.on, reason: string(e.payload.reason) ?? '' } }),
  RecomputeDeadlines: (d) => d,
}
export const evolve = (d: Dossier, e: CleanupEvent): Dossier => folds[e.type](d, e)

/** 新部署的一次清理；`on` 为部署之日。 */
export function planned(
  base: Pick<Dossier, 'id' | 'jurisdiction' | 'packVersion' | 'unit' | 'title'>,
  p: Record<string, unknown>,
  issuers: string[],
  documents: string[] | null,
  on: string,
): Dossier {
  const scope = (p.scope ?? {}) as { publishedUntil?: string; act?: string; theme?: string }
  const order = p.order as { body: string; docNo?: string; date?: string } | undefined
  return {
    ...base,
    kind: p.kind as Dossier['kind'],
    ground: string(p.ground) ?? '',
    order: order ? { body: order.body, docNo: string(order.docNo), date: string(order.date) } : null,
    scope: {
      issuers,
      publishedUntil: scope.publishedUntil ?? on,
      act: string(scope.act),
      theme: string(scope.theme),
      documents,
    },
    joined: [],
    plannedOn: on,
    deadlineForUnits: string(p.deadlineForUnits),
    deadlineForResult: string(p.deadlineForResult),
    closedList: p.closedList === true,
    census: null,
    lateFinds: 0,
    afterDecision: 0,
    units: [],
    opinions: 0,
    checkedOn: null,
    checkers: [],
    notice: null,
    objections: [],
    unlistedConfirmed: 0,
    decision: null,
    published: null,
    conditional: [],
    republished: [],
    closedOn: null,
    cancelled: null,
  }
}
