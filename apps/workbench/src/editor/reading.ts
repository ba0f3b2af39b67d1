// Reads the text through: structure, checks, citations. Done in another thread, so that typing loses no time.
import {
  adoptIds,
  type CitedPlace,
  cite,
  citedActs,
  citedPlaces,
  type Fault,
  type Finding,
  type LintOptions,
  lintParsed,
  parseText,
  type Reference,
  type StructuredText,
  unfilledOf,
} from '@dianzhang/text'

export interface Reading {
  findings: Finding[]
  faults: Fault[]
  internal: Reference[]
  cited: CitedPlace[]
  /** How many places are still to be filled in. */
  unfilled: number
  title: string | null
}
export interface ReadingRequest {
  id: number
  text: string
  options: LintOptions
  /** The structure of the previous version: element ids are inherited from it. Given only when it has changed. */
  base?: StructuredText | null
}
export interface ReadingAnswer {
  id: number
  reading: Reading
}

/** Reads `text` through. `base` is the structure of the previous version; when given, elements keep its ids. */
export function readThrough(text: string, options: LintOptions, base: StructuredText | null): Reading {
  const parsed = parseText(text)
  const structure = base ? adoptIds(base, parsed) : parsed
  const citations = cite(text, structure)
  return {
    findings: lintParsed(text, structure, options),
    faults: structure.faults,
    internal: citations.internal,
    // A reference that only continues a name before it has no words of its own.
    cited: citedPlaces(text, structure, citedActs(citations), options.title).filter((place) => place.end > place.start),
    unfilled: unfilledOf(text).length,
    title: structure.title,
  }
}
