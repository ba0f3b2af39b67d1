// An article that was written anew where the old one stood: paired by its place, with evidence beside the place.
import { alikeInPlace, keptShare, type Measure, type Pair, reorderedOf, type Unit } from './align.ts'
import { withoutSpaces } from './lines.ts'

/** Alike enough for two units of the same number that stand alone in the same place. */
const alikeAlone = 0.1
/** Alike enough where several old and new units stand between the same neighbours. */
const alikeAmong = 0.17
/** Longer rows between two neighbours are not looked into: that is another text, not another wording. */
const longestGap = 24

const verb = /应当|不得|可以|必须|有权|负责|实行|是指|包括|行使|适用|[由对按依因在，。：；]/u
const everywhere =
  /^(?:本[法办规条细决意通]\S{0,3}|国家|任何单位和?个?人?|有?下列\S*|违反\S*|县级以上\S*|各级人民政府|当事人|公民|法律|为了?\S*|根据\S*)$/u

/** Whom or what an article is about: its words up to the first verb of command; null where that says nothing. */
function subjectOf(plain: string): string | null {
  const head = plain.slice(0, 24)
  const end = head.search(verb)
  if (end < 3) return null
  const subject = head.slice(0, end)
  return everywhere.test(subject) ? null : subject
}

interface Evidence {
  similarity: number
  /** The same 条标, or the same subject that no other unit in this place has. */
  named: boolean
}

/**
 * Pairs of units that `align` left alone and that stand in the same place: between the same two neighbours that are paired and
 * kept their order. Place alone is no evidence. Beside it there must be one of: the same 条标; the same subject, which
 * no other unit in that place has; the same number, nothing else in that place and some words in common (0.10); more
 * words in common (0.17) and the same order. `taken` are units that are parts of a split or a merger.
 */
export function rewrittenPairs(
  a: readonly Unit[],
  b: readonly Unit[],
  pairs: readonly Pair[],
  measure: Measure,
  taken: { a: (index: number) => boolean; b: (index: number) => boolean },
): Pair[] {
  const usedA = new Set(pairs.map((pair) => pair.a))
  const usedB = new Set(pairs.map((pair) => pair.b))
  const reordered = reorderedOf(pairs)
  const anchors = pairs.filter((pair) => !reordered.has(pair.a))
  const found: Pair[] = []
  for (const [at, before] of anchors.entries()) {
    const after = anchors[at + 1]
    if (after === undefined) break
    const olds: number[] = []
    for (let index = before.a + 1; index < after.a; index++) if (!usedA.has(index) && !taken.a(index)) olds.push(index)
    const news: number[] = []
    for (let index = before.b + 1; index < after.b; index++) if (!usedB.has(index) && !taken.b(index)) news.push(index)
    if (olds.length === 0 || news.length === 0 || olds.length > longestGap || news.length > longestGap) continue
    found.push(...inGap(a, b, olds, news, measure))
  }
  return found
}

function inGap(
  a: readonly Unit[],
  b: readonly Unit[],
  olds: readonly number[],
  news: readonly number[],
  measure: Measure,
): Pair[] {
  const alone = olds.length === 1 && news.length === 1
  const unique = (units: readonly Unit[], indices: readonly number[]): Map<string, number> => {
    const times = new Map<string, number>()
    for (const index of indices) {
      const subject = subjectOf(units[index]?.plain ?? '')
      if (subject !== null) times.set(subject, (times.get(subject) ?? 0) + 1)
    }
    return times
  }
  const oldSubjects = unique(a, olds)
  const newSubjects = unique(b, news)
  const evidenceOf = (old: number, fresh: number): Evidence | null => {
    const one = a[old]
    const other = b[fresh]
    if (one === undefined || other === undefined || one.class !== other.class) return null
    const similarity = measure.similarity(old, fresh)
    const heading = withoutSpaces(one.element.heading ?? '')
    const sameHeading = heading !== '' && heading === withoutSpaces(other.element.heading ?? '')
    const subject = subjectOf(one.plain)
    const sameSubject =
      subject !== null &&
      subject === subjectOf(other.plain) &&
      oldSubjects.get(subject) === 1 &&
      newSubjects.get(subject) === 1
    const named = sameHeading || sameSubject
    const sameNumber = one.element.number !== null && one.element.number === other.element.number
    return named || similarity >= (alone && sameNumber ? alikeAlone : alikeAmong) ? { similarity, named } : null
  }
  // The best row of pairs that keeps the order: weights of evidence added up.
  const width = news.length + 1
  const best = new Float64Array((olds.length + 1) * width)
  const chosen = new Map<number, Pair>()
  for (let i = 1; i <= olds.length; i++)
    for (let j = 1; j <= news.length; j++) {
      const at = i * width + j
      const skip = Math.max(best[at - width] ?? 0, best[at - 1] ?? 0)
      best[at] = skip
      const old = olds[i - 1] as number
      const fresh = news[j - 1] as number
      const evidence = evidenceOf(old, fresh)
      if (evidence === null) continue
      const weight = (best[at - width - 1] ?? 0) + evidence.similarity + (evidence.named ? 0.5 : 0)
      if (weight <= skip) continue
      best[at] = weight
      chosen.set(at, { a: old, b: fresh, similarity: evidence.similarity })
    }
  const found: Pair[] = []
  for (let i = olds.length, j = news.length; i > 0 && j > 0; ) {
    const at = i * width + j
    const pair = chosen.get(at)
    if (pair) {
      found.push(pair)
      i--
      j--
    } else if ((best[at - width] ?? 0) >= (best[at - 1] ?? 0)) i--
    else j--
  }
  return found.reverse()
}

/** Shorter words are changed rather than written anew: a heading, 从其规定。 */
const shortest = 10

/**
 * Whether the two units of a pair share little but their place. Not so when the shorter of the two stands almost wholly in
 * the longer: then its words were kept, and much was added or left out around them.
 */
export function isRewritten(pair: Pair, a: readonly Unit[], b: readonly Unit[], measure: Measure): boolean {
  const one = a[pair.a]?.plain ?? ''
  const other = b[pair.b]?.plain ?? ''
  if (pair.similarity >= alikeInPlace || one === other || Math.min(one.length, other.length) < shortest) return false
  const least = Math.min(measure.weightA(pair.a), measure.weightB(pair.b))
  return least > 0 && measure.shared(pair.a, pair.b) < keptShare * least
}
