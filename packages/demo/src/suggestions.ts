// 演示县的审查建议，每个阶段一件，都经写入口以命令办成；日期由演示之日往回推算。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { and, asc, eq, isNotNull, lte, schema } from '@dianzhang/database'
import type { Actor, Office } from '@dianzhang/workflow'
import { runAt, submitSuggestion, suggestionDesk } from '@dianzhang/workflow'
import { demoJurisdiction } from './county.ts'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Payload = Record<string, unknown>
type Step = [daysAgo: number, username: string, type: string, payload?: Payload]
interface Told {
  sentDaysAgo: number
  reason: string
  incomplete?: true
  anonymous?: true
  keepPrivate?: true
  /** 针对已经施行的文件，其条款可以停止执行；其余的可以尚未施行。 */
  inForce?: true
  steps: Step[]
}
const reviewer = 'filing.county'
const law = '中华人民共和国行政处罚法'
const ground = `《${law}》第十六条：除法律、法规、规章外，其他规范性文件不得设定行政处罚`
const conclude = (outcome: string, more: Payload = {}): Payload => ({
  conclusions: [{ conflict: '1', outcome, ground, ...more }],
})
const ask = (anchor: string): Payload => ({
  questions: '请说明所涉条款的依据，并附制定时的依据对照表。',
  until: addDays(anchor, 5),
})
const stories = (anchor: string): Told[] => [
  { sentDaysAgo: 1, reason: '所涉条款要求先缴保证金才能办理，没有看到法律依据。', steps: [] },
  {
    sentDaysAgo: 6,
    reason: '这个办法不合理。',
    incomplete: true,
    steps: [[4, reviewer, 'RequestCompletion', { missing: ['建议审查的条款', '与哪一上位法哪一条不一致'] }]],
  },
  {
    sentDaysAgo: 12,
    reason: '所涉条款对农户设定罚款。',
    inForce: true,
    steps: [[9, reviewer, 'Accept', { number: '海审建〔1〕号' }]],
  },
  {
    sentDaysAgo: 15,
    reason: '所涉条款限定由指定的机构检测。',
    steps: [
      [13, reviewer, 'Accept'],
      [5, reviewer, 'AskIssuer', ask(anchor)],
    ],
  },
  {
    sentDaysAgo: 30,
    reason: '所涉条款要求提供已经取消的证明。',
    steps: [
      [27, reviewer, 'Accept'],
      [20, reviewer, 'AskIssuer', { questions: '请说明该证明的依据。', until: addDays(anchor, -12) }],
      [15, 'secretariat', 'AnswerInquiry', { text: '该证明已经取消，拟修改。', agrees: true }],
      [10, reviewer, 'Conclude', conclude('issuer_agrees', { until: addDays(anchor, 45) })],
    ],
  },
  {
    sentDaysAgo: 28,
    reason: '所涉条款的表述容易被理解为新设许可。',
    steps: [
      [25, reviewer, 'Accept'],
      [3, reviewer, 'Conclude', conclude('reminder', { text: '表述容易产生歧义，函告制定机关在修订时完善。' })],
    ],
  },
  {
    sentDaysAgo: 40,
    reason: '所涉条款与优化营商环境条例不一致。',
    keepPrivate: true,
    steps: [
      [37, reviewer, 'Accept'],
      [12, reviewer, 'Conclude', conclude('lawful')],
      [8, reviewer, 'Answer', { text: '经审查，所涉条款系对上位法的细化，未发现抵触。感谢您的建议。' }],
    ],
  },
  {
    sentDaysAgo: 44,
    reason: '所涉条款设定的条件高于上位法。',
    anonymous: true,
    steps: [
      [41, reviewer, 'Accept'],
      [20, reviewer, 'Conclude', conclude('lawful')],
      [16, reviewer, 'Answer', { text: '经审查，未发现抵触。' }],
      [14, reviewer, 'Close'],
    ],
  },
  {
    sentDaysAgo: 20,
    reason: '所涉的是公平竞争的问题。',
    steps: [
      [
        17,
        reviewer,
        'Transfer',
        { to: '海原县市场监督管理局', reason: '属于公平竞争审查的举报，由市场监督管理部门处理。' },
      ],
      [16, reviewer, 'Notify', { method: 'letter' }],
    ],
  },
  {
    sentDaysAgo: 18,
    reason: '请问补贴什么时候发放？',
    steps: [
      [
        15,
        reviewer,
        'RefuseRegistration',
        { ground: 'not_a_suggestion', reason: '所问的是补贴发放的进度，请向承办单位咨询。' },
      ],
      [15, reviewer, 'Notify', { method: 'receipt' }],
    ],
  },
  {
    sentDaysAgo: 22,
    reason: '所引的条款与本文件无关。',
    steps: [
      [19, reviewer, 'DeclineToStart', { reason: 'unfounded', text: '所引的上位法条款没有这样的规定，理由不能成立。' }],
      [18, reviewer, 'Notify', { method: 'receipt' }],
    ],
  },
]

/** 就第一件以前已经公开的文件布置：一件部门的，一件已经施行的乡镇的。 */
export async function seedSuggestions(
  office: Office,
  anchor: string,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const { registerEntries: e } = schema
  const publicBefore = (tier: 'department' | 'township') =>
    office.db
      .select({ id: e.id })
      .from(e)
      .where(
        and(
          eq(e.jurisdictionId, demoJurisdiction),
          eq(e.disclosure, 'active'),
          eq(e.tier, tier),
          isNotNull(e.documentId),
          lte(e.publishedOn, addDays(anchor, -46)),
          tier === 'township' ? lte(e.effectiveDate, anchor) : undefined,
        ),
      )
      .orderBy(asc(e.publishedOn), asc(e.id))
  const documents = await publicBefore('department')
  const [binding] = await publicBefore('township')
  if (documents.length === 0 || !binding) return
  for (const [i, told] of stories(anchor).entries()) {
    const clock = new SeedClock()
    const own: Office = { ...office, clock }
    const at = (daysAgo: number) => clock.goTo(new Date(`${addDays(anchor, -daysAgo)}T1${i % 8}:20:00+08:00`))
    at(told.sentDaysAgo)
    const commandId = randomUUID()
    await submitSuggestion(own, {
      commandId,
      document: told.inForce ? binding.id : documents[i % documents.length]?.id,
      reason: told.reason,
      provisions: told.incomplete ? [] : [told.inForce ? '第六条' : '五、（四）'],
      conflicts: told.incomplete ? [] : [{ act: law, article: '第十六条', reason: told.reason }],
      ...(told.anonymous ? {} : { name: '示例提出人', contact: '示例联系方式' }),
      ...(told.keepPrivate ? { keepPrivate: true } : {}),
    })
    const { commandLog: log, matters: m } = schema
    const [opened] = await office.db
      .select({ id: log.matterId })
      .from(log)
      .where(and(eq(log.jurisdictionId, demoJurisdiction), eq(log.commandId, commandId)))
    for (const [daysAgo, username, type, payload = {}] of told.steps) {
      at(daysAgo)
      const id = opened?.id ?? ''
      const [row] = await office.db
        .select({ version: m.version })
        .from(m)
        .where(and(eq(m.jurisdictionId, demoJurisdiction), eq(m.id, id)))
      const actor: Actor = demoActor(accounts, username)
      const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
      await runAt(suggestionDesk, own, actor, id, command as never)
    }
  }
}
