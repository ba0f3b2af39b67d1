// Revision of packs: an administrator puts values right by a formal document, and what loosens one waits for a second
// person. The document itself is kept by the digest of its content, and named beside every value it confirms.
import { AppError, type OfficeCommand, type OfficePayload } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { type PackRevision, type ParamChange, previewPackChange, revisePack } from '@dianzhang/packs'
import type { OfficeResolved, OfficeShape, PackProposal } from '@dianzhang/processes'
import { attachmentBytes, storeBlobs } from '../attachment-bytes.ts'
import type { CommandContext, Handler, WriteContext } from '../door/desk.ts'
import { invalid, notFound } from '../failures.ts'

type Context = CommandContext<OfficeShape>
type For<T extends OfficeCommand> = Handler<OfficeShape, OfficePayload<T>>
type Changes = OfficePayload<'RevisePack'>['changes']
const nameOf = (c: Context): string => (c.actor.kind === 'person' ? c.actor.name : '系统')

type File = NonNullable<Changes[number]['file']>
const bytesOf = (file: File, i: number) => attachmentBytes(file, `changes.${i}.file`)
/** The changes as they are kept: of an attached document its name, digest and size. */
const kept = (changes: Changes): PackProposal['changes'] =>
  changes.map(({ file, unit, quote, note, ...change }, i) => ({
    ...change,
    ...(unit ? { unit } : {}),
    ...(quote ? { quote } : {}),
    ...(note ? { note } : {}),
    ...(file ? { file: metaOf(file, i) } : {}),
  }))
const metaOf = (file: File, i: number) => {
  const { name, sha256, size } = bytesOf(file, i).meta
  return { name, sha256, size }
}
const storeFiles = (c: WriteContext<OfficeShape>, changes: Changes) =>
  storeBlobs(
    c,
    changes.flatMap(({ file }, i) => (file ? [bytesOf(file, i)] : [])),
  )

/** The new version of a pack; refuses (404) an unknown base and (422) changes that are wrong in themselves. */
function revised(
  c: Context,
  p: { base: string; effectiveFrom: string; changes: readonly ParamChange[] },
  confirmedBy = nameOf(c),
): OfficeResolved {
  const { rules } = c.office
  const versions = rules.versions(c.jurisdiction)
  const base = versions.find((pack) => pack.version === p.base)
  if (!base) throw notFound(`规则包${p.base}`)
  const stem = `${c.jurisdiction}@${p.effectiveFrom}`
  const version = `${stem}.${versions.filter((pack) => pack.version.startsWith(`${stem}.`)).length + 1}`
  const revision: PackRevision = {
    version,
    effectiveFrom: p.effectiveFrom,
    confirmedBy,
    confirmedOn: c.on,
    changes: [...p.changes],
  }
  const made = revisePack(base, rules.latest('CN', c.on), revision)
  if (made.ok)
    return { version, effectiveFrom: p.effectiveFrom, pack: made.pack, changes: previewPackChange(base, made.pack) }
  const wrong = made.faults.filter((fault) => !fault.laxer)
  if (wrong.length > 0)
    throw invalid(...wrong.map((fault): [string, string] => [`changes.${fault.path}`, fault.message]))
  return {}
}
async function writePack(c: WriteContext<OfficeShape>, r: OfficeResolved) {
  const added = await c.tx
    .insert(schema.rulePacks)
    .values({
      jurisdictionId: c.jurisdiction,
      version: String(r.version),
      effectiveFrom: String(r.effectiveFrom),
      body: JSON.parse(JSON.stringify(r.pack)) as Record<string, unknown>,
      loadedAt: c.now,
    })
    .onConflictDoNothing()
    .returning({ version: schema.rulePacks.version })
  if (added.length === 0)
    throw new AppError('conflict', `另一位管理员刚刚立了同一日施行的一版（${String(r.version)}）；请看过它的改动再修订`)
  return { result: { version: r.version, effectiveFrom: r.effectiveFrom, changes: r.changes } }
}
export const revisePackHandler: For<'RevisePack'> = {
  resolve: (c, p) => revised(c, { ...p, changes: kept(p.changes) }),
  write: async (c, p, r) => {
    await storeFiles(c, p.changes)
    return writePack(c, r)
  },
  ledger: (p, r) => ({ ...p, changes: kept(p.changes), version: r.version }),
}
export const confirmParameter: For<'ConfirmParameter'> = {
  resolve: (c, p) => {
    const base = c.office.rules.versions(c.jurisdiction).find((pack) => pack.version === p.base)
    if (!base) throw notFound(`规则包${p.base}`)
    const value = p.path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], base) as
      | { value: unknown; quote?: string }
      | undefined
    if (value === undefined || value === null || typeof value !== 'object' || !('value' in value))
      throw invalid(['path', `没有参数“${p.path}”`])
    const change = { path: p.path, value: value.value, source: p.source, ...(p.quote ? { quote: p.quote } : {}) }
    return revised(c, { base: p.base, effectiveFrom: p.effectiveFrom, changes: [change] })
  },
  write: (c, _p, r) => writePack(c, r),
  ledger: (p, r) => ({ ...p, version: r.version }),
}

export const proposeRevision: For<'ProposeRevision'> = {
  // Made once on trial, so that what is wrong in itself is told now and not to the second person.
  resolve: (c, p) => {
    const { base, effectiveFrom, reason } = p
    const changes = kept(p.changes)
    revised(c, { base, effectiveFrom, changes })
    const proposal: PackProposal = {
      id: c.commandId,
      base,
      effectiveFrom,
      changes,
      reason,
      by: c.as.person ?? '',
      at: c.at,
    }
    return { proposal }
  },
  write: async (c, p, r) => {
    await storeFiles(c, p.changes)
    return { result: { proposal: (r.proposal as PackProposal).id } }
  },
  ledger: (p, r) => ({ ...p, changes: kept(p.changes), proposal: (r.proposal as PackProposal).id }),
}
export const approveRevision: For<'ApproveRevision'> = {
  resolve: async (c, p) => {
    const { proposal } = c.dossier
    if (proposal?.id !== p.proposal) return {}
    const { people } = schema
    const [by] = await c.tx
      .select({ name: people.name })
      .from(people)
      .where(and(eq(people.jurisdictionId, c.jurisdiction), eq(people.id, proposal.by)))
    // Approved late: what was done meanwhile went by the version of the day.
    const effectiveFrom = proposal.effectiveFrom > c.on ? proposal.effectiveFrom : c.on
    return revised(c, { ...proposal, effectiveFrom }, `${by?.name ?? proposal.by}提出，${nameOf(c)}复核`)
  },
  write: (c, _p, r) => writePack(c, r),
  ledger: (p, r) => ({ ...p, version: r.version, effectiveFrom: r.effectiveFrom }),
}
export const declineRevision: For<'DeclineRevision'> = {
  write: (_c, p) => ({ result: { proposal: p.proposal } }),
}
