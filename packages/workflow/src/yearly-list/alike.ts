// Whether two titles speak of the same thing: a question to be answered, never a verdict.

/** What says nothing of the subject: the place, the genre, marks. */
const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/[\s《》〈〉“”"（）()·、，。]/gu, '')
    .replace(/^.{1,8}?(?:自治区|[省市县区旗盟州])(?:人民政府)?/u, '')
    .replace(/^关于(?:印发|公布|修改|废止)?/u, '')
    .replace(/(?:的通知|的决定|的通告|的公告)$/u, '')
    .replace(/(?:暂行|试行)?(?:管理办法|办法|规定|细则|规则|意见|方案)(?:暂行|试行)?$/u, '')
const pairs = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2))

/**
 * The pairs of characters of the subject, each with how often it occurs, and how many of them a title alike has at least:
 * with s in common, 2s ≥ 3/5 · (n + m) and m ≥ s, so s ≥ 3n/7.
 */
export function pairsOf(title: string): { pairs: Map<string, number>; least: number } {
  const all = pairs(plain(title))
  const counted = new Map<string, number>()
  for (const pair of all) counted.set(pair, (counted.get(pair) ?? 0) + 1)
  return { pairs: counted, least: Math.ceil((3 * all.length) / 7) }
}

/** The share of pairs of characters that both have is at least three fifths; the same subject always is. */
export function alike(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (a === '' || b === '') return false
  if (a === b) return true
  const left = pairs(b)
  const of = pairs(a)
  const total = of.length + left.length
  let shared = 0
  for (const pair of of) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    shared += 1
    left.splice(at, 1)
  }
  return total > 0 && (2 * shared) / total >= 0.6
}
