// 安徽省：《安徽省行政规范性文件管理办法》2024年3月1日起施行。没有有效期规定；会议名称未定；缩短征求意见不少于10日。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'

const { anhui, design } = source
const steps = {
  deadline: param(15, 'calendar_day', anhui('第二十九条'), { note: '各级政府报上一级人民政府，部门报本级人民政府' }),
  formalCheck: param<number | null>(null, null, anhui('第三十一条'), { quote: '及时', note: '“及时”登记，没有日数' }),
  supplement: param<number | null>(5, 'working_day', anhui('第三十一条'), {
    quote: '逾期的，视作未按时报送',
  }),
}
const noValidity = '省办法通读46条没有有效期规定，不设上限'

export const packsOfAnhui: FirstPack[] = lineage(
  {
    jurisdiction: '340000',
    name: '安徽省',
    areaCode: '340000',
    calendar: { overlay: null },
    layers: [
      {
        from: '2024-03-01',
        values: {
          artefacts: param(
            [
              '送审稿',
              '起草说明',
              '条文依据对照表',
              '征求意见及采纳情况',
              '听证、风险评估、公平竞争审查、专家论证的材料',
              '起草单位审查意见',
              '其他',
            ],
            null,
            anhui('第十七条'),
          ),
          initiation: {
            planRequired: param(true, null, anhui('第九条'), {
              note: '政府规范性文件须先报请立项并列入发文计划',
            }),
          },
          consultation: {
            generalMinimum: param(30, 'calendar_day', anhui('第十二条'), {
              note: '因情况紧急缩短的，须在征求意见时说明',
            }),
            enterpriseMinimum: param(30, 'calendar_day', anhui('第十二条'), {
              quote: '应当充分听取企业和行业协会商会的意见',
            }),
            shortenedMinimum: param<number | null>(10, 'calendar_day', anhui('第十二条'), { quote: '不得少于10日' }),
          },
          review: {
            minimum: param(5, 'working_day', anhui('第十八条')),
            maximum: param(15, 'working_day', anhui('第十八条')),
            stopsFor: param<Array<'supplement' | 'consultation' | 'expert'>>(['supplement'], null, anhui('第十八条'), {
              note: '补充材料时间不计入',
            }),
            emergencyLiftsTimeOnly: param(true, null, anhui('第二十三条'), {
              note: '突发事件或者执行上级紧急命令可以简化，但合法性审查、集体审议不可省；起草说明中说明理由',
            }),
            draftingUnitFirst: param(true, null, anhui('第十六条'), {
              note: '政府文件先由起草单位审查机构、再由同级政府审查机构审查',
            }),
          },
          deliberation: {
            anyBody: param<Array<'government' | 'department' | 'township'>>(
              ['government', 'department', 'township'],
              null,
              anhui('第二十二条'),
              { quote: '集体审议决定', note: '会议名称未规定' },
            ),
          },
          effective: {
            minimumDelay: param(30, 'calendar_day', anhui('第二十七、三十条'), {
              quote: '自公布之日起30日后施行',
              note: '公布当日不计入；有碍施行的除外，备案报告须注明理由',
            }),
          },
          validity: {
            required: param(false, null, anhui('通读46条'), { derogates: noValidity }),
            generalMaximumYears: param<number | null>(null, null, anhui('通读46条'), { derogates: noValidity }),
            provisionalMaximumYears: param<number | null>(null, null, anhui('通读46条'), { derogates: noValidity }),
          },
          cleanup: {
            annual: param(false, null, anhui('第三十四条')),
            intervalYears: param<number | null>(2, 'year', anhui('第三十四条'), { note: '每2年全面清理' }),
          },
          suggestion: {
            finish: param<number | null>(30, 'calendar_day', anhui('第四十二条'), { note: '30日作出处理并告知' }),
          },
          numbering: { registryRegion: param('AHGF', null, design('统一登记号地区标识')) },
        },
        filing: [
          {
            track: 'government',
            tiers: ['government'],
            recipient: { kind: 'superior', name: '上一级人民政府' },
            ...steps,
          },
          {
            track: 'government',
            tiers: ['department', 'township'],
            recipient: { kind: 'government', name: '本级（县级）人民政府' },
            ...steps,
          },
          {
            track: 'npc',
            tiers: ['government'],
            recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' },
          },
        ],
        silent: {
          'filing.npc.government.deadline': '省办法第二十九条“按照相关规定执行”，没有日数',
          'publication.maximum': '省办法第二十五条没有日数，适用信息公开条例',
          'publication.interpretationMaximum': '省办法第二十五条只要求“解读”，没有日数',
        },
      },
    ],
  },
  nationals,
)
