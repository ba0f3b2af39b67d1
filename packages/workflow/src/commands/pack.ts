// Moves to a newer version of the pack: the payload is checked only for the version's existence; whether it may move
// is for the rules. The parameters that differ go into ledger and answer.
import { previewPackChange } from '@dianzhang/packs'
import { invalid } from '../failures.ts'
import type { Handler } from './handler.ts'

export const moveToPack: Handler<'MoveToPack'> = {
  resolve: (c, p) => {
    const versions = c.office.rules.versions(c.jurisdiction)
    const to = versions.find((x) => x.version === p.packVersion)
    if (!to)
      throw invalid(['packVersion', `没有规则包${p.packVersion}；现有：${versions.map((x) => x.version).join('、')}`])
    return { packChanges: previewPackChange(c.office.rules.pack(c.jurisdiction, c.dossier.packVersion), to) }
  },
  ledger: (p, r) => ({ ...p, changes: r.packChanges }),
  write: (_c, _p, r) => ({ changes: r.packChanges }),
  recomputes: true,
}
