// 续页标记：对客户端不透明，只装着上一页末项的排序键。
import { AppError } from '@dianzhang/contract'

/** Packs the sort keys of the last row of a page into one opaque text. */
export function encodeCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url')
}

/** Reads a cursor of exactly `length` keys; refuses (`invalid`, field `cursor`) anything else. */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(keys) && keys.length === length && keys.every((key) => typeof key === 'string')) return keys
  } catch {
    // Answered below: a cursor is either ours or refused.
  }
  throw new AppError('invalid', '续页标记无效', {
    issues: [{ path: 'cursor', message: '续页标记无效，请从第一页重新开始' }],
  })
}
