// The yearly drafting plan and the catalogue of major decisions: the lists, one of them, a proposal by an ordinary form.
import { randomUUID } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { proposeToList, publicYearlyList, publicYearlyLists } from '@dianzhang/workflow'
import type { Hono } from 'hono'
import { absent, commandIdOf, identifier, sentForm } from '../asked.ts'
import { notFoundPage } from '../pages/problems.tsx'
import { yearlyListPage, yearlyListsPage } from '../pages/yearly-lists.tsx'
import type { Room } from '../room.ts'

const wordOf = (value: unknown, most?: number): string =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim().slice(0, most) : ''

export function yearlyListRoutes(app: Hono, { office, page }: Room): void {
  const found = async (given: string) => {
    const id = identifier(given)
    return id === null ? null : publicYearlyList(office, id).catch(absent)
  }
  app.get('/yearly-lists', async (c) => page(c, yearlyListsPage(await publicYearlyLists(office))))
  app.get('/yearly-lists/:id', async (c) => {
    const list = await found(c.req.param('id'))
    const form = { commandId: randomUUID(), title: '', reason: '' }
    const sent = /^[1-9]\d{0,5}$/.exec(c.req.query('sent') ?? '')
    return page(c, list ? yearlyListPage(list, form, [], sent ? Number(sent[0]) : null) : notFoundPage('page'))
  })
  app.get('/yearly-lists/:id/proposals', (c) =>
    c.redirect(`/yearly-lists/${encodeURIComponent(c.req.param('id'))}`, 303),
  )
  app.post('/yearly-lists/:id/proposals', async (c) => {
    const list = await found(c.req.param('id'))
    if (!list) return page(c, notFoundPage('page'))
    const body = await sentForm(c)
    const form = {
      commandId: wordOf(body.commandId, 60),
      title: wordOf(body.title),
      reason: wordOf(body.reason),
    }
    const missing = [
      ...(form.title === '' ? ['请写明建议列入的事项'] : []),
      ...(form.reason === '' ? ['请写明为什么'] : []),
      ...(form.title.length > 300 ? [`建议列入的事项最多 300 字，现在是 ${form.title.length} 字`] : []),
      ...(form.reason.length > 4000 ? [`为什么最多 4000 字，现在是 ${form.reason.length} 字`] : []),
    ]
    if (missing.length > 0) return page(c, yearlyListPage(list, form, missing))
    let number: number
    try {
      const { commandId, ...given } = form
      const taken = await proposeToList(office, list.id, { ...given, commandId: commandIdOf(commandId, given) })
      number = taken.n
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return page(c, yearlyListPage(list, form, [error.message]))
    }
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/yearly-lists/${encodeURIComponent(list.id)}?sent=${number}`, 303)
  })
}
