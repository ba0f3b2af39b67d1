// The public register: search, a document (a long one in parts), exports, attachments.
import { isPlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import {
  basisStamp,
  type EntryExport,
  entriesOfSubject,
  entryFormats,
  exportEntry,
  getEntry,
  getEntryAttachment,
  type PublicStatus,
  publicStatuses,
  type RegisterDetail,
  type RegisterFacets,
  searchRegister,
  unlessChanged,
} from '@dianzhang/register'
import { chineseNumeral, readNumeral } from '@dianzhang/text'
import { cleanupOfEntry, type EntryLife, evaluationsOfEntry, lifeOf, neglectYears } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { entryHref } from '../addresses.ts'
import { disposition, filled, identifier, invalid, problemWords } from '../asked.ts'
import type { View } from '../page.ts'
import { type EvaluatedHere, entryPage, partHref } from '../pages/entry.tsx'
import { evaluationHref } from '../pages/evaluations.tsx'
import { anchorsOf, cutText } from '../pages/legal-text.tsx'
import { notFoundPage } from '../pages/problems.tsx'
import { noFilters, type RegisterChoices, type RegisterForm, registerPage } from '../pages/register.tsx'
import type { Part } from '../parts.ts'
import type { Reading } from '../reading.ts'
import type { Room } from '../room.ts'
import { largestPage, largestPart } from '../sizes.ts'
import { htmlOf, reply, viewOf, type Written, written } from '../view.tsx'

export function registerRoutes(app: Hono, { office, site, page, now, read }: Room): void {
  /** What the form offers: where one is chosen, also those it could be exchanged for under the other conditions. */
  const choicesFor = async (form: RegisterForm, facets: RegisterFacets | null): Promise<RegisterChoices | null> => {
    const without = async (name: 'issuer' | 'year') =>
      form[name] === ''
        ? facets
        : (
            await searchRegister(office.readDb, {
              ...registerQuery({ ...form, [name]: '' }),
              facets: true,
              limit: 1,
              now: now(),
            })
          ).facets
    const [byIssuer, byYear] = await Promise.all([without('issuer'), without('year')])
    return byIssuer && byYear ? { issuer: byIssuer.issuer, moreIssuers: byIssuer.moreIssuers, year: byYear.year } : null
  }
  app.get('/register', async (c) => {
    const view = viewOf(c, site)
    const form = registerForm(c)
    const cursor = filled(c.req.query('cursor'))
    try {
      const found = await searchRegister(office.readDb, {
        ...registerQuery(form),
        facets: true,
        neglectYears: await neglectYears(office, view.today),
        limit: 20,
        cursor,
        now: view.now,
      })
      const offered = cursor === undefined ? await choicesFor(form, found.facets) : null
      return page(c, registerPage(view, form, found, cursor !== undefined, offered))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
      return page(c, registerPage(view, form, { problem: problemWords(error) }, false))
    }
  })
  const recent = new Map<object, Promise<Prepared | null>>()
  /**
   * One document and its reading; the last few are remembered, so that browsing the parts of a very long document
   * does not read it from the start each time.
   */
  const prepare = async (view: View, id: string, asked: string | undefined): Promise<Prepared | null> => {
    const { today } = view
    // The same token as long as nothing has been written: what is kept under it is still so.
    const question = `portal reading ${JSON.stringify([id, asked ?? null, today])}`
    const token = await unlessChanged(office.readDb, question, async () => ({}))
    const known = recent.get(token)
    if (known) return known
    const fresh = (async () => {
      const entry = await getEntry(office.readDb, id, { on: asked, now: view.now })
      if (!entry) return null
      const on = entry.statusOn.on
      const plainReading = await read(entry.body, { on, today, jurisdiction: entry.jurisdiction, self: entry.id })
      const evaluated = await evaluationsOfEntry(office, entry.jurisdiction, entry.id)
      const reading = withNotes(plainReading, evaluated)
      let made: Cut | undefined
      const cut = (): Cut => {
        if (made === undefined) {
          const parts = cutText(reading, largestPart)
          made = { parts, where: anchorsOf(reading.structure, parts) }
        }
        return made
      }
      const { checkedUntil } = await basisStamp(office.readDb, entry.jurisdiction, entry.id)
      const { status } = entry.statusOn
      const life = await lifeOf(office, entry, today, status === 'in_force' || status === 'amended')
      const logged = await entriesOfSubject(office.readDb, entry.jurisdiction, entry.id)
      const index = logged.findLast((row) => row.entry.includes('"document":'))?.index ?? null
      return { entry, reading, cut, evaluated, checkedUntil, life, index }
    })()
    recent.set(token, fresh)
    fresh.catch(() => recent.delete(token))
    const [oldest] = recent.keys()
    if (recent.size > 3 && oldest !== undefined) recent.delete(oldest)
    return await fresh
  }
  /**
   * The page of one document; a very long one is divided into parts, and an article asked for or a part that does not
   * exist each has somewhere to go. Null when there is no such document.
   */
  const entryAnswer = async (
    view: View,
    id: string,
    asked: { on: string | undefined; part: string | undefined; at: string | undefined },
  ): Promise<Written | { to: string } | null> => {
    const prepared = await prepare(view, id, asked.on)
    if (!prepared) return null
    const { entry, reading, cut, evaluated, checkedUntil, life, index } = prepared
    view.underCleanup = await cleanupOfEntry(office, entry)
    const on = entry.statusOn.on
    const plain = partHref(id, 1, on === view.today ? null : on)
    const whole =
      Buffer.byteLength(entry.body) > largestPage
        ? null
        : htmlOf(view, entryPage(view, entry, reading, null, evaluated, checkedUntil, life, index))
    if (whole !== null && Buffer.byteLength(whole) <= largestPage) {
      if (asked.at !== undefined) return { to: `${plain}#${encodeURIComponent(articleAsked(asked.at))}` }
      return asked.part === undefined ? written(whole) : { to: plain }
    }
    const { parts, where } = cut()
    if (asked.at !== undefined) {
      const anchor = articleAsked(asked.at)
      const n = where.get(anchor)
      const href = partHref(id, n ?? 1, on === view.today ? null : on)
      return { to: `${href}#${n === undefined ? 'parts-title' : encodeURIComponent(anchor)}` }
    }
    const n = asked.part === undefined ? 1 : Number(asked.part)
    if (!Number.isInteger(n) || n < 1 || n > parts.length || asked.part === '1') return { to: plain }
    return written(
      htmlOf(view, entryPage(view, entry, reading, { parts, n, where }, evaluated, checkedUntil, life, index)),
    )
  }
  app.get('/register/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    if (id === null) return page(c, notFoundPage('entry'))
    const view = viewOf(c, site)
    const asked = { on: filled(c.req.query('on')), part: c.req.query('part'), at: filled(c.req.query('at')) }
    const { today, large, origin, here } = view
    // The page says nothing but what the register and the date say; its own address is printed on it.
    const question = `portal entry ${JSON.stringify([id, today, large, origin, here])}`
    const answer = await (here.length > 300
      ? entryAnswer(view, id, asked)
      : unlessChanged(office.readDb, question, () => entryAnswer(view, id, asked)))
    if (answer === null) return page(c, notFoundPage('entry'))
    return 'to' in answer ? c.redirect(answer.to, 303) : reply(c, answer, entryLinks(id))
  })
  app.get('/register/:id/export/:format', async (c) => {
    const id = identifier(c.req.param('id'))
    const entry = id === null ? null : await getEntry(office.readDb, id, { on: filled(c.req.query('on')), now: now() })
    if (!entry) return page(c, notFoundPage('entry'))
    const { origin } = viewOf(c, site)
    const file = exportEntry(entry, c.req.param('format'), origin + entryHref(entry.id))
    if (!file) return page(c, notFoundPage('format'))
    return await downloadOf(c, file)
  })
  app.get('/register/:id/attachments/:sha256', async (c) => {
    const id = identifier(c.req.param('id'))
    const sha256 = c.req.param('sha256')
    const known = id !== null && /^[0-9a-f]{64}$/.test(sha256)
    const file = known ? await getEntryAttachment(office.readDb, id, sha256, c.req.query('name')) : null
    if (!file) return page(c, notFoundPage('attachment'))
    return c.body(new Uint8Array(file.bytes), 200, {
      // For download only: the content comes from others and is not opened under this site's address.
      'Content-Type': /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType) ? file.mediaType : 'application/octet-stream',
      'Content-Disposition': disposition(file.name),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, no-cache',
      ETag: `"${sha256}"`,
    })
  })
}

/** Where else the document can be had (RFC 8288): for programs that do not read the page. */
function entryLinks(id: string): string[] {
  const here = entryHref(id)
  const api = `/public/v1/documents/${encodeURIComponent(id)}`
  const feed = `/feeds/changes.atom?document=${encodeURIComponent(id)}`
  return [
    `<${here}>; rel="canonical"`,
    `<${api}>; rel="alternate"; type="application/json"`,
    ...entryFormats.map((one) => `<${here}/export/${one.id}>; rel="alternate"; type="${one.mediaType}"`),
    `<${feed}>; rel="alternate"; type="application/atom+xml"`,
    `</public/v1/effects?affected=${encodeURIComponent(id)}>; rel="related"; type="application/json"`,
    '</api/openapi.json>; rel="service-desc"; type="application/json"',
  ]
}

interface Cut {
  parts: Part[]
  /** Which part each anchor is in. */
  where: Map<string, number>
}
interface Prepared {
  entry: RegisterDetail
  reading: Reading
  cut: () => Cut
  evaluated: readonly EvaluatedHere[]
  checkedUntil: string
  life: EntryLife
  /** Its last entry in the public log; null: none. */
  index: number | null
}

/** The articles that a post-evaluation speaks of link to its result. */
function withNotes(reading: Reading, evaluated: readonly EvaluatedHere[]): Reading {
  const notes = new Map<string, Array<{ href: string; label: string }>>()
  for (const { id, provisions } of evaluated)
    for (const anchor of new Set(provisions.flatMap((x) => /第[^条]+条/u.exec(x)?.[0] ?? []).map(articleAsked)))
      notes.set(anchor, [...(notes.get(anchor) ?? []), { href: evaluationHref(id), label: '后评估' }])
  return notes.size === 0 ? reading : { ...reading, notes }
}
/** “第三十条”, “三十条” and “30” all mean Article 30; anything else stays as it is. */
function articleAsked(text: string): string {
  const bare = text.replace(/\s/g, '')
  const number = readNumeral(bare.replace(/^第/, '').replace(/条$/, ''))
  return number === null ? bare : `第${chineseNumeral(number)}条`
}

function registerForm(c: Context): RegisterForm {
  const form = { ...noFilters }
  for (const name of Object.keys(form) as Array<keyof RegisterForm>) form[name] = (c.req.query(name) ?? '').trim()
  return form
}

/** Download of one exported file; an unchanged one is not generated again. */
async function downloadOf(c: Context, file: EntryExport): Promise<Response> {
  const etag = `W/"${file.tag}"`
  const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' }
  const known = c.req.header('if-none-match')
  if (known === '*' || known?.split(/\s*,\s*/).includes(etag)) return c.body(null, 304, headers)
  return c.body(new Uint8Array(await file.write()), 200, {
    ...headers,
    'Content-Type': file.mediaType,
    'Content-Disposition': disposition(file.name),
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  })
}

/** Conditions in the address → query conditions; an illegal one throws invalid, which the page explains. */
function registerQuery(form: RegisterForm) {
  if (form.status !== '' && !(publicStatuses as readonly string[]).includes(form.status))
    throw invalid('没有这种效力状态')
  if (form.on !== '' && !isPlainDate(form.on)) throw invalid('“按哪一天”应当是真实存在的日期，如 2026-03-01')
  if (form.unmodified !== '' && !/^[1-9]\d?$/.test(form.unmodified)) throw invalid('未修改的年数应当是整数，如 5')
  if (form.year !== '' && !/^\d{4}$/.test(form.year)) throw invalid('公布年份应当是四位数字，如 2026')
  return {
    q: filled(form.q),
    status: filled(form.status) as PublicStatus | undefined,
    issuer: filled(form.issuer),
    category: filled(form.category),
    year: form.year === '' ? undefined : Number(form.year),
    on: filled(form.on),
    unmodified: form.unmodified === '' ? undefined : Number(form.unmodified),
    sort: form.sort === 'newest' ? ('newest' as const) : undefined,
  }
}
