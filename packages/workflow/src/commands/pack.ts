// 改用较新的一版规则包：载荷只核对这一版存在；能否改用由规则判断。哪些参数因此不同，写入台账与答复。
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
  ledger: (p, r) => ({ ...p, changes: r.packChanges ?? [] }),
  write: (_c, _p, r) => ({ changes: r.packChanges ?? [] }),
  recomputes: true,
}
