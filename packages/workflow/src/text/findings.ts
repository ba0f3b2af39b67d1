// Findings on a text version: the checker's questions, and the force of the bases cited, matched one by one with the
// reasons for “此处不改”. It only asks, draws no conclusion and blocks nothing.
import { createHash } from 'node:crypto'
import type { FindingWaiver } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, lte, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import type { Pack } from '@dianzhang/packs'
import { type ResolvedCitation, resolveCitations } from '@dianzhang/register'
import { type Dossier, isProvisional, type UnitFact } from '@dianzhang/rules'
import {
  applyWaivers,
  type Citations,
  checkIds,
  citationFindingIds,
  citationFindings,
  citedPlaces,
  type Finding,
  type LintOptions,
  lintPatterns,
  lintVersion,
  type StructuredText,
  type WaivedFindings,
  type Waiver,
} from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'
import type { Office } from '../office.ts'
import type { TextVersion } from './versions.ts'

/**
 * Version of the checker: it changes whenever a question does (raise lintVersion when the code or wording behind the
 * questions changes; a test watches this).
 */
export const linterVersion = `dianzhang-text/${lintVersion}+${createHash('sha256')
  .update(canonicalJson(JSON.parse(JSON.stringify([checkIds, citationFindingIds, lintPatterns]))))
  .digest('hex')
  .slice(0, 12)}`

/** A “此处不改” on record: who, when, on which version. */
export interface StoredWaiver extends Waiver {
  at: string
  person: string
  personName: string
  version: number
}
export interface TextFindings {
  linter: string
  findings: Finding[]
  open: WaivedFindings['open']
  waived: Array<{ finding: Finding; waiver: StoredWaiver }>
  citations: ResolvedCitation[]
}
export interface Circumstance {
  dossier: Dossier
  units: Record<string, UnitFact>
  pack: Pack
  /** Today: the force of bases is looked up as of this day. */
  on: string
}

const linted = new WeakMap<StructuredText, { key: string; findings: Promise<Finding[]> }>()
const cited = new WeakMap<StructuredText, Promise<Citations>>()

function lintOf({ body, structure }: TextVersion, { dossier, units, pack }: Circumstance): Promise<Finding[]> {
  const options: LintOptions = {
    ...(structure.title === null ? { title: dossier.title } : {}),
    ...(isProvisional(dossier) ? { provisional: true } : {}),
    maxYears: {
      general: pack.validity.extendedMaximumYears.value ?? pack.validity.generalMaximumYears.value,
      provisional: pack.validity.provisionalMaximumYears.value,
    },
    issuers: dossier.issuers.map((id) => units[id]?.name ?? id),
  }
  const key = JSON.stringify(options)
  const known = linted.get(structure)
  if (known?.key === key) return known.findings
  const findings = textWork('lint', body.length, { body, structure, options })
  linted.set(structure, { key, findings })
  // What failed is done again next time.
  findings.catch(() => linted.delete(structure))
  return findings
}
function citationsOf({ body, structure }: TextVersion): Promise<Citations> {
  const known = cited.get(structure)
  if (known) return known
  const found = textWork('cite', body.length, { body, structure })
  cited.set(structure, found)
  found.catch(() => cited.delete(structure))
  return found
}

/** Force of the bases cited → questions. */
function askedOf({ body, structure }: TextVersion, title: string, citations: readonly ResolvedCitation[]): Finding[] {
  const places = citedPlaces(body, structure, citations, title)
  return citationFindings(
    body,
    places.map((place, at) => ({ place, found: citations[at] ?? null })),
  )
}

/**
 * Records of “此处不改” on version `version.n` and earlier ones, oldest first; those on versions after `upTo` do not
 * count.
 */
export async function waiversOf(
  db: DbOrTx,
  document: { jurisdiction: string; id: string },
  upTo: number,
): Promise<StoredWaiver[]> {
  const { findingWaivers: w, people } = schema
  const rows = await db
    .select({ waiver: w, personName: people.name })
    .from(w)
    .leftJoin(people, and(eq(people.jurisdictionId, w.jurisdictionId), eq(people.id, w.person)))
    .where(and(eq(w.jurisdictionId, document.jurisdiction), eq(w.documentId, document.id), lte(w.textVersion, upTo)))
    .orderBy(asc(w.at), asc(w.n))
  return rows.map(({ waiver, personName }) => ({
    id: waiver.finding,
    quote: waiver.quote,
    ...(waiver.element === null ? {} : { element: waiver.element }),
    reason: waiver.reason,
    by: waiver.by as Waiver['by'],
    at: waiver.at.toISOString(),
    person: waiver.person,
    personName: personName ?? waiver.person,
    version: waiver.textVersion,
  }))
}

/**
 * All questions on a text version: open ones and those with “此处不改”; the force of the bases cited is looked up as of
 * `circumstance.on`.
 */
export async function findingsOf(
  db: DbOrTx,
  version: TextVersion,
  circumstance: Circumstance,
  waivers: readonly StoredWaiver[],
): Promise<TextFindings> {
  const { dossier, on } = circumstance
  const [asked, found] = await Promise.all([lintOf(version, circumstance), citationsOf(version)])
  const citations = await resolveCitations(db, found, { on, jurisdiction: dossier.jurisdiction })
  const findings = [...asked, ...askedOf(version, dossier.title, citations)].sort(
    (a, b) => a.start - b.start || a.id.localeCompare(b.id),
  )
  // Later reasons first: of several explanations of the same question the latest counts.
  const { open, waived } = applyWaivers(findings, waivers.toReversed())
  return { linter: linterVersion, findings, open, waived: waived as TextFindings['waived'], citations }
}

/** Checks citations in text not saved yet (for the editor); `on` is the day as of which force is looked up. */
export async function resolveText(
  office: Office,
  jurisdiction: string,
  text: string,
  on: string,
): Promise<ResolvedCitation[]> {
  const found = await textWork('cite', text.length, { body: text, structure: null })
  return resolveCitations(office.db, found, { on, jurisdiction })
}

/**
 * “此处不改” as it enters the ledger: of the quoted words only the digest; unpublished text does not go into the ledger.
 */
export const ledgeredWaivers = (
  list: readonly FindingWaiver[] | undefined,
): { waivers?: Array<Record<string, string | null>> } =>
  list === undefined || list.length === 0
    ? {}
    : {
        waivers: list.map((w) => ({
          finding: w.id,
          element: w.element ?? null,
          quoteHash: createHash('sha256').update(w.quote).digest('hex'),
          reason: w.reason,
        })),
      }
