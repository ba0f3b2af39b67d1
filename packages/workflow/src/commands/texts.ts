// Texts and materials: every save is a new version that cannot be changed; attachments are stored by the digest of
// their content.
import type { Attachment, CommandOf } from '@dianzhang/contract'
import { and, desc, eq, inArray, or, schema } from '@dianzhang/database'
import { refuseAsText, UnreadableFile } from '@dianzhang/formats'
import { canonicalJson, contentHash } from '@dianzhang/ledger'
import type { ResolvedOf } from '@dianzhang/lifecycle'
import { edgeRows, tableSource, textSource, writeEdges } from '@dianzhang/register'
import { uncorrectedText } from '@dianzhang/rules'
import { type CitationEdge, unfilledOf, type WholeText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'
import { attachmentBytes, type StoredAttachment, storeBlobs } from '../attachment-bytes.ts'
import { sha256 } from '../door/ledger-body.ts'
import { substanceUnder } from '../facts/load-substance.ts'
import { invalid } from '../failures.ts'
import { insertArtefact, insertText as insertTextRow } from '../statements.ts'
import { ledgeredWaivers } from '../text/findings.ts'
import { readSaved } from '../text/statement.ts'
import { dropWorkingCopy, refuseUnseenCopy, workingCopyAuthors } from '../text/working-copy-rows.ts'
import { freezeFindings, keepWaivers } from './findings.ts'
import { type CommandContext, type Handler, knownText, unfilled } from './handler.ts'

const attached = (list: readonly Attachment[]) => list.map((a, i) => attachmentBytes(a, `attachments.${i}`))
const nextVersion = (c: CommandContext) => (c.dossier.texts.at(-1)?.n ?? 0) + 1

async function insertText(
  c: CommandContext,
  r: { n: number; hash: string; edges?: CitationEdge[] },
  kind: 'draft' | 'correction',
  body: string,
  attachments: StoredAttachment[],
  note: string | null,
): Promise<void> {
  const n = r.n
  await writeEdges(c.tx, edgeRows(textSource(c.jurisdiction, c.matterId, n), r.edges ?? []))
  await insertTextRow(c.tx, {
    jurisdiction: c.jurisdiction,
    document: c.matterId,
    n,
    hash: r.hash,
    body,
    attachments: JSON.stringify(attachments),
    note,
    kind,
    createdBy: c.as.person ?? 'system',
    at: c.at,
  })
}
/** Line breaks become `\n` and trailing space is dropped: the same text gets the same digest from any editor. */
export function normaliseBody(body: string): string {
  const lines = body.replace(/\r\n?/g, '\n').split('\n')
  return lines.map(trimmedEnd).join('\n').trimEnd()
}
/**
 * Space at the end of a line. Read backwards character by character: with a regular expression, a long run of spaces
 * inside a line would make its time grow with the square of the characters.
 */
function trimmedEnd(line: string): string {
  let end = line.length
  while (end > 0 && ' \t\u3000'.includes(line.charAt(end - 1))) end -= 1
  return end === line.length ? line : line.slice(0, end)
}

/**
 * What was pasted is another file's content, a page's source code or wrongly decoded characters: refuses, and says in
 * one sentence what it is and what to do. Single broken characters are left to the check's questions.
 */
function refuseOtherFiles(body: string): void {
  try {
    refuseAsText(body)
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid(['body', error.message])
    throw error
  }
}

/** Who changed the working copy; it cannot change any more, as whoever writes it locks the matter as well. */
const copyAhead = (c: CommandContext): Promise<string[]> => c.ahead as ReturnType<typeof workingCopyAuthors>

export const saveDraft: Handler<'SaveDraft'> = {
  ahead: workingCopyAuthors,
  resolve: async (c, p) => {
    const body = normaliseBody(p.body)
    if (!body) throw invalid(['body', '文本不能为空'])
    if (!body.isWellFormed()) throw invalid(['body', '文本含有不成对的代理字符，请重新粘贴'])
    refuseOtherFiles(body)
    if (p.workingCopyRevision !== undefined)
      await refuseUnseenCopy(c.tx, c.jurisdiction, c.matterId, p.workingCopyRevision)
    return {
      n: nextVersion(c),
      hash: contentHash({ body, attachments: attached(p.attachments).map((x) => x.meta) }, sha256),
      ...(await readSaved(body, c.dossier.title)),
      authors: (await copyAhead(c)).filter((x) => x !== c.as.person),
    }
  },
  write: async (c, p, r) => {
    const files = attached(p.attachments)
    const copied = (await copyAhead(c)).length > 0
    await Promise.all([
      storeBlobs(c, files),
      insertText(
        c,
        r,
        'draft',
        normaliseBody(p.body),
        files.map((x) => x.meta),
        p.note ?? null,
      ),
      keepWaivers(c, p.waivers, 'drafter', r.n),
      copied ? dropWorkingCopy(c.tx, { jurisdiction: c.jurisdiction, document: c.matterId }) : null,
    ])
    return { contentHash: r.hash, textVersion: r.n }
  },
  ledger: (p, r) => ({
    textVersion: r.n,
    contentHash: r.hash,
    attachments: p.attachments.map((a) => a.name),
    note: p.note ?? null,
    // Others who changed the working copy: like the person who saves, they may no longer review this document.
    ...(r.authors.length ? { authors: r.authors } : {}),
    ...ledgeredWaivers(p.waivers),
  }),
}

export const correctAfterSigning: Handler<'CorrectAfterSigning'> = {
  resolve: async (c, p) => {
    const body = normaliseBody(p.body)
    refuseOtherFiles(body)
    const kept = p.attachments ? attached(p.attachments).map((x) => x.meta) : await currentAttachments(c)
    const hash = contentHash({ body, attachments: kept }, sha256)
    const findings = await correctedFindings(c, { body, attachments: kept })
    return { n: nextVersion(c), hash, findings, ...(await readSaved(body, c.dossier.title)) }
  },
  write: async (c, p, r) => {
    const files = p.attachments ? attached(p.attachments) : []
    const kept = p.attachments ? files.map((x) => x.meta) : await currentAttachments(c)
    await Promise.all([storeBlobs(c, files), insertText(c, r, 'correction', normaliseBody(p.body), kept, p.reason)])
    return {
      contentHash: r.hash,
      textVersion: r.n,
      substantive: c.next.corrections.at(-1)?.substantive,
      findings: r.findings,
      // The red lines are checked again on the corrected text, and the result is frozen with the materials.
      redLines: await freezeFindings({ ...c, dossier: c.next }, undefined),
    }
  },
  ledger: (p, r) => ({
    declared: p.substantive,
    substantive: p.substantive || r.findings.length > 0,
    findings: r.findings,
    reason: p.reason,
    textVersion: r.n,
    contentHash: r.hash,
  }),
}
/**
 * What the correction changed: substantive changes one by one; new questions it raises in the check of red lines
 * count as substantive too.
 */
async function correctedFindings(c: CommandContext, after: WholeText): Promise<string[]> {
  const n = c.dossier.texts.at(-1)?.n ?? 0
  const first = uncorrectedText(c.dossier)?.n ?? n
  const rows = await c.tx
    .select({ n: schema.texts.n, body: schema.texts.body, attachments: schema.texts.attachments })
    .from(schema.texts)
    .where(
      and(
        eq(schema.texts.jurisdictionId, c.jurisdiction),
        eq(schema.texts.documentId, c.matterId),
        inArray(schema.texts.n, [n, first]),
      ),
    )
  const before = rows.find((row) => row.n === n)
  if (!before) return []
  const { changes } = await substanceUnder(c.facts.pack, before, after, true)
  // Earlier small corrections and this one are taken together: done in several steps, it is still one change.
  const signed = rows.find((row) => row.n === first)
  const together = signed && signed.n !== n ? (await substanceUnder(c.facts.pack, signed, after, true)).changes : []
  const summed = together.filter((change) => !changes.includes(change)).map((change) => `连同先前的更正，${change}`)
  const options = { title: c.dossier.title, issuers: c.dossier.issuers.map((i) => c.units[i]?.name ?? i) }
  const fresh = await textWork('freshFaults', Math.max(before.body.length, after.body.length), {
    before: before.body,
    after: after.body,
    options,
  })
  return [...changes, ...summed, ...fresh.map((message) => `红线检查新发现：${message}`)]
}
export const confirmCorrection: Handler<'ConfirmCorrection'> = {
  resolve: (c) => ({ hash: c.dossier.texts.at(-1)?.hash ?? '' }),
  write: (_c, _p, r) => ({ contentHash: r.hash }),
  ledger: (p, r) => ({ contentHash: r.hash, note: p.note ?? null }),
}
async function currentAttachments(c: CommandContext): Promise<StoredAttachment[]> {
  const [row] = await c.tx
    .select({ attachments: schema.texts.attachments })
    .from(schema.texts)
    .where(and(eq(schema.texts.jurisdictionId, c.jurisdiction), eq(schema.texts.documentId, c.matterId)))
    .orderBy(desc(schema.texts.n))
    .limit(1)
  return row?.attachments ?? []
}

export const provideArtefact: Handler<'ProvideArtefact'> = {
  resolve: async (c, p) => {
    const own = await ownOpinion(c, p)
    if (p.body === undefined && !p.attachment && !p.bases?.length && !own)
      throw invalid(['body', '材料须有正文、附件或者逐条依据'])
    const [blank, ...more] = unfilledOf(p.body ?? '')
    if (blank)
      throw invalid([
        'body',
        `范本里还有${more.length + 1}处没有填写${blank.what ? `，第一处是“${blank.what}”` : ''}；填好以后再提交，用不着的删去`,
      ])
    const file = p.attachment ? attachmentBytes(p.attachment, 'attachment').meta : null
    const previous = c.dossier.artefacts.find((a) => a.kind === p.kind)?.n ?? 0
    return {
      n: previous + 1,
      hash: sha256(
        `dianzhang/artefact/1\n${canonicalJson({ kind: p.kind, title: p.title ?? null, body: p.body ?? null, attachment: file?.sha256 ?? null, bases: JSON.parse(JSON.stringify(p.bases ?? null)), ...(own ? { own } : {}) })}`,
      ),
      ...(own ? { own } : {}),
    }
  },
  write: async (c, p, r) => {
    const file = p.attachment ? attachmentBytes(p.attachment, 'attachment') : null
    await Promise.all([
      storeBlobs(c, file ? [file] : []),
      p.kind === 'legal_basis_table' && p.bases
        ? writeEdges(c.tx, edgeRows(tableSource(c.jurisdiction, c.matterId, r.n), [], p.bases))
        : null,
      insertArtefact(c.tx, {
        jurisdiction: c.jurisdiction,
        document: c.matterId,
        kind: p.kind,
        n: r.n,
        title: p.title ?? null,
        body: p.body ?? null,
        attachment: file ? JSON.stringify(file.meta) : null,
        bases: p.bases ? JSON.stringify(p.bases) : null,
        hash: r.hash,
        createdBy: c.as.person ?? 'system',
        at: c.at,
      }),
    ])
    return { artefactHash: r.hash, artefactVersion: r.n }
  },
  ledger: (p, r) => ({
    kind: p.kind,
    title: p.title ?? null,
    hash: r.hash,
    n: r.n,
    bases: JSON.parse(JSON.stringify(p.bases ?? null)),
    ...(r.own ? { own: r.own } : {}),
  }),
}
/**
 * The unit's own opinion of legality review: conclusion, reviewer (a serving member of the unit) and the text
 * reviewed.
 */
async function ownOpinion(
  c: CommandContext,
  p: CommandOf<'ProvideArtefact'>,
): Promise<ResolvedOf['ProvideArtefact']['own']> {
  if (p.kind !== 'own_legality_opinion') return undefined
  const head = c.dossier.texts.at(-1)
  if (!p.conclusion) throw invalid(...unfilled('ProvideArtefact', p))
  knownText(c, p)
  const textHash = p.contentHash ?? c.dossier.texts.find((t) => t.n === p.textVersion)?.hash ?? head?.hash ?? ''
  return { conclusion: p.conclusion, examiner: await examinerOf(c, p.examiner), textHash }
}
/** The reviewer: a serving member of the unit, named by id, account or name; by default whoever submits. */
async function examinerOf(c: CommandContext, named: string | undefined): Promise<string> {
  if (!named) return c.as.person ?? ''
  const { people: t, personRoles: held, authUsers: account } = schema
  const rows = await c.tx
    .selectDistinct({ id: t.id, name: t.name })
    .from(t)
    .leftJoin(account, eq(account.id, t.id))
    .leftJoin(held, and(eq(held.jurisdictionId, t.jurisdictionId), eq(held.personId, t.id)))
    .where(
      and(
        eq(t.jurisdictionId, c.jurisdiction),
        eq(t.active, true),
        or(eq(t.id, named), eq(t.name, named), eq(account.username, named)),
        or(eq(t.unitId, c.dossier.draftingUnit), eq(held.unitId, c.dossier.draftingUnit)),
      ),
    )
  const [person] = rows
  const unit = c.units[c.dossier.draftingUnit]?.name ?? c.dossier.draftingUnit
  if (!person) throw invalid(['examiner', `${unit}没有在职人员“${named}”；请填本单位人员的账号或者姓名`])
  if (rows.length > 1) throw invalid(['examiner', `${unit}有几名“${named}”，请填账号`])
  return person.id
}
