// 最初的各版：一经使用即固定，不再改动；现行各版见 index.ts。
import type { FirstPack } from '../../pack.ts'
import { source } from '../../sources.ts'
import { national } from '../CN/first.ts'
import { citationsCorrected } from '../corrections.ts'
import { derive, param } from '../derive.ts'

const filingDeadline = param(15, 'calendar_day', source.ningxia('报送备案期限'), {
  note: '自治区办法条文未取得，15日待管理员确认',
})
const formalCheck = param(5, 'working_day', source.design('形式审查期限（管理员确认）'))
const supplement = param(10, 'calendar_day', source.design('补正期限（管理员确认）'))

/** 机关代字与索引号组织代码的单位代码，与海原县单位表一致。 */
const documentPrefixes = {
  'hy-gov': '海政规发',
  'hy-office': '海政办规发',
  'hy-agri': '海农规发',
  'hy-housing': '海住建规发',
  'hy-market': '海市监规发',
  'hy-finance': '海财规发',
  'hy-justice': '海司规发',
  'hy-town-lijun': '李政规发',
}

export const haiyuan2023: FirstPack = derive(national, {
  jurisdiction: '640522',
  name: '宁夏回族自治区中卫市海原县',
  version: '640522@2023-03-09.1',
  effectiveFrom: '2023-03-09',
  areaCode: '640522',
  parent: 'CN',
  calendar: { overlay: 'ningxia' },
  consultation: {
    generalMinimum: param(7, 'working_day', source.haiyuan2023('（十一）')),
    enterpriseMinimum: param(30, 'calendar_day', source.haiyuan2023('（十一）')),
  },
  dispute: {
    thirdPartyEvaluation: param(true, null, source.haiyuan2023('（十）'), {
      note: '“对部门争议较大的行政规范性文件，引入第三方评估”',
    }),
  },
  review: {
    minimum: param(5, 'working_day', source.haiyuan2023('（十二）')),
    maximum: param(15, 'working_day', source.haiyuan2023('（十二）')),
  },
  validity: {
    generalMaximumYears: param(5, 'year', [source.ningxia('有效期'), source.haiyuan2023('（十二）')], {
      confidence: 'memory',
    }),
    provisionalMaximumYears: param(2, 'year', [source.ningxia('有效期'), source.haiyuan2023('（十二）')], {
      confidence: 'memory',
    }),
  },
  evaluation: { yearlyQuota: param(1, null, source.haiyuan2023('（十三）')) },
  cleanup: {
    annual: param(true, null, source.haiyuan2023('（十三）'), {
      confidence: 'inference',
      note: '工作要点要求随上位法变动及上级要求清理；年度清理为设计约定',
    }),
  },
  filing: [
    {
      track: 'government',
      tiers: ['government'],
      recipient: { kind: 'superior', name: '中卫市人民政府' },
      deadline: filingDeadline,
      formalCheck,
      supplement,
    },
    {
      track: 'government',
      tiers: ['department', 'township'],
      recipient: { kind: 'government', name: '海原县人民政府' },
      deadline: filingDeadline,
      formalCheck,
      supplement,
    },
    {
      track: 'npc',
      tiers: ['government'],
      recipient: { kind: 'npc', name: '海原县人民代表大会常务委员会' },
      deadline: param(30, 'calendar_day', source.ningxia('报人大常委会备案期限')),
      formalCheck,
      supplement,
    },
  ],
  numbering: {
    documentPrefixes: param(documentPrefixes, null, source.design('规范性文件机关代字加“规”'), {
      note: '海政办发见于公开文件；带“规”的代字为推断',
    }),
    registryRegion: param('HYGF', null, source.design('统一登记号地区标识')),
    indexNumber: param(
      {
        organisationCode: { 'hy-gov': '640522001', 'hy-office': '640522001' },
        profile: 'national',
      },
      null,
      [source.indexGuide('前段码/后段码'), source.haiyuan2023('索引号640522001/2023-00173')],
      { confidence: 'partly_verified', note: '仅县政府（办公室）的组织代码见于公开文件，其余由管理员填写' },
    ),
  },
})

/** 较新的一版：示范管理员改动一二参数后另立新版，旧案卷仍依原版，须经 MoveToPack 改用。 */
const haiyuan2026: FirstPack = derive(haiyuan2023, {
  jurisdiction: '640522',
  name: '宁夏回族自治区中卫市海原县',
  version: '640522@2026-01-01.1',
  effectiveFrom: '2026-01-01',
  areaCode: '640522',
  parent: 'CN',
  calendar: { overlay: 'ningxia' },
  interagency: {
    replyDays: param(7, 'working_day', source.design('2026年起部门答复期限（示例）'), {
      note: '示例值：演示参数更替，须由管理员依正式文件确认',
    }),
  },
  cleanup: {
    onSuperiorChangeMonths: param(2, 'month', source.design('2026年起上位法变动后清理期限（示例）'), {
      note: '示例值：演示参数更替，须由管理员依正式文件确认',
    }),
  },
})

export const firstPacksOfHaiyuan: FirstPack[] = [
  haiyuan2023,
  citationsCorrected(haiyuan2023),
  haiyuan2026,
  citationsCorrected(haiyuan2026),
]
