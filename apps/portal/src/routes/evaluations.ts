// Post-evaluations: those of a year, the result of one.
import { publicEvaluation, publicEvaluations, scorecard } from '@dianzhang/workflow'
import type { Hono } from 'hono'
import { absent, identifier } from '../asked.ts'
import { evaluationPage, evaluationsPage } from '../pages/evaluations.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import { scorecardPage } from '../pages/scorecard.tsx'
import type { Room } from '../room.ts'

export function evaluationRoutes(app: Hono, { office, page }: Room): void {
  app.get('/evaluations', async (c) => {
    const year = Number(c.req.query('year'))
    const asked = Number.isInteger(year) && year >= 2000 && year <= 2100 ? { year } : {}
    return page(c, evaluationsPage(await publicEvaluations(office, asked)))
  })
  app.get('/scorecard', async (c) => {
    const year = Number(c.req.query('year'))
    const asked =
      Number.isInteger(year) && year >= 2000 && year < office.clock.now().getFullYear()
        ? { from: `${year}-01-01`, to: `${year}-12-31` }
        : {}
    return page(c, scorecardPage(await scorecard(office, asked)))
  })
  app.get('/evaluations/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const found = id === null ? null : await publicEvaluation(office, id).catch(absent)
    return page(c, found ? evaluationPage(found) : notFoundPage('page'))
  })
}
