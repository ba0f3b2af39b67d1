// Cleanups: the list, the lists of one, an opinion given on the page during the notice.
import { randomUUID } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { objectToCleanup, publicCleanup, publicCleanups } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { identifier, sentForm } from '../asked.ts'
import { cleanupOnePage, cleanupsPage, type ObjectionForm } from '../pages/cleanups.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import type { Room } from '../room.ts'

export function cleanupsRoutes(app: Hono, { office, page }: Room): void {
  app.get('/cleanups', async (c) => page(c, cleanupsPage(await publicCleanups(office, { limit: 200 }))))
  const one = async (c: Context, form?: ObjectionForm, told: Parameters<typeof cleanupOnePage>[2] = {}) => {
    const id = identifier(c.req.param('id') ?? '')
    if (id === null) return page(c, notFoundPage())
    try {
      const received = Number(c.req.query('received'))
      return page(
        c,
        cleanupOnePage(await publicCleanup(office, id), form ?? { commandId: randomUUID(), text: '', item: '' }, {
          ...(Number.isInteger(received) && received > 0 ? { received } : {}),
          ...told,
        }),
      )
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return page(c, notFoundPage())
      throw error
    }
  }
  app.get('/cleanups/:id', (c) => one(c))
  app.post('/cleanups/:id/objections', async (c) => {
    const given = await sentForm(c)
    const words = (name: string): string => (typeof given[name] === 'string' ? (given[name] as string) : '')
    const form = { commandId: words('commandId') || randomUUID(), text: words('text'), item: words('item') }
    const id = identifier(c.req.param('id')) ?? ''
    if (form.text.trim() === '') return one(c, form, { problem: '请写明意见。' })
    try {
      const { n } = await objectToCleanup(office, id, {
        text: form.text.trim().slice(0, 20_000),
        commandId: form.commandId,
        ...(form.item === '' ? {} : { item: form.item }),
      })
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/cleanups/${encodeURIComponent(id)}?received=${n}#object`, 303)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return one(c, form, { problem: error.message })
    }
  })
}
