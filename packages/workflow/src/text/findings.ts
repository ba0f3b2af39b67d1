// 一版文本的检查结果：检查器的问句，加上所引依据的效力；逐条对照“此处不改”的理由。只提问，不下结论，不阻止办理。
import { createHash } from 'node:crypto'
import type { FindingWaiver } from '@dianzhang/contract'
import { type DbOrTx, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import type { Dossier, Pack, UnitFact } from '@dianzhang/rules'
import {
  addressOf,
  applyWaivers,
  type Citations,
  cite,
  type Finding,
  type LintOptions,
  lintParsed,
  lintPatterns,
  type StructuredText,
  type WaivedFindings,
  type Waiver,
} from '@dianzhang/text'
import { and, asc, eq, lte } from 'drizzle-orm'
import type { Office } from '../office.ts'
import { type ResolvedCitation, resolveCitations } from '../register/resolve-citations.ts'
import { elementAt, type TextVersion } from './versions.ts'

/** 检查器的版本：问句改动，版本即变。 */
export const linterVersion = `dianzhang-text/1+${createHash('sha256')
  .update(canonicalJson(JSON.parse(JSON.stringify(lintPatterns))))
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

const linted = new WeakMap<StructuredText, { key: string; findings: Finding[] }>()
const cited = new WeakMap<StructuredText, Citations>()

function lintOf({ body, structure }: TextVersion, { dossier, units, pack }: Circumstance): Finding[] {
  const options: LintOptions = {
    ...(structure.title === null ? { title: dossier.title } : {}),
    ...(dossier.classification.provisional ? { provisional: true } : {}),
    maxYears: {
      general: pack.validity.generalMaximumYears.value,
      provisional: pack.validity.provisionalMaximumYears.value,
    },
    issuers: dossier.issuers.map((id) => units[id]?.name ?? id),
  }
  const key = JSON.stringify(options)
  const known = linted.get(structure)
  if (known?.key === key) return known.findings
  const findings = lintParsed(body, structure, options)
  linted.set(structure, { key, findings })
  return findings
}
function citationsOf({ body, structure }: TextVersion): Citations {
  const known = cited.get(structure)
  if (known) return known
  const found = cite(body)
  cited.set(structure, found)
  return found
}

type Asked = Pick<Finding, 'id' | 'severity' | 'category' | 'message'>
/** 所引文件的效力 → 问句；现行有效与已修改（以修改后的为准）不问。 */
function questionOf(citation: ResolvedCitation, what: string): Asked | null {
  switch (citation.status) {
    case 'repealed':
    case 'expired':
    case 'annulled':
      return {
        id: 'C01',
        severity: 'warn',
        category: '依据已废止或失效',
        message: `${what}${citation.statusLabel}。是否改引现行有效的规定？`,
      }
    case 'unknown':
      return citation.entry === null
        ? {
            id: 'C02',
            severity: 'review',
            category: '依据未能在文件库找到',
            message: `文件库没有收录${what}。名称、文号是否准确，是否现行有效，请核对。`,
          }
        : {
            id: 'C02',
            severity: 'review',
            category: '依据的效力未核实',
            message: `文件库收录了${what}，但没有核实其效力。是否现行有效，请核对。`,
          }
    case 'pending_effect':
      return {
        id: 'C03',
        severity: 'warn',
        category: '依据尚未施行',
        message: `${what}尚未施行${citation.entry?.effectiveDate ? `（自${citation.entry.effectiveDate}起施行）` : ''}。本文件施行时它是否已经施行？`,
      }
    case 'suspended':
      return { id: 'C04', severity: 'warn', category: '依据停止执行', message: `${what}现停止执行。是否仍可作为依据？` }
    case 'ambiguous':
      return {
        id: 'C05',
        severity: 'review',
        category: '依据不能确定是哪一件',
        message: `文件库中有几件与${what}同名或者同号的文件。写明制定机关或者文号是否更清楚？`,
      }
    default:
      return null
  }
}
/** “……同时废止”所列的是要废止的文件，不是依据。 */
const repealing = /^[^。；\n]*(?:同时|即行|予以|一并)?废止/u

function citationFindings(
  { body, structure }: TextVersion,
  { dossier }: Circumstance,
  citations: readonly ResolvedCitation[],
): Finding[] {
  const own = [structure.title ?? '', dossier.title, ...structure.attachments.map((one) => one.title ?? '')]
  const unknown = new Set<string>()
  // 引用依先后排列，行号随着往下数。
  let line = 1
  let counted = 0
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted++) if (body[counted] === '\n') line += 1
    return line
  }
  return citations.flatMap((citation) => {
    const { start, end, name, docNo } = citation
    if (name !== null && own.some((title) => title === name || title.includes(`《${name}》`))) return []
    if (repealing.test(body.slice(end, end + 120))) return []
    const asked = questionOf(citation, name === null ? (docNo ?? '') : `《${name}》`)
    if (asked === null) return []
    if (asked.id === 'C02') {
      // 没有收录的，同一名称只问一次。
      const key = name ?? docNo ?? ''
      if (unknown.has(key)) return []
      unknown.add(key)
    }
    const element = elementAt(structure, start)
    const address = element === null ? '' : addressOf(structure, element.id)
    return [
      {
        ...asked,
        basis: '国办发〔2018〕115号二（六）',
        quote: body.slice(start, end),
        start,
        end,
        line: lineAt(start),
        ...(element === null ? {} : { element: element.id }),
        ...(address === '' ? {} : { address }),
      },
    ]
  })
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
  const citations = await resolveCitations(db, citationsOf(version), { on, jurisdiction: dossier.jurisdiction })
  const findings = [...lintOf(version, circumstance), ...citationFindings(version, circumstance, citations)].sort(
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
  return resolveCitations(office.db, cite(text), { on, jurisdiction })
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
