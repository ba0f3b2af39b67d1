// The status today of the documents cited in the text; a bad one is an issue like any other.
import type { CitedPlace } from '@dianzhang/text'
import { useEffect, useRef, useState } from 'react'
import { post } from '../api.ts'
import type { Citations, ResolvedCitation } from '../document/text/shapes.ts'
import { isDoubtfulCitation } from '../document/text/words.ts'
import type { Read } from './use-reading.ts'

/** One citation and its status; empty `found` means it has not been looked up yet. */
export interface Cited {
  key: string
  place: CitedPlace
  found: Pick<ResolvedCitation, 'status' | 'statusLabel' | 'entry'> | null
}
const keyOf = (name: string | null, docNo: string | null): string => `${name ?? ''}|${docNo ?? ''}`

/** Looks up the status of citations; unchanged ones are not asked again. */
export function useCitations(read: Read | null): Cited[] {
  const [known, setKnown] = useState<ReadonlyMap<string, Cited['found']>>(new Map())
  const asked = useRef('')
  const names = read?.reading.cited.map((each) => keyOf(each.name, each.docNo)) ?? []
  const wanted = [...new Set(names)].sort().join('\n')
  useEffect(() => {
    if (!read || wanted === '' || wanted === asked.current) return
    asked.current = wanted
    const { text } = read.printed
    post<Citations>('/api/citations/resolve', { text })
      .then(({ citations }) =>
        setKnown((old) => {
          const next = new Map(old)
          for (const { name, docNo, status, statusLabel, entry } of citations) {
            next.set(keyOf(name, docNo), { status, statusLabel, entry })
            if (name !== null) next.set(keyOf(name, null), { status, statusLabel, entry })
          }
          return next
        }),
      )
      .catch(() => {
        // Shown as not looked up; asked again with the next change.
        asked.current = ''
      })
  }, [read, wanted])
  return (read?.reading.cited ?? []).map((place) => ({
    key: `cite-${place.start}`,
    place,
    found:
      known.get(keyOf(place.name, place.docNo)) ?? (place.name ? known.get(keyOf(place.name, null)) : null) ?? null,
  }))
}

/**
 * The standing of a citation: bad (repealed, lapsed, suspended), not established (not in the register, not yet in
 * effect, several of the same name), or nothing to warn about.
 */
export function standingOf({ found, place }: Cited): 'doubtful' | 'unsure' | undefined {
  if (found === null || place.aside || !isDoubtfulCitation(found.status)) return undefined
  return found.status === 'unknown' || found.status === 'ambiguous' || found.status === 'pending_effect'
    ? 'unsure'
    : 'doubtful'
}
