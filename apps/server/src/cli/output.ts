// 命令行的输出：给人看的文字，或者给机器看的 JSON；错误一句话，不带堆栈。
import { createInterface } from 'node:readline'
import { AppError, type Problem, type ProblemCode } from '@dianzhang/contract'
import { EnvError } from '../env.ts'

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

/**
 * Says on standard error what went wrong: with `json` one line `{ code, detail, issues?, verdicts? }`, otherwise one
 * sentence for people with the wrong fields of an `AppError`; the stack only with DEBUG.
 */
export function report(error: unknown, json = false): void {
  const detail = sentenceOf(error)
  const { issues, verdicts }: Partial<Problem> = error instanceof AppError ? error.extra : {}
  const lines = json
    ? [JSON.stringify({ code: codeOf(error), detail, issues, verdicts })]
    : [
        `错误：${detail}`,
        ...(issues ?? []).map((issue) => `  ${issue.path}：${issue.message}`),
        ...(verdicts ?? [])
          .filter((verdict) => !verdict.holds)
          .map((verdict) => `  ${verdict.title}：${verdict.reason}`),
      ]
  if (process.env.DEBUG && error instanceof Error) lines.push(`${error.stack}`)
  process.stderr.write(`${lines.join('\n')}\n`)
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof AppError) return error.code
  return error instanceof EnvError ? 'invalid' : 'internal'
}

/** A failed statement shows what the database said, not the statement. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const failedQuery = error.message.startsWith('Failed query:') && error.cause instanceof Error
  const { code, message } = (failedQuery ? error.cause : error) as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'CONNECT_TIMEOUT') {
    return `连接不上数据库（${message || code}），请检查 DATABASE_URL。`
  }
  return failedQuery ? `数据库：${message}` : message
}
