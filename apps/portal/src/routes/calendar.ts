// Reckoning of periods.
import { CalendarError, isPlainDate, type PeriodAnswer, type Unit } from '@dianzhang/calendar'
import { listJurisdictions } from '@dianzhang/register'
import type { Office } from '@dianzhang/workflow'
import type { Hono } from 'hono'
import { type CalendarForm, calendarPage, unitWords } from '../pages/calendar.tsx'
import type { Room } from '../room.ts'
import { viewOf } from '../view.tsx'

export function calendarRoutes(app: Hono, { office, site, page }: Room): void {
  app.get('/calendar', async (c) => {
    const view = viewOf(c, site)
    const [places] = await Promise.all([listJurisdictions(office.readDb), office.rules.refresh()])
    const known = places.filter(({ id }) => office.rules.versions(id).length > 0)
    const form: CalendarForm = {
      jurisdiction: c.req.query('jurisdiction') ?? 'CN',
      start: c.req.query('start') ?? '',
      days: c.req.query('days') ?? '',
      unit: c.req.query('unit') ?? 'working_day',
      mode: c.req.query('mode') === 'minimum' ? 'minimum' : 'deadline',
    }
    const asked = c.req.query('start') !== undefined || c.req.query('days') !== undefined
    const answer = asked ? reckon(form, known, office) : null
    return page(c, calendarPage(view, { ...form, start: form.start || view.today }, known, answer))
  })
}

/** Computes the period from the form; if there is an error, says where. */
function reckon(
  form: CalendarForm,
  known: ReadonlyArray<{ id: string }>,
  office: Office,
): PeriodAnswer | { problem: string } {
  if (!known.some(({ id }) => id === form.jurisdiction)) return { problem: '没有这个地区的日历，请重新选择。' }
  if (!Object.hasOwn(unitWords, form.unit)) return { problem: '期限的单位有误，请重新选择。' }
  if (!/^\d{1,5}$/.test(form.days)) return { problem: '期限应当填写不小于零的整数。' }
  if (!isPlainDate(form.start)) return { problem: '日期应当是真实存在的日期，如 2026-03-01。' }
  try {
    return office.rules.calendar(form.jurisdiction).explain({
      start: form.start,
      amount: Number(form.days),
      unit: form.unit as Unit,
      mode: form.mode === 'minimum' ? 'minimum' : 'deadline',
    })
  } catch (error) {
    if (error instanceof CalendarError) return { problem: `${error.message}。` }
    throw error
  }
}
