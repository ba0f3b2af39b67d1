// Citations listed place by place: titles and numbers become one list in order, and the same document is listed once.
// Finding out force and raising findings both start here.
import type { Citations, Reference } from './cite.ts'

/** One act cited at one place. Offsets are UTF-16 code units of the text. */
export interface CitedAct {
  /** The name (with 《》 when it has them) or the 文号. Empty for a reference that only continues a name before it. */
  start: number
  end: number
  /** Full name; of an abbreviation the name it stands for; null for a 文号 without a name. */
  name: string | null
  /** As it should be written. */
  docNo: string | null
  /** The article references behind it. */
  references: Reference[]
}

/** The brackets behind a name are about this long at most (see cite). */
const bracketLength = 130

/** Every act a text cites, in order. The 文号 in the brackets right behind a name says the same and is not listed again. */
export function citedActs({ named, docNos }: Citations): CitedAct[] {
  const acts: CitedAct[] = named.map(({ start, end, name, docNo, references }) => ({
    start,
    end,
    name,
    docNo,
    references,
  }))
  const told = new Map<string, number[]>()
  for (const { docNo, end } of named) if (docNo !== null) told.set(docNo, [...(told.get(docNo) ?? []), end])
  for (const { start, end, normalized } of docNos) {
    const repeated = told.get(normalized)?.some((behind) => behind <= start && start - behind < bracketLength) ?? false
    if (!repeated) acts.push({ start, end, name: null, docNo: normalized, references: [] })
  }
  return acts.sort((a, b) => a.start - b.start)
}
