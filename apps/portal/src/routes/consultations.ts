// Consultations: the list, the draft, the feedback, giving an opinion.
import { randomUUID } from 'node:crypto'
import { AppError, commandSchemas } from '@dianzhang/contract'
import { type ConsultationDetail, getConsultation, getFeedback, listConsultations } from '@dianzhang/register'
import { submitComment } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { consultationHref } from '../addresses.ts'
import { commandIdOf, filled, identifier } from '../asked.ts'
import {
  type CommentForm,
  consultationPage,
  consultationsPage,
  type FieldProblem,
  feedbackPage,
} from '../pages/consultations.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import { commentable, readingOf } from '../reading.ts'
import type { Room } from '../room.ts'
import { viewOf } from '../view.tsx'
import { closingWords } from '../words.ts'

export function consultationRoutes(app: Hono, { office, site, page, now, read }: Room): void {
  app.get('/consultations', async (c) => {
    const state = c.req.query('state') === 'closed' ? 'closed' : 'open'
    const found = await listConsultations(office.readDb, {
      open: state === 'open',
      cursor: filled(c.req.query('cursor')),
      limit: 20,
      now: now(),
    })
    return page(c, consultationsPage(viewOf(c, site), state, found))
  })
  const consultation = async (c: Context): Promise<ConsultationDetail | null> => {
    const id = identifier(c.req.param('id'))
    return id === null ? null : await getConsultation(office.readDb, id, { now: now() })
  }
  const draftPage = async (c: Context, item: ConsultationDetail, ...rest: FormAndOutcome): Promise<Response> => {
    const view = viewOf(c, site)
    const { today } = view
    const reading = await read(item.body, { on: today, today, jurisdiction: item.jurisdiction })
    return page(c, consultationPage(view, item, reading, await readingOf(item.explanatoryNote), ...rest))
  }
  app.get('/consultations/:id', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return draftPage(c, item, { ...emptyComment(), anchor: c.req.query('anchor') ?? '' })
  })
  app.get('/consultations/:id/feedback', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return page(c, feedbackPage(item, await getFeedback(office.readDb, item.id)))
  })
  // Someone who reloads after submitting, or edits the address, returns to the form.
  app.get('/consultations/:id/comments', (c) => c.redirect(`${consultationHref(c.req.param('id'))}#comment`, 303))
  app.post('/consultations/:id/comments', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    const form = readComment(await c.req.parseBody())
    if (!item.open) {
      const refusal = `《${item.title}》的征求意见已经结束：${closingWords(item.closesOn)}。`
      return draftPage(c, item, form, { refusal })
    }
    const checked = await checkComment(item, form)
    if ('problems' in checked) return draftPage(c, item, form, { problems: checked.problems })
    try {
      const { receipt } = await submitComment(office, item.id, checked.comment, checked.commandId)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'refused' && error.code !== 'conflict')) throw error
      // Right around the closing instant: the write entry's judgement prevails.
      return draftPage(c, (await consultation(c)) ?? item, form, { refusal: `${error.message}。` })
    }
  })
}

type FormAndOutcome =
  Parameters<typeof consultationPage> extends [unknown, unknown, unknown, unknown, ...infer Rest] ? Rest : never

const emptyComment = (): CommentForm => ({ commandId: randomUUID(), anchor: '', text: '', name: '', contact: '' })

function readComment(body: Record<string, unknown>): CommentForm {
  const field = (name: string): string => {
    const value = body[name]
    // A browser submits line breaks as CRLF; storing, counting and digests all use LF.
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed() : ''
  }
  const commandId = field('commandId')
  const known = commandSchemas.SubmitComment.shape.commandId.safeParse(commandId).success
  return {
    commandId: known ? commandId : randomUUID(),
    anchor: field('anchor'),
    text: field('text'),
    name: field('name'),
    contact: field('contact'),
  }
}

const commentMessages: Record<FieldProblem['field'], (value: string) => string> = {
  text: (value) =>
    value.trim() === ''
      ? '请填写意见内容'
      : `意见内容不能超过 20000 字，现在是 ${value.trim().length} 字，可以分两次提交`,
  name: () => '姓名或单位名称不能超过 100 字',
  contact: () => '联系方式不能超过 200 字',
  anchor: () => '所选的部分不在征求意见稿中，请重新选择',
}

/** Checks the form against the very schema of the write entry; errors are explained item by item. */
async function checkComment(
  item: ConsultationDetail,
  form: CommentForm,
): Promise<
  | { problems: FieldProblem[] }
  | {
      commandId: string
      comment: { text: string; name?: string; contact?: string; anchor?: { element: string; quote: string } }
    }
> {
  const part =
    form.anchor === ''
      ? null
      : commentable((await readingOf(item.body)).structure).find(({ address }) => address === form.anchor)
  const comment = {
    text: form.text.trim(),
    ...(form.name.trim() ? { name: form.name.trim() } : {}),
    ...(form.contact.trim() ? { contact: form.contact.trim() } : {}),
    ...(part ? { anchor: { element: part.address, quote: part.words.slice(0, 200).toWellFormed() } } : {}),
  }
  const fields = new Set<FieldProblem['field']>(part === undefined ? ['anchor'] : [])
  const parsed = commandSchemas.SubmitComment.safeParse({
    type: 'SubmitComment',
    commandId: form.commandId,
    expectedVersion: 0,
    ...comment,
  })
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0]
    if (field === 'text' || field === 'name' || field === 'contact' || field === 'anchor') fields.add(field)
  }
  if (fields.size > 0)
    return { problems: [...fields].map((field) => ({ field, message: commentMessages[field](form[field]) })) }
  return { commandId: commandIdOf(form.commandId, comment), comment }
}
