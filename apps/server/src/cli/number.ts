// dianzhang number: recognises document numbers, order numbers and announcement numbers.
import { parseNumber } from '@dianzhang/numbering'
import type { Command } from 'commander'
import { argumentsOrLines, print } from './output.ts'

const kinds = { document: '发文字号', order: '令号', announcement: '公告号', unknown: '无法识别' } as const

export function addNumberCommands(program: Command): void {
  const number = program.command('number').description('文号')
  number
    .command('parse')
    .description('识别文号：种类、代字、年份、顺序号、规范写法；没有参数或者参数为 - 时从标准输入逐行读取')
    .argument('[文号...]', '如 海政规发〔2026〕3号')
    .option('--json', '每行一个 JSON')
    .action(async (texts: string[], options: { json?: boolean }, command: Command) => {
      const asked = await argumentsOrLines(texts)
      if (asked.length === 0) command.error('错误：没有文号。例：dianzhang number parse 海政规发〔2026〕3号')
      for (const text of asked) {
        const parsed = parseNumber(text)
        // Tolerated forms are understood, so only what has no meaning fails the command.
        if (parsed.normalized === null) process.exitCode = 1
        print(
          { text, ...parsed },
          () => {
            const state = parsed.valid
              ? '规范'
              : parsed.normalized === null
                ? '无效'
                : `不规范，应为 ${parsed.normalized}`
            const parts = [parsed.prefix, parsed.year, parsed.seq].filter((part) => part !== null).join(' / ')
            const faults = parsed.faults.map((fault) => fault.message).join('；')
            return [text, kinds[parsed.kind], state, parts, faults].filter((part) => part !== '').join('  ')
          },
          options.json,
        )
      }
    })
}
