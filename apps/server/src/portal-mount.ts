// Where the public site is mounted, after all interfaces; the portal package gives the pages, the server still sets
// the cross-site check and the rates.
import { AppError } from '@dianzhang/contract'
import { createPortal, type LogShown, type PortalEnv } from '@dianzhang/portal'
import { formatVerifierKey } from '@dianzhang/tlog'
import type { Hono } from 'hono'
import type { AppContext } from './context.ts'
import { inTime, portalPatience } from './http/patience.ts'
import type { AppEnv } from './http/types.ts'

/** What the page on the public log shows; null: it is not kept here, or there is none yet. */
async function logShown({ log: keeper, office }: AppContext): Promise<LogShown | null> {
  const head = await keeper?.head()
  if (!keeper || !head) return null
  const { current, retired } = keeper.keys(head.code)
  const witnessKeys = keeper.policy().witnesses.map(({ key }) => formatVerifierKey(key))
  const demo = office.mode !== 'serve'
  return { ...head, keys: current, retired, breaks: keeper.breaks(head.code), demo, witnessKeys }
}

/** Where the public says something about a draft: beyond the frequency it is held for a person to look at, not lost. */
const opinions = /^\/(?:consultations\/[^/]+\/comments|invitations\/[^/]+)$/
function floods(take: () => void): boolean {
  try {
    take()
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true
    throw error
  }
}

/** Mounts the pages at `/`. The portal is an application of its own: its 404 and error pages are its own, too. */
export function mountPortal(app: Hono<AppEnv>, ctx: AppContext): void {
  const portal = createPortal({
    office: ctx.office,
    publicUrl: ctx.publicUrl,
    owner: ctx.site ?? null,
    log: () => logShown(ctx),
  })
  app.all('*', async (c) => {
    const address = c.get('address')
    const env: PortalEnv = {
      inTime: (method, path, work) => inTime({ method, path }, work, portalPatience),
      requestId: c.get('requestId'),
      admit: (method, path) => {
        if (method === 'POST' && opinions.test(path)) env.flooding = floods(() => ctx.limits.publicWrites.take(address))
        else if (method === 'POST') ctx.limits.publicWrites.take(address)
        else if (/^\/receipts\/./.test(path)) ctx.limits.receipts.take(address)
        else if (/^\/register\/[^/]+\/export\//.test(path)) ctx.limits.exports.take(address)
      },
    }
    const answer = await portal.fetch(c.req.raw, env)
    if (env.again) c.set('again', env.again)
    const page = new Response(answer.body, answer)
    page.headers.set('X-Request-Id', c.get('requestId'))
    return page
  })
}
