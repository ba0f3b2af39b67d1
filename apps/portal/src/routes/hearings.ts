// Hearings: the list, one hearing, registering, the draw as data, withdrawing by receipt.
import { randomUUID } from 'node:crypto'
import { AppError, hearingContract } from '@dianzhang/contract'
import {
  hearingReceipt,
  type PublicHearing,
  publicHearing,
  publicHearings,
  registerForHearing,
  withdrawFromHearing,
} from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { commandIdOf, identifier, sentForm } from '../asked.ts'
import { drawPage, hearingPage, hearingReceiptPage, hearingsPage, type RegistrationForm } from '../pages/hearings.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import type { Room } from '../room.ts'

const empty = (): RegistrationForm => ({ commandId: randomUUID(), category: '', name: '', contact: '', statement: '' })
const titles: Record<string, string> = {
  category: '请选择您属于哪一类',
  name: '请填写姓名或单位名称，不超过 100 字',
  contact: '请填写电话（可以再写电子邮箱），不超过 200 字',
  statement: '请写明打算说什么，不超过 2000 字',
}

export function hearingRoutes(app: Hono, { office, page }: Room): void {
  const hearing = async (c: Context): Promise<PublicHearing | null> => {
    const id = identifier(c.req.param('id'))
    return id === null ? null : publicHearing(office, id)
  }
  app.get('/hearings', async (c) => page(c, hearingsPage(await publicHearings(office))))
  app.get('/hearings/:id', async (c) => {
    const found = await hearing(c)
    return page(c, found ? hearingPage(found, empty()) : notFoundPage('hearing'))
  })
  app.get('/hearings/:id/draw', async (c) => {
    const found = await hearing(c)
    return page(c, found ? drawPage(found) : notFoundPage('hearing'))
  })
  app.get('/hearings/:id/draw.json', async (c) => {
    const found = await hearing(c)
    return found?.draw ? c.json({ seats: found.categories, ...found.draw }) : page(c, notFoundPage('hearing'))
  })
  app.get('/hearings/:id/registrations', (c) =>
    c.redirect(`/hearings/${encodeURIComponent(c.req.param('id'))}#register`, 303),
  )
  app.post('/hearings/:id/registrations', async (c) => {
    const found = await hearing(c)
    if (!found) return page(c, notFoundPage('hearing'))
    const body = await sentForm(c)
    const word = (name: string): string => {
      const value = body[name]
      return typeof value === 'string'
        ? value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed().trim()
        : ''
    }
    const form: RegistrationForm = {
      commandId: word('commandId').slice(0, 60),
      category: word('category'),
      name: word('name'),
      contact: word('contact'),
      statement: word('statement'),
    }
    const { commandId: formId, ...given } = form
    const commandId = commandIdOf(formId, given)
    const checked = hearingContract.commands.Register.schema.safeParse({ ...given, commandId, expectedVersion: 0 })
    if (!checked.success) {
      const fields = [...new Set(checked.error.issues.map(({ path }) => String(path[0] ?? '')))]
      return page(
        c,
        hearingPage(
          found,
          form,
          fields.map((field) => ({ field, message: titles[field] ?? '请检查所填的内容' })),
        ),
      )
    }
    try {
      const { receipt } = await registerForHearing(office, found.id, given, commandId)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return page(c, hearingPage(found, form, [], error.message))
    }
  })
  app.post('/receipts/:code/withdraw', async (c) => {
    const code = identifier(c.req.param('code'))
    const found = code === null ? null : await hearingReceipt(office, code)
    if (code === null || !found) return page(c, notFoundPage('hearing'))
    const body = await sentForm(c)
    const formId = typeof body.commandId === 'string' ? body.commandId.slice(0, 60) : ''
    try {
      await withdrawFromHearing(office, code, commandIdOf(formId, { withdraw: found.registration }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return page(c, hearingReceiptPage(found, randomUUID(), error.message))
    }
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/receipts/${encodeURIComponent(code)}`, 303)
  })
}
