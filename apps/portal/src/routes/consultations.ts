// Consultations: the list, the draft, the feedback, giving an opinion.
import { randomUUID } from 'node:crypto'
import { AppError, commandSchemas } from '@dianzhang/contract'
import { type ConsultationDetail, getConsultation, getFeedback, listConsultations } from '@dianzhang/register'
import {
  clauseFeedback,
  feedbackTerm,
  feedbackTerms,
  formToken,
  openInvitation,
  publishedComments,
  submitComment,
  suspicionOf,
  takeFiles,
} from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { consultationHref } from '../addresses.ts'
import { commandIdOf, filled, identifier, sentForm } from '../asked.ts'
import { clausesPage, opinionsPage } from '../pages/consultation-results.tsx'
import {
  type CommentForm,
  type CommentOutcome,
  consultationPage,
  consultationsPage,
  type FieldProblem,
  feedbackPage,
  invitationPage,
} from '../pages/consultations.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import type { PortalEnv } from '../portal-env.ts'
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
    const terms = await feedbackTerms(office, state === 'closed' ? found.results.map(({ id }) => id) : [])
    return page(c, consultationsPage(viewOf(c, site), state, found, terms))
  })
  const consultation = async (c: Context): Promise<ConsultationDetail | null> => {
    const id = identifier(c.req.param('id'))
    return id === null ? null : await getConsultation(office.readDb, id, { now: now() })
  }
  const draftPage = async (c: Context, item: ConsultationDetail, form: CommentForm, outcome?: CommentOutcome) => {
    const view = viewOf(c, site)
    const { today } = view
    const [reading, note, term] = await Promise.all([
      read(item.body, { on: today, today, jurisdiction: item.jurisdiction }),
      readingOf(item.explanatoryNote),
      feedbackTerm(office, item.id),
    ])
    const drawn = { ...form, token: formToken(office, item.id) }
    const content = consultationPage(view, item, reading, note, drawn, outcome, term)
    if (!content.personal || content.private) return page(c, content)
    const again = [
      { value: drawn.commandId, next: () => randomUUID() },
      { value: drawn.token, next: () => formToken(office, item.id) },
    ]
    return page(c, { ...content, again })
  }
  app.get('/consultations/:id', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return draftPage(c, item, { ...emptyComment(), anchor: c.req.query('anchor') ?? '' })
  })
  app.get('/consultations/:id/feedback', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    const [feedback, term] = await Promise.all([getFeedback(office.readDb, item.id), feedbackTerm(office, item.id)])
    return page(c, feedbackPage(item, feedback, term, viewOf(c, site).today))
  })
  app.get('/consultations/:id/opinions', async (c) => {
    const item = await consultation(c)
    const from = Number(c.req.query('from') ?? 0)
    const found = item
      ? await publishedComments(office.readDb, item.id, { from: Number.isInteger(from) && from > 0 ? from : 0 })
      : null
    return page(c, item && found ? opinionsPage(item, found) : notFoundPage('consultation'))
  })
  app.get('/consultations/:id/clauses', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return page(c, clausesPage(item, await clauseFeedback(office, item.id)))
  })
  // Someone who reloads after submitting, or edits the address, returns to the form.
  app.get('/consultations/:id/comments', (c) => c.redirect(`${consultationHref(c.req.param('id'))}#comment`, 303))
  app.post('/consultations/:id/comments', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    const sent = await readComment(c)
    const { form } = sent
    if (!item.open) {
      const refusal = `《${item.title}》的征求意见已经结束：${closingWords(item.closesOn)}。`
      return draftPage(c, item, form, { refusal })
    }
    const outcome = await receive(c, item, sent)
    if (typeof outcome !== 'string') return draftPage(c, (await consultation(c)) ?? item, form, outcome)
    return c.redirect(`/receipts/${encodeURIComponent(outcome)}`, 303)
  })

  /** Takes what was sent: the receipt, or what is wrong with it. */
  const receive = async (
    c: Context,
    item: ConsultationDetail,
    { form, files, trap }: SentComment,
    invitation?: string,
  ): Promise<string | CommentOutcome> => {
    const flooding = (c.env as PortalEnv | undefined)?.flooding === true
    // Files of somebody who floods are not read: that is what the frequency is for.
    if (flooding && files.length > 0)
      throw new AppError('rate_limited', '提交过于频繁，附件没有接收；请过一会儿再提交。')
    const checked = await checkComment(item, form)
    if ('problems' in checked) return { problems: checked.problems }
    const taken = await takeFiles(office, item.jurisdiction, files)
    if ('problems' in taken)
      return {
        problems: taken.problems.map((message) => ({ field: 'files', message: `${message}。附件要重新选择` })),
      }
    const held = await suspicionOf(office, { subject: item.id, token: form.token, trap, flooding })
    const given = { ...checked.comment, ...(taken.files.length > 0 ? { attachments: taken.files } : {}) }
    try {
      const { receipt } = await submitComment(
        office,
        item.id,
        { ...given, ...(held && !invitation ? { held } : {}), ...(invitation ? { invitation } : {}) },
        commandIdOf(form.commandId, given),
      )
      c.header('Cache-Control', 'no-store')
      return receipt
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'refused' && error.code !== 'conflict')) throw error
      // Right around the closing instant: the write entry's judgement prevails.
      return { refusal: `${error.message}。` }
    }
  }
  const invited = async (c: Context) => {
    const code = identifier(c.req.param('code'))
    const invitation = code === null ? null : await openInvitation(office, code)
    const item = invitation && (await getConsultation(office.readDb, invitation.consultation, { now: now() }))
    return code !== null && invitation && item ? { code, invitation, item } : null
  }
  const invitationAnswer = async (
    c: Context,
    found: NonNullable<Awaited<ReturnType<typeof invited>>>,
    form: CommentForm,
    outcome?: CommentOutcome,
  ) => {
    const parts = commentable((await readingOf(found.item.body)).structure)
    const drawn = { ...form, token: formToken(office, found.item.id) }
    return page(c, invitationPage(found.code, found.invitation, found.item, parts, drawn, outcome))
  }
  // Opening the link uses nothing up: programs that follow links in letters answer nothing in anybody's name.
  app.get('/invitations/:code', async (c) => {
    const found = await invited(c)
    return found ? invitationAnswer(c, found, emptyComment()) : page(c, notFoundPage('invitation'))
  })
  app.post('/invitations/:code', async (c) => {
    const found = await invited(c)
    if (!found) return page(c, notFoundPage('invitation'))
    const sent = await readComment(c)
    const outcome = await receive(c, found.item, sent, found.invitation.id)
    if (typeof outcome !== 'string') return invitationAnswer(c, (await invited(c)) ?? found, sent.form, outcome)
    return c.redirect(`/receipts/${encodeURIComponent(outcome)}`, 303)
  })
}

export const emptyComment = (): CommentForm => ({
  commandId: randomUUID(),
  anchor: '',
  text: '',
  name: '',
  contact: '',
  token: '',
})
interface SentComment {
  form: CommentForm
  files: Array<{ name: string; bytes: Uint8Array }>
  /** What stands in the field that people do not see. */
  trap: string
}

async function readComment(c: Context): Promise<SentComment> {
  const body = await sentForm(c, { all: true })
  const field = (name: string): string => {
    const value = body[name]
    // A browser submits line breaks as CRLF; storing, counting and digests all use LF.
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed() : ''
  }
  const commandId = field('commandId')
  const known = commandSchemas.SubmitComment.shape.commandId.safeParse(commandId).success
  const sent = [body.files ?? []].flat().filter((x): x is File => x instanceof File)
  return {
    form: {
      commandId: known ? commandId : randomUUID(),
      anchor: field('anchor'),
      text: field('text'),
      name: field('name'),
      contact: field('contact'),
      token: field('token').slice(0, 200),
    },
    // A browser sends one nameless empty file where none was chosen.
    files: await Promise.all(
      sent
        .filter((file) => file.name !== '' || file.size > 0)
        .map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    ),
    trap: field('website'),
  }
}

const commentMessages: Record<Exclude<FieldProblem['field'], 'files'>, (value: string) => string> = {
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
  const fields = new Set<Exclude<FieldProblem['field'], 'files'>>(part === undefined ? ['anchor'] : [])
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
  return { comment }
}
