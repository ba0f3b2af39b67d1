// Packs desk: an administrator revises parameters on the strength of an official document and makes a new version;
// older versions in the database are guarded by it and cannot be changed.
import {
  allParameters,
  describeParam,
  type Pack,
  type PackChange,
  type ParamChange,
  packs,
  type Verification,
  verificationOf,
} from '@dianzhang/packs'
import { notFound } from './failures.ts'
import { actInOffice } from './office/act.ts'
import type { Actor, Office } from './office.ts'

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
/** Compares two versions of packs item by item, differing ones first; 404 when there is no such version. */
export function comparePacks(
  office: Office,
  left: string,
  right: string,
): {
  left: { version: string; name: string }
  right: { version: string; name: string }
  different: number
  rows: Array<{ path: string; label: string; same: boolean; left: Side | null; right: Side | null }>
} {
  const [a, b] = [anyPack(office, left), anyPack(office, right)]
  const [before, after] = [a, b].map((pack) => new Map(allParameters(pack).map((p) => [p.path, p])))
  const side = (found: ReturnType<typeof allParameters>[number] | undefined): Side | null =>
    found
      ? {
          text: describeParam(found.param),
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

export interface NewPackVersion {
  base: string
  effectiveFrom: string
  changes: ParamChange[]
}
/**
 * Makes a new version of the pack, which applies from `effectiveFrom` to documents newly initiated; files under way
 * must move to it by MoveToPack. Refused: not an administrator (403); no such version (404); effective day before
 * today, parameters wrong or laxer than national rules (422, item by item).
 */
export async function createPackVersion(
  office: Office,
  actor: Actor,
  request: NewPackVersion,
  commandId?: string,
): Promise<{ version: string; effectiveFrom: string; changes: PackChange[] }> {
  const { base, effectiveFrom, changes } = request
  // A version another service has just made must be seen too, or the next version number cannot be chosen.
  await office.rules.refresh()
  const made = await actInOffice<{ version: string; effectiveFrom: string; changes: PackChange[] }>(
    office,
    actor,
    'RevisePack',
    { base, effectiveFrom, changes },
    commandId,
  )
  await office.rules.refresh()
  return made
}
