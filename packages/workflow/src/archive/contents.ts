// What the archive of a document holds: every version of its text and every material, each with the digest it was kept under.
// The list is seen before filing it away, the archive's own digest is computed from it, and it leads the package.
import { type answers, artefactLabels } from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'
import { fileLines } from '../queries/matters.ts'
import { openText } from '../queries/texts.ts'
import { manifestOf } from './manifest.ts'
import { fondsOf, proposedNumbers } from './number.ts'
import { archivedAs } from './of-file.ts'

type Basis = NonNullable<(typeof schema.artefacts.$inferSelect)['bases']>[number]
type Contents = answers.Given<typeof answers.ArchiveContents>
const { texts: t, artefacts: a, blobs: b } = schema
const textsOf = (jurisdiction: string, id: string) => and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id))
const artefactsOf = (jurisdiction: string, id: string) => and(eq(a.jurisdictionId, jurisdiction), eq(a.documentId, id))

/**
 * The list in its order, with its digest, for those who may read the text; how long it may be kept by the file's pack, and
 * what is still awaited of anybody, which had better be done before.
 */
export async function archiveContents(office: Office, actor: Actor, id: string): Promise<Contents> {
  const { dossier, row, units } = await openText(office, actor, id)
  const { jurisdiction } = actor
  const pack = office.rules.pack(jurisdiction, row.packVersion)
  const [texts, artefacts, manifest, lines, kept, numbers] = await Promise.all([
    office.db
      .select({
        n: t.n,
        hash: t.hash,
        note: t.note,
        at: t.at,
        attachments: t.attachments,
      })
      .from(t)
      .where(textsOf(jurisdiction, id))
      .orderBy(asc(t.n)),
    office.db
      .select({ kind: a.kind, n: a.n, title: a.title, hash: a.hash, at: a.at, attachment: a.attachment })
      .from(a)
      .where(artefactsOf(jurisdiction, id))
      .orderBy(asc(a.kind), asc(a.n)),
    manifestOf(office.db, jurisdiction, id),
    fileLines(office, actor, row, units),
    dossier.archive ? archivedAs(office, jurisdiction, id) : null,
    dossier.archive ? {} : proposedNumbers(office.db, dossier, pack, office.clock.now()),
  ])
  const labelOf = (kind: string) => artefactLabels[kind as keyof typeof artefactLabels] ?? kind
  return {
    ...manifest,
    archived: dossier.archive !== null,
    archiveNo: kept?.archiveNo ?? null,
    retention: kept?.retention ?? null,
    keptUntil: kept?.keptUntil ?? null,
    items: [
      ...texts.map((one) => ({
        name: `正文第${one.n}版${one.note ? `（${one.note}）` : ''}`,
        hash: one.hash,
        at: one.at.toISOString(),
        attachments: one.attachments.map(({ name, sha256, size }) => ({ name, sha256, size })),
      })),
      ...artefacts.map((one) => ({
        name: `${labelOf(one.kind)}${one.n > 1 ? `第${one.n}次` : ''}${one.title && one.title !== labelOf(one.kind) ? `：${one.title}` : ''}`,
        hash: one.hash,
        at: one.at.toISOString(),
        attachments: one.attachment
          ? [{ name: one.attachment.name, sha256: one.attachment.sha256, size: one.attachment.size }]
          : [],
      })),
    ],
    retentions: pack.archive.retentions.value,
    numbers,
    fonds: { unit: units[dossier.issuers[0] ?? '']?.name ?? '', number: fondsOf(pack, dossier) || null },
    open: lines.turns
      .filter((turn) => turn.command !== 'ArchiveFile')
      .map((turn) => ({ verb: turn.verb, unit: turn.unit?.name ?? null, role: turn.role, dueOn: turn.dueOn })),
  }
}

/** A file name without what file systems or zip readers stumble over; the order stands before it. */
const fileName = (n: number, name: string): string =>
  `${String(n).padStart(3, '0')} ${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 120)}`

/** A material that is a table of bases, alone or beside its words, as lines to be read. */
const basesText = (bases: readonly Basis[]): string =>
  bases
    .map(({ title, docNo, articles, clause }) =>
      [`《${title}》`, docNo, articles?.join('、'), clause && `对应本文件：${clause}`].filter(Boolean).join('　'),
    )
    .join('\n')
/**
 * The files of the package, one after another, never more than one in memory: each text and material as it is kept, its
 * attachments after it; last the list with all digests (`目录.json`).
 */
export async function* archiveFiles(
  office: Office,
  jurisdiction: string,
  id: string,
  contents: Contents,
): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const [texts, artefacts] = await Promise.all([
    office.db.select({ n: t.n }).from(t).where(textsOf(jurisdiction, id)).orderBy(asc(t.n)),
    office.db
      .select({ kind: a.kind, n: a.n })
      .from(a)
      .where(artefactsOf(jurisdiction, id))
      .orderBy(asc(a.kind), asc(a.n)),
  ])
  const bodyOf = async (at: number): Promise<string> => {
    const text = texts[at]
    const artefact = artefacts[at - texts.length]
    const [row] = text
      ? await office.db
          .select({ body: t.body })
          .from(t)
          .where(and(textsOf(jurisdiction, id), eq(t.n, text.n)))
      : artefact
        ? await office.db
            .select({ body: a.body, bases: a.bases })
            .from(a)
            .where(and(artefactsOf(jurisdiction, id), eq(a.kind, artefact.kind), eq(a.n, artefact.n)))
        : []
    const bases = row && 'bases' in row && row.bases ? basesText(row.bases) : ''
    return [row?.body ?? '', bases].filter((part) => part !== '').join('\n')
  }
  const listed: Array<{ file: string; name: string; hash?: string; sha256?: string }> = []
  for (const [i, item] of contents.items.entries()) {
    const body = await bodyOf(i)
    if (body !== '') {
      const file = `${fileName(i + 1, item.name)}.txt`
      listed.push({ file, name: item.name, hash: item.hash })
      yield { name: file, bytes: Buffer.from(body) }
    }
    for (const [k, { name, sha256 }] of item.attachments.entries()) {
      const [blob] = await office.db
        .select({ bytes: b.bytes })
        .from(b)
        .where(and(eq(b.jurisdictionId, jurisdiction), eq(b.sha256, sha256)))
      if (!blob) continue
      const file = fileName(i + 1, `附件${k + 1} ${name}`)
      listed.push({ file, name, sha256 })
      yield { name: file, bytes: Buffer.from(blob.bytes) }
    }
  }
  const list = { files: contents.files, manifestHash: contents.manifestHash, items: contents.items, listed }
  yield { name: '目录.json', bytes: Buffer.from(`${JSON.stringify(list, null, 2)}\n`) }
}
