// Small pieces shared by the pages: status badge, entry, name and value, empty result.
import type { PublicStatus, RegisterSummary } from '@dianzhang/register'
import type { Child } from 'hono/jsx'
import { entryHref } from '../addresses.ts'
import { dateWords } from '../words.ts'

const tones: Record<PublicStatus, string> = {
  in_force: 'good',
  pending: 'soon',
  amended: 'changed',
  suspended: 'warn',
  expired: 'over',
  repealed: 'over',
  annulled: 'warn',
  unknown: 'plain',
}

/** Validity status: always in words; colour only accompanies. */
export function StatusBadge({ status, label }: { status: PublicStatus; label: string }) {
  return <span class={`badge ${tones[status]}`}>{label}</span>
}

/** Something wrong with one field of a form. */
export interface FieldFault {
  field: string
  message: string
}
/** All that is wrong with a form, above it; each leads to its field, whose id is `form-field`. */
export function Faults({ form, faults }: { form: string; faults: readonly FieldFault[] }) {
  if (faults.length === 0) return null
  return (
    <div class="alert" role="alert">
      <p>
        <strong>请更正以下内容后再提交：</strong>
      </p>
      <ul>
        {faults.map(({ field, message }) => (
          <li>
            <a href={`#${form}-${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
/** What is wrong with one field, beside it. */
export function FieldError({ form, field, faults }: { form: string; field: string; faults: readonly FieldFault[] }) {
  const own = faults.filter((fault) => fault.field === field)
  if (own.length === 0) return null
  return (
    <p class="error" id={`${form}-${field}-error`}>
      {own.map(({ message }) => message).join('；')}
    </p>
  )
}
/** The attributes that tie a field to what is wrong with it and to its hint (an id). */
export function tied(form: string, faults: readonly FieldFault[], field: string, hint?: string) {
  const wrong = faults.some((fault) => fault.field === field)
  return {
    'aria-invalid': wrong ? ('true' as const) : undefined,
    'aria-describedby': [wrong ? `${form}-${field}-error` : '', hint ?? ''].filter(Boolean).join(' ') || undefined,
  }
}

/**
 * A list to take away: all of it and not only the page, as a table with the same query. `path`: where the list is answered to
 * machines, which also answers `<path>.xlsx` and `<path>.csv`.
 */
export function TakenAway({ path, query = {} }: { path: string; query?: Record<string, string | undefined> }) {
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : [])),
  )
  const rest = asked.size > 0 ? `?${asked}` : ''
  return (
    <p class="small screen-only">
      下载本清单：
      <a href={`${path}.xlsx${rest}`} download>
        XLSX
      </a>
      、
      <a href={`${path}.csv${rest}`} download>
        CSV
      </a>
    </p>
  )
}
/** The way to the rows after these; nothing where these are the last. */
export function Further({ href }: { href: string | null }) {
  return href === null ? null : (
    <p class="more">
      <a rel="next" href={href}>
        下一页
      </a>
    </p>
  )
}

export function Empty({ children }: { children?: Child }) {
  return <div class="empty">{children}</div>
}

/** Parts of a text alternating: not a hit, a hit, not a hit, … Each of the words asked for is marked where it stands. */
function hitsIn(text: string, q: string): string[] {
  const words = q.split(/\s+/u).filter(Boolean)
  if (words.length === 0) return [text]
  return text.split(
    new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('|')})`, 'giu'),
  )
}
function Hits({ text, q }: { text: string; q: string }) {
  return <>{hitsIn(text, q).map((part, i) => (i % 2 === 1 ? <mark>{part}</mark> : part))}</>
}

/** One line for a register entry; the words asked for are marked where they stand. */
export function EntryItem({ entry, q = '' }: { entry: RegisterSummary; q?: string }) {
  return (
    <li class="item">
      <h3>
        <a href={entryHref(entry.id)}>
          <Hits text={entry.title} q={q} />
        </a>
      </h3>
      <p class="facts">
        <StatusBadge status={entry.status} label={entry.statusLabel} />
        {entry.documentNumber ? (
          <span>
            <Hits text={entry.documentNumber} q={q} />
          </span>
        ) : null}
        {entry.issuers.length > 0 ? <span>{entry.issuers.join('、')}</span> : null}
        {entry.publishedOn ? <span>{dateWords(entry.publishedOn)}公布</span> : null}
        {entry.origin === 'imported' ? <span class="origin">外部导入，未经核实</span> : null}
      </p>
      {entry.excerpt ? (
        <p class="excerpt">
          <Hits text={entry.excerpt} q={q} />
        </p>
      ) : null}
    </li>
  )
}

/** A list of names and values; those without a value are not listed. */
export function Facts({ items }: { items: ReadonlyArray<readonly [string, Child]> }) {
  return (
    <dl class="meta">
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
