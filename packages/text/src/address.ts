// Addresses: 第十二条第二款第（三）项 for an element, and back. Articles are addressed by their number alone, as laws are cited.
import { chineseNumeral, readNumeral } from './lines.ts'
import type { Element, StructuredText } from './tree.ts'

interface Directory {
  addresses: Map<string, string>
  elements: Map<string, Element>
}
const directories = new WeakMap<StructuredText, Directory>()

/** Built once per text; a text is never changed after it was read. */
function directoryOf(t: StructuredText): Directory {
  const known = directories.get(t)
  if (known) return known
  const directory: Directory = { addresses: new Map(), elements: new Map() }
  /** Of a repeated address, how often it was met: thousands of （一） below each other are told apart without trying all. */
  const repeated = new Map<string, number>()
  // An address is made of pieces, and so is its spelling for all: each piece is spelt once.
  const spell = (prefix: string, prefixKey: string, address: string): string => {
    const piece = address.slice(prefix.length)
    // 第一款 behind 第三条| cannot be read together with it; behind a bare number it might.
    const apart = prefixKey === '' || '|·]'.includes(prefixKey.at(-1) ?? '')
    if (!apart || !'第（('.includes(piece.charAt(0) || '.')) return canonical(address)
    return prefixKey + speltPiece(piece)
  }
  const visit = (list: Element[], prefix: string, base: string, prefixKey: string, baseKey: string): void => {
    const count = { paragraph: 0, text: 0, table: 0 }
    const paragraphs = list.reduce((sum, one) => sum + (one.level === 'paragraph' ? 1 : 0), 0)
    for (const element of list) {
      let address: string
      let below: string
      const { level } = element
      if (level === 'article') {
        address = below = `${base}${plain(element.number)}`
      } else if (level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section') {
        address = below = `${prefix}${plain(element.number)}`
      } else if (level === 'paragraph') {
        count.paragraph++
        address = `${prefix}第${chineseNumeral(count.paragraph)}款`
        // 第三条第（二）项: an article of one paragraph has no 款 to name.
        below = paragraphs === 1 ? prefix : address
      } else if (level === 'item' || level === 'subitem') {
        address = below = `${prefix}第${listNumber(element.number)}${level === 'item' ? '项' : '目'}`
      } else if (level === 'text' || level === 'table') {
        count[level]++
        address = below = `${prefix}第${chineseNumeral(count[level])}${level === 'text' ? '段' : '表'}`
      } else address = below = `${prefix}${plain(element.number)}`
      // A repeated number is a fault of the text; its elements are told apart all the same.
      let key = level === 'article' ? spell(base, baseKey, address) : spell(prefix, prefixKey, address)
      if (directory.elements.has(key)) {
        let times = repeated.get(key) ?? 2
        while (directory.elements.has(`${key}[${times}]`)) times++
        repeated.set(key, times + 1)
        address += `[${times}]`
        below = address
        key = `${key}[${times}]`
      }
      directory.addresses.set(element.id, address)
      directory.elements.set(key, element)
      visit(element.children, below, base, below === address ? key : prefixKey, baseKey)
    }
  }
  visit(t.body, '', '', '', '')
  visit(t.preamble, '引言', '引言', '引言', '引言')
  const labels = new Map<string, number>()
  for (const attachment of t.attachments) {
    const label = attachment.label === '' ? '后附' : attachment.label
    const times = (labels.get(label) ?? 0) + 1
    labels.set(label, times)
    const prefix = `${label}${times > 1 ? `[${times}]` : ''}·`
    const key = canonical(prefix)
    visit(attachment.body, prefix, prefix, key, key)
  }
  directories.set(t, directory)
  return directory
}

/** The pieces all texts have, 第一条 and 第（三）项, as they are spelt for all. */
const spelt = new Map<string, string>()
const mostSpelt = 20_000
function speltPiece(piece: string): string {
  const known = spelt.get(piece)
  if (known !== undefined) return known
  const key = canonical(piece)
  if (piece.length <= 16 && spelt.size < mostSpelt) spelt.set(piece, key)
  return key
}

const plain = (number: string | null): string =>
  number === null || !/\s/u.test(number) ? (number ?? '') : number.replace(/\s/gu, '')

/** （三） stays （三）; 3. and 三、 lose their sign. */
function listNumber(number: string | null): string {
  const text = plain(number).replace(/[.．、]$/u, '')
  return text.replace(/^\(/u, '（').replace(/\)$/u, '）')
}

/** The address of an element, e.g. “第十二条第二款第（三）项”, “一、（二）”, “附件1·第三条”; an empty string for an unknown id. */
export function addressOf(t: StructuredText, id: string): string {
  return directoryOf(t).addresses.get(id) ?? ''
}

const byId = new WeakMap<StructuredText, Map<string, Element>>()
/** The element with this id anywhere in the text. */
export function findById(t: StructuredText, id: string): Element | null {
  let known = byId.get(t)
  if (known === undefined) {
    known = new Map([...directoryOf(t).elements.values()].map((element) => [element.id, element]))
    byId.set(t, known)
  }
  return known.get(id) ?? null
}

/**
 * The element at an address, however it is written: 第12条第2款第三项 is 第十二条第二款第（三）项. 款 may be left out where only one
 * paragraph has such an item. Null when there is none.
 */
export function findByAddress(t: StructuredText, address: string): Element | null {
  if (address.length > 200) return null
  const { elements } = directoryOf(t)
  const key = canonical(address)
  const found = elements.get(key)
  if (found) return found
  const parts = /^(.*条[0-9.]+(?:\[[0-9]+\])?\|)(款1\|)?(项.*)$/u.exec(key)
  if (parts === null) {
    // 第一款 of an article with one paragraph.
    return null
  }
  const [, article = '', first = '', rest = ''] = parts
  const candidates: Element[] = []
  if (first !== '') {
    const only = elements.get(`${article}${rest}`)
    if (only) candidates.push(only)
  } else
    for (let paragraph = 1; paragraph <= 60 && elements.has(`${article}款${paragraph}|`); paragraph++) {
      const item = elements.get(`${article}款${paragraph}|${rest}`)
      if (item) candidates.push(item)
    }
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}

/**
 * Those of the addresses that a text does not have: 第九十九条 of a text with ten articles. Also read in what a circular issues and
 * in the attachments, where the address does not say so; 第一款 of an article with one paragraph is that article.
 */
export function addressesMissing(t: StructuredText, addresses: readonly string[]): string[] {
  const within = ['', ...t.attachments.map(({ label }) => `${label === '' ? '后附' : label}·`)]
  const forms = (address: string): string[] => [address, address.replace(/第[一1１]款$/u, '')]
  return addresses.filter(
    (address) =>
      !within.some((prefix) => forms(address).some((form) => form !== '' && findByAddress(t, prefix + form) !== null)),
  )
}

const token =
  /第[（(]?([零〇一二两三四五六七八九十百千万0-9０-９]+)[）)]?(编|分编|章|节|条|款|项|目|段|表)((?:之[零〇一二三四五六七八九十百千0-9０-９]+)*)|([零〇一二三四五六七八九十百千]+)、|[（(]([零〇一二三四五六七八九十百千0-9０-９]+)[）)](项|目)?|([0-9０-９]+)[.．、）)]/gu

/** One spelling for all: 条12|款2|项3| */
function canonical(address: string): string {
  return address
    .replace(/[\s\u3000]/gu, '')
    .replace(token, (_whole, main, unit, extra, comma, bracket, bracketUnit, dotted) => {
      const value = (text: string): string => String(readNumeral(text) ?? text)
      if (main !== undefined) {
        const more = extra === '' ? '' : `.${String(extra).slice(1).split('之').map(value).join('.')}`
        return `${unit}${value(main)}${more}|`
      }
      if (comma !== undefined) return `一${value(comma)}|`
      if (bracket !== undefined) {
        const isDigits = /[0-9０-９]/u.test(bracket)
        return `${bracketUnit ?? (isDigits ? '丁' : '乙')}${value(bracket)}|`
      }
      return `丙${value(dotted)}|`
    })
}
