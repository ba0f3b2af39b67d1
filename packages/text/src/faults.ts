// Numbering faults: what a reader would stumble over. Reported, never repaired.
import { looksNumbered } from './decorations.ts'
import { chineseNumeral, readNumeral } from './lines.ts'
import { markOf } from './marks.ts'
import type { Element, Fault, Level, StructuredText } from './tree.ts'

const names: Partial<Record<Level, string>> = {
  part: '编',
  subpart: '分编',
  chapter: '章',
  section: '节',
  article: '条',
  item: '项',
  subitem: '目',
  heading1: '一级标题',
  heading2: '二级标题',
  heading3: '三级标题',
  heading4: '四级标题',
}

/** The faults of a text and of each of its attachments, by line. */
export function faultsOf(text: StructuredText): Fault[] {
  const faults: Fault[] = []
  for (const elements of [text.body, ...text.attachments.map((one) => one.body)]) {
    checkRun(articlesOf(elements), faults, new Map())
    checkChildren(elements, faults, new Map())
    if (articlesOf(elements).length === 0) inTables(elements, faults)
  }
  // Above the first article that was read, too, a line may be one that was not.
  for (const element of text.preamble)
    if (looksNumbered(element.text) && markOf(element.text) === null) faults.push(unreadNumber(element))
  const stated = text.attachmentsNote.length
  const labelled = text.attachments.filter((one) => one.label !== '')
  if (stated > 0 && labelled.length > 0 && stated !== labelled.length)
    faults.push({
      code: 'attachment-mismatch',
      message: `附件说明列有${stated}个附件，文后有${labelled.length}个附件`,
      line: labelled[0]?.body[0]?.line ?? 1,
    })
  return faults.sort((a, b) => a.line - b.line)
}

/** A table in whose rows stand 第一条, 第二条, … in a text without articles: the text itself, laid out as a table. */
function inTables(elements: Element[], faults: Fault[]): void {
  for (const element of elements) {
    // The number may stand behind a figure or the name of a chapter.
    const found =
      [0, 1, 2]
        .map((column) =>
          (element.rows ?? []).flatMap(
            (row) => /^[第苐笫]\s?[^\s条]{1,6}\s?[条條]$/u.exec((row[column] ?? '').trim())?.[0] ?? [],
          ),
        )
        .find((numbers) => numbers.length >= 2) ?? []
    // 第三十条, 第七条 are those of another act that a table speaks of.
    const first = readNumeral(/[^第苐笫条條\s]+/u.exec(found[0] ?? '')?.[0] ?? '')
    if (found.length >= 2 && first === 1)
      faults.push({
        code: 'unread-number',
        message: `疑似条号没有识别：表格里有${found.length}行以条号开头（“${found[0]}”等），没有当作条`,
        line: element.line,
        element: element.id,
      })
    inTables(element.children, faults)
  }
}

const unreadNumber = (element: Element): Fault => ({
  code: 'unread-number',
  message: `疑似条号没有识别：“${element.text.slice(0, 12)}”`,
  line: element.line,
  element: element.id,
})

function articlesOf(elements: Element[]): Element[] {
  const found: Element[] = []
  const visit = (list: Element[]): void => {
    for (const element of list) {
      if (element.level === 'article') found.push(element)
      else visit(element.children)
    }
  }
  visit(elements)
  return found
}

/** The last number of each kind of list so far: （三） may go on under 二、 where 一、 ended with （二）. */
type Reached = Map<string, number>
/** 1、 and 一、 and （一） and （1） are lists of their own, on whatever level they stand. */
const kindOf = ({ level, number }: Element): string => {
  if (unitLevels.has(level)) return level
  const written = number ?? ''
  if (/[①-⑳]/u.test(written)) return '①'
  const sign = written.replace(/[0-9０-９零〇一二两三四五六七八九十百千\s]/gu, '')
  return `${/[0-9０-９]/u.test(written) ? 1 : '一'}${sign.includes(')') || sign.includes('）') ? '）' : sign.replace(/[.．]/u, '、')}`
}
const unitLevels: ReadonlySet<Level> = new Set(['part', 'subpart', 'chapter', 'section', 'article'])

function checkChildren(elements: Element[], faults: Fault[], reached: Reached, words = ''): void {
  const runs = new Map<string, Element[]>()
  for (const element of elements) {
    if (element.number !== null && element.level !== 'article') {
      // （一） and 1. side by side are two lists.
      const list = `${element.level}${kindOf(element)}`
      const run = runs.get(list)
      if (run) run.push(element)
      else runs.set(list, [element])
    }
    if (element.number === null && /^第[\s\u3000×xX_＿—-]{0,6}[章节条][\s\u3000]/u.test(element.text))
      faults.push({
        code: 'missing-number',
        message: `“${element.text.slice(0, 12)}”缺少序号`,
        line: element.line,
        element: element.id,
      })
    else if (element.number === null && looksNumbered(element.text) && markOf(element.text) === null)
      faults.push(unreadNumber(element))
  }
  for (const run of runs.values()) checkRun(run, faults, reached, words)
  for (const element of elements) checkChildren(element.children, faults, reached, element.text)
}

/** Siblings of one level in the order of the text. Lists may begin anew; chapters of a next part may go on counting. */
function checkRun(run: Element[], faults: Fault[], reached: Reached, words = ''): void {
  let before: Element | null = null
  const seen = new Set<string>()
  for (const element of run) {
    const { ordinal } = element
    const unit = names[element.level] ?? '标题'
    const report = (code: Fault['code'], message: string): void => {
      faults.push({ code, message, line: element.line, element: element.id })
    }
    if (ordinal === null) {
      report('unreadable-number', `“${element.number}”读不出序号`)
      continue
    }
    const written = element.number ?? ''
    if (before === null || before.ordinal === null) {
      // …：（一）… may stand in the line above; the list then goes on with （二）.
      const runsIn = /[（(](?:一|1)[）)]/u.test(words)
      if (ordinal[0] !== 1 && !runsIn && ordinal[0] !== (reached.get(kindOf(element)) ?? 0) + 1)
        report('first-not-one', `${unit}从“${written}”开始，不是从一开始`)
      before = element
      seen.add(ordinal.join('.'))
      continue
    }
    const previous: number[] = before.ordinal
    const key = ordinal.join('.')
    const step = (ordinal[0] ?? 0) - (previous[0] ?? 0)
    const beginsAnew = ordinal.length === 1 && ordinal[0] === 1 && element.level !== 'article'
    if (beginsAnew) seen.clear()
    else if (seen.has(key)) report('repeat', `“${written}”重复`)
    else if (step < 0) report('disorder', `“${written}”排在“${before.number}”之后，次序颠倒`)
    else if (step > 1) {
      const missing =
        step === 2
          ? chineseNumeral((previous[0] ?? 0) + 1)
          : `${chineseNumeral((previous[0] ?? 0) + 1)}至${chineseNumeral((ordinal[0] ?? 0) - 1)}`
      report('gap', `“${before.number}”之后是“${written}”，缺第${missing}${unit}`)
    } else if (step === 0 && (ordinal[1] ?? 0) !== (previous[1] ?? 0) + 1)
      report(
        (ordinal[1] ?? 0) > (previous[1] ?? 0) ? 'gap' : 'disorder',
        `“${written}”与前一${unit}“${before.number}”不连续`,
      )
    seen.add(key)
    before = element
  }
  const last = run.findLast((one) => one.ordinal !== null)
  if (last?.ordinal) reached.set(kindOf(last), last.ordinal[0] ?? 0)
}
