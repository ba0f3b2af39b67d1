// 前款、前条、前两项、本条第二款：指的是哪几段，由它所在的位置决定；位置变了，所指就可能变。
import { readNumeral } from '@dianzhang/text'
import type { ReferenceValue } from './blocks.ts'
import { isHeading } from './levels.ts'
import { type Address, type AddressedBlock, fill, formOf, renderReference } from './references.ts'

type Unit = '条' | '款' | '项'
interface Head {
  /** 前款、前两项、本条。 */
  words: string
  unit: Unit
  /** 往前数几个；0 为自己所在的。 */
  count: number
  /** 其后的第二款第（一）项，文字或者写法。 */
  tail: string
}
// 本条例第十条 is no 本条.
const pattern = /^(?:([前上])([一二两三四五六]?)([条款项])|本([条款])(?=第|[（(]))/u

export const isRelative = (words: string): boolean => pattern.test(words)
function headOf(written: string): Head | null {
  const found = pattern.exec(written)
  if (found === null) return null
  const [words, back, several = '', unit, own] = found
  return {
    words,
    unit: (unit ?? own) as Unit,
    count: back === undefined ? 0 : several === '' ? 1 : (readNumeral(several.replace('两', '二')) ?? 1),
    tail: written.slice(words.length),
  }
}

export interface Placed {
  blocks: ReadonlyArray<AddressedBlock>
  addresses: ReadonlyArray<Address | null>
}
/** 第 `at` 段所在的条：从哪一段到哪一段（不含）。 */
function articleAround({ blocks, addresses }: Placed, at: number): { from: number; to: number } | null {
  if (addresses[at]?.unit !== 'article') return null
  let from = at
  while (from > 0 && blocks[from]?.level !== 'article') from--
  if (blocks[from]?.level !== 'article') return null
  let to = from + 1
  while (to < blocks.length && addresses[to]?.part === addresses[at]?.part) {
    const level = blocks[to]?.level
    if (level === undefined || level === 'article' || isHeading(level)) break
    to++
  }
  return { from, to }
}
const numbersFrom = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
/** 往前数 `count` 个；不够数的为 null。 */
const before = (row: readonly number[], own: number, count: number): number[] | null =>
  own < 0 || own < count ? null : count === 0 ? row.slice(own, own + 1) : row.slice(own - count, own)

/** 写在第 `at` 段里的前款之类，现在指哪几段；没有所指的为 null。 */
function basesOf({ unit, count }: Head, at: number, placed: Placed): number[] | null {
  const { blocks, addresses } = placed
  const own = articleAround(placed, at)
  if (own === null) return null
  if (unit === '条') {
    const part = addresses[at]?.part
    const articles = numbersFrom(0, blocks.length).filter(
      (each) => blocks[each]?.level === 'article' && addresses[each]?.part === part,
    )
    return before(articles, articles.indexOf(own.from), count)
  }
  const paragraphs = numbersFrom(own.from, own.to).filter((each) =>
    each === own.from
      ? blocks[each]?.words === true || blocks[each + 1]?.level === 'item'
      : blocks[each]?.level === 'paragraph',
  )
  const paragraph = paragraphs.findLastIndex((each) => each <= at)
  if (unit === '款') return before(paragraphs, paragraph, count)
  const items = numbersFrom(paragraphs[paragraph] ?? own.to, paragraphs[paragraph + 1] ?? own.to).filter(
    (each) => blocks[each]?.level === 'item' && blocks[each]?.depth === 1,
  )
  return before(
    items,
    items.findLastIndex((each) => each <= at),
    count,
  )
}

/** 这样写着的（前款、前条第二款），在第 `at` 段里读作哪几段；读不出的为 null。`unit` 是并列时省去的单位（前款第（一）、（二）项）。 */
export function readRelativeAt(
  written: string,
  at: number,
  placed: Placed,
  unit: string | null = null,
): number[] | null {
  const head = headOf(written)
  const bases = head && basesOf(head, at, placed)
  if (!head || !bases) return null
  if (head.tail === '') return bases
  const tail = formOf(head.tail, unit)
  const [base] = bases
  if (tail === null || tail.ordinal !== null || base === undefined || bases.length > 1) return null
  const own = articleAround(placed, base)
  const { paragraph, item, sub } = tail.values
  const wanted = paragraph ?? (head.unit === '条' ? null : (placed.addresses[base]?.paragraph ?? 1))
  const found = numbersFrom(own?.from ?? 0, own?.to ?? 0).filter((each) => {
    const address = placed.addresses[each]
    return (
      address !== null &&
      address !== undefined &&
      address.item === (item ?? (head.unit === '项' ? (placed.addresses[base]?.item ?? null) : null)) &&
      address.subitem === sub &&
      (wanted === null || (address.paragraph ?? 1) === wanted)
    )
  })
  return found.length === 1 ? found : null
}

/** 写法里省去的单位。 */
export const leftOutIn = (form: string): string | null => /\{缺([^}]+)\}/u.exec(form)?.[1] ?? null

/** 写法：头照字面，其后的数目是空位。 */
export function relativeForm(written: string, unit: string | null = null): string {
  const head = headOf(written)
  return head === null || head.tail === '' ? written : `${head.words}${formOf(head.tail, unit)?.form ?? head.tail}`
}

/** 文字里的一处认作活的：记下它现在所指的各段。 */
export function resolveRelative(
  written: string,
  at: number,
  placed: Placed,
  unit: string | null = null,
): Pick<ReferenceValue, 'target' | 'form' | 'text'> | null {
  const meant = readRelativeAt(written, at, placed, unit)
  return meant && { target: idsOf(meant, placed), form: relativeForm(written, unit), text: written }
}

export const idsOf = (meant: readonly number[], { blocks }: Placed): string =>
  meant.map((each) => blocks[each]?.id ?? '').join(' ')

/** 一处所指的名称：第二条第一款；几处的：第二条第一款至第二条第二款。 */
function placeName(form: string, meant: readonly number[], { addresses }: Placed): string {
  const whole = isWhole(form)
  const name = (at: number | undefined): string => {
    const address = at === undefined ? null : addresses[at]
    return address ? renderReference(placeForm(address, whole), address) : ''
  }
  return meant.length > 1 ? `${name(meant[0])}至${name(meant.at(-1))}` : name(meant[0])
}
/** 写全的写法：款要说到款，除非整条所指。 */
const placeForm = (address: Address, whole: boolean): string =>
  `第{条c}条{之}${whole || address.paragraph === null ? '' : '第{款c}款'}${address.item === null ? '' : '第（{项c}）项'}${address.subitem === null ? '' : '第{目c}目'}`

export interface Meaning {
  /** 第几段，依次序。 */
  at: number[]
  name: string
}
/**
 * 一处原来指什么、现在读作什么；`spelled` 是不用前款之类而写明原来所指的一处：同条的写本条第几款。
 * 原来所指已经删去的、有几处的，写不出。
 */
export function meaningOf(
  { target, form, text }: Pick<ReferenceValue, 'target' | 'form' | 'text'>,
  at: number,
  placed: Placed,
  byId: ReadonlyMap<string, number>,
): { original: Meaning | null; now: Meaning | null; spelled: Pick<ReferenceValue, 'target' | 'form' | 'text'> | null } {
  const meant = meantBy(target, placed, byId)
  const now = readRelativeAt(text, at, placed, leftOutIn(form))
  const said = (list: number[] | null): Meaning | null => list && { at: list, name: placeName(form, list, placed) }
  return {
    original: said(meant),
    now: said(now),
    spelled: meant?.length === 1 ? spelledOut(form, meant[0] ?? 0, at, placed) : null,
  }
}
/** 记下的各段现在是第几段；没有记下或者已经删去的为 null。 */
function meantBy(target: string, { addresses }: Placed, byId: ReadonlyMap<string, number>): number[] | null {
  const meant = target === '' ? [] : target.split(' ').map((id) => byId.get(id) ?? -1)
  return meant.length > 0 && meant.every((each) => addresses[each] != null) ? meant : null
}
function spelledOut(form: string, target: number, at: number, placed: Placed): ReturnType<typeof meaningOf>['spelled'] {
  const address = placed.addresses[target]
  const own = articleAround(placed, at)
  const id = placed.blocks[target]?.id
  if (!address || id === undefined) return null
  const whole = isWhole(form)
  const full = placeForm(address, whole)
  const tail = full.slice('第{条c}条{之}'.length)
  const near = own !== null && target >= own.from && target < own.to && tail !== '' && !whole
  const spelled = near ? `本条${tail}` : full
  return { target: id, form: spelled, text: fill(spelled, address) }
}
/** 前条、上条：所指是整条。 */
const isWhole = (form: string): boolean => /^[前上].?条$/u.test(form)

interface Standing {
  text: string
  broken: boolean
  was: string | null
}
/** 所指已经删去时的说法。 */
const gone = '已删去的条款'

/**
 * 结构变了以后，第 `at` 段里的一处怎样了。还读作原来所指的，照旧（其后的款、项改了编号的，随之改）；读作别处的，文字不动，
 * 标为待核并说明原指何处，因为是改写法还是改指别处，只有起草人知道；什么也读不出的，是断了的引用。
 */
export function standingNow(
  { target, form, text, was }: Pick<ReferenceValue, 'target' | 'form' | 'text' | 'was'>,
  at: number,
  placed: Placed,
  byId: ReadonlyMap<string, number>,
): Standing {
  const meant = meantBy(target, placed, byId)
  const address = placed.addresses[meant?.[0] ?? -1]
  const renewed = form.includes('{') && address ? fill(form, address) : text
  const unit = leftOutIn(form)
  const now = readRelativeAt(renewed, at, placed, unit)
  if (meant && now?.length === meant.length && now.every((each, i) => each === meant[i]))
    return { text: renewed, broken: false, was: null }
  if (readRelativeAt(text, at, placed, unit) === null) return { text, broken: true, was: null }
  return { text, broken: false, was: meant ? placeName(form, meant, placed) : target === '' ? (was ?? gone) : gone }
}
