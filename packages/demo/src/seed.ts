// 布置演示县：全部案卷由真实命令经同一写入口办成，依演示时刻倒推日期，各件同时推进，号码依日期先后。
import { addDays, dateInShanghai, startOfDayInstant } from '@dianzhang/calendar'
import type { Command } from '@dianzhang/contract'
import { and, asc, eq, isNotNull, isNull, lte, min, or, schema } from '@dianzhang/database'
import { importEntries } from '@dianzhang/register'
import type { Office } from '@dianzhang/workflow'
import {
  actInOffice,
  createDelegation,
  deadlineCommandId,
  deliverAll,
  runCommand,
  runDueJobs,
} from '@dianzhang/workflow'
import { seedCleanups } from './cleanups.ts'
import { demoJurisdiction } from './county.ts'
import { demoActor, type Setting } from './desk.ts'
import { seedEvaluations } from './evaluations.ts'
import { seedFilings } from './filings.ts'
import { seedImpacts } from './impacts.ts'
import { pendingLives } from './pending-lives.ts'
import { publishedLives } from './published-lives.ts'

import { interleave, SeedClock } from './seed-clock.ts'
import { seedSuggestions } from './suggestions.ts'
import { older, olderSource } from './texts/older.ts'
import { seedYears } from './years.ts'

export interface DemoSeed {
  /** 演示时刻：布置完毕时 `clock` 恰在此刻。 */
  now: Date
  /** 演示账号：用户名 → 登录账号的标识；须已建立，单位与人员须已写入（`openCounty`）。 */
  accounts: ReadonlyMap<string, string>
}
/** 最早一件自演示时刻前约二十三个月开始。 */
const longest = 700

/**
 * 布置演示县的全部案卷与几件旧有文件；返回案卷数。`office.clock` 不用：各件有自己的时钟，都不越过 `now`，`clock` 止于 `now`。
 * 已有案卷的数据库一律拒绝：只布置一次。中途出错即抛出，须换一个空的数据库重来。
 */
export async function seedDemo(
  office: Office,
  clock: SeedClock,
  { now, accounts }: DemoSeed,
): Promise<{ documents: number }> {
  const { db } = office
  const { documents, deadlines: t } = schema
  const existing = await db.select({ id: documents.id }).from(documents).limit(1)
  if (existing.length > 0) throw new Error('数据库中已有案卷，演示县只布置一次')
  const anchor = addDays(dateInShanghai(now.toISOString()), -1)
  const start = new Date(startOfDayInstant(addDays(anchor, -longest)))
  const setting = (): Setting => {
    const own = new SeedClock()
    own.goTo(start)
    return { office: { ...office, clock: own }, clock: own, anchor, accounts, document: { id: '' } }
  }
  await importEntries(office, lines(older), { jurisdiction: demoJurisdiction, sourceName: olderSource, now: start })

  const due = and(eq(t.status, 'open'), isNotNull(t.sends), isNull(t.sentCommandId))
  /** 本件在 `day` 上午之前到期的事，各在到期之时办理，与到期作业用同一命令、同一标识。 */
  const arrive = async ({ setting: s }: { setting: Setting }, day: string) => {
    const to = new Date(`${day}T09:00:00+08:00`)
    // 忙的机器上，上一步发给别的事项的可能等不及、留给了巡查：下一步要看到它们已经送到。
    const { sends: x } = schema
    const left = s.document.id
      ? await db
          .select({ id: x.id })
          .from(x)
          .where(
            and(
              eq(x.jurisdictionId, demoJurisdiction),
              or(eq(x.fromMatter, s.document.id), eq(x.toMatter, s.document.id)),
              isNull(x.settledAt),
            ),
          )
      : []
    if (left.length > 0) await deliverAll(s.office, { jurisdiction: demoJurisdiction, ids: left.map(({ id }) => id) })
    for (;;) {
      const [row] = s.document.id
        ? await db
            .select()
            .from(t)
            .where(and(due, eq(t.matterId, s.document.id), lte(t.dueAt, to)))
            .orderBy(asc(t.dueAt))
            .limit(1)
        : []
      if (!row) break
      if (row.sends !== 'CloseConsultation' && row.sends !== 'TakeEffect')
        throw new Error(`布置途中不应有${row.label}到期`)
      s.clock.goTo(row.dueAt)
      const command: Command = {
        type: row.sends,
        commandId: deadlineCommandId(row.matterId, row.key, row.dueAt),
        expectedVersion: 0,
      }
      await runCommand(s.office, { kind: 'system', jurisdiction: demoJurisdiction }, row.matterId, command)
    }
    s.clock.goTo(to)
  }
  const files = [...publishedLives(setting), ...pendingLives(setting)]
  await interleave(files, arrive)
  const late = files.find((f) => f.setting.clock.now() > now)
  if (late)
    throw new Error(`案卷 ${late.setting.document.id} 的布置越过了演示时刻：${late.setting.clock.now().toISOString()}`)

  // 以前的委托先于封存：封存了的日子不会再打开。
  await delegateBefore(office, accounts, addDays(anchor, 1))
  await registerAct(office, accounts, addDays(anchor, 1))
  await seedSuggestions(office, anchor, accounts)
  await seedFilings(office, anchor, accounts)
  await seedEvaluations(office, anchor, accounts)
  await seedImpacts(office, anchor, accounts)
  await seedYears(office, anchor, accounts)
  // 历年的目录已经在登记库，普查才有可查的。
  await seedCleanups(office, anchor, accounts)
  // 其后到演示时刻之间到期的事，依先后办理并封存台账。
  const seeding: Office = { ...office, clock }
  for (;;) {
    const [next] = await db
      .select({ at: min(t.dueAt) })
      .from(t)
      .where(and(due, lte(t.dueAt, now)))
    if (!next?.at) break
    clock.goTo(next.at)
    await runDueJobs(seeding)
  }
  clock.goTo(now)
  await runDueJobs(seeding)
  await delegateNow({ ...office, clock }, accounts, addDays(anchor, 1))
  return { documents: await db.$count(documents) }
}
/** 一项已经期满的委托。 */
async function delegateBefore(office: Office, accounts: DemoSeed['accounts'], today: string): Promise<void> {
  const past = new SeedClock()
  past.goTo(new Date(startOfDayInstant(addDays(today, -40))))
  await createDelegation({ ...office, clock: past }, demoActor(accounts, 'head.housing'), {
    toPerson: 'drafter.housing',
    role: 'unit_head',
    endsOn: addDays(today, -31),
    reason: '外出学习期间，由经办人代行负责人职责。',
  })
}
/** 一部目录里没有的上位法，由审核人登记：所引它的案卷据此知道它的效力。 */
async function registerAct(office: Office, accounts: DemoSeed['accounts'], today: string): Promise<void> {
  const past = new SeedClock()
  past.goTo(new Date(`${addDays(today, -20)}T10:00:00+08:00`))
  await actInOffice({ ...office, clock: past }, demoActor(accounts, 'reviewer'), 'RegisterAct', {
    title: '示例市供热服务管理规定',
    documentNumber: '示例市人民政府令第3号',
    issuers: ['示例市人民政府'],
    publishedOn: '2021-09-01',
    effectiveDate: '2021-11-01',
    status: 'in_force',
    source: '示例市人民政府公报2021年第9期',
  })
}
/** 一项自今日起生效的委托，有终止日。 */
async function delegateNow(office: Office, accounts: DemoSeed['accounts'], today: string): Promise<void> {
  await createDelegation(office, demoActor(accounts, 'reviewer'), {
    toPerson: 'reviewer.2',
    role: 'legality_reviewer',
    endsOn: addDays(today, 14),
    reason: '参加法治政府建设督察两周，手头的审核由审核人（二）接办。',
  })
}
async function* lines(records: readonly object[]): AsyncGenerator<string> {
  for (const record of records) yield JSON.stringify({ category: '地方规范性文件', region: '海原县', ...record })
}
