// 文中引用的文件今日效力如何；不佳的同样是一个问题。
import type { Finding } from '@dianzhang/text'
import { useEffect, useRef, useState } from 'react'
import { post } from '../api.ts'
import type { CitationStatus, ResolvedCitation } from '../document/text/shapes.ts'
import { isDoubtfulCitation } from '../document/text/words.ts'
import type { CitedPlace } from './reading.ts'
import type { Read } from './use-reading.ts'

/** 一处引用与它的效力；`found` 为空表示还没有查到。 */
export interface Cited {
  key: string
  place: CitedPlace
  found: Pick<ResolvedCitation, 'status' | 'statusLabel' | 'entry'> | null
}
const keyOf = (name: string | null, docNo: string | null): string => `${name ?? ''}|${docNo ?? ''}`

/** 查明引用的效力；引用没有变的不再问。 */
export function useCitations(read: Read | null): Cited[] {
  const [known, setKnown] = useState<ReadonlyMap<string, Cited['found']>>(new Map())
  const asked = useRef('')
  const names = read?.reading.cited.map((each) => keyOf(each.name, each.docNo)) ?? []
  const wanted = [...new Set(names)].sort().join('\n')
  useEffect(() => {
    if (!read || wanted === '' || wanted === asked.current) return
    asked.current = wanted
    const { text } = read.printed
    post<{ citations: ResolvedCitation[] }>('/api/citations/resolve', { text })
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

/** 引用的效力：不佳（废止、失效、停止执行），没有查明（没有收录、尚未施行、同名几件），或者无可提醒。 */
export function standingOf({ found, place }: Cited): 'doubtful' | 'unsure' | undefined {
  if (found === null || place.aside || !isDoubtfulCitation(found.status)) return undefined
  return found.status === 'unknown' || found.status === 'ambiguous' || found.status === 'pending_effect'
    ? 'unsure'
    : 'doubtful'
}

/** 与服务端对保存的文本所问的一致：编号、轻重、引文，这样说明的理由到了服务端仍对得上。 */
function questionOf(
  what: string,
  status: CitationStatus,
  label: string,
  recorded: boolean,
  from: string | null,
): Pick<Finding, 'id' | 'severity' | 'category' | 'message'> | null {
  switch (status) {
    case 'repealed':
    case 'expired':
    case 'annulled':
      return {
        id: 'C01',
        severity: 'warn',
        category: '依据已废止或失效',
        message: `${what}${label}。是否改引现行有效的规定？`,
      }
    case 'unknown':
      return recorded
        ? {
            id: 'C02',
            severity: 'review',
            category: '依据的效力未核实',
            message: `文件库收录了${what}，但没有核实其效力。是否现行有效，请核对。`,
          }
        : {
            id: 'C02',
            severity: 'review',
            category: '依据未能在文件库找到',
            message: `文件库没有收录${what}。名称、文号是否准确，是否现行有效，请核对。`,
          }
    case 'pending_effect':
      return {
        id: 'C03',
        severity: 'warn',
        category: '依据尚未施行',
        message: `${what}尚未施行${from ? `（自${from}起施行）` : ''}。本文件施行时它是否已经施行？`,
      }
    case 'suspended':
      return { id: 'C04', severity: 'warn', category: '依据停止执行', message: `${what}现停止执行。是否仍可作为依据？` }
    case 'ambiguous':
      return {
        id: 'C05',
        severity: 'review',
        category: '依据不能确定是哪一件',
        message: `文件库中有几件与${what}同名或者同号的文件。写明制定机关或者文号是否更清楚？`,
      }
    default:
      return null
  }
}
/** 效力不佳的引用所生的问题；没有收录的同名只问一次。 */
export function citationFindings(cited: readonly Cited[], text: string): Finding[] {
  const unknown = new Set<string>()
  return cited.flatMap(({ place, found }) => {
    if (found === null || place.aside) return []
    const what = place.name === null ? (place.docNo ?? '') : `《${place.name}》`
    const asked = questionOf(
      what,
      found.status,
      found.statusLabel,
      found.entry !== null,
      found.entry?.effectiveDate ?? null,
    )
    if (asked === null || (asked.id === 'C02' && unknown.has(what))) return []
    if (asked.id === 'C02') unknown.add(what)
    const { start, end, element, address } = place
    return [
      {
        ...asked,
        basis: '国办发〔2018〕115号二（六）',
        quote: text.slice(start, end),
        start,
        end,
        line: 0,
        ...(element === undefined ? {} : { element }),
        ...(address === undefined ? {} : { address }),
      },
    ]
  })
}
