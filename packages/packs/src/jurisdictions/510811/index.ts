// 广元市昭化区（四川）：省令第351号全文，自2022年3月1日起。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'
import { firstPacksOfZhaohua } from './first.ts'

const { sc351, zhaohua2017 } = source
const first = firstPacksOfZhaohua.at(-1) as FirstPack
const deadline = (article: string) =>
  param(30, 'calendar_day', sc351(article), {
    quote:
      '应当自公布之日起30日内…（一）政府规范性文件由本级人民政府报本级人大常委会和上一级人民政府备案…（二）部门规范性文件，报本级人民政府备案',
  })
const ownDays = '省办法未定日数（令351号第三十九、四十条“指定期限内补正”“规定期限”）'
const undated = (track: string) =>
  Object.fromEntries(['formalCheck', 'supplement', 'review'].map((field) => [`filing.${track}.${field}`, ownDays]))
const npcUnknown = '四川省人大常委会备案审查条例存在，条文未取得'

export const packsOfZhaohua: FirstPack[] = [
  ...firstPacksOfZhaohua,
  ...lineage(
    {
      jurisdiction: '510811',
      name: '四川省广元市昭化区',
      areaCode: '510811',
      calendar: { overlay: null },
      layers: [
        {
          from: '2022-03-01',
          serial: 3,
          values: {
            artefacts: param(
              [
                '请示',
                '草案',
                '起草说明',
                '征求有关单位意见及采纳情况',
                '征求公众意见情况',
                '制定依据',
                '专家论证、风险评估、公平竞争审查等',
                '起草单位合法性审核意见（政府文件）',
              ],
              null,
              sc351('第二十六条'),
              { note: '八项送审材料' },
            ),
            consultation: {
              generalMinimum: param(30, 'calendar_day', sc351('第十九条第二款'), {
                quote:
                  '公开征求意见期限一般不得少于30日，因情况紧急等原因需要缩短期限的，最短不少于7日，并应当在公开征求意见时予以说明',
              }),
              shortenedMinimum: param<number | null>(7, 'calendar_day', sc351('第十九条第二款'), {
                quote: '需要缩短期限的，最短不少于7日，并应当在公开征求意见时予以说明',
              }),
              nonPublicAllowed: param(
                ['突发事件', '危及国家安全等', '依法保密', '法律法规规章另有规定'],
                null,
                sc351('第十九条第一款'),
                { note: '四种情形，经起草单位负责人书面同意' },
              ),
              nonPublicConsent: param<'unit_head' | null>('unit_head', null, sc351('第十九条第一款'), {
                quote: '起草单位负责人书面同意',
              }),
            },
            review: {
              minimum: param(5, 'working_day', sc351('第二十九条'), {
                quote: '从审核机构收到…全部材料之日起，不得少于5个工作日，最长不超过15个工作日',
              }),
              maximum: param(15, 'working_day', sc351('第二十九条'), {
                quote: '从审核机构收到…全部材料之日起，不得少于5个工作日，最长不超过15个工作日',
              }),
              stopsFor: param<Array<'supplement' | 'consultation' | 'expert'>>(
                ['supplement'],
                null,
                sc351('第二十九条'),
                {
                  quote: '补充材料时间不计入审核时间',
                },
              ),
            },
            deliberation: {
              bodies: param(
                {
                  government: ['常务会议', '全体会议'],
                  department: ['部门办公会议'],
                  township: first.deliberation.bodies.value.township,
                },
                null,
                sc351('第三十一条'),
                {
                  quote:
                    '政府规范性文件应当经本级人民政府常务会议或者全体会议审议决定，部门规范性文件应当经本部门办公会议审议决定',
                  note: '乡镇的会议名称省办法未写，依惯常说法列出',
                },
              ),
            },
            effective: {
              minimumDelay: param(30, 'calendar_day', sc351('第十二条'), {
                quote:
                  '应当在施行前予以公布，时间不少于30日，但因保障国家安全、重大公共利益的需要，或者公布后不立即施行将有碍…执行的除外',
                note: '公布当日不计入',
              }),
              firstDay: param<'on_nth' | 'after_nth'>('on_nth', null, sc351('第十二条'), {
                quote: '应当在施行前予以公布，时间不少于30日',
                note: '写的是“不少于30日”，公布后第30日起可以施行',
              }),
            },
            validity: {
              generalMaximumYears: param<number | null>(5, 'year', sc351('第十三条'), {
                quote: '一般不超过5年，最长不得超过10年。确需超过5年的，制定机关应当在起草说明中载明理由',
              }),
              extendedMaximumYears: param<number | null>(10, 'year', sc351('第十三条'), {
                quote: '最长不得超过10年。确需超过5年的，制定机关应当在起草说明中载明理由',
              }),
              provisionalMaximumYears: param<number | null>(2, 'year', sc351('第十三条第二款'), {
                quote: '名称冠以“暂行”“试行”的，有效期不超过2年',
              }),
            },
            cleanup: {
              annual: param(true, null, [zhaohua2017('第11项'), sc351('第四十五、四十六条')], {
                note: '每年清理见于区2017年安排；省办法只写“定期组织…全面清理”，上位法新颁布、修改、废止的“应当即时组织清理”，没有天数',
              }),
            },
            suggestion: {
              formCheck: param<number | null>(null, null, sc351('第四十二条'), { note: '省办法没有形式审查日数' }),
              finish: param<number | null>(60, 'calendar_day', sc351('第四十二条第三款'), {
                quote: '应当自收到之日起60日内将处理情况书面告知',
              }),
            },
            yearly: {
              filingCatalogueBy: param<string | null>('01-31', null, sc351('第四十三条'), {
                note: '1月底前报上年度目录',
              }),
            },
            numbering: {
              documentPrefixes: first.numbering.documentPrefixes,
              registryRegion: first.numbering.registryRegion,
            },
          },
          filing: [
            {
              track: 'government',
              tiers: ['government'],
              recipient: { kind: 'superior', name: '广元市人民政府' },
              deadline: deadline('第三十六条'),
            },
            {
              track: 'government',
              tiers: ['department', 'township'],
              recipient: { kind: 'government', name: '昭化区人民政府' },
              deadline: deadline('第三十六条'),
            },
            {
              track: 'npc',
              tiers: ['government'],
              recipient: { kind: 'npc', name: '昭化区人民代表大会常务委员会' },
              deadline: deadline('第三十六条第一项'),
            },
          ],
          silent: {
            ...undated('government.government'),
            ...undated('government.department+township'),
            'filing.npc.government.formalCheck': npcUnknown,
            'filing.npc.government.supplement': npcUnknown,
            'filing.npc.government.review': npcUnknown,
            'filing.npc.government.correction': npcUnknown,
            'publication.interpretationMaximum': '省办法只要求“解读”，没有日数（第三十四条）',
          },
        },
      ],
    },
    nationals,
  ),
]
