// “前款”, “前条”, “前两项”, “本条第二款”: which paragraphs they mean depends on where they stand; when that changes, what they
// mean may change.
import { readNumeral } from '@dianzhang/text'
import type { ReferenceValue } from './blocks.ts'
import { isHeading } from './levels.ts'
import { type Address, type AddressedBlock, fill, formOf, renderReference } from './references.ts'

type Unit = '条' | '款' | '项'
interface Head {
  /** “前款”, “前两项”, “本条”. */
  words: string
  unit: Unit
  /** How many to count back; 0 is the one it stands in. */
  count: number
  /** The “第二款第（一）项” after it, as words or as form. */
  tail: string
}
// “本条例第十条” is no “本条”.
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
/** The article that paragraph `at` is in: from which paragraph to which (exclusive). */
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
/** Counts back `count`; null when there are not that many. */
const before = (row: readonly number[], own: number, count: number): number[] | null =>
  own < 0 || own < count ? null : count === 0 ? row.slice(own, own + 1) : row.slice(own - count, own)

/** Which paragraphs “前款” and the like in paragraph `at` now mean; null when they mean none. */
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

/**
 * Which paragraphs such a wording (“前款”, “前条第二款”) reads as in paragraph `at`; null when it cannot be read. `unit` is
 * the unit left out in a list (“前款第（一）、（二）项”).
 */
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

/** The unit left out in a form. */
export const leftOutIn = (form: string): string | null => /\{缺([^}]+)\}/u.exec(form)?.[1] ?? null

/** The form: the head stays literal, the numbers after it are slots. */
export function relativeForm(written: string, unit: string | null = null): string {
  const head = headOf(written)
  return head === null || head.tail === '' ? written : `${head.words}${formOf(head.tail, unit)?.form ?? head.tail}`
}

/** Takes a place in the text as live: records the paragraphs it now means. */
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

/** The name of what is meant: “第二条第一款”; when several: “第二条第一款至第二条第二款”. */
function placeName(form: string, meant: readonly number[], { addresses }: Placed): string {
  const whole = isWhole(form)
  const name = (at: number | undefined): string => {
    const address = at === undefined ? null : addresses[at]
    return address ? renderReference(placeForm(address, whole), address) : ''
  }
  return meant.length > 1 ? `${name(meant[0])}至${name(meant.at(-1))}` : name(meant[0])
}
/** The full form: a paragraph is named down to the paragraph, unless the whole article is meant. */
const placeForm = (address: Address, whole: boolean): string =>
  `第{条c}条{之}${whole || address.paragraph === null ? '' : '第{款c}款'}${address.item === null ? '' : '第（{项c}）项'}${address.subitem === null ? '' : '第{目c}目'}`

export interface Meaning {
  /** Indexes of the paragraphs, in order. */
  at: number[]
  name: string
}
/**
 * What a place meant originally and what it reads as now; `spelled` names the original without “前款” and the like:
 * within the same article it is written as “本条第几款”.
 * It cannot be spelled out when what was meant has been deleted or is several.
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
/** The present indexes of the recorded paragraphs; null when none are recorded or they have been deleted. */
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
/** “前条”, “上条”: the whole article is meant. */
const isWhole = (form: string): boolean => /^[前上].?条$/u.test(form)

interface Standing {
  text: string
  broken: boolean
  was: string | null
}
/** What is said when what was meant has been deleted. */
const gone = '已删去的条款'

/**
 * How a place in paragraph `at` stands after the structure has changed. If it still reads as what it meant, it stays
 * (paragraphs and items after it that were renumbered follow); if it reads as something else, the words stay
 * untouched and it is marked unsure, with what it meant, because only the drafter knows whether to change the wording
 * or the meaning; if it reads as nothing, it is a broken reference.
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
