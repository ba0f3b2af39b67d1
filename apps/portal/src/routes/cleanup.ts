// Lists of documents by force, to be downloaded.
import { isPlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { sheetFile, tableFormats } from '@dianzhang/formats'
import {
  type CleanupItem,
  type CleanupList,
  cleanupItems,
  cleanupListNames,
  cleanupOverview,
} from '@dianzhang/register'
import type { Context, Hono } from 'hono'
import { disposition, filled, invalid, problemWords } from '../asked.ts'
import { type CleanupForm, cleanupPage, cleanupSheet, inOverview, itemsPerPage, itemsShown } from '../pages/cleanup.tsx'
import type { Room } from '../room.ts'
import { viewOf } from '../view.tsx'

export function cleanupRoutes(app: Hono, { office, site, page, now }: Room): void {
  const cleanup = async (c: Context, every: boolean) => {
    const form = cleanupForm(c)
    const asked = { ...cleanupQuery(form), now: now() }
    const overview = await cleanupOverview(office.readDb, asked)
    const number = c.req.query('page') ?? '1'
    if (!/^[1-9]\d{0,5}$/.test(number)) throw invalid('页数应当是正整数')
    const at = form.list === '' ? 1 : Number(number)
    const size = every ? 100_000 : form.list === '' ? itemsShown : itemsPerPage
    const sections: Array<{ list: CleanupList; items: CleanupItem[] }> = []
    for (const { list, count } of overview.counts) {
      const wanted = form.list === '' ? (every ? count > 0 : inOverview({ list, count })) : form.list === list
      if (wanted)
        sections.push({
          list,
          items: count === 0 ? [] : await cleanupItems(office.readDb, list, { ...asked, page: every ? 1 : at, size }),
        })
    }
    return { overview, sections, page: at }
  }
  app.get('/cleanup', async (c) => {
    const view = viewOf(c, site)
    try {
      return page(c, cleanupPage(view, cleanupForm(c), await cleanup(c, false)))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
      return page(c, cleanupPage(view, cleanupForm(c), { problem: problemWords(error) }))
    }
  })
  for (const format of tableFormats)
    app.get(`/cleanup.${format}`, async (c) => {
      const { sections, overview } = await cleanup(c, true)
      const name = `规范性文件清理目录（截至${overview.asOf}）`
      const file = await sheetFile(cleanupSheet(sections, viewOf(c, site).origin), format, name)
      return c.body(new Uint8Array(file.bytes), 200, {
        'Content-Type': file.mediaType,
        'Content-Disposition': disposition(file.name),
        'Cache-Control': 'public, no-cache',
      })
    })
}

function cleanupForm(c: Context): CleanupForm {
  const text = (name: string): string => (c.req.query(name) ?? '').trim()
  const list = text('list')
  return {
    on: text('on'),
    year: text('year'),
    issuer: text('issuer'),
    list: cleanupListNames.find((one) => one === list) ?? '',
  }
}
function cleanupQuery(form: CleanupForm) {
  if (form.on !== '' && !isPlainDate(form.on)) throw invalid('“截至哪一天”应当是真实存在的日期，如 2026-03-01')
  if (form.year !== '' && !/^\d{4}$/.test(form.year)) throw invalid('年份应当是四位数字，如 2026')
  return {
    on: filled(form.on),
    year: form.year === '' ? undefined : Number(form.year),
    issuer: filled(form.issuer),
  }
}
