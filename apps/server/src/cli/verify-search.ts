// The search index against the entries it was made of. It is derived: a fault here means that searches may miss something
// until `dianzhang search rebuild` has run, not that a record was changed. Reads blocks with code of its own.
import type { Run } from './verify-run.ts'

/** Entries whose every pair of characters is looked up. */
const sampled = 400

type Column = [
  jurisdiction: string,
  id: string,
  published: number,
  effective: number,
  until: number,
  ...rest: unknown[],
]
const day = (date: string | null): number => (date === null ? 0 : Number(date.replaceAll('-', '')))

export async function checkSearchIndex({ sql, count, fault, note }: Run): Promise<void> {
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('search_index') is not null as there`
  const [index] = there?.there ? await sql<{ generation: string }[]>`select generation::text from search_index` : []
  if (index === undefined) {
    note('检索索引还没有建成：检索照旧进行，服务启动以后会自行建立')
    return
  }
  const rebuild = '检索可能不全，请运行 npx dianzhang search rebuild'
  const place = new Map<string, { part: string; at: number }>()
  const columns = new Map<string, Column>()
  const sizes = new Map<string, number>()
  const rows = sql<{ part: string; body: string }[]>`
    select c.part::text, c.body from search_columns c join search_parts p on p.part = c.part
    where p.generation = ${index.generation} and c.chunk >= 0 order by c.part, c.chunk`.cursor(4)
  for await (const some of rows)
    for (const { part, body } of some)
      for (const entry of JSON.parse(body) as Column[]) {
        const key = `${entry[0]} ${entry[1]}`
        const at = sizes.get(part) ?? 0
        sizes.set(part, at + 1)
        if (place.has(key)) fault('search', entry[1], `条目 ${entry[1]} 在检索索引里有两处；${rebuild}`)
        place.set(key, { part, at })
        columns.set(key, entry)
      }
  const pending = new Set(
    (await sql<{ key: string }[]>`select jurisdiction_id || ' ' || id as key from search_pending`).map(
      ({ key }) => key,
    ),
  )
  const [total] = await sql<{ n: number }[]>`select count(*)::int as n from register_entries`
  const step = Math.max(1, Math.floor((total?.n ?? 0) / sampled))
  let n = 0
  const entries = sql<
    { j: string; id: string; published: string | null; effective: string | null; until: string | null; title: string }[]
  >`select jurisdiction_id as j, id, published_on::text as published, effective_date::text as effective, valid_until::text as until, title
    from register_entries order by jurisdiction_id, id`.cursor(1000)
  for await (const some of entries)
    for (const entry of some) {
      count('search')
      n += 1
      const key = `${entry.j} ${entry.id}`
      const found = place.get(key)
      const column = columns.get(key)
      if (found === undefined || column === undefined) {
        if (!pending.has(key)) fault('search', entry.id, `条目 ${entry.id} 不在检索索引里；${rebuild}`)
        continue
      }
      if (
        !pending.has(key) &&
        (column[2] !== day(entry.published) || column[3] !== day(entry.effective) || column[4] !== day(entry.until))
      )
        fault('search', entry.id, `条目 ${entry.id} 在检索索引里的日期与登记的不同；${rebuild}`)
      if (n % step === 0) {
        // Two characters side by side in the title, by their code units.
        const pair = /[\u4e00-\u9fff]{2}/u.exec(entry.title)?.[0]
        if (pair === undefined) continue
        const gram = 2 ** 48 + pair.charCodeAt(0) * 65_536 + pair.charCodeAt(1)
        if (!(await hasGram(sql, found.part, sizes.get(found.part) ?? 0, gram, found.at)))
          fault('search', entry.id, `条目 ${entry.id} 标题里的“${pair}”在检索索引里查不到；${rebuild}`)
      }
    }
  if (place.size > (total?.n ?? 0)) fault('search', 'search_parts', `检索索引里有登记库没有的条目；${rebuild}`)
}

/** Whether the entry `at` of a part has the gram: the block that would hold it, read number by number. */
async function hasGram(sql: Run['sql'], part: string, entries: number, gram: number, at: number): Promise<boolean> {
  const [row] = await sql<{ keys: Buffer }[]>`select first_keys as keys from search_parts where part = ${part}`
  const keys = row?.keys ?? Buffer.alloc(0)
  let n = -1
  for (let i = 0; i * 8 < keys.length && keys.readDoubleLE(i * 8) <= gram; i += 1) n = i
  const [block] = await sql<{ b: Buffer }[]>`select b from search_blocks where part = ${part} and n = ${n}`
  if (block === undefined) return false
  const bytes = block.b
  let place = 0
  const number = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[place++] ?? 0
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
  }
  for (let key = 0; place < bytes.length; ) {
    key += number()
    const size = number()
    const from = place
    const bitmap = size * 16 >= entries && entries > 64
    if (key === gram) {
      if (bitmap) return (((bytes[from + (at >>> 3)] ?? 0) >>> (at & 7)) & 1) === 1
      for (let i = 0, last = -1; i < size; i += 1) {
        last += number() + 1
        if (last === at) return true
      }
      return false
    }
    if (bitmap) place += (entries + 7) >>> 3
    else for (let left = size; left > 0; place += 1) if ((bytes[place] ?? 0) < 128) left -= 1
  }
  return false
}
