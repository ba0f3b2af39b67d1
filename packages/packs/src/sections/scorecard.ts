// 年度考核评分：标准作为数据，逐项写明分值、由事实得出还是由人评定、每一件扣几分、扣到几分为止。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

/** 由事实得出的扣分依哪一项统计；每一件的清单就是这项统计的清单。 */
export type ScoreEvidence = 'unreviewed' | 'late-filing.government' | 'late-filing.npc' | 'unlawful'
/** 评分标准的一项。 */
export interface ScoreItem {
  id: string
  /** 所属的考核事项。 */
  group: string
  text: string
  /** 评分标准的原话。 */
  standard: string
  /** 分值；特别加分、扣分为 0。 */
  weight: number
  /** `auto` 由事实得出；`manual` 由人评定；`bonus` 特别加分，`penalty` 特别扣分。 */
  rule: 'auto' | 'manual' | 'bonus' | 'penalty'
  /** 每一件扣（加）几分；没有写明的为 null，由评定的人写明理由。 */
  deductPerCase: number | null
  /** 至多扣（加）几分。 */
  cap: number | null
  evidence: ScoreEvidence[]
}
export interface ScoreStandard {
  id: string
  label: string
  /** 考核谁。 */
  tier: 'department' | 'township'
  items: ScoreItem[]
}

type Row = [id: string, text: string, standard: string, weight: number, per: number | null, cap?: number]
const manual = (group: string, rows: Row[]): ScoreItem[] =>
  rows.map(([id, text, standard, weight, per, cap]) => ({
    id,
    group,
    text,
    standard,
    weight,
    rule: 'manual',
    deductPerCase: per,
    cap: cap ?? weight,
    evidence: [],
  }))
const deciding =
  '建立年度重大行政决策目录；重大行政决策必须遵守公众参与、专家论证、风险评估、合法性审查和集体讨论等程序；完善法律顾问制度；落实决策追责机制。未建立健全相关制度机制，扣2分。'
const filed = (weight: number): ScoreItem => ({
  id: 'documents',
  group: '依法科学民主决策',
  text: '规范性文件审查、报备',
  standard: '执行规范性文件合法性审查制度；规范性文件报区政府法制办备案。',
  weight,
  rule: 'auto',
  deductPerCase: 1,
  cap: weight,
  evidence: ['unreviewed', 'late-filing.government'],
})
const opening = '深化重点领域信息公开，推进行政决策公开、执行公开、管理公开、服务公开和结果公开；加强政务载体建设。'
const informing = '向区政府法制办每月报送2条以上法治政府信息，每少报送1条信息的，扣0.2分。'
const responsible = '建立法治政府建设第一责任人职责清单，细化第一责任人的责任，并有效推进职责的落实。'
const planning = '未制定法治政府建设工作安排和年度意见的，扣3分；未出台考核方案的，扣3分；未报送工作总结的，扣3分。'
const training = '制定年度法制讲座计划并组织实施，做到学法计划、内容、时间、人员、效果“五落实”。'
const staffing = '加强本部门法制机构人员力量，保证有2名以上工作人员从事依法行政工作。'
const special: ScoreItem[] = [
  {
    id: 'bonus',
    group: '特别加分和扣分',
    text: '特别加分',
    standard: '被确定为“省级依法行政示范单位”加5分；“市级依法行政示范单位”加3分。',
    weight: 0,
    rule: 'bonus',
    deductPerCase: null,
    cap: 5,
    evidence: [],
  },
  {
    id: 'unlawful',
    group: '特别加分和扣分',
    text: '规范性文件违法',
    standard: '规范性文件违法的，每起扣2分。',
    weight: 0,
    rule: 'penalty',
    deductPerCase: 2,
    cap: null,
    evidence: ['unlawful'],
  },
  {
    id: 'consequences',
    group: '特别加分和扣分',
    text: '行政决策、执法行为违法，不履行法定职责，或者引起不良后果',
    standard: '每起扣2分；引起不良后果的，每起扣5分。',
    weight: 0,
    rule: 'penalty',
    deductPerCase: null,
    cap: null,
    evidence: [],
  },
]
const standards: ScoreStandard[] = [
  {
    id: 'department-2017',
    label: '区级各部门法治政府建设考核评分细则',
    tier: 'department',
    items: [
      ...manual('依法科学民主决策', [['deciding', '遵守行政决策程序', deciding, 10, 2]]),
      filed(5),
      ...manual('加强政府职能转变', [
        ['approval', '行政审批', '继续深化行政审批制度改革，清理规范行政审批和公共服务事项。', 5, null],
        ['service', '服务群众', '被行业主管部门通报批评的，一次扣2分；受到群众举报的一次扣2分。', 5, 2],
      ]),
      ...manual('加强政务公开', [
        ['opening', '坚持政务信息公开', opening, 5, null],
        ['informing', '报送法治政府建设信息', informing, 5, 0.2],
      ]),
      ...manual('提升行政执法水平', [
        ['enforcement', '规范行政执法行为', '未持证上岗的，一次扣1分；未建立健全相关制度机制的，扣2分。', 15, 1],
        ['powers', '规范行权运行', '职权未进行网上网下运行的，扣10分；运行情况不好的，酌情扣分。', 10, null],
      ]),
      ...manual('有效化解行政争议', [
        ['court', '积极应诉', '不出庭应诉的，扣5分。', 5, 5],
        [
          'reconsideration',
          '履行行政复议被申请人、行政诉讼被告职责',
          '复议中被撤销、变更或确认违法的，诉讼中败诉的，出现一起扣2分。',
          10,
          2,
        ],
      ]),
      ...manual('落实保障措施', [
        ['responsible', '落实第一责任人责任', responsible, 8, null],
        ['planning', '制定年度工作安排、考核方案，及时报送工作总结', planning, 6, 3],
        ['training', '开展依法行政知识培训', training, 6, null],
        ['staffing', '加强法制机构人员力量', staffing, 5, null],
      ]),
      ...special,
    ],
  },
  {
    id: 'township-2017',
    label: '各乡镇（街道）法治政府建设考核评分细则',
    tier: 'township',
    items: [
      ...manual('依法科学民主决策', [['deciding', '遵守行政决策程序', deciding, 15, 2]]),
      filed(10),
      ...manual('加强政务公开', [
        ['opening', '坚持政务信息公开', opening, 10, null],
        ['informing', '报送法治政府建设信息', informing, 10, 0.2],
      ]),
      ...manual('有效化解行政争议', [
        ['court', '积极应诉', '不出庭应诉的，一次扣5分。', 10, 5],
        [
          'reconsideration',
          '履行行政复议被申请人、行政诉讼被告职责',
          '复议中被撤销、变更或确认违法的，诉讼中败诉的，出现一起扣3分。',
          15,
          3,
        ],
      ]),
      ...manual('落实保障措施', [
        ['responsible', '落实第一责任人责任', responsible, 10, null],
        ['planning', '制定年度工作安排、考核方案，及时报送工作总结', planning, 8, 3],
        ['training', '开展依法行政知识培训', training, 6, null],
        ['staffing', '加强法制机构人员力量', staffing, 6, null],
      ]),
      ...special,
    ],
  },
]

export const scorecard = {
  standards: later<ScoreStandard[]>('年度考核评分：标准', 'replace', {
    since: 7,
    national: param<ScoreStandard[]>(standards, null, source.zhaohua2017('附件三、附件四'), {
      confidence: 'local_example',
      note: '外地的标准，两份各一百分；“规范性文件审查、报备”原文没有扣分的写法，每一件扣1分是设计约定，各地应当另定',
    }),
  }),
  selfAssessFrom: later<string>('年度考核：自查自评开始之日（月-日）', 'replace', {
    since: 7,
    national: param('12-01', null, source.zhaohua2017('考核办法'), {
      confidence: 'local_example',
      note: '外地的日期；本地没有规定',
    }),
  }),
  selfAssessBy: later<string>('年度考核：自评报送日期（月-日）', 'replace', {
    since: 7,
    national: param('12-10', null, source.zhaohua2017('考核办法'), {
      confidence: 'local_example',
      quote: '“12月1日至10日……自查自评”',
      note: '外地的日期；本地没有规定',
    }),
  }),
  objectionDays: later<number>('年度考核：核定以后提出异议的期限', 'longer', {
    since: 7,
    national: param(5, 'working_day', source.design('对评分可以提出异议'), { note: '没有条文；设计约定' }),
  }),
}
