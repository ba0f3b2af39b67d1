// Receipts, making and completing a review suggestion, the figures of a year.
import { randomUUID } from 'node:crypto'
import { AppError, reviewSuggestion } from '@dianzhang/contract'
import { getEntry } from '@dianzhang/register'
import {
  commentReceipt,
  completeSuggestion,
  hearingReceipt,
  publicSuggestions,
  submitSuggestion,
  suggestionReceipt,
} from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { commandIdOf, filled, identifier, sentForm } from '../asked.ts'
import { hearingReceiptPage } from '../pages/hearings.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import { type Receipt, receiptPage, receiptsPage } from '../pages/receipts.tsx'
import {
  conflictRows,
  emptySuggestion,
  type SuggestionForm,
  type SuggestionProblem,
  type SuggestionReceiptView,
  type SuggestionsView,
  suggestionReceiptPage,
  suggestionsPage,
  suggestPage,
} from '../pages/suggestions.tsx'
import type { Room } from '../room.ts'

export function suggestionRoutes(app: Hono, { office, page, now }: Room): void {
  app.get('/receipts', (c) => {
    const code = c.req.query('code')
    if (code === undefined) return page(c, receiptsPage())
    const typed = code.replace(/\s/g, '').toUpperCase().slice(0, 60)
    if (typed === '') return page(c, receiptsPage(''))
    return c.redirect(`/receipts/${encodeURIComponent(typed)}`, 303)
  })
  app.get('/receipts/:code', async (c) => {
    const code = identifier(c.req.param('code'))
    if (code === null) return page(c, receiptsPage('（无法识别）'))
    const registration = await hearingReceipt(office, code)
    if (registration !== null) return page(c, hearingReceiptPage(registration, randomUUID()))
    const suggestion = await suggestionReceipt(office, code)
    if (suggestion !== null) {
      const form = emptySuggestion(randomUUID())
      return page(c, suggestionReceiptPage(suggestion as unknown as SuggestionReceiptView, form))
    }
    try {
      return page(c, receiptPage((await commentReceipt(office, code)) as unknown as Receipt))
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return page(c, receiptsPage(code))
      throw error
    }
  })

  app.get('/receipts/:code/complete', (c) => c.redirect(`/receipts/${encodeURIComponent(c.req.param('code'))}`, 303))
  app.post('/receipts/:code/complete', async (c) => {
    const code = identifier(c.req.param('code'))
    const suggestion = code === null ? null : await suggestionReceipt(office, code)
    if (code === null || suggestion === null) return page(c, receiptsPage(code ?? '（无法识别）'))
    const form = readSuggestion(await sentForm(c))
    const { reason, provisions, conflicts, name, contact } = givenOf(form)
    const given = { ...(reason ? { reason } : {}), provisions, conflicts, name, contact }
    const again = (problems: SuggestionProblem[]) =>
      page(c, suggestionReceiptPage(suggestion as unknown as SuggestionReceiptView, form, problems))
    try {
      const fields = checkedSuggestion(reviewSuggestion.commands.Complete.schema, given, form.commandId)
      if ('problems' in fields) return again(fields.problems)
      await completeSuggestion(office, code, fields.given)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return again([{ field: 'provisions', message: error.message }])
    }
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/receipts/${encodeURIComponent(code)}`, 303)
  })

  app.get('/suggestions', async (c) => {
    const year = Number(c.req.query('year'))
    const cursor = filled(c.req.query('cursor'))
    const found = await publicSuggestions(office, {
      ...(Number.isInteger(year) && year >= 2000 && year <= 2100 ? { year } : {}),
      ...(cursor && /^\d{1,6}$/.test(cursor) ? { cursor } : {}),
    })
    return page(c, suggestionsPage(found as unknown as SuggestionsView))
  })
  const publicDocument = async (c: Context) => {
    const id = identifier(c.req.param('id') ?? '')
    return id === null ? null : getEntry(office.readDb, id, { now: now() })
  }
  app.get('/register/:id/suggest', async (c) => {
    const entry = await publicDocument(c)
    return page(c, entry ? suggestPage(entry, emptySuggestion(randomUUID())) : notFoundPage('entry'))
  })
  app.post('/register/:id/suggest', async (c) => {
    const entry = await publicDocument(c)
    if (!entry) return page(c, notFoundPage('entry'))
    const form = readSuggestion(await sentForm(c))
    const given = { document: entry.id, ...givenOf(form), keepPrivate: form.keepPrivate, door: form.door }
    try {
      const fields = checkedSuggestion(reviewSuggestion.opening.schema, given, form.commandId)
      if ('problems' in fields) return page(c, suggestPage(entry, form, fields.problems))
      const { receipt } = await submitSuggestion(office, fields.given)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return page(c, suggestPage(entry, form, [{ field: 'reason', message: error.message }]))
    }
  })
}

const wordOf = (body: Record<string, unknown>, name: string): string => {
  const value = body[name]
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : ''
}
function readSuggestion(body: Record<string, unknown>): SuggestionForm {
  const word = (name: string) => wordOf(body, name)
  return {
    commandId: word('commandId').slice(0, 60),
    provisions: word('provisions'),
    conflicts: Array.from({ length: conflictRows }, (_, i) => ({
      act: word(`act-${i}`),
      article: word(`article-${i}`),
      reason: word(`why-${i}`),
    })),
    reason: word('reason'),
    name: word('name'),
    contact: word('contact'),
    keepPrivate: word('keepPrivate') !== '',
    door: word('door') === 'npc' ? 'npc' : 'government',
  }
}
/** What was filled in, as the fields of the command. A row of which anything is filled in counts. */
function givenOf(form: SuggestionForm) {
  return {
    provisions: form.provisions
      .split(/[\n；;]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    conflicts: form.conflicts
      .filter((x) => x.act || x.article || x.reason)
      .map(({ act, article, reason }) => ({ act, reason, ...(article ? { article } : {}) })),
    reason: form.reason,
    ...(form.name ? { name: form.name } : {}),
    ...(form.contact ? { contact: form.contact } : {}),
  }
}
const suggestionFields: Record<string, string> = {
  provisions: '条款',
  conflicts: '与上位法不一致之处（写明哪一部、怎样不一致）',
  reason: '理由',
  name: '姓名或者名称',
  contact: '联系方式',
}
/** The schema's own check, told field by field; the same form with the same content is the same command. */
function checkedSuggestion(
  schema: { safeParse: (value: unknown) => ReturnType<typeof reviewSuggestion.opening.schema.safeParse> },
  given: Record<string, unknown>,
  formId: string,
): { problems: SuggestionProblem[] } | { given: Record<string, unknown> & { commandId: string } } {
  const commandId = commandIdOf(formId, given)
  const version = 'document' in given ? {} : { expectedVersion: 0 }
  const parsed = schema.safeParse({ ...given, ...version, commandId })
  if (!parsed.success) {
    const { issues } = parsed.error
    const fields = [...new Set(issues.map(({ path }) => String(path[0] ?? 'reason')))]
    const wordsOf = (field: string): string => {
      const issue = issues.find(({ path }) => String(path[0] ?? 'reason') === field)
      const written = issue?.path.reduce<unknown>(
        (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
        given,
      )
      const named = suggestionFields[field] ?? field
      return issue?.code === 'too_big' && typeof written === 'string'
        ? `${named}：${issue.path.length > 1 ? '其中一处' : ''}最多 ${issue.maximum} 字，现在是 ${written.length} 字`
        : `请填写或者更正：${named}`
    }
    return { problems: fields.map((field) => ({ field, message: wordsOf(field) })) }
  }
  const { type: _, expectedVersion: __, ...kept } = parsed.data
  return { given: { ...kept, commandId } }
}
