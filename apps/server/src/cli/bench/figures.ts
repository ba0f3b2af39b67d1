// The figures of a year over a hundred thousand documents, through the database: this year, a past day, the statistics page, a
// year's report. Wall time beside the processor time of this process, as machines are shared. The documents made here are
// copies of those of the demo county with their ledgers, clocks and filings; the rest are imported entries.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { connect, migrate } from '@dianzhang/database'
import { demoJurisdiction, openCounty, SeedClock, seedDemo } from '@dianzhang/demo'
import {
  figuresOfYear,
  filingList,
  installJobs,
  installPacks,
  statistics,
  statisticsWithQuarters,
} from '@dianzhang/workflow'
import { hashPassword } from '../../auth.ts'
import { benchOffice, cpuOfSessions } from './target.ts'

export interface FiguresBench {
  documents: number
  /** Of these made here, with ledgers; and the ledger's events in all. */
  made: number
  events: number
  fillSeconds: number
  rows: Array<{ name: string; items: number; ms: number; worstMs: number; cpuMs: number; databaseCpuMs: number }>
}
/** Every so many-th document was made here. */
const every = 8

async function fill(databaseUrl: string, documents: number): Promise<{ made: number; events: number }> {
  const { sql, close } = connect(databaseUrl, { max: 1 })
  const made = Math.floor(documents / every)
  try {
    await sql.unsafe(`
      -- Guards and keys were checked when the demo files came about; copies are made without them.
      set session_replication_role = replica;
      create temporary table copies as
      with source as (
        select jurisdiction_id, document_id, id, row_number() over (order by id) - 1 as k, count(*) over () as total
        from register_entries where document_id is not null and published_on is not null)
      select s.jurisdiction_id, s.document_id as old, s.id as entry, gen_random_uuid()::text as id, g.n,
        -- Spread over eight years before those of the demo county.
        (g.n % 8) * 365 as back
      from source s join generate_series(1, ${made}) g (n) on g.n % s.total = s.k;
      create temporary table reviews as
      select c.*, r.matter_id as old_review, r.track, gen_random_uuid()::text as review
      from copies c join filing_reviews r on r.jurisdiction_id = c.jurisdiction_id and r.document_id = c.old;
      create temporary table pairs as
      select jurisdiction_id, old, id, back, n from copies
      union all select jurisdiction_id, old_review, review, back, n from reviews;
      insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version, opened_by,
        involved_units, concerned_roles, ledger_seq, ledger_head, next_due_on, turn_form, created_at, updated_at)
      select d.jurisdiction_id, c.id, d.process, d.version, d.stage, d.snapshot, d.title, d.unit, d.pack_version,
        d.opened_by, d.involved_units, d.concerned_roles, d.ledger_seq, d.ledger_head, null, d.turn_form,
        d.created_at - c.back * interval '1 day', d.updated_at - c.back * interval '1 day'
      from pairs c join matters d on d.jurisdiction_id = c.jurisdiction_id and d.id = c.old;
      insert into documents (jurisdiction_id, id, tier, lead_issuer, filing)
      select d.jurisdiction_id, c.id, d.tier, d.lead_issuer, d.filing
      from copies c join documents d on d.jurisdiction_id = c.jurisdiction_id and d.id = c.old;
      insert into ledger_events (jurisdiction_id, matter_id, seq, type, command_id, at, body, prev_hash, hash)
      select t.jurisdiction_id, c.id, t.seq, t.type, t.command_id || c.n, t.at - c.back * interval '1 day', t.body, t.prev_hash, t.hash
      from pairs c join ledger_events t on t.jurisdiction_id = c.jurisdiction_id and t.matter_id = c.old;
      insert into deadlines (jurisdiction_id, matter_id, key, kind, label, starts_on, due_on, due_at, status, met_on, provisional)
      select t.jurisdiction_id, c.id, t.key, t.kind, t.label, t.starts_on - c.back, t.due_on - c.back,
        t.due_at - c.back * interval '1 day', t.status, t.met_on - c.back, t.provisional
      from pairs c join deadlines t on t.jurisdiction_id = c.jurisdiction_id and t.matter_id = c.old;
      insert into filing_reviews (jurisdiction_id, matter_id, entry_id, document_id, track, recipient, opened_on, filed_on,
        registered_on, number, closed_on, outcome, decided_on)
      select r.jurisdiction_id, v.review, 'b' || v.n, v.id, r.track, r.recipient, r.opened_on - v.back, r.filed_on - v.back,
        r.registered_on - v.back, r.number || '-' || v.n, r.closed_on - v.back, r.outcome, r.decided_on - v.back
      from reviews v join filing_reviews r on r.jurisdiction_id = v.jurisdiction_id and r.matter_id = v.old_review;
      insert into public_consultations (jurisdiction_id, id, document_id, n, title, drafting_unit_name, issuer_names, body,
        text_hash, explanatory_note, channels, groups, contact, shortened, minimum, opened_at, closes_on, closes_at, closed_at,
        extensions, feedback, feedback_at)
      select p.jurisdiction_id, gen_random_uuid()::text, c.id, p.n, p.title, p.drafting_unit_name, p.issuer_names, '略',
        p.text_hash, '略', p.channels, p.groups, p.contact, p.shortened, p.minimum, p.opened_at - c.back * interval '1 day',
        p.closes_on - c.back, p.closes_at - c.back * interval '1 day', p.closed_at, p.extensions, p.feedback, p.feedback_at
      from copies c join public_consultations p on p.jurisdiction_id = c.jurisdiction_id and p.document_id = c.old;
      insert into register_entries (jurisdiction_id, id, origin, document_id, title, document_number, issuers, lead_issuer, tier,
        category, published_on, effective_date, valid_until, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
      select e.jurisdiction_id, 'b' || c.n, e.origin, c.id, e.title || '（第' || c.n || '件）', e.document_number || c.n,
        e.issuers, e.lead_issuer, e.tier, e.category, e.published_on - c.back, e.effective_date - c.back,
        e.valid_until - c.back, e.disclosure, e.force_events, '略', e.text_hash, '[]', '{}', e.created_at - c.back * interval '1 day'
      from copies c join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry;
      insert into register_entries (jurisdiction_id, id, origin, source_id, source_name, title, document_number, issuers,
        lead_issuer, category, published_on, effective_date, valid_until, disclosure, force_events, source_status, body,
        text_hash, attachments, metadata, created_at)
      select '${demoJurisdiction}', 'i' || i, 'imported', 'i' || i, '自造', '海原县第' || i || '件管理办法', '海某发〔2020〕' || i || '号',
        array['海原县第' || (i % 40) || '局'], '海原县第' || (i % 40) || '局', '行政规范性文件',
        current_date - (i % 3650), current_date - (i % 3650) + 30,
        case when i % 3 = 0 then current_date - (i % 3650) + 1825 end, 'active',
        case when i % 10 = 0 then jsonb_build_array(jsonb_build_object('kind', case when i % 20 = 0 then 'repealed' else 'amended' end,
          'on', (current_date - (i % 3650) / 2)::text, 'reason', '清理', 'byDocument', null)) else '[]' end,
        case when i % 50 = 0 then null else '有效' end, '略', '', '[]', '{}', now() - (i % 3650) * interval '1 day'
      from generate_series(1, ${documents - made}) i;
      drop table copies, reviews, pairs;`)
    await sql`vacuum analyze`
    const [row] = await sql<Array<{ events: number }>>`select count(*)::int as events from ledger_events`
    return { made, events: row?.events ?? 0 }
  } finally {
    await close()
  }
}

/** The demo county, its documents copied, imported entries beside them. */
export async function prepareFigures(url: string, documents: number): Promise<{ made: number; events: number }> {
  await migrate(url)
  await installJobs(url)
  const { db, close } = connect(url, { max: 2 })
  await installPacks(db, new Date())
  const accounts = await openCounty(db, { passwordHash: await hashPassword('bench-password-only'), at: new Date() })
  await close()
  const opened = await benchOffice(url)
  await seedDemo(opened.office, new SeedClock(), { now: new Date(), accounts })
  await opened.close()
  return fill(url, documents)
}
/** Each question is asked once unmeasured, then five times: median, worst, processor time of the median, ours and that of the database. */
async function measure(url: string, say: (line: string) => void): Promise<FiguresBench['rows']> {
  const { office, close } = await benchOffice(url)
  const database = new URL(url).pathname.slice(1)
  try {
    const today = dateInShanghai(new Date().toISOString())
    const last = Number(today.slice(0, 4)) - 1
    const year = { from: `${last}-01-01`, to: `${last}-12-31` }
    const past = addDays(today, -200)
    const questions: Array<[name: string, ask: () => Promise<number>]> = [
      ['本年各项指标', async () => (await statistics(office, {})).items.length],
      ['上年各项指标', async () => (await statistics(office, year)).items.length],
      ['上年各项指标，截至过去的一日', async () => (await statistics(office, { ...year, as_of: past })).items.length],
      ['统计页（连同八个季度）', async () => (await statisticsWithQuarters(office, {})).items.length],
      [
        '年度报告的全部数、各机关',
        async () => (await figuresOfYear(office, demoJurisdiction, last, today)).figures.length,
      ],
      ['年度备案目录，两本台账', async () => (await filingList(office, { year: last })).items.length],
    ]
    const rows: FiguresBench['rows'] = []
    for (const [name, ask] of questions) {
      let items = await ask()
      const runs: Array<{ ms: number; cpu: number; database: number }> = []
      for (let i = 0; i < 5; i += 1) {
        const [from, before, asked] = [performance.now(), process.cpuUsage(), cpuOfSessions(database)]
        items = await ask()
        const { user, system } = process.cpuUsage(before)
        runs.push({
          ms: Math.round(performance.now() - from),
          cpu: Math.round((user + system) / 1000),
          database: cpuOfSessions(database) - asked,
        })
      }
      runs.sort((a, b) => a.ms - b.ms)
      const middle = runs[2]
      const row = {
        name,
        items,
        ms: middle?.ms ?? 0,
        worstMs: runs[4]?.ms ?? 0,
        cpuMs: middle?.cpu ?? 0,
        databaseCpuMs: middle?.database ?? 0,
      }
      rows.push(row)
      say(
        `  ${name}：${row.ms} ms（最长 ${row.worstMs} ms，处理器时间 本进程 ${row.cpuMs}、数据库 ${row.databaseCpuMs} ms）`,
      )
    }
    return rows
  } finally {
    await close()
  }
}
/** `documents`: how many in all. */
export async function benchFigures(url: string, documents: number, say: (line: string) => void): Promise<FiguresBench> {
  const started = performance.now()
  const { made, events } = await prepareFigures(url, documents)
  const fillSeconds = Math.round((performance.now() - started) / 100) / 10
  say(`  ${documents} 件（其中 ${made} 件在本系统办理，台账 ${events} 条），用 ${fillSeconds} 秒备好`)
  return { documents, made, events, fillSeconds, rows: await measure(url, say) }
}
