// The edges of texts, read where it does not hold up answers.
import type { CitationEdge } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

export interface CitingText {
  body: string
  title: string | null
}
const portion = 1_500_000
/** The edges of each text, in order. Long lists go in portions, so that none takes longer than a piece of text work may. */
export async function readEdges(texts: readonly CitingText[]): Promise<CitationEdge[][]> {
  const found: CitationEdge[][] = []
  for (let from = 0; from < texts.length; ) {
    let characters = 0
    let to = from
    while (to < texts.length && (to === from || characters + (texts[to]?.body.length ?? 0) <= portion)) {
      characters += texts[to]?.body.length ?? 0
      to++
    }
    const part = texts.slice(from, to)
    // NUL and half surrogates cannot be stored; no text carries them.
    found.push(...(await textWork('edges', characters, { texts: part })))
    from = to
  }
  return found
}
