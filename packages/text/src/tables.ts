// Tables in plain text: Markdown, or cells parted by tabs as pasted from Word.
import type { Line, Meter } from './lines.ts'

/** A line of a Markdown table, or one with cells parted by tabs. */
export const isTableLine = (text: string): boolean => isMarkdown(text) || text.includes('\t')
const isMarkdown = (text: string): boolean => text.length > 2 && text.startsWith('|') && text.endsWith('|')
const rule = /^:?-{2,}:?$/u

/** The table that begins at line `at`: its rows, and the line behind it. A single line with a tab is not a table. */
export function tableRows(
  lines: Line[],
  at: number,
  to: number,
  meter: Meter,
): { rows: string[][]; end: number } | null {
  const first = lines[at]?.text ?? ''
  const markdown = isMarkdown(first)
  if (!markdown && !first.includes('\t')) return null
  const rows: string[][] = []
  let end = at
  for (; end < to; end++) {
    const line = lines[end]
    const text = line?.text ?? ''
    meter.steps += text.length
    if (markdown ? !isMarkdown(text) : !text.includes('\t')) break
    // A blank line between two tables keeps them two.
    if (markdown && end > at && line && line.line !== (lines[end - 1]?.line ?? 0) + 1) break
    const cells = markdown ? markdownCells(text) : text.split('\t').map((cell) => cell.trim())
    if (markdown && end === at + 1 && cells.every((cell) => rule.test(cell))) continue
    rows.push(cells)
  }
  return markdown || rows.length > 1 ? { rows, end } : null
}

function markdownCells(text: string): string[] {
  const cells: string[] = []
  let cell = ''
  for (let at = 1; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '\\' && (text[at + 1] === '|' || text[at + 1] === '\\')) {
      cell += text[at + 1]
      at++
    } else if (character === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += character
  }
  if (cell.trim() !== '') cells.push(cell.trim())
  return cells
}

/** Rows as a Markdown table, which is what `tableRows` reads back. */
export const printTable = (rows: string[][]): string => {
  const line = (cells: string[]): string =>
    `| ${cells.map((cell) => cell.replace(/[\\|]/gu, (sign) => `\\${sign}`)).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n')
}
