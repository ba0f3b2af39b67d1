// Database guards: triggers and functions must equal those shipped with the program. Disabled, renamed, replaced by an
// empty function, or given a condition that never holds: each counts as a difference.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  distributedBody,
  distributedFunctions,
  distributedTrigger,
  type GuardTrigger,
  isDistributed,
  migrationsFolder,
} from '@dianzhang/database'
import { digest, type Run } from './verify-run.ts'

const each = (
  tables: string,
  make: (table: string) => Array<Omit<GuardTrigger, 'table' | 'when' | 'args'> & Partial<GuardTrigger>>,
) => tables.split(' ').flatMap((table) => make(table).map((t) => ({ table, args: '', when: '', ...t })))
const keyed = (spec: string) =>
  spec.split(' ').map((one) => {
    const [table = '', key = ''] = one.split(':')
    return { table, key }
  })
const bound = keyed(
  'texts:document_id,n artefacts:document_id,kind,n finding_waivers:command_id,n review_findings:document_id,n public_consultations:id comments:id comment_dispositions:comment_id,n deadlines:matter_id,key suggestions:matter_id suggestion_texts:matter_id,n cleanups:matter_id evaluations:matter_id evaluation_texts:matter_id,n expiry_alerts:entry_id,valid_until,months validity_answers:entry_id acts:id sessions:id impact_checks:matter_id filing_reviews:matter_id reminders:id comment_entries:comment_id comment_attachments:comment_id,n comment_holds:comment_id,n comment_groups:id comment_redactions:comment_id,n comment_publications:consultation_id consultation_invitations:id hearing_registrations:id archived_files:document_id numbers:series,year,seq register_entries:id',
)
const recorded = keyed(
  'jurisdictions:id units:id bodies:id people:id person_roles:person_id,unit_id,role delegations:id auth_users:id auth_accounts:id office_acts:id rule_packs:version holiday_notices:id settings:key ledger_seals:day refusals:id sends:id webhooks:id exchange_peers:name numbers:series,year,seq register_entries:id',
)
/** The tables whose digests are recorded in the file's ledger, those recorded in the office ledger, and their keys. */
export const boundTables: ReadonlyArray<{ table: string; key: string }> = bound
export const recordedTables: ReadonlyArray<{ table: string; key: string }> = recorded

/** All triggers there should be; when a migration adds a trigger, add it here. */
export const expectedTriggers: readonly GuardTrigger[] = [
  ...each(
    'ledger_events refusals command_log texts artefacts blobs comments comment_dispositions rule_packs holiday_notices ledger_seals finding_waivers review_findings office_acts office_ledger suggestions suggestion_texts cleanup_items cleanup_notes evaluation_texts expiry_alerts validity_answers acts notices reminders tlog_entries tlog_tiles tlog_checkpoints tlog_cosignatures exchange_files comment_entries comment_attachments comment_holds comment_groups comment_redactions comment_publications consultation_invitations hearing_registrations archived_files',
    (t) => [
      { name: `${t}_append_only`, function: 'dz_refuse', type: 27 },
      { name: `${t}_no_truncate`, function: 'dz_refuse', type: 34 },
    ],
  ),
  ...each(
    'matters documents numbers number_series register_entries public_consultations sends sessions cleanups evaluations impact_checks filing_reviews exchange_messages',
    (t) => [
      { name: `${t}_no_delete`, function: 'dz_refuse', type: 11 },
      { name: `${t}_no_truncate`, function: 'dz_refuse', type: 34 },
    ],
  ),
  ...each('matters', () => [{ name: 'matters_forward', function: 'dz_matters_forward', type: 19 }]),
  ...each('ledger_events', () => [{ name: 'ledger_events_linked', function: 'dz_ledger_linked', type: 7 }]),
  // Public acts enter the log when their transaction commits.
  ...each('tlog_entries', () => [{ name: 'tlog_entries_next', function: 'dz_tlog_next', type: 7 }]),
  ...each('register_entries', (t) => [
    { name: `${t}_logged`, function: 'dz_tlog_register', type: 17 },
    { name: `${t}_made_logged`, function: 'dz_tlog_register', type: 5, when: "(new.origin <> 'imported'::text)" },
    { name: `${t}_imported_logged`, function: 'dz_tlog_imported', type: 4 },
  ]),
  ...each('tlog_due', () => [{ name: 'tlog_due_logged', function: 'dz_tlog_due', type: 5 }]),
  ...each('ledger_events', () => [{ name: 'ledger_events_logged', function: 'dz_tlog_ledger', type: 5 }]),
  ...each('ledger_seals', () => [{ name: 'ledger_seals_logged', function: 'dz_tlog_seal', type: 5 }]),
  ...each('numbers', () => [{ name: 'numbers_logged', function: 'dz_tlog_number', type: 17 }]),
  ...each('exchange_messages', () => [{ name: 'exchange_messages_guard', function: 'dz_exchange_guard', type: 19 }]),
  ...each('sends', () => [{ name: 'sends_guard', function: 'dz_sends_guard', type: 19 }]),
  ...each('numbers', () => [{ name: 'numbers_guard', function: 'dz_numbers_guard', type: 19 }]),
  ...each('number_series', () => [{ name: 'number_series_forward', function: 'dz_series_forward', type: 19 }]),
  ...each('register_entries', () => [{ name: 'register_entries_guard', function: 'dz_register_guard', type: 19 }]),
  ...each('public_consultations', () => [
    { name: 'public_consultations_guard', function: 'dz_consultation_guard', type: 19 },
  ]),
  ...each('auth_users people person_roles delegations units', (t) => [
    { name: `${t}_auth_changed`, function: 'dz_auth_changed', type: 28 },
    { name: `${t}_auth_emptied`, function: 'dz_auth_changed', type: 32 },
  ]),
  ...each('rule_packs holiday_notices', (t) => [
    { name: `${t}_rules_changed`, function: 'dz_rules_changed', type: 28 },
  ]),
  ...each('register_entries citing', (t) => [
    { name: `${t}_public_changed`, function: 'dz_public_changed', type: 28, args: 'register' },
  ]),
  ...each('register_entries', (t) => [
    { name: `${t}_search_insert`, function: 'dz_search_pending', type: 4 },
    { name: `${t}_search_update`, function: 'dz_search_pending', type: 16 },
    { name: `${t}_citing`, function: 'dz_citing_entry', type: 16 },
  ]),
  ...each('citations', (t) => [
    { name: `${t}_citing_insert`, function: 'dz_citing_added', type: 4 },
    { name: `${t}_citing_delete`, function: 'dz_citing_gone', type: 8 },
  ]),
  ...each('matters', (t) => [{ name: `${t}_public_changed`, function: 'dz_public_changed', type: 21, args: 'public' }]),
  ...each(
    'acts cleanups cleanup_items evaluations impact_checks jurisdictions units rule_packs holiday_notices public_consultations',
    (t) => [{ name: `${t}_public_changed`, function: 'dz_public_changed', type: 28, args: 'public' }],
  ),
  ...each('comments comment_entries comment_holds comment_groups comment_publications', (t) => [
    { name: `${t}_public_changed`, function: 'dz_public_changed', type: 28, args: 'comments' },
  ]),
  ...bound.map(({ table, key }) => ({
    table,
    name: `${table}_bound`,
    function: 'dz_bind_row',
    type: 21,
    args: key,
    when: table === 'numbers' || table === 'register_entries' ? '(new.document_id IS NOT NULL)' : '',
  })),
  ...recorded.flatMap(({ table, key }) =>
    (
      [
        ['insert', 4],
        ['update', 16],
        ['delete', 8],
      ] as const
    ).map(([op, type]) => ({
      table,
      name: `${table}_recorded_${op}`,
      function: 'dz_office_changed',
      type,
      args: key,
      when: '',
    })),
  ),
]

/** The last definition of each function in the shipped migrations: name → function body. */
export function shippedFunctions(): Map<string, string> {
  const found = new Map<string, string>()
  if (!existsSync(migrationsFolder)) return found
  for (const file of readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort())
    for (const [, name = '', body = '', dropped] of readFileSync(join(migrationsFolder, file), 'utf8').matchAll(
      /CREATE (?:OR REPLACE )?FUNCTION (\w+)\([^)]*\)[^$]*AS \$\$([\s\S]*?)\$\$|DROP FUNCTION (\w+)/g,
    )) {
      if (dropped) found.delete(dropped)
      else found.set(name, body)
    }
  return found
}

/**
 * Every table has the triggers it should have, all enabled and the same to the letter; every function equals the
 * shipped one; there are none beyond these.
 */
export async function checkGuards({ sql, count, fault, note, names: { old } }: Run): Promise<void> {
  if (old) {
    note('数据库还没有更新到本程序的结构：守卫没有核对，请先以本程序启动一次（自动更新），再核对')
    return
  }
  const rows = await sql<
    {
      table: string
      name: string
      function: string
      type: number
      enabled: string
      args: string
      when: string | null
      columns: number
    }[]
  >`
    select c.relname as table, t.tgname as name, p.proname as function, t.tgtype::int as type, t.tgenabled::text as enabled,
      array_to_string(string_to_array(trim(trailing '\\000' from encode(t.tgargs, 'escape')), '\\000'), ',') as args,
      case when t.tgqual is null then null else pg_get_triggerdef(t.oid) end as when, coalesce(array_length(t.tgattr::int[], 1), 0) as columns
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and n.nspname = 'public'`
  const found = new Map(rows.map((row) => [`${row.table}.${row.name}`, row]))
  const [{ office = null, rules = null } = {}] = await sql<
    { office: string | null; rules: string | null }[]
  >`select to_regclass('office_ledger')::text as office, to_regclass('rules_version')::text as rules`
  const spread = await isDistributed(sql)
  for (const wanted of spread ? expectedTriggers.flatMap((each) => distributedTrigger(each) ?? []) : expectedTriggers) {
    // A database not yet updated to this program's structure lacks the guards that came later.
    if (office === null && /dz_bind_row|dz_office_changed/.test(wanted.function)) continue
    if (office === null && wanted.table === 'office_ledger') continue
    if (rules === null && wanted.function === 'dz_rules_changed') continue
    count('guards')
    const subject = wanted.table
    const row = found.get(`${wanted.table}.${wanted.name}`)
    found.delete(`${wanted.table}.${wanted.name}`)
    const what = !row
      ? '不见了'
      : row.enabled !== 'O' && row.enabled !== 'A'
        ? '没有启用'
        : row.function !== wanted.function || row.type !== wanted.type || row.args !== wanted.args || row.columns !== 0
          ? '与随程序发布的不同'
          : wanted.when !== (/ WHEN \((.*)\) EXECUTE /s.exec(row.when ?? '')?.[1] ?? '')
            ? '另加了条件'
            : null
    if (what) fault('guards', subject, `表 ${wanted.table} 的守卫 ${wanted.name} ${what}`)
  }
  for (const row of found.values())
    fault('guards', row.table, `表 ${row.table} 多出一个触发器 ${row.name}，不是随程序发布的`)
  const functions = await sql<{ name: string; body: string; language: string; config: string }[]>`
    select p.proname as name, p.prosrc as body, l.lanname as language, coalesce(array_to_string(p.proconfig, ','), '') as config
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    where n.nspname = 'public' and p.proname like 'dz\\_%'`
  const stored = new Map(functions.map((row) => [row.name, row]))
  const shipped = [...shippedFunctions()]
  const wantedFunctions = spread
    ? [...shipped.map(([name, body]) => [name, distributedBody(name, body)] as const), ...distributedFunctions]
    : shipped
  for (const [name, body] of wantedFunctions) {
    if (office === null && /dz_bind_row|dz_office_|dz_row_/.test(name)) continue
    if (rules === null && name === 'dz_rules_changed') continue
    count('guards')
    const row = stored.get(name)
    if (!row) fault('guards', name, `守卫函数 ${name} 不见了`)
    else if (digest(row.body) !== digest(body)) fault('guards', name, `守卫函数 ${name} 与随程序发布的不同`)
  }
}
