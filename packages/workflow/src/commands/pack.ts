// 改用新版规则包：只能改用同一法域的已有版本；预览见 queries/preview-pack.ts。
import { invalid } from '../failures.ts'
import type { Handler } from './handler.ts'

export const moveToPack: Handler<'MoveToPack'> = {
  resolve: (c, p) => {
    const known = c.office.rules.versions(c.jurisdiction).map((x) => x.version)
    if (!known.includes(p.packVersion))
      throw invalid(['packVersion', `没有规则包${p.packVersion}；现有：${known.join('、')}`])
    if (p.packVersion === c.dossier.packVersion) throw invalid(['packVersion', '案卷已经适用这一版规则包'])
    return {}
  },
}
