// 一件事事合规的案卷：海原县政府规范性文件，涉企且属重大行政决策，已公布、报送备案，尚未施行。
// 规则的例子、各包测试与演示都在它上面改动，因此它必须在每条规则下都成立。
import { createCalendar, endOfDayInstant, ningxiaOverlay } from '@dianzhang/calendar'
import type { FirstPack } from '@dianzhang/packs'
import { completePack, packsOfHaiyuan } from '@dianzhang/packs'
import type { TextStatement } from '@dianzhang/text'
import type { Dossier, Facts, MaterialRef, PlainDate, UnitFact } from './facts.ts'
import { standardBodies } from './organs.ts'

const haiyuan = completePack(packsOfHaiyuan.at(-1) as FirstPack)

/** 示例摘要：`version` 版文本的 64 位十六进制内容摘要（仅供示例）。 */
export const exampleHash = (version: number | string): string =>
  Array.from(`text-${version}`, (c) => c.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')

const at = (date: PlainDate, time = '10:00:00'): string => `${date}T${time}+08:00`

const unit = (
  id: string,
  name: string,
  kind: UnitFact['kind'],
  eligible = true,
  parent: string | null = 'hy-gov',
): UnitFact => ({
  id,
  name,
  kind,
  parent,
  eligible,
  eligibleSince: eligible ? '2023-03-09' : null,
  eligibleUntil: null,
  bodies: [],
})
/** 各机关依规则包应有的会议与审核机构。 */
const withBodies = (units: Record<string, UnitFact>): Record<string, UnitFact> =>
  Object.fromEntries(Object.values(units).map((u) => [u.id, { ...u, bodies: standardBodies(haiyuan, u, units) }]))

/** 示例单位表。 */
export const exampleUnits: Record<string, UnitFact> = withBodies(
  Object.fromEntries(
    [
      unit('hy-gov', '海原县人民政府', 'government', true, 'zw-gov'),
      // 邻县的政府，与县政府同级。
      unit('zn-gov', '中宁县人民政府', 'government', true, 'zw-gov'),
      unit('hy-office', '海原县人民政府办公室', 'office'),
      unit('hy-agri', '海原县农业农村局', 'department'),
      unit('hy-housing', '海原县住房和城乡建设局', 'department'),
      unit('hy-market', '海原县市场监督管理局', 'department'),
      unit('hy-finance', '海原县财政局', 'department'),
      unit('hy-justice', '海原县司法局', 'department'),
      unit('hy-town-lijun', '海原县李俊乡人民政府', 'township'),
      unit('hy-agri-planning', '海原县农业农村局发展规划股', 'internal', false, 'hy-agri'),
      unit('hy-flood', '海原县防汛抗旱临时指挥部', 'temporary', false),
      unit('hy-npc', '海原县人民代表大会常务委员会', 'npc', false, null),
      unit('zw-gov', '中卫市人民政府', 'superior', false, null),
    ].map((u) => [u.id, u]),
  ),
)

const v1 = exampleHash(1)
const v2 = exampleHash(2)

const exampleClassification: Dossier['classification'] = {
  affectsRights: true,
  enterpriseRelated: true,
  majorDecision: true,
  expertise: true,
  confidential: false,
  provisional: false,
  competition: true,
  stability: true,
  hearingRequired: false,
  emergency: null,
}
const exampleMaterials: MaterialRef[] = [
  { kind: 'own_legality_opinion', hash: exampleHash('own') },
  { kind: 'fcr_first_opinion', hash: exampleHash('fcr') },
  { kind: 'explanatory_note', hash: exampleHash('note') },
  { kind: 'legal_basis_table', hash: exampleHash('basis') },
]

/** 示例文本的自述：标题、解释机关与案卷相符，没有写明日期与有效期（各例另行写明）。 */
const exampleStatement: TextStatement = {
  title: '海原县乡村民宿经营管理办法',
  innerTitle: null,
  documentNumber: null,
  letterhead: [],
  signature: [],
  date: null,
  effective: [],
  validity: [],
  interpreters: [
    { names: ['县农业农村局'], quote: '本办法由县农业农村局负责解释。', address: '第二十二条', start: 0, end: 15 },
  ],
  repeals: [],
}

function exampleDossier(): Dossier {
  return {
    id: 'doc-example',
    jurisdiction: '640522',
    packVersion: haiyuan.version,
    title: '海原县乡村民宿经营管理办法',
    genre: '办法',
    tier: 'government',
    issuers: ['hy-gov'],
    draftingUnit: 'hy-agri',
    classification: exampleClassification,
    necessity: '规范乡村民宿经营，保障住客和经营者的合法权益。',
    planItem: '2026年度行政规范性文件制定计划第3项',
    proposedAt: at('2026-03-02'),
    proposedBy: 'p-drafter',
    initiatedAt: at('2026-03-04'),
    texts: [
      { n: 1, hash: v1, at: at('2026-03-10'), by: 'p-drafter', kind: 'draft' },
      { n: 2, hash: v2, at: at('2026-04-16'), by: 'p-drafter', kind: 'draft', says: exampleStatement },
    ],
    editors: ['p-drafter'],
    artefacts: [
      {
        kind: 'own_legality_opinion',
        hash: exampleHash('own'),
        at: at('2026-04-25'),
        by: 'p-unit-head',
        n: 1,
        opinion: { conclusion: 'lawful', examiner: 'p-unit-head', textHash: v2 },
      },
      { kind: 'fcr_first_opinion', hash: exampleHash('fcr'), at: at('2026-04-23'), by: 'p-drafter', n: 1 },
      { kind: 'explanatory_note', hash: exampleHash('note'), at: at('2026-03-10'), by: 'p-drafter', n: 1 },
      { kind: 'legal_basis_table', hash: exampleHash('basis'), at: at('2026-03-10'), by: 'p-drafter', n: 2 },
      { kind: 'interpretation', hash: exampleHash('interpretation'), at: at('2026-05-18'), by: 'p-drafter', n: 3 },
    ],
    bases: [
      { title: '优化营商环境条例', docNo: '国务院令第722号', articles: ['第六十二条'], clause: '第一条' },
      { title: '中华人民共和国食品安全法', articles: ['第三十五条'], clause: '第六条' },
    ],
    interagency: [
      ['hy-finance', '2026-03-16', 'agree'] as const,
      ['hy-market', '2026-03-18', 'agree_with_comments'] as const,
    ].map(([asked, on, stance]) => ({
      unit: asked,
      round: 1,
      askedAt: at('2026-03-11'),
      askedOn: '2026-03-11',
      dueOn: '2026-03-20',
      textHash: v1,
      opinion: { stance, text: stance === 'agree' ? '' : '建议与登记规定衔接。', at: at(on), on, by: `p-${asked}` },
    })),
    consultations: [
      {
        id: 'round-1',
        n: 1,
        openedAt: at('2026-03-12'),
        opensOn: '2026-03-12',
        closesOn: '2026-04-13',
        closesAt: endOfDayInstant('2026-04-13'),
        closedAt: endOfDayInstant('2026-04-13'),
        textVersion: 1,
        textHash: v1,
        noteHash: exampleHash('note'),
        channels: ['县政府门户网站'],
        groups: ['民宿经营者', '县旅游协会'],
        shortened: null,
        feedbackAt: at('2026-04-17'),
        classification: exampleClassification,
      },
    ],
    coordination: [
      {
        at: at('2026-03-20'),
        on: '2026-03-20',
        units: ['hy-market'],
        settled: [],
        summary: '第六条已与登记规定衔接。',
      },
    ],
    escalations: [],
    thirdParty: [],
    expertReviews: [{ date: '2026-04-21', at: at('2026-04-21'), by: 'p-drafter', textHash: v2, conclusion: '可行。' }],
    riskAssessments: [
      {
        date: '2026-04-22',
        at: at('2026-04-22'),
        by: 'p-drafter',
        textHash: v2,
        conclusion: '风险可控。',
        outcome: 'controllable',
      },
    ],
    fairCompetition: [
      {
        date: '2026-04-24',
        at: at('2026-04-24'),
        by: 'p-competition',
        textHash: v2,
        conclusion: '未发现排除、限制竞争。',
        outcome: 'no_restriction',
        exception: null,
        unit: 'hy-market',
        stakeholdersHeard: ['民宿经营者代表', '县旅游协会'],
      },
    ],
    hearings: [
      {
        announcedOn: '2026-03-19',
        materialsSentOn: '2026-04-03',
        heldOn: '2026-04-20',
        record: '听证笔录，参加人签名。',
        at: at('2026-04-20'),
      },
    ],
    review: {
      submittedAt: at('2026-04-27'),
      submittedBy: 'p-unit-head',
      textHash: v2,
      packageHash: exampleHash('package'),
      materials: exampleMaterials,
      acceptedAt: at('2026-04-28'),
      acceptedOn: '2026-04-28',
      acceptedBy: 'p-reviewer',
      pauses: [],
      adviserOpinions: [{ at: at('2026-05-07'), by: 'p-adviser' }],
      opinion: {
        outcome: 'lawful',
        number: '海司审〔2026〕6号',
        contentHash: v2,
        at: at('2026-05-13'),
        on: '2026-05-13',
        by: 'p-reviewer',
        unit: 'hy-justice',
        points: [],
        grounds: [],
        classification: exampleClassification,
        materials: exampleMaterials,
      },
      confirmation: null,
    },
    reviewHistory: [],
    secretariatCheck: { outcome: 'passed', at: at('2026-05-15'), by: 'p-secretary', textHash: v2, reasons: [] },
    schedule: { body: '海原县人民政府常务会议', bodyId: 'hy-gov:常务会议', session: '第12次', date: '2026-05-20' },
    decision: {
      outcome: 'adopted',
      substantive: false,
      body: '海原县人民政府常务会议',
      bodyId: 'hy-gov:常务会议',
      session: '第12次',
      date: '2026-05-20',
      textHash: v2,
      dissents: [],
      at: at('2026-05-20', '17:00:00'),
    },
    decisionHistory: [],
    partyReports: [{ date: '2026-05-21', reference: '关于民宿管理办法的请示', at: at('2026-05-21') }],
    signatures: [{ issuer: 'hy-gov', person: 'p-leader', at: at('2026-05-22'), on: '2026-05-22', textHash: v2 }],
    corrections: [],
    substanceAnswers: [],
    numbers: {
      document: '海政规发〔2026〕3号',
      registry: 'HYGF-2026-0003',
      year: 2026,
      seq: 3,
      assignedAt: at('2026-05-25'),
      adoptionDate: '2026-05-22',
    },
    voidedNumbers: [],
    publication: {
      publishedAt: at('2026-05-26'),
      publishedOn: '2026-05-26',
      effectiveDate: '2026-07-01',
      validityYears: 5,
      validUntil: '2031-06-30',
      disclosure: 'active',
      channels: ['县政府门户网站', '县政府公报'],
      textHash: v2,
      textVersion: 2,
      indexNumber: '640522001/2026-00031',
      wjbs: { value: null, missing: ['制定机关代码'] },
      interpretation: true,
      immediateReason: null,
    },
    filings: Object.fromEntries(
      (
        [
          ['government', 'zw-gov', '2026-06-01'],
          ['npc', 'hy-npc', '2026-06-02'],
        ] as const
      ).map(([track, recipient, on]) => [
        track,
        {
          track,
          status: 'filed' as const,
          recipient,
          filedAt: at(on),
          filedOn: on,
          registeredOn: null,
          supplementRequestedOn: null,
          correctionRequestedOn: null,
          number: null,
          history: [{ status: 'filed' as const, on, note: null }],
        },
      ]),
    ),
    forceEvents: [],
    archive: null,
    returns: [],
    returnedFrom: null,
    deviations: [],
    indicators: [],
    evaluations: [],
    closing: null,
  }
}

/** 示例日历：国家安排与宁夏已知的本地节日。 */
const exampleCalendar = createCalendar({
  jurisdiction: '640522',
  notices: [],
  overlay: ningxiaOverlay,
  overlayExpectedFrom: 2019,
  overlayNames: ['开斋节', '古尔邦节'],
})

/**
 * 一份完整、合规的事实（2026年6月3日，已公布并报送备案，没有正在办理的命令）；`patch` 在其上作改动。
 * 每次返回新的对象，改动互不影响。
 */
export function exampleFacts(patch: (f: Facts) => Facts = (f) => f): Facts {
  const today = '2026-06-03'
  return patch({
    now: at(today, '09:00:00'),
    today,
    dossier: exampleDossier(),
    command: null,
    pack: haiyuan,
    calendar: exampleCalendar,
    external: {
      units: exampleUnits,
      comments: { total: 12, undisposed: 0 },
      bases: [
        { title: '优化营商环境条例', docNo: '国务院令第722号', status: 'in_force' },
        { title: '中华人民共和国食品安全法', status: 'in_force' },
      ],
      recipients: { government: 'zw-gov', npc: 'hy-npc' },
      people: {
        'p-leader': {
          id: 'p-leader',
          name: '县长',
          unit: 'hy-gov',
          active: true,
          posts: [{ role: 'leader', unit: 'hy-gov' }],
        },
      },
      substance: [{ from: v1, to: v2, substantive: false, changes: [], burdens: [] }],
    },
  })
}
