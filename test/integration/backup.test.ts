// 迁移的核对、备份与恢复：在一个小的自写模式上，包含触发器、循环外键、生成列、标识列与各种文本。
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { BackupError, backup, MigrationMismatchError, migrate, restore, verifyBackup } from '@dianzhang/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const first = `
create table offices (
  id int generated always as identity primary key,
  name text not null,
  head_document int
);
--> statement-breakpoint
create table papers (
  id int primary key,
  office int not null references offices (id),
  title text,
  body bytea,
  facts jsonb not null default '{}',
  words tsvector generated always as (to_tsvector('simple', coalesce(title, ''))) stored
);
--> statement-breakpoint
create index papers_title on papers (lower(title)) where title is not null;
--> statement-breakpoint
alter table offices add constraint offices_head foreign key (head_document) references papers (id);
--> statement-breakpoint
create function no_change() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$;
--> statement-breakpoint
create trigger papers_append_only before insert or update or delete on papers
  for each row when (current_setting('test.open', true) is distinct from 'yes') execute function no_change();`
const second = `alter table papers add column note text;`

let work: string
let source: TestDatabase
let file: string
const archive = (name: string): string => join(work, name)

function writeMigrations(name: string, texts: string[]): string {
  const path = join(work, name)
  mkdirSync(join(path, 'meta'), { recursive: true })
  const entries = texts.map((text, idx) => {
    const tag = `000${idx}_step`
    writeFileSync(join(path, `${tag}.sql`), text)
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag, breakpoints: true }
  })
  writeFileSync(join(path, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }))
  return path
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'dianzhang-backup-'))
  file = archive('whole.dzb')
  source = await testDatabase({ empty: true })
  await migrate(source.url, { folder: writeMigrations('one', [first]) })
  writeMigrations('two', [first, second])
  const { sql } = source.connect()
  await sql`insert into offices (name) values ('办公室'), (${'制表\t换行\n反斜杠\\ \\N "引号"'})`
  await sql.begin(async (tx) => {
    await tx`set local test.open = 'yes'`
    await tx`insert into papers (id, office, title, body, facts)
             select i, 1 + i % 2, case when i % 7 = 0 then null else '文件 ' || i end, decode('00ff0a5c', 'hex'), '{"a": [1, "二"]}'
               from generate_series(1, 5000) i`
  })
  await sql`update offices set head_document = 3 where id = 1`
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('备份与恢复', () => {
  it('备份可以在空数据库里恢复出相同的内容，触发器、外键与序列照旧生效', async () => {
    const progress: string[] = []
    const written = await backup(source.url, file, { onProgress: ({ table }) => progress.push(table) })
    expect(written.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['offices', 2],
      ['papers', 5000],
    ])
    expect(progress).toEqual(['public.offices', 'public.papers'])
    expect(await verifyBackup(file)).toEqual(written)

    const target = await testDatabase({ empty: true })
    await restore(file, target.url, { migrations: { folder: join(work, 'one') } })
    const here = source.connect().sql
    const there = target.connect().sql
    for (const table of ['offices', 'papers']) {
      const digest = `select md5(string_agg(t::text, '|' order by id)) as digest from ${table} t`
      expect(await there.unsafe(digest)).toEqual(await here.unsafe(digest))
    }
    await expect(there`update papers set title = 'x' where id = 1`).rejects.toThrow('append only')
    await expect(there`update offices set head_document = 99999 where id = 1`).rejects.toThrow('offices_head')
    const [row] = await there<{ id: number }[]>`insert into offices (name) values ('新') returning id`
    expect(row?.id).toBe(3)
  })

  it('此前的备份是 gzip 的，照样核对、恢复；索引与约束随之都在', async () => {
    // 第一版：同样的内容，只是 gzip，头与清单写着 1。
    const first = Buffer.from(
      zstdDecompressSync(readFileSync(file)).toString('latin1').replaceAll('"version":2', '"version":1'),
      'latin1',
    )
    const old = archive('old.dzb')
    writeFileSync(old, gzipSync(first))
    expect((await verifyBackup(file)).version).toBe(2)
    const { version, ...manifest } = await verifyBackup(old)
    expect([version, manifest.tables]).toEqual([1, (await verifyBackup(file)).tables])
    const target = await testDatabase({ empty: true })
    await restore(old, target.url, { migrations: { folder: join(work, 'one') } })
    const indexes = `select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`
    expect(await target.connect().sql.unsafe(indexes)).toEqual(await source.connect().sql.unsafe(indexes))
    expect((await source.connect().sql.unsafe(indexes)).map(({ indexname }) => indexname)).toContain('papers_title')
  })

  it('唯一索引容不下的内容使整个恢复失败，并说明是哪一个', async () => {
    const target = await testDatabase({ empty: true })
    await migrate(target.url, { folder: join(work, 'one') })
    const { sql } = target.connect()
    await sql`create unique index one_office on papers (office)`
    await expect(restore(file, target.url, { migrations: { folder: join(work, 'one') } })).rejects.toThrow(/one_office/)
    expect(await sql`select from papers`).toHaveLength(0)
    expect(await sql`select from pg_indexes where indexname = 'one_office'`).toHaveLength(1)
  })

  it('旧程序的备份恢复后迁移到新版本', async () => {
    const target = await testDatabase({ empty: true })
    await restore(file, target.url, { migrations: { folder: join(work, 'two') } })
    const [row] = await target.connect().sql<
      { count: number }[]
    >`select count(*)::int as count from papers where note is null`
    expect(row?.count).toBe(5000)
  })

  it('目标已有数据时拒绝，原有数据不变', async () => {
    const target = await testDatabase({ empty: true })
    await migrate(target.url, { folder: join(work, 'one') })
    const { sql } = target.connect()
    await sql`insert into offices (name) values ('原有')`
    await expect(restore(file, target.url, { migrations: { folder: join(work, 'one') } })).rejects.toThrow(/不是空的/)
    expect(await sql`select name from offices`).toEqual([{ name: '原有' }])
    // 被拒绝的事务已经把触发器与外键恢复原样。
    await expect(sql`insert into papers (id, office) values (1, 1)`).rejects.toThrow('append only')
  })

  it('被截断、被改动或不是备份的文件在碰数据库之前就被拒绝', async () => {
    const bytes = readFileSync(file)
    writeFileSync(archive('cut.dzb'), bytes.subarray(0, bytes.length - 200))
    await expect(verifyBackup(archive('cut.dzb'))).rejects.toThrow(/不完整/)

    const open = zstdDecompressSync(bytes)
    const at = open.indexOf('文件 4321')
    expect(at).toBeGreaterThan(0)
    open.write('文件 9999', at, 'utf8')
    writeFileSync(archive('forged.dzb'), zstdCompressSync(open))
    await expect(verifyBackup(archive('forged.dzb'))).rejects.toThrow(/papers 的内容与清单的校验值不符/)

    for (const [i, pack] of [gzipSync, zstdCompressSync].entries()) {
      writeFileSync(archive(`other-${i}.dzb`), pack('something else entirely'))
      await expect(verifyBackup(archive(`other-${i}.dzb`))).rejects.toThrow(BackupError)
    }
    for (const text of ['not even gzip', '', 'abc']) {
      writeFileSync(archive('text.dzb'), text)
      await expect(verifyBackup(archive('text.dzb'))).rejects.toThrow(BackupError)
    }
    // 中间坏了一个字节：压缩自己的校验先发现。
    const damaged = Buffer.from(bytes)
    damaged.writeUInt8((damaged[damaged.length >> 1] ?? 0) ^ 0xff, damaged.length >> 1)
    writeFileSync(archive('damaged.dzb'), damaged)
    await expect(verifyBackup(archive('damaged.dzb'))).rejects.toThrow(BackupError)
  })

  it('目标表拒绝的行使整个恢复失败，并说明原因', async () => {
    const target = await testDatabase({ empty: true })
    await migrate(target.url, { folder: join(work, 'one') })
    const { sql } = target.connect()
    await sql`alter table offices add constraint short check (length(name) < 5)`
    const error = await restore(file, target.url, { migrations: { folder: join(work, 'one') } }).catch(
      (thrown) => thrown,
    )
    expect(error).toBeInstanceOf(BackupError)
    expect((error as Error).message).toMatch(/public\.offices 无法写入.*short/)
    expect(await sql`select * from offices`).toHaveLength(0)
  })
})

describe('迁移', () => {
  it('两个进程同时迁移，一个等另一个，结果相同', async () => {
    const target = await testDatabase({ empty: true })
    const folder = join(work, 'two')
    const results = await Promise.all([migrate(target.url, { folder }), migrate(target.url, { folder })])
    expect(results.map(({ total }) => total)).toEqual([2, 2])
    expect(results.map(({ applied }) => applied).sort()).toEqual([0, 2])
  })

  it('被改动的迁移文件、比程序新的数据库、被跳过的迁移，都拒绝启动', async () => {
    const target = await testDatabase({ empty: true })
    await migrate(target.url, { folder: join(work, 'two') })
    await expect(migrate(target.url, { folder: join(work, 'one') })).rejects.toThrow(/数据库比程序新/)
    await expect(migrate(target.url, { folder: writeMigrations('edited', [first, `${second} `]) })).rejects.toThrow(
      MigrationMismatchError,
    )
    // 第三个迁移，时间戳早于已执行的最后一个：drizzle 会跳过它，一声不响。
    const late = join(work, 'late')
    cpSync(join(work, 'two'), late, { recursive: true })
    const path = join(late, 'meta', '_journal.json')
    const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: object[] }
    journal.entries.push({ idx: 2, version: '7', when: 1, tag: '0002_late', breakpoints: true })
    writeFileSync(path, JSON.stringify(journal))
    writeFileSync(join(late, '0002_late.sql'), 'create table late (id int);')
    await expect(migrate(target.url, { folder: late })).rejects.toThrow(/从第 3 个起不同/)
  })
})
