// No answer in time: 503, saying whether to try again; uploads do not count.
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { answerInTime } from './patience.ts'
import { onError } from './problem.ts'
import type { AppEnv } from './types.ts'

const app = new Hono<AppEnv>()
app.use(async (c, next) => {
  c.set('requestId', 'request-1')
  c.set('log', { error() {}, warn() {}, info() {} } as never)
  await next()
})
app.use(answerInTime({ reading: 30, work: 300 }))
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
app.all('*', async (c) => {
  await after(Number(c.req.query('ms')))
  if (c.req.query('fails')) throw new Error('later')
  return c.text('答')
})
app.onError(onError)

test.each([
  ['GET', '/register?ms=0', 200],
  ['GET', '/register?ms=120', 503],
  ['GET', '/register?ms=120&fails=1', 503],
  ['GET', '/public/v1/documents.xlsx?ms=120', 200],
  ['GET', '/public/v1/documents/1/export/pdf?ms=120', 200],
  ['GET', '/bulk/all.jsonl?ms=600', 503],
  ['POST', '/api/documents?ms=120', 200],
  ['POST', '/api/documents?ms=600', 503],
  ['POST', '/api/documents/1/docx-import?ms=600', 200],
] as const)('%s %s → %i', async (method, path, status) => {
  const answer = await app.request(path, { method })
  expect(answer.status).toBe(status)
  if (status !== 503) return
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  const { detail } = (await answer.json()) as { detail: string }
  expect(detail).toMatch(method === 'GET' ? /没有答复.*再试/ : /可能已经办理.*不会办两遍/)
  // An answer or an error that comes late concerns nobody any more.
  await after(150)
})
