// 公众网站的挂接处，挂在一切接口之后；页面由门户包给出，跨站检查与限速仍由服务端把关。
import { createPortal } from '@dianzhang/portal'
import type { Hono } from 'hono'
import type { AppContext } from './context.ts'
import type { AppEnv } from './http/types.ts'

/** Mounts the pages at `/`. */
export function mountPortal(app: Hono<AppEnv>, ctx: AppContext): void {
  app.use('/consultations/*', async (c, next) => {
    if (c.req.method === 'POST') ctx.limits.publicWrites.take(c.get('address'))
    await next()
  })
  app.use('/receipts/*', async (c, next) => {
    ctx.limits.receipts.take(c.get('address'))
    await next()
  })
  // 门户是自成一体的应用：它自己的 404 与错误页也由它给出。
  const portal = createPortal({ office: ctx.office, publicUrl: ctx.publicUrl })
  app.all('*', async (c) => {
    const answer = await portal.fetch(c.req.raw)
    const page = new Response(answer.body, answer)
    page.headers.set('X-Request-Id', c.get('requestId'))
    return page
  })
}
