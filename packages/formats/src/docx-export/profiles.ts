// Layout is data: every number carries the rule it comes from, and another standard is just another set of data.
import type { LineRole } from '../layout-lines.ts'

/** “仿宋”, “黑体”, “楷体”, “小标宋”, “宋体” by the names Word and WPS know. */
export type FontName = 'fangsong' | 'hei' | 'kai' | 'xiaobiaosong' | 'song'

/** How the lines of one role look. Lengths in lines and characters of the body grid. */
export interface LineStyle {
  font: FontName
  /** Font of number and heading at the head of the line; `font` when absent. */
  leadFont?: FontName
  /** Points: “2号” 22, “3号” 16, “4号” 14. */
  size: number
  align: 'left' | 'center' | 'right' | 'both'
  /** First-line indent (“首行缩进”), in characters. */
  firstLine: number
  /** 左空, of all lines, in characters. */
  left?: number
  /** 右空, in characters. */
  right: number
  /** Distance of its lines from each other in millimetres, where it is prescribed. */
  lineDistance?: number
  linesBefore: number
  linesAfter: number
  newPage?: boolean
  /** Where this is said. */
  clause: string
}

export interface LayoutProfile {
  id: string
  name: string
  /** Millimetres. */
  page: { width: number; height: number; top: number; left: number; bottom: number; right: number; clause: string }
  grid: { lines: number; characters: number; clause: string }
  fonts: Record<FontName, string>
  /** Names under which a font counts as the one meant. */
  fontAliases: Record<FontName, readonly string[]>
  lines: Record<LineRole, LineStyle>
  /** 版头; null for profiles without one. */
  head: {
    /** Of the top edge of the 发文机关标志 below the 版心, in millimetres. */
    markTop: number
    markSize: number
    markSuffix: string
    red: string
    /** Lines between mark and 发文字号. */
    numberLines: number
    /** Distance of the red line below the number, in millimetres. */
    ruleBelow: number
    clause: string
    signerClause: string
  } | null
  imprint: { outerRule: number; innerRule: number; clause: string }
  /** What is asked beyond the looks of single lines; null for profiles that ask nothing. */
  text: {
    /** 第×条 in Chinese numerals, one full-width space behind. */
    article: string
    /** （一） and 1. */
    item: string
    subitem: string
    /** Blank lines above and below the headings of 编, 分编, 章. */
    headingBlanks: string
    /** 目录: font, and indents of 编 and 章, and of 节, in characters. */
    contents: { font: FontName; size: number; chapter: number; section: number; clause: string }
    /** The caption above a table. */
    caption: { font: FontName; size: number; clause: string }
  } | null
  pageNumber: { size: number; font: FontName; below: number; clause: string }
}

const body = (clause: string, more: Partial<LineStyle> = {}): LineStyle => ({
  font: 'fangsong',
  size: 16,
  align: 'both',
  firstLine: 2,
  right: 0,
  linesBefore: 0,
  linesAfter: 0,
  clause,
  ...more,
})
const centred = (clause: string, more: Partial<LineStyle> = {}): LineStyle =>
  body(clause, { align: 'center', firstLine: 0, ...more })

const fonts: Record<FontName, string> = {
  fangsong: '仿宋_GB2312',
  hei: '黑体',
  kai: '楷体_GB2312',
  xiaobiaosong: '方正小标宋简体',
  song: '宋体',
}
const fontAliases: Record<FontName, readonly string[]> = {
  fangsong: ['仿宋_GB2312', '仿宋', 'FangSong', 'FangSong_GB2312', '方正仿宋_GBK', '方正仿宋简体'],
  hei: ['黑体', 'SimHei', '方正黑体_GBK', '方正黑体简体'],
  kai: ['楷体_GB2312', '楷体', 'KaiTi', 'KaiTi_GB2312', '方正楷体_GBK', '方正楷体简体'],
  xiaobiaosong: ['方正小标宋简体', '方正小标宋_GBK', '小标宋体', '方正小标宋'],
  song: ['宋体', 'SimSun', '新宋体', 'NSimSun'],
}

const standard = 'GB/T 9704—2012'

/** GB/T 9704—2012 党政机关公文格式, values as in the project's notes on the standard. */
export const gbt9704: LayoutProfile = {
  id: 'gbt-9704-2012',
  name: 'GB/T 9704—2012 党政机关公文格式',
  page: { width: 210, height: 297, top: 37, left: 28, bottom: 35, right: 26, clause: `${standard} 5.1、5.2.1` },
  grid: { lines: 22, characters: 28, clause: `${standard} 5.2.3` },
  fonts,
  fontAliases,
  head: {
    markTop: 35,
    markSize: 45,
    markSuffix: '文件',
    red: 'FF0000',
    numberLines: 2,
    ruleBelow: 4,
    clause: `${standard} 7.2.4、7.2.5、7.2.7`,
    signerClause: `${standard} 7.2.6`,
  },
  imprint: { outerRule: 0.35, innerRule: 0.25, clause: `${standard} 7.4` },
  text: null,
  pageNumber: { size: 14, font: 'song', below: 7, clause: `${standard} 7.5` },
  lines: {
    title: centred(`${standard} 7.3.1`, { font: 'xiaobiaosong', size: 22, linesBefore: 2 }),
    'document-number': centred(`${standard} 7.2.5`),
    'title-note': body(`${standard} 7.3.3`),
    addressees: body(`${standard} 7.3.2`, { firstLine: 0, linesBefore: 1, align: 'left' }),
    part: centred(`${standard} 7.3.3`, { font: 'hei', linesBefore: 1, linesAfter: 1 }),
    subpart: centred(`${standard} 7.3.3`, { font: 'hei', linesBefore: 1, linesAfter: 1 }),
    chapter: centred(`${standard} 7.3.3`, { font: 'hei', linesBefore: 1, linesAfter: 1 }),
    section: centred(`${standard} 7.3.3`, { font: 'song' }),
    article: body(`${standard} 7.3.3`, { leadFont: 'hei' }),
    paragraph: body(`${standard} 7.3.3`),
    item: body(`${standard} 7.3.3`),
    subitem: body(`${standard} 7.3.3`),
    heading1: body(`${standard} 7.3.3`, { leadFont: 'hei' }),
    heading2: body(`${standard} 7.3.3`, { leadFont: 'kai' }),
    heading3: body(`${standard} 7.3.3`),
    heading4: body(`${standard} 7.3.3`),
    text: body(`${standard} 7.3.3`),
    table: body(`${standard} 8`, { firstLine: 0, size: 14 }),
    'attachments-note': body(`${standard} 7.3.4`, { linesBefore: 1 }),
    signature: body(`${standard} 7.3.5`, { align: 'right', firstLine: 0, right: 2, linesBefore: 2 }),
    date: body(`${standard} 7.3.5`, { align: 'right', firstLine: 0, right: 4 }),
    // On the line after the date, not a line apart.
    note: body(`${standard} 7.3.6`),
    'attachment-label': body(`${standard} 7.3.7`, { font: 'hei', firstLine: 0, align: 'left', newPage: true }),
    'attachment-title': centred(`${standard} 7.3.7`, { font: 'xiaobiaosong', size: 22, linesBefore: 1 }),
    imprint: body(`${standard} 7.4`, { size: 14, firstLine: 0, right: 1 }),
  },
}

const newStandard = 'GB/T 47229.1—2026'

const asIn = (clause: string): string => `${newStandard} 5.3（参照 ${clause}）`
const alike = Object.fromEntries(
  Object.entries(gbt9704.lines).map(([role, style]) => [role, { ...style, clause: asIn(style.clause) }]),
) as Record<LineRole, LineStyle>

/**
 * GB/T 47229.1—2026 clause 5.3 (行政规范性文件): title, 发文字号, 主送机关, body and 署名 without 版头; the lines the notes on the
 * standard give a clause of its own have it, the others are those of GB/T 9704.
 */
export const gbt47229: LayoutProfile = {
  ...gbt9704,
  id: 'gbt-47229.1-2026-5.3',
  name: '按 GB/T 47229.1—2026 第5.3条结构',
  page: { ...gbt9704.page, clause: `${newStandard} 4.2` },
  grid: { ...gbt9704.grid, clause: `${newStandard} 4.2` },
  head: null,
  imprint: { ...gbt9704.imprint, clause: asIn(gbt9704.imprint.clause) },
  pageNumber: { ...gbt9704.pageNumber, clause: `${newStandard} 5.2.7` },
  text: {
    article: `${newStandard} 5.2.6 c`,
    item: `${newStandard} 5.2.6 e`,
    subitem: `${newStandard} 5.2.6 f`,
    headingBlanks: `${newStandard} 5.2.6 a`,
    contents: { font: 'kai', size: 16, chapter: 2, section: 4, clause: `${newStandard} 5.2.5` },
    caption: { font: 'hei', size: 16, clause: `${newStandard} 7` },
  },
  lines: {
    ...alike,
    title: { ...gbt9704.lines.title, lineDistance: 10, clause: `${newStandard} 5.2.2` },
    'title-note': body(`${newStandard} 5.2.3`, { font: 'kai', left: 2, right: 2 }),
    'document-number': { ...gbt9704.lines['document-number'], linesBefore: 1, clause: `${newStandard} 5.2.4` },
    part: { ...gbt9704.lines.part, clause: `${newStandard} 5.2.6 a` },
    subpart: { ...gbt9704.lines.subpart, clause: `${newStandard} 5.2.6 a` },
    chapter: { ...gbt9704.lines.chapter, clause: `${newStandard} 5.2.6 a` },
    section: { ...gbt9704.lines.section, clause: `${newStandard} 5.2.6 b` },
    article: { ...gbt9704.lines.article, clause: `${newStandard} 5.2.6 c` },
    paragraph: { ...gbt9704.lines.paragraph, clause: `${newStandard} 5.2.6 d` },
    item: { ...gbt9704.lines.item, clause: `${newStandard} 5.2.6 e` },
    subitem: { ...gbt9704.lines.subitem, clause: `${newStandard} 5.2.6 f` },
  },
}

export const layoutProfiles: readonly LayoutProfile[] = [gbt9704, gbt47229]
