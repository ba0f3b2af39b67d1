// The reverse query: which documents rest on an act, at a hundred thousand documents; beside the bare driver that joins the same
// two tables by the same index. Documents and edges are made up; how often an act is cited falls as it does in real registers.
import { actKey, searchActs } from '@dianzhang/acts'
import { connect, migrate } from '@dianzhang/database'
import { impactOf } from '@dianzhang/register'

interface Spread {
  p50: number
  p95: number
  p99: number
}
export interface ImpactBench {
  documents: number
  edges: number
  fillSeconds: number
  /** Milliseconds of the whole answer, for acts drawn as they are cited, every third with an article. */
  query: Spread
  /** Milliseconds of the bare driver for the same acts. */
  floor: Spread
  /** Milliseconds of the second page of the act cited most. */
  nextPage: number
  /** Documents that cite the act cited most, and the plan of its count: which index it goes by. */
  most: number
  plan: string[]
  /** Acts asked for, and in how many of them the count is another than the database's own. */
  asked: number
  different: number
}
const spread = (values: number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q: number) => Math.round((sorted[Math.floor((sorted.length - 1) * q)] ?? 0) * 100) / 100
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
/** Numbers between 0 and 1, the same in every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** `documents`: how many; each cites three acts. Asks for 300 acts, one after the other. */
export async function benchImpact(url: string, documents: number, say: (line: string) => void): Promise<ImpactBench> {
  await migrate(url)
  const office = connect(url, { max: 2 })
  const { sql, close } = connect(url, { max: 1 })
  try {
    const started = performance.now()
    const names = [...new Set(searchActs('', 3000).items.map((act) => act.title))]
    await sql`insert into jurisdictions (id, name) values ('640522', '海原县') on conflict do nothing`
    // The log and the search index are no part of this.
    await sql.unsafe('alter table register_entries disable trigger user')
    await sql`
      insert into register_entries (jurisdiction_id, id, origin, source_id, source_name, title, document_number, issuers, lead_issuer, category,
        published_on, effective_date, disclosure, force_events, source_status, body, text_hash, attachments, metadata, created_at)
      select '640522', 'b' || i, 'imported', 'b' || i, '自造', '某县第' || i || '件办法', '某政发〔2020〕' || i || '号', array['某县人民政府'],
        '某县人民政府', '行政规范性文件', '2020-01-01', '2020-02-01', 'active', '[]', '有效', '略', '', '[]', '{}', now()
      from generate_series(1, ${documents}) i`
    await sql.unsafe('alter table register_entries enable trigger user')
    const keys = [...new Set(names.map(actKey))]
    // The k-th act is cited about 1/k as often as the first.
    await sql`
      insert into citations (jurisdiction_id, source, n, entry_id, act_key, act_name, targets, articles, role, found, certainty, address, start_at, end_at, quote)
      select '640522', 'entry/b' || i, n, 'b' || i, k.key, k.key, array['第' || (1 + (i + n) % 9) || '条'],
        array['第' || (array['一','二','三','四','五','六','七','八','九'])[1 + (i + n) % 9] || '条'], case n when 0 then 'basis' else 'cites' end,
        'parsed', 'exact', '第一条', 0, 10, '根据《某法》，制定本办法'
      from generate_series(1, ${documents}) i cross join generate_series(0, 2) n
      join (select key, ord from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) with ordinality as x(key, ord)) k
        on k.ord = 1 + floor(power(${keys.length}::float, ((i * 7919 + n * 104729) % 99991) / 99991.0))::int % ${keys.length}`
    await sql.unsafe('vacuum analyze register_entries')
    await sql.unsafe('vacuum analyze citations')
    await sql.unsafe('vacuum analyze citing')
    const [row] = await sql<Array<{ edges: number }>>`select count(*)::int as edges from citations`
    const fillSeconds = Math.round((performance.now() - started) / 100) / 10
    say(`${documents} 件、${row?.edges} 处引用，反查 300 部……`)
    const random = sequence(20261128)
    const acts = Array.from({ length: 300 }, () => keys[Math.floor(keys.length ** random()) % keys.length] ?? '')
    const [ours, bare]: [number[], number[]] = [[], []]
    let different = 0
    for (const [i, act] of acts.entries()) {
      const article = i % 3 === 2 ? '第三条' : undefined
      const from = performance.now()
      const found = await impactOf(office.db, { act, article, on: '2026-11-28', limit: 100 })
      const between = performance.now()
      const rows = await sql<Array<{ role: string; all: number }>>`
        select role, count(*) over ()::int as all from (
          select c.role, e.id, e.title, e.document_number from citations c
          join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry_id
          where c.act_key = ${act} and c.entry_id is not null and (${article ?? null}::text is null or c.articles @> array[${article ?? null}]::text[])
          group by 1, 2, 3, 4) x limit 100`
      bare.push(performance.now() - between)
      ours.push(between - from)
      if (found.total !== (rows[0]?.all ?? 0)) different++
    }
    const top = keys[1] ?? ''
    const first = await impactOf(office.db, { act: top, on: '2026-11-28', limit: 100 })
    const turned = performance.now()
    await impactOf(office.db, { act: top, on: '2026-11-28', limit: 100, cursor: first.nextCursor ?? undefined })
    const nextPage = Math.round((performance.now() - turned) * 100) / 100
    const plan = await sql<Array<{ 'QUERY PLAN': string }>>`explain (analyze, costs off, timing off)
      select rank, whole, count(*) from citing where target = ${top} and article = '' and published_on <= '2026-11-28' and over_from > '2026-11-28' group by 1, 2`
    return {
      documents,
      edges: row?.edges ?? 0,
      fillSeconds,
      query: spread(ours),
      floor: spread(bare),
      nextPage,
      most: first.total,
      plan: plan.map((line) => line['QUERY PLAN']),
      asked: acts.length,
      different,
    }
  } finally {
    await close()
    await office.close()
  }
}
