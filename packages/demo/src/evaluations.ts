// 演示县的后评估，都经写入口以命令办理：一件已经完成，有读数；一件正在进行，所评估的文件即将届满。日期自演示之日倒推。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { evaluationContract } from '@dianzhang/contract'
import { and, asc, eq, isNotNull, lte, schema } from '@dianzhang/database'
import { evaluationDesk, type Office, openMatter, runAt } from '@dianzhang/workflow'
import { demoJurisdiction } from './county.ts'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Payload = Record<string, unknown>
type Step = [daysAgo: number, username: string, type: string, payload?: Payload]

const evidence = (anchor: string, daysAgo: number): Payload[] => [
  {
    kind: 'survey',
    title: '农户问卷',
    source: '三个乡镇随机抽取的农户',
    count: 126,
    groups: ['农户', '乡镇经办人员'],
    date: addDays(anchor, -daysAgo),
    summary: '收回有效问卷126份，八成五表示了解办法，七成八认为办理方便。',
  },
  {
    kind: 'meeting',
    title: '座谈会',
    source: '县司法局会议室',
    count: 14,
    groups: ['人大代表', '政协委员', '企业'],
    date: addDays(anchor, -daysAgo + 2),
    summary: '与会人员认为目标基本实现，审核环节偏多。',
  },
]
const readings = (anchor: string, daysAgo: number): Payload[] =>
  [82, 87, 91].map((value, i) => ({
    indicator: '按期办结率',
    value,
    unit: '%',
    date: addDays(anchor, -daysAgo - (2 - i) * 90),
    source: '县政务服务中心台账',
    target: 95,
    provision: '第三条',
  }))
const assessed = ['legality', 'reasonableness', 'feasibility', 'effectiveness', 'public_opinion'].map(
  (dimension, i) => ({
    dimension,
    result: i === 2 || i === 3 ? 'partly' : 'met',
    text: i === 2 ? '审核环节偏多，可以合并。' : i === 3 ? '按期办结率逐年上升，尚未达到目标。' : '符合要求。',
    evidence: i === 4 ? ['E1'] : i === 3 ? ['R3', 'E2'] : ['E2'],
  }),
)
const report: Payload = {
  parts: {
    overview: '该文件施行以来，各乡镇、有关部门按照规定办理，建立了台账。',
    implementation: '社会反映总体较好；问卷中七成八认为办理方便。',
    assessment: '对照起草时的目标，按合法性、合理性、可操作性、实施绩效、公众评价逐项评价。',
    changes: '施行期间所依的上位法没有变动。',
    conclusion: '文件总体可行，建议在有效期内修改审核环节。',
    other: '没有其他需要说明的问题。',
  },
  conclusion: 'amend',
  dimensions: assessed,
  findings: [
    {
      text: '同一材料由两个环节重复审核。',
      provisions: ['第三条'],
      evidence: ['E2', 'R3'],
      proposal: '合并重复的审核环节，限时办结。',
    },
    { text: '部分农户不了解申请的渠道。', evidence: ['E1'], proposal: '在政务大厅和村委会公布申请渠道。' },
  ],
}

/** 就第一件以前已经公开的两件文件布置。 */
export async function seedEvaluations(
  office: Office,
  anchor: string,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const { registerEntries: e, matters: m } = schema
  const documents = await office.db
    .select({ id: e.id })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, demoJurisdiction),
        eq(e.disclosure, 'active'),
        eq(e.tier, 'government'),
        isNotNull(e.documentId),
        lte(e.publishedOn, addDays(anchor, -60)),
      ),
    )
    .orderBy(asc(e.publishedOn), asc(e.id))
    .limit(2)
  const stories: Array<{ daysAgo: number; plan: Payload; steps: Step[] }> = [
    {
      daysAgo: 58,
      plan: { ground: 'yearly', until: addDays(anchor, -20) },
      steps: [
        [57, 'secretariat', 'ApprovePlan'],
        ...evidence(anchor, 50).map((x): Step => [45, 'evaluator', 'RecordEvidence', x]),
        ...readings(anchor, 45).map((x): Step => [44, 'evaluator', 'RecordReading', x]),
        [35, 'evaluator', 'SubmitReport', report],
        [
          30,
          'secretariat',
          'AnswerReport',
          {
            answers: [
              { proposal: 'P1', fate: 'open', owner: 'hy-agri', due: addDays(anchor, 120) },
              { proposal: 'P2', fate: 'adopted', by: 'amend', due: addDays(anchor, 60) },
            ],
          },
        ],
        [28, 'secretariat', 'PublishReport', { summary: '总体可行，审核环节需要合并。' }],
      ],
    },
    {
      daysAgo: 20,
      plan: { ground: 'before_expiry', until: addDays(anchor, 30) },
      steps: [
        [19, 'secretariat', 'ApprovePlan'],
        ...evidence(anchor, 12).map((x): Step => [9, 'evaluator', 'RecordEvidence', x]),
      ],
    },
  ]
  for (const [i, { daysAgo, plan, steps }] of stories.entries()) {
    const document = documents[i % Math.max(1, documents.length)]
    if (!document) return
    const clock = new SeedClock()
    const own: Office = { ...office, clock }
    const at = (days: number) => clock.goTo(new Date(`${addDays(anchor, -days)}T1${i}:40:00+08:00`))
    at(daysAgo)
    const opened = await openMatter(own, demoActor(accounts, 'evaluator'), evaluationContract.kind, {
      type: evaluationContract.opening.type,
      commandId: randomUUID(),
      document: document.id,
      evaluator: { unit: 'hy-justice' },
      method: ['问卷', '座谈', '台账核对'],
      subjects: ['农户', '乡镇经办人员', '企业'],
      ...plan,
    } as never)
    for (const [days, username, type, payload = {}] of steps) {
      at(days)
      const [row] = await office.db
        .select({ version: m.version })
        .from(m)
        .where(and(eq(m.jurisdictionId, demoJurisdiction), eq(m.id, opened.id)))
      const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
      await runAt(evaluationDesk, own, demoActor(accounts, username), opened.id, command as never)
    }
  }
}
