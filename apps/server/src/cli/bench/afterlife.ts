// What is done at once to many documents after publication: freezing the census of ten thousand, applying a decision over three
// hundred, the ladder of expiry over a hundred thousand. Beside the bare driver that writes, or looks at, the same rows.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Connection, connect } from '@dianzhang/database'
import { SeedClock, seedDemo } from '@dianzhang/demo'
import { GENESIS } from '@dianzhang/ledger'
import { raiseExpiryAlerts } from '@dianzhang/workflow'
import { httpClient } from './measure.ts'
import { benchOffice, startTarget } from './target.ts'

type Sql = Connection['sql']
interface Timed {
  seconds: number
  /** Processor time of our own process in it: on a busy machine it says more than the clock. */
  cpuSeconds: number
  /** Seconds of the bare driver for the same rows. */
  floor: number
  limitSeconds: number
}
export interface AfterlifeBench {
  census: Timed & { items: number }
  decision: Timed & { items: number; done: number; failed: number }
  /** `due`: rungs that fell due on the one day between the two sweeps; `none`: milliseconds of a sweep with nothing due. */
  ladder: Timed & { documents: number; due: number; none: number }
}
const issuer = '海原县人民政府'
const unit = 'hy-agri'
const hundredths = (value: number): number => Math.round(value * 100) / 100
const seconds = (from: number): number => hundredths((performance.now() - from) / 1000)
const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Entries without a file of their own, their validity ending evenly over forty years. */
async function fill(sql: Sql, documents: number, censused: number): Promise<void> {
  await sql.unsafe('alter table register_entries disable trigger user')
  await sql`
    insert into register_entries (jurisdiction_id, id, origin, source_id, source_name, title, document_number, issuers, lead_issuer, category,
      published_on, effective_date, valid_until, disclosure, force_events, source_status, body, text_hash, attachments, metadata, created_at)
    select '640522', 'b' || i, 'imported', 'b' || i, '自造', '海原县第' || i || '件办法', '海政发〔2020〕' || i || '号', array[x.issuer], x.issuer,
      '行政规范性文件', '2020-01-01', '2020-02-01', current_date + (i % 14600), 'active', '[]', '有效', '略', '', '[]', '{}',
      now() - interval '30 days'
    from generate_series(1, ${documents}) i cross join lateral (select case when i <= ${censused} then ${issuer} else '某县人民政府' end) x(issuer)`
  await sql.unsafe('alter table register_entries enable trigger user')
  await sql.unsafe('vacuum analyze register_entries')
}
/** Copies of a file of our own in force: matter, document, entry; answers their ids. */
async function copies(sql: Sql, count: number): Promise<string[]> {
  const [model] = await sql<Array<{ id: string; title: string }>>`
    select e.document_id as id, e.title from register_entries e join matters m on m.jurisdiction_id = e.jurisdiction_id and m.id = e.document_id
    where e.document_id is not null and m.unit = ${unit} and e.force_events = '[]' and e.effective_date <= current_date
      and (e.valid_until is null or e.valid_until > current_date) limit 1`
  if (!model) throw new Error('演示县没有可以照样复制的文件')
  await sql`create temporary table copies as select gen_random_uuid()::text as id, n from generate_series(1, ${count}) n`
  const copied = async (table: string, key: string, own: Record<string, string>) => {
    const columns = await sql<Array<{ name: string }>>`select column_name as name from information_schema.columns
      where table_name = ${table} and table_schema = 'public' and is_generated = 'NEVER' and column_name <> 'wjbs' order by ordinal_position`
    const names = columns.map((x) => x.name)
    await sql.unsafe(
      `insert into ${table} (${names.join(', ')}) select ${names.map((x) => own[x] ?? `t.${x}`).join(', ')}
       from ${table} t cross join copies where t.${key} = '${model.id}'`,
    )
  }
  const title = `'海原县三百件之' || copies.n`
  await copied('matters', 'id', {
    id: 'copies.id',
    title,
    ledger_seq: '0',
    ledger_head: `'${GENESIS}'`,
    snapshot: `replace(replace(t.snapshot::text, '${model.id}', copies.id), '${model.title}', ${title})::jsonb`,
  })
  await copied('documents', 'id', { id: 'copies.id' })
  await copied('register_entries', 'document_id', {
    id: 'copies.id',
    document_id: 'copies.id',
    title,
    document_number: `'海农发〔2027〕' || (1000 + copies.n)`,
    registry_number: 'null',
    index_number: 'null',
  })
  const rows = await sql<Array<{ id: string }>>`select id from copies order by n`
  return rows.map((x) => x.id)
}

/** `documents`: how many the ladder looks over; `items`: of so many the census. */
export async function benchAfterlife(
  url: string,
  say: (line: string) => void,
  documents = 100_000,
  items = 10_000,
): Promise<AfterlifeBench> {
  const { sql, close } = connect(url, { max: 1 })
  let own: string[] = []
  let ladder: AfterlifeBench['ladder'] | undefined
  const target = await startTarget(url, async (accounts) => {
    const { office, close: closeOffice } = await benchOffice(url)
    const yesterday = new Date(Date.now() - 86_400_000)
    await seedDemo(office, new SeedClock(), { now: new Date(yesterday.getTime() - 86_400_000), accounts })
    own = await copies(sql, 300)
    await fill(sql, documents, items)
    say(`  ${documents} 件的阶梯……`)
    const at = (now: Date) => ({ ...office, clock: { now: () => now } })
    await raiseExpiryAlerts(at(yesterday))
    const now = new Date()
    const from = performance.now()
    const used = process.cpuUsage()
    const due = await raiseExpiryAlerts(at(now))
    const took = seconds(from)
    const { user, system } = process.cpuUsage(used)
    const again = performance.now()
    await raiseExpiryAlerts(at(now))
    const none = Math.round(performance.now() - again)
    // The same rungs, straight from the table.
    const bare = performance.now()
    for (const months of office.rules.latest('640522', dayOf(now)).validity.ladderMonths.value)
      await sql`select id, title, issuers, valid_until from register_entries where jurisdiction_id = '640522'
        and valid_until = (${dayOf(now)}::date + make_interval(months => ${months}))::date`
    ladder = {
      documents,
      due,
      seconds: took,
      cpuSeconds: hundredths((user + system) / 1e6),
      floor: seconds(bare),
      none,
      limitSeconds: 2,
    }
    await closeOffice()
  })
  const http = httpClient(target.url, 2)
  const { secretariat } = target.cookies
  const [drafter, reviewer] = [target.cookies.drafter, await target.signIn('reviewer')]
  const call = async (cookie: string, path: string, payload: object) => {
    const answer = await http.call('POST', path, cookie, { commandId: randomUUID(), ...payload })
    if (answer.status > 201) throw new Error(`${path}：${answer.status} ${answer.text.slice(0, 500)}`)
    return JSON.parse(answer.text) as { id: string; version: number; census?: { count: number } }
  }
  const started = async (scope: object) => {
    const opened = await call(secretariat, '/api/matters', {
      process: 'cleanup',
      kind: 'periodic',
      ground: '速度试验。',
      scope,
    })
    let { version } = opened
    const next = async (cookie: string, type: string, payload: object = {}) => {
      const answer = await call(cookie, `/api/matters/${opened.id}/commands`, {
        type,
        expectedVersion: version,
        ...payload,
      })
      version = answer.version
      return answer
    }
    return { id: opened.id, next }
  }
  try {
    say(`  ${items} 件的普查目录……`)
    const large = await started({ issuers: ['hy-gov'] })
    const idle = target.cpuSeconds()
    const freezing = performance.now()
    const frozen = await large.next(secretariat, 'FreezeCensus')
    const census = {
      items: frozen.census?.count ?? 0,
      seconds: seconds(freezing),
      cpuSeconds: hundredths(target.cpuSeconds() - idle),
      limitSeconds: 10,
    }
    const rows = await sql<
      Array<{ all: string }>
    >`select jsonb_agg(to_jsonb(i))::text as all from cleanup_items i where matter_id = ${large.id}`
    await sql`create temporary table bare_items (like cleanup_items)`
    const inserting = performance.now()
    await sql`insert into bare_items select * from jsonb_populate_recordset(null::cleanup_items, ${rows[0]?.all ?? '[]'}::text::jsonb)`
    const censusFloor = seconds(inserting)

    say('  三百件的决定……')
    const small = await started({ issuers: [unit], documents: own })
    await small.next(secretariat, 'FreezeCensus')
    await small.next(drafter, 'GiveOpinion', {
      items: own.map((item) => ({ item, outcome: 'repeal', reason: '已有新的规定。' })),
    })
    await small.next(reviewer, 'CheckItems', { agreeAll: true })
    const date = dayOf(new Date())
    await small.next(secretariat, 'Decide', { body: '海原县农业农村局局务会议', date })
    const before = target.cpuSeconds()
    const deciding = performance.now()
    await small.next(secretariat, 'PublishResult')
    let effects = { done: 0, failed: 0, pending: 1 }
    while (effects.pending > 0 && performance.now() - deciding < 120_000) {
      const told = await http.call('GET', `/api/matters/${small.id}`, secretariat)
      effects = (JSON.parse(told.text) as { effects: typeof effects }).effects
      if (effects.pending > 0) await setTimeout(1000)
    }
    const took = seconds(deciding)
    const cpuSeconds = hundredths(target.cpuSeconds() - before)
    // Of each: its ledger line, its matter, its entry.
    const bare = performance.now()
    for (const id of own)
      await sql.begin(async (tx) => {
        await tx`create temporary table if not exists bare_events (like ledger_events)`
        await tx`insert into bare_events select * from ledger_events where matter_id = ${id}`
        await tx`select id from matters where jurisdiction_id = '640522' and id = ${id} for update`
        await tx`update register_entries set created_at = created_at where jurisdiction_id = '640522' and id = ${id}`
      })
    const decision = {
      items: own.length,
      done: effects.done,
      failed: effects.failed,
      seconds: took,
      cpuSeconds,
      floor: seconds(bare),
      limitSeconds: 10,
    }
    if (!ladder) throw new Error('阶梯没有量到')
    return { census: { ...census, floor: censusFloor }, decision, ladder }
  } finally {
    http.close()
    await target.stop()
    await close()
  }
}
