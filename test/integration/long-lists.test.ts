// 随时间增长的清单：一页以外还有许多行的，逐页取来不重不漏，取走的表是全部，总数是准的。
import { expect, test } from 'vitest'
import { type Client, httpOffice, json, jurisdiction, staff } from '../support/http.ts'

const { signIn, database } = await httpOffice({
  accounts: [...staff, { username: 'registrar', unit: 'gov', roles: ['registrar'] }],
})
const { sql } = database.connect()
/** 所有者的，绕过守卫：要的只是许多行。 */
const rows = (statement: string): Promise<unknown> =>
  sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(statement)
  })
const j = `'${jurisdiction}'`
const entries = (n: number, more: { origin: string; document: string; metadata: string }): string => `
  insert into register_entries (jurisdiction_id, id, origin, document_id, title, issuers, disclosure, published_on, force_events,
    body, text_hash, attachments, metadata, created_at)
  select ${j}, '${more.origin}-' || n, '${more.origin}', ${more.document}, '第' || n || '号办法', '{gov}', 'active', '2025-01-01', '[]',
    '', repeat('0', 64), '[]', ${more.metadata}, now() from generate_series(1, ${n}) n`

interface Page {
  items: Array<Record<string, unknown>>
  nextCursor: string | null
  total?: number
}
/** 各页合起来：几页、几行，有没有重的；取走的 CSV 几行。 */
async function walked(client: Client, path: string, key: (row: Record<string, unknown>) => string) {
  const and = path.includes('?') ? '&' : '?'
  const seen: string[] = []
  const totals = new Set<number | undefined>()
  let pages = 0
  let cursor: string | null = null
  do {
    const page: Page = await json<Page>(client.get(`${path}${and}limit=100${cursor ? `&cursor=${cursor}` : ''}`))
    seen.push(...page.items.map(key))
    totals.add(page.total)
    pages += 1
    cursor = page.nextCursor
  } while (cursor)
  const [name, asked] = path.split('?')
  const csv = await (await client.get(`${name}.csv${asked ? `?${asked}` : ''}`)).text()
  return {
    pages,
    rows: seen,
    distinct: new Set(seen).size,
    taken: csv.trim().split('\n').length - 1,
    totals: [...totals],
  }
}

test('编号系列：许多年的逐页取，只要有预留号的也逐页取', async () => {
  await rows(`insert into number_series (jurisdiction_id, series, year, kind, last_seq)
    select ${j}, '某' || s || '发', y, 'document', 2 from generate_series(1, 13) s, generate_series(2001, 2020) y`)
  await rows(`insert into numbers (jurisdiction_id, series, year, seq, kind, text, status, at, by, expires_on)
    select ${j}, '某' || s || '发', y, q, 'document', '某' || s || '发〔' || y || '〕' || q || '号',
      case when s = 1 and q = 2 then 'reserved' else 'issued' end, now(), 'secretary', '2027-01-01'
    from generate_series(1, 13) s, generate_series(2001, 2020) y, generate_series(1, 2) q`)
  const secretary = await signIn('secretary')
  const all = await walked(secretary, '/api/series', (row) => `${row.year}${row.series}`)
  expect([all.pages, all.distinct, all.taken]).toEqual([3, 260, 260])
  expect(all.rows[0]).toMatch(/^2020/)
  expect(all.rows.at(-1)).toMatch(/^2001/)
  const { items } = await json<Page>(secretary.get('/api/series?reserved=true&limit=100'))
  expect(items).toHaveLength(20)
  expect(items[0]).toMatchObject({ series: '某1发', year: 2020, issued: 1, reserved: 1, void: 0 })
})

test('届满提醒与正文所写的有效期：一页以外的也列得到，没有答复的、本人的在库里筛选', async () => {
  await rows(
    entries(230, {
      origin: 'imported',
      document: 'null',
      metadata: `json_build_object('validUntilAsked', '2027-03-0' || (1 + n % 9))`,
    }),
  )
  await rows(`insert into expiry_alerts (jurisdiction_id, entry_id, valid_until, months, due_on, raised_at, owner_unit, owner_role)
    select ${j}, 'imported-' || n, '2026-06-01', m, '2026-01-01', now(), case when n <= 120 then 'water' else 'justice' end, 'unit_head'
    from generate_series(1, 230) n, unnest(array[3, 6]) m`)
  await rows(
    `update register_entries set force_events = '[{"kind":"repealed","on":"2026-02-01"}]' where id in ('imported-1', 'imported-2')`,
  )
  const head = await signIn('head')
  const keyed = (row: Record<string, unknown>) => `${row.entry}:${row.months}`
  const counts = async (query: string) => {
    const found = await walked(head, `/api/expiry-alerts${query}`, keyed)
    return [found.pages, found.distinct, found.rows.length, found.taken]
  }
  expect(await counts('')).toEqual([5, 460, 460, 460])
  expect(await counts('?open=true')).toEqual([5, 456, 456, 456])
  expect(await counts('?open=true&mine=true')).toEqual([3, 236, 236, 236])
  expect(await counts('?entry=imported-7')).toEqual([1, 2, 2, 2])
  const questions = await walked(head, '/api/validity-questions', (row) => String(row.entry))
  expect([questions.pages, questions.distinct, questions.taken]).toEqual([3, 230, 230])
})

test('应报未报：五千件以上的，总数仍是准的，最迟的在最前', async () => {
  const many = 5_200
  const filing = (track: string, status: string, recipient: string) =>
    `'${track}', json_build_object('track', '${track}', 'status', ${status}, 'recipient', '${recipient}')`
  await rows(`insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version, involved_units,
      ledger_seq, ledger_head, created_at, updated_at)
    select ${j}, 'd-' || n, 'normative-document', 1, 'effective',
      json_build_object('context', json_build_object('dossier', json_build_object('filings', json_build_object(
        ${filing('government', `case when n % 10 = 0 then 'returned' when n % 10 = 1 then 'filed' else 'due' end`, 'gov')},
        ${filing('npc', `'due'`, 'npc')})))),
      '第' || n || '号办法', 'water', 'p', '{water,gov}', 1, repeat('0', 64), now(), now() from generate_series(1, ${many}) n`)
  await rows(`insert into documents (jurisdiction_id, id, tier, lead_issuer)
    select ${j}, 'd-' || n, 'department', 'water' from generate_series(1, ${many}) n`)
  await rows(entries(many, { origin: 'made', document: `'d-' || n`, metadata: `'{}'` }))
  await rows(`insert into deadlines (jurisdiction_id, matter_id, key, kind, label, starts_on, due_on, due_at, status, provisional)
    select ${j}, 'd-' || n, 'filing:government', 'filing', '报送备案', '2025-01-01', date '2026-03-02' - 30 + n % 60, now(), 'open', false
    from generate_series(1, ${many}) n`)
  const registrar = await signIn('registrar')
  const first = await json<Page>(registrar.get('/api/filings/unfiled?limit=100'))
  const unfiled = many - many / 10
  expect(first.total).toBe(unfiled)
  const late = first.items.map((row) => Number(row.daysLate))
  expect(late[0]).toBe(30)
  expect(late).toEqual(late.toSorted((a, b) => b - a))
  expect(first.items[0]).toMatchObject({
    issuer: 'water',
    track: 'government',
    review: null,
    publishedOn: '2025-01-01',
  })
  // 逐页取来与取走的表另由 lists.test.ts 核对；这里看的是第五千件以后也在，总数与实有的一样。
  const page = (at: number) => json<Page>(registrar.get(`/api/filings/unfiled?limit=100&cursor=${at}`))
  const last = await page(unfiled - 30)
  expect([last.items.length, last.nextCursor, last.total]).toEqual([30, null, unfiled])
  expect(Number(last.items.at(-1)?.daysLate)).toBe(0)
  const asked = await json<Page>(registrar.get('/api/filings/unfiled?late=true&limit=100'))
  const [counted] = await sql<Array<{ n: number }>>`
    select count(*)::int as n from deadlines d join matters m on m.id = d.matter_id
    where d.due_on < '2026-03-02' and m.snapshot #>> '{context,dossier,filings,government,status}' in ('due', 'returned')
      or m.snapshot #>> '{context,dossier,filings,government,status}' = 'returned'`
  expect(asked.total).toBe(counted?.n)
})
