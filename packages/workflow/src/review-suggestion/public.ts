// The public's side of review suggestions: sending one, completing it, looking it up by receipt, the anonymised list.

import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { conclusionLabels, reviewSuggestion, suggestionDoorLabels } from '@dianzhang/contract'
import { and, asc, type Db, desc, eq, gte, inArray, lt, not, rowsBefore, schema, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { isAnonymous, notOurs, type SuggestionDossier, suggestionClocks, suggestions } from '@dianzhang/processes'
import { invalid, notFound } from '../failures.ts'
import { openMatter, runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { suggestionDesk } from './desk.ts'
import { exitWords } from './view.ts'

const { suggestions: t, suggestionTexts: texts, matters: m, registerEntries: e } = schema
type Given = Record<string, unknown> & { commandId?: string | undefined }

export interface SuggestionReceipt {
  receipt: string
  at: string
  hash: string
  /** Without name and contact it is a clue, and no answer is owed. */
  anonymous: boolean
}
/**
 * A suggestion from the public. `given`: the fields of `SubmitSuggestion`, checked by its schema.
 * Refuses 422 where the document is not a public entry of the register.
 */
export async function submitSuggestion(office: Office, given: Given): Promise<SuggestionReceipt> {
  const { commandId = randomUUID(), ...fields } = given
  const [entry] = await office.db
    .select({ jurisdiction: e.jurisdictionId })
    .from(e)
    .where(and(eq(e.id, String(fields.document)), eq(e.disclosure, 'active')))
    .orderBy(asc(e.jurisdictionId))
    .limit(1)
  if (!entry) throw invalid(['document', '登记库中没有这件公开的文件，请从文件的页面提出'])
  const actor: Actor = { kind: 'public', jurisdiction: entry.jurisdiction }
  const type = reviewSuggestion.opening.type
  const answer = await openMatter(office, actor, reviewSuggestion.kind, { type, commandId, ...fields } as never)
  return {
    receipt: String(answer.receipt),
    at: String(answer.at),
    hash: String(answer.hash),
    anonymous: !fields.name && !fields.contact,
  }
}
/** Row of a suggestion and of its matter by receipt; null: none. */
export const byReceipt = async (db: Db, receipt: string) => {
  const [row] = await db
    .select({ suggestion: t, matter: m })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(eq(t.receipt, receipt.trim().toUpperCase()))
  return row ?? null
}
/** Completes a suggestion by its receipt; 404 where there is none, 409 where nothing is to be completed. */
export async function completeSuggestion(office: Office, receipt: string, given: Given): Promise<void> {
  const row = await byReceipt(office.db, receipt)
  if (!row) throw notFound('这个回执号')
  const { commandId = randomUUID(), ...fields } = given
  const actor: Actor = { kind: 'public', jurisdiction: row.matter.jurisdictionId }
  const command = { type: 'Complete' as const, commandId, expectedVersion: 0, ...fields }
  await runAt(suggestionDesk, office, actor, row.matter.id, command)
}

/** The record in a stored snapshot. */
export const dossierOf = (snapshot: unknown): SuggestionDossier =>
  suggestions.restore(snapshot as never).context.dossier as SuggestionDossier
/** Whether the last answer stands: a reopened suggestion waits for a new one. */
export const isAnswered = (stage: string, d: SuggestionDossier): boolean =>
  stage === 'answered' || (stage === 'closed' && d.exit === null)
/** Clocks as the public sees them: what the office owes, not what others owe it. */
function clocksOf(office: Office, d: SuggestionDossier, pack: Pack, today: string) {
  const facts = {
    dossier: d,
    pack,
    calendar: office.rules.calendar(d.jurisdiction),
    today,
    now: `${today}T09:00:00+08:00`,
    command: { type: '', payload: {}, actor: { person: null, unit: null, roles: [] }, resolved: {} },
    external: {
      units: {},
      document: null,
      recipients: [],
      documentReviewers: [],
      change: null,
      earlier: null,
      linked: [],
    },
  }
  return suggestionClocks(facts).map((c) => ({
    key: c.key,
    label: c.label,
    startsOn: c.startsOn,
    dueOn: c.dueOn,
    status: c.status,
    metOn: c.metOn ?? null,
    overdue: c.status === 'open' && c.dueOn < today,
  }))
}

/**
 * A suggestion by its receipt: stage, clocks, what is to be completed, the answer. Nothing of the person, nothing of the
 * inner work. Null: no suggestion has this receipt. Read from the primary: who has just sent it looks at once.
 */
export async function suggestionReceipt(office: Office, receipt: string): Promise<Record<string, unknown> | null> {
  const row = await byReceipt(office.db, receipt)
  if (!row) return null
  const d = dossierOf(row.matter.snapshot)
  const today = dateInShanghai(office.clock.now().toISOString())
  const kinds = ['submission', 'completion', 'answer', 'notice', 'refusal', 'decline', 'transfer']
  const [all, [unit], next] = await Promise.all([
    office.db
      .select({ kind: texts.kind, body: texts.body, at: texts.at, hash: texts.hash })
      .from(texts)
      .where(
        and(eq(texts.jurisdictionId, d.jurisdiction), eq(texts.matterId, row.matter.id), inArray(texts.kind, kinds)),
      )
      .orderBy(asc(texts.n)),
    office.db
      .select({ name: schema.units.name })
      .from(schema.units)
      .where(and(eq(schema.units.jurisdictionId, d.jurisdiction), eq(schema.units.id, row.matter.unit))),
    d.exit?.matter ? handedTo(office, d.jurisdiction, d.exit.matter) : null,
  ])
  const last = (...wanted: string[]) => all.findLast(({ kind }) => wanted.includes(kind))
  const answer = isAnswered(row.matter.stage, d) ? last('answer') : undefined
  const told = d.exit === null ? undefined : last('notice', 'decline', 'refusal', 'transfer')
  const clocks = clocksOf(office, d, office.rules.pack(d.jurisdiction, row.matter.packVersion), today)
  return {
    kind: 'suggestion',
    receipt: row.suggestion.receipt,
    jurisdiction: d.jurisdiction,
    document: { id: d.document.entry, title: d.document.title, documentNumber: d.document.number },
    receivedAt: row.suggestion.receivedAt.toISOString(),
    unit: unit?.name ?? row.matter.unit,
    doorLabel: suggestionDoorLabels[d.door],
    stage: row.matter.stage,
    stageLabel: suggestions.process.labels.stage(row.matter.stage),
    anonymous: isAnonymous(d),
    provisions: d.provisions,
    conflicts: d.conflicts.map((x) => {
      const found = answer ? d.findings.find(({ conflict }) => conflict === x.id) : undefined
      return {
        ...x,
        conclusion: found
          ? { outcome: found.outcome, label: conclusionLabels[found.outcome], ground: found.ground }
          : null,
      }
    }),
    submitted: all
      .filter(({ kind }) => kind === 'submission' || kind === 'completion')
      .map(({ body, at, hash }) => ({
        ...body,
        at: at.toISOString(),
        hash,
      })),
    completion:
      row.matter.stage === 'completing' && d.completion
        ? { missing: d.completion.missing, until: d.completion.until }
        : null,
    completable: ['received', 'completing'].includes(row.matter.stage) || d.exit?.ground === 'not_completed',
    outcome: d.exit ? { kind: d.exit.kind, words: exitWords(d.exit), on: d.exit.on, text: textOf(told?.body) } : null,
    handedTo:
      d.exit?.kind === 'transferred' ? { unit: d.exit.to, by: d.exit.matter ? 'matter' : 'letter', ...next } : null,
    answer: answer
      ? {
          text: textOf(answer.body),
          at: answer.at.toISOString(),
          hash: answer.hash,
          number: d.answers.at(-1)?.number ?? null,
        }
      : null,
    clocks: clocks.filter(({ key }) => key !== 'forget-contact'),
    contactForgottenOn: d.contactForgottenOn,
  }
}
/** Where a suggestion that was handed over stands now, and under which receipt; null: not delivered yet. */
async function handedTo(office: Office, jurisdiction: string, matter: string) {
  const [row] = await office.db
    .select({ receipt: t.receipt, stage: m.stage })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matter)))
  return row ? { ...row, stageLabel: suggestions.process.labels.stage(row.stage) } : null
}
const textOf = (body: Record<string, unknown> | undefined): string | null =>
  (body?.text ?? body?.reason ?? null) as string | null

/** How suggestions of one year were dealt with: counts, and one anonymised line each; newest first. */
export async function publicSuggestions(
  office: Office,
  query: {
    year?: number | undefined
    jurisdiction?: string | undefined
    cursor?: string | undefined
    limit?: number | undefined
  },
): Promise<answers.Given<typeof answers.SuggestionsOfYear> & Record<string, unknown>> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const year = query.year ?? Number(today.slice(0, 4))
  const limit = query.limit ?? 50
  const within = and(
    gte(t.receivedAt, new Date(`${year}-01-01T00:00:00+08:00`)),
    lt(t.receivedAt, new Date(`${year + 1}-01-01T00:00:00+08:00`)),
    query.jurisdiction === undefined ? undefined : eq(t.jurisdictionId, query.jurisdiction),
  )
  // Counted from columns, all of them mirrored and verified: only the lines of this page are read as records.
  const { deadlines: c } = schema
  const late = sql<boolean>`exists (select 1 from ${c} where ${and(
    eq(c.jurisdictionId, t.jurisdictionId),
    eq(c.matterId, t.matterId),
    eq(c.status, 'open'),
    lt(c.dueOn, today),
    not(inArray(c.kind, notOurs)),
  )})`
  const answered = sql<boolean>`exists (select 1 from ${texts} where ${and(
    eq(texts.jurisdictionId, t.jurisdictionId),
    eq(texts.matterId, t.matterId),
    eq(texts.kind, 'answer'),
  )})`
  const counted = await office.readDb
    .select({
      stage: m.stage,
      count: sql<number>`count(*)::int`,
      overdue: sql<number>`(count(*) filter (where ${late}))::int`,
      answered: sql<number>`(count(*) filter (where ${answered}))::int`,
    })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(within)
    .groupBy(m.stage)
  const sum = (of: (row: (typeof counted)[number]) => number): number => counted.reduce((n, row) => n + of(row), 0)
  const from = rowsBefore(query.cursor)
  const rows = await office.readDb
    .select({ receivedAt: t.receivedAt, stage: m.stage, snapshot: m.snapshot, overdue: late })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(within)
    .orderBy(desc(t.receivedAt), sql`md5(${t.matterId})`)
    .offset(from)
    .limit(limit)
  const items = rows.map(({ receivedAt, stage, snapshot, overdue }) => {
    const d = dossierOf(snapshot)
    const answeredOn = d.answers.at(-1)?.on ?? null
    return {
      receivedOn: dateInShanghai(receivedAt.toISOString()),
      stage,
      stageLabel: suggestions.process.labels.stage(stage),
      overdue,
      answeredOn,
      // Who asked for it to be kept private is a line without content.
      document: d.keepPrivate
        ? null
        : { id: d.document.entry, title: d.document.title, documentNumber: d.document.number },
      provisions: d.keepPrivate ? [] : d.provisions,
      conclusions:
        answeredOn && !d.keepPrivate
          ? d.findings.map(({ outcome, ground }) => ({ outcome, label: conclusionLabels[outcome], ground }))
          : [],
    }
  })
  const total = sum((row) => row.count)
  return {
    year,
    total,
    overdue: sum((row) => row.overdue),
    answered: sum((row) => row.answered),
    stages: Object.entries(reviewSuggestion.stages).map(([stage, label]) => ({
      stage,
      label,
      count: counted.find((row) => row.stage === stage)?.count ?? 0,
    })),
    items,
    nextCursor: from + items.length < total ? String(from + items.length) : null,
  }
}
