// The desk of review suggestions: who may, which facts, what is written. Texts and personal data stand in rows of their own.
import { randomBytes } from 'node:crypto'
import { reviewSuggestion, type Tier } from '@dianzhang/contract'
import { and, asc, count, eq, gte, inArray, isNull, lte, or, schema, type Tx } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import {
  openInquiry,
  received,
  receivedFrom,
  type SuggestionDossier,
  type SuggestionResolved,
  type SuggestionShape,
  suggestions,
} from '@dianzhang/processes'
import { appendForceEvent, statusOfRow } from '@dianzhang/register'
import { governmentOf, suspendedClauses, type UnitFact } from '@dianzhang/rules'
import type { CommandContext, Desk, DeskOpening, Handler, OpeningContext, WriteContext } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import type { Post } from '../office.ts'
import { derivedId, type Send } from '../outbox.ts'
import { permitByRole as permit } from '../policies/permit-by-role.ts'
import { unitNamed } from '../units-from.ts'
import { loadSuggestionFacts, publicEntry, recipients } from './facts.ts'
import { suggestionView } from './view.ts'

type Payload = Record<string, unknown>
type Context = CommandContext<SuggestionShape>
type Write = WriteContext<SuggestionShape>
type Own = Handler<SuggestionShape, Payload>
const { suggestions: t, suggestionTexts: texts, suggestionContacts: contacts } = schema
const { process } = suggestions

const hashOf = (kind: string, body: unknown): string =>
  sha256Hex(`dianzhang/suggestion/1\n${canonicalJson({ kind, body: JSON.parse(JSON.stringify(body)) })}`)
const some = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
/** A receipt that nobody guesses: the day and eighty random bits. */
const receiptOf = (on: string): string => `JY${on.replaceAll('-', '')}-${randomBytes(10).toString('hex').toUpperCase()}`

async function addText(c: Pick<Write, 'tx' | 'jurisdiction' | 'matterId' | 'now'>, kind: string, body: Payload) {
  const here = and(eq(texts.jurisdictionId, c.jurisdiction), eq(texts.matterId, c.matterId))
  const [row] = await c.tx.select({ n: count() }).from(texts).where(here)
  await c.tx.insert(texts).values({
    jurisdictionId: c.jurisdiction,
    matterId: c.matterId,
    n: (row?.n ?? 0) + 1,
    kind,
    body,
    hash: hashOf(kind, body),
    at: c.now,
  })
}
async function keepContact(tx: Tx, jurisdiction: string, matterId: string, p: Payload): Promise<void> {
  const [name, contact] = [some(p.name), some(p.contact)]
  if (name === null && contact === null) return
  const given = { ...(name === null ? {} : { name }), ...(contact === null ? {} : { contact }) }
  await tx
    .insert(contacts)
    .values({ jurisdictionId: jurisdiction, matterId, name, contact })
    .onConflictDoUpdate({ target: [contacts.jurisdictionId, contacts.matterId], set: given })
}
/** What the person wrote, without who it is. */
const claimsOf = (p: Payload): Payload => ({
  provisions: p.provisions ?? [],
  conflicts: p.conflicts ?? [],
  ...(p.reason === undefined ? {} : { reason: p.reason }),
})
const without = (p: Payload, ...names: string[]): Payload =>
  Object.fromEntries(Object.entries(p).filter(([name]) => !names.includes(name)))

/** A command whose text stands in a row: its digest in ledger and dossier. */
const written = (
  kind: string,
  bodyOf: (p: Payload) => Payload | null,
  hidden: string[],
  more: Partial<Own> = {},
): Own => ({
  resolve: (_c, p) => {
    const body = bodyOf(p)
    return body ? { hash: hashOf(kind, body) } : {}
  },
  write: async (c, p) => {
    const body = bodyOf(p)
    if (body) await addText(c, kind, body)
    return undefined
  },
  ledger: (p, r) => ({ ...without(p, ...hidden), ...(r.hash ? { hash: r.hash } : {}) }),
  ...more,
})
const textOf =
  (...names: string[]) =>
  (p: Payload): Payload | null => {
    const kept = Object.fromEntries(names.flatMap((name) => (some(p[name]) ? [[name, p[name]]] : [])))
    return Object.keys(kept).length > 0 ? kept : null
  }

/** Which organ's secretariat answers for the issuer: its own, or that of its government. */
function answersFor(post: Post, d: SuggestionDossier, units: Record<string, UnitFact>): string | null {
  const asked = openInquiry(d)?.issuer ?? d.document.issuers[0] ?? ''
  const name = units[asked]?.name ?? asked
  if (post.unit === asked) return null
  const government = governmentOf(units, asked)?.id
  const office = units[post.unit]?.kind === 'office' && (units[post.unit]?.parent ?? government) === government
  return office && post.role === 'secretariat' ? null : `须为制定机关${name}的人员或者其政府办公室文秘`
}
/** Whether somebody in this unit examines suggestions now: only there does an opened matter lie on a desk. */
async function examinesAt(c: Context, unit: string): Promise<boolean> {
  const { personRoles: r, people: p } = schema
  const [found] = await c.tx
    .select({ person: r.personId })
    .from(r)
    .innerJoin(p, and(eq(p.jurisdictionId, r.jurisdictionId), eq(p.id, r.personId), eq(p.active, true)))
    .where(
      and(
        eq(r.jurisdictionId, c.jurisdiction),
        eq(r.unitId, unit),
        eq(r.role, 'filing_reviewer'),
        or(isNull(r.startsOn), lte(r.startsOn, c.on)),
        or(isNull(r.endsOn), gte(r.endsOn, c.on)),
      ),
    )
    .limit(1)
  return found !== undefined
}
/** The matter of the organ that hands a suggestion over; it is there, for it sent the command. */
async function handedOver(c: OpeningContext, id: string): Promise<SuggestionDossier> {
  const { matters: m } = schema
  const [row] = await c.tx
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, id), eq(m.process, process.kind)))
  if (!row) throw invalid(['from', '没有移送的这件审查建议'])
  return suggestions.restore(row.snapshot as never).context.dossier as SuggestionDossier
}
/** What the person wrote and who it is go with the suggestion, from row to row: neither passes through ledger or outbox. */
async function takeOver(c: OpeningContext, from: string): Promise<void> {
  const said = await c.tx
    .select({ kind: texts.kind, body: texts.body })
    .from(texts)
    .where(
      and(
        eq(texts.jurisdictionId, c.jurisdiction),
        eq(texts.matterId, from),
        inArray(texts.kind, ['submission', 'completion']),
      ),
    )
    .orderBy(asc(texts.n))
  for (const { kind, body } of said) await addText(c, kind, body)
  const [person] = await c.tx
    .select({ name: contacts.name, contact: contacts.contact })
    .from(contacts)
    .where(and(eq(contacts.jurisdictionId, c.jurisdiction), eq(contacts.matterId, from)))
  if (person) await keepContact(c.tx, c.jurisdiction, c.matterId, person)
}
/** Every named conflict is one of this suggestion. */
const knownConflicts = (c: Context, p: Payload): void => {
  const given = (p.conclusions ?? []) as Array<{ conflict: string }>
  const issues = given.flatMap(
    ({ conflict }, i): Array<[string, string]> =>
      c.dossier.conflicts.some((x) => x.id === conflict)
        ? []
        : [[`conclusions.${i}.conflict`, `本件没有第${conflict}项冲突，共${c.dossier.conflicts.length}项`]],
  )
  const [first, ...rest] = issues
  if (first) throw invalid(first, ...rest)
}
interface Concluded {
  conflict: string
  outcome: string
  ground: string
  text?: string
  provisions?: string[]
}
/** What a conclusion does to the document: stops or resumes it, whole or by clause; null: nothing. */
interface Turn {
  kind: 'suspended' | 'resumed'
  reason: string
  provisions?: string[]
}
const decisionOf = (p: Payload) => p.decision as { body: string; number?: string; date: string } | undefined
/** A clearly unlawful clause stops at once, by clause where clauses are named; where the whole document stops, its clauses stop with it. */
function suspension(c: Write, p: Payload): Turn | null {
  const unlawful = ((p.conclusions ?? []) as Concluded[]).filter((x) => x.outcome === 'clearly_unlawful')
  if (!decisionOf(p) || unlawful.length === 0) return null
  const whole = unlawful.filter((x) => !x.provisions?.length)
  const named = [...new Set(unlawful.flatMap((x) => x.provisions ?? []))]
  const grounds = (whole.length > 0 ? whole : unlawful).map((x) => x.ground).join('；')
  return {
    kind: 'suspended',
    reason: `审查建议${c.dossier.number ?? ''}的审查结论：明显违法，停止执行（${grounds}）`,
    ...(whole.length > 0 ? {} : { provisions: named }),
  }
}
/** Made here: the document itself is told. */
function suspensions(c: Write, p: Payload): Send[] {
  const { matter } = c.dossier.document
  const turn = suspension(c, p)
  if (matter === null || turn === null) return []
  const { reason, provisions } = turn
  const decision = decisionOf(p)
  const command = { type: 'SuspendDocument', on: c.on, decision, reason, ...(provisions ? { provisions } : {}) }
  return [{ matter, command }]
}
/**
 * Imported: no matter can be told, so the event stands on its entry. What stopped so resumes when it is examined again, found
 * otherwise, and a decision says so: there is no other door to an imported document's force but a cleanup, which only ends it.
 */
async function turnImported(c: Write, p: Payload): Promise<void> {
  const { matter, entry: id } = c.dossier.document
  const decision = decisionOf(p)
  if (matter !== null || !decision) return
  const entry = await publicEntry(c.tx, c.jurisdiction, id)
  if (!entry) return
  const turns: Turn[] = []
  const stop = suspension(c, p)
  if (stop) turns.push(stop)
  else {
    const reason = `审查建议${c.dossier.number ?? ''}重新审查，恢复执行`
    const clauses = suspendedClauses(entry.forceEvents, c.on)
    if (statusOfRow(entry, c.on) === 'suspended') turns.push({ kind: 'resumed', reason })
    if (clauses.length > 0) turns.push({ kind: 'resumed', reason, provisions: clauses })
  }
  for (const { kind, reason, provisions } of turns)
    await appendForceEvent(
      c.tx,
      c.jurisdiction,
      { entry: id },
      { kind, on: c.on, reason, byDocument: null, decision, provisions },
    )
}

const plain: Own = {}
const handlers: { [T in SuggestionShape['command']]: Own } = {
  RequestCompletion: written('completion_request', (p) => ({ missing: p.missing }), []),
  Complete: {
    resolve: (_c, p) => {
      const said = [p.provisions, p.conflicts].some((x) => Array.isArray(x) && x.length > 0)
      if (!said && ![p.reason, p.name, p.contact].some((x) => some(x) !== null))
        throw invalid(['reason', '没有填写补充的内容'])
      return { hash: hashOf('completion', claimsOf(p)) }
    },
    write: async (c, p) => {
      await addText(c, 'completion', claimsOf(p))
      await keepContact(c.tx, c.jurisdiction, c.matterId, p)
      return undefined
    },
    ledger: (p, r) => ({ hash: r.hash, provisions: p.provisions ?? [] }),
  },
  DeemUncompleted: plain,
  Accept: plain,
  Transfer: written('transfer', textOf('reason'), [], {
    resolve: async (c, p): Promise<SuggestionResolved> => {
      const unit = unitNamed(c.units, String(p.to))
      const here = unit !== undefined && unit !== c.dossier.unit && (await examinesAt(c, unit))
      return {
        hash: hashOf('transfer', textOf('reason')(p) ?? {}),
        ...(unit === undefined ? {} : { unit, to: c.units[unit]?.name ?? unit }),
        ...(here ? { opens: derivedId(c.commandId, 'transferred') } : {}),
      }
    },
    // An organ that works in this system finds the suggestion on its desk; to any other a letter goes.
    sends: (c, _p, r): Send[] =>
      r.opens && r.unit
        ? [
            {
              opens: process.kind,
              matter: r.opens,
              command: {
                type: reviewSuggestion.opening.type,
                document: c.dossier.document.entry,
                from: c.matterId,
                to: r.unit,
              },
            },
          ]
        : [],
  }),
  RefuseRegistration: written('refusal', textOf('reason'), ['reason']),
  DeclineToStart: written('decline', textOf('text'), ['text']),
  ExtendExamination: plain,
  AskIssuer: written('inquiry', textOf('questions'), ['questions'], {
    resolve: (c, p) => ({
      hash: hashOf('inquiry', { questions: p.questions }),
      unit: c.dossier.document.issuers[0] ?? '',
    }),
  }),
  AnswerInquiry: written('explanation', textOf('text'), ['text']),
  Conclude: {
    resolve: (c, p): SuggestionResolved => {
      knownConflicts(c, p)
      const given = (p.conclusions ?? []) as Concluded[]
      return {
        hashes: Object.fromEntries(
          given.flatMap((x) => (x.text ? [[x.conflict, hashOf('conclusion', { text: x.text })]] : [])),
        ),
      }
    },
    sends: (c, p) => suspensions(c, p),
    write: async (c, p) => {
      await addText(c, 'conclusion', { conclusions: p.conclusions })
      await turnImported(c, p)
      return undefined
    },
    ledger: (p, r) => ({
      ...p,
      conclusions: ((p.conclusions ?? []) as Concluded[]).map(({ text, ...x }) => ({
        ...x,
        ...(text ? { hash: r.hashes?.[x.conflict] } : {}),
      })),
    }),
  },
  ConfirmChange: plain,
  Resume: plain,
  Answer: written('answer', textOf('text'), ['text']),
  Notify: written('notice', textOf('text'), ['text']),
  LinkSimilar: {
    keepsVersion: true,
    resolve: async (c, p) => {
      const { matters: m } = schema
      const [row] = await c.tx
        .select({ process: m.process })
        .from(m)
        .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, String(p.matter))))
      if (row?.process !== process.kind) throw invalid(['matter', '没有这件审查建议'])
      if (p.matter === c.matterId) throw invalid(['matter', '不能与本件自己关联'])
      return {}
    },
  },
  Reopen: written('reopening', textOf('reasons'), ['reasons']),
  Close: plain,
  RecomputeDeadlines: recomputing(process) as Own,
  ForgetContact: {
    keepsVersion: true,
    write: async (c) => {
      await c.tx
        .delete(contacts)
        .where(and(eq(contacts.jurisdictionId, c.jurisdiction), eq(contacts.matterId, c.matterId)))
      return undefined
    },
  },
}

const opening: DeskOpening<SuggestionShape, never> = {
  may: (actor) => permit(actor, reviewSuggestion.opening.label, process.opening.law.by, () => null),
  dossier: async (c, p: Payload) => {
    if (c.actor.kind === 'system') {
      const sender = await handedOver(c, String(p.from))
      const unit = String(p.to)
      const door =
        recipients(c.pack, c.units, sender.document).npc === unit || c.units[unit]?.kind === 'npc'
          ? 'npc'
          : 'government'
      return receivedFrom(
        {
          id: c.matterId,
          jurisdiction: c.jurisdiction,
          packVersion: c.pack.version,
          door,
          unit,
          document: sender.document,
        },
        sender,
        c.at,
      )
    }
    const entry = await publicEntry(c.tx, c.jurisdiction, String(p.document))
    if (!entry) throw invalid(['document', '登记库中没有这件公开的文件，请从文件的页面提出'])
    const document: SuggestionDossier['document'] = {
      entry: entry.id,
      title: entry.title,
      number: entry.documentNumber,
      tier: (entry.tier as Tier | null) ?? null,
      issuers: entry.issuers.flatMap((name) => unitNamed(c.units, name) ?? []),
      matter: entry.documentId,
    }
    const door = p.door === 'npc' ? 'npc' : 'government'
    const found = recipients(c.pack, c.units, document)
    // Nobody knows where an imported document is filed: the county's own government takes it and looks.
    const unit =
      found[door] ?? found.government ?? Object.values(c.units).find((u) => u.kind === 'government')?.id ?? ''
    return received(
      { id: c.matterId, jurisdiction: c.jurisdiction, packVersion: c.pack.version, door, unit, document },
      p,
      hashOf('submission', claimsOf(p)),
      c.at,
    )
  },
  write: async (c, p: Payload) => {
    const receipt = receiptOf(c.on)
    await c.tx.insert(t).values({
      jurisdictionId: c.jurisdiction,
      matterId: c.matterId,
      receipt,
      entryId: c.dossier.document.entry,
      receivedAt: c.now,
    })
    if (c.dossier.from) await takeOver(c, c.dossier.from.matter)
    else {
      await addText(c, 'submission', claimsOf(p))
      await keepContact(c.tx, c.jurisdiction, c.matterId, p)
    }
    return { receipt, at: c.at, hash: c.dossier.texts[0] }
  },
  ledger: (p: Payload, d) => ({
    document: p.document,
    ...(d.from ? { from: d.from } : {}),
    door: d.door,
    provisions: d.provisions,
    conflicts: d.conflicts,
    keepPrivate: d.keepPrivate,
    hash: d.texts[0],
  }),
  // Provisions are in the title: several suggestions on the same document can be told apart at a glance.
  summary: (d) => ({
    title: `对《${d.document.title}》${d.provisions.slice(0, 2).join('、')}${d.provisions.length > 2 ? '等' : ''}的审查建议`,
    unit: d.unit,
  }),
}

export const suggestionDesk: Desk<SuggestionShape> = {
  engine: suggestions,
  recordLabels: reviewSuggestion.records,
  ledgerForm: 2,
  opening,
  handlers: handlers as Desk<SuggestionShape>['handlers'],
  // Who suggested what is the business of the organ that received it; nobody oversees it from elsewhere.
  overseers: [],
  may: (actor, type, d, units) =>
    permit(actor, process.labels.command[type], process.law[type].by, (post) =>
      post.role === 'filing_reviewer'
        ? post.unit === d.unit
          ? null
          : `须为受理机关${units[d.unit]?.name ?? d.unit}的备案审查人`
        : answersFor(post, d, units),
    ),
  facts: async ({ office, tx, jurisdiction, dossier, payload, pack, on, units }) => ({
    pack,
    calendar: office.rules.calendar(jurisdiction),
    external: await loadSuggestionFacts(tx, { jurisdiction, dossier, payload, pack, on, units }),
  }),
  // The issuer comes to know of it once it is asked.
  concerns: (d) => ({
    involvedUnits: [d.unit, ...(d.inquiries.length > 0 ? d.document.issuers : [])],
    concernedRoles: d.inquiries.length > 0 ? ['secretariat'] : [],
  }),
  view: suggestionView,
}
