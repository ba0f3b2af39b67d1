// What comes from addresses and forms: ids, what was left empty, names of downloads, how a fault is said.
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import type { Context } from 'hono'

/** null where there is no such thing; any other error goes on. */
export function absent(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null
  throw error
}

export const filled = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value

/** An identifier in the address; null for what cannot be one (too long, or with control characters). */
export function identifier(value: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: 数据库不接受这些字符
  if (value === undefined || value === '' || value.length > 200 || /[\u0000-\u001f\u007f]/.test(value)) return null
  return value.isWellFormed() ? value : null
}

type Sent = string | File
/** Without what no text holds and the database does not take: NUL, halves of a pair. What a person wrote around it stays. */
const storable = (value: Sent): Sent =>
  typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
/** A form that was sent; `all`: fields of the same name as a list. The only way in for forms. */
export async function sentForm(c: Context, options: { all?: boolean } = {}): Promise<Record<string, Sent | Sent[]>> {
  const body = (await c.req.parseBody(options)) as Record<string, Sent | Sent[]>
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value.map(storable) : storable(value)]),
  )
}

/** An address within the site: never begins with two slashes, so that it cannot lead to another site. */
export const localPath = (pathname: string, search: string): string => `/${pathname.replace(/^[/\\]+/, '')}${search}`

const rfc5987 = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** For download only: the browser does not open it under this site's address. */
export const disposition = (name: string): string =>
  `attachment; filename="attachment"; filename*=UTF-8''${rfc5987(name)}`

export const problemWords = (error: AppError): string =>
  error.extra.issues?.map((issue) => issue.message).join('；') || error.message

export const invalid = (message: string): AppError =>
  new AppError('invalid', message, { issues: [{ path: '', message }] })

/**
 * The same form with the same content → the same command id: pressing twice records only one. Going back, changing
 * the content and submitting again makes a new one.
 */
export function commandIdOf(formId: string, content: object): string {
  const hex = createHash('sha256')
    .update(`${formId}\n${JSON.stringify(content)}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
/** How many rows the page passes over (`?from=`, or as `name` says); what is no such number is none. */
export function passedOver(c: Context, name = 'from'): number {
  const from = c.req.query(name) ?? ''
  return /^\d{1,7}$/.test(from) ? Number(from) : 0
}
