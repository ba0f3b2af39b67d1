// Tiles of height 8 and bundles of entries, as C2SP tlog-tiles lays them out.
import { concatBytes, MalformedError } from './bytes.ts'
import { type Node, type NodeReader, nodeHash } from './tree.ts'

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256
/** The longest entry: its length is written in 16 bits. */
const longestEntry = 65_535

/** One tile: `level` 0…5 or `entries`; `width` 1…256. */
export interface Tile {
  level: number | 'entries'
  n: number
  width: number
}
/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with an x before them. */
export function tilePath({ level, n, width }: Tile): string {
  const groups = [String(n % 1000).padStart(3, '0')]
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`
}
/** Reads {@link tilePath}; null for anything that is not exactly such a path. */
export function parseTilePath(path: string): Tile | null {
  const found = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!found) return null
  const [, level = '', groups = '', partial] = found
  const n = Number(groups.replace(/[x/]/g, ''))
  const width = partial === undefined ? tileWidth : Number(partial)
  const tile: Tile = { level: level === 'entries' ? level : Number(level), n, width }
  const inside = Number.isSafeInteger(n) && width <= tileWidth && (tile.level === 'entries' || tile.level <= 63)
  return inside && (partial === undefined || width < tileWidth) && tilePath(tile) === path ? tile : null
}
/** How many hashes tile `n` of `level` has in a log of `size` entries; 0 when there is no such tile. */
export function widthAt(level: number | 'entries', n: number, size: number): number {
  const count = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(tileWidth, count - n * tileWidth))
}
/** All tiles of a log of `size` entries: hash tiles of every level, then bundles. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = []
  const rows = (level: number | 'entries', count: number) => {
    for (let n = 0; n * tileWidth < count; n += 1) tiles.push({ level, n, width: widthAt(level, n, size) })
  }
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) rows(level, count)
  rows('entries', size)
  return tiles
}

/** A bundle: every entry with its length (uint16, big endian) before it. Refuses an entry that is too long. */
export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > longestEntry) throw new RangeError('条目超过 65535 字节')
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )
}
/** The entries of a bundle; refuses one that is cut short or has bytes left over. */
export function entriesOf(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0)
    if (at + 2 + length > bundle.length || at + 1 >= bundle.length) throw new MalformedError('条目束不完整')
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

/** Fetches one tile: 32 bytes for each hash. */
export type TileReader = (tile: Tile & { level: number }) => Promise<Uint8Array>

/** The hashes of subtrees, read from the tiles of a log of `size` entries; each tile is fetched once. */
export function nodesFromTiles(fetchTile: TileReader, size: number): NodeReader {
  const fetched = new Map<string, Promise<Uint8Array>>()
  const tileAt = (level: number, n: number): Promise<Uint8Array> => {
    const key = `${level}/${n}`
    const known = fetched.get(key)
    if (known) return known
    const width = widthAt(level, n, size)
    const wanted = fetchTile({ level, n, width }).then((bytes) => {
      if (bytes.length !== width * 32) throw new MalformedError(`分块 ${tilePath({ level, n, width })} 的长度不对`)
      return bytes
    })
    fetched.set(key, wanted)
    return wanted
  }
  return async (nodes) =>
    Promise.all(
      nodes.map(async ({ level, index }: Node) => {
        const row = Math.floor(level / 8)
        const count = 2 ** (level % 8)
        const first = index * count
        const tile = await tileAt(row, Math.floor(first / tileWidth))
        const at = first % tileWidth
        let hashes = Array.from({ length: count }, (_, i) => tile.subarray((at + i) * 32, (at + i + 1) * 32))
        while (hashes.length > 1)
          hashes = hashes.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(left, hashes[i + 1] as Uint8Array)] : []))
        return hashes[0] as Uint8Array
      }),
    )
}
/** The root of a full tile: the hash that stands for it on the level above. */
export function rootOfTile(tile: Uint8Array): Uint8Array {
  if (tile.length !== tileWidth * 32) throw new RangeError('分块不满')
  let hashes = Array.from({ length: tileWidth }, (_, i) => tile.subarray(i * 32, (i + 1) * 32))
  while (hashes.length > 1)
    hashes = hashes.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(left, hashes[i + 1] as Uint8Array)] : []))
  return hashes[0] as Uint8Array
}

/** Puts the tiles of every level together while leaves come in, a tile's bytes at a time. */
export class TileBuilder {
  readonly #levels: Array<{ tiles: Uint8Array[]; filled: number }> = []

  add(hash: Uint8Array, level = 0): void {
    this.#levels[level] ??= { tiles: [], filled: 0 }
    const row = this.#levels[level]
    if (row.filled === 0) row.tiles.push(new Uint8Array(tileWidth * 32))
    const tile = row.tiles.at(-1) as Uint8Array
    tile.set(hash, row.filled * 32)
    row.filled = (row.filled + 1) % tileWidth
    if (row.filled === 0) this.add(rootOfTile(tile), level + 1)
  }
  /** Every tile so far; the last of a level may be partial. */
  *tiles(): Generator<{ tile: Tile & { level: number }; bytes: Uint8Array }> {
    for (const [level, { tiles, filled }] of this.#levels.entries())
      for (const [n, bytes] of tiles.entries()) {
        const width = n === tiles.length - 1 && filled > 0 ? filled : tileWidth
        yield { tile: { level, n, width }, bytes: bytes.subarray(0, width * 32) }
      }
  }
}
