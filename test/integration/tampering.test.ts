// 逐表逐列改动：触发器停用，每次只改一处，核验须指出来。可以逃过的逐一列明，各有缘由；列了而其实逃不过的也算失败。
import { createHash } from 'node:crypto'
import { signedText } from '@dianzhang/exchange'
import { formatNote, formatVerifierKey } from '@dianzhang/tlog'
import type postgres from 'postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { expectedTriggers, recordedTables, shippedFunctions } from '../../apps/server/src/cli/verify-guards.ts'
import { rowLabels } from '../../apps/server/src/cli/verify-rows.ts'
import { newKey, signerOf } from '../../apps/server/src/log/keys.ts'
import { demoDatabase, startDemo } from '../support/demo-county.ts'
import { signIn } from '../support/serve.ts'

/** 可以逃过的列，`表.*` 为整张表；各写明为什么。 */
const escapes: Record<string, string> = {
  'citations.*': '引用关系由文本与对照表算出，不是事实；随时可以重建（dianzhang citations rebuild），两次结果相同',
  'citing.*': '反查用的窄行，由引用关系与登记条目算出，同上',
  'working_copies.*': '工作稿随时自动保存、随时覆盖，保存为正式文本时才进入台账',
  'comment_contacts.*': '姓名与联系方式依申请可以删除，不在任何台账里留下摘要',
  'hearing_contacts.*': '同上，报名听证的人',
  'editing.*': '谁正在编辑只是知会，十几秒不续即不算，不在任何台账里留下摘要',
  'invitation_names.*': '同上，受邀提意见的单位与个人',
  'attachment_texts.*': '由附件读出的文字，只供检索与归组，没有的重新读出；附件本身由摘要核对',
  'suggestion_contacts.*': '建议人的姓名与联系方式到期删除，不在任何台账里留下摘要',
  'auth_sessions.*': '会话随登录登出增删，最长几日即失效',
  'auth_sign_ins.*': '各账号最近一次登录，供管理员停用不再用的账号，不是办理的事实',
  'auth_verifications.*': '单点登录往返途中的一次性记录',
  'auth_rate_limits.*': '登录失败的计数，几分钟即失效',
  'auth_version.*': '只是“有变动”的计数：改动它，程序不过重读一次人员与任职',
  'rules_version.*': '同上，重读一次规则包与放假通知；它们自己的行另有核对',
  'public_writes.*': '只是“公众所见有变动”的计数：改动它，公众的页面至多旧到下一次变动；页面所取的各表自己另有核对',
  'search_index.*': '检索索引由登记条目算出，随时可以重建（dianzhang search rebuild）；与条目不符的由“检索索引”指出',
  'search_parts.*': '同上',
  'search_blocks.*': '同上，抽查',
  'search_columns.*': '同上',
  'search_pending.*': '同上，等着并入索引的条目',
  'notice_queue.*': '等着送往系统以外的消息，送出即删；少了的仍在消息中心看得到',
  'notice_cursors.*': '公开日志推送到哪一条；改动它只会重推（标识相同）或者少推，日志本身另有核对',
  'notice_reads.*': '本人看过消息的记号，不是办理的事实',
  'notice_preferences.*': '工作人员收消息的地址，本人随时更改、删除，不在任何台账里留下摘要',
  'calendar_tokens.*': '日历地址的口令摘要，本人随时作废',
  'subscriptions.*': '公众的订阅，本人随时退订，退订即删，不在任何台账里留下摘要',
  'subscription_contacts.*': '同上，寄送的地址',
  'deliveries.*': '寄送的过程，不是办理的事实；所寄的只有标题与网址，内容另有核对',
  'exchange_streams.*': '送到第几条、何时再试；少了的由往来的各条指出',
  'exchange_messages.matter_id': '收到的一条办在哪一件上，由其清单与案卷可以重算',
  'exchange_messages.draft': '签出以前的底稿，签出以后以清单为准',
  'exchange_messages.at': '何时收到；对方何时说的写在清单里',
  'exchange_messages.state': '到了哪一步，由往来的回执可以重算',
  'exchange_messages.why': '同上，缘由',
  'exchange_messages.attempts': '试过几次',
  'exchange_messages.next_at': '何时再试',
  'exchange_messages.settled_at': '何时到了这一步，同上',
  'saved_filters.*': '本人保存的筛选条件',
  'matter_marks.*': '本人看过、关注的记号，不是办理的事实',
  'matter_search.*': '检索词元由案卷与文本算出，随时可以重算',
  'deadlines.sent_command_id': '改为空的只会再发一次同一标识的命令，得到同一答复；改为别的由“各表的行”指出',
  'tlog_due.*': '同一事务里等着追加的日志条目，提交以后是空的；追加了没有由公开日志的核对指出',
  'tlog_checkpoints.at': '检查点何时签的不在签名里；签了什么另由外面的人留着',
  'tlog_cosignatures.*': '见证人的签名由见证人的公钥核对，库里没有；少了的再请一次',
}
/** 与一张表有关的检查；没有列出的表由“各表的行”核对。 */
const checksOf: Record<string, string[]> = {
  matters: ['chains', 'turns'],
  turns: ['turns'],
  notices: ['notices'],
  documents: ['chains'],
  ledger_events: ['chains'],
  command_log: ['commands'],
  blobs: ['blobs'],
  number_series: ['numbers'],
  office_ledger: ['office'],
  exchange_messages: ['exchange'],
  exchange_files: ['exchange'],
  tlog_entries: ['log'],
  tlog_tiles: ['log'],
  tlog_checkpoints: ['log'],
}

let sql: postgres.Sql
let honest: Awaited<ReturnType<typeof verifyDatabase>>
beforeAll(async () => {
  const database = await demoDatabase()
  const server = await startDemo(database.appUrl, database.url)
  // 演示县里有一件等着确认有效期的；确认了，才有这样一行。
  const staff = await signIn(() => server.url, 'registrar.county', 'dianzhang-demo')
  const { items } = (await staff.get('/api/validity-questions')).body as {
    items: Array<{ entry: string; asked: string }>
  }
  const answered = await staff.post('/api/validity-answers', { entry: items[0]?.entry, until: items[0]?.asked })
  expect(answered.status, JSON.stringify(answered.body)).toBe(201)
  // 填了人看不见的一栏：收下，等人核对。
  const open = (await (await fetch(`${server.url}/public/v1/consultations`)).json()) as {
    items: Array<{ id: string }>
  }
  const sent = await fetch(`${server.url}/consultations/${open.items[0]?.id}/comments`, {
    method: 'POST',
    body: new URLSearchParams({ text: '请看这里的广告。', website: 'x' }),
    headers: { origin: server.url },
    redirect: 'manual',
  })
  expect(sent.status).toBe(303)
  await server.stop()
  sql = database.connect().sql
  honest = await verifyDatabase(sql)
  // 演示县里没有的，照程序的写法各添一行。
  const [[drafter], [unit]] = [await sql`select * from people limit 1`, await sql`select * from units limit 1`]
  const at = '2026-11-18T01:00:00Z'
  const j = drafter?.jurisdiction_id
  await sql`insert into office_acts (jurisdiction_id, id, at, by, kind, subject, detail, reason) values (${j}, 'a1', ${at}, 'cli', 'unit_added', 'x', '{}', '试')`
  await sql`insert into holiday_notices (jurisdiction_id, id, year, source, days, loaded_at) values (${j}, 'n1', 2026, '通知', '[]', ${at})`
  await sql`insert into delegations (jurisdiction_id, id, from_person_id, to_person_id, unit_id, role, starts_on, ends_on, reason, created_at)
    values (${j}, 'd1', ${drafter?.id}, 'other', ${unit?.id}, 'drafter', '2026-11-18', '2026-11-20', '试', ${at})`
  await sql`insert into webhooks (jurisdiction_id, id, label, url, types, active, generation, rotated_at, created_at, created_by)
    values (${j}, 'w1', '试', 'https://example.gov.cn/hook', '{}', true, 1, ${at}, ${at}, 'admin')`
  await exchanged(j, at)
  await sql`insert into sends (jurisdiction_id, id, from_matter, to_matter, command, via, at) values (${j}, 's1', 'x', 'y', '{}', '{}', ${at})`
})

/** 与另一套系统往来的一条，随带一个文件。 */
async function exchanged(jurisdiction: string, at: string) {
  const peer = 'b.example.gov.cn/tlog/1'
  const signer = signerOf(newKey('ed25519'), peer)
  const id = '00000000-0000-4000-8000-000000000001'
  const bytes = Buffer.from('正式文本')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = {
    path: 'files/1-a.txt',
    item: '正式文本',
    name: 'a.txt',
    mediaType: 'text/plain',
    sha256,
    size: bytes.length,
  }
  const manifest = JSON.stringify({
    about: 'f-1',
    files: [file],
    from: peer,
    id,
    kind: 'command',
    prev: null,
    seq: 0,
    v: 1,
  })
  const digest = createHash('sha256').update(manifest).digest('hex')
  const text = signedText({ from: peer, id }, digest)
  const note = formatNote({ text, signatures: [signer.signText(text)] })
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(manifest)
    .digest()
  await sql`insert into exchange_peers (jurisdiction_id, name, label, address, keys, retired, tracks, active, saved_at)
    values (${jurisdiction}, ${peer}, '试', '', ${[formatVerifierKey(signer.key)]}, '{}', '{government}', true, ${at})`
  await sql`insert into exchange_streams (jurisdiction_id, peer, direction, next) values (${jurisdiction}, ${peer}, 'in', 1)`
  await sql`insert into exchange_messages (jurisdiction_id, peer, direction, seq, id, kind, about, manifest, note, digest, leaf, at, state)
    values (${jurisdiction}, ${peer}, 'in', 0, ${id}, 'command', 'f-1', ${manifest}, ${note}, ${digest}, ${leaf}, ${at}, 'settled')`
  await sql`insert into exchange_files (jurisdiction_id, sha256, n, bytes) values (${jurisdiction}, ${sha256}, 0, ${bytes})`
}

/** 绕过守卫做一件事，核验，复原。 */
async function erased(work: (tx: postgres.TransactionSql) => PromiseLike<unknown>, only?: string[], tables?: string[]) {
  const undo = new Error('复原')
  let faults: Awaited<ReturnType<typeof verifyDatabase>>['faults'] = []
  await sql
    .begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = 'replica'")
      await work(tx)
      const inside = { begin: (_: string, run: (tx: postgres.TransactionSql) => Promise<unknown>) => run(tx) }
      faults = (await verifyDatabase(inside as unknown as postgres.Sql, undefined, { only, tables })).faults
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  return faults
}

/**
 * 一次在几张表里各做一件事，只核对“各表的行”一次：答复哪几张被指出来。各表的行只与台账比，台账没有动，所以指着一张表的
 * 话只会是为这张表里所做的；没有指出的，由调用者单独再核对。
 */
async function pointedOut(works: ReadonlyMap<string, string>): Promise<Set<string>> {
  const faults = await erased(
    async (tx) => {
      for (const statement of works.values()) await tx.unsafe(statement)
    },
    ['rows'],
    [...works.keys()],
  )
  const names = (table: string): string[] => {
    const label = rowLabels[table] ?? table
    return [`${label} `, `台账所记的${label} `]
  }
  return new Set(
    [...works.keys()].filter((table) =>
      faults.some(({ message }) => names(table).some((name) => message.startsWith(name))),
    ),
  )
}

it('完好的演示县没有问题', () => {
  expect(honest.faults).toEqual([])
  expect(honest.checks.find((each) => each.check === 'rows')?.checked).toBeGreaterThan(300)
})

describe('逐表逐列', () => {
  /** 换成另一个同类的值。 */
  const other = (column: { name: string; type: string; element: string }): string => {
    const c = `"${column.name}"`
    if (column.name === 'heads' || column.name === 'body') if (column.type === 'jsonb') return `${c} || '{"改": 1}'`
    switch (column.type) {
      case 'boolean':
        return `not coalesce(${c}, false)`
      case 'smallint':
        return `coalesce(${c}, 0) + 7`
      case 'integer':
      case 'bigint':
        return `coalesce(${c}, 0) + 1000000`
      case 'date':
        return `coalesce(${c}, '2020-01-01') + 1`
      case 'timestamp with time zone':
        return `coalesce(${c}, '2020-01-01') + interval '1 second'`
      case 'jsonb':
        return `'{"改": 1}'::jsonb`
      case 'json':
        return `'{"改": 1}'::json`
      case 'ARRAY':
        return `array_append(${c}, '改')`
      case 'bytea':
        return `${c} || '\\x00'::bytea`
      case 'tsvector':
        return `'改'::tsvector`
      default:
        return `coalesce(${c}, '') || '改'`
    }
  }
  it('每张表的每一列，改动一行即被指出；逃过的恰是所列的', async () => {
    const columns = await sql<{ table: string; name: string; type: string; element: string }[]>`
      select table_name as table, column_name as name, case when udt_name = 'tsvector' then 'tsvector' else data_type end as type, udt_name as element
      from information_schema.columns c where table_schema = 'public' and is_generated = 'NEVER'
        and exists (select from pg_class r where r.relname = c.table_name and r.relkind = 'r' and r.relnamespace = 'public'::regnamespace)
      order by table_name, ordinal_position`
    const constraints = await sql<{ table: string; name: string }[]>`
      select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint where connamespace = 'public'::regnamespace and contype = 'c'`
    // 检查约束也挡不住绕过守卫的人。
    await sql.unsafe(constraints.map((c) => `alter table ${c.table} drop constraint ${c.name};`).join('\n'))
    const empty: string[] = []
    const left: Array<(typeof columns)[number]> = []
    for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
      if (escapes[`${table}.*`]) continue
      const [row] = await sql.unsafe(`select 1 from "${table}" limit 1`)
      if (row) left.push(...own)
      else empty.push(table)
    }
    const change = (column: (typeof columns)[number]): string =>
      `update "${column.table}" set "${column.name}" = ${other(column)} where ctid = (select ctid from "${column.table}" order by ctid desc limit 1)`
    // 由“各表的行”核对的，几张表各改一列，一起核对；其余的与没有指出的，一次一列。
    const together = [...Map.groupBy(left, (column) => column.table)].filter(([table]) => !checksOf[table])
    const found = new Set<string>()
    for (let n = 0; ; n++) {
      const round = new Map(together.flatMap(([table, { [n]: column }]) => (column ? [[table, column] as const] : [])))
      if (round.size === 0) break
      const pointed = await pointedOut(new Map([...round].map(([table, column]) => [table, change(column)])))
      for (const table of pointed) found.add(`${table}.${round.get(table)?.name}`)
    }
    expect(found.size).toBeGreaterThan(200)
    const escaped: string[] = []
    for (const column of left) {
      const name = `${column.table}.${column.name}`
      if (found.has(name)) continue
      const faults = await erased((tx) => tx.unsafe(change(column)), checksOf[column.table] ?? ['rows'], [column.table])
      if (faults.length === 0) escaped.push(name)
    }
    expect(escaped.filter((name) => !escapes[name])).toEqual([])
    expect(empty).toEqual([])
  })

  it('每张表删去一行、全部删去，都被指出', async () => {
    const tables = await sql<
      { name: string }[]
    >`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`
    const missed: string[] = []
    for (const [how, where] of [
      ['一行', (name: string) => `where ctid = (select ctid from "${name}" order by ctid desc limit 1)`],
      ['全部', () => ''],
    ] as const) {
      const there: string[] = []
      for (const { name } of tables) {
        if (escapes[`${name}.*`]) continue
        const [row] = await sql.unsafe(`select 1 from "${name}" limit 1`)
        if (row) there.push(name)
      }
      const gone = (name: string): string => `delete from "${name}" ${where(name)}`
      const together = there.filter((name) => !checksOf[name])
      const found = await pointedOut(new Map(together.map((name) => [name, gone(name)])))
      for (const name of there) {
        if (found.has(name)) continue
        const only = name === 'office_ledger' ? ['office', 'rows', 'seals'] : (checksOf[name] ?? ['rows'])
        const faults = await erased((tx) => tx.unsafe(gone(name)), only, [name, 'ledger_seals'])
        if (faults.length === 0) missed.push(`${name} ${how}`)
      }
    }
    // 检查点可以重签；签到哪里另记在库外，见过的人自己也留着。
    const may = ['office_ledger 一行', 'tlog_checkpoints 一行', 'tlog_checkpoints 全部']
    expect(missed).toEqual(may.filter((name) => missed.includes(name)))
  })
})

describe('守卫', () => {
  it('应有的触发器恰是数据库里的全部；应有的函数一个不缺', async () => {
    const rows = await sql<{ name: string }[]>`
      select c.relname || '.' || t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`
    expect(expectedTriggers.map((t) => `${t.table}.${t.name}`).toSorted()).toEqual(
      rows.map((row) => row.name).toSorted(),
    )
    const functions = await sql<{ name: string }[]>`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'dz\\_%' order by 1`
    expect([...shippedFunctions().keys()].toSorted()).toEqual(functions.map((row) => row.name))
  })
  it.each([
    [
      '函数换成空的',
      `create or replace function dz_refuse() returns trigger language plpgsql as $$ begin return coalesce(new, old); end $$`,
    ],
    [
      '摘要函数换成常数',
      `create or replace function dz_row_digest(name text, r jsonb) returns text language sql stable as $$ select repeat('0', 64) $$`,
    ],
    ['触发器停用', `alter table texts disable trigger texts_append_only`],
    ['触发器只在复制时生效', `alter table texts enable replica trigger texts_append_only`],
    ['触发器不见', `drop trigger comments_bound on comments`],
    [
      '触发器加上不成立的条件',
      `drop trigger comments_append_only on comments; create trigger comments_append_only before update or delete on comments for each row when (false) execute function dz_refuse()`,
    ],
    [
      '触发器只看一列',
      `drop trigger matters_forward on matters; create trigger matters_forward before update of title on matters for each row execute function dz_matters_forward()`,
    ],
    [
      '另加一个触发器',
      `create function other() returns trigger language plpgsql as $$ begin return null; end $$; create trigger aaa before insert on refusals for each row execute function other()`,
    ],
  ])('%s：指出来', async (_name, statement) => {
    expect((await erased((tx) => tx.unsafe(statement), ['guards'])).length).toBeGreaterThan(0)
  })
})

it('记在办公台账里的表恰是没有记在案卷台账里、也不可逃过的那些', () => {
  expect(recordedTables.length).toBeGreaterThan(10)
})
