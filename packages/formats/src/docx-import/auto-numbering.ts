// Automatic numbering in Word: “第%1章” is kept in numbering.xml, and the body only has an id pointing to it.
import type { Attributes, XmlHandler } from './xml.ts'

interface LevelDefinition {
  start: number
  format: string
  text: string
  suffix: string
  restart: number | null
  legal: boolean
}

interface NumberDefinition {
  abstract: string
  starts: Map<number, number>
  levels: Map<number, LevelDefinition>
}

const newLevel = (): LevelDefinition => ({
  start: 1,
  format: 'decimal',
  text: '',
  suffix: 'tab',
  restart: null,
  legal: false,
})

/** What numbering.xml says. */
export interface NumberingDefinitions {
  abstracts: Map<string, { levels: Map<number, LevelDefinition>; styleLink: string | null }>
  numbers: Map<string, NumberDefinition>
}

/** Handler that collects the definitions of numbering.xml. */
export function numberingReader(): { handler: XmlHandler; definitions: NumberingDefinitions } {
  const definitions: NumberingDefinitions = { abstracts: new Map(), numbers: new Map() }
  let abstract: { levels: Map<number, LevelDefinition>; styleLink: string | null } | null = null
  let number: NumberDefinition | null = null
  let level: LevelDefinition | null = null
  let override = 0
  const val = (attributes: Attributes): string => attributes['w:val'] ?? ''
  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'w:abstractNum') {
        abstract = { levels: new Map(), styleLink: null }
        definitions.abstracts.set(attributes['w:abstractNumId'] ?? '', abstract)
      } else if (name === 'w:num') {
        number = { abstract: '', starts: new Map(), levels: new Map() }
        definitions.numbers.set(attributes['w:numId'] ?? '', number)
      } else if (name === 'w:abstractNumId' && number !== null) number.abstract = val(attributes)
      else if (name === 'w:numStyleLink' && abstract !== null) abstract.styleLink = val(attributes)
      else if (name === 'w:lvlOverride') override = Number(attributes['w:ilvl'] ?? 0)
      else if (name === 'w:startOverride') number?.starts.set(override, Number(val(attributes)))
      else if (name === 'w:lvl') {
        level = newLevel()
        const index = Number(attributes['w:ilvl'] ?? 0)
        if (number !== null) number.levels.set(index, level)
        else abstract?.levels.set(index, level)
      } else if (level !== null) {
        if (name === 'w:start') level.start = Number(val(attributes))
        else if (name === 'w:numFmt') level.format = val(attributes)
        else if (name === 'w:lvlText') level.text = val(attributes)
        else if (name === 'w:suff') level.suffix = val(attributes)
        else if (name === 'w:lvlRestart') level.restart = Number(val(attributes))
        else if (name === 'w:isLgl') level.legal = val(attributes) !== '0' && val(attributes) !== 'false'
      }
    },
    close(name) {
      if (name === 'w:abstractNum') abstract = null
      else if (name === 'w:num') number = null
      else if (name === 'w:lvl') level = null
    },
    text() {},
  }
  return { handler, definitions }
}

/** A number as it is printed before a paragraph, and what has to be said about it. */
export interface PrintedNumber {
  /** Number with what separates it from the text: “第一章　”. Empty for none. */
  label: string
  /** The format when it is not known here; decimal was used instead. */
  unknownFormat: string | null
  /** A bullet, not a number. */
  bullet: boolean
}

/** Counts the numbered paragraphs of a document in their order. `numberOfStyle` resolves list styles. */
export class AutoNumbering {
  readonly #definitions: NumberingDefinitions
  readonly #numberOfStyle: (style: string) => string | null
  readonly #counters = new Map<string, Array<number | undefined>>()
  readonly #restarted = new Set<string>()

  constructor(definitions: NumberingDefinitions, numberOfStyle: (style: string) => string | null) {
    this.#definitions = definitions
    this.#numberOfStyle = numberOfStyle
  }

  /** The number of the next paragraph of list `numId` at `level` (0…8); null when the list is not defined. */
  next(numId: string, level: number): PrintedNumber | null {
    const number = this.#definitions.numbers.get(numId)
    if (number === undefined) return null
    const abstractId = this.#abstractOf(number.abstract)
    const levelOf = (index: number): LevelDefinition | undefined =>
      number.levels.get(index) ?? this.#definitions.abstracts.get(abstractId)?.levels.get(index)
    const own = levelOf(level)
    if (own === undefined) return null
    const counters = this.#counters.get(abstractId) ?? []
    this.#counters.set(abstractId, counters)
    for (const [index, start] of number.starts) {
      const key = `${numId}:${index}`
      if (index > level || this.#restarted.has(key)) continue
      this.#restarted.add(key)
      counters[index] = index === level ? start - 1 : start
    }
    const before = counters[level]
    counters[level] = before === undefined ? own.start : before + 1
    for (let index = 0; index < level; index++) counters[index] ??= levelOf(index)?.start ?? 1
    for (let index = level + 1; index < 9; index++) {
      const restart = levelOf(index)?.restart ?? null
      if (restart === null || (restart > 0 && restart >= level + 1)) counters[index] = undefined
    }
    if (own.format === 'none') return { label: own.text.replace(/%\d/g, ''), unknownFormat: null, bullet: false }
    if (own.format === 'bullet')
      return { label: `${bulletOf(own.text)}${separator(own.suffix)}`, unknownFormat: null, bullet: true }
    let unknownFormat: string | null = null
    const words = own.text.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1
      const format = own.legal ? 'decimal' : (levelOf(index)?.format ?? 'decimal')
      const printed = printNumber(counters[index] ?? 1, format)
      if (printed === null) unknownFormat = format
      return printed ?? String(counters[index] ?? 1)
    })
    return { label: words === '' ? '' : `${words}${separator(own.suffix)}`, unknownFormat, bullet: false }
  }

  #abstractOf(id: string): string {
    const link = this.#definitions.abstracts.get(id)?.styleLink ?? null
    if (link === null) return id
    const numId = this.#numberOfStyle(link)
    const linked = numId === null ? undefined : this.#definitions.numbers.get(numId)
    return linked === undefined || linked.abstract === id ? id : linked.abstract
  }
}

const separator = (suffix: string): string => (suffix === 'nothing' ? '' : suffix === 'space' ? ' ' : '　')

// Bullets of symbol fonts lie in the private use area and mean nothing outside their font.
const bulletOf = (text: string): string => (/^[\ue000-\uf8ff]*$/.test(text) ? '●' : text)

const digits = '〇一二三四五六七八九'
const units = ['', '十', '百', '千']

/** 一百零一; up to 9999, otherwise plain figures. */
function counting(value: number, figures: string, powers: readonly string[], zero: string, shortTen: boolean): string {
  if (value === 0) return figures[0] ?? ''
  if (value < 0 || value > 9999) return String(value)
  const places = [...String(value)].map(Number)
  let words = ''
  let gap = false
  places.forEach((digit, index) => {
    const power = places.length - 1 - index
    if (digit === 0) {
      gap = words !== ''
      return
    }
    if (gap) words += zero
    gap = false
    words += `${figures[digit] ?? ''}${powers[power] ?? ''}`
  })
  return shortTen ? words.replace(/^一十/, '十') : words
}

const cycle = (value: number, signs: string): string => [...signs][(value - 1) % [...signs].length] ?? String(value)
const enclosed = (value: number, first: number, most: number): string =>
  value >= 1 && value <= most ? String.fromCodePoint(first + value - 1) : String(value)

function letters(value: number, base: number): string {
  if (value < 1) return String(value)
  // Word repeats the letter: z, aa, bb.
  return String.fromCharCode(base + ((value - 1) % 26)).repeat(Math.min(20, Math.ceil(value / 26)))
}

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value)
  const steps: Array<[number, string]> = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = value
  let words = ''
  for (const [step, sign] of steps) {
    while (rest >= step) {
      words += sign
      rest -= step
    }
  }
  return words
}

/** A number in one of the formats of ST_NumberFormat, or null when the format is not known here. */
export function printNumber(value: number, format: string): string | null {
  switch (format) {
    case 'decimal':
      return String(value)
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return enclosed(value, 0x2460, 20)
    case 'decimalEnclosedFullstop':
      return enclosed(value, 0x2488, 20)
    case 'decimalEnclosedParen':
      return enclosed(value, 0x2474, 20)
    case 'ideographEnclosedCircle':
      return enclosed(value, 0x3280, 10)
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
      return counting(value, digits, units, '零', true)
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
      return [...String(value)].map((digit) => digits[Number(digit)] ?? digit).join('')
    case 'chineseLegalSimplified':
      return counting(value, '零壹贰叁肆伍陆柒捌玖', ['', '拾', '佰', '仟'], '零', false)
    case 'ideographLegalTraditional':
      return counting(value, '零壹貳參肆伍陸柒捌玖', ['', '拾', '佰', '仟'], '零', false)
    case 'ideographTraditional':
      return cycle(value, '甲乙丙丁戊己庚辛壬癸')
    case 'ideographZodiac':
      return cycle(value, '子丑寅卯辰巳午未申酉戌亥')
    case 'upperLetter':
      return letters(value, 65)
    case 'lowerLetter':
      return letters(value, 97)
    case 'upperRoman':
      return roman(value)
    case 'lowerRoman':
      return roman(value).toLowerCase()
    case 'none':
      return ''
    default:
      return null
  }
}
