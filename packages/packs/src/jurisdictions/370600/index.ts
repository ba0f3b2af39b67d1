// 烟台市（所辖区县可以直接用）：《烟台市行政规范性文件制定和监督管理办法》2024年9月1日起施行。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'

const { yantai, design } = source
const steps = {
  deadline: param(30, 'calendar_day', yantai('第四十五条')),
  supplement: param<number | null>(15, 'calendar_day', yantai('第四十八条'), { note: '暂缓登记，15日内补正' }),
  review: param<number | null>(60, 'calendar_day', yantai('第四十九条')),
  correction: param<number | null>(30, 'calendar_day', yantai('第四十九条')),
}
const staged = '只有“阶段性工作”须载明有效期：1至5年；暂行、试行1至3年；届满自动失效'

export const packsOfYantai: FirstPack[] = lineage(
  {
    jurisdiction: '370600',
    name: '山东省烟台市',
    areaCode: '370600',
    calendar: { overlay: null },
    layers: [
      {
        from: '2024-09-01',
        values: {
          artefacts: param(
            [
              '送审申请',
              '送审稿',
              '起草说明',
              '评估报告',
              '依据目录及文本',
              '征求意见记录',
              '专家论证、听证、公平竞争审查、性别平等评估、贸易政策合规等材料',
              '起草单位审核意见（政府文件）',
              '法律顾问意见（政府文件）',
              '会签意见（政府文件）',
              '集体研究材料（政府文件）',
            ],
            null,
            yantai('第三十二条'),
          ),
          consultation: {
            generalMinimum: param(7, 'working_day', yantai('第十八条'), { note: '缩短的须说明' }),
            enterpriseMinimum: param(30, 'calendar_day', yantai('第十八条')),
          },
          hearing: {
            requiredWhen: param(
              ['重大利益调整', '权利义务重大影响', '利益群体明显冲突', '法律法规规章规定的其他情形'],
              null,
              yantai('第二十条'),
            ),
          },
          expert: {
            minimumExperts: param<number | null>(3, null, yantai('第二十四条'), {
              note: '一般不少于3人，复杂的不少于5人',
            }),
            minimumExpertsComplex: param<number | null>(5, null, yantai('第二十四条'), { note: '复杂的不少于5人' }),
          },
          review: {
            minimum: param(5, 'working_day', yantai('第三十四、三十五条')),
            maximum: param(15, 'working_day', yantai('第三十四、三十五条')),
            supplementWithin: param<number | null>(3, 'working_day', yantai('第三十二条'), {
              note: '材料不全的，补正3个工作日',
            }),
            stopsFor: param<Array<'supplement' | 'consultation' | 'expert'>>(
              ['supplement', 'consultation', 'expert'],
              null,
              yantai('第三十四、三十五条'),
              { note: '征求意见、论证时间不计' },
            ),
          },
          deliberation: {
            bodies: param(
              {
                government: ['全体会议', '常务会议'],
                department: ['办公会议'],
                township: ['政府办公会议', '乡镇长办公会议', '镇长办公会议', '乡长办公会议', '党政办公会议'],
              },
              null,
              yantai('第三十九条'),
              { note: '政府：全体会议或者常务会议；部门：办公会议；乡镇的会议名称依惯常说法列出' },
            ),
          },
          effective: {
            minimumDelay: param(30, 'calendar_day', yantai('第四十二条'), {
              note: '公布当日不计入；影响上位法执行或者不利于国家安全、公共利益的除外',
            }),
          },
          validity: {
            required: param(false, null, yantai('第四十三条'), { derogates: staged }),
            minimumYears: param<number | null>(1, 'year', yantai('第四十三条'), { note: staged }),
            generalMaximumYears: param<number | null>(5, 'year', yantai('第四十三条'), { note: staged }),
            provisionalMaximumYears: param<number | null>(3, 'year', yantai('第四十三条'), { note: staged }),
          },
          evaluation: {
            preExpiryMonths: param(6, 'month', yantai('第五十七条'), { note: '届满前6个月内' }),
            openEndedEveryYears: param<number | null>(5, 'year', yantai('第五十七条'), {
              note: '没有有效期的至多每5年评估一次',
            }),
          },
          suggestion: {
            formCheck: param<number | null>(5, 'working_day', yantai('第五十二、五十四条')),
            finish: param<number | null>(60, 'calendar_day', yantai('第五十二、五十四条')),
            finishExtension: param<number | null>(30, 'calendar_day', yantai('第五十二、五十四条'), {
              note: '可以延长30日',
            }),
            issuerReply: param<number | null>(10, 'calendar_day', yantai('第五十二、五十四条')),
          },
          archive: {
            closeWithinDays: param<number | null>(60, 'calendar_day', yantai('第七十至七十四条'), {
              note: '公布后60日内归档，一件一卷；13类材料目录',
            }),
            copyWithinDays: param<number | null>(30, 'calendar_day', yantai('第七十至七十四条'), {
              note: '审核、集体讨论阶段的材料形成后30日内移送副本',
            }),
          },
          yearly: {
            filingCatalogueBy: param<string | null>('01-31', null, yantai('第五十六条')),
          },
          numbering: { registryRegion: param('YTGF', null, design('统一登记号地区标识')) },
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
            recipient: { kind: 'government', name: '本级人民政府' },
            ...steps,
          },
          {
            track: 'npc',
            tiers: ['government'],
            recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' },
          },
        ],
        silent: { 'publication.interpretationMaximum': '市办法第四十一条只要求“解读”，没有日数' },
      },
    ],
  },
  nationals,
)
