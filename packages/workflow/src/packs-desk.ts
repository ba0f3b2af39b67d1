// Packs desk: an administrator revises parameters on the strength of an official document and makes a new version;
// what loosens a value waits for a second person. Older versions are guarded by the database and cannot be changed.
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers, OfficePayload } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import {
  allParameters,
  describeParam,
  loosenings,
  type Pack,
  type ParamChange,
  packs,
  revisePack,
  type Verification,
  verificationOf,
} from '@dianzhang/packs'
import type { PackProposal } from '@dianzhang/processes'
import { loadUnits } from './facts/load-facts.ts'
import { notFound } from './failures.ts'
import { actInOffice } from './office/act.ts'
import { officeDesk, officeId } from './office/desk.ts'
import type { Actor, Office, Person } from './office.ts'
import { affectedBy } from './queries/documents.ts'

const anyPack = (office: Office, version: string): Pack => {
  const [jurisdiction = ''] = version.split('@')
  const found = office.rules.versions(jurisdiction).find((p) => p.version === version)
  if (!found) throw notFound(`规则包${version}`)
  return found
}
/**
 * Names and versions of each place, newest first; packs are public rules and anyone may see them, whatever the
 * jurisdiction.
 */
export function placesToCompare(
  office: Office,
): Array<{ jurisdiction: string; name: string; versions: string[]; verification: Verification[] }> {
  return [...new Set(packs.map((p) => p.jurisdiction))].flatMap((jurisdiction) => {
    const versions = office.rules.versions(jurisdiction).toReversed()
    const [latest] = versions
    if (!latest) return []
    return [
      {
        jurisdiction,
        name: latest.name,
        versions: versions.map((p) => p.version),
        verification: verificationOf(latest),
      },
    ]
  })
}

interface Side {
  text: string
  confidence: string
  sources: Array<{ document: string; article: string }>
  quote: string | null
  note: string | null
}
type Units = Awaited<ReturnType<typeof loadUnits>>
const unitsOf = (office: Office, version: string): Promise<Units> => loadUnits(office.db, version.split('@')[0] ?? '')
/** Every value of a pack in words, by its path, units by name; whether it is verified is told elsewhere. */
export async function packInWords(office: Office, pack: Pack): Promise<Record<string, string>> {
  const units = await unitsOf(office, pack.version)
  return Object.fromEntries(
    allParameters(pack).map(({ path, param }) => [
      path,
      describeParam(param, (unit) => units[unit]?.name).replace('（参数待核实）', ''),
    ]),
  )
}
/** Compares two versions of packs item by item, differing ones first; 404 when there is no such version. */
export async function comparePacks(
  office: Office,
  left: string,
  right: string,
): Promise<{
  left: { version: string; name: string }
  right: { version: string; name: string }
  different: number
  rows: Array<{ path: string; label: string; same: boolean; left: Side | null; right: Side | null }>
}> {
  const [a, b] = [anyPack(office, left), anyPack(office, right)]
  const [before, after] = [a, b].map((pack) => new Map(allParameters(pack).map((p) => [p.path, p])))
  // A place that is not served here has no register of units: its values are shown without names.
  const named = Object.assign({}, ...(await Promise.all([left, right].map((v) => unitsOf(office, v))))) as Units
  const side = (found: ReturnType<typeof allParameters>[number] | undefined): Side | null =>
    found
      ? {
          text: describeParam(found.param, (unit) => named[unit]?.name),
          confidence: found.param.confidence,
          sources: found.param.source.map(({ document, article }) => ({ document, article })),
          quote: found.param.quote ?? null,
          note: found.param.note ?? null,
        }
      : null
  const plain = (s: Side | null): string | undefined => s?.text.replace('（参数待核实）', '')
  const rows = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((path) => {
    const [was, is] = [before?.get(path), after?.get(path)]
    const [l, r] = [side(was), side(is)]
    return { path, label: (is ?? was)?.label ?? path, same: plain(l) === plain(r), left: l, right: r }
  })
  return {
    left: { version: a.version, name: a.name },
    right: { version: b.version, name: b.name },
    different: rows.filter((row) => !row.same).length,
    rows: [...rows.filter((row) => !row.same), ...rows.filter((row) => row.same)],
  }
}

/** What is to become a new version; a document attached to a change carries its content. */
export type NewPackVersion = OfficePayload<'RevisePack'>
/**
 * Makes a new version of the pack, which applies from `effectiveFrom` to documents newly initiated; files under way
 * must move to it by MoveToPack. Refused: not an administrator (403); no such version (404); effective day before
 * today, parameters wrong or laxer than national rules (422, item by item); a value gets looser (409: a second person
 * is needed, see `proposePackVersion`).
 */
export async function createPackVersion(
  office: Office,
  actor: Actor,
  request: NewPackVersion,
  commandId?: string,
): Promise<answers.Given<typeof answers.PackRevised>> {
  const { base, effectiveFrom, changes } = request
  return settling(office, () =>
    actInOffice<answers.Given<typeof answers.PackRevised>>(
      office,
      actor,
      'RevisePack',
      { base, effectiveFrom, changes },
      commandId,
    ),
  )
}
/** A version another service has just made must be seen too, or the next version number cannot be chosen. */
async function settling<T>(office: Office, act: () => Promise<T>): Promise<T> {
  await office.rules.refresh()
  const made = await act()
  await office.rules.refresh()
  return made
}

/** Puts a revision that loosens values before a second person; refused as `createPackVersion`, or where one waits already (409). */
export const proposePackVersion = (
  office: Office,
  actor: Actor,
  request: OfficePayload<'ProposeRevision'>,
  commandId?: string,
): Promise<{ proposal: string }> =>
  settling(office, () => actInOffice(office, actor, 'ProposeRevision', { ...request }, commandId))
/** The second person agrees, and the version is made. Refused: proposed by the same person, or no longer waiting (409). */
export const approvePackVersion = (
  office: Office,
  actor: Actor,
  request: OfficePayload<'ApproveRevision'>,
  commandId?: string,
): Promise<answers.Given<typeof answers.PackRevised>> =>
  settling(office, () => actInOffice(office, actor, 'ApproveRevision', { ...request }, commandId))
/** Not adopted by the second person, or taken back by an administrator. Refused: no longer waiting (409). */
export const declinePackVersion = (
  office: Office,
  actor: Actor,
  request: OfficePayload<'DeclineRevision'>,
  commandId?: string,
): Promise<{ proposal: string }> => actInOffice(office, actor, 'DeclineRevision', { ...request }, commandId)

type Compared = answers.Given<typeof answers.PackRevisionPreview>
/**
 * A revision before it is made: item by item what it was and will be, what gets looser, what is wrong, and the open
 * files whose deadlines would differ (those this person may see). 404: no such version.
 */
export async function previewRevision(
  office: Office,
  actor: Actor,
  { base: version, effectiveFrom, changes }: { base: string; effectiveFrom: string; changes: ParamChange[] },
): Promise<Compared> {
  const base = office.rules.versions(actor.jurisdiction).find((pack) => pack.version === version)
  if (!base) throw notFound(`规则包${version}`)
  const on = dateInShanghai(office.clock.now().toISOString())
  const looser = loosenings(base, changes)
  const revised = revisePack(base, office.rules.latest('CN', on), {
    version: `${actor.jurisdiction}@${effectiveFrom}.99`,
    effectiveFrom,
    confirmedBy: '',
    confirmedOn: on,
    changes,
  })
  const own = new Map(allParameters(base).map((each) => [each.path, each]))
  const after = revised.ok ? new Map(allParameters(revised.pack).map((each) => [each.path, each.param])) : new Map()
  return {
    looser,
    faults: revised.ok ? [] : revised.faults.map(({ path, message }) => ({ path, message })),
    changes: changes.flatMap((change) => {
      const found = own.get(change.path)
      if (!found) return []
      const [before, now] = [found.param, after.get(change.path)].map((param) =>
        param ? describeParam(param).replace('（参数待核实）', '') : '',
      )
      const { source, quote, note, file, path } = change
      return [
        {
          path,
          label: found.label,
          before: before ?? '',
          after: now ?? '',
          same: before === now,
          source: { document: source.document, article: source.article },
          quote: quote ?? null,
          note: note ?? null,
          file: file ?? null,
        },
      ]
    }),
    affected: revised.ok ? await affectedBy(office, actor, revised.pack) : [],
  }
}

/** The revision that waits for a second person, as it would read; null when none waits. 404: who may not read the office's acts. */
export async function waitingRevision(
  office: Office,
  actor: Person,
): Promise<answers.Given<typeof answers.PackProposal> | null> {
  const proposal = await proposalSeenBy(office, actor)
  if (!proposal) return null
  const { id, base, effectiveFrom, reason, by, at } = proposal
  const { people } = schema
  const [person] = await office.db
    .select({ name: people.name })
    .from(people)
    .where(and(eq(people.jurisdictionId, actor.jurisdiction), eq(people.id, by)))
  return {
    id,
    base,
    effectiveFrom,
    reason,
    by,
    byName: person?.name ?? by,
    at,
    own: by === actor.person,
    ...(await previewRevision(office, actor, proposal)),
  }
}
async function proposalSeenBy(office: Office, actor: Person): Promise<PackProposal | undefined> {
  if (!actor.posts.some((post) => officeDesk.overseers.includes(post.role))) throw notFound('提出的修订')
  const { matters: m } = schema
  const [row] = await office.db
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.id, officeId)))
  return row ? officeDesk.engine.restore(row.snapshot).context.dossier.proposal : undefined
}
/**
 * The formal document by which a value was confirmed: of a version of this place, or of the revision that waits (only
 * for who may read it). 404 otherwise.
 */
export async function packFile(
  office: Office,
  actor: Person,
  sha256: string,
  name?: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const asked = (file: { sha256: string; name: string }): boolean =>
    file.sha256 === sha256 && (name === undefined || file.name === name)
  const named = office.rules
    .versions(actor.jurisdiction)
    .flatMap((pack) => allParameters(pack).flatMap(({ param }) => param.file ?? []))
    .find(asked)
  const found = named ?? (await proposalSeenBy(office, actor))?.changes.flatMap(({ file }) => file ?? []).find(asked)
  if (!found) throw notFound('这份正式文件')
  const { blobs: b } = schema
  const [blob] = await office.db
    .select({ bytes: b.bytes })
    .from(b)
    .where(and(eq(b.jurisdictionId, actor.jurisdiction), eq(b.sha256, sha256)))
  if (!blob) throw notFound('这份正式文件')
  return { name: found.name, bytes: blob.bytes }
}
