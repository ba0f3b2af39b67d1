// The audit of past files: our own, out of their ledger, and described ones from elsewhere; who may ask, and the paper.
import { dateInShanghai } from '@dianzhang/calendar'
import { type answers, type Role, tierLabels } from '@dianzhang/contract'
import { and, asc, decodeCursor, eq, inArray, type Paging, pageFrom, schema, sql } from '@dianzhang/database'
import { type DocumentShape, domainEventLabels } from '@dianzhang/lifecycle'
import { findPack, latestPack, type Pack } from '@dianzhang/packs'
import {
  type AuditGate,
  type AuditReport,
  auditDescribed,
  auditFile,
  auditLines,
  auditSummary,
  type Dossier,
  packThen,
} from '@dianzhang/rules'
import { documentDesk } from '../document-desk.ts'
import type { ExportedFile } from '../exported-file.ts'
import { loadExternal, loadUnits } from '../facts/load-facts.ts'
import { invalid, notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { docxType, paperDocx } from '../paper.ts'
import { mayRead } from '../policies/may.ts'
import { openedRow, peopleNames } from '../queries/matters.ts'
import { readDescribedFile } from './described-file.ts'
import { draw, populationDigest, publishedIn, samplingRecipe } from './sample.ts'
import { drawsOf } from './sample-act.ts'

/** Who audits: those who examine and check, never those whose own file it is. */
const auditors: readonly Role[] = ['legality_reviewer', 'secretariat', 'leader', 'inspector']
const isAuditor = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'person' && actor.posts.some((p) => auditors.includes(p.role)))
const inspects = (actor: Actor): boolean => actor.kind === 'person' && actor.posts.some((p) => p.role === 'inspector')
/** 404 for those who do not audit: that there is such a desk is none of their business. */
function requireAuditor(actor: Actor): void {
  if (!isAuditor(actor)) throw notFound('这个页面')
}

/** Moments of the gates, from the file itself; what did not happen is left out. */
function gatesOf(d: Dossier): Partial<Record<AuditGate, string>> {
  const at: Partial<Record<AuditGate, string | null | undefined>> = {
    submitted: d.review?.submittedAt,
    opinion_issued: d.review?.opinion?.at,
    deliberated: d.decision?.at,
    signed: d.signatures.at(-1)?.at,
    numbered: d.numbers?.assignedAt,
    published: d.publication?.publishedAt,
  }
  return Object.fromEntries(Object.entries(at).filter(([, when]) => when != null)) as Partial<Record<AuditGate, string>>
}

const { matters: m, ledgerEvents: e } = schema
/** Stored packs are fixed; the one of the file's own version where the day is one on which that version was already followed. */
const packsOf = (office: Office, jurisdiction: string, version: string) => {
  const own: Pack | null = findPack(version) ?? office.rules.pack(jurisdiction, version)
  return (on: string): Pack | null => {
    const then = latestPack(jurisdiction, on)
    // Within one date there are several serial numbers of one pack: the file's own is the one it was handled under.
    return then && own && then.effectiveFrom === own.effectiveFrom ? own : (then ?? own)
  }
}

/**
 * One of our own files, judged again from its ledger by the packs that held on the day of each step. 404: no such file, the
 * actor does not audit, or may not see it (an inspector sees every published one).
 */
export async function auditOwn(office: Office, actor: Actor, id: string): Promise<AuditReport> {
  requireAuditor(actor)
  const j = actor.jurisdiction
  const [row] = await office.db
    .select()
    .from(m)
    .where(and(eq(m.jurisdictionId, j), eq(m.id, id), eq(m.process, documentDesk.engine.process.kind)))
  if (!row) throw notFound('这份案卷')
  const units = await loadUnits(office.db, j)
  const { dossier } = openedRow<DocumentShape>(documentDesk, row, units)
  if (!mayRead(actor, row) && !(inspects(actor) && dossier.publication)) throw notFound('这份案卷')
  const asOf = dateInShanghai(office.clock.now().toISOString())
  const packOn = packsOf(office, j, row.packVersion)
  const until = dossier.publication?.publishedOn ?? asOf
  const pack = packOn(until) ?? office.rules.pack(j, row.packVersion)
  const [external, events] = await Promise.all([
    loadExternal(office.db, dossier, pack, until, units, {
      bases: true,
      substance: true,
      predecessors: true,
      burdens: false,
    }),
    office.db
      .select({ type: e.type, at: e.at, unit: sql<string | null>`${e.body}->'actor'->>'unit'` })
      .from(e)
      .where(and(eq(e.jurisdictionId, j), eq(e.matterId, id)))
      .orderBy(asc(e.seq)),
  ])
  return auditFile({
    dossier,
    external,
    calendar: office.rules.calendar(j),
    asOf,
    packOn,
    gates: gatesOf(dossier),
    steps: events
      .filter(({ type }) => !unsaid.has(type))
      .map(({ type, at, unit }) => ({
        on: dateInShanghai(at.toISOString()),
        label: domainEventLabels[type as keyof typeof domainEventLabels] ?? type,
        detail: unit === null ? '系统' : (units[unit]?.name ?? unit),
      })),
    source: `本系统案卷 ${id}，依台账`,
    place: pack.name,
    tier: tierLabels[dossier.tier],
  })
}
/** What the file itself does not tell as a step of its own. */
const unsaid: ReadonlySet<string> = new Set(['DeadlinesRecomputed', 'CommentSubmitted'])

/** A described file from elsewhere. 404: the actor does not audit. 422: what cannot be read, by event and field. */
export async function auditForeign(office: Office, actor: Actor, bytes: Uint8Array): Promise<AuditReport> {
  requireAuditor(actor)
  const file = await readDescribedFile(bytes)
  const asOf = dateInShanghai(office.clock.now().toISOString())
  const pack = latestPack(file.place, '9999-12-31')
  if (!pack) throw invalid(['place', `没有法域“${file.place}”的规则；本地没有规则包的，写 CN 依国家的规则评查`])
  return auditDescribed(file, {
    packOn: packThen(file.place),
    calendar: office.rules.calendar(file.place),
    placeName: pack.name,
    asOf,
  })
}

export interface SampleAsked {
  year: number
  n: number
  seed: string
}
/** Files published in a year, drawn by a seed; each with its report in short. 404: the actor does not audit. */
export async function sampleFiles(
  office: Office,
  actor: Actor,
  { year, n, seed }: SampleAsked,
): Promise<answers.Given<typeof answers.AuditSample>> {
  requireAuditor(actor)
  const rows = await publishedIn(office.db, actor.jurisdiction, year)
  const ids = rows.map((r) => r.id)
  const drawn = draw(ids, n, seed)
  const titles = new Map(rows.map((r) => [r.id, r.title]))
  const items = await Promise.all(
    drawn.map(async ({ id, rank }) => {
      const report = await auditOwn(office, actor, id)
      return { id, title: titles.get(id) ?? id, rank, counts: report.counts, summary: auditSummary(report) }
    }),
  )
  return {
    year,
    n,
    seed,
    population: ids.length,
    populationDigest: populationDigest(ids),
    recipe: samplingRecipe,
    items,
  }
}

/** The draws that stand in the office's ledger, the newest first, page by page. 404: the actor does not audit. */
export async function drawnSamples(
  office: Office,
  actor: Actor,
  query: Paging = {},
): Promise<answers.Given<typeof answers.AuditSamples>> {
  requireAuditor(actor)
  const j = actor.jurisdiction
  const limit = query.limit ?? 50
  const before = query.cursor === undefined ? {} : { before: Number(decodeCursor(query.cursor, ['number'])[0]) }
  const page = pageFrom(await drawsOf(office.db, j, { ...before, many: limit + 1 }), limit, ({ seq }) => [String(seq)])
  const draws = page.items
  const ids = [...new Set(draws.flatMap(({ payload }) => payload.drawn))]
  const [titles, people] = await Promise.all([
    ids.length === 0
      ? []
      : office.db
          .select({ id: m.id, title: m.title })
          .from(m)
          .where(and(eq(m.jurisdictionId, j), inArray(m.id, ids))),
    peopleNames(
      office,
      j,
      draws.map(({ by }) => by),
    ),
  ])
  const title = new Map(titles.map((row) => [row.id, row.title]))
  return {
    items: draws.map(({ at, by, payload }) => ({
      ...payload,
      drawn: payload.drawn.map((id) => ({ id, title: title.get(id) ?? id })),
      at: at.toISOString(),
      by: by === null ? '系统' : (people[by] ?? by),
    })),
    nextCursor: page.nextCursor,
  }
}

/** The report with its conclusion and its text, as it is answered. */
export const told = (report: AuditReport): answers.Given<typeof answers.AuditReport> => ({
  ...report,
  summary: auditSummary(report),
  lines: auditLines(report),
})
/** The report as a paper (docx). */
export async function auditPaper(report: AuditReport): Promise<ExportedFile> {
  return {
    name: `${report.title}——案卷评查报告.docx`,
    mediaType: docxType,
    bytes: await paperDocx(auditLines(report), {
      id: `audit-${report.title}`,
      origin: 'imported',
      issuers: [],
      printDate: report.asOf,
    }),
  }
}
