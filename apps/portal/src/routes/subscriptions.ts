// Subscriptions: looking at a page changes nothing; only a button, or the one click of a program of mail (RFC 8058), does.
import { AppError, type SubscriptionKind, subscriptionKinds } from '@dianzhang/contract'
import { confirmSubscription, endSubscription, subscribe, subscriptionOf } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { absent, identifier, sentForm } from '../asked.ts'
import type { FieldFault } from '../pages/parts.tsx'
import {
  askedPage,
  endedPage,
  endPage,
  gonePage,
  type SubscriptionForm,
  type SubscriptionShown,
  subscribePage,
  subscriptionPage,
} from '../pages/subscriptions.tsx'
import type { Room } from '../room.ts'

const word = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const formOf = (given: Record<string, unknown>): SubscriptionForm => ({
  kind: Object.hasOwn(subscriptionKinds, word(given.kind)) ? (word(given.kind) as SubscriptionKind) : 'consultations',
  about: word(given.about).slice(0, 500),
  rhythm: word(given.rhythm) === 'weekly' ? 'weekly' : 'immediate',
  address: word(given.address).slice(0, 254),
})

/** What is wrong, each beside its field; what names none of them stands at the address. */
const faultsOf = (error: AppError): FieldFault[] =>
  error.extra.issues?.map(({ path, message }) => ({ field: path === 'about' ? 'about' : 'address', message })) ?? [
    { field: 'address', message: error.message },
  ]

export function subscriptionRoutes(app: Hono, { office, page }: Room): void {
  const mail = () => office.outward?.channels.has('mail') ?? false
  const shownOf = async (c: Context, token: string): Promise<SubscriptionShown | null> => {
    const id = identifier(c.req.param('id'))
    const found = id === null || token === '' ? null : await subscriptionOf(office, id, token.slice(0, 100))
    return found ? { ...found, token } : null
  }
  app.get('/subscriptions', (c) => page(c, subscribePage(formOf(c.req.query()), mail())))
  app.post('/subscriptions', async (c) => {
    const form = formOf(await sentForm(c))
    c.header('Cache-Control', 'no-store')
    try {
      await subscribe(office, form)
      return page(c, askedPage())
    } catch (error) {
      if (!(error instanceof AppError) || !['invalid', 'conflict'].includes(error.code)) throw error
      return page(c, subscribePage(form, mail(), faultsOf(error)))
    }
  })
  app.get('/subscriptions/:id', async (c) => {
    const shown = await shownOf(c, c.req.query('token') ?? '')
    return page(c, shown ? subscriptionPage(shown) : gonePage())
  })
  app.post('/subscriptions/:id/confirm', async (c) => {
    const token = word((await sentForm(c)).token)
    const shown = await shownOf(c, token)
    if (!shown) return page(c, gonePage())
    const found = await confirmSubscription(office, shown.id, token).catch(absent)
    return page(c, found ? subscriptionPage({ ...found, token }) : gonePage())
  })
  app.get('/subscriptions/:id/end', async (c) => {
    const shown = await shownOf(c, c.req.query('token') ?? '')
    return page(c, shown ? endPage(shown) : gonePage())
  })
  // The token stands in the address when a program of mail posts, in the form when a person does.
  app.post('/subscriptions/:id/end', async (c) => {
    const token = c.req.query('token') ?? word((await sentForm(c)).token)
    const id = identifier(c.req.param('id'))
    if (id !== null && token !== '') await endSubscription(office, id, token.slice(0, 100))
    return page(c, endedPage())
  })
}
