// References to this document's own provisions: where each paragraph stands among the provisions, from wording to
// paragraph, and from paragraph to its present number in print.
import { readNumeral } from '@dianzhang/text'
import { type BlockNumber, figured, type Numbered, type ReferenceValue } from './blocks.ts'
import { type BlockLevel, isHeading, levelNames } from './levels.ts'

/** Where a paragraph stands among the provisions. */
export interface Address {
  /** Ordinal of the article, part, chapter or section; articles may have “之” as well. */
  unit: BlockLevel
  ordinal: number[]
  /** Which paragraph of the article; null when the article has only one. */
  paragraph: number | null
  item: number | null
  subitem: number | null
  /** Which part of the text it belongs to: 0 the body, 1 and up the attachments. */
  part: number
}
export interface AddressedBlock extends Numbered {
  id: string
  /** Whether it has words. */
  words: boolean
}

const units: Partial<Record<BlockLevel, string>> = {
  part: '编',
  subpart: '分编',
  chapter: '章',
  section: '节',
  article: '条',
}
const unitOf: Record<string, BlockLevel> = { 编: 'part', 分编: 'subpart', 章: 'chapter', 节: 'section', 条: 'article' }

/** Where the paragraphs stand; null for those not among the provisions. */
export function addressesOf(
  blocks: readonly AddressedBlock[],
  numbers: ReadonlyArray<BlockNumber | null>,
): Array<Address | null> {
  const addresses: Array<Address | null> = []
  let part = 0
  let article: Address | null = null
  let paragraphs = 0
  /** The paragraphs within an article; how many there are is known only when the article ends. */
  let inside: Address[] = []
  let item: number | null = null
  const close = (): void => {
    if (paragraphs <= 1) for (const each of inside) each.paragraph = null
    inside = []
    paragraphs = 0
    item = null
  }
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as AddressedBlock
    const { level } = block
    if (level === 'attachment' || (level === 'attachmentTitle' && blocks[at - 1]?.level !== 'attachment')) {
      close()
      article = null
      part++
    }
    const ordinal = numbers[at]?.ordinal ?? null
    if (level === 'article' || isHeading(level)) {
      close()
      article = null
      if (ordinal === null) {
        addresses.push(null)
        continue
      }
      const address: Address = { unit: level, ordinal, paragraph: null, item: null, subitem: null, part }
      if (level === 'article') {
        article = address
        if (block.words || blocks[at + 1]?.level === 'item') paragraphs = 1
        // The words in the line of the article are its first paragraph.
        address.paragraph = 1
        inside.push(address)
      }
      addresses.push(address)
      continue
    }
    if (article === null || (level !== 'paragraph' && level !== 'item')) {
      addresses.push(null)
      continue
    }
    const base: Address = { ...article, paragraph: null, item: null, subitem: null }
    if (level === 'paragraph') {
      item = null
      paragraphs++
      base.paragraph = paragraphs
    } else {
      base.paragraph = Math.max(1, paragraphs)
      if (ordinal === null) {
        addresses.push(null)
        continue
      }
      if (block.depth === 1) {
        item = ordinal[0] ?? null
        base.item = item
      } else {
        base.item = item
        base.subitem = block.depth === 2 ? (ordinal[0] ?? null) : null
        if (block.depth > 2) {
          addresses.push(null)
          continue
        }
      }
    }
    inside.push(base)
    addresses.push(base)
  }
  close()
  return addresses
}

const numeral = '[零〇一二两三四五六七八九十百千0-9０-９]+'
const articleForm = new RegExp(
  `^(?:第\\s?(?<unit>${numeral})\\s?(?<name>条|分编|[编章节])(?<branch>(?:之[一二三四五六七八九十百]+)*))?(?:第(?<paragraph>${numeral})款)?(?:(?<itemBefore>第?[（(]|第)(?<item>${numeral})(?<itemAfter>[）)]?项))?(?:(?<subBefore>第[（(]?)(?<sub>${numeral})(?<subAfter>[）)]?目))?$`,
  'u',
)
const figureOf = (written: string): string => (/[0-9]/u.test(written) ? 'a' : /[０-９]/u.test(written) ? 'w' : 'c')

/** The last unit of a reference: that of “第三条第（一）项” is the item. */
export const lastUnitOf = (target: string): string | null =>
  /(分编|[编章节条款项目])(?:之[一二三四五六七八九十百]+)*$/u.exec(target)?.[1] ?? null

/**
 * Splits a wording into the numbers of its levels and slots; null when it is not the wording of a provision. When
 * several are listed and the unit or “第” is written only once (“第三、四条”, “第（一）、（二）项”), `unit` is the last unit: the
 * unit left out is noted as `{缺条}` in the form and not printed.
 */
export function formOf(written: string, unit: string | null = null): ReturnType<typeof wholeForm> {
  const whole = wholeForm(written)
  if (whole !== null || unit === null) return whole
  const last = lastUnitOf(written)
  const headless = new RegExp(`^${numeral}`, 'u').test(written)
  const found = wholeForm(`${headless ? '第' : ''}${written}${last === unit ? '' : unit}`)
  if (found === null) return null
  let { form } = found
  if (last !== unit) form = form.replace(/(?:条\{之\}|分编|[编章节款项目])$/u, `{缺${unit}}`)
  return { ...found, form: headless ? form.slice(1) : form }
}

function wholeForm(written: string): {
  form: string
  ordinal: number[] | null
  name: string | null
  values: Record<'paragraph' | 'item' | 'sub', number | null>
} | null {
  const found = articleForm.exec(written)?.groups
  if (!found || written === '') return null
  const read = (text: string | undefined): number | null => (text === undefined ? null : readNumeral(text))
  const hole = (unit: string, text: string): string => `{${unit}${figureOf(text)}}`
  let form = ''
  const { unit, name, branch = '', paragraph, item, sub } = found
  let ordinal: number[] | null = null
  if (unit !== undefined && name !== undefined) {
    form += `第${hole('条', unit)}${name}{之}`
    const main = read(unit)
    const more = branch
      .split('之')
      .slice(1)
      .map((each) => readNumeral(each))
    if (main === null || more.some((each) => each === null)) return null
    ordinal = [main, ...(more as number[])]
  }
  if (paragraph !== undefined) form += `第${hole('款', paragraph)}款`
  if (item !== undefined) form += `${found.itemBefore}${hole('项', item)}${found.itemAfter}`
  if (sub !== undefined) form += `${found.subBefore}${hole('目', sub)}${found.subAfter}`
  return { form, ordinal, name: name ?? null, values: { paragraph: read(paragraph), item: read(item), sub: read(sub) } }
}

/**
 * Prints the present position of the paragraph referred to in a given form; uses the full form when that one does not
 * fit its present level.
 */
export function renderReference(form: string, address: Address): string {
  const wants = (unit: string): boolean => form.includes(`{${unit}`)
  const name = units[address.unit] ?? '条'
  const named = /\{条.\}(?:\{缺)?(条|分编|[编章节])/u.exec(form)?.[1]
  const fits =
    (named === undefined || named === name) &&
    // “第三” of “第三、四条” cannot say “之一”.
    (address.ordinal.length === 1 || named === undefined || form.includes('{之}')) &&
    wants('目') === (address.subitem !== null) &&
    wants('项') === (address.item !== null) &&
    (!wants('款') || address.paragraph !== null) &&
    // 第十条 for an article; 第二款 must be said where there are several.
    (wants('款') || wants('项') || wants('目') || address.paragraph === null || address.paragraph === 1)
  const shape = fits
    ? form
    : `第{条c}${name}{之}${address.paragraph === null || (address.paragraph === 1 && address.item === null && !wants('款')) ? '' : '第{款c}款'}${address.item === null ? '' : '第（{项c}）项'}${address.subitem === null ? '' : '第{目c}目'}`
  return fill(shape, address)
}
/** Fills numbers into the slots of a form. */
export function fill(form: string, address: Address): string {
  const values: Record<string, number> = {
    条: address.ordinal[0] ?? 0,
    款: address.paragraph ?? 1,
    项: address.item ?? 0,
    目: address.subitem ?? 0,
  }
  return form
    .replace(/\{缺[^}]+\}/gu, '')
    .replace(/\{(条|款|项|目)(.)\}/gu, (_whole, unit: string, figure: string) => figured(figure, values[unit] ?? 0))
    .replace(
      '{之}',
      address.ordinal
        .slice(1)
        .map((n) => `之${figured('c', n)}`)
        .join(''),
    )
}
/** The full form for a paragraph, used for newly inserted references. */
export const fullForm = (address: Address): string => {
  const name = units[address.unit] ?? '条'
  return `第{条c}${name}{之}${address.paragraph === null || (address.paragraph === 1 && address.item === null) ? '' : '第{款c}款'}${address.item === null ? '' : '第（{项c}）项'}${address.subitem === null ? '' : '第{目c}目'}`
}

const sameOrdinal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((each, at) => each === b[at])

/**
 * The paragraph a wording refers to; null when there is none or it is uncertain. `scope` is the level above that was
 * left out (“第四十九条第一款、第二款”).
 */
export function resolveReference(
  written: string,
  target: string,
  blocks: ReadonlyArray<AddressedBlock>,
  addresses: ReadonlyArray<Address | null>,
  part: number,
): Pick<ReferenceValue, 'target' | 'form' | 'text'> | null {
  const form = formOf(written, lastUnitOf(target))
  const full = formOf(target)
  if (form === null || full === null || full.ordinal === null) return null
  const { ordinal, values } = full
  const unit = unitOf[full.name ?? '条'] ?? 'article'
  const hasArticles = addresses.some((each) => each?.part === part && each.unit === 'article')
  const within = hasArticles ? part : 0
  const candidates: number[] = []
  for (const [at, address] of addresses.entries()) {
    if (!address || address.part !== within || address.unit !== unit || !sameOrdinal(address.ordinal, ordinal)) continue
    if ((values.item ?? null) !== address.item || (values.sub ?? null) !== address.subitem) continue
    if (values.paragraph !== null && (address.paragraph ?? 1) !== values.paragraph) continue
    if (values.paragraph === null && values.item === null && blocks[at]?.level !== unit) continue
    candidates.push(at)
  }
  const [only] = candidates
  // A number that stands twice leads nowhere for certain.
  if (only === undefined || (candidates.length > 1 && !isHeading(unit))) return null
  const address = addresses[only] as Address
  const block = blocks[only] as AddressedBlock
  if (renderReference(form.form, address) !== written) return null
  return { target: block.id, form: form.form, text: written }
}

/**
 * The name of a paragraph in the outline and the reference dialog: “第十二条第二款第（三）项”; the name of its level when it has
 * no position.
 */
export const addressName = (address: Address | null, block: Numbered): string =>
  address === null ? levelNames[block.level] : renderReference(fullForm(address), address)
