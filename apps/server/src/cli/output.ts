// Command-line output: text for people or JSON for machines; errors in one sentence, without a stack.
import { createInterface } from 'node:readline'
import { CalendarError } from '@dianzhang/calendar'
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
 * Says on standard error what went wrong: with `json` one line `{ code, detail, issues?, verdicts? }` with the codes of HTTP (of a
 * file that is not read also `reason`, see `RefusalCode`), otherwise one
 * sentence for people with the wrong fields of an `AppError`; the stack only with DEBUG.
 */
export function report(error: unknown, json = false): void {
  const detail = sentenceOf(error)
  const { issues, verdicts }: Partial<Problem> = error instanceof AppError ? error.extra : {}
  const unread = unreadOf(error)
  const lines = json
    ? [
        JSON.stringify({
          code: codeOf(error),
          ...(unread === null ? {} : { reason: unread.code }),
          detail,
          issues: issues ?? (unread === null ? undefined : [{ path: 'file', message: detail }]),
          verdicts,
        }),
      ]
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

/** The refusal of a file, also where the name of the file was put before its sentence. Told by name: formats load late. */
function unreadOf(error: unknown): { code: string } | null {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each.name === 'UnreadableFile' && 'code' in each) return { code: String(each.code) }
  return null
}

const codes: Record<string, ProblemCode> = {
  ENOENT: 'not_found',
  ENOTDIR: 'invalid',
  EISDIR: 'invalid',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  Z_DATA_ERROR: 'invalid',
  Z_BUF_ERROR: 'invalid',
  EROFS: 'unavailable',
  ENOSPC: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ENOTFOUND: 'unavailable',
  CONNECT_TIMEOUT: 'unavailable',
  '28P01': 'unavailable',
  '28000': 'unavailable',
  '3D000': 'unavailable',
  '42P01': 'unavailable',
  '42703': 'unavailable',
  '42501': 'unavailable',
}

/** As HTTP would answer; `internal` is only what nobody foresaw. */
function codeOf(error: unknown): ProblemCode {
  if (error instanceof AppError) return error.code
  if (error instanceof EnvError || error instanceof CalendarError) return 'invalid'
  const unread = unreadOf(error)?.code
  if (unread !== undefined)
    return unread === 'too-large' ? 'too_large' : unread === 'would-lose-words' ? 'import_loses_words' : 'invalid'
  if (!(error instanceof Error)) return 'internal'
  if (error.name === 'UnwritableFormat') return 'invalid'
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const known = codes[String((each as NodeJS.ErrnoException).code ?? '')]
    if (known !== undefined) return known
  }
  return 'internal'
}

const fileProblems: Record<string, (path: string) => string> = {
  ENOENT: (path) => `没有这个文件或者文件夹${path}`,
  ENOTDIR: (path) => `路径中有一段不是文件夹${path}`,
  EISDIR: (path) => `是文件夹，不是文件${path}`,
  EACCES: (path) => `没有权限${path}`,
  EPERM: (path) => `没有权限${path}`,
  EROFS: (path) => `所在的磁盘只能读${path}`,
  ENOSPC: (path) => `磁盘已满，写不下${path}`,
  Z_DATA_ERROR: () => '压缩文件已损坏，解不开',
  Z_BUF_ERROR: () => '压缩文件不完整，解不开',
}

/** One Chinese sentence about a file, a database or anything else; a failed statement shows what the database said, not the statement. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const failedQuery = error.message.startsWith('Failed query:') && error.cause instanceof Error
  const { code = '', message, path } = (failedQuery ? error.cause : error) as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'CONNECT_TIMEOUT') {
    return `连接不上数据库（${message || code}），请检查 DATABASE_URL。`
  }
  if (code === '28P01' || code === '28000' || code === '3D000') {
    return `数据库拒绝连接（${message}），请检查 DATABASE_URL 中的用户、口令与数据库名。`
  }
  if (code === '42P01' || code === '42703') {
    return '数据库的结构与程序不一致（还没有迁移，或者比程序旧），请先运行 npx dianzhang migrate。'
  }
  if (code === '42501')
    return 'DATABASE_URL 的账号没有这项权限：升级、恢复用的账号请写进 DATABASE_OWNER_URL，再运行 npx dianzhang migrate 核定权限。'
  const file = fileProblems[code]
  if (file) return file(path === undefined ? '' : `：${path}`)
  return failedQuery ? `数据库：${message}` : message
}

let needed = true
/** A service goes on when nobody reads what it prints any more. */
export function outputMayEnd(): void {
  needed = false
}

/**
 * Ends the program when its output has nowhere to go: quietly with 141 when the reader left (`| head -1`), with 1 and a
 * sentence when it cannot be written. Work that has something to close is told by the signal it listens to.
 */
export function endWithOutput(): void {
  const onError = (error: NodeJS.ErrnoException): void => {
    if (!needed) return
    needed = false
    if (error.code !== 'EPIPE') process.stderr.write(`错误：结果写不出去：${sentenceOf(error)}\n`)
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(error.code === 'EPIPE' ? 141 : 1)
  }
  process.stdout.on('error', onError)
  process.stderr.on('error', onError)
}
