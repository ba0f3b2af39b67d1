// Least privilege of the database roles: tables belong to the owner; the account of daily running only reads and
// writes data, and cannot disable guards, truncate, alter tables or change records already written.
import postgres from 'postgres'

/** The account of the running application still owns tables or may do everything: guards would not hold against it. */
export class TooManyRightsError extends Error {
  override readonly name = 'TooManyRightsError'
}

const schemas = ['public', 'drizzle', 'pgboss'] as const

/**
 * Gives the account of `url` what the running application needs, and takes everything else from it. Run as the owner of
 * the tables (`ownerUrl`) after migrations and the tables of the queue; may be repeated. Creates the account when it does
 * not exist and the owner may create roles.
 * What may only be added to, and what may not be deleted, is read from the guards themselves (triggers `…_append_only`
 * and `…_no_delete`), so that a new table with a guard needs no line here.
 * Refuses ({@link TooManyRightsError}) when both are the same account, or the account is a superuser or owns a table.
 */
export async function limitRights(ownerUrl: string, url: string): Promise<void> {
  const { username, password } = new URL(url)
  const account = decodeURIComponent(username)
  const owner = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'dianzhang-migrate' },
  })
  try {
    await owner.begin(async (sql) => {
      // Two servers that start at once would grant on the same rows.
      await sql`select pg_advisory_xact_lock(hashtext('dianzhang-rights'))`
      const [self] = await sql<Array<{ name: string }>>`select current_user as name`
      if (self?.name === account) throw tooMany(account, '它就是 DATABASE_OWNER_URL 所用的账号')
      const [known] = await sql<Array<{ rolsuper: boolean; rolbypassrls: boolean }>>`
        select rolsuper, rolbypassrls from pg_roles where rolname = ${account}`
      const name = sql(account)
      if (!known)
        await sql.unsafe(
          (
            await sql<Array<{ text: string }>>`
              select format('create role %I login password %L', ${account}::text, ${decodeURIComponent(password)}::text) as text`
          )[0]?.text ?? '',
        )
      else if (known.rolsuper) throw tooMany(account, '它是超级用户')
      const owned = await sql<Array<{ name: string }>>`
        select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ${sql(schemas)} and c.relkind in ('r', 'p')
          and pg_has_role(${account}::name, c.relowner, 'member') order by 1 limit 3`
      if (owned.length > 0) throw tooMany(account, `${owned.map((each) => each.name).join('、')} 等表归它所有`)

      await sql`grant usage on schema ${sql(schemas[0])} to ${name}`
      for (const schema of schemas) {
        const [there] = await sql`select 1 from pg_namespace where nspname = ${schema}`
        if (!there) continue
        await sql`revoke all on all tables in schema ${sql(schema)} from ${name}`
        await sql`revoke create on schema ${sql(schema)} from ${name}`
        await sql`grant usage on schema ${sql(schema)} to ${name}`
        await sql`grant select on all tables in schema ${sql(schema)} to ${name}`
        if (schema === 'drizzle') continue
        await sql`grant insert, update, delete on all tables in schema ${sql(schema)} to ${name}`
        await sql`grant usage, select on all sequences in schema ${sql(schema)} to ${name}`
      }
      // Who merges parts of the search index also gives their place back; before 17 there is no right for that alone.
      const [server] = await sql<Array<{ v: number }>>`select current_setting('server_version_num')::int as v`
      for (const table of ['search_blocks', 'search_columns', 'search_parts', 'search_pending'])
        if ((server?.v ?? 0) >= 170_000 && (await sql`select from pg_tables where tablename = ${table}`).length > 0)
          await sql`grant maintain on ${sql(table)} to ${name}`
      const guarded = await sql<Array<{ name: string; append_only: boolean }>>`
        select c.relname as name, bool_or(t.tgname = c.relname || '_append_only') as append_only
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and t.tgname in (c.relname || '_append_only', c.relname || '_no_delete')
        group by c.relname`
      for (const { name: table, append_only } of guarded)
        await (append_only
          ? sql`revoke update, delete on ${sql(table)} from ${name}`
          : sql`revoke delete on ${sql(table)} from ${name}`)
    })
  } finally {
    await owner.end({ timeout: 5 })
  }
}

/**
 * Why the account of `url` could switch the guards off: it is a superuser or owns tables. `null` when it could not.
 */
export async function whyTooManyRights(url: string): Promise<string | null> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'dianzhang-migrate' } })
  try {
    const [row] = await sql<Array<{ name: string; super: boolean; owns: boolean }>>`
      select current_user as name, (select rolsuper from pg_roles where rolname = current_user) as super,
        exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(c.relowner, 'member')) as owns`
    if (row?.super) return `账号 ${row.name} 是超级用户`
    return row?.owns ? `账号 ${row.name} 是各表的所有者` : null
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const tooMany = (account: string, why: string): TooManyRightsError =>
  new TooManyRightsError(
    `DATABASE_URL 的账号 ${account} 权限过大：${why}，它可以停用守卫。请为日常运行另建一个普通账号（不是超级用户、不拥有表），写进 DATABASE_URL；原来的账号写进 DATABASE_OWNER_URL，只用于升级。`,
  )
