// WJBS 文件标识 of GB/T 47229.2—2026: `1.2.156.3005.6-` + 31 digits, born once at publication and never recomputed.
// A component that cannot be decided leaves the identifier empty and is listed; nothing is ever guessed into it.
import { readChineseNumeral } from './chinese-numeral.ts'
import { type Code, type CodeLists, findCode, gbt47229CodeLists } from './code-lists.ts'
import { parseNumber } from './document-number.ts'

/** Who formed the identifier: the issuing authority at publication, or this register for an imported entry. */
export type IdentifierSource = 'AUTHORITY_ISSUED' | 'IMPORTED_NOT_ISSUED'

export type IdentifierComponent =
  | 'categoryCode'
  | 'agencyCode'
  | 'publicationDate'
  | 'documentNumber'
  | 'internalSequence'
  | 'fileClassCode'

export interface FileIdentifierComponents {
  /** 4 digits; 1700 = administrative normative document. */
  categoryCode?: string | null
  /** 10 digits, see `agencyCode`. For a joint document the lead authority's. */
  agencyCode?: string | null
  /** Publication date (“公布日期”), `YYYY-MM-DD`. */
  publicationDate?: string | null
  /**
   * 发文字号, 令号 or 公告号 as printed. `null`: the document certainly has none (→ 0000). Left out: not known (→ listed).
   * Several texts whose numbers differ are undecidable, because the standard's preference is not known.
   */
  documentNumber?: string | readonly string[] | null
  /** 内部顺序码 0–999 given by the issuing authority; left out: 000, which `isTaken` may refuse. */
  internalSequence?: number | null
  /** 2 digits; left out: `00`, the text itself. */
  fileClassCode?: string | null
  sourceType: IdentifierSource
}

export interface IdentifierOptions {
  codeLists?: CodeLists
  /** Is this identifier already used? Then an 内部顺序码 is demanded instead of making a duplicate. */
  isTaken?: (value: string) => boolean
}

export type BuiltIdentifier =
  | { ok: true; value: string; sourceType: IdentifierSource }
  | { ok: false; value: null; missing: IdentifierComponent[]; reasons: string[] }

export interface ParsedIdentifierComponents {
  categoryCode: string
  categoryName: string
  agencyCode: string
  areaCode: string
  bodyCode: string
  bodyName: string | null
  /** `YYYY-MM-DD` */
  publicationDate: string
  /** null: the document has no number (0000). */
  sequence: number | null
  internalSequence: number
  fileClassCode: string
  fileClassName: string | null
}

export type ParsedIdentifier =
  | { ok: true; value: string; components: ParsedIdentifierComponents }
  | { ok: false; reasons: string[] }

export type AgencyCode = { ok: true; value: string; body: Code | null } | { ok: false; reasons: string[] }

export const fileIdentifierPrefix = '1.2.156.3005.6'
const wholePattern = /^1\.2\.156\.3005\.6-([0-9]{31})$/
/** 47229.2 allows tens 0–4 and units 0–5. */
const fileClassPattern = /^[0-4][0-5]$/

/** Forms a WJBS, or says which components are missing or wrong and why. Never throws, never fills a gap. */
export function buildFileIdentifier(
  components: FileIdentifierComponents,
  options: IdentifierOptions = {},
): BuiltIdentifier {
  const digits = buildDigits(components, options.codeLists ?? gbt47229CodeLists)
  if (!digits.ok) return digits
  const value = `${fileIdentifierPrefix}-${digits.value}`
  if (options.isTaken?.(value)) {
    const given = components.internalSequence !== undefined && components.internalSequence !== null
    const reason = given
      ? '相同的文件标识已经存在，请由制定机关另行指定内部顺序码'
      : '其他部分相同的文件标识已经存在，须由制定机关指定内部顺序码'
    return { ok: false, value: null, missing: ['internalSequence'], reasons: [reason] }
  }
  return { ok: true, value, sourceType: components.sourceType }
}

/**
 * The 31 digits of `DE_01001` of GB/T 47277—2026 for a cited law. Refuses the categories that standard does not know
 * (above 1500, 行政规范性文件 among them) and file classes other than 00, 10, 20, 30, 40.
 */
export function buildLawFileCode(
  components: FileIdentifierComponents,
  codeLists: CodeLists = gbt47229CodeLists,
): BuiltIdentifier {
  const digits = buildDigits(components, codeLists)
  if (!digits.ok) return digits
  if (Number(components.categoryCode) > 1500) {
    return refusal('categoryCode', `分类代码 ${components.categoryCode} 不在 GB/T 47277—2026 的范围内`)
  }
  if (!/[0-4]0$/.test(digits.value))
    return refusal('fileClassCode', 'GB/T 47277—2026 只使用文件类型代码 00、10、20、30、40')
  return { ok: true, value: digits.value, sourceType: components.sourceType }
}

/** Reads a WJBS. Refuses another prefix or length, unknown categories, days that do not exist, impossible file classes. */
export function parseFileIdentifier(text: string, codeLists: CodeLists = gbt47229CodeLists): ParsedIdentifier {
  const digits = typeof text === 'string' ? wholePattern.exec(text)?.[1] : undefined
  if (digits === undefined) {
    return { ok: false, reasons: [`文件标识应为“${fileIdentifierPrefix}-”加31位数字，共46个字符`] }
  }
  const reasons: string[] = []
  const categoryCode = digits.slice(0, 4)
  const category = findCode(codeLists.categories, categoryCode)
  if (!category) reasons.push(`分类代码 ${categoryCode} 不在代码表中`)
  const day = digits.slice(14, 22)
  const publicationDate = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  if (!isRealDay(publicationDate)) reasons.push(`公布日期 ${day} 不是真实存在的日期`)
  const fileClassCode = digits.slice(29)
  if (!fileClassPattern.test(fileClassCode)) reasons.push(`文件分类代码 ${fileClassCode} 无效`)
  if (!category || reasons.length > 0) return { ok: false, reasons }
  const bodyCode = digits.slice(10, 14)
  return {
    ok: true,
    value: text,
    components: {
      categoryCode,
      categoryName: category.name,
      agencyCode: digits.slice(4, 14),
      areaCode: digits.slice(4, 10),
      bodyCode,
      bodyName: findCode(codeLists.bodies, bodyCode)?.name ?? null,
      publicationDate,
      sequence: Number(digits.slice(22, 26)) || null,
      internalSequence: Number(digits.slice(26, 29)),
      fileClassCode,
      fileClassName: findCode(codeLists.fileClasses, fileClassCode)?.name ?? null,
    },
  }
}

/**
 * 制定机关代码: 6-digit 行政区划代码 (`000000` for central bodies) + 4-digit body code. Refuses other lengths: the code of a
 * town (9 digits) or of a 开发区 is unknown in the standard as far as it is known here. `body` is null when the body code
 * is not in the list; whether such a code is right is the administrator's word.
 */
export function agencyCode(
  parts: { areaCode?: string | null; bodyCode?: string | null },
  codeLists: CodeLists = gbt47229CodeLists,
): AgencyCode {
  const reasons: string[] = []
  const area = parts.areaCode ?? ''
  const bodyCode = parts.bodyCode ?? ''
  if (area === '') reasons.push('缺少行政区划代码')
  else if (/^[0-9]{9}$|^[0-9]{12}$/.test(area)) {
    reasons.push('乡镇、街道没有可用的制定机关代码规则，不得以县级代码代替')
  } else if (!/^(?:000000|[1-9][0-9]{5})$/.test(area)) reasons.push(`行政区划代码“${area}”应为6位数字`)
  if (bodyCode === '') reasons.push('缺少机关代码')
  else if (!/^[0-9]{4}$/.test(bodyCode)) reasons.push(`机关代码“${bodyCode}”应为4位数字`)
  if (reasons.length > 0) return { ok: false, reasons }
  return { ok: true, value: `${area}${bodyCode}`, body: findCode(codeLists.bodies, bodyCode) }
}

/**
 * 发文顺序号 of a printed number, in the order 〔yyyy〕N号, 第N号, 令/公告 N号, 第N次会议. Refuses what cannot be read and what does
 * not fit in four digits.
 */
export function identifierSequence(text: string): { ok: true; value: number } | { ok: false; reason: string } {
  const seq = parseNumber(text).seq ?? sequenceOfFragment(text)
  if (seq === null) return { ok: false, reason: `不能从“${text}”确定发文顺序号` }
  if (seq > 9999) return { ok: false, reason: `发文顺序号 ${seq} 超过四位，不能编码` }
  if (seq < 1) return { ok: false, reason: `发文顺序号 ${seq} 无效` }
  return { ok: true, value: seq }
}

// Numbers without an issuer in front: “第三号”, “（第12号）”, “第三次会议”.
function sequenceOfFragment(text: string): number | null {
  const match = /^[（(]?第([0-9]{1,9}|[零〇○一二两三四五六七八九十百千万]{1,12})(?:号|次会议)[）)]?$/u.exec(text.trim())
  const digits = match?.[1]
  if (digits === undefined) return null
  return /^[0-9]+$/.test(digits) ? Number(digits) : readChineseNumeral(digits)
}

type Digits = { ok: true; value: string } | Extract<BuiltIdentifier, { ok: false }>
type Part = { value: string } | { reason: string }

function buildDigits(components: FileIdentifierComponents, codeLists: CodeLists): Digits {
  const parts: Array<[IdentifierComponent, Part]> = [
    ['categoryCode', categoryPart(components.categoryCode, codeLists)],
    ['agencyCode', agencyPart(components.agencyCode)],
    ['publicationDate', datePart(components.publicationDate)],
    ['documentNumber', sequencePart(components.documentNumber)],
    ['internalSequence', internalPart(components.internalSequence)],
    ['fileClassCode', fileClassPart(components.fileClassCode, codeLists)],
  ]
  const missing: IdentifierComponent[] = []
  const reasons: string[] = []
  let value = ''
  for (const [name, part] of parts) {
    if ('value' in part) {
      value += part.value
      continue
    }
    missing.push(name)
    reasons.push(part.reason)
  }
  return missing.length === 0 ? { ok: true, value } : { ok: false, value: null, missing, reasons }
}

function categoryPart(code: string | null | undefined, codeLists: CodeLists): Part {
  if (!code) return { reason: '缺少法律法规电子文件分类代码' }
  return findCode(codeLists.categories, code) && /^[0-9]{4}$/.test(code)
    ? { value: code }
    : { reason: `分类代码“${code}”不在代码表（${codeLists.id}）中` }
}

function agencyPart(code: string | null | undefined): Part {
  if (!code) return { reason: '缺少制定机关代码' }
  return /^[0-9]{10}$/.test(code) ? { value: code } : { reason: `制定机关代码“${code}”应为10位数字` }
}

function datePart(date: string | null | undefined): Part {
  if (!date) return { reason: '缺少公布日期' }
  return isRealDay(date) ? { value: date.replaceAll('-', '') } : { reason: `公布日期“${date}”不是真实存在的日期` }
}

function sequencePart(number: FileIdentifierComponents['documentNumber']): Part {
  if (number === undefined) return { reason: '不知道有无发文字号、令号或者公告号' }
  if (number === null) return { value: '0000' }
  const texts = typeof number === 'string' ? [number] : number
  if (texts.length === 0) return { reason: '不知道有无发文字号、令号或者公告号' }
  const values = new Set<number>()
  for (const text of texts) {
    const sequence = identifierSequence(text)
    if (!sequence.ok) return { reason: sequence.reason }
    values.add(sequence.value)
  }
  const [only] = values
  if (values.size !== 1 || only === undefined) {
    return { reason: `有多个编号（${texts.join('、')}），标准未明确采用哪一个，不能确定发文顺序号` }
  }
  return { value: String(only).padStart(4, '0') }
}

function internalPart(sequence: number | null | undefined): Part {
  if (sequence === undefined || sequence === null) return { value: '000' }
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 999) {
    return { reason: `内部顺序码“${sequence}”应为0至999` }
  }
  return { value: String(sequence).padStart(3, '0') }
}

function fileClassPart(code: string | null | undefined, codeLists: CodeLists): Part {
  if (code === undefined || code === null) return { value: '00' }
  if (!fileClassPattern.test(code)) return { reason: `文件分类代码“${code}”无效` }
  return findCode(codeLists.fileClasses, code)
    ? { value: code }
    : { reason: `文件分类代码“${code}”的含义尚未确认，不得使用` }
}

function refusal(component: IdentifierComponent, reason: string): BuiltIdentifier {
  return { ok: false, value: null, missing: [component], reasons: [reason] }
}

function isRealDay(date: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(date)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return year > 0 && day >= 1 && day <= (lengths[month - 1] ?? 0)
}
