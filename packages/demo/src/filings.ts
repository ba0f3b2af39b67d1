// 演示县的备案审查：上级市、县人大常委会、县政府三方各有几件，办到不同的阶段；都经写入口以命令办成。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { and, eq, isNotNull, schema, sql } from '@dianzhang/database'
import type { Actor, Office } from '@dianzhang/workflow'
import { openMatter, runOnMatter } from '@dianzhang/workflow'
import { demoJurisdiction } from './county.ts'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Payload = Record<string, unknown>
type Step = [daysAgo: number, username: string, type: string, payload?: Payload]
interface Told {
  /** 文件题名中的字。 */
  about: string
  track: 'government' | 'npc'
  steps: Step[]
}
const own: Payload = { kind: 'own' }
const checks = (result: 'none' | 'doubt' | 'problem', note?: string): Payload => ({
  items: [
    { item: 'powers', result: 'none' },
    { item: 'higher_law', result, ...(note ? { note, provisions: ['第六条'] } : {}) },
    { item: 'procedure', result: 'none' },
  ],
})
/** 常务会议决定修改管护办法，没有另行的文件：那一决定自己报送，上级政府在审查，报人大常委会的一条轨道还等着报送。 */
const amended = { about: '高标准农田工程设施管护办法', body: '海原县人民政府常务会议', daysAgo: 13 }
const material = (item: string, content: string): Payload => ({ item, file: { name: `${item}.txt`, content } })
const decisionSteps = (year: string): Step[] => [
  [
    11,
    'secretariat',
    'SubmitFiling',
    {
      supplied: [
        material('备案报告', '现将海原县人民政府关于修改《海原县高标准农田工程设施管护办法》的决定报请备案。'),
        material(
          '修改、废止的决定',
          '将第十三条中的“旱作区每亩每年二元”修改为“旱作区每亩每年三元”。本决定自公布之日起施行。',
        ),
        material('说明', '旱作区管护费用不足，经县财政局测算，年增支约二十万元，已列入预算。'),
      ],
    },
  ],
  [9, 'registrar', 'RegisterFiling', { number: `卫备〔${year}〕61号` }],
  [6, 'filing.city', 'StartReview', own],
  [4, 'filing.city', 'RecordCheck', checks('none')],
]
const stories = (anchor: string): Told[] => [
  {
    about: '李俊乡农村集体资金资产资源管理办法',
    track: 'government',
    steps: [
      [20, 'filing.county', 'StartReview', own],
      [18, 'filing.county', 'RecordCheck', checks('none')],
    ],
  },
  {
    about: '停车泊位使用管理办法',
    track: 'government',
    steps: [
      [16, 'filing.city', 'StartReview', own],
      [15, 'filing.city', 'RecordCheck', checks('doubt', '收费标准的确定是否经过定价程序。')],
      [
        6,
        'filing.city',
        'AskExplanation',
        { questions: '请说明收费标准的定价依据，并附成本调查的材料。', until: addDays(anchor, 9) },
      ],
    ],
  },
  {
    about: '高标准农田工程管护实施细则',
    track: 'government',
    steps: [
      [12, 'filing.city', 'StartReview', own],
      [10, 'filing.city', 'RecordCheck', checks('doubt', '与《设施管护办法》关于管护资金的规定不尽一致。')],
      [
        7,
        'filing.city',
        'Communicate',
        { text: '管护资金的分担与《设施管护办法》不尽一致，建议在实施细则中作出衔接。' },
      ],
    ],
  },
  {
    about: '高标准农田工程管护实施细则',
    track: 'npc',
    steps: [
      [14, 'filing.npc', 'StartReview', own],
      [9, 'filing.npc', 'Communicate', { text: '第六条的表述容易被理解为增加农户的义务。' }],
      [
        5,
        'secretariat',
        'AgreePlan',
        { action: 'amend', plan: '年内修改第六条的表述，并重新报送备案。', until: addDays(anchor, 40) },
      ],
    ],
  },
  {
    about: '农村人居环境整治村民积分管理办法',
    track: 'npc',
    steps: [
      [70, 'filing.npc', 'StartReview', { kind: 'special' }],
      [
        66,
        'filing.npc',
        'IssueReviewOpinion',
        {
          findings: [
            {
              item: 'powers',
              problem: '以扣减积分限制村民依法享有的待遇，没有法律、法规依据。',
              ground: '《中华人民共和国立法法》第九十三条第六款（参照）',
              provisions: ['第六条'],
              demand: 'amend',
            },
          ],
        },
      ],
      [50, 'secretariat', 'AnswerOpinion', { action: 'keep', answer: '积分由村民自愿参加，认为无须修改。' }],
      [30, 'filing.npc', 'UrgeCorrection', { text: '请于收到之日起三十日内修改第六条。' }],
      [
        4,
        'filing.npc',
        'MoveToAnnul',
        { motion: 'order_amend', reason: '制定机关答复不作修改，提请责令限期修改第六条。' },
      ],
    ],
  },
]

/** 报送过的各件办到不同的阶段；公布而没有报送的一件，由县政府要求限期报送。 */
export async function seedFilings(
  office: Office,
  anchor: string,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const { filingReviews: t, matters: m } = schema
  const send = async (daysAgo: number, username: string, id: string, type: string, payload: Payload) => {
    const clock = new SeedClock()
    clock.goTo(new Date(`${addDays(anchor, -daysAgo)}T15:10:00+08:00`))
    const [row] = await office.db
      .select({ version: m.version })
      .from(m)
      .where(and(eq(m.jurisdictionId, demoJurisdiction), eq(m.id, id)))
    const actor: Actor = demoActor(accounts, username)
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    await runOnMatter({ ...office, clock }, actor, id, command as never)
  }
  for (const told of stories(anchor)) {
    const [found] = await office.db
      .select({ id: t.matterId })
      .from(t)
      .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
      .where(
        and(
          eq(t.jurisdictionId, demoJurisdiction),
          eq(t.track, told.track),
          sql`${m.title} like ${`%${told.about}%`}`,
          eq(m.stage, 'registered'),
        ),
      )
      .limit(1)
    if (!found) continue
    for (const [daysAgo, username, type, payload = {}] of told.steps)
      await send(daysAgo, username, found.id, type, payload)
  }
  const inForce = async (about: string): Promise<{ id: string } | undefined> => {
    const [found] = await office.db
      .select({ id: m.id })
      .from(m)
      .where(
        and(
          eq(m.jurisdictionId, demoJurisdiction),
          eq(m.process, 'normative-document'),
          sql`${m.title} like ${`%${about}%`}`,
          eq(m.stage, 'effective'),
        ),
      )
    return found
  }
  const changed = await inForce(amended.about)
  if (changed) {
    const on = addDays(anchor, -amended.daysAgo)
    await send(amended.daysAgo, 'secretariat', changed.id, 'AmendDocument', {
      on,
      decision: { body: amended.body, date: on, number: `海政发〔${on.slice(0, 4)}〕19号` },
      reason: '旱作区管护费用不足，提高补助标准。',
    })
    const [filing] = await office.db
      .select({ id: t.matterId })
      .from(t)
      .where(
        and(
          eq(t.jurisdictionId, demoJurisdiction),
          eq(t.documentId, changed.id),
          eq(t.track, 'government'),
          isNotNull(t.decidedOn),
        ),
      )
    if (filing)
      for (const [daysAgo, username, type, payload = {}] of decisionSteps(on.slice(0, 4)))
        await send(daysAgo, username, filing.id, type, payload)
  }
  const unfiled = await inForce('农村宅基地审批与住房建设管理')
  if (!unfiled) return
  const clock = new SeedClock()
  clock.goTo(new Date(`${addDays(anchor, -8)}T10:40:00+08:00`))
  await openMatter({ ...office, clock }, demoActor(accounts, 'registrar.county'), 'filing-review', {
    type: 'OpenFiling',
    commandId: randomUUID(),
    document: unfiled.id,
    track: 'government',
    reason: '已经公布，超过期限没有报送备案。',
  } as never)
}
