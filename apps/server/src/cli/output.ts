// 命令行的输出：给人看的文字，或者给机器看的 JSON；错误一句话，不带堆栈。
import { createInterface } from 'node:readline'
import { AppError } from '@dianzhang/contract'

/** Writes one result: JSON on one line with `--json`, otherwise the text for people. */
export function print(value: unknown, text: () => string, json: boolean | undefined): void {
  process.stdout.write(`${json ? JSON.stringify(value) : text()}\n`)
}

/** Arguments as given; none or a single `-` reads the non-empty lines of standard input. */
export async function argumentsOrLines(given: readonly string[]): Promise<string[]> {
  if (given.length > 0 && !(given.length === 1 && given[0] === '-')) return [...given]
  if (given.length === 0 && process.stdin.isTTY) return []
  const lines: string[] = []
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') lines.push(line.trim())
  return lines
}

/** One sentence for people, with the wrong fields of an `AppError`; the stack only with DEBUG. */
export function report(error: unknown): void {
  const message = sentenceOf(error)
  process.stderr.write(`错误：${message}\n`)
  if (error instanceof AppError) {
    for (const issue of error.extra.issues ?? []) process.stderr.write(`  ${issue.path}：${issue.message}\n`)
    for (const verdict of error.extra.verdicts ?? []) {
      if (!verdict.holds) process.stderr.write(`  ${verdict.title}：${verdict.reason}\n`)
    }
  }
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
}

/** A failed statement shows what the database said, not the statement. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (error.message.startsWith('Failed query:') && cause instanceof Error) return `数据库：${cause.message}`
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'CONNECT_TIMEOUT') {
    return `连接不上数据库（${error.message || code}），请检查 DATABASE_URL。`
  }
  return error.message
}
