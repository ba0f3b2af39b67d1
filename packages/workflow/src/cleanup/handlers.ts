// How the commands of a cleanup are carried out. Conditions are rules; here only the payload itself and the existence of records
// are checked, and the rows are written in batches whose digests go into the ledger.
import type { CleanupListRow } from '@dianzhang/contract'
import { sql } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import {
  type CleanupItem,
  type CleanupResolved,
  type CleanupShape,
  cleanupProcess,
  competentUnits,
  givenOpinions,
  goneMeanwhile,
  type ItemRef,
  isChecked,
  isGone,
  itemAt,
  noticeUntil,
  outcomeOf,
  reasonOf,
  tallyOf,
} from '@dianzhang/processes'
import { findOrgan } from '@dianzhang/rules'
import type { CommandContext, Handler, WriteContext } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import type { Send } from '../outbox.ts'
import { type Differences, goneSince, previousCleanup, reconcile, takeCensus, unitNamed } from './census.ts'
import {
  checksOfImported,
  type Effect,
  effectsOfItems,
  type Ground,
  groundOf,
  republishedBy,
  sendsOf,
  settleImported,
  writeImported,
} from './effects.ts'
import { decisionOf } from './facts.ts'
import { plainWords } from './outcome-word.ts'
import {
  type Batch,
  dayAfter,
  insertItems,
  insertNotes,
  itemBatch,
  type NewItem,
  type NewNote,
  type NoteRow,
  nextNumbers,
  noteBatch,
} from './rows.ts'

type Payload = Record<string, unknown>
type Context = CommandContext<CleanupShape>
type Write = WriteContext<CleanupShape>
type Own = Handler<CleanupShape, Payload>
interface Rows {
  items: Array<NewItem & { hash: string }>
  notes: NoteRow[]
  effects?: Array<Effect & { failed: string | null; number: string | null }>
  sent?: Effect[]
  ground?: Ground
}
interface Prepared {
  rows: Rows
  batches: { items?: Batch; notes?: Batch }
}

const some = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
/** Batches of items and notes, numbered on from what is there. Under the lock of the matter. */
async function prepared(
  c: Context,
  newItems: (from: number) => NewItem[],
  notesOf: (items: NewItem[]) => NewNote[],
): Promise<Prepared> {
  const next = await nextNumbers(c.tx, c)
  const items = newItems(next.n)
  const own = itemBatch(items)
  const notes = noteBatch(notesOf(items), next.seq, { by: c.as.person, unit: c.as.unit, at: c.at })
  return {
    rows: { items: own.rows, notes: notes.rows },
    batches: {
      ...(own.rows.length > 0 ? { items: own.batch } : {}),
      ...(notes.rows.length > 0 ? { notes: notes.batch } : {}),
    },
  }
}
const noting = (c: Context, notes: NewNote[]): Promise<Prepared> =>
  prepared(
    c,
    () => [],
    () => notes,
  )
async function written(c: Write, r: CleanupResolved): Promise<undefined> {
  const rows = r.rows as Rows | undefined
  if (!rows) return undefined
  await insertItems(c.tx, c, rows.items, c.now)
  await insertNotes(c.tx, c, rows.notes, c.at)
  return undefined
}
const ledgered =
  (payloadOf: (p: Payload, r: CleanupResolved) => Payload = (p) => p): NonNullable<Own['ledger']> =>
  (p, r) => ({ ...payloadOf(p, r), ...(r.batches ? { batches: r.batches } : {}) })
const without = (p: Payload, ...names: string[]): Payload =>
  Object.fromEntries(Object.entries(p).filter(([name]) => !names.includes(name)))

/** The items that a command names; refuses (422) what is not on the list, and what is named twice. */
function named(c: Context, refs: ReadonlyArray<{ ref: ItemRef; path: string }>): CleanupItem[] {
  const seen = new Set<number>()
  const wrong: Array<[string, string]> = []
  const found = refs.flatMap(({ ref, path }) => {
    const x = itemAt(c.facts.external.items, ref)
    if (!x) wrong.push([path, `目录中没有“${String(ref).slice(0, 60)}”这一项`])
    else if (seen.has(x.n)) wrong.push([path, `第${x.n}项写了两次`])
    else seen.add(x.n)
    return x ? [x] : []
  })
  if (wrong.length > 0) throw invalid(...(wrong.slice(0, 20) as [[string, string]]))
  return found
}
interface EntryRow extends Record<string, unknown> {
  id: string
  document_id: string | null
}
/** Entries by their id or by the matter in which they were made; refuses (422) what the register does not know. */
async function entriesOf(c: Context, refs: readonly string[], path: (i: number) => string): Promise<string[]> {
  const rows = await c.tx.execute<EntryRow>(sql`
    select e.id, e.document_id from register_entries e where e.jurisdiction_id = ${c.jurisdiction}
      and (e.id in (select jsonb_array_elements_text(${JSON.stringify(refs)}::jsonb))
        or e.document_id in (select jsonb_array_elements_text(${JSON.stringify(refs)}::jsonb)))`)
  const wrong: Array<[string, string]> = []
  const ids = refs.flatMap((ref, i) => {
    const row = rows.find((x) => x.id === ref || x.document_id === ref)
    if (!row) wrong.push([path(i), '登记库中没有这件文件'])
    return row ? [row.id] : []
  })
  if (wrong.length > 0) throw invalid(...(wrong.slice(0, 20) as [[string, string]]))
  return [...new Set(ids)]
}
/** New items from entries that are not on the list yet, as they stand today. */
async function itemsFrom(
  c: Context,
  entries: readonly string[],
  origin: 'late' | 'added',
  why: string,
): Promise<(from: number) => NewItem[]> {
  const fresh = entries.filter((id) => !c.facts.external.items.some((x) => x.entry === id))
  if (fresh.length === 0) return () => []
  const scope = { ...c.dossier.scope, documents: fresh, publishedUntil: c.on, act: null, theme: null }
  const asked = { dossier: { ...c.dossier, scope, joined: [] }, units: c.units, on: c.on, since: c.on }
  const { items } = await takeCensus(c.tx, asked)
  return (from) =>
    items.map((x, i) => ({ ...x, n: from + i, origin, included: why, afterDecision: c.dossier.decision !== null }))
}
const unitsOf = (items: readonly NewItem[]): string[] => [...new Set(items.flatMap((x) => x.unit ?? []))]

const addDocuments: Own = {
  resolve: async (c, p) => {
    const refs = p.documents as string[]
    const entries = await entriesOf(c, refs, (i) => `documents.${i}`)
    p.documents = entries
    if (c.dossier.census === null) return {}
    const make = await itemsFrom(c, entries, 'added', String(p.why))
    const ready = await prepared(c, make, (items) =>
      items.map((x) => ({
        n: x.n,
        kind: 'found',
        body: { why: p.why, ...(some(p.source) ? { source: p.source } : {}) },
      })),
    )
    return { ...ready, items: ready.rows.items.map((x) => x.n), units: unitsOf(ready.rows.items) }
  },
  write: (c, _p, r) => written(c, r),
  ledger: ledgered(),
}
const freezeCensus: Own = {
  resolve: async (c) => {
    const previous = await previousCleanup(c.tx, c)
    const asked = { dossier: c.dossier, units: c.units, on: c.on }
    const since = goneSince(c.facts.pack, c.on, previous)
    const census = await takeCensus(c.tx, { ...asked, since })
    const differences = await reconcile(c.tx, asked, census, previous)
    const ready = await prepared(
      c,
      () => census.items,
      () => [
        {
          n: null,
          kind: 'differences',
          body: { previous: previous?.matter ?? null, since, ...differences } as unknown as Payload,
        },
      ],
    )
    return {
      ...ready,
      count: census.items.length,
      gone: census.gone,
      digest: ready.batches.items?.digest ?? '0'.repeat(64),
      previous: previous?.matter ?? null,
      missing: differences.missing.length,
      extra: differences.extra.length,
      units: unitsOf(census.items),
    }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    const { count, gone, digest, missing, extra } = r
    const [note] = (r.rows as Rows).notes
    const { missing: lacking, extra: more, nameless } = (note?.body ?? {}) as unknown as Differences
    return {
      census: {
        count,
        gone,
        digest,
        missing,
        extra,
        nameless,
        differences: { missing: lacking.slice(0, 50), extra: more.slice(0, 50) },
      },
    }
  },
  ledger: ledgered((p, { count, gone, digest, previous, missing, extra }) => ({
    ...p,
    census: { count, gone, digest, previous, missing, extra },
  })),
}
/** What a row of a list is in the register: by number, else by its exact title. */
async function entriesByName(
  c: Context,
  rows: readonly CleanupListRow[],
): Promise<Map<number, { id: string; document: string | null }>> {
  const asked = rows.map(({ line, number, title }) => ({ line, number: number ?? null, title }))
  const found = await c.tx.execute<{ line: number; id: string; document: string | null }>(sql`
    select distinct on (r.line) r.line, e.id, e.document_id as document
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r(line int, number text, title text)
    join register_entries e on e.jurisdiction_id = ${c.jurisdiction} and (e.document_number = r.number or (r.number is null and e.title = r.title))
    order by r.line, e.id`)
  const taken = new Set<string>()
  return new Map(
    found.flatMap((x) => {
      if (taken.has(x.id)) return []
      taken.add(x.id)
      return [[x.line, { id: x.id, document: x.document }] as const]
    }),
  )
}
const importCensus: Own = {
  resolve: async (c, p) => {
    const rows = p.rows as CleanupListRow[]
    const known = await entriesByName(c, rows)
    const ready = await prepared(
      c,
      (from) =>
        rows.map((row, i): NewItem => {
          const entry = known.get(row.line)
          const unit = unitNamed(c.units, row.unit ?? null)
          const gone = row.outcome === 'already_gone'
          return {
            n: from + i,
            entry: entry?.id ?? null,
            document: entry?.document ?? null,
            title: row.title,
            number: row.number ?? null,
            issuers: [],
            unit,
            unitName: (unit && c.units[unit]?.name) ?? row.unit ?? null,
            publishedOn: row.publishedOn ?? null,
            effectiveDate: row.effectiveDate ?? null,
            validUntil: row.validUntil ?? null,
            // As the list says; what ended by then is told by its outcome.
            status: gone ? 'unknown' : 'in_force',
            statusOn: null,
            origin: 'list',
            included: `目录第${row.line}行`,
            textHash: null,
            afterDecision: false,
          }
        }),
      (items) =>
        rows.map((row, i) => ({
          n: items[i]?.n ?? 0,
          kind: 'opinion',
          body: { outcome: row.outcome, reason: row.reason ?? null, provisions: [], lapseGround: null, amend: null },
        })),
    )
    return {
      ...ready,
      count: rows.length,
      gone: rows.filter((x) => x.outcome === 'already_gone').length,
      digest: ready.batches.items?.digest ?? '0'.repeat(64),
      previous: null,
      missing: 0,
      extra: 0,
      units: unitsOf(ready.rows.items),
    }
  },
  write: async (c, p, r) => {
    await written(c, r)
    const rows = p.rows as CleanupListRow[]
    const counts: Record<string, number> = {}
    for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1
    return { census: { count: r.count, digest: r.digest, counts } }
  },
  ledger: ledgered((p, { count, digest }) => ({ file: p.file, skipped: p.skipped, census: { count, digest } })),
}
const reportLateFind: Own = {
  resolve: async (c, p) => {
    const ref = some(p.document)
    let make: (from: number) => NewItem[]
    if (ref) {
      const [entry = ''] = await entriesOf(c, [ref], () => 'document')
      const listed = c.facts.external.items.find((x) => x.entry === entry)
      if (listed) throw invalid(['document', `已在目录之中，第${listed.n}项`])
      make = await itemsFrom(c, [entry], 'late', String(p.why))
    } else {
      const title = some(p.title)
      if (!title) throw invalid(['document', '选定登记库中的文件，或者写明文件名称'])
      if (some(p.unit) && !c.units[String(p.unit)]) throw invalid(['unit', '没有这个单位'])
      // Whatever brackets it is written with: one document is counted once.
      const same = (x: { title: string; number: string | null }): string =>
        `${plainWords(x.number ?? '')}|${plainWords(x.title)}`
      const wanted = same({ title, number: some(p.number) })
      const listed = c.facts.external.items.find((x) => same(x) === wanted)
      if (listed) throw invalid(['title', `已在目录之中，第${listed.n}项`])
      const unit = some(p.unit)
      const issuer = some(p.issuer)
      make = (n) => [
        {
          n,
          entry: null,
          document: null,
          title,
          number: some(p.number),
          issuers: issuer ? [c.units[issuer]?.name ?? issuer] : [],
          unit,
          unitName: unit ? (c.units[unit]?.name ?? unit) : null,
          publishedOn: some(p.publishedOn),
          effectiveDate: null,
          validUntil: some(p.validUntil),
          status: 'unknown',
          statusOn: null,
          origin: 'late',
          included: String(p.why),
          textHash: null,
          afterDecision: c.dossier.decision !== null,
        },
      ]
    }
    const ready = await prepared(c, make, (items) =>
      items.map((x) => ({ n: x.n, kind: 'found', body: { why: p.why } })),
    )
    return { ...ready, items: ready.rows.items.map((x) => x.n), units: unitsOf(ready.rows.items) }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    return { items: r.items }
  },
  ledger: ledgered(),
}
const assignUnit: Own = {
  resolve: async (c, p) => {
    const unit = String(p.unit)
    if (!c.units[unit]) throw invalid(['unit', '没有这个单位'])
    const items = named(
      c,
      ((p.items ?? []) as ItemRef[]).map((ref, i) => ({ ref, path: `items.${i}` })),
    )
    const ready = await noting(
      c,
      items.map((x) => ({
        n: x.n,
        kind: 'unit',
        body: {
          unit,
          unitName: c.units[unit]?.name ?? unit,
          before: x.unitName,
          ...(some(p.note) ? { note: p.note } : {}),
        },
      })),
    )
    return { ...ready, items: items.map((x) => x.n), unit }
  },
  write: (c, _p, r) => written(c, r),
  ledger: ledgered(),
}
const giveOpinion: Own = {
  resolve: async (c, p) => {
    const given = givenOpinions(p)
    if (given.length === 0) throw invalid(['item', '请指明对哪一项提出意见'])
    const wrong = given
      .filter((x) => x.outcome === undefined)
      .map((x): [string, string] => [`${x.path}outcome`, '请选定清理意见'])
    const [first, ...rest] = wrong
    if (first) throw invalid(first, ...rest.slice(0, 19))
    const items = named(
      c,
      given.map((x) => ({ ref: x.item, path: x.path === '' ? 'item' : `${x.path}item` })),
    )
    const ready = await noting(
      c,
      given.map((x, i) => ({
        n: items[i]?.n ?? 0,
        kind: 'opinion',
        body: {
          outcome: x.outcome,
          reason: x.reason,
          provisions: x.provisions,
          lapseGround: x.outcome === 'lapse' ? x.lapseGround : null,
          amend: x.outcome === 'amend' ? x.amend : null,
        },
      })),
    )
    return { ...ready, items: items.map((x) => x.n) }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    return { items: r.items }
  },
  ledger: ledgered(),
}
const checkItems: Own = {
  resolve: async (c, p) => {
    const list = (p.items ?? []) as Array<{ item: ItemRef; agrees: boolean; reason?: string }>
    const own = named(
      c,
      list.map((x, i) => ({ ref: x.item, path: `items.${i}.item` })),
    )
    const missing = list.flatMap(
      (x, i): Array<[string, string]> =>
        !x.agrees && !some(x.reason) ? [[`items.${i}.reason`, '不同意的写明理由']] : [],
    )
    const [first, ...rest] = missing
    if (first) throw invalid(first, ...rest)
    if (list.length === 0 && p.agreeAll !== true) throw invalid(['items', '逐项写明，或者选“其余各项都同意”'])
    const all = c.facts.external.items.filter((x) => !x.afterDecision)
    const said = new Map(own.map((x, i) => [x.n, list[i]]))
    const others =
      p.agreeAll === true
        ? all.filter((x) => !said.has(x.n) && x.opinion !== null && !isChecked(x) && !goneMeanwhile(x))
        : []
    const bare = own.filter((x) => x.opinion === null && !goneMeanwhile(x))
    if (bare[0]) throw invalid(['items', `第${bare.map((x) => x.n).join('、')}项还没有清理意见`])
    const ready = await noting(c, [
      ...own.map((x) => ({
        n: x.n,
        kind: 'check',
        body: { agrees: said.get(x.n)?.agrees === true, reason: said.get(x.n)?.reason ?? null },
      })),
      ...others.map((x) => ({ n: x.n, kind: 'check', body: { agrees: true, reason: null } })),
    ])
    const checked = new Set(others.map((x) => x.n))
    const complete = all.every((x) => {
      if (goneMeanwhile(x)) return true
      if (outcomeOf(x) === null) return false
      const now = said.get(x.n)
      return now ? now.agrees : checked.has(x.n) || (isChecked(x) && x.check?.agrees === true)
    })
    return { ...ready, items: [...own, ...others].map((x) => x.n), complete }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    return { items: r.items?.length ?? 0, complete: r.complete }
  },
  ledger: ledgered((p, r) => ({ ...p, checked: r.items?.length ?? 0 })),
}
const openNotice: Own = {
  resolve: (c, p) => ({ until: some(p.until) ?? noticeUntil(c.facts, c.on) }),
  write: (_c, _p, r) => ({ until: r.until }),
  ledger: (p, r) => ({ ...p, until: r.until }),
}
const textHash = (kind: string, body: Payload): string =>
  sha256Hex(`dianzhang/cleanup-text/1\n${canonicalJson({ kind, body: JSON.parse(JSON.stringify(body)) })}`)
const recordObjection: Own = {
  keepsVersion: true,
  resolve: async (c, p) => {
    const n = c.dossier.objections.length + 1
    let item: number | null = null
    if (p.item !== undefined) {
      const [row] = await c.tx.execute<{ n: number }>(sql`
        select i.n from cleanup_items i where i.jurisdiction_id = ${c.jurisdiction} and i.matter_id = ${c.matterId}
          and (i.n::text = ${String(p.item)} or i.entry_id = ${String(p.item)}) limit 1`)
      if (!row) throw invalid(['item', '目录中没有这一项'])
      item = row.n
    }
    const body = { objection: n, text: p.text, item, ...(some(p.source) ? { source: p.source } : {}) }
    const ready = await noting(c, [{ n: null, kind: 'objection', body }])
    return { ...ready, hash: textHash('objection', body), count: n }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    return { objection: r.count }
  },
  ledger: ledgered((p, r) => ({ ...without(p, 'text'), hash: r.hash })),
}
const answerObjection: Own = {
  resolve: async (c, p) => {
    const asked = c.dossier.objections.find((x) => x.n === p.objection)
    if (!asked) throw invalid(['objection', `没有第${p.objection}条意见`])
    if (asked.answered) throw invalid(['objection', `第${p.objection}条意见已经答复`])
    const body = { objection: p.objection, adopted: p.adopted, text: p.text }
    return { ...(await noting(c, [{ n: null, kind: 'answer', body }])), hash: textHash('answer', body) }
  },
  write: (c, _p, r) => written(c, r),
  ledger: ledgered((p, r) => ({ ...without(p, 'text'), hash: r.hash })),
}
const confirmUnlisted: Own = {
  resolve: async (c, p) => {
    const given = p.entries as Array<{ entry: string; effect: string; reason: string }>
    const open = c.facts.external.unlisted as Array<{
      entry: string
      document?: string | null
      title: string
      number: string | null
    }>
    const wrong: Array<[string, string]> = []
    const notes = given.flatMap((x, i): NewNote[] => {
      const found = open.find((y) => y.entry === x.entry || y.document === x.entry)
      if (!found) wrong.push([`entries.${i}.entry`, '不在需要确认的文件之中（已列入目录、已确认，或者不在范围）'])
      return found
        ? [
            {
              n: null,
              kind: 'unlisted',
              body: {
                ...x,
                entry: found.entry,
                document: found.document ?? null,
                title: found.title,
                number: found.number,
              },
            },
          ]
        : []
    })
    const [first, ...rest] = wrong
    if (first) throw invalid(first, ...rest.slice(0, 19))
    return await noting(c, notes)
  },
  write: (c, _p, r) => written(c, r),
  ledger: ledgered(),
}
/** Digest of the lists as decided: item by item, in order. */
const listsDigest = (items: readonly CleanupItem[]): string =>
  sha256Hex(
    `dianzhang/cleanup-lists/1\n${canonicalJson(
      items.map((x) => ({ n: x.n, title: x.title, number: x.number, outcome: outcomeOf(x), reason: reasonOf(x) })),
    )}`,
  )
const decide: Own = {
  resolve: async (c, p) => {
    const { external } = c.facts
    if (some(p.document)) {
      if (!external.decision) throw invalid(['document', '没有这件文件；清理决定是本办公室制定的一件行政规范性文件'])
      p.document = external.decision.id
    }
    const items = external.items.filter((x) => !x.afterDecision)
    const organ = findOrgan(c.units, String(p.body), competentUnits(c.facts))
    const past = c.dossier.census?.origin === 'list'
    const conditional = new Map<string, number[]>()
    if (!past)
      for (const x of items) {
        const amend = outcomeOf(x) === 'amend' ? x.opinion?.amend : null
        if (amend?.ifLate === 'lapse' && amend.due)
          conditional.set(amend.due, [...(conditional.get(amend.due) ?? []), x.n])
      }
    const ready = await noting(
      c,
      items.flatMap((x): NewNote[] => {
        const outcome = outcomeOf(x)
        return outcome === null ? [] : [{ n: x.n, kind: 'final', body: { outcome, reason: reasonOf(x) } }]
      }),
    )
    return {
      ...ready,
      body: {
        id: organ?.body?.id ?? organ?.unit ?? '',
        name: organ?.name ?? String(p.body),
        unit: organ?.unit ?? c.dossier.unit,
      },
      counts: tallyOf(items).counts,
      lists: listsDigest(items),
      conditional: [...conditional]
        .map(([due, list]) => ({ due, items: list }))
        .toSorted((a, b) => (a.due < b.due ? -1 : 1)),
    }
  },
  write: async (c, _p, r) => {
    await written(c, r)
    const moved = c.facts.external.items.filter((x) => !isGone(x.status) && isGone(x.now?.status))
    return {
      counts: r.counts,
      // What ended by another way meanwhile: in its own list, with the reason, not lost among the others.
      goneMeanwhile: moved.map((x) => ({ item: x.n, title: x.title, reason: reasonOf(x) })),
    }
  },
  ledger: ledgered((p, r) => ({ ...p, organ: r.body, counts: r.counts, lists: r.lists })),
}
/** What the changes send: a command to each document made here, and the checks of what rests on imported ones. */
async function effectSends(c: Write, _p: Payload, r: CleanupResolved): Promise<Send[]> {
  const { ground, sent = [], effects = [] } = (r.rows ?? {}) as Partial<Rows>
  if (!ground) return []
  const checks = await checksOfImported(c.tx, c.jurisdiction, effects, [...sent, ...effects], c.on, ground.byDocument)
  return [...sendsOf(sent, ground), ...checks]
}
const publishResult: Own = {
  resolve: async (c, p) => {
    const { external } = c.facts
    if (some(p.document)) {
      if (!external.decision) throw invalid(['document', '没有这件文件'])
      p.document = external.decision.id
    }
    const { decision } = external
    const effectiveOn = some(p.effectiveOn) ?? decision?.effectiveDate ?? decision?.publishedOn ?? c.on
    // What was decided long ago has had its effect.
    if (c.dossier.census?.origin === 'list') {
      const { census, decision: decided } = c.dossier
      const [latest = c.on] = [decided?.date, census.asOf]
        .flatMap((x) => x ?? [])
        .sort()
        .toReversed()
      const publishedOn = some(p.publishedOn) ?? (latest < c.on ? latest : c.on)
      const from = some(p.effectiveOn) ?? decision?.effectiveDate ?? decision?.publishedOn ?? publishedOn
      return { effectiveOn: from, publishedOn, effects: 0, imported: 0 }
    }
    const stopped = await c.tx.execute<{ entry: string; document: string | null; title: string; reason: string }>(sql`
      select x.body ->> 'entry' as entry, x.body ->> 'document' as document, x.body ->> 'title' as title, x.body ->> 'reason' as reason
      from cleanup_notes x where x.jurisdiction_id = ${c.jurisdiction} and x.matter_id = ${c.matterId} and x.kind = 'unlisted'
        and x.body ->> 'effect' = 'stop' order by x.seq`)
    const effects: Effect[] = [
      ...effectsOfItems(external.items, effectiveOn),
      ...(c.dossier.closedList ? [...stopped] : []).map(
        (x): Effect => ({
          n: null,
          entry: x.entry,
          matter: x.document,
          title: x.title,
          kind: 'repealed',
          on: effectiveOn,
          reason: `未列入继续有效的行政规范性文件目录，不再执行（${x.reason}）`,
        }),
      ),
    ]
    const imported = await settleImported(c.tx, c.jurisdiction, effects, c.on)
    const ready = await noting(
      c,
      imported.map((x) => ({
        n: x.n,
        kind: 'effect',
        body: { done: x.failed === null, entry: x.entry, title: x.title, kind: x.kind, on: x.on, failed: x.failed },
      })),
    )
    const ground = groundOf(c.dossier, decision)
    const rows: Rows = { ...ready.rows, effects: imported, sent: effects.filter((x) => x.matter !== null), ground }
    return { ...ready, rows, effectiveOn, effects: effects.length, imported: imported.length }
  },
  sends: effectSends,
  write: async (c, _p, r) => {
    await written(c, r)
    const rows = r.rows as Rows | undefined
    if (rows?.ground) await writeImported(c.tx, c.jurisdiction, rows.effects ?? [], rows.ground)
    return {
      effectiveOn: r.effectiveOn,
      effects: {
        sent: rows?.sent?.length ?? 0,
        imported: rows?.effects?.filter((x) => x.failed === null).length ?? 0,
        failed:
          rows?.effects?.flatMap((x) => (x.failed === null ? [] : [{ item: x.n, title: x.title, reason: x.failed }])) ??
          [],
      },
    }
  },
  ledger: ledgered((p, r) => ({
    ...p,
    effectiveOn: r.effectiveOn,
    effects: r.effects,
    ...(r.publishedOn ? { publishedOn: r.publishedOn } : {}),
  })),
}
const recordRepublication: Own = {
  resolve: async (c, p) => {
    const [x] = named(c, [{ ref: p.item as ItemRef, path: 'item' }])
    if (x && outcomeOf(x) !== 'amend') throw invalid(['item', `第${x.n}项的清理结果不是需要修改`])
    const [entry = ''] = await entriesOf(c, [String(p.document)], () => 'document')
    if (entry === x?.entry) throw invalid(['document', '须是重新公布的文件，不是原来的一件'])
    return { ...(await noting(c, [{ n: x?.n ?? null, kind: 'republished', body: { entry } }])), items: x ? [x.n] : [] }
  },
  write: (c, _p, r) => written(c, r),
  ledger: ledgered(),
}
const applyLapses: Own = {
  resolve: async (c, p) => {
    const due = String(p.due)
    const numbers = c.dossier.conditional.find((x) => x.due === due)?.items ?? []
    const items = c.facts.external.items.filter((x) => numbers.includes(x.n))
    const anew = await republishedBy(c.tx, c.dossier, items, due)
    const byHand = new Set(c.dossier.republished)
    const lapsing = items.filter((x) => !byHand.has(x.n) && !anew.has(x.n))
    const on = dayAfter(due)
    const effects = lapsing.flatMap((x): Effect[] =>
      x.entry === null
        ? []
        : [
            {
              n: x.n,
              entry: x.entry,
              matter: x.matter,
              title: x.title,
              kind: 'lapsed',
              on,
              reason: `清理决定须在${due}以前修改并重新公布，逾期没有公布，自${on}起失效`,
            },
          ],
    )
    const imported = await settleImported(c.tx, c.jurisdiction, effects, c.on)
    const failed = new Map(imported.map((x) => [x.n, x.failed]))
    const ready = await noting(
      c,
      items.map((x) => ({
        n: x.n,
        kind: 'lapse',
        body: {
          due,
          lapsed: lapsing.includes(x) && (failed.get(x.n) ?? null) === null,
          republished: byHand.has(x.n) ? true : (anew.get(x.n) ?? null),
          ...(failed.get(x.n) ? { failed: failed.get(x.n) } : {}),
        },
      })),
    )
    const named = c.dossier.published?.document ?? c.dossier.decision?.document ?? null
    const ground = groundOf(c.dossier, named ? await decisionOf(c.tx, c.jurisdiction, named) : null)
    const rows: Rows = { ...ready.rows, effects: imported, sent: effects.filter((x) => x.matter !== null), ground }
    return { ...ready, rows, items: lapsing.map((x) => x.n) }
  },
  sends: effectSends,
  write: async (c, _p, r) => {
    await written(c, r)
    const rows = r.rows as Rows | undefined
    if (rows?.ground) await writeImported(c.tx, c.jurisdiction, rows.effects ?? [], rows.ground)
    return { lapsed: r.items }
  },
  ledger: ledgered((p, r) => ({ ...p, lapsed: r.items })),
}
export const cleanupHandlers: { [T in CleanupShape['command']]: Own } = {
  AddDocuments: addDocuments,
  FreezeCensus: freezeCensus,
  ImportCensus: importCensus,
  ReportLateFind: reportLateFind,
  AssignUnit: assignUnit,
  GiveOpinion: giveOpinion,
  CheckItems: checkItems,
  OpenNotice: openNotice,
  RecordObjection: recordObjection,
  AnswerObjection: answerObjection,
  ConfirmUnlisted: confirmUnlisted,
  Decide: decide,
  PublishResult: publishResult,
  RecordRepublication: recordRepublication,
  ApplyLapses: applyLapses,
  CloseCleanup: {},
  CancelCleanup: {},
  RecomputeDeadlines: recomputing(cleanupProcess) as Own,
}
