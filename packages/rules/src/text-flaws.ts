// 例子：现文本的自述里记着一处没有填写的占位或者坏字。
import type { TextFlaw } from '@dianzhang/text'
import { type Facts, headText } from './facts.ts'
import { withDossier } from './patch.ts'

/** 现文本有这些须先了结之处。 */
export const withFlaws = (f: Facts, flaws: TextFlaw[]): Facts =>
  withDossier(f, (d) => ({
    texts: d.texts.map((t) => (t === headText(d) && t.says ? { ...t, says: { ...t.says, flaws } } : t)),
  }))

const mostNamed = 3
/** 第十二条“XX局”、第三行“……”：最多说三处，其余说共几处。 */
export const placesOf = (flaws: readonly TextFlaw[]): string => {
  const named = flaws.slice(0, mostNamed).map(({ address, line, words }) => `${address || `第${line}行`}“${words}”`)
  return `${named.join('、')}${flaws.length > mostNamed ? `等${flaws.length}处` : ''}`
}
