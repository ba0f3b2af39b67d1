// Two writings of one text, line by line: where they agree, and where somebody has to choose.
import { diffArrays } from 'diff'

/** A stretch of lines: the same in both, or different (an empty side lacks it). */
export type Hunk = { kind: 'same'; lines: string[] } | { kind: 'differs'; theirs: string[]; mine: string[] }
/** With more differing lines than this, the texts have little in common and are offered as one choice. */
const mostEdits = 4_000
const linesOf = (text: string): string[] => text.replace(/\r\n?/g, '\n').split('\n')

/** The stretches in order; `merged` of them gives back either text, or a choice of both. */
export function hunksOf(theirs: string, mine: string): Hunk[] {
  const [before, after] = [linesOf(theirs), linesOf(mine)]
  const parts = diffArrays(before, after, { maxEditLength: mostEdits })
  if (!parts) return [{ kind: 'differs', theirs: before, mine: after }]
  const hunks: Hunk[] = []
  for (const part of parts) {
    const last = hunks.at(-1)
    if (!part.added && !part.removed) hunks.push({ kind: 'same', lines: part.value })
    else if (last?.kind === 'differs') last[part.added ? 'mine' : 'theirs'].push(...part.value)
    else
      hunks.push({
        kind: 'differs',
        theirs: part.removed ? [...part.value] : [],
        mine: part.added ? [...part.value] : [],
      })
  }
  return hunks.flatMap(paired)
}
/** As many lines on both sides are the same lines written differently: one choice each. */
const paired = (hunk: Hunk): Hunk[] =>
  hunk.kind === 'differs' && hunk.theirs.length === hunk.mine.length
    ? hunk.theirs.map((line, i) => ({ kind: 'differs', theirs: [line], mine: [hunk.mine[i] ?? ''] }))
    : [hunk]
/** The text that follows from one choice for each differing stretch, in their order. */
export function merged(hunks: readonly Hunk[], choices: ReadonlyArray<'mine' | 'theirs'>): string {
  let at = 0
  return hunks.flatMap((hunk) => (hunk.kind === 'same' ? hunk.lines : hunk[choices[at++] ?? 'mine'])).join('\n')
}
