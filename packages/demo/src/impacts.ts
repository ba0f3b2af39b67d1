// 演示县即将变动的一部上位法，经写入口以命令办理：在变动之日以前登记，以它为依据的每件文件提前核查；一件等待核查，一件正在核查，一件已有结论。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { and, eq, schema } from '@dianzhang/database'
import { actInOffice, impactDesk, type Office, runAt } from '@dianzhang/workflow'
import { demoJurisdiction } from './county.ts'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Step = [daysAgo: number, type: string, payload?: Record<string, unknown>]
const drafters: Record<string, string> = { 'hy-town-lijun': 'drafter.town', 'hy-housing': 'drafter.housing' }
const stories: Step[][] = [
  [
    [9, 'StartCheck'],
    [
      4,
      'Conclude',
      {
        outcome: 'unaffected',
        reason: '本办法依据该法制定，所依的规定没有实质改变，内容与修改后的规定一致。',
      },
    ],
  ],
  [[6, 'StartCheck']],
]

/** 布置这次变动及其核查；变动是为演示拟的，其出处也这样写明。 */
export async function seedImpacts(
  office: Office,
  anchor: string,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const { matters: m } = schema
  const clock = new SeedClock()
  const own: Office = { ...office, clock }
  const at = (daysAgo: number, minute: number) =>
    clock.goTo(new Date(`${addDays(anchor, -daysAgo)}T15:${10 + minute}:00+08:00`))
  at(12, 0)
  await actInOffice(own, demoActor(accounts, 'reviewer'), 'RegisterAct', {
    title: '中华人民共和国乡村振兴促进法',
    issuers: ['全国人民代表大会常务委员会'],
    publishedOn: '2021-04-29',
    effectiveDate: '2021-06-01',
    status: 'amended',
    statusSince: addDays(anchor, 45),
    source: '演示用：假定已经公布、尚未施行的修改决定，不是真实的变动',
  })
  const checks = await office.db
    .select({ id: m.id, unit: m.unit, version: m.version })
    .from(m)
    .where(and(eq(m.jurisdictionId, demoJurisdiction), eq(m.process, 'impact-check')))
    .orderBy(m.title, m.id)
  for (const [i, steps] of stories.entries()) {
    const check = checks[i]
    if (!check) return
    let { version } = check
    for (const [daysAgo, type, payload = {}] of steps) {
      at(daysAgo, i)
      const command = { type, commandId: randomUUID(), expectedVersion: version, ...payload }
      const actor = demoActor(accounts, drafters[check.unit] ?? 'drafter')
      version = (await runAt(impactDesk, own, actor, check.id, command as never)).version
    }
  }
}
