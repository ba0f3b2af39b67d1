// 演示县的两年：以前公布的文件、上年与本年的制定计划、本年的决策目录、上年的年度报告、进行中的考核。日期自演示之日倒推，都经写入口办理。
import { randomUUID } from 'node:crypto'
import { addDays } from '@dianzhang/calendar'
import { and, eq, schema } from '@dianzhang/database'
import { importEntries } from '@dianzhang/register'
import { type Office, openMatter, runOnMatter } from '@dianzhang/workflow'
import { demoJurisdiction } from './county.ts'
import { demoActor } from './desk.ts'
import { SeedClock } from './seed-clock.ts'

type Payload = Record<string, unknown>
type Step = [on: string, username: string, type: string, payload?: Payload]
/** 第几季度的备案目录，某日公布，某日记载。 */
const quarterOf = (n: number, recorded: string, on: string): Step => [
  recorded,
  'secretariat',
  'RecordDuty',
  { duty: `quarter_${n}`, to: '县政府网站“备案目录”栏', on },
]

const topics = [
  '农村公路养护',
  '城镇供水',
  '河道采砂',
  '集贸市场',
  '校车安全',
  '文物保护',
  '户外广告',
  '物业服务',
  '畜禽养殖',
  '林木管护',
  '地名',
  '殡葬',
  '食品小作坊',
  '道路停车',
  '建筑垃圾',
  '农业保险',
  '科技奖励',
  '公共租赁住房',
  '临时救助',
  '节约用水',
]
const issuers = [
  ['海原县人民政府', '海政规发'],
  ['海原县农业农村局', '海农规发'],
  ['海原县住房和城乡建设局', '海建规发'],
  ['海原县李俊乡人民政府', '李政规发'],
] as const

/** 以前公布的一件：第 n 件，公布之日；有的写明有效期，届满即失效。 */
function olderEntry(n: number, publishedAt: string): Payload {
  const [issuer, prefix] = issuers[[0, 0, 1, 0, 2, 3][n % 6] ?? 0] ?? issuers[0]
  const title = `${issuer.replace(/人民政府$|农业农村局$|住房和城乡建设局$/, '')}${topics[n % topics.length]}管理${n % 3 === 0 ? '暂行办法' : '规定'}${n < topics.length ? '' : '（修订）'}`
  return {
    id: `demo-year-${n}`,
    title,
    docNo: `${prefix}〔${publishedAt.slice(0, 4)}〕${100 + n}号`,
    issuer,
    publishedAt,
    effectiveAt: addDays(publishedAt, 31),
    ...(n % 4 === 1 ? { validUntil: addDays(publishedAt, 420) } : {}),
    status: '现行有效',
    category: '地方规范性文件',
    region: '海原县',
    body: `${title}\n第一条　为了规范${topics[n % topics.length]}，制定本规定。\n第二条　有关单位和个人应当遵守本规定。\n第三条　本规定自公布后第三十一日起施行。`,
  }
}
async function* lines(records: readonly Payload[]): AsyncGenerator<string> {
  for (const record of records) yield JSON.stringify(record)
}

export async function seedYears(office: Office, anchor: string, accounts: ReadonlyMap<string, string>): Promise<void> {
  const { matters: m } = schema
  // 一件一个时钟：各件的日子前后交错。
  let clock = new SeedClock()
  let own: Office = { ...office, clock }
  const year = Number(anchor.slice(0, 4))
  const last = year - 1
  /** 各步依次推进；还没有到的日子落在演示之前的最后一日。 */
  let minute = 0
  const at = (on: string): void => {
    minute += 1
    const day = on < anchor ? on : anchor
    const instant = new Date(Date.parse(`${day}T08:00:00+08:00`) + minute * 60_000)
    clock.goTo(instant)
  }
  const bring = (name: string, on: string, records: readonly Payload[]) =>
    importEntries(office, lines(records), {
      jurisdiction: demoJurisdiction,
      sourceName: name,
      now: new Date(`${on < anchor ? on : anchor}T20:00:00+08:00`),
    })
  const dates = (from: number, count: number, months: number, until: string): string[] =>
    Array.from({ length: count }, (_, i) => {
      const month = Math.floor((i * months) / count)
      return `${from + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String(5 + ((i * 7) % 20)).padStart(2, '0')}`
    }).filter((day) => day <= until)
  // 上年以前与上年的，上年末已经录入；本年的，至演示之日。
  const earlier = [...dates(last - 2, 10, 24, `${last - 1}-12-31`), ...dates(last, 12, 12, `${last}-12-31`)]
  await bring(
    '演示县历年文件（自拟）',
    `${last}-12-31`,
    earlier.map((day, i) => olderEntry(i, day)),
  )
  const present = dates(year, 10, 12, addDays(anchor, -1))
  await bring(
    '演示县本年文件（自拟）',
    anchor,
    present.map((day, i) => olderEntry(earlier.length + i, day)),
  )

  const play = async (username: string, process: string, on: string, opening: Payload, steps: readonly Step[]) => {
    minute = 0
    clock = new SeedClock()
    own = { ...office, clock }
    at(on)
    const opened = await openMatter(own, demoActor(accounts, username), process, {
      commandId: randomUUID(),
      ...opening,
    } as never)
    for (const [day, who, type, payload = {}] of steps) {
      at(day)
      const [row] = await office.db
        .select({ version: m.version })
        .from(m)
        .where(and(eq(m.jurisdictionId, demoJurisdiction), eq(m.id, opened.id)))
      const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
      await runOnMatter(own, demoActor(accounts, who), opened.id, command as never)
    }
    return opened.id
  }
  const meeting = { body: 'hy-gov:常务会议' }
  const planItem = (title: string, unit: string, due: string): Payload => ({
    title,
    unit,
    due,
    kind: 'new',
    basis: '有关法律、行政法规的规定',
    necessity: '现行做法没有依据，群众反映集中。',
    leader: 'leader',
    overlap: '与现行文件的事项不同。',
  })
  const argued = (on: string, count: number): Step[] =>
    Array.from({ length: count }, (_, i) => [
      on,
      'reviewer',
      'ArgueItem',
      { item: i + 1, outcome: 'include', argument: '确有必要，没有重复。' },
    ])
  // 上年的制定计划，已经办结。
  await play(
    'secretariat',
    'drafting-plan',
    `${last}-01-06`,
    { type: 'OpenPlan', year: last, until: `${last}-01-20` },
    [
      [`${last}-01-08`, 'drafter', 'ProposeItem', planItem('高标准农田管护补助', 'hy-agri', `${last}-09-30`)],
      [`${last}-01-09`, 'drafter.housing', 'ProposeItem', planItem('城镇燃气安全巡查', 'hy-housing', `${last}-10-31`)],
      [`${last}-01-09`, 'drafter.town', 'ProposeItem', planItem('村集体资产出租', 'hy-town-lijun', `${last}-11-30`)],
      ...argued(`${last}-01-22`, 3),
      [`${last}-02-10`, 'secretariat', 'ApprovePlan', { ...meeting, on: `${last}-02-10` }],
      [`${last}-02-12`, 'secretariat', 'PublishPlan'],
      [`${last}-09-20`, 'secretariat', 'CompleteItem', { item: 1, on: `${last}-09-19` }],
      [`${last}-10-25`, 'secretariat', 'CompleteItem', { item: 2, on: `${last}-10-24` }],
      [`${last}-12-10`, 'secretariat', 'CarryOver', { item: 3, reason: '村民意见分歧，继续征求意见。' }],
      [`${last}-12-20`, 'secretariat', 'PublishStatement', { summary: '列入的项目均已有着落，未完成的结转下一年度。' }],
    ],
  )
  // 本年的制定计划，正在执行。
  await play('secretariat', 'drafting-plan', `${year}-01-05`, { type: 'OpenPlan', year, until: `${year}-01-20` }, [
    [`${year}-01-06`, 'drafter', 'ProposeItem', planItem('冷链物流设施用地', 'hy-agri', `${year}-08-31`)],
    [`${year}-01-07`, 'drafter.housing', 'ProposeItem', planItem('老旧小区加装电梯', 'hy-housing', `${year}-12-15`)],
    [`${year}-01-07`, 'drafter.town', 'ProposeItem', planItem('村集体资产出租', 'hy-town-lijun', `${year}-11-30`)],
    ...argued(`${year}-01-23`, 3),
    [`${year}-02-09`, 'secretariat', 'ApprovePlan', { ...meeting, on: `${year}-02-09` }],
    [`${year}-02-11`, 'secretariat', 'PublishPlan'],
    [
      `${year}-08-28`,
      'secretariat',
      'CompleteItem',
      { item: 1, on: addDays(anchor, -1) < `${year}-08-27` ? addDays(anchor, -1) : `${year}-08-27` },
    ],
  ])
  const decision = (title: string, unit: string, due: string): Payload => ({
    title,
    unit,
    due,
    steps: ['consultation', 'expert', 'risk', 'legality', 'collective'],
    hearing: false,
    basis: '国土空间规划的要求',
    necessity: '关系群众切身利益。',
    overlap: '与现行文件的事项不同。',
  })
  await play(
    'secretariat',
    'decision-catalogue',
    `${year}-01-06`,
    { type: 'OpenCatalogue', year, until: `${year}-01-25` },
    [
      [
        `${year}-01-08`,
        'drafter.housing',
        'ProposeItem',
        decision('县城供热管网改造方案', 'hy-housing', `${year}-10-31`),
      ],
      [`${year}-01-08`, 'drafter', 'ProposeItem', decision('农村饮水安全提升规划', 'hy-agri', `${year}-12-20`)],
      ...argued(`${year}-01-27`, 2),
      [`${year}-02-25`, 'secretariat', 'ApproveCatalogue', { ...meeting, on: `${year}-02-25` }],
      [
        `${year}-03-05`,
        'secretariat',
        'RecordPartyConsent',
        { on: `${year}-03-04`, reference: `海党办〔${year}〕6号` },
      ],
      [`${year}-03-12`, 'secretariat', 'PublishCatalogue'],
      [
        `${year}-10-20`,
        'secretariat',
        'CompleteItem',
        { item: 1, on: addDays(anchor, -1) < `${year}-10-19` ? addDays(anchor, -1) : `${year}-10-19` },
      ],
    ],
  )
  // 上年的年度报告，已经公布，其后补录一件，作了更正；一个单位的异议还没有答复。
  const report = await play('secretariat', 'annual-report', `${year}-01-06`, { type: 'OpenReport', year: last }, [
    ...['05-20', '08-20', '11-20'].map((day, i) => quarterOf(i + 1, `${year}-01-06`, `${last}-${day}`)),
    [
      `${year}-01-07`,
      'secretariat',
      'FillFigure',
      { figure: 'manual-website', value: '1286件', source: '县政府办公室，网站后台' },
    ],
    [
      `${year}-01-08`,
      'secretariat',
      'WriteSection',
      { section: 'measures', text: '（七）公开。政府网站发文{{manual-website}}。' },
    ],
    [
      `${year}-01-08`,
      'secretariat',
      'WriteSection',
      { section: 'shortcomings', text: '有的部门起草文件论证不够充分，征求意见的范围偏窄；乡镇审核力量薄弱。' },
    ],
    [
      `${year}-01-08`,
      'secretariat',
      'WriteSection',
      { section: 'leaders', text: '县政府主要负责人主持常务会议研究清理工作，听取合法性审核情况的汇报。' },
    ],
    [
      `${year}-01-08`,
      'secretariat',
      'WriteSection',
      { section: 'plans', text: `${year}年完成定期清理，对临近届满的文件先行评估，公布审核情况的通报。` },
    ],
    [`${year}-01-12`, 'secretariat', 'FreezeReport'],
    [
      `${year}-01-29`,
      'secretariat',
      'RecordDuty',
      { duty: 'three_numbers', to: '政府信息公开工作主管部门', on: `${year}-01-28` },
    ],
    [`${year}-01-29`, 'secretariat', 'RecordDuty', { duty: 'filing_list', to: '市人民政府', on: `${year}-01-28` }],
    quarterOf(4, `${year}-02-20`, `${year}-02-20`),
    [
      `${year}-02-20`,
      'secretariat',
      'ApproveReport',
      { ...meeting, on: `${year}-02-20`, number: `海政常纪〔${year}〕3号` },
    ],
    [
      `${year}-02-27`,
      'secretariat',
      'RecordDuty',
      { duty: 'report', to: '县委、县人大常委会、市委市政府', on: `${year}-02-27` },
    ],
    [`${year}-03-16`, 'secretariat', 'PublishReport'],
    [
      `${year}-03-20`,
      'head.housing',
      'ObjectToFigure',
      { figure: 'issued', reason: '我局上年底公布的一件没有计入，请核对。' },
    ],
  ])
  if (`${year}-04-21` < anchor) {
    await bring('演示县补录文件（自拟）', `${year}-04-20`, [
      {
        ...olderEntry(4, `${last}-12-28`),
        id: 'demo-year-late',
        title: '海原县城镇排水许可管理规定',
        docNo: `海建规发〔${last}〕180号`,
      },
    ])
    clock = new SeedClock()
    own = { ...office, clock }
    for (const [on, who, type, payload] of [
      [
        `${year}-04-21`,
        'secretariat',
        'AnswerObjection',
        { objection: 1, outcome: 'upheld', reason: '属实，已经补录，另行更正。' },
      ],
      [
        `${year}-04-21`,
        'secretariat',
        'RecordCorrection',
        { cause: '住房和城乡建设局上年底公布的一件没有报送登记，经其提出异议补录。' },
      ],
      [
        `${year}-04-28`,
        'head',
        'ObjectToFigure',
        { figure: 'consulted', reason: '我局另有一件在局网站征求过意见，没有计入。' },
      ],
    ] as const) {
      at(on)
      const [row] = await office.db.select({ version: m.version }).from(m).where(eq(m.id, report))
      await runOnMatter(own, demoActor(accounts, who), report, {
        type,
        commandId: randomUUID(),
        expectedVersion: row?.version ?? 0,
        ...payload,
      } as never)
    }
  }
  // 本年的年度报告在第一季度终了时已经有一份，已经终了的各季的备案目录都已公布。
  const quarters = ['05-20', '08-20', '11-20'].map(
    (day, i): Step => quarterOf(i + 1, `${year}-${day}`, `${year}-${day}`),
  )
  if (`${year}-04-01` < anchor)
    await play(
      'secretariat',
      'annual-report',
      `${year}-04-01`,
      { type: 'OpenReport', year },
      quarters.filter(([on]) => on < anchor),
    )
  await seedScores(office, play, last, anchor)
}
type Play = (username: string, process: string, on: string, opening: Payload, steps: readonly Step[]) => Promise<string>
/** 上年的考核：一个单位已经审定；本年的一份刚刚开始。 */
async function seedScores(office: Office, play: Play, last: number, anchor: string): Promise<void> {
  const { value } = office.rules.latest(demoJurisdiction, anchor).scorecard.standards
  const standard = value.find(({ tier }) => tier === 'department')
  if (!standard) return
  const ordinary = standard.items.filter(({ rule }) => rule === 'auto' || rule === 'manual')
  const own = ordinary.map(({ id, weight }) => ({ item: id, score: weight }))
  const checked = ordinary
    .filter(({ rule }) => rule === 'manual')
    .map(({ id, weight }) =>
      id === 'training'
        ? { item: id, score: weight - 2, reason: '讲座计划没有落实时间。' }
        : id === 'informing'
          ? { item: id, score: weight - 0.6, reason: '少报送三条信息。' }
          : { item: id, score: weight },
    )
  await play('inspector', 'scorecard', `${last}-11-20`, { type: 'OpenScorecard', year: last, unit: 'hy-agri' }, [
    [`${last}-12-05`, 'head', 'SelfAssess', { scores: own }],
    [`${last}-12-16`, 'inspector', 'CheckScores', { scores: checked }],
    [`${last}-12-17`, 'head', 'ObjectToScore', { item: 'training', reason: '五月、九月各办过一次讲座，有记录。' }],
    [
      `${last}-12-19`,
      'inspector',
      'DecideObjection',
      { item: 'training', outcome: 'upheld', score: 5, reason: '补交的记录属实，酌情改定。' },
    ],
    [`${last}-12-29`, 'leader', 'FinaliseScore'],
  ])
  await play('inspector', 'scorecard', `${last}-11-20`, { type: 'OpenScorecard', year: last, unit: 'hy-housing' }, [
    [`${last}-12-08`, 'head.housing', 'SelfAssess', { scores: own }],
    [`${last}-12-16`, 'inspector', 'CheckScores', { scores: checked }],
    [`${last}-12-29`, 'leader', 'FinaliseScore'],
  ])
  await play(
    'inspector',
    'scorecard',
    addDays(anchor, -6),
    { type: 'OpenScorecard', year: Number(anchor.slice(0, 4)), unit: 'hy-agri' },
    [],
  )
}
