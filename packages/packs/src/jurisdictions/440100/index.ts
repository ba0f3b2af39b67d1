// 广州市（市、区通用）：《广州市行政规范性文件管理规定》（市政府令第195号）2023年2月1日起施行。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'

const { guangzhou, design } = source
const deadline = param(30, 'calendar_day', guangzhou('第四十一条'), {
  note: '政府文件报上一级人民政府、本级人大常委会，均30日',
})

export const packsOfGuangzhou: FirstPack[] = lineage(
  {
    jurisdiction: '440100',
    name: '广东省广州市',
    areaCode: '440100',
    calendar: { overlay: null },
    layers: [
      {
        from: '2023-02-01',
        values: {
          artefacts: param(
            [
              '提请函',
              '草案、注释稿及起草说明',
              '征求意见及采纳情况',
              '历次法制机构意见及采纳情况',
              '部门办公会议纪要',
              '依据文本',
              '政策解读材料',
              '评估报告（修订、废止的）',
              '其他',
            ],
            null,
            guangzhou('第二十条'),
          ),
          consultation: {
            generalMinimum: param(7, 'working_day', guangzhou('第十四条'), {
              quote: '不得少于7个工作日，法律、法规或者规章另有规定的，从其规定',
              note: '征求意见稿先经部门法制工作机构审核同意',
            }),
          },
          review: {
            minimum: param(5, 'working_day', guangzhou('第二十二、二十四条'), { note: '自收齐送审材料起' }),
            maximum: param(15, 'working_day', guangzhou('第二十二、二十四条'), { note: '自收齐送审材料起' }),
            objectionDays: param<number | null>(10, 'working_day', guangzhou('第二十二、二十四条'), {
              note: '对审查意见有异议的，10个工作日内协商或者申请复核',
            }),
            reviewerRouting: param<
              Record<
                'government' | 'department' | 'township' | 'onApproval',
                'own' | 'own_or_designated' | 'government'
              >
            >(
              {
                government: 'government',
                department: 'government',
                township: 'own_or_designated',
                onApproval: 'government',
              },
              null,
              guangzhou('第十八条'),
              { note: '部门文件发布前须报同级司法行政部门审查，不只由本部门审核' },
            ),
          },
          deliberation: {
            bodies: param(
              {
                government: ['常务会议', '全体会议'],
                department: ['部门办公会议'],
                township: ['政府办公会议', '乡镇长办公会议', '镇长办公会议', '乡长办公会议', '党政办公会议'],
              },
              null,
              guangzhou('第十八、二十六条'),
              { note: '乡镇的会议名称依惯常说法列出' },
            ),
          },
          effective: {
            minimumDelay: param(30, 'calendar_day', guangzhou('第二十九条'), {
              quote: '一般自公布之日起30日后施行',
              note: '公布当日不计入；有碍施行或者另有规定的除外',
            }),
          },
          validity: {
            generalMaximumYears: param<number | null>(5, 'year', guangzhou('第三十条')),
            provisionalMaximumYears: param<number | null>(3, 'year', guangzhou('第三十条'), {
              note: '未延期的自动失效',
            }),
            exemptKinds: param<Array<'repeal' | 'discontinue'>>(['repeal'], null, guangzhou('第三十条'), {
              note: '专用于废止的不设有效期',
            }),
          },
          evaluation: {
            preExpiryMonths: param(6, 'month', guangzhou('第三十三条'), { note: '部门文件届满前6个月' }),
            governmentPreExpiryMonths: param<number | null>(12, 'month', guangzhou('第三十三条'), {
              note: '政府文件和重大疑难部门文件届满前1年',
            }),
          },
          cleanup: {
            annual: param(false, null, guangzhou('第三十五条'), {
              note: '随上位法变动“及时”清理；日常与定期结合，未定周期',
            }),
          },
          suggestion: {
            finish: param<number | null>(30, 'working_day', guangzhou('第三十九条'), {
              quote: '30个工作日内书面告知',
            }),
          },
          numbering: { registryRegion: param('GZGF', null, design('统一登记号地区标识')) },
        },
        filing: [
          {
            track: 'government',
            tiers: ['government'],
            recipient: { kind: 'superior', name: '上一级人民政府' },
            deadline,
          },
          {
            track: 'government',
            tiers: ['department', 'township'],
            recipient: { kind: 'government', name: '本级人民政府' },
          },
          {
            track: 'npc',
            tiers: ['government'],
            recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' },
            deadline,
          },
        ],
      },
    ],
  },
  nationals,
)
