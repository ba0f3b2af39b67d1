// 工作人员页面（/staff）：构建好的静态文件；其余路径一律给出同一页面，由浏览器内的路由决定显示什么。
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureWorkbenchBuilt, workbenchDir } from '@dianzhang/workbench'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { AppContext } from './context.ts'
import type { AppEnv } from './http/types.ts'

/** Mounts `/staff`. Builds on the first request when nothing fresh is there; call `ensureWorkbenchBuilt` earlier to avoid the wait. */
export function mountWorkbench(app: Hono<AppEnv>, ctx: AppContext): void {
  let ready: Promise<{ page: string }> | undefined
  const load = async () => {
    await ensureWorkbenchBuilt((line) => ctx.office.log.info({}, line))
    return { page: await readFile(join(workbenchDir, 'index.html'), 'utf8') }
  }
  const loaded = () => {
    ready ??= load().catch((error) => {
      ready = undefined
      throw error
    })
    return ready
  }
  // 构建好之后才有这个文件夹可言。
  let assets: ReturnType<typeof serveStatic<AppEnv>> | undefined
  const serve = () =>
    serveStatic<AppEnv>({
      root: workbenchDir,
      precompressed: true,
      rewriteRequestPath: (path) => path.replace(/^\/staff/, ''),
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    })
  app.get('/staff/assets/*', async (c, next) => {
    await loaded()
    assets ??= serve()
    return assets(c, next)
  })
  app.on('GET', ['/staff', '/staff/*'], async (c, next) => {
    // A file that is not there must not be answered with a page.
    if (/^\/staff\/assets\//.test(c.req.path)) return next()
    const { page } = await loaded()
    c.header('Cache-Control', 'no-store')
    return c.html(page.replace('__CSP_NONCE__', c.get('secureHeadersNonce') ?? ''))
  })
}
