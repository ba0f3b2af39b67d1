// A draw that anybody can recompute: who registered is frozen first, and the lot is cast by what nobody could know then.
import { canonicalJson } from './canonical-json.ts'
import { sha256Hex } from './hash.ts'

export interface DrawEntry {
  id: string
  category: string
}
export interface Draw {
  /** Digest of who had registered when registration closed. */
  registrations: string
  seed: string
  /** All of each category in the order of the lot; the first `seats` take part, the next follow when one withdraws. */
  order: Record<string, string[]>
}
/** Digest of the registrations, in whatever order they are given. */
export const registrationsDigest = (entries: readonly DrawEntry[]): string =>
  sha256Hex(
    `dianzhang/registrations/1\n${canonicalJson(
      entries.map(({ id, category }) => ({ id, category })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )}`,
  )
/**
 * The order of the lot: the seed is made of the registrations and of a root of the public log signed after they were frozen;
 * in each category the registrations stand by the digest of seed and id.
 */
export function drawn(entries: readonly DrawEntry[], root: string): Draw {
  const registrations = registrationsDigest(entries)
  const seed = sha256Hex(`dianzhang/draw/1\n${registrations}\n${root}`)
  const categories = new Map<string, string[]>()
  for (const { id, category } of entries) categories.set(category, [...(categories.get(category) ?? []), id])
  for (const ids of categories.values()) {
    const lot = new Map(ids.map((id) => [id, sha256Hex(`${seed}\n${id}`)]))
    ids.sort((a, b) => ((lot.get(a) ?? '') < (lot.get(b) ?? '') ? -1 : 1))
  }
  return { registrations, seed, order: Object.fromEntries(categories) }
}
