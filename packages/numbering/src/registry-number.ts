// 统一登记号: every government has its own form (rules 5.3), so the form is a template of the pack:
// `{region}{unit}-{yyyy}-{seq:04d}`. Text fields may carry a width (`{unit:2}`), numbers a padding (`{seq:03d}`).
import { NumberingError } from './numbering-error.ts'

const textFields = ['region', 'unit', 'issuer', 'category'] as const
const numberFields = ['seq', 'subseq'] as const
type TextField = (typeof textFields)[number]
type NumberField = (typeof numberFields)[number]

export interface RegistryValues {
  region?: string
  unit?: string
  issuer?: string
  category?: string
  year?: number
  seq: number
  /** Second serial of a two-part form (杨凌: the issuer's own serial). */
  subseq?: number
}

export type RegistryParse =
  | { ok: true; values: RegistryValues; normalized: string; tolerated: boolean }
  | { ok: false; code: 'no_match' | 'ambiguous'; message: string }

type Token =
  | { kind: 'literal'; text: string }
  | { kind: 'text'; field: TextField; width: number | null }
  | { kind: 'year'; digits: 2 | 4 }
  | { kind: 'number'; field: NumberField; pad: number }

const textValue = /^[\p{Script=Han}A-Za-z0-9]{1,20}$/u
const dashes = /[—–‐‑−－]+/gu
const longestText = 80

/**
 * Checks a template and returns its field names. Refuses unknown placeholders, stray braces, a repeated placeholder, and a
 * template without `{seq}` or with both `{yyyy}` and `{yy}`.
 */
export function registryTemplateFields(template: string): string[] {
  return readTemplate(template).flatMap((token) =>
    token.kind === 'literal' ? [] : token.kind === 'year' ? ['year'] : [token.field],
  )
}

/** Writes a registry number. Refuses a missing or malformed value, and what `registryTemplateFields` refuses. */
export function formatRegistryNumber(template: string, values: RegistryValues): string {
  return readTemplate(template)
    .map((token) => writeToken(token, values))
    .join('')
}

/**
 * Reads a registry number back. `known` fixes values that are already certain (the unit's own code); without it two text
 * fields side by side and without widths cannot be told apart and the answer is `ambiguous`, never a guess.
 * Other dashes (—, –) are tolerated.
 */
export function parseRegistryNumber(
  template: string,
  text: string,
  known: Partial<Pick<RegistryValues, TextField>> = {},
): RegistryParse {
  const tokens = readTemplate(template)
  if (typeof text !== 'string' || text.length > longestText) return noMatch(template)
  const exact = solve(tokens, text, known)
  if (exact.length > 0) return conclude(exact, tokens, false, template)
  const plainTokens = tokens.map((token) =>
    token.kind === 'literal' ? { ...token, text: token.text.replace(dashes, '-') } : token,
  )
  return conclude(solve(plainTokens, text.trim().replace(dashes, '-'), known), tokens, true, template)
}

function conclude(found: RegistryValues[], tokens: Token[], tolerated: boolean, template: string): RegistryParse {
  const values = found[0]
  if (!values) return noMatch(template)
  if (found.length > 1) {
    return { ok: false, code: 'ambiguous', message: `按模板“${template}”有不止一种读法，请在模板中注明字段宽度` }
  }
  return { ok: true, values, normalized: tokens.map((token) => writeToken(token, values)).join(''), tolerated }
}

function noMatch(template: string): RegistryParse {
  return { ok: false, code: 'no_match', message: `不符合登记号模板“${template}”` }
}

function readTemplate(template: string): Token[] {
  if (typeof template !== 'string' || template === '' || template.length > 200) {
    throw new NumberingError('invalid_template', '登记号模板为空或者过长')
  }
  const tokens = template
    .split(/(\{[^{}]*\})/u)
    .filter((part) => part !== '')
    .map(readToken)
  const names = tokens.flatMap((token) =>
    token.kind === 'literal' ? [] : token.kind === 'year' ? ['年份'] : [token.field],
  )
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new NumberingError('invalid_template', `登记号模板中“${repeated}”出现多次`)
  if (!names.includes('seq')) throw new NumberingError('invalid_template', '登记号模板缺少顺序号 {seq}')
  return tokens
}

function readToken(part: string): Token {
  if (!part.startsWith('{')) {
    if (/[{}]/.test(part)) throw new NumberingError('invalid_template', `登记号模板的花括号不成对：“${part}”`)
    return { kind: 'literal', text: part }
  }
  const body = part.slice(1, -1)
  if (body === 'yyyy') return { kind: 'year', digits: 4 }
  if (body === 'yy') return { kind: 'year', digits: 2 }
  const text = /^([a-z]+)(?::([1-9]|1\d|20))?$/.exec(body)
  const textField = textFields.find((field) => field === text?.[1])
  if (text && textField)
    return { kind: 'text', field: textField, width: text[2] === undefined ? null : Number(text[2]) }
  const serial = /^([a-z]+)(?::0([1-9])d)?$/.exec(body)
  const numberField = numberFields.find((field) => field === serial?.[1])
  if (serial && numberField) return { kind: 'number', field: numberField, pad: Number(serial[2] ?? 1) }
  throw new NumberingError('invalid_template', `登记号模板含有未知的占位符“${part}”`)
}

function writeToken(token: Token, values: RegistryValues): string {
  switch (token.kind) {
    case 'literal':
      return token.text
    case 'year': {
      const year = values.year
      if (year === undefined) throw new NumberingError('missing_value', '登记号缺少年份')
      if (!isYear(year)) throw new NumberingError('invalid_year', `登记号的年份“${year}”无效`)
      return token.digits === 4 ? String(year) : String(year).slice(2)
    }
    case 'number': {
      const value = values[token.field]
      if (value === undefined) throw new NumberingError('missing_value', `登记号缺少“${token.field}”`)
      if (!Number.isSafeInteger(value) || value < 1 || value > 999_999_999) {
        throw new NumberingError('invalid_sequence', `登记号的顺序号“${value}”无效`)
      }
      return String(value).padStart(token.pad, '0')
    }
    case 'text': {
      const value = values[token.field]
      if (value === undefined || value === '') throw new NumberingError('missing_value', `登记号缺少“${token.field}”`)
      if (!textValue.test(value) || (token.width !== null && value.length !== token.width)) {
        throw new NumberingError('invalid_value', `登记号的“${token.field}”值“${value}”不合要求`)
      }
      return value
    }
    default:
      return token satisfies never
  }
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1900 && year <= 2099
}

// Every way to read the text, at most two: more than one means that the template does not decide.
function solve(tokens: Token[], text: string, known: Partial<Pick<RegistryValues, TextField>>): RegistryValues[] {
  const found: RegistryValues[] = []
  const walk = (index: number, at: number, values: Partial<RegistryValues>): void => {
    if (found.length > 1) return
    const token = tokens[index]
    if (!token) {
      if (at === text.length && values.seq !== undefined) found.push({ ...values, seq: values.seq })
      return
    }
    for (const [length, part] of readings(token, text, at, known)) walk(index + 1, at + length, { ...values, ...part })
  }
  walk(0, 0, {})
  return found
}

function readings(
  token: Token,
  text: string,
  at: number,
  known: Partial<Pick<RegistryValues, TextField>>,
): Array<[number, Partial<RegistryValues>]> {
  switch (token.kind) {
    case 'literal':
      return text.startsWith(token.text, at) ? [[token.text.length, {}]] : []
    case 'year': {
      const digits = text.slice(at, at + token.digits)
      if (digits.length !== token.digits || !/^[0-9]+$/.test(digits)) return []
      // A two-digit year belongs to this century: 统一登记 began after 2000.
      const year = token.digits === 4 ? Number(digits) : 2000 + Number(digits)
      return isYear(year) ? [[token.digits, { year }]] : []
    }
    case 'number': {
      const digits = /^[0-9]{1,9}/.exec(text.slice(at))?.[0] ?? ''
      const answers: Array<[number, Partial<RegistryValues>]> = []
      for (let length = token.pad; length <= digits.length; length += 1) {
        const part = digits.slice(0, length)
        const value = Number(part)
        if (value >= 1 && (length === token.pad || !part.startsWith('0')))
          answers.push([length, { [token.field]: value }])
      }
      return answers
    }
    case 'text': {
      const fixed = known[token.field]
      if (fixed !== undefined) {
        return fixed !== '' && text.startsWith(fixed, at) ? [[fixed.length, { [token.field]: fixed }]] : []
      }
      const answers: Array<[number, Partial<RegistryValues>]> = []
      const from = token.width ?? 1
      for (let length = from; length <= (token.width ?? 20) && at + length <= text.length; length += 1) {
        const part = text.slice(at, at + length)
        if (!textValue.test(part)) break
        answers.push([length, { [token.field]: part }])
      }
      return answers
    }
    default:
      return token satisfies never
  }
}
