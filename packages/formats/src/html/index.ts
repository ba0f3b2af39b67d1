// HTML export: semantic markup, elements with stable ids; the print style uses the same layout data as docx.
import { gbt9704, type LayoutProfile } from '../docx-export/profiles.ts'
import { type LayoutLine, type LineRole, layoutLines } from '../layout-lines.ts'
import { type PublishedDocument, titleOf } from '../published-document.ts'
import { attributesOf, escapeXml } from '../xml-text.ts'

const headings: Partial<Record<LineRole, string>> = {
  title: 'h1',
  part: 'h2',
  subpart: 'h2',
  chapter: 'h2',
  section: 'h3',
  'attachment-label': 'h2',
  'attachment-title': 'h2',
}

/** The document as one complete HTML page with the print style of `profile`; no script, no outside resource. */
export function exportHtml(document: PublishedDocument, profile: LayoutProfile = gbt9704): string {
  const { structure, documentNumber } = document
  const { letterhead = [] } = structure
  const text = structure.documentNumber === null ? { ...structure, documentNumber } : structure
  const meta: Array<[string, string | null]> = [
    ['ArticleTitle', titleOf(document)],
    ['PubDate', document.publicationDate],
    ['ContentSource', document.issuers.join('、') || null],
    ['Description', document.summary],
  ]
  const metas = meta.flatMap(([name, content]) =>
    content === null ? [] : [`<meta name="${name}" content="${escapeXml(content)}">`],
  )
  return [
    '<!doctype html>',
    '<html lang="zh-CN">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(titleOf(document))}</title>`,
    ...metas,
    `<style>\n${printCss(profile)}${letterhead.length === 0 ? '' : '.letterhead { text-align: center; text-indent: 0; color: #f00 }\n'}</style>`,
    '</head>',
    '<body>',
    `<article${attributesOf({ class: 'gongwen', id: document.id })}>`,
    ...letterhead.map((line) => `<p class="letterhead">${escapeXml(line)}</p>`),
    ...layoutLines(text).map(htmlOfLine),
    '</article>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function htmlOfLine(line: LayoutLine): string {
  const attributes = attributesOf({ class: line.role, id: line.element })
  if (line.rows !== undefined) {
    const [head = [], ...rest] = line.rows
    const row = (cells: readonly string[], tag: string): string =>
      `<tr>${cells.map((cell) => `<${tag}>${escapeXml(cell)}</${tag}>`).join('')}</tr>`
    return [
      `<table${attributes}>`,
      `<thead>${row(head, 'th')}</thead>`,
      `<tbody>${rest.map((cells) => row(cells, 'td')).join('')}</tbody>`,
      '</table>',
    ].join('\n')
  }
  const tag = headings[line.role] ?? 'p'
  const words = line.segments.map(({ kind, text }) =>
    kind === 'lead' ? `<span class="lead">${escapeXml(text)}</span>` : escapeXml(text),
  )
  return `<${tag}${attributes}>${words.join('')}</${tag}>`
}

/** Print style with the geometry of a layout profile: paper, margins, grid, fonts, page numbers left and right. */
export function printCss(profile: LayoutProfile): string {
  const { page, grid, fonts, fontAliases, lines, pageNumber } = profile
  const pitch = (page.height - page.top - page.bottom) / grid.lines
  const character = (page.width - page.left - page.right) / grid.characters
  const family = (name: keyof typeof fonts): string =>
    [...new Set([fonts[name], ...fontAliases[name]])].map((font) => `"${font}"`).join(', ')
  const length = (value: number): string => `${Number(value.toFixed(3))}mm`
  const number = `font: ${pageNumber.size}pt ${family(pageNumber.font)}; content: "— " counter(page) " —"`
  const rules = Object.entries(lines).map(([role, style]) => {
    const declarations = [
      `font-family: ${family(style.font)}`,
      `font-size: ${style.size}pt`,
      'font-weight: normal',
      `text-align: ${style.align === 'both' ? 'justify' : style.align}`,
      `text-indent: ${length(style.firstLine * character)}`,
      `margin: ${length(style.linesBefore * pitch)} ${length(style.right * character)} ${length(style.linesAfter * pitch)} 0`,
      ...(style.newPage === true ? ['break-before: page'] : []),
    ]
    const lead =
      style.leadFont === undefined ? '' : `\n.gongwen .${role} .lead { font-family: ${family(style.leadFont)} }`
    // Lines of one role that follow each other keep together: the space stands before the first of them.
    const next = style.linesBefore === 0 ? '' : `\n.gongwen .${role} + .${role} { margin-top: 0 }`
    return `.gongwen .${role} { ${declarations.join('; ')} }${lead}${next}`
  })
  return `${[
    `/* ${profile.name} */`,
    `@page { size: ${page.width}mm ${page.height}mm; margin: ${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm }`,
    `@page :right { @bottom-right { ${number} } }`,
    `@page :left { @bottom-left { ${number} } }`,
    `.gongwen { max-width: ${page.width - page.left - page.right}mm; margin: 0 auto; line-height: ${length(pitch)} }`,
    '.gongwen table { width: 100%; border-collapse: collapse }',
    '.gongwen th, .gongwen td { border: 0.25mm solid; padding: 1mm; text-indent: 0 }',
    ...rules,
  ].join('\n')}\n`
}
