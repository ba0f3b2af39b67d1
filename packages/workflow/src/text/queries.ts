// Queries on texts: structure, findings, comparison, places, frozen findings, export. Visibility is that of the body.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, desc, eq, inArray, schema } from '@dianzhang/database'
import { exportFormats, type PublishedDocument } from '@dianzhang/formats'
import type { Fault, Outline, StructuredText } from '@dianzhang/text'
import { lengthOf, textWork, writingWork } from '@dianzhang/text-work'
import type { ExportedFile } from '../exported-file.ts'
import { invalid, notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { openText } from '../queries/texts.ts'
import { type AnchoredItem, locateAll, pinnedOf } from './anchors.ts'
import { type ExplainedComparison, explainedComparison } from './comparison.ts'
import { type Circumstance, findingsOf, type TextFindings, waiversOf } from './findings.ts'
import { alignedMaximum, type TextVersion, textRef, textVersion, textVersions } from './versions.ts'

type Opened = Awaited<ReturnType<typeof openText>>

/** The answer of `structure`. */
export interface VersionStructure {
  n: number
  contentHash: string
  structure: StructuredText
  outline: Outline
  faults: Fault[]
}
/**
 * Structure of a text version (JSON of {@link VersionStructure}, UTF-8): ids of elements are carried over from
 * earlier versions.
 */
export async function getStructure(
  office: Office,
  actor: Actor,
  id: string,
  n: number,
): Promise<{ contentHash: string; json: Uint8Array }> {
  const { dossier } = await openText(office, actor, id)
  const contentHash = dossier.texts.find((one) => one.n === n)?.hash
  if (contentHash === undefined) throw notFound(`第${n}版文本`)
  const text = await textRef(office.db, dossier, n)
  const json = await textWork('structure', lengthOf(text), { text, n, contentHash })
  return { contentHash, json }
}

function circumstanceOf(office: Office, actor: Actor, { dossier, units, row }: Opened): Circumstance {
  return {
    dossier,
    units,
    pack: office.rules.pack(actor.jurisdiction, row.packVersion),
    on: dateInShanghai(office.clock.now().toISOString()),
  }
}
/** Findings on a text version: all questions, open ones, those with “此处不改”, and the force today of the bases cited. */
export async function getFindings(
  office: Office,
  actor: Actor,
  id: string,
  n: number,
): Promise<{ n: number; contentHash: string } & TextFindings> {
  const opened = await openText(office, actor, id)
  const version = await textVersion(office, office.db, opened.dossier, n)
  const waivers = await waiversOf(office.db, opened.dossier, n)
  const found = await findingsOf(office.db, version, circumstanceOf(office, actor, opened), waivers)
  return { n, contentHash: version.hash, ...found }
}

export interface FrozenFindings {
  /** Which request for review. */
  n: number
  textVersion: number
  contentHash: string | null
  linter: string
  at: string
  open: TextFindings['open']
  waived: TextFindings['waived']
  citations: TextFindings['citations']
}
/** Findings frozen with the materials at each request for review, latest first. */
export async function getReviewFindings(office: Office, actor: Actor, id: string): Promise<FrozenFindings[]> {
  const { dossier } = await openText(office, actor, id)
  const t = schema.reviewFindings
  const rows = await office.db
    .select()
    .from(t)
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.documentId, id)))
    .orderBy(desc(t.n))
  return rows.map((row) => ({
    n: row.n,
    textVersion: row.textVersion,
    contentHash: dossier.texts.find((text) => text.n === row.textVersion)?.hash ?? null,
    linter: row.linter,
    at: row.at.toISOString(),
    ...(row.findings as Pick<FrozenFindings, 'open' | 'waived' | 'citations'>),
  }))
}

/** State and place, in version `n`, of the public comments and reviewers' opinions that have a place. */
export async function getAnchors(office: Office, actor: Actor, id: string, n: number): Promise<AnchoredItem[]> {
  const { dossier } = await openText(office, actor, id)
  const target = await textVersion(office, office.db, dossier, n)
  const { pinned, versions } = await pinnedOf(office, office.db, dossier)
  return locateAll(pinned, versions, target)
}

export interface VersionDiff {
  from: { n: number; contentHash: string }
  to: { n: number; contentHash: string }
  comparison: ExplainedComparison
  attachments: Array<{ name: string; kind: 'added' | 'removed' | 'same' | 'changed' }>
}
async function compared(office: Office, opened: Opened, from: number, to: number) {
  const { dossier } = opened
  const steps = dossier.texts.filter((t) => t.n >= Math.min(from, to) && t.n <= Math.max(from, to)).map((t) => t.n)
  const between = await textVersions(office, office.db, dossier, [...new Set([from, to, ...(from < to ? steps : [])])])
  const a = between.get(from) as TextVersion
  const b = between.get(to) as TextVersion
  for (const [path, version] of [
    ['from', a],
    ['to', b],
  ] as const)
    if (version.body.length > alignedMaximum)
      throw invalid([path, `第${version.n}版有${version.body.length}字，超过${alignedMaximum}字的文本不能逐条比较`])
  const t = schema.texts
  const [rows, { pinned, versions }] = await Promise.all([
    office.db
      .select({ n: t.n, note: t.note, at: t.at, attachments: t.attachments })
      .from(t)
      .where(
        and(
          eq(t.jurisdictionId, dossier.jurisdiction),
          eq(t.documentId, dossier.id),
          inArray(t.n, [...between.keys()]),
        ),
      ),
    from < to ? pinnedOf(office, office.db, dossier) : { pinned: [], versions: new Map<number, TextVersion>() },
  ])
  const notes = new Map(rows.flatMap(({ n, note }) => (note === null || note === '' ? [] : [[n, note] as const])))
  const chain = [...between.values()].sort((x, y) => x.n - y.n)
  return { a, b, rows, comparison: await explainedComparison(a, b, chain, pinned, versions, notes) }
}
/** Comparison of two versions: what is the same and what differs by article, with reasons; the same for attachments. */
export async function getDiff(
  office: Office,
  actor: Actor,
  id: string,
  from: number,
  to: number,
): Promise<VersionDiff> {
  const { a, b, rows, comparison } = await compared(office, await openText(office, actor, id), from, to)
  const names = (n: number) =>
    new Map((rows.find((row) => row.n === n)?.attachments ?? []).map((x) => [x.name, x.sha256] as const))
  const before = names(from)
  const after = names(to)
  return {
    from: { n: a.n, contentHash: a.hash },
    to: { n: b.n, contentHash: b.hash },
    comparison,
    attachments: [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
      name,
      kind: !before.has(name)
        ? 'added'
        : !after.has(name)
          ? 'removed'
          : before.get(name) === after.get(name)
            ? 'same'
            : 'changed',
    })),
  }
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const diffKinds = { redline: '花脸稿', table: '修改对照表' } as const
export type DiffKind = keyof typeof diffKinds

/** Redline or comparison table of two versions (docx). */
export async function exportDiff(
  office: Office,
  actor: Actor,
  id: string,
  from: number,
  to: number,
  kind: DiffKind,
): Promise<ExportedFile> {
  const opened = await openText(office, actor, id)
  const { a, b, rows, comparison } = await compared(office, opened, from, to)
  const labelOf = (n: number): string => {
    const at = rows.find((row) => row.n === n)?.at
    if (at === undefined) return `第${n}版`
    const [year, month, day] = dateInShanghai(at.toISOString()).split('-').map(Number)
    return `第${n}版（${year}年${month}月${day}日）`
  }
  const label = diffKinds[kind]
  const { title } = opened.dossier
  const bytes = await writingWork('difference', Math.max(a.body.length, b.body.length), {
    kind,
    input: {
      title,
      before: a.structure,
      after: b.structure,
      beforeLabel: labelOf(from),
      afterLabel: labelOf(to),
      changes: comparison.changes,
      coarse: comparison.coarse,
    },
  })
  return { name: `${title}（第${from}版至第${to}版${label}）.docx`, mediaType: docx, bytes }
}

export const exportFormatIds = exportFormats.map((format) => format.id)

/**
 * Exports a text version in some format; of the registration only what is settled is written. 404 for a format that
 * does not exist.
 */
export async function exportVersion(
  office: Office,
  actor: Actor,
  id: string,
  n: number,
  formatId: string,
): Promise<ExportedFile> {
  const { dossier, units, row } = await openText(office, actor, id)
  const format = exportFormats.find((one) => one.id === formatId)
  if (!format) throw notFound(`“${formatId.slice(0, 20)}”格式；可以是 ${exportFormatIds.join('、')}`)
  const text = await textRef(office.db, dossier, n)
  const hash = dossier.texts.find((one) => one.n === n)?.hash
  const published = dossier.publication?.textHash === hash ? dossier.publication : null
  const pack = office.rules.pack(actor.jurisdiction, row.packVersion)
  const savedAt = dossier.texts.find((text) => text.n === n)?.at
  const document: Omit<PublishedDocument, 'structure'> = {
    id: dossier.id,
    category: '行政规范性文件',
    origin: 'made',
    issuers: dossier.issuers.map((unit) => units[unit]?.name ?? unit),
    documentNumber: dossier.numbers?.document ?? null,
    registryNumber: dossier.numbers?.registry ?? null,
    indexNumber: published?.indexNumber ?? null,
    direction: 'down',
    signer: null,
    adoptionDate: dossier.numbers?.adoptionDate ?? null,
    publicationDate: published?.publishedOn ?? null,
    effectiveDate: published?.effectiveDate ?? null,
    // A draft has no other date: Akoma Ntoso uses the day this version was saved and marks it as a draft.
    savedOn: savedAt === undefined ? null : dateInShanghai(savedAt),
    validUntil: published?.validUntil ?? null,
    endedOn: null,
    // Force is computed by the register day by day; here only the text is exported.
    status: null,
    url: null,
    jurisdiction: /^\d{6}$/.test(actor.jurisdiction) ? { code: actor.jurisdiction, name: pack.name } : null,
    copies: [],
    printedBy: null,
    printDate: null,
    summary: null,
    amends: [],
    repeals: [],
    gbt47229: null,
  }
  return {
    name: `${dossier.title}（第${n}版）.${format.extension}`,
    mediaType: format.mediaType,
    bytes: await writingWork('export', lengthOf(text), { text, format: format.id, title: dossier.title, document }),
  }
}
