// 地址与表单里来的：标识、空着的、下载的名称、不合法的怎样说。
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'

/** 没有这一件的为 null；其余的错照旧。 */
export function absent(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null
  throw error
}

export const filled = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value

/** 地址里的标识；不可能是标识的（太长、含有控制字符）为 null。 */
export function identifier(value: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: 数据库不接受这些字符
  if (value === undefined || value === '' || value.length > 200 || /[\u0000-\u001f\u007f]/.test(value)) return null
  return value.isWellFormed() ? value : null
}

/** 站内地址：绝不以两个斜杠开头，以免跳到别的网站。 */
export const localPath = (pathname: string, search: string): string => `/${pathname.replace(/^[/\\]+/, '')}${search}`

const rfc5987 = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** 只供下载：浏览器不在本站的地址下打开。 */
export const disposition = (name: string): string =>
  `attachment; filename="attachment"; filename*=UTF-8''${rfc5987(name)}`

export const problemWords = (error: AppError): string =>
  error.extra.issues?.map((issue) => issue.message).join('；') || error.message

export const invalid = (message: string): AppError =>
  new AppError('invalid', message, { issues: [{ path: '', message }] })

/**
 * 同一张表单、同样的内容 → 同一个命令标识：连按两次只记一条。退回去改了内容再提交，则是新的一条。
 */
export function commandIdOf(formId: string, content: object): string {
  const hex = createHash('sha256')
    .update(`${formId}\n${JSON.stringify(content)}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
