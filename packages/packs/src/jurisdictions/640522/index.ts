// 海原县（宁夏中卫）：自治区令89号、令127号、人大备案审查条例、听证程序规定各自施行之日起的数值。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { type LocalFiling, lineage } from '../lineage.ts'
import { firstPacksOfHaiyuan } from './first.ts'

const { nx89, nx127, nxNpc, nxHearing, nxMajor, nxBusiness, haiyuan2023, design } = source
const first = firstPacksOfHaiyuan.at(-1) as FirstPack
const government = {
  track: 'government',
  tiers: ['government'],
  recipient: { kind: 'superior', name: '中卫市人民政府' },
} as const
const lower = {
  track: 'government',
  tiers: ['department', 'township'],
  recipient: { kind: 'government', name: '海原县人民政府' },
} as const
const npc = {
  track: 'npc',
  tiers: ['government'],
  recipient: { kind: 'npc', name: '海原县人民代表大会常务委员会' },
} as const

const ownDays = '自治区办法未定日数（令89号第二十七条），本县自定'
const steps = {
  formalCheck: param<number | null>(5, 'working_day', [design('形式审查期限（管理员确认）'), nx89('第二十七条')], {
    note: ownDays,
    quote: '进行形式审查，予以登记…退回…或者要求补正',
  }),
  supplement: param<number | null>(10, 'calendar_day', [design('补正期限（管理员确认）'), nx89('第二十七条')], {
    note: ownDays,
  }),
  correction: param<number | null>(60, 'calendar_day', nx89('第三十条第一项、第三十一条'), {
    quote: '应当建议制定机关在60日内自行纠正；接到建议或者决定之日起60日内，应当将处理结果报备案机关的法制机构',
  }),
  materials: param(['备案报告', '审查说明', '正式文本'], null, nx89('第二十六条'), {
    quote: '装订成册，一式5份，同时报电子文本',
  }),
  copies: param<number | null>(5, null, nx89('第二十六条'), { quote: '装订成册，一式5份' }),
}

export const packsOfHaiyuan: FirstPack[] = [
  ...firstPacksOfHaiyuan,
  ...lineage(
    {
      jurisdiction: '640522',
      name: '宁夏回族自治区中卫市海原县',
      areaCode: '640522',
      calendar: { overlay: 'ningxia' },
      layers: [
        {
          from: '2023-03-09',
          serial: 3,
          values: {
            consultation: {
              generalMinimum: param(7, 'working_day', haiyuan2023('（十一）')),
              enterpriseMinimum: param(30, 'calendar_day', haiyuan2023('（十一）')),
            },
            dispute: {
              thirdPartyEvaluation: param(true, null, haiyuan2023('（十）'), {
                quote: '对部门争议较大的行政规范性文件，引入第三方评估',
              }),
            },
            review: {
              minimum: param(5, 'working_day', haiyuan2023('（十二）'), {
                note: '令89号第十二条只写“不得少于3个工作日”',
              }),
              maximum: param(15, 'working_day', haiyuan2023('（十二）')),
            },
            deliberation: {
              bodies: param(
                {
                  government: ['政府常务会议', '政府全体会议'],
                  department: ['局务会议', '办务会议', '委员会会议'],
                  township: ['政府办公会议', '乡镇长办公会议', '镇长办公会议', '乡长办公会议', '党政办公会议'],
                },
                null,
                nx89('第十五条'),
                {
                  quote:
                    '县级以上人民政府…应当经政府常务会议或者全体会议决定。部门和法定授权组织…应当经厅（局、办）务会议或者委员会会议决定。其他制定机关…参照上述规定的会议形式经集体讨论决定',
                  note: '乡镇“参照上述规定的会议形式”集体讨论，会议名称依惯常说法列出',
                },
              ),
            },
            effective: {
              minimumDelay: param(30, 'calendar_day', nx89('第十九条'), {
                quote:
                  '自公布之日起30日后的确定日期施行，但因保障公共安全、重大公共利益的需要，或者公布后不立即施行将有碍规范性文件执行的除外',
                note: '公布当日不计入',
              }),
              firstDay: param<'on_nth' | 'after_nth'>('after_nth', null, nx89('第十九条'), {
                quote: '自公布之日起30日后的确定日期施行',
                note: '从严理解为满30日之后，即公布后第31日起施行；条文没有写明第几日',
                confidence: 'partly_verified',
              }),
              enterpriseAdjustment: param<number | null>(30, 'calendar_day', nxBusiness('第六十二条'), {
                quote: '适应调整期一般不少于三十日',
                note: '与市场主体生产经营活动相关的行政规范性文件',
              }),
            },
            majorDecision: {
              partyReport: param(true, null, nxMajor('第二十、二十二、二十三、二十七条'), {
                quote: '出台前向同级党委请示报告',
                note: '提交讨论前由司法行政部门合法性审查；部门、乡镇经领导班子会议讨论',
              }),
              summaryBy: param<string | null>('03-30', null, nxMajor('第二十七条')),
            },
            organs: {
              countyReviewUnit: param('司法局', null, haiyuan2023('（十二）'), {
                quote: '未经合法性审核或者经审核不合法的，不得提交集体审议。（牵头单位：政府办、司法局）',
              }),
            },
            evaluation: { yearlyQuota: param(1, null, haiyuan2023('（十三）')) },
            cleanup: {
              annual: param(false, null, nx89('第二十三条'), {
                quote: '定期…进行评估，根据…情况，及时进行清理',
                note: '自治区办法没有周期，“每年”没有上位依据，由县自定',
              }),
            },
            suggestion: {
              formCheck: param<number | null>(null, null, nx89('第三十二条'), {
                note: '自治区办法未定日数（第三十二条），不以外省的日数催办',
              }),
            },
            yearly: {
              filingCatalogueBy: param<string | null>('01-31', null, nx89('第三十四条'), {
                note: '1月底前报上年度目录；县级政府同时抄报自治区人民政府法制机构',
              }),
            },
            numbering: {
              documentPrefixes: first.numbering.documentPrefixes,
              registryRegion: first.numbering.registryRegion,
              indexNumber: first.numbering.indexNumber,
            },
          },
          filing: [
            {
              ...government,
              tiers: ['government'],
              deadline: param(30, 'calendar_day', nx89('第二十四条第一项'), {
                quote: '规范性文件应当自公布之日起30日内…（一）下级人民政府制定的规范性文件报送上一级人民政府备案',
              }),
              ...steps,
            },
            {
              ...lower,
              tiers: ['department', 'township'],
              deadline: param(30, 'calendar_day', nx89('第二十四条'), {
                quote: '规范性文件应当自公布之日起30日内',
                note: '部门、法定授权组织、派出机关报本级人民政府；乡镇政府属“下级人民政府”，报县人民政府',
              }),
              ...steps,
            },
            { ...npc, tiers: ['government'] },
          ],
          silent: {
            'validity.generalMaximumYears':
              '自治区办法（令89号）没有一般有效期：第二十条只管“有完成时限要求的”，应当明确终止时间',
            'validity.provisionalMaximumYears': '自治区办法（令89号）没有暂行、试行的上限',
            'publication.maximum':
              '自治区办法（令89号第十六、十七条）只写“签署公布后，应当及时在本机关门户网站上刊载”，没有日数',
            'suggestion.finish': '自治区办法未定日数（令89号第三十二条“依法及时处理并以适当方式予以答复”）',
            'filing.government.government.review': '自治区办法未定日数',
            'filing.government.department+township.review': '自治区办法未定日数',
            'filing.npc.government.deadline': '当时的自治区人大条例文本未取得；令89号没有规定报人大备案',
          },
        },
        {
          from: '2023-09-01',
          values: {
            consultation: {
              generalMinimum: param(7, 'working_day', [nx127('指标22'), haiyuan2023('（十一）')], {
                quote: '公开征求意见期限一般不少于7个工作日',
              }),
              enterpriseMinimum: param(30, 'calendar_day', [nx127('指标22'), haiyuan2023('（十一）')], {
                quote: '与市场主体生产经营活动密切相关的…一般不少于30日',
              }),
              majorDecisionMinimum: param(30, 'calendar_day', nx127('指标32'), {
                quote: '公开征求意见期限原则上不少于30日',
              }),
            },
            dispute: {
              thirdPartyEvaluation: param(true, null, [nx127('指标21'), haiyuan2023('（十）')], {
                quote: '对部门争议较大的政府规章或者行政规范性文件，引入第三方机构进行评估',
              }),
            },
            review: {
              minimum: param(5, 'working_day', [nx127('指标20'), haiyuan2023('（十二）')], {
                quote: '合法性审核时间一般不少于5个工作日，最长不超过15个工作日',
                note: '令89号第十二条只写“不得少于3个工作日”，从严取5个工作日',
              }),
              maximum: param(15, 'working_day', [nx127('指标20'), haiyuan2023('（十二）')], {
                quote: '合法性审核时间一般不少于5个工作日，最长不超过15个工作日',
              }),
              majorDecisionMinimum: param(7, 'working_day', nx127('指标34'), { quote: '审查时间不少于7个工作日' }),
            },
          },
        },
        {
          from: '2024-05-01',
          values: {
            suggestion: {
              npcIncompleteNotice: param<number | null>(5, 'calendar_day', nxNpc('第二十、二十一、三十三条'), {
                note: '内容不完整的，五日内告知补充',
              }),
              npcTransfer: param<number | null>(10, 'calendar_day', nxNpc('第二十、二十一、三十三条')),
              npcNotReviewedNotice: param<number | null>(10, 'calendar_day', nxNpc('第二十、二十一、三十三条')),
            },
          },
          filing: [
            {
              ...npc,
              tiers: ['government'],
              deadline: param(30, 'calendar_day', nxNpc('第十条第二项、第十三条'), {
                quote: '县级以上人民政府及其办公厅（室）制定的规范性文件；自公布之日起三十日内报送备案',
              }),
              formalCheck: param<number | null>(10, 'calendar_day', nxNpc('第十四条第一款'), {
                quote: '自收到备案文件之日起十日内进行形式审查',
              }),
              supplement: param<number | null>(10, 'calendar_day', nxNpc('第十四条第二款'), {
                quote: '自收到电子指令之日起十日内重新报送备案',
              }),
              resubmit: param<number | null>(10, 'calendar_day', nxNpc('第十四条第二款'), {
                quote: '自收到电子指令之日起十日内重新报送备案',
              }),
              review: param<number | null>(60, 'calendar_day', nxNpc('第三十四条'), {
                quote: '一般应当在收到规范性文件后六十日内完成审查工作',
              }),
              correction: param<number | null>(60, 'calendar_day', nxNpc('第三十六条第二款'), {
                quote: '自收到书面审查意见之日起六十日内提出修改或者废止的书面处理意见',
                note: '审查中要求说明的三十日内反馈（第二十九条）；改废后三十日内书面报告（第三十七条）',
              }),
              materials: param(['备案报告', '政府令或者公告', '文本及说明'], null, nxNpc('第十三条'), {
                quote: '纸质一式五份、平台电子文本',
              }),
              copies: param<number | null>(5, null, nxNpc('第十三条'), { quote: '纸质一式五份' }),
            } satisfies LocalFiling,
          ],
          silent: { 'filing.npc.government.deadline': '' },
        },
        {
          from: '2024-11-14',
          values: {
            hearing: {
              materialsBefore: param(10, 'working_day', nxHearing('第十八条、第三十八条'), {
                quote: '在举行听证的10日前将听证材料送达听证代表；“5日”“7日”“10日”指工作日',
                note: '依职权听证（含重大行政决策听证）',
              }),
            },
          },
        },
        {
          // 示范管理员改动一二参数后另立新版，旧案卷仍依原版，须经 MoveToPack 改用。
          from: '2026-01-01',
          serial: 3,
          values: {
            interagency: { replyDays: first.interagency.replyDays },
            cleanup: { onSuperiorChangeMonths: first.cleanup.onSuperiorChangeMonths },
          },
        },
      ],
    },
    nationals,
  ),
]
