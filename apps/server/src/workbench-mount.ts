// Staff pages (/staff): built static files; every other path gives the same page, and the router in the browser
// decides what to show.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureWorkbenchBuilt, workbenchDir } from '@dianzhang/workbench'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { AppContext } from './context.ts'
import type { AppEnv } from './http/types.ts'

/**
 * Mounts `/staff`. Builds on the first request when nothing fresh is there; call `ensureWorkbenchBuilt` earlier to avoid
 * the wait. Another `folder` than the workbench's own is served as it is.
 */
export function mountWorkbench(app: Hono<AppEnv>, ctx: Pick<AppContext, 'office'>, folder = workbenchDir): void {
  let ready: Promise<unknown> | undefined
  const built = () => {
    if (folder !== workbenchDir) return
    ready ??= ensureWorkbenchBuilt((line) => ctx.office.log.info({}, line)).catch((error) => {
      ready = undefined
      throw error
    })
    return ready
  }
  // Built anew while the server runs, the page names other parts than before: it is read again when it has changed.
  let page = { at: 0, html: '' }
  const index = async (): Promise<string> => {
    const file = join(folder, 'index.html')
    try {
      const { mtimeMs } = await stat(file)
      if (mtimeMs !== page.at) page = { at: mtimeMs, html: await readFile(file, 'utf8') }
    } catch (error) {
      // For the moment in which the new build is moved into place there is none.
      if (page.html === '') throw error
    }
    return page.html
  }
  const from = (root: string) =>
    serveStatic<AppEnv>({
      root,
      precompressed: true,
      rewriteRequestPath: (path) => path.replace(/^\/staff\/assets/, ''),
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    })
  // Only after the build is there such a folder.
  let assets: ReturnType<typeof from> | undefined
  app.get('/staff/assets/*', async (c, next) => {
    await built()
    assets ??= from(join(folder, 'assets'))
    return assets(c, next)
  })
  // A page opened before the last builds asks for its parts by their old names.
  app.get('/staff/assets/*', async (c, next) => {
    const previous = join(folder, 'previous')
    for (const build of (await readdir(previous).catch(() => [])).sort().reverse()) {
      const found = await from(join(previous, build))(c, async () => {})
      if (found) return found
    }
    return next()
  })
  app.on('GET', ['/staff', '/staff/*'], async (c, next) => {
    // A file that is not there must not be answered with a page.
    if (/^\/staff\/assets\//.test(c.req.path)) return next()
    await built()
    c.header('Cache-Control', 'no-store')
    return c.html((await index()).replaceAll('__CSP_NONCE__', c.get('secureHeadersNonce') ?? ''))
  })
}
