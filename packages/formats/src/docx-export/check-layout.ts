// Layout check: compares a docx with the layout data and states, one by one, which rule is not met. Only reports,
// changes nothing.
import { parseNumber } from '@dianzhang/numbering'
import type { StructuredText } from '@dianzhang/text'
import { importDocx } from '../docx-import/import-docx.ts'
import { shortened } from '../docx-import/loss.ts'
import { type Attributes, readXml, type XmlHandler } from '../docx-import/xml.ts'
import { type Archive, type DocxLimits, defaultLimits, openZip } from '../docx-import/zip.ts'
import { type LineRole, layoutLines, wordsOfLine } from '../layout-lines.ts'
import { withoutHead } from './export-docx.ts'
import { type FontName, gbt9704, type LayoutProfile, type LineStyle } from './profiles.ts'

/** One place where the file differs from the profile. */
export interface LayoutViolation {
  /** Clause of the standard. */
  clause: string
  message: string
  /** Number of the paragraph with words, counting from 1; 0 for the page as a whole. */
  paragraph: number
  quote: string
}

interface Look {
  font: string | null
  size: number | null
  color: string | null
}

/** What a paragraph or a style of paragraphs may say; null for what it leaves open. Lengths in twips or hundredths of a line. */
interface Shape {
  align: string | null
  firstLine: number | null
  firstLineChars: number | null
  /** Indent of the paragraph and how far its first line hangs out of it. */
  left: number | null
  hanging: number | null
  before: number | null
  beforeLines: number | null
  after: number | null
  afterLines: number | null
  pageBreakBefore: boolean | null
  /** Distance of lines in twips where it is exact. */
  line: number | null
}
const noShape: Shape = {
  align: null,
  firstLine: null,
  firstLineChars: null,
  left: null,
  hanging: null,
  before: null,
  beforeLines: null,
  after: null,
  afterLines: null,
  pageBreakBefore: null,
  line: null,
}

interface SeenParagraph extends Shape {
  text: string
  style: string | null
  inTable: boolean
  runs: Array<Look & { text: string }>
  /** Empty paragraphs right before. */
  blanks: number
  /** It begins a page, as far as the file says so. */
  newPage: boolean
  /** Colour of the rule below. */
  rule: string | null
  /** A line or picture stands in it or in an empty paragraph before it. */
  drawing: boolean
  /** Placed by a frame: outside, right … */
  frame: string | null
}

interface SeenStyle extends Look, Shape {
  basedOn: string | null
}

const roleNames: Record<LineRole, string> = {
  title: '标题',
  'document-number': '发文字号',
  'title-note': '题注',
  addressees: '主送机关',
  part: '编',
  subpart: '分编',
  chapter: '章',
  section: '节',
  article: '条',
  paragraph: '款',
  item: '项',
  subitem: '目',
  heading1: '一级标题',
  heading2: '二级标题',
  heading3: '三级标题',
  heading4: '四级标题',
  text: '正文',
  table: '表格',
  'attachments-note': '附件说明',
  signature: '署名',
  date: '成文日期',
  note: '附注',
  'attachment-label': '附件',
  'attachment-title': '附件标题',
  imprint: '版记',
}
const fontNames: Record<FontName, string> = {
  fangsong: '仿宋',
  hei: '黑体',
  kai: '楷体',
  xiaobiaosong: '小标宋体',
  song: '宋体',
}
const sizeNames: Record<number, string> = { 22: '2号', 16: '3号', 14: '4号' }
const sizeName = (points: number): string => sizeNames[points] ?? `${points}磅`
const alignNames: Record<LineStyle['align'], string> = { left: '居左', center: '居中', right: '居右', both: '两端对齐' }

/**
 * Compares a .docx with a layout profile. Reads what can be read from the file: page, grid, fonts, sizes, alignment,
 * indents, blank lines, breaks that are written down, red mark and line, page numbers, forms of number and date. It cannot see
 * pages as Word breaks them (a head that fills the first page, 版记 on the last page) nor whether a font is installed. Refuses what `importDocx` refuses.
 */
export async function checkLayout(
  bytes: Uint8Array,
  profile: LayoutProfile = gbt9704,
  limits: DocxLimits = defaultLimits,
): Promise<LayoutViolation[]> {
  const { structure, text } = await importDocx(bytes, { limits })
  const seen = await look(bytes, limits)
  const violations: LayoutViolation[] = []
  const page = (clause: string, message: string): void => {
    violations.push({ clause, message, paragraph: 0, quote: '' })
  }
  checkPage(seen, profile, page)
  // The file itself says why it has none: it would pretend to have been issued.
  if (profile.head !== null && !seen.description.endsWith(withoutHead)) checkHead(seen.paragraphs, profile.head, page)
  checkPageNumbers(seen, profile, page)
  checkLines(seen, structure, text, profile, violations)
  checkForms(structure, seen.paragraphs, profile, page)
  if (profile.text !== null) checkText(seen, structure, text, profile, profile.text, violations)
  return violations
}

interface Seen {
  sections: Array<{
    size: Attributes
    margin: Attributes
    grid: Attributes | null
  }>
  paragraphs: SeenParagraph[]
  styles: Map<string, SeenStyle>
  defaults: Look
  /** Style of paragraphs that name none, and what holds for all of them. */
  defaultStyle: string
  defaultShape: Shape
  /** Footers with a page number; `types` as the sections use them: default, even, first. */
  footers: Array<{ types: string[]; paragraphs: SeenParagraph[] }>
  pageField: boolean
  evenAndOdd: boolean
  /** What the properties of the file say of it. */
  description: string
}

const millimetres = (twips: string | undefined): number => (Number(twips ?? Number.NaN) / 1440) * 25.4

function checkPage(seen: Seen, profile: LayoutProfile, report: (clause: string, message: string) => void): void {
  const { page, grid, pageNumber } = profile
  const [section, ...others] = seen.sections
  if (section === undefined) {
    report(page.clause, '文件没有页面设置')
    return
  }
  let where = ''
  const compare = (name: string, found: number, wanted: number): void => {
    // ±1 mm is the tolerance the standard gives for 天头 and 订口.
    if (!(Math.abs(found - wanted) <= 1.05)) {
      report(
        page.clause,
        `${where}${name}应为${wanted}毫米，文件里是${Number.isNaN(found) ? '空的' : `${found.toFixed(1)}毫米`}`,
      )
    }
  }
  const geometry = ({ size, margin }: Seen['sections'][number]): void => {
    compare('纸宽', millimetres(size['w:w']), page.width)
    compare('纸高', millimetres(size['w:h']), page.height)
    compare('上边距（天头）', millimetres(margin['w:top']), page.top)
    compare('左边距（订口）', millimetres(margin['w:left'] ?? margin['w:start']), page.left)
    compare('下边距', millimetres(margin['w:bottom']), page.bottom)
    compare('右边距', millimetres(margin['w:right'] ?? margin['w:end']), page.right)
  }
  geometry(section)
  for (const [index, other] of others.entries()) {
    // Tables across the page are laid out by rules of their own (GB/T 9704 8).
    if (Number(other.size['w:w']) > Number(other.size['w:h'])) continue
    where = `第${index + 2}节的`
    geometry(other)
  }
  const height = ((page.height - page.top - page.bottom) / 25.4) * 1440
  const width = ((page.width - page.left - page.right) / 25.4) * 72
  const gridType = section.grid?.['w:type'] ?? ''
  const lines = /lines|snapToChars/i.test(gridType) ? height / Number(section.grid?.['w:linePitch'] ?? 0) : Number.NaN
  if (!(Math.abs(lines - grid.lines) < 0.6)) {
    report(
      grid.clause,
      `每面应排${grid.lines}行，文件的网格是${Number.isFinite(lines) ? `${lines.toFixed(1)}行` : '没有设置的'}`,
    )
  }
  const characters = /chars/i.test(gridType)
    ? width / (16 + Number(section.grid?.['w:charSpace'] ?? 0) / 4096)
    : Number.NaN
  if (!(Math.abs(characters - grid.characters) < 0.6)) {
    report(
      grid.clause,
      `每行应排${grid.characters}字，文件的网格是${Number.isFinite(characters) ? `${characters.toFixed(1)}字` : '没有设置的'}`,
    )
  }
  if (!seen.pageField) report(pageNumber.clause, '没有页码')
  else if (!seen.evenAndOdd) report(pageNumber.clause, '页码没有区分单双页（单页居右，双页居左）')
}

function checkHead(
  paragraphs: readonly SeenParagraph[],
  head: NonNullable<LayoutProfile['head']>,
  report: (clause: string, message: string) => void,
): void {
  const mark = paragraphs
    .slice(0, 12)
    .find(({ runs }) => runs.some(({ color, text }) => isRed(color) && text.trim() !== ''))
  if (mark === undefined) report(head.clause, '没有找到红色的发文机关标志')
  else {
    // The names of a joint document are spread over the same width.
    if (mark.align !== 'center' && mark.align !== 'distribute') report(head.clause, '发文机关标志应当居中')
    // The red line is a rule below a paragraph, or a line drawn somewhere in the head.
    const upper = paragraphs.slice(0, 12)
    if (!upper.some(({ rule, drawing }) => isRed(rule) || drawing))
      report(head.clause, '版头下面没有找到红色分隔线（发文字号之下，与版心等宽）')
  }
}

function checkPageNumbers(
  { footers, evenAndOdd, pageField }: Seen,
  { pageNumber, fontAliases }: LayoutProfile,
  report: (clause: string, message: string) => void,
): void {
  if (!pageField) return
  const say = (message: string): void => report(pageNumber.clause, message)
  const told = new Set<string>()
  const once = (message: string): void => {
    if (!told.has(message)) say(message)
    told.add(message)
  }
  for (const { types, paragraphs } of footers) {
    const line = paragraphs.find(({ text }) => text.trim() !== '')
    if (line === undefined) {
      once('页码的数字左右应当各放一条一字线')
      continue
    }
    if (!/^[—–－―-].*[—–－―-]$/u.test(flat(line.text))) once('页码的数字左右应当各放一条一字线')
    const run = line.runs.find(({ text }) => text.trim() !== '')
    if (run !== undefined && run.size !== pageNumber.size)
      once(
        `页码应当用${sizeName(pageNumber.size)}字，文件里是${run.size === null ? '没有指定的字号' : sizeName(run.size)}`,
      )
    if (
      run !== undefined &&
      !fontAliases[pageNumber.font].some((alias) => alias.toLowerCase() === (run.font ?? '').toLowerCase())
    )
      once(`页码应当用${fontNames[pageNumber.font]}，文件里是${run.font ?? '没有指定的字体'}`)
    if (!evenAndOdd || line.frame === 'outside') continue
    const right = line.align === 'right' || line.align === 'end' || line.frame === 'right'
    if (types.includes('default') && !right) once('单页的页码应当居右空一字')
    if (types.includes('even') && (right || line.align === 'center')) once('双页的页码应当居左空一字')
  }
}

const isRed = (color: string | null): boolean => {
  if (color === null || !/^[0-9a-f]{6}$/i.test(color)) return false
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return red > 180 && green < 80 && blue < 80
}

/** Blank lines above are prescribed for these; the others follow the line before. */
const spaced: ReadonlySet<LineRole> = new Set(['title', 'addressees', 'attachments-note', 'attachment-title'])
const beforeBody: ReadonlySet<LineRole> = new Set(['title', 'document-number', 'addressees'])

const flat = (text: string): string => text.replace(/\s/g, '')

/** The lines of 目录, which come again as headings. */
const contentsOf = ({ toc }: StructuredText, text: string): Set<string> =>
  new Set(toc === null ? [] : text.slice(toc.start, toc.end).split('\n').map(flat).filter(Boolean))
/** 表1 …, 表一：… right above a table. */
const isCaption = (one: SeenParagraph | undefined, next: SeenParagraph | undefined): boolean =>
  one !== undefined &&
  !one.inTable &&
  next?.inTable === true &&
  /^(?:续?表)[\s0-9一二三四五六七八九十]/u.test(one.text.trim())

function checkLines(
  seen: Seen,
  structure: StructuredText,
  text: string,
  profile: LayoutProfile,
  violations: LayoutViolation[],
): void {
  const lines = layoutLines(structure).filter((line) => line.rows === undefined)
  const waiting = new Map<string, LineRole[]>()
  for (const line of lines) {
    const words = flat(wordsOfLine(line))
    waiting.set(words, [...(waiting.get(words) ?? []), line.role])
  }
  const pitch = (((profile.page.height - profile.page.top - profile.page.bottom) / 25.4) * 1440) / profile.grid.lines
  const spaceOf = (lines: number | null, twips: number | null): number =>
    lines === null ? (twips ?? 0) / pitch : lines / 100
  let previous: LineRole | null = null
  let titled = false
  let bodyBegan = false
  const contents = contentsOf(structure, text)
  seen.paragraphs.forEach((paragraph, index) => {
    if (paragraph.inTable || contents.delete(flat(paragraph.text))) return
    const role = waiting.get(flat(paragraph.text))?.shift()
    if (role === undefined) return
    if (profile.text !== null && isCaption(paragraph, seen.paragraphs[index + 1])) return
    const style = profile.lines[role]
    const first = previous !== role
    previous = role
    const note = (message: string): void => {
      violations.push({
        clause: style.clause,
        message: `${roleNames[role]}${message}`,
        paragraph: index + 1,
        quote: shortened(paragraph.text),
      })
    }
    const above = seen.paragraphs[index - 1]
    const blanks =
      paragraph.blanks +
      spaceOf(paragraph.beforeLines, paragraph.before) +
      (above === undefined ? 0 : spaceOf(above.afterLines, above.after))
    if (style.lineDistance !== undefined && paragraph.line !== null) {
      const found = millimetres(String(paragraph.line))
      if (Math.abs(found - style.lineDistance) > 1)
        note(`各行相距应当为${style.lineDistance / 10}厘米，文件里是${(found / 10).toFixed(2)}厘米`)
    }
    if (first && spaced.has(role) && Math.abs(blanks - style.linesBefore) > 0.6)
      note(`上面应当空${style.linesBefore}行，文件里空${Number(blanks.toFixed(1))}行`)
    if (style.newPage === true && first && index > 0 && !paragraph.newPage) note('应当另面编排')
    // What stands above the title is the head, however it was read.
    titled ||= role === 'title'
    if (profile.head !== null && titled && !bodyBegan && !beforeBody.has(role)) {
      bodyBegan = true
      // A break anywhere between the head and the first words leaves the first page without any.
      if (seen.paragraphs.slice(1, index + 1).some(({ newPage }) => newPage))
        violations.push({
          clause: profile.lines.text.clause,
          message: '首页必须显示正文，而正文之前分了页',
          paragraph: index + 1,
          quote: shortened(paragraph.text),
        })
    }
    const last = paragraph.runs.filter(({ text }) => text.trim() !== '')
    const words = last.at(-1)
    const lead = last[0]
    const fontIs = (found: string | null, wanted: FontName): boolean =>
      found !== null && profile.fontAliases[wanted].some((alias) => alias.toLowerCase() === found.toLowerCase())
    const wantedLead = style.leadFont ?? style.font
    // A line that is all number and heading has only the leading font.
    if (lead !== undefined && !fontIs(lead.font, wantedLead) && !(last.length > 1 && fontIs(lead.font, style.font))) {
      note(`应当用${fontNames[wantedLead]}，文件里是${lead.font ?? '没有指定的字体'}`)
    } else if (
      last.length > 1 &&
      words !== undefined &&
      !fontIs(words.font, style.font) &&
      !fontIs(words.font, wantedLead)
    ) {
      note(`的文字应当用${fontNames[style.font]}，文件里是${words.font ?? '没有指定的字体'}`)
    }
    if (words !== undefined && words.size !== style.size) {
      note(`应当用${sizeName(style.size)}字，文件里是${words.size === null ? '没有指定的字号' : sizeName(words.size)}`)
    }
    const align =
      paragraph.align === null || paragraph.align === 'start'
        ? 'left'
        : paragraph.align === 'end'
          ? 'right'
          : paragraph.align
    const same = align === style.align || (['left', 'both'].includes(align) && ['left', 'both'].includes(style.align))
    if (!same) note(`应当${alignNames[style.align]}`)
    if (style.firstLine > 0) {
      const indent =
        paragraph.firstLineChars !== null
          ? paragraph.firstLineChars / 100
          : (paragraph.hanging === null ? (paragraph.firstLine ?? 0) : (paragraph.left ?? 0) - paragraph.hanging) /
            (style.size * 20)
      // The second and further names of 附件说明 stand below the first.
      if (role === 'attachments-note' && !first && indent >= style.firstLine) return
      if (Math.abs(indent - style.firstLine) > 0.35)
        note(`应当首行空${style.firstLine}字，文件里空${indent.toFixed(1)}字`)
    }
  })
}

function checkForms(
  structure: StructuredText,
  paragraphs: readonly SeenParagraph[],
  profile: LayoutProfile,
  report: (clause: string, message: string) => void,
): void {
  const { documentNumber, dateText, attachmentsNote, addressees } = structure
  if (addressees !== null && paragraphs.some(({ text }) => flat(text) === `${flat(addressees)}:`))
    report(profile.lines.addressees.clause, '最后一个主送机关名称后应当标全角冒号')
  if (documentNumber !== null) {
    const { valid, normalized } = parseNumber(documentNumber)
    if (!valid) {
      report(
        profile.lines['document-number'].clause,
        `发文字号“${documentNumber}”写法不规范${normalized === null ? '' : `，应为“${normalized}”`}`,
      )
    }
  }
  if (dateText !== null) {
    if (/[〇零一二三四五六七八九十]/.test(dateText)) {
      report(profile.lines.date.clause, `成文日期“${dateText}”应当用阿拉伯数字`)
    } else if (/年0|月0/.test(flat(dateText)))
      report(profile.lines.date.clause, `成文日期“${dateText}”的月、日不编虚位`)
  }
  for (const name of attachmentsNote) {
    if (/[。；，、;,.]$/.test(name.trim())) {
      report(profile.lines['attachments-note'].clause, `附件名称“${shortened(name)}”后面不加标点`)
    }
  }
}

const headingRoles: ReadonlySet<LineRole> = new Set(['part', 'subpart', 'chapter'])

/** What a profile asks of numbers, of the blank lines around headings, of 目录 and of captions. */
function checkText(
  seen: Seen,
  structure: StructuredText,
  text: string,
  profile: LayoutProfile,
  wanted: NonNullable<LayoutProfile['text']>,
  violations: LayoutViolation[],
): void {
  const { paragraphs } = seen
  const say = (clause: string, index: number, message: string): void => {
    violations.push({ clause, message, paragraph: index + 1, quote: shortened(paragraphs[index]?.text ?? '') })
  }
  const contents = contentsOf(structure, text)
  const looks = (index: number, name: string, font: FontName, size: number, clause: string): void => {
    const run = paragraphs[index]?.runs.find((one) => one.text.trim() !== '')
    if (run === undefined) return
    if (!profile.fontAliases[font].some((alias) => alias.toLowerCase() === run.font?.toLowerCase()))
      say(clause, index, `${name}应当用${fontNames[font]}，文件里是${run.font ?? '没有指定的字体'}`)
    if (run.size !== size)
      say(
        clause,
        index,
        `${name}应当用${sizeName(size)}字，文件里是${run.size === null ? '没有指定的字号' : sizeName(run.size)}`,
      )
  }
  const roles = new Map<string, LineRole[]>()
  for (const line of layoutLines(structure)) {
    const words = flat(wordsOfLine(line))
    if (line.rows === undefined) roles.set(words, [...(roles.get(words) ?? []), line.role])
  }
  const pitch = (((profile.page.height - profile.page.top - profile.page.bottom) / 25.4) * 1440) / profile.grid.lines
  const linesOf = (lines: number | null, twips: number | null): number =>
    lines === null ? (twips ?? 0) / pitch : lines / 100
  let heading = false
  for (const [index, paragraph] of paragraphs.entries()) {
    const words = flat(paragraph.text)
    if (paragraph.inTable) {
      const above = paragraphs[index - 1]
      if (above !== undefined && isCaption(above, paragraph)) {
        looks(index - 1, '表题', wanted.caption.font, wanted.caption.size, wanted.caption.clause)
        if (above.align !== 'center') say(wanted.caption.clause, index - 1, '表题应当居中')
      }
      continue
    }
    if (contents.delete(words)) {
      const { font, size, clause, chapter, section } = wanted.contents
      if (/^目[录次]$/u.test(words)) continue
      looks(index, '目录', font, size, clause)
      const level = /^第[^章节编]{1,8}节/u.test(words)
        ? section
        : /^第[^章节编]{1,8}(?:章|分?编)/u.test(words)
          ? chapter
          : null
      const indent =
        (paragraph.firstLineChars ?? 0) / 100 ||
        ((paragraph.left ?? 0) + (paragraph.firstLine ?? 0) - (paragraph.hanging ?? 0)) / (size * 20)
      if (level !== null && Math.abs(indent - level) > 0.35)
        say(
          clause,
          index,
          `目录中的${level === section ? '节' : '编、章'}应当左空${level}字，文件里空${indent.toFixed(1)}字`,
        )
      continue
    }
    const role = roles.get(words)?.shift()
    if (role === undefined) continue
    const above = paragraphs[index - 1]
    const blanks =
      paragraph.blanks +
      linesOf(paragraph.beforeLines, paragraph.before) +
      (above === undefined ? 0 : linesOf(above.afterLines, above.after))
    const isHeading = headingRoles.has(role)
    // Two headings that follow each other share the line between them, or have one each.
    if (isHeading && !paragraph.newPage && (blanks < 0.4 || blanks > (heading ? 2.6 : 1.6)))
      say(wanted.headingBlanks, index, `${roleNames[role]}的标题上面应当空1行，文件里空${Number(blanks.toFixed(1))}行`)
    else if (heading && !isHeading && role !== 'section' && (blanks < 0.4 || blanks > 1.6))
      say(wanted.headingBlanks, index, `章的标题下面应当空1行，文件里空${Number(blanks.toFixed(1))}行`)
    heading = isHeading
    const written = paragraph.text.trim()
    if (role === 'article') {
      if (/^第\s*[0-9０-９]/u.test(written)) say(wanted.article, index, '条的序号应当用中文数字')
      else if (!/^第[^条]{1,12}条(?:之[一二三四五六七八九十]+)*(?:\u3000(?!\s)|$)/u.test(written))
        say(wanted.article, index, '条的序号之后应当空一个全角字，再写内容')
    } else if (role === 'item' && !/^（[一二三四五六七八九十百]+）/u.test(written))
      say(wanted.item, index, '项的序号应当写作（一）')
    else if (role === 'subitem' && !/^[0-9]+[.．]/u.test(written)) say(wanted.subitem, index, '目的序号应当写作1.')
  }
}

async function look(bytes: Uint8Array, limits: DocxLimits): Promise<Seen> {
  const archive = openZip(bytes, limits)
  const seen: Seen = {
    sections: [],
    paragraphs: [],
    styles: new Map(),
    defaults: { font: null, size: null, color: null },
    defaultStyle: 'Normal',
    defaultShape: { ...noShape },
    footers: [],
    pageField: false,
    evenAndOdd: false,
    description: '',
  }
  if (archive.has('docProps/core.xml')) {
    let within = false
    await readXml(archive, 'docProps/core.xml', limits, {
      open: (name) => {
        within = name === 'dc:description'
      },
      close() {
        within = false
      },
      text: (text) => {
        if (within) seen.description += text
      },
    })
  }
  if (archive.has('word/styles.xml')) await readXml(archive, 'word/styles.xml', limits, stylesHandler(seen))
  await readXml(archive, 'word/document.xml', limits, documentHandler(seen))
  if (archive.has('word/settings.xml')) {
    await readXml(archive, 'word/settings.xml', limits, {
      open: (name, attributes) => {
        if (name === 'w:evenAndOddHeaders') seen.evenAndOdd = !['0', 'false'].includes(attributes['w:val'] ?? '1')
      },
      close() {},
      text() {},
    })
  }
  const typesOf = await footerTypes(archive, limits)
  for (const name of archive.names.filter((part) => /^word\/footer\d*\.xml$/.test(part))) {
    let words = ''
    await readXml(archive, name, limits, {
      open: (element, attributes) => {
        if (element === 'w:fldSimple') words += attributes['w:instr'] ?? ''
      },
      close() {},
      text: (text) => {
        words += text
      },
    })
    if (!/\bPAGE\b/i.test(words)) continue
    seen.pageField = true
    const footer: Seen = { ...seen, sections: [], paragraphs: [] }
    await readXml(archive, name, limits, documentHandler(footer))
    seen.footers.push({ types: typesOf.get(name) ?? [], paragraphs: footer.paragraphs })
  }
  return seen
}

/** Which footer parts the sections use, and as what: default, even, first. */
async function footerTypes(archive: Archive, limits: DocxLimits): Promise<Map<string, string[]>> {
  const targets = new Map<string, string>()
  const found = new Map<string, string[]>()
  const relations = 'word/_rels/document.xml.rels'
  if (!archive.has(relations)) return found
  await readXml(archive, relations, limits, {
    open: (name, attributes) => {
      if (name === 'Relationship')
        targets.set(attributes.Id ?? '', (attributes.Target ?? '').replace(/^\/?(?:word\/)?/, ''))
    },
    close() {},
    text() {},
  })
  await readXml(archive, 'word/document.xml', limits, {
    open: (name, attributes) => {
      if (name !== 'w:footerReference') return
      const part = `word/${targets.get(attributes['r:id'] ?? '') ?? ''}`
      found.set(part, [...(found.get(part) ?? []), attributes['w:type'] ?? 'default'])
    },
    close() {},
    text() {},
  })
  return found
}

const fontIn = (attributes: Attributes): string | null => attributes['w:eastAsia'] ?? attributes['w:ascii'] ?? null
const numberIn = (attributes: Attributes, name: string): number | null =>
  attributes[name] === undefined ? null : Number(attributes[name])

function takeLook(into: Look, name: string, attributes: Attributes): void {
  if (name === 'w:rFonts') into.font = fontIn(attributes) ?? into.font
  else if (name === 'w:sz') into.size = Number(attributes['w:val'] ?? 0) / 2
  else if (name === 'w:color') into.color = attributes['w:val'] ?? null
}

const isOn = (attributes: Attributes): boolean => !['0', 'false', 'off'].includes(attributes['w:val'] ?? '1')
function takeShape(into: Shape, name: string, attributes: Attributes): void {
  if (name === 'w:jc') into.align = attributes['w:val'] ?? null
  else if (name === 'w:ind') {
    into.firstLine = numberIn(attributes, 'w:firstLine')
    into.firstLineChars = numberIn(attributes, 'w:firstLineChars')
    into.left = numberIn(attributes, 'w:left') ?? numberIn(attributes, 'w:start')
    into.hanging = numberIn(attributes, 'w:hanging')
  } else if (name === 'w:spacing') {
    into.before = numberIn(attributes, 'w:before') ?? into.before
    into.beforeLines = numberIn(attributes, 'w:beforeLines') ?? into.beforeLines
    into.after = numberIn(attributes, 'w:after') ?? into.after
    into.afterLines = numberIn(attributes, 'w:afterLines') ?? into.afterLines
    if (attributes['w:lineRule'] === 'exact') into.line = numberIn(attributes, 'w:line')
  } else if (name === 'w:pageBreakBefore') into.pageBreakBefore = isOn(attributes)
}

function stylesHandler(seen: Seen): XmlHandler {
  let style: SeenStyle | null = null
  let inDefaults = false
  const path: string[] = []
  return {
    open(name, attributes) {
      path.push(name)
      const ofParagraph = path.at(-2) === 'w:pPr'
      if (name === 'w:docDefaults') inDefaults = true
      else if (name === 'w:style') {
        style = {
          font: null,
          size: null,
          color: null,
          basedOn: null,
          ...noShape,
        }
        const id = attributes['w:styleId'] ?? ''
        seen.styles.set(id, style)
        if (attributes['w:type'] === 'paragraph' && attributes['w:default'] === '1') seen.defaultStyle = id
      } else if (inDefaults) {
        takeLook(seen.defaults, name, attributes)
        if (ofParagraph) takeShape(seen.defaultShape, name, attributes)
      } else if (style !== null) {
        takeLook(style, name, attributes)
        if (name === 'w:basedOn') style.basedOn = attributes['w:val'] ?? null
        else if (ofParagraph) takeShape(style, name, attributes)
      }
    },
    close(name) {
      path.pop()
      if (name === 'w:docDefaults') inDefaults = false
      else if (name === 'w:style') style = null
    },
    text() {},
  }
}

/** A property of a style or of what it is based on. */
function inherited<Key extends keyof SeenStyle>(seen: Seen, from: string | null, key: Key): SeenStyle[Key] | null {
  const done = new Set<string>()
  for (let id = from; id !== null && !done.has(id); id = seen.styles.get(id)?.basedOn ?? null) {
    done.add(id)
    const value = seen.styles.get(id)?.[key]
    if (value !== null && value !== undefined) return value
  }
  return null
}

function documentHandler(seen: Seen): XmlHandler {
  const path: string[] = []
  const stack: SeenParagraph[] = []
  let section: Seen['sections'][number] | null = null
  let run: (Look & { text: string; style: string | null }) | null = null
  let tables = 0
  let taking = false
  // What stands between the last paragraph with words and the next one.
  let blanks = 0
  let broken = false
  let drawn = false
  return {
    open(name, attributes) {
      path.push(name)
      const paragraph = stack.at(-1)
      if (name === 'w:tbl') tables++
      else if (name === 'w:p') {
        stack.push({
          ...noShape,
          text: '',
          style: null,
          inTable: tables > 0,
          runs: [],
          blanks: 0,
          newPage: false,
          rule: null,
          drawing: false,
          frame: null,
        })
      } else if (name === 'w:r') run = { font: null, size: null, color: null, text: '', style: null }
      else if (name === 'w:t') taking = true
      else if ((name === 'w:br' && attributes['w:type'] === 'page') || name === 'w:lastRenderedPageBreak') {
        // Behind words the break belongs to the paragraph that follows.
        if (paragraph !== undefined && paragraph.text.trim() === '') paragraph.newPage = true
        else broken = true
      } else if (name === 'w:drawing' || name === 'w:pict') {
        if (paragraph !== undefined) paragraph.drawing = true
      } else if (name === 'w:sectPr') section = { size: {}, margin: {}, grid: null }
      else if (section !== null) {
        if (name === 'w:pgSz') section.size = attributes
        else if (name === 'w:pgMar') section.margin = attributes
        else if (name === 'w:docGrid') section.grid = attributes
      } else if (run !== null && path.at(-2) === 'w:rPr' && path.at(-3) === 'w:r') {
        takeLook(run, name, attributes)
        if (name === 'w:rStyle') run.style = attributes['w:val'] ?? null
      } else if (paragraph !== undefined && path.at(-2) === 'w:pPr' && path.at(-3) === 'w:p') {
        if (name === 'w:pStyle') paragraph.style = attributes['w:val'] ?? null
        else if (name === 'w:framePr') paragraph.frame = attributes['w:xAlign'] ?? null
        else takeShape(paragraph, name, attributes)
      } else if (name === 'w:bottom' && path.at(-2) === 'w:pBdr' && paragraph !== undefined)
        paragraph.rule = attributes['w:color'] ?? null
      if (name === 'w:fldSimple' && /\bPAGE\b/i.test(attributes['w:instr'] ?? '')) seen.pageField = true
    },
    close(name) {
      path.pop()
      if (name === 'w:tbl') tables--
      else if (name === 'w:t') taking = false
      else if (name === 'w:r' && run !== null) {
        const { style, ...rest } = run
        const paragraph = stack.at(-1)
        const from = (key: 'font' | 'size' | 'color') =>
          rest[key] ??
          inherited(seen, style, key) ??
          inherited(seen, paragraph?.style ?? null, key) ??
          inherited(seen, seen.defaultStyle, key) ??
          seen.defaults[key]
        paragraph?.runs.push({
          text: rest.text,
          font: from('font') as string | null,
          size: from('size') as number | null,
          color: from('color') as string | null,
        })
        run = null
      } else if (name === 'w:sectPr' && section !== null) {
        seen.sections.push(section)
        section = null
        broken = true
      } else if (name === 'w:p') {
        const done = stack.pop()
        if (done === undefined) return
        const set = <Key extends keyof Shape>(key: Key): void => {
          const shape: Shape = done
          shape[key] ??= inherited(seen, done.style ?? seen.defaultStyle, key) ?? seen.defaultShape[key]
        }
        for (const key of Object.keys(noShape) as Array<keyof Shape>) set(key)
        done.newPage ||= done.pageBreakBefore === true
        // Text boxes hold paragraphs of their own; they do not come between those around them.
        const inside = stack.length > 0
        if (done.text.trim() === '') {
          if (inside || done.inTable) return
          // A head without a number ends with a paragraph that is only the red line: lines are counted below it.
          const separator = isRed(done.rule)
          blanks = done.newPage || separator ? 0 : blanks + 1
          broken ||= done.newPage
          drawn ||= done.drawing || separator
          return
        }
        if (!inside) {
          done.newPage ||= broken
          done.blanks = blanks
          done.drawing ||= drawn
          blanks = 0
          broken = false
          drawn = false
        }
        seen.paragraphs.push(done)
      }
    },
    text(words) {
      if (!taking) return
      if (run !== null) run.text += words
      const paragraph = stack.at(-1)
      if (paragraph !== undefined) paragraph.text += words
    },
  }
}
