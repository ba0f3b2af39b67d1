// One HTTP request outside: no redirect is followed, nothing waits longer than asked, no answer is read beyond what is
// needed.
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP } from 'node:net'
import { type Allowed, guardedLookup, refusedUrl } from './addresses.ts'

export interface Asked {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | undefined
  /** Names that may stand inside; null: the address comes from the configuration and may be anywhere. */
  allowed: Allowed | null
  timeoutMs: number
  resolve?: Parameters<typeof guardedLookup>[2]
}
/** The status and the first 64 KB of the answer. Throws when there is none. */
export function ask(asked: Asked): Promise<{ status: number; body: string }> {
  const url = new URL(asked.url)
  if (asked.allowed) {
    const why = refusedUrl(asked.url, asked.allowed)
    if (why !== null) return Promise.reject(new Error(why))
  }
  return new Promise((resolve, reject) => {
    const lookup =
      asked.allowed && isIP(url.hostname) === 0 ? guardedLookup(url, asked.allowed, asked.resolve) : undefined
    const request = (url.protocol === 'https:' ? secure : plain)(
      url,
      {
        method: asked.method,
        headers: {
          ...asked.headers,
          ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
        },
        agent: false,
        ...(lookup ? { lookup } : {}),
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          if (body.length < 65_536) body += part
          else response.destroy()
        })
        const done = () => resolve({ status: response.statusCode ?? 0, body: body.slice(0, 65_536) })
        response.on('end', done)
        response.on('close', done)
        response.on('error', done)
      },
    )
    const impatient = setTimeout(
      () => request.destroy(new Error(`${asked.timeoutMs / 1000} 秒没有答复`)),
      asked.timeoutMs,
    )
    request.on('close', () => clearTimeout(impatient))
    request.on('error', reject)
    request.end(asked.body)
  })
}
