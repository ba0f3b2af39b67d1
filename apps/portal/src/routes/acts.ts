// Superior acts: the search, and the page of one with the local documents that rest on it.
import { catalogueAbout, impactOf, knownAct, searchKnownActs } from '@dianzhang/register'
import { type MandateState, mandates } from '@dianzhang/workflow'
import type { Hono } from 'hono'
import { filled, passedOver } from '../asked.ts'
import { actPage, actsPage } from '../pages/acts.tsx'
import { mandatesPage } from '../pages/mandates.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import type { Room } from '../room.ts'
import { viewOf } from '../view.tsx'

export function actRoutes(app: Hono, { office, page, site }: Room): void {
  app.get('/acts', async (c) => {
    const view = viewOf(c, site)
    const q = (filled(c.req.query('q')) ?? '').slice(0, 200)
    const from = passedOver(c)
    const found =
      q === '' ? { items: [], total: 0 } : await searchKnownActs(office.readDb, { q, on: view.today, limit: 50, from })
    return page(c, actsPage(view, q, found, catalogueAbout.asOf, from))
  })
  app.get('/mandates', async (c) => {
    const view = viewOf(c, site)
    const wanted = c.req.query('state')
    const state: MandateState = wanted === 'made' || wanted === 'missing' ? wanted : 'must'
    const asked = { state, on: view.today, limit: 100, from: passedOver(c) }
    return page(c, mandatesPage(await mandates(office.readDb, asked)))
  })
  app.get('/acts/:id', async (c) => {
    const view = viewOf(c, site)
    const id = c.req.param('id')
    const found = id.length > 400 ? null : await knownAct(office.readDb, { id, on: view.today })
    if (!found) return page(c, notFoundPage('page'))
    const after = filled(c.req.query('after'))?.slice(0, 2000)
    const impact = await impactOf(office.readDb, { act: id, on: view.today, limit: 300, cursor: after })
    return page(c, actPage(view, found, impact, after !== undefined))
  })
}
