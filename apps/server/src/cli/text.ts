// dianzhang text: structure, citations and comparison of texts; checks and conversion are in text-lint.ts and
// text-convert.ts.
import { cite, compareStructures, type OutlineNode, outline, parseText, statementOf } from '@dianzhang/text'
import type { Command } from 'commander'
import { print } from './output.ts'
import { addTextConvert } from './text-convert.ts'
import { readTexts, sayLosses, type TextInput } from './text-input.ts'
import { addTextLint } from './text-lint.ts'

const files = 'txt、docx 或者每行一个 JSON（body 字段）；没有文件或者为 - 时读标准输入'

export function addTextCommands(program: Command): void {
  const text = program.command('text').description('文本：结构、引用、比较')
  text
    .command('outline')
    .description('编章节条、一、（一）1.（1）的结构，序号的毛病')
    .argument('[文件...]', files)
    .option('--json', '每份文本一个 JSON')
    .action(async (given: string[], options: { json?: boolean }) => {
      const inputs = await readTexts(given)
      if (options.json !== true) await sayLosses(inputs)
      for (const input of inputs) {
        const found = outline(parseText(input.source))
        print({ ...named(inputs, input), ...found }, () => outlineText(input, found), options.json)
      }
    })
  text
    .command('cite')
    .description('引用的法律法规和文件、文号、条款，带位置')
    .argument('[文件...]', files)
    .option('--json', '每份文本一个 JSON')
    .action(async (given: string[], options: { json?: boolean }) => {
      const inputs = await readTexts(given)
      if (options.json !== true) await sayLosses(inputs)
      for (const input of inputs) {
        const found = { ...cite(input.source), repeals: statementOf(input.source).repeals }
        print({ ...named(inputs, input), ...found }, () => citeText(input, found), options.json)
      }
    })
  text
    .command('diff')
    .description('逐条比较两份文本：未改、仅标点或全半角不同、修改、移动、拆分、合并、新增、删除')
    .argument('<旧>', '修改前的文本')
    .argument('<新>', '修改后的文本')
    .option('--marks', '仅标点、全半角不同的也逐处列出')
    .option('--json', '输出 JSON')
    .action(async (older: string, newer: string, options: { json?: boolean; marks?: boolean }) => {
      const [a] = await readTexts([older])
      const [b] = await readTexts([newer])
      const before = parseText(a?.source ?? '')
      const after = parseText(b?.source ?? '')
      const comparison = compareStructures(before, after)
      const inputs = [a, b].filter((input) => input !== undefined)
      if (options.json !== true) await sayLosses(inputs)
      const losses = inputs.flatMap((input) => input.losses.map((loss) => `${input.name}：${loss}`))
      print(
        losses.length === 0 ? comparison : { ...comparison, losses },
        () => diffText(comparison, options.marks === true),
        options.json,
      )
    })
  addTextLint(text)
  addTextConvert(text)
}

/** With only one text, the JSON is the result itself. */
const named = (inputs: TextInput[], input: TextInput): { file?: string; losses?: string[] } => ({
  ...(inputs.length > 1 ? { file: input.name } : {}),
  ...(input.losses.length > 0 ? { losses: input.losses } : {}),
})

function outlineText(input: TextInput, found: ReturnType<typeof outline>): string {
  const lines = [`${input.name}${found.title === null ? '' : `　${found.title}`}`]
  const counts: Array<[string, number]> = [
    ['编', found.parts],
    ['分编', found.subparts],
    ['章', found.chapters],
    ['节', found.sections],
    ['条', found.articles],
    ['条之一', found.insertedArticles],
    ['一、', found.level1],
    ['（一）', found.level2],
    ['1.', found.level3],
    ['（1）', found.level4],
    ['表', found.tables],
  ]
  lines.push(
    [
      ...counts.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`),
      ...(found.firstArticle === null ? [] : [`${found.firstArticle}至${found.lastArticle}`]),
      ...(found.hasToc ? ['有目录'] : []),
    ].join('，'),
  )
  const headings = new Set(['part', 'subpart', 'chapter', 'section', 'heading1', 'heading2', 'attachment'])
  const visit = (nodes: OutlineNode[], depth: number): void => {
    for (const node of nodes) {
      if (!headings.has(node.level)) continue
      lines.push(`${'  '.repeat(depth)}${[node.number, node.heading ?? node.excerpt].filter(Boolean).join('　')}`)
      visit(node.children, depth + 1)
    }
  }
  visit(found.tree, 1)
  for (const fault of found.faults) lines.push(`第 ${fault.line} 行：${fault.message}`)
  for (const { line, reason, text } of found.skipped ?? [])
    lines.push(`第 ${line} 行：${reason}，没有当作正文：“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`)
  for (const { line, label, value } of found.candidates ?? [])
    lines.push(`第 ${line} 行：网页写的${label}是“${value}”，请核对`)
  if (found.title === null && found.tree.length === 0) lines.push('没有读到文字。')
  return lines.join('\n')
}

function citeText(input: TextInput, found: ReturnType<typeof cite> & { repeals: string[] }): string {
  const ends = (what: string): string => (found.repeals.includes(what) ? '本文废止的' : '')
  const line = lineCounter(input.source)
  return [
    input.name,
    ...found.named.map((one) =>
      [
        `第 ${line(one.start)} 行`,
        `《${one.name}》`,
        one.docNo ?? '',
        one.articles.join('、'),
        one.alias ? `简称${one.alias}` : '',
        ends(one.name),
      ]
        .filter((part) => part !== '')
        .join('　'),
    ),
    ...found.docNos.map((one) =>
      [
        `第 ${line(one.start)} 行　文号　${one.text}${one.text === one.normalized ? '' : `（应为${one.normalized}）`}`,
        ends(one.normalized),
      ]
        .filter((part) => part !== '')
        .join('　'),
    ),
    ...found.internal.map((one) => `第 ${line(one.start)} 行　本文　${one.target}`),
    ...found.notNormative.map((one) => `第 ${line(one.start)} 行　不是依据　《${one.name}》　${one.reason}`),
  ].join('\n')
}

/** The line of a position; binary search. */
function lineCounter(source: string): (at: number) => number {
  const breaks = [...source.matchAll(/\n/gu)].map((match) => match.index)
  return (at) => {
    let low = 0
    let high = breaks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((breaks[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

const kindNames = {
  unchanged: '未改',
  marks: '仅标点、全半角不同',
  changed: '修改',
  moved: '移动',
  split: '拆分',
  merged: '合并',
  added: '新增',
  deleted: '删除',
} as const

function diffText(comparison: ReturnType<typeof compareStructures>, marks: boolean): string {
  const lines = [
    Object.entries(kindNames)
      .map(([kind, name]) => [name, comparison.counts[kind as keyof typeof kindNames]] as const)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${name} ${count}`)
      .join('，'),
  ]
  for (const change of comparison.changes) {
    if (change.kind === 'unchanged' || (change.kind === 'marks' && !marks)) continue
    const from = change.before.map((one) => one.address).join('、')
    const to = change.after.map((one) => one.address).join('、')
    lines.push(
      '',
      `${kindNames[change.kind]}　${from === to || to === '' ? from : from === '' ? to : `${from} → ${to}`}`,
    )
    // Redline: deletions go into `〔-…-〕`, additions into `〔+…+〕`.
    if (change.diff !== null)
      lines.push(
        change.diff
          .map((part) =>
            part.kind === 'same' ? part.text : part.kind === 'removed' ? `〔-${part.text}-〕` : `〔+${part.text}+〕`,
          )
          .join(''),
      )
  }
  return lines.join('\n')
}
