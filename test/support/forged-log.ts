// 掌握私钥的人能拿出的伪造：条目随意，检查点与之相符，签名是真的。
import { readFileSync } from 'node:fs'
import { keyFile, type LogSource, signerOf } from '@dianzhang/server'
import { bundleOf, checkpointText, Frontier, formatNote, leafHash, parseTilePath, utf8ToBytes } from '@dianzhang/tlog'

/** 以 `folder` 中的私钥为 `origin` 签一个由 `entries` 组成的日志。 */
export function forge(entries: readonly Uint8Array[], folder: string, origin: string): LogSource {
  const edge = new Frontier()
  for (const entry of entries) edge.add(leafHash(entry))
  const tree = { origin, size: entries.length, root: edge.root() }
  const signer = signerOf(readFileSync(keyFile(folder, 'ed25519')), origin)
  const note = formatNote({ text: checkpointText(tree), signatures: [signer.sign(tree, 0)] })
  return async (path) => {
    if (path === 'checkpoint') return utf8ToBytes(note)
    const tile = parseTilePath(path)
    return tile?.level === 'entries' ? bundleOf(entries.slice(tile.n * 256, tile.n * 256 + tile.width)) : null
  }
}
