// Rows and the office ledger: the content of each row must equal the ledger record that last recorded it. Rows under a
// file are recorded in the file's ledger (body.rows), the others in the office ledger.
// For the recipe of the digests see the notes in drizzle/0016_row_digests.sql and 0019_matters.sql (renamed columns
// take part under their original names); it is written again here from those notes, without calling the functions in
// the database, because they too may have been changed.
import { boundTables, recordedTables } from './verify-guards.ts'
import { canonical, digest, genesis, type Part, type Run, recorded, type Sql, touched } from './verify-run.ts'

export async function hasOfficeLedger(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`select to_regclass('office_ledger') is not null as found`
  return row?.found ?? false
}

/** The office ledger: one chain per jurisdiction, recomputed record by record from the start. */
export async function checkOffice(run: Run): Promise<void> {
  const { sql, count, fault, note } = run
  if (!(await hasOfficeLedger(sql))) {
    note('数据库还没有更新到本程序的结构：办公台账与各行的摘要没有核对')
    return
  }
  let key = ''
  let expected = { seq: 1, prev: genesis }
  // What is newer is read from the record before it on, which is thereby read again as well; where nothing is, the last one.
  const before =
    run.since === null
      ? null
      : new Map(
          (
            await sql<{ jurisdiction: string; seq: number }[]>`
              select jurisdiction_id as jurisdiction, coalesce(min(seq) filter (where ${recorded(run, 'at')}) - 1, max(seq))::float8 as seq
              from office_ledger group by 1`
          ).map(({ jurisdiction, seq }) => [jurisdiction, seq]),
        )
  const asked =
    before === null
      ? sql`true`
      : sql`exists (select from unnest(${[...before.keys()]}::text[], ${[...before.values()]}::float8[]) b (j, from_seq)
          where b.j = jurisdiction_id and office_ledger.seq >= b.from_seq)`
  const cursor = sql<
    { jurisdiction: string; seq: number; prev: string; hash: string; computed: string }[]
  >`select jurisdiction_id as jurisdiction, seq::float8 as seq, prev_hash as prev, hash,
      encode(sha256(convert_to('dianzhang/office/1' || chr(10) || prev_hash || chr(10) || jsonb_build_object('jurisdiction', jurisdiction_id, 'seq', seq,
        'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'table', table_name, 'op', op, 'rows', rows)::text, 'UTF8')), 'hex') as computed
    from office_ledger where ${asked} order by jurisdiction_id, office_ledger.seq`.cursor(500)
  for await (const rows of cursor) {
    for (const row of rows) {
      count('office')
      if (row.jurisdiction !== key) {
        key = row.jurisdiction
        const first = before?.get(key) ?? 0
        expected = first > 0 ? { seq: first, prev: row.prev } : { seq: 1, prev: genesis }
      }
      const where = `法域 ${row.jurisdiction} 的办公台账第 ${row.seq} 条`
      if (row.seq !== expected.seq) fault('office', row.jurisdiction, `${where}：缺号，此处应为第 ${expected.seq} 条`)
      if (row.prev !== expected.prev) fault('office', row.jurisdiction, `${where}：没有接在前一条之后`)
      if (row.computed !== row.hash) fault('office', row.jurisdiction, `${where}：内容与摘要不符，记录被改动`)
      expected = { seq: row.seq + 1, prev: row.hash }
    }
  }
}

/** How the findings name each table; a table without a name is called as the database calls it. */
export const rowLabels: Record<string, string> = {
  texts: '文本版本',
  artefacts: '起草材料',
  finding_waivers: '不作修改的理由',
  review_findings: '冻结的检查结果',
  public_consultations: '征求意见',
  comments: '公众意见',
  comment_dispositions: '意见的处理',
  comment_entries: '意见的来源',
  comment_attachments: '意见的附件',
  comment_holds: '待核的意见',
  comment_groups: '意见的归组',
  comment_redactions: '意见公开前的处理',
  comment_publications: '意见的公开',
  consultation_invitations: '定向征求的邀请',
  hearing_registrations: '听证报名',
  deadlines: '期限',
  numbers: '编号',
  register_entries: '登记条目',
  jurisdictions: '法域',
  units: '单位',
  bodies: '会议与机构',
  people: '人员',
  person_roles: '任职',
  delegations: '委托',
  auth_users: '账号',
  auth_accounts: '登录凭据',
  office_acts: '管理记录',
  rule_packs: '规则包',
  holiday_notices: '放假通知',
  settings: '运行设置',
  ledger_seals: '封存',
  refusals: '拒绝记录',
  sends: '发往另一件案卷的命令',
  suggestions: '审查建议',
  suggestion_texts: '审查建议的文字',
  expiry_alerts: '届满提醒',
  validity_answers: '有效期的确认',
  evaluations: '后评估',
  evaluation_texts: '后评估的文字',
  cleanups: '清理',
  acts: '登记的上位法',
  sessions: '会议',
  filing_reviews: '备案',
  archived_files: '归档的记载',
}

/** Rows under a file whose recorded content an upgrade had to change: their baseline counts for what was recorded before it. */
const rebased = new Set(['consultation_invitations'])

/**
 * Tables of the office that grow with what is done; of the others (units, people, settings) every row is checked whatever is
 * asked for.
 */
const grown = ['refusals', 'sends', 'numbers', 'register_entries', 'ledger_seals']
/** Of rows `t` of a table: when they came about, by themselves; a table without it goes by what it belongs to. */
const instants: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    'texts artefacts finding_waivers review_findings comments comment_dispositions suggestion_texts evaluation_texts validity_answers reminders comment_holds comment_groups comment_redactions comment_publications consultation_invitations hearing_registrations refusals sends ledger_seals'
      .split(' ')
      .map((table) => [table, ['at']]),
  ),
  numbers: ['at', 'voided_at'],
  register_entries: ['created_at'],
  public_consultations: ['opened_at', 'closed_at', 'feedback_at'],
  suggestions: ['received_at'],
  expiry_alerts: ['raised_at'],
  archived_files: ['archived_at'],
}
const ofComment = new Set(['comment_entries', 'comment_attachments'])
const ofMatter: Record<string, string> = {
  ...Object.fromEntries(
    'deadlines cleanups evaluations impact_checks filing_reviews'.split(' ').map((table) => [table, 'matter_id']),
  ),
  sessions: 'id',
}
/** Rows `t` of a table that are new by what they say of themselves. */
function newRows(run: Run, table: string): Part {
  const { sql, names } = run
  const own = (instants[table] ?? []).map((column) => recorded(run, `t.${column}`))
  if (ofComment.has(table))
    own.push(
      sql`(t.jurisdiction_id, t.comment_id) in (select jurisdiction_id, id from comments where ${recorded(run, 'at')})`,
    )
  const matter = ofMatter[table]
  if (matter !== undefined)
    own.push(touched(run, `t.jurisdiction_id, t.${matter === 'matter_id' && names.old ? 'document_id' : matter}`))
  return own.reduce((any, one) => sql`${any} or ${one}`, sql`false`)
}

/** What the ledgers last recorded of each row, by `jurisdiction table key`. */
interface Recorded {
  known: Map<string, string | null>
  /** Rows that only a baseline recorded, and on which day. */
  baseline: Map<string, string>
}
/** Reads what was recorded of these tables: everything, or within conditions on the two ledgers. */
async function readRecorded(run: Run, tables: readonly string[], office: Part, matters: Part): Promise<Recorded> {
  const {
    sql,
    names: { matter },
  } = run
  const known = new Map<string, string | null>()
  const baseline = new Map<string, string>()
  const moved = new Map<string, string>()
  const entries = sql<{ id: string; digest: string | null; op: string; at: string; instant: string }[]>`
    select jurisdiction_id || ' ' || table_name || ' ' || (r ->> 0) as id, r ->> 1 as digest, op, to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as at,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as instant
    from office_ledger, jsonb_array_elements(rows) r where table_name in ${sql(tables)} and ${office}
    order by office_ledger.jurisdiction_id, office_ledger.seq`.cursor(1000)
  for await (const rows of entries)
    for (const row of rows) {
      known.set(row.id, row.digest)
      if (row.op === 'baseline') {
        baseline.set(row.id, row.at)
        if (rebased.has(row.id.split(' ')[1] ?? '')) moved.set(row.id, row.instant)
      } else baseline.delete(row.id)
    }
  const ledger = sql<{ id: string; digest: string; at: string }[]>`
    select jurisdiction_id || ' ' || (r ->> 0) || ' ' || (r ->> 1) as id, r ->> 2 as digest,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from ledger_events, jsonb_array_elements(case when jsonb_typeof(body -> 'rows') = 'array' then body -> 'rows' else '[]' end) r
    where r ->> 0 in ${sql(tables)} and ${matters} order by at, ${matter}, ledger_events.seq`.cursor(1000)
  for await (const rows of ledger)
    for (const row of rows) {
      if (row.at <= (moved.get(row.id) ?? '')) continue
      known.set(row.id, row.digest)
      baseline.delete(row.id)
    }
  return { known, baseline }
}

/**
 * Every row equals the ledger record that last recorded it; every recorded row is there, every row there is recorded.
 * `only`: checks only these tables. Of what is newer only: all rows that were recorded in the matters in which anything was,
 * what the office recorded, and what says of itself that it is new.
 */
export async function checkRows(run: Run, only?: readonly string[]): Promise<void> {
  const { sql, count, fault, note, since } = run
  if (!(await hasOfficeLedger(sql))) return
  const wanted = [...new Set([...recordedTables, ...boundTables].map((each) => each.table))].filter(
    (table) => !only || only.includes(table),
  )
  const bound = new Set(boundTables.map((each) => each.table))
  const whole = (table: string): boolean => since === null || !(bound.has(table) || grown.includes(table))
  const within = await readRecorded(
    run,
    wanted,
    since === null ? sql`true` : sql`(table_name = any (${wanted.filter(whole)}::text[]) or ${recorded(run, 'at')})`,
    touched(run, `jurisdiction_id, ${run.names.old ? 'document_id' : 'matter_id'}`),
  )
  const counted = new Map<string, { n: number; at: string }>()
  const judge = (
    { id, table, key, digest: is }: { id: string; table: string; key: string; digest: string },
    { known, baseline }: Recorded,
  ): void => {
    const name = `${rowLabels[table] ?? table} ${key}`
    const digest = known.get(id)
    const at = baseline.get(id)
    if (at) counted.set(table, { n: (counted.get(table)?.n ?? 0) + 1, at })
    if (digest === undefined) fault('rows', key, `${name} 没有记在任何台账里`)
    else if (digest === null) fault('rows', key, `${name} 在台账里已经删除，而仍在库中`)
    else if (digest !== is) fault('rows', key, `${name} 与台账所记的摘要不符，被改动`)
  }
  // Of what was read not everything is known: the clock of the ledger may be behind, or another matter recorded the row later.
  const doubtful: Array<Parameters<typeof judge>[0]> = []
  for (const table of wanted) {
    const columns = [...recordedTables, ...boundTables].find((each) => each.table === table)?.key.split(',') ?? []
    const key = run.names.old ? columns.map((column) => (column === 'matter_id' ? 'document_id' : column)) : columns
    const ids = whole(table)
      ? []
      : [...within.known.keys()].flatMap((id) => {
          const [jurisdiction = '', of, ...rest] = id.split(' ')
          return of === table ? [`${jurisdiction} ${rest.join(' ')}`] : []
        })
    const asked = whole(table)
      ? sql`true`
      : sql`(t.jurisdiction_id || ' ' || concat_ws('/', ${sql.unsafe(key.map((column) => `t.${column}`).join(', '))}) = any (${ids}::text[])
          or ${newRows(run, table)})`
    const cursor = sql<{ jurisdiction: string; key: string; digest: string }[]>`
      select coalesce(r ->> 'jurisdiction_id', 'CN') as jurisdiction, array_to_string(array(select r ->> k from unnest(${key}::text[]) with ordinality u(k, n) order by n), '/') as key,
        encode(sha256(convert_to('dianzhang/row/1' || chr(10) || ${table}::text || chr(10) ||
          (select coalesce(jsonb_object_agg(case k when 'matter_id' then 'document_id' when 'from_matter' then 'from_document' when 'to_matter' then 'to_document' else k end, v), '{}')::text from jsonb_each(r - array['sent_command_id', 'search', 'search_form']) e(k, v) where v <> 'null'::jsonb), 'UTF8')), 'hex') as digest
      from (select to_jsonb(t) as r from ${sql(table)} t where ${asked}) x`.cursor(500)
    for await (const rows of cursor)
      for (const row of rows) {
        count('rows')
        // A jurisdiction's own row: recorded with those of no jurisdiction, in a distributed database under its own name.
        const own = `${row.key} ${table} ${row.key}`
        const id = table === 'jurisdictions' && within.known.has(own) ? own : `${row.jurisdiction} ${table} ${row.key}`
        const one = { id, table, key: row.key, digest: row.digest }
        if (since !== null && within.known.get(id) !== row.digest) doubtful.push(one)
        else judge(one, within)
        within.known.delete(id)
        if (table === 'jurisdictions') within.known.delete(`${row.jurisdiction} ${table} ${row.key}`)
      }
  }
  const missing = [...within.known].filter(([, digest]) => digest !== null).map(([id]) => id)
  const last =
    since !== null && doubtful.length + missing.length > 0
      ? await readRecorded(run, wanted, sql`true`, sql`true`)
      : within
  for (const one of doubtful) judge(one, last)
  for (const id of missing) {
    const [, table = '', ...key] = id.split(' ')
    if (last.known.get(id) !== null)
      fault('rows', key.join(' '), `台账所记的${rowLabels[table] ?? table} ${key.join(' ')} 不见了`)
  }
  const unproven = [...counted].map(([table, { n, at }]) => `${rowLabels[table] ?? table} ${n} 行（自 ${at} 起）`)
  if (unproven.length > 0) note(`下列各行形成于记摘要之前，只能核对立基线以后的改动：${unproven.join('、')}`)
}

/** The command id of a due action is computed from its deadline; anything else there is a change. */
export async function checkSent(run: Run): Promise<void> {
  const {
    sql,
    fault,
    names: { matter, old },
  } = run
  const rows = await sql<{ document: string; key: string; due: string; sent: string }[]>`
    select ${matter} as document, key, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due, sent_command_id as sent
    from deadlines where sent_command_id is not null and ${touched(run, `jurisdiction_id, ${old ? 'document_id' : 'matter_id'}`)}`
  for (const row of rows) {
    const h = digest(`${row.document}\n${row.key}\n${row.due}`)
    const id = `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
    if (id !== row.sent)
      fault('rows', row.document, `案卷 ${row.document} 的期限 ${row.key} 所记的到期命令不是由它算出的`)
  }
}

/**
 * Command records and refusals: who acted, the instant, what was submitted and the answer of each equal the ledger or
 * one another.
 */
export async function checkAnswers(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { matter },
  } = run
  const accepted = sql<
    {
      command: string
      person: string | null
      at: string
      request: string
      answer: Record<string, unknown>
      body: { at: string; actor: { person: string | null }; command: { request?: string }; answer?: string }
    }[]
  >`select l.command_id as command, l.person, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, l.request_hash as request, l.answer, e.body
    from command_log l join lateral (select x.body from ledger_events x where x.jurisdiction_id = l.jurisdiction_id and x.${matter} = l.${matter}
      and x.command_id = l.command_id order by x.seq desc limit 1) e on true where l.status = 200 and ${recorded(run, 'l.at')}`.cursor(
    200,
  )
  for await (const rows of accepted)
    for (const { command, person, at, request, answer, body } of rows) {
      const { events: _, ...rest } = answer
      const differing = [
        ['办理人', (person ?? null) !== (body.actor?.person ?? null)],
        ['时刻', at !== body.at],
        ['提交内容的摘要', body.command.request !== undefined && body.command.request !== request],
        ['答复', body.answer !== undefined && digest('dianzhang/answer/1\n', canonical(rest)) !== body.answer],
      ].filter(([, different]) => different)
      if (differing.length > 0)
        fault('commands', command, `命令 ${command} 所记的${differing.map(([name]) => name).join('、')}与台账不同`)
    }
  const refused = await sql<{ id: string; what: string | null }[]>`
    with logged as (select *, answer::jsonb as a from command_log where status <> 200 and ${recorded(run, 'at')}),
      refusal as (select *, to_jsonb(refusals) ->> 'request_hash' as request from refusals where ${recorded(run, 'at')})
    select coalesce(l.command_id, r.command_id) as id, case
        when r.id is null then '答复过不准办理，而没有拒绝记录'
        when l.command_id is null then case when r.kind = 'refused' or r.request is not null then '有拒绝记录，而没有答复' end
        when l.${matter} <> r.${matter} or l.command_type <> r.command_type or l.at <> r.at or l.person is distinct from r.actor ->> 'person'
          or l.a ->> 'code' <> r.kind or l.a ->> 'detail' <> r.detail or l.status <> case r.kind when 'forbidden' then 403 else 409 end
          or (r.request is not null and r.request <> l.request_hash)
          or (r.kind = 'refused' and l.a -> 'extra' -> 'verdicts' is distinct from r.verdicts) or l.a -> 'extra' ->> 'stage' <> r.stage
          then '的答复与拒绝记录不同'
      end as what
    from logged l full join refusal r on r.jurisdiction_id = l.jurisdiction_id and r.command_id = l.command_id`
  count('commands', refused.length)
  for (const row of refused) if (row.what) fault('commands', row.id, `命令 ${row.id} ${row.what}`)
}
