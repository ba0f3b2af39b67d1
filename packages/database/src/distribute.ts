// Spreading a database over several machines with Citus, by jurisdiction: which table goes where, and what has to be
// exchanged first because a shard can only do what concerns its own rows. The fast forms (once per statement, one counter for all)
// stay in every other database. Nothing here has run on a real cluster (docs/scale.md): the refusals Citus documents are
// checked against the real catalogue in test/integration/scale.test.ts.
import type postgres from 'postgres'

/** A trigger as `verify` compares it. */
export interface GuardTrigger {
  table: string
  name: string
  function: string
  /** pg_trigger.tgtype: 1 per row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate. */
  type: number
  args: string
  /** The condition as PostgreSQL writes it, between its brackets; empty: none. */
  when: string
}
const row = 1
const truncate = 32
/** Functions that read all rows a statement changed → those that look at one. */
const eachRow: Readonly<Record<string, string>> = {
  dz_office_changed: 'dz_office_changed_each',
  dz_search_pending: 'dz_search_pending_each',
  dz_citing_added: 'dz_citing_added_each',
  dz_citing_gone: 'dz_citing_gone_each',
  dz_citing_entry: 'dz_citing_entry_each',
}
/** These count, once per statement or once per row. */
const counters: readonly string[] = ['dz_auth_changed', 'dz_public_changed', 'dz_rules_changed']
/** Accounts and sessions belong to no jurisdiction: they stay whole, on the coordinator, with their triggers. */
const staysWhole = (table: string): boolean => table.startsWith('auth_') && table !== 'auth_version'

/** What becomes of a trigger when its table is spread over shards: itself, its form per row, or nothing. */
export function distributedTrigger(trigger: GuardTrigger): GuardTrigger | null {
  if (staysWhole(trigger.table)) return trigger
  // Imported entries enter the log row by row again: what is due for a whole statement is no one shard's.
  if (trigger.function === 'dz_tlog_imported') return null
  if (trigger.name === 'register_entries_made_logged') return { ...trigger, when: '' }
  if ((trigger.type & row) !== 0) return trigger
  const each = eachRow[trigger.function]
  if (each !== undefined) return { ...trigger, function: each, type: trigger.type | row }
  // Emptying a whole table is refused elsewhere; a shard would count it in a row that is not its own.
  if (counters.includes(trigger.function))
    return (trigger.type & truncate) !== 0 ? null : { ...trigger, type: trigger.type | row }
  return trigger
}

/**
 * The body of a function once the database is spread: in a shard, `TG_TABLE_NAME` has the number of the shard behind it,
 * while digests and records are made with the table's own name.
 */
export const distributedBody = (name: string, body: string): string => (name in eachRow ? body : withTableName(body))
const withTableName = (body: string): string =>
  body.replaceAll(/(?<!dz_table_name\()\bTG_TABLE_NAME\b/g, 'dz_table_name(TG_TABLE_NAME)')

/** Every statement in them names the jurisdiction of the row at hand: a shard cannot ask another. */
const functions = `
CREATE FUNCTION dz_table_name(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT regexp_replace(name, '_[0-9]+$', '') $$;
CREATE FUNCTION dz_office_changed_each() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  r jsonb;
  name text := dz_table_name(TG_TABLE_NAME);
BEGIN
  IF TG_OP = 'DELETE' THEN r := to_jsonb(OLD); ELSE r := to_jsonb(NEW); END IF;
  IF name IN ('numbers', 'register_entries') AND r ->> 'document_id' IS NOT NULL THEN RETURN NULL; END IF;
  PERFORM dz_office_record(coalesce(r ->> 'jurisdiction_id', r ->> 'id'), name, lower(TG_OP),
    jsonb_build_array(jsonb_build_array(dz_row_key(r, TG_ARGV), CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE dz_row_digest(name, r) END)));
  RETURN NULL;
END $$;
CREATE FUNCTION dz_search_pending_each() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (jurisdiction_id, id, seq, fresh)
    VALUES (NEW.jurisdiction_id, NEW.id, nextval('search_pending_seq'), TG_OP = 'INSERT')
    ON CONFLICT (jurisdiction_id, id) DO UPDATE SET seq = excluded.seq;
  RETURN NULL;
END $$;
CREATE FUNCTION dz_citing_added_each() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  about text := coalesce(NEW.act_key, '#' || NEW.document_number);
  place smallint := array_position(ARRAY['basis', 'implements', 'cites', 'amends', 'repeals', 'replaces'], NEW.role)::smallint - 1;
  entry record;
  one text;
BEGIN
  IF NEW.entry_id IS NULL OR about IS NULL THEN RETURN NULL; END IF;
  SELECT r.disclosure, coalesce(r.published_on, '-infinity'::date) AS published_on,
      dz_over_from(r.force_events, r.origin, r.source_status, r.valid_until) AS over_from INTO entry
    FROM register_entries r WHERE r.jurisdiction_id = NEW.jurisdiction_id AND r.id = NEW.entry_id;
  IF entry.disclosure IS DISTINCT FROM 'active' THEN RETURN NULL; END IF;
  FOREACH one IN ARRAY ARRAY[''] || array_remove(NEW.articles, '') LOOP
    INSERT INTO citing (jurisdiction_id, entry_id, target, article, rank, whole, published_on, over_from)
      VALUES (NEW.jurisdiction_id, NEW.entry_id, about, one, place, one = '' AND NEW.articles = '{}', entry.published_on, entry.over_from)
      ON CONFLICT (jurisdiction_id, entry_id, target, article, rank) DO UPDATE SET whole = citing.whole AND excluded.whole;
  END LOOP;
  RETURN NULL;
END $$;
CREATE FUNCTION dz_citing_gone_each() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM citing g WHERE g.jurisdiction_id = OLD.jurisdiction_id AND g.entry_id = OLD.entry_id;
  RETURN NULL;
END $$;
CREATE FUNCTION dz_citing_entry_each() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.published_on, NEW.valid_until, NEW.force_events, NEW.source_status)
      IS DISTINCT FROM (OLD.published_on, OLD.valid_until, OLD.force_events, OLD.source_status) THEN
    UPDATE citing g SET published_on = coalesce(NEW.published_on, '-infinity'::date),
        over_from = dz_over_from(NEW.force_events, NEW.origin, NEW.source_status, NEW.valid_until)
      WHERE g.jurisdiction_id = NEW.jurisdiction_id AND g.entry_id = NEW.id;
  END IF;
  IF NEW.disclosure <> 'active' THEN
    DELETE FROM citing g WHERE g.jurisdiction_id = NEW.jurisdiction_id AND g.entry_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;`
  .split(/;\n(?=CREATE)/)
  .map((text) => text.trim().replace(/;$/, ''))

/** The functions that only a distributed database has: name → body. */
export const distributedFunctions: ReadonlyMap<string, string> = new Map(
  functions.map((text) => [/FUNCTION (\w+)/.exec(text)?.[1] ?? '', /AS \$\$([\s\S]*)\$\$$/.exec(text)?.[1] ?? '']),
)

/** Citus is not there, too old, or has spread this database already; said in a sentence for whoever runs the command. */
export class DistributeError extends Error {
  override readonly name = 'DistributeError'
}

/** Whether the tables of this database are spread over shards. */
export async function isDistributed(sql: postgres.ISql): Promise<boolean> {
  const [found] = await sql<{ there: boolean }[]>`select to_regclass('pg_dist_partition') is not null as there`
  if (!found?.there) return false
  const [spread] = await sql<{ any: boolean }[]>`
    select exists (select from pg_dist_partition where logicalrelid = to_regclass('matters')) as any`
  return spread?.any ?? false
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const events = (type: number): string =>
  [
    [4, 'INSERT'],
    [8, 'DELETE'],
    [16, 'UPDATE'],
  ]
    .filter(([bit]) => (type & (bit as number)) !== 0)
    .map(([, word]) => word)
    .join(' OR ')

/**
 * Every statement that spreads the database at `sql`, in order, read from its own catalogue: exchange of triggers and
 * functions, then accounts to the coordinator, then each table by its jurisdiction, all of them colocated, those that
 * others refer to first; then the functions that triggers call, on every node.
 */
export async function distributionStatements(sql: postgres.Sql): Promise<string[]> {
  const triggers = await sql<Array<GuardTrigger & { deferred: boolean }>>`
    select c.relname as table, t.tgname as name, p.proname as function, t.tgtype::int as type, coalesce(substring(pg_get_triggerdef(t.oid) from ' WHEN \((.*)\) EXECUTE '), '') as when,
      t.tginitdeferred as deferred,
      array_to_string(string_to_array(trim(trailing '\\000' from encode(t.tgargs, 'escape')), '\\000'), ',') as args
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by c.relname, t.tgname`
  const exchanged = triggers.flatMap((old) => {
    const { deferred, ...before } = old
    const after = distributedTrigger(before)
    if (after === before) return []
    const drop = `DROP TRIGGER ${old.name} ON ${old.table}`
    if (after === null) return [drop]
    const args = after.args === '' ? '' : after.args.split(',').map(literal).join(', ')
    const kind = deferred ? 'CONSTRAINT TRIGGER' : 'TRIGGER'
    const when = deferred ? ' DEFERRABLE INITIALLY DEFERRED' : ''
    return [
      drop,
      `CREATE ${kind} ${after.name} AFTER ${events(after.type)} ON ${after.table}${when} FOR EACH ROW EXECUTE FUNCTION ${after.function}(${args})`,
    ]
  })
  const renamed = await sql<Array<{ definition: string }>>`
    select pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'dz\\_%' and prosrc ~ 'TG_TABLE_NAME'
      and proname not in ${sql(Object.keys(eachRow))} order by proname`
  const tables = await sql<Array<{ name: string; needs: string[] }>>`
    select c.relname as name, array(select distinct confrelid::regclass::text from pg_constraint
      where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as needs
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (c.relname = 'jurisdictions'
      or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'jurisdiction_id' and not a.attisdropped))
    order by c.relname`
  const [whole, across, helpers] = await Promise.all([
    sql<Array<{ name: string }>>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    sql<Array<{ name: string; table: string; target: string }>>`
      select conname as name, conrelid::regclass::text as table, confrelid::regclass::text as target from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace order by 1`,
    sql<Array<{ name: string; trigger: boolean }>>`
      select oid::regprocedure::text as name, prorettype = 'trigger'::regtype as trigger from pg_proc
      where pronamespace = 'public'::regnamespace and proname like 'dz\\_%' order by 1`,
  ])
  const placed: string[] = []
  for (let left = tables.map(({ name, needs }) => ({ name, needs })); left.length > 0; ) {
    const next = left.filter(({ needs }) => needs.every((each) => placed.includes(each) || staysWhole(each)))
    if (next.length === 0)
      throw new DistributeError(`这些表的外键互相指着，排不出次序：${left.map(({ name }) => name).join('、')}`)
    placed.push(...next.map(({ name }) => name))
    left = left.filter(({ name }) => !placed.includes(name))
  }
  const first = placed.indexOf('jurisdictions')
  const ordered = ['jurisdictions', ...placed.slice(0, first), ...placed.slice(first + 1)]
  return [
    "SET LOCAL citus.multi_shard_modify_mode = 'sequential'",
    'SET LOCAL citus.enable_unsafe_triggers = on',
    ...functions,
    ...renamed.map(({ definition }) => withTableName(definition)),
    ...exchanged,
    // So that its sequence goes to every node, with numbers of its own on each.
    "ALTER TABLE search_pending ALTER COLUMN seq SET DEFAULT nextval('search_pending_seq')",
    // No key can point from a shard to a table that is not spread; accounts are never deleted while somebody has them.
    ...across
      .filter(({ table, target }) => staysWhole(target) && !staysWhole(table))
      .map(({ name, table }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`),
    ...whole
      .filter(({ name }) => staysWhole(name))
      .map(
        ({ name }) => `SELECT citus_add_local_table_to_metadata(${literal(name)}, cascade_via_foreign_keys => true)`,
      ),
    ...ordered.map((name) =>
      name === 'jurisdictions'
        ? "SELECT create_distributed_table('jurisdictions', 'id', colocate_with => 'none')"
        : `SELECT create_distributed_table(${literal(name)}, 'jurisdiction_id', colocate_with => 'jurisdictions')`,
    ),
    ...helpers
      .filter(({ name, trigger }) => !trigger && !name.startsWith('dz_bound_rows('))
      .map(({ name }) => `SELECT create_distributed_function(${literal(name)})`),
    "SELECT create_distributed_function('dz_table_name(text)')",
    // Asked where the rows were written: the setting that holds them is the session's of that node.
    "SELECT create_distributed_function('dz_bound_rows(text)', '$1', colocate_with => 'jurisdictions', force_delegation => true)",
  ]
}

/** For every session on every node, once the tables are spread: they refuse rows with triggers otherwise. */
const afterDistribution: readonly string[] = [
  "SELECT run_command_on_all_nodes('ALTER SYSTEM SET citus.enable_unsafe_triggers = on')",
  "SELECT run_command_on_all_nodes('SELECT pg_reload_conf()')",
]

/** Spreads the database at `sql` (its owner, with nobody else at work on it) in one transaction. Throws {@link DistributeError}. */
export async function distribute(sql: postgres.Sql, say: (line: string) => void = () => {}): Promise<number> {
  const [citus] = await sql<{ version: string | null }[]>`
    select (select extversion from pg_extension where extname = 'citus') as version`
  const version = citus?.version ?? null
  if (version === null)
    throw new DistributeError(
      '这个数据库没有装 Citus 扩展，不能分片。请在 Citus 集群的协调节点上建库，运行 create extension citus，把备份恢复到那里以后再来。只看要执行的语句，用 --plan。',
    )
  if (Number.parseFloat(version) < 11.2)
    throw new DistributeError(`Citus ${version} 太旧：分片表上的触发器、自增的列须 11.2 或更新的版本。`)
  if (await isDistributed(sql)) throw new DistributeError('这个数据库已经按法域分片。')
  const statements = await distributionStatements(sql)
  await sql.begin(async (tx) => {
    for (const [i, statement] of statements.entries()) {
      await tx.unsafe(statement)
      if (i % 20 === 19) say(`${i + 1} / ${statements.length}`)
    }
  })
  for (const statement of afterDistribution) await sql.unsafe(statement)
  return statements.length
}
