// 演示县的清理，都经写入口以命令办理：一次正在进行（县里的文件，目录已经固定，填了一部分意见），一次是以前的，照清单录入并已公布。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { cleanupDesk, type Office, openMatter, runAt } from '@dianzhang/workflow'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Payload = Record<string, unknown>
const rows = [
  ['海原县储备粮管理办法', '海政发〔2019〕2号', 'keep', null],
  ['海原县城区燃气管理暂行办法', '海政发〔2015〕11号', 'keep', null],
  ['海原县科技奖励办法', '海政发〔2018〕3号', 'amend', '与上级政策不一致。'],
  ['海原县旧城改造办法', '海政发〔2010〕4号', 'repeal', '已有新的办法。'],
  ['海原县“十二五”扶贫开发规划', '海政发〔2011〕5号', 'lapse', '规划期已过。'],
] as const

export async function seedCleanups(
  office: Office,
  anchor: string,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const clock = new SeedClock()
  const own: Office = { ...office, clock }
  const at = (daysAgo: number) => clock.goTo(new Date(`${addDays(anchor, -daysAgo)}T09:00:00+08:00`))
  const actor = (username: string) => demoActor(accounts, username)
  const open = async (payload: Payload) =>
    (await openMatter(own, actor('secretariat'), 'cleanup', {
      type: 'PlanCleanup',
      commandId: randomUUID(),
      ...payload,
    } as never)) as { id: string; version: number }
  let version = 1
  const run = async (username: string, id: string, type: string, payload: Payload = {}) => {
    const answer = await runAt(cleanupDesk, own, actor(username), id, {
      type,
      commandId: randomUUID(),
      expectedVersion: version,
      ...payload,
    } as never)
    version = answer.version
  }
  at(40)
  const past = await open({
    kind: 'comprehensive',
    ground: '补录2021年的清理结果。',
    title: '海原县人民政府2021年行政规范性文件全面清理',
    scope: { issuers: ['hy-gov'], publishedUntil: '2021-06-30' },
  })
  version = past.version
  await run('secretariat', past.id, 'ImportCensus', {
    rows: rows.map(([title, number, outcome, reason], i) => ({
      line: i + 2,
      title,
      number,
      outcome,
      ...(reason ? { reason } : {}),
    })),
    file: { name: '2021年清理结果.xlsx', sha256: '0'.repeat(64) },
    asOf: '2021-06-30',
  })
  await run('secretariat', past.id, 'Decide', { body: '海原县人民政府常务会议', date: '2021-07-20' })
  await run('secretariat', past.id, 'PublishResult')
  at(10)
  const running = await open({
    kind: 'periodic',
    ground: '距上次清理已满两年。',
    scope: { issuers: ['hy-agri'] },
    deadlineForUnits: addDays(anchor, 20),
    deadlineForResult: addDays(anchor, 60),
  })
  version = running.version
  await run('secretariat', running.id, 'FreezeCensus')
  at(4)
  // 填了一部分：一件照旧，一件要改，一件要废止；其余等着填。
  await run('drafter', running.id, 'GiveOpinion', {
    items: [
      { item: 1, outcome: 'keep', reason: '仍在执行，没有与上位法不一致的内容。' },
      {
        item: 2,
        outcome: 'amend',
        reason: '机构改革以后主管部门已经变化。',
        amend: { what: '修改主管部门与办理程序。', due: addDays(anchor, 180), ifLate: 'lapse' },
      },
      { item: 3, outcome: 'repeal', reason: '已由新的规定代替。' },
    ],
  })
}
