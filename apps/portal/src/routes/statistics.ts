// Statistics of a year and the list behind each number; annual reports.
import {
  filingList,
  publicReport,
  publicReports,
  publicScorecard,
  publicScorecards,
  statisticList,
  statisticsWithQuarters,
} from '@dianzhang/workflow'
import type { Hono } from 'hono'
import { absent, filled, identifier, invalid, passedOver } from '../asked.ts'
import { annualReportPage, annualReportsPage } from '../pages/annual-reports.tsx'
import { filingListPage } from '../pages/filing-list.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import { scorecardsPage, unitScorecardPage } from '../pages/scorecards.tsx'
import { statisticListPage, statisticsPage } from '../pages/statistics.tsx'
import type { Room } from '../room.ts'

const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const parts = ['count', 'numerator', 'denominator'] as const

export function statisticsRoutes(app: Hono, { office, page, now }: Room): void {
  /** The year asked for, whether it is the present one, and those to choose from. */
  const yearOf = (year: string | undefined) => {
    const present = Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(now()))
    const asked = Number(filled(year) ?? present)
    if (!Number.isInteger(asked) || asked < 2000 || asked > present) throw invalid(`年份写2000至${present}之间的一年`)
    const years = [present, present - 1, present - 2, ...(asked < present - 2 ? [asked] : [])]
    return { asked, years, present }
  }
  app.get('/filing-list', async (c) => {
    const { asked, years } = yearOf(c.req.query('year'))
    return page(c, filingListPage(await filingList(office, { year: asked }), years))
  })
  app.get('/statistics', async (c) => {
    const { asked, years, present } = yearOf(c.req.query('year'))
    const period = asked === present ? {} : { from: `${asked}-01-01`, to: `${asked}-12-31` }
    return page(c, statisticsPage(await statisticsWithQuarters(office, period), years, asked))
  })
  app.get('/statistics/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const asked = (name: string): string | undefined => filled(c.req.query(name))
    for (const name of ['from', 'to', 'as_of'])
      if (asked(name) !== undefined && !day.test(asked(name) ?? '')) throw invalid('日期写成2026-01-31这样')
    const part = parts.find((x) => x === asked('part'))
    const query = {
      from: asked('from'),
      to: asked('to'),
      as_of: asked('as_of'),
      issuer: asked('issuer')?.slice(0, 200),
      jurisdiction: asked('jurisdiction')?.slice(0, 40),
      unit: asked('unit')?.slice(0, 60),
      part,
    }
    const found = id === null ? null : await statisticList(office, id, query).catch(absent)
    return page(c, found ? statisticListPage(found, query, passedOver(c, 'after')) : notFoundPage('page'))
  })
  app.get('/scorecards', async (c) => {
    const year = Number(c.req.query('year'))
    const asked = Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : undefined
    return page(c, scorecardsPage(await publicScorecards(office, asked)))
  })
  app.get('/scorecards/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const found = id === null ? null : await publicScorecard(office, id).catch(absent)
    return page(c, found ? unitScorecardPage(found) : notFoundPage('page'))
  })
  app.get('/annual-reports', async (c) => page(c, annualReportsPage(await publicReports(office))))
  app.get('/annual-reports/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const found = id === null ? null : await publicReport(office, id).catch(absent)
    return page(c, found ? annualReportPage(found) : notFoundPage('page'))
  })
}
