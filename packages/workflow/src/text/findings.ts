// 一版文本的检查结果：检查器的问句，加上所引依据的效力；逐条对照“此处不改”的理由。只提问，不下结论，不阻止办理。
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

/** 检查器的版本：问句改动，版本即变（提问所用的程序与文字改动时提高 lintVersion；有测试看着）。 */
export const linterVersion = `dianzhang-text/${lintVersion}+${createHash('sha256')
  .update(canonicalJson(JSON.parse(JSON.stringify([checkIds, citationFindingIds, lintPatterns]))))
  .digest('hex')
  .slice(0, 12)}`

/** 已记下的“此处不改”：谁、何时、针对第几版。 */
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
  /** 今日：依据的效力按这一日查。 */
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
  // 没有做成的，下次再做。
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

/** 所引依据的效力 → 问句。 */
function askedOf({ body, structure }: TextVersion, title: string, citations: readonly ResolvedCitation[]): Finding[] {
  const places = citedPlaces(body, structure, citations, title)
  return citationFindings(
    body,
    places.map((place, at) => ({ place, found: citations[at] ?? null })),
  )
}

/** 对第 `version.n` 版及以前各版记下的“此处不改”，先后为序；`upTo` 之后各版的不算。 */
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

/** 一版文本的全部问题：未了结的与“此处不改”的；所引依据的效力查至 `circumstance.on`。 */
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
  // 后来的理由在先：同一问题说明过几次的，以最近一次为准。
  const { open, waived } = applyWaivers(findings, waivers.toReversed())
  return { linter: linterVersion, findings, open, waived: waived as TextFindings['waived'], citations }
}

/** 检查未保存的文字里的引用（编辑器用）；`on` 为按哪一日查效力。 */
export async function resolveText(
  office: Office,
  jurisdiction: string,
  text: string,
  on: string,
): Promise<ResolvedCitation[]> {
  const found = await textWork('cite', text.length, { body: text, structure: null })
  return resolveCitations(office.db, found, { on, jurisdiction })
}

/** 入台账的“此处不改”：原话只留摘要，未公布的文字不进台账。 */
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
