// migrate、backup、restore、plan、account 的办理。
import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, HolidayNotice, PersonInput, type Role, roleLabels } from '@dianzhang/contract'
import {
  and,
  backup,
  connect,
  distribute,
  distributionStatements,
  eq,
  limitRights,
  migrate,
  restore,
  schema,
} from '@dianzhang/database'
import type { Plan } from '@dianzhang/lifecycle'
import { rebuildCitations, rebuildSearchIndex } from '@dianzhang/register'
import {
  type Actor,
  addPerson,
  affectedByNewerPack,
  getPlan,
  installJobs,
  loadActorByUsername,
  maintainHolidayNotice,
  type Office,
  openOffices,
  recordRestoration,
  resetPassword,
  saveUnits,
  UnitInput,
} from '@dianzhang/workflow'
import { SingleBar } from 'cli-progress'
import { z } from 'zod'
import { hashPassword, oneTimePassword } from '../auth.ts'
import { noteBackup } from '../backup-note.ts'
import { openOffice } from '../compose.ts'
import { validated } from '../http/validate.ts'
import { commandLog, withDatabase } from './database-access.ts'
import { runImport } from './import.ts'
import { print } from './output.ts'
import { runVerify } from './verify.ts'

const { documents, units } = schema

export interface JsonOption {
  json?: boolean
}

/** Opens the office of this installation for one command. */
export const withOffice = <T>(owner: string, work: (office: Office) => Promise<T>): Promise<T> =>
  withDatabase(owner, async ({ url, env, source }) => {
    // Nobody else looks after a database that this command started itself.
    if (source === 'started') {
      await migrate(url)
      await installJobs(url)
    }
    const { office, close } = await openOffice({ env, url, log: commandLog() })
    try {
      return await work(office)
    } finally {
      await close()
    }
  })

export interface ImportOptions extends JsonOption {
  jurisdiction: string
  source?: string
  report?: string
}

export const runImportCommand = (file: string, options: ImportOptions): Promise<void> =>
  withDatabase(
    'dianzhang import',
    async ({ url, ownerUrl, env, source }, signal) => {
      if (source === 'started') {
        await migrate(url)
        await installJobs(url)
      }
      // The rule packs bring the jurisdictions that entries belong to; a fresh database has none.
      const { office, close } = await openOffice({ env, url, log: commandLog() })
      const now = office.clock.now()
      await close()
      process.exitCode = await runImport({
        file,
        url,
        ownerUrl,
        jurisdiction: options.jurisdiction,
        sourceName: options.source,
        report: options.report,
        json: options.json,
        signal,
        now,
      })
    },
    { listens: true },
  )

export interface VerifyCommandOptions extends JsonOption {
  anchor?: string
  anchorKey?: string
  since?: string
  threads?: number
}
export const runVerifyCommand = (options: VerifyCommandOptions): Promise<void> =>
  withDatabase('dianzhang verify', async ({ url }) => {
    process.exitCode = await runVerify({
      url,
      json: options.json,
      anchor: options.anchor,
      anchorKey: options.anchorKey,
      since: options.since,
      threads: options.threads,
    })
  })

export const runMigrate = (options: JsonOption): Promise<void> =>
  withDatabase('dianzhang migrate', async ({ url, ownerUrl }) => {
    const result = await migrate(ownerUrl)
    await installJobs(ownerUrl)
    if (ownerUrl !== url) await limitRights(ownerUrl, url)
    const text =
      result.applied > 0
        ? `已执行 ${result.applied} 个迁移，共 ${result.total} 个。`
        : `没有新的迁移，共 ${result.total} 个。`
    print(result, () => text, options.json)
  })

export interface DistributeOptions extends JsonOption {
  plan?: boolean
}

export const runDistribute = (options: DistributeOptions): Promise<void> =>
  withDatabase('dianzhang distribute', async ({ ownerUrl, source }) => {
    if (source === 'started') await migrate(ownerUrl)
    const { sql, close } = connect(ownerUrl, { max: 1 })
    try {
      if (options.plan) {
        const statements = await distributionStatements(sql)
        return print({ statements }, () => statements.map((each) => `${each};`).join('\n'), options.json)
      }
      const done = await distribute(sql, (line) => process.stderr.write(`${line}\n`))
      print({ statements: done }, () => `已按法域分片，执行 ${done} 条语句。`, options.json)
    } finally {
      await close()
    }
  })

export const runBackup = (file: string, options: JsonOption): Promise<void> =>
  withDatabase('dianzhang backup', async ({ url, env }) => {
    const bar = progress(options.json)
    const manifest = await backup(url, resolve(file), {
      onProgress: ({ table, done, total }) => bar?.show(done, total, table),
    }).finally(() => bar?.end())
    noteBackup(env.dataDir, manifest.createdAt)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    print(manifest, () => `已备份 ${manifest.tables.length} 张表、${rows} 行到 ${resolve(file)}。`, options.json)
  })

export async function runRestore(file: string, options: JsonOption): Promise<void> {
  if (!existsSync(file)) throw new AppError('not_found', `没有文件 ${file}`)
  await withDatabase('dianzhang restore', async ({ url, ownerUrl, source }) => {
    if (source === 'running') {
      throw new AppError('conflict', '服务正在使用这个数据库，请先停止服务，再恢复到空的数据文件夹。')
    }
    // The backup holds rows of the job queue, so the target must have its tables first.
    await installJobs(ownerUrl)
    const bar = progress(options.json)
    const manifest = await restore(resolve(file), ownerUrl, {
      onProgress: ({ table, done, total }) => bar?.show(done, total, table),
    }).finally(() => bar?.end())
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    if (ownerUrl !== url) await limitRights(ownerUrl, url)
    const held = await holdAfterRestore(ownerUrl, manifest.createdAt, file)
    print(
      { ...manifest, held },
      () =>
        `已恢复 ${manifest.tables.length} 张表、${rows} 行（备份于 ${manifest.createdAt}）。${
          held.length > 0
            ? '\n备份以后可能已经发出的号码不在库中：编号、公布、报送与封存暂停，请文秘或者系统管理员在编号台逐系列确认最后用到几号。'
            : ''
        }`,
      options.json,
    )
  })
}

/**
 * A restore is an act of office: it records the period lost, and numbering and the like pause until someone confirms
 * the numbers in use. A demo database is dated by the demo clock.
 */
async function holdAfterRestore(url: string, createdAt: string, file: string): Promise<string[]> {
  const { db, close } = connect(url, { max: 1 })
  try {
    const [clock] = await db
      .select({ value: schema.settings.value })
      .from(schema.settings)
      .where(and(eq(schema.settings.jurisdictionId, 'CN'), eq(schema.settings.key, 'demo-clock')))
    const offset = typeof clock?.value.offset === 'number' ? clock.value.offset : 0
    const now = new Date(Date.now() + offset)
    return await recordRestoration(db, now, {
      kind: 'restored',
      lostFrom: new Date(Date.parse(createdAt) + offset).toISOString(),
      lostUntil: now.toISOString(),
      by: 'cli',
      reason: `由备份文件 ${basename(file)} 恢复`,
    })
  } finally {
    await close()
  }
}

export const runRebuildCitations = (options: JsonOption): Promise<void> =>
  withOffice('dianzhang citations', async (office) => {
    const done = await rebuildCitations(office.db)
    const open = (done.certainty.not_in_library ?? 0) + (done.certainty.ambiguous ?? 0) + (done.certainty.unbound ?? 0)
    print(
      done,
      () =>
        `读了登记库 ${done.entries} 件、文本 ${done.texts} 版、对照表 ${done.tables} 份，得引用 ${done.edges} 处；` +
        `其中 ${done.certainty.not_in_library ?? 0} 处所引的没有收录、${done.certainty.ambiguous ?? 0} 处同名不能确定、${done.certainty.unbound ?? 0} 处看不出指哪一部（共 ${open} 处）；用时 ${done.seconds} 秒。`,
      options.json,
    )
  })

export const runRebuildSearch = (options: JsonOption): Promise<void> =>
  withOffice('dianzhang search', async (office) => {
    const begun = performance.now()
    const entries = await rebuildSearchIndex(office.db, {
      onProgress: ({ entries }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r已编入 ${entries} 件`)
      },
    })
    if (process.stderr.isTTY) process.stderr.write('\r')
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    print(
      { entries, seconds },
      () =>
        entries === null
          ? '另一处先建成了检索索引，这一次的没有换上。'
          : `检索索引已由 ${entries} 件登记条目重新建成，用时 ${seconds} 秒；建成以前照旧检索。`,
      options.json,
    )
  })

export const runPlan = (id: string, options: JsonOption): Promise<void> =>
  withOffice('dianzhang plan', async (office) => {
    const [row] = await office.db
      .select({ jurisdiction: documents.jurisdictionId })
      .from(documents)
      .where(eq(documents.id, id))
    if (!row) throw new AppError('not_found', `没有案卷 ${id}`)
    const plan = (await getPlan(office, { kind: 'system', jurisdiction: row.jurisdiction }, id)) as unknown as Plan
    print(plan, () => describePlan(plan), options.json)
  })

/** Files handled under an old version of a pack whose deadlines would change under the current one. */
export const runAffected = (jurisdiction: string, options: JsonOption): Promise<void> =>
  withOffice('dianzhang packs affected', async (office) => {
    const list = await affectedByNewerPack(office, { kind: 'system', jurisdiction })
    print(
      list,
      () =>
        list.length === 0
          ? '没有因新版规则包而期限变动的在办案卷。'
          : list
              .flatMap((d) => [
                `${d.title}（${d.stageLabel}，${d.id}）：${d.from} → ${d.to}，${d.parameters} 项参数不同`,
                ...d.deadlines.map((x) => `    ${x.label}：${x.before ?? '（无）'} → ${x.after ?? '（无）'}`),
              ])
              .join('\n'),
      options.json,
    )
  })

function describePlan(plan: Plan): string {
  const lines = plan.steps.map((step) => {
    const waits = step.waits.map(
      (w) =>
        `      等待至 ${w.until}：${w.reason}（${w.basis.document}${w.basis.article}）${w.provisional ? '【暂定】' : ''}`,
    )
    const commands = step.commands.map((x) => `${x.label}${x.on === step.from ? '' : `（${x.on}）`}`).join('、')
    return [`  ${step.from}  ${step.label}${commands ? `：${commands}` : ''}`, ...waits].join('\n')
  })
  const stuck = plan.stuck ? [`  停在${plan.stuck.stage}：${plan.stuck.verdicts.map((v) => v.reason).join('；')}`] : []
  const end = plan.effectiveOn
    ? [
        `依法最早 ${plan.publishOn} 公布、${plan.effectiveOn} 施行${plan.provisional ? '（部分日期暂定，待放假安排公布）' : ''}。`,
      ]
    : []
  return ['自今日起，其余各阶段依法最早的日期（假定各环节当日办结）：', ...lines, ...stuck, ...end].join('\n')
}

export interface UnitsOptions extends JsonOption {
  jurisdiction: string
}
export async function runImportUnits(file: string, options: UnitsOptions): Promise<void> {
  const given = readJsonFile(file, z.array(UnitInput).min(1), '中有单位不合要求')
  await withOffice('dianzhang units', async (office) => {
    if (office.rules.versions(options.jurisdiction).length === 0)
      throw new AppError('not_found', `没有法域“${options.jurisdiction}”`)
    const done = await saveUnits(office, options.jurisdiction, given, '由命令行录入')
    await openOffices(office)
    print(done, () => `共 ${done.units} 个单位，写入 ${done.written} 个，其余没有变化。`, options.json)
  })
}

/** The JSON of a file (`-`: standard input), held to its schema; names every field that is wrong. */
function readJsonFile<T extends z.ZodType>(file: string, schema: T, wrong: string): z.output<T> {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    throw new AppError('malformed', `${file} 不是 JSON`)
  }
  const parsed = schema.safeParse(raw)
  if (!parsed.success)
    throw new AppError('invalid', `${file} ${wrong}`, {
      issues: parsed.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message })),
    })
  return parsed.data
}

export const runLoadHolidays = (file: string, options: JsonOption): Promise<void> =>
  withOffice('dianzhang calendar', async (office) => {
    const done = await maintainHolidayNotice(office, readJsonFile(file, HolidayNotice, '不是一份放假通知'))
    print(
      done,
      () => `已录入 ${done.year} 年的安排（${done.days} 日），重算了 ${done.recomputed} 件案卷的期限。`,
      options.json,
    )
  })

export interface AccountOptions extends JsonOption {
  jurisdiction: string
  name: string
  unit: string
  email?: string
}

/** The command line acts for the maintainer of the machine: an act of the office like any other, carried out by the system. */
const bySystem = (jurisdiction: string): Actor => ({ kind: 'system', jurisdiction })

export const runCreateAccount = (username: string, posts: Role[], options: AccountOptions): Promise<void> =>
  withOffice('dianzhang account', async (office) => {
    const known = await office.db
      .select({ id: units.id, name: units.name })
      .from(units)
      .where(eq(units.jurisdictionId, options.jurisdiction))
    const unit = known.find((each) => each.id === options.unit || each.name === options.unit)
    if (!unit) throw new AppError('not_found', `法域 ${options.jurisdiction} 没有单位“${options.unit}”`)
    const held = posts.map((role) => ({ role, unit: unit.id }))
    const person = { name: options.name, username, unit: unit.id, posts: held, reason: '由命令行开立' }
    // Held to what the administrators' form is held to: no post twice, nothing beside an administrator's.
    validated(PersonInput, person, '账号没有开立，请按所列各项更正。')
    const password = oneTimePassword()
    const given = { ...person, ...(options.email === undefined ? {} : { email: options.email }) }
    const created = await addPerson(office, bySystem(options.jurisdiction), given, await hashPassword(password))
    const labels = posts.map((role) => roleLabels[role]).join('、')
    print(
      { ...created, password },
      () => `已开立账号 ${username}（${unit.name}，${labels}）。\n一次性密码：${password}`,
      options.json,
    )
  })

export const runResetPassword = (username: string, options: JsonOption): Promise<void> =>
  withOffice('dianzhang account', async (office) => {
    const today = dateInShanghai(office.clock.now().toISOString())
    const person = await loadActorByUsername(office.db, username, today)
    const password = oneTimePassword()
    const by = bySystem(person.jurisdiction)
    await resetPassword(office, by, person.person, { reason: '由命令行重置' }, await hashPassword(password))
    print({ username, password }, () => `${person.name} 的一次性密码：${password}`, options.json)
  })

interface Progress {
  show(done: number, total: number, what: string): void
  end(): void
}

/** A bar on standard error, where people look at it; nothing for machines and pipes. */
function progress(json: boolean | undefined): Progress | null {
  if (json || !process.stderr.isTTY) return null
  const bar = new SingleBar({ format: '{bar} {value}/{total} {what}', stream: process.stderr, hideCursor: true })
  let begun = false
  return {
    show(done, total, what) {
      if (!begun) bar.start(total, done, { what })
      begun = true
      bar.update(done, { what })
    },
    end: () => bar.stop(),
  }
}
