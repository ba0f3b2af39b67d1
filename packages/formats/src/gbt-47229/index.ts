// A metadata set in the structure of GB/T 47229.2: 21 elements, the same data written as JSON, CSV and XML. Until
// checked against the original standard it is only called “按……结构”.

import { parseNumber } from '@dianzhang/numbering'
import { fullNumberOf } from '@dianzhang/text'
import { csvOf } from '../csv.ts'
import { type PublishedDocument, titleOf, type ValidityStatus } from '../published-document.ts'
import { escapeXml } from '../xml-text.ts'

/** Short names in their order, with their meaning and whether they are required. */
export const metadataElements = [
  { name: 'WJBS', meaning: '文件标识', required: true },
  { name: 'FLFGDZWJFLDM', meaning: '法律法规电子文件分类代码', required: true },
  { name: 'FLBMFLDM', meaning: '法律部门分类代码', required: false },
  { name: 'BT', meaning: '标题', required: true },
  { name: 'TZ', meaning: '题注', required: false },
  { name: 'ZDJGDM', meaning: '制定机关代码', required: true },
  { name: 'ZDJGMC', meaning: '制定机关名称', required: false },
  { name: 'FWJGSM', meaning: '发文机关署名', required: false },
  { name: 'SXX', meaning: '时效性', required: true },
  { name: 'TGJGDM', meaning: '通过机关代码', required: false },
  { name: 'TGJGMC', meaning: '通过机关名称', required: false },
  { name: 'PZJGDM', meaning: '批准机关代码', required: false },
  { name: 'PZJGMC', meaning: '批准机关名称', required: false },
  { name: 'FWZH', meaning: '发文字号', required: false },
  { name: 'TGRQ', meaning: '通过日期', required: false },
  { name: 'PZRQ', meaning: '批准日期', required: false },
  { name: 'GBRQ', meaning: '公布日期', required: false },
  { name: 'SXRQ', meaning: '施行日期', required: true },
  { name: 'SHXRQ', meaning: '失效日期', required: false },
  { name: 'CWRQ', meaning: '成文日期', required: false },
  { name: 'FBRQ', meaning: '发布日期', required: false },
] as const

export type MetadataName = (typeof metadataElements)[number]['name']
export type MetadataSet = Record<MetadataName, string | null>

/** The set of one document, with what a reader must know besides. */
export interface MetadataRecord {
  values: MetadataSet
  /** Required elements without a value. */
  missing: MetadataName[]
  /** What the codes cannot say: “停止执行” (suspended), “被撤销” (annulled). */
  note: string | null
}

// Suspension and annulment have no value of their own in the code table; a note is added.
const validityCodes: Record<ValidityStatus, { code: string; note: string | null }> = {
  in_force: { code: '01', note: null },
  pending_effect: { code: '02', note: null },
  amended: { code: '03', note: null },
  repealed: { code: '04', note: null },
  expired: { code: '05', note: null },
  suspended: { code: '01', note: '停止执行' },
  annulled: { code: '04', note: '被撤销' },
}

/** （海政规发[2026]3号） as 海政规发〔2026〕3号; what cannot be read stays as it is written. */
const properNumber = (written: string | null): string | null =>
  written === null ? null : (parseNumber(written).normalized ?? written)

const compact = (day: string | null): string | null => (day === null ? null : day.replaceAll('-', ''))

/**
 * The metadata of a document by the structure of GB/T 47229.2. Dates become YYYYMMDD. 失效日期 is filled only once the
 * document has lapsed: the end of a 有效期 that lies ahead is not one. Codes the register did not assign stay empty.
 */
export function metadataOf(document: PublishedDocument): MetadataRecord {
  const { code, note } = document.status === null ? { code: null, note: null } : validityCodes[document.status]
  const values: MetadataSet = {
    WJBS: document.gbt47229?.fileIdentifier ?? null,
    FLFGDZWJFLDM: document.gbt47229?.categoryCode ?? null,
    FLBMFLDM: null,
    BT: titleOf(document),
    TZ: null,
    ZDJGDM: document.gbt47229?.issuerCode ?? null,
    ZDJGMC: document.issuers.length === 0 ? null : document.issuers.join('、'),
    FWJGSM: document.structure.signature.length === 0 ? null : document.structure.signature.join('、'),
    SXX: code,
    TGJGDM: null,
    TGJGMC: null,
    PZJGDM: null,
    PZJGMC: null,
    FWZH: properNumber(fullNumberOf(document.structure) ?? document.documentNumber),
    TGRQ: null,
    PZRQ: null,
    GBRQ: compact(document.publicationDate),
    SXRQ: compact(document.effectiveDate),
    SHXRQ: ['expired', 'repealed', 'annulled'].includes(document.status ?? '') ? compact(document.endedOn) : null,
    CWRQ: compact(document.adoptionDate ?? document.structure.date),
    FBRQ: compact(document.publicationDate),
  }
  const missing = metadataElements
    .filter(({ name, required }) => required && values[name] === null)
    .map(({ name }) => name)
  return { values, missing, note }
}

/** As one JSON document: the records, and for each what is missing. */
export const metadataJson = (documents: readonly PublishedDocument[]): string =>
  `${JSON.stringify(
    {
      structure: '按 GB/T 47229.2 结构',
      records: documents.map(metadataOf).map(({ values, missing, note }) => ({ ...values, missing, note })),
    },
    null,
    2,
  )}\n`

/** As CSV for spreadsheets: UTF-8 with BOM, CRLF, short names in the first row, empty for no value. */
export function metadataCsv(documents: readonly PublishedDocument[]): string {
  const names = metadataElements.map(({ name }) => name)
  const rows = documents.map(metadataOf).map(({ values, note }) => [...names.map((name) => values[name]), note])
  return csvOf([[...names, '说明'], ...rows])
}

/** As flat XML: one `record` a document, one element for each short name that has a value. */
export function metadataXml(documents: readonly PublishedDocument[]): string {
  const records = documents.map(metadataOf).map(({ values, note }) => {
    const lines = metadataElements.flatMap(({ name }) => {
      const value = values[name]
      return value === null ? [] : [`    <${name}>${escapeXml(value)}</${name}>`]
    })
    if (note !== null) lines.push(`    <note>${escapeXml(note)}</note>`)
    return `  <record>\n${lines.join('\n')}\n  </record>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- 按 GB/T 47229.2 结构 -->\n<records>\n${records.join('\n')}\n</records>\n`
}
