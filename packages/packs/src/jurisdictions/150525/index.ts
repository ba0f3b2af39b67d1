// 奈曼旗及所辖苏木乡镇（内蒙古，含青龙山镇）：自治区令第262号，2024年7月起连同修订后的人大备案审查条例。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'
import { firstPacksOfNaiman } from './first.ts'

const { nm262, nmNpc } = source
const first = firstPacksOfNaiman.at(-1) as FirstPack
const filed = {
  deadline: param(30, 'calendar_day', nm262('第三十三条'), {
    quote:
      '应当自公布之日起三十日内…（一）政府行政规范性文件报送上一级人民政府…（三）部门行政规范性文件报送本级人民政府备案',
  }),
  formalCheck: param<number | null>(5, 'working_day', nm262('第三十八条第一款'), {
    quote: '应当在五个工作日内予以备案登记',
  }),
  supplement: param<number | null>(5, 'working_day', nm262('第三十八条第三款'), {
    quote: '通知制定机关在五个工作日内补正材料，补正后仍不符合规定或者逾期未补正的，视为未备案',
  }),
  review: param<number | null>(30, 'calendar_day', nm262('第四十二条'), {
    quote: '自备案登记之日起三十日内完成审查…延长期限不得超过十五日',
  }),
  reviewExtension: param<number | null>(15, 'calendar_day', nm262('第四十二条'), { quote: '延长期限不得超过十五日' }),
  correction: param<number | null>(60, 'calendar_day', nm262('第四十一条'), {
    quote: '自收到…审查监督通知书之日起六十日内…修改或者废止，并在作出…决定之日起七个工作日内…书面反馈',
  }),
  materials: param(
    ['备案报告', '正式文本', '起草说明', '依据', '征求意见相关材料', '合法性审核意见'],
    null,
    nm262('第三十四条'),
    { note: '经全区备案管理系统报电子文本' },
  ),
}
const npcSteps = (articles: string) => ({
  deadline: param(30, 'calendar_day', nmNpc(articles), {
    quote: '自治区各级人民政府及其办公厅（室）制定的行政规范性文件；公布之日起三十日内报送备案',
  }),
  formalCheck: param<number | null>(10, 'calendar_day', nmNpc('第十五条'), {
    quote: '自收到备案材料之日起十日内进行形式审查',
  }),
  supplement: param<number | null>(10, 'calendar_day', nmNpc('第十五条第二款'), {
    quote: '自收到电子指令之日起十日内补充报送…或者重新报送',
  }),
  resubmit: param<number | null>(10, 'calendar_day', nmNpc('第十五条第二款'), {
    quote: '自收到电子指令之日起十日内补充报送…或者重新报送',
  }),
  review: param<number | null>(3, 'month', nmNpc('第二十六条'), {
    quote: '一般应当自备案登记之日起三个月内完成…延长期限一般不得超过三个月',
  }),
  reviewExtension: param<number | null>(3, 'month', nmNpc('第二十六条'), { quote: '延长期限一般不得超过三个月' }),
  correction: param<number | null>(30, 'calendar_day', nmNpc('第三十五条'), {
    quote: '在三十日内提出书面处理意见',
    note: '改废后三十日内书面报告（第三十六条）；明显违法的应当立即停止执行（第三十四条）',
  }),
  materials: param(
    ['备案报告', '正式文本', '修改废止决定、公告', '起草说明', '依据', '征求意见相关材料', '合法性审核意见'],
    null,
    nmNpc('第十四条'),
  ),
  copies: param<number | null>(2, null, nmNpc('第十四条'), { quote: '一式两份纸质、电子文本' }),
})
const npc = {
  track: 'npc',
  tiers: ['government'],
  recipient: { kind: 'npc', name: '奈曼旗人民代表大会常务委员会' },
} as const

export const packsOfNaiman: FirstPack[] = [
  ...firstPacksOfNaiman,
  ...lineage(
    {
      jurisdiction: '150525',
      name: '内蒙古自治区通辽市奈曼旗',
      areaCode: '150525',
      calendar: { overlay: null },
      layers: [
        {
          from: '2023-12-01',
          serial: 3,
          values: {
            consultation: {
              generalMinimum: param(15, 'calendar_day', nm262('第十三条第三款'), {
                quote: '向社会公布草案应当通过政府网站…公布，征求意见期限不少于十五日。法律、法规另有规定的，从其规定',
              }),
            },
            hearing: {
              announceBefore: param(7, 'working_day', nm262('第十八条第一项'), {
                quote: '在举行听证的七个工作日前，公布听证的时间、地点、内容',
                derogates: '自治区办法对行政规范性文件的听证有直接规定，不再参照规章的30日',
              }),
            },
            review: {
              minimum: param(5, 'working_day', nm262('第二十四条'), {
                quote: '一般不少于五个工作日，最长不超过十五个工作日。审核过程中的征求意见、专家论证等时间不计算在内',
              }),
              maximum: param(15, 'working_day', nm262('第二十四条'), {
                quote: '一般不少于五个工作日，最长不超过十五个工作日。审核过程中的征求意见、专家论证等时间不计算在内',
              }),
              stopsFor: param<Array<'supplement' | 'consultation' | 'expert'>>(
                ['supplement', 'consultation', 'expert'],
                null,
                nm262('第二十四条'),
                { quote: '审核过程中的征求意见、专家论证等时间不计算在内' },
              ),
              emergencyLiftsTimeOnly: param(true, null, nm262('第三十一条'), {
                quote: '可以简化除合法性审核和集体讨论以外的程序',
                note: '经主要负责人批准',
              }),
              againAfterMajorChange: param(true, null, nm262('第二十六条'), {
                quote: '经集体讨论后内容有较大变动的，应当再次进行合法性审核',
              }),
            },
            deliberation: {
              bodies: param(
                {
                  government: ['政府常务会议'],
                  department: ['部门办公会议'],
                  township: first.deliberation.bodies.value.township,
                },
                null,
                nm262('第二十七条'),
                {
                  quote: '政府行政规范性文件应当经政府常务会议讨论决定；部门行政规范性文件应当经部门办公会议讨论决定',
                  note: '苏木乡镇的会议名称文本未写，依惯常说法列出',
                },
              ),
            },
            publication: {
              maximum: param(20, 'working_day', nm262('第三十条'), {
                quote: '应当自行政规范性文件签发之日起二十个工作日内…予以公布',
              }),
              from: param<'formed' | 'signed'>('signed', null, nm262('第三十条'), {
                quote: '自行政规范性文件签发之日起',
              }),
            },
            validity: {
              generalMaximumYears: param<number | null>(5, 'year', nm262('第四十八条'), {
                quote: '有效期自施行之日起计算…有效期不超过五年',
              }),
              provisionalMaximumYears: param<number | null>(2, 'year', nm262('第四十八条第二款、第四十九条第二款'), {
                quote: '名称冠以暂行、试行的，有效期不超过两年',
              }),
              provisionalExtendable: param(false, null, nm262('第四十九条第二款'), { quote: '不得延长有效期' }),
              exemptKinds: param<Array<'repeal' | 'discontinue'>>(
                ['repeal', 'discontinue'],
                null,
                nm262('第四十八条'),
                {
                  quote: '废止行政规范性文件或者停止某项制度实施的…不适用',
                },
              ),
              renewedFrom: param<'effect' | 'publication'>('publication', null, nm262('第四十九条第一款'), {
                quote: '确有必要延长的，重新公布实施，有效期自公布之日起重新计算',
              }),
            },
            evaluation: {
              preExpiryMonths: param(6, 'month', nm262('第四十九条第一款'), {
                quote: '应当在…有效期届满前六个月内对其进行评估',
              }),
            },
            cleanup: {
              annual: param(false, null, nm262('第五十条'), {
                quote: '应当每两年对行政规范性文件进行全面清理',
              }),
              intervalYears: param<number | null>(2, 'year', nm262('第五十条'), {
                quote: '应当每两年对行政规范性文件进行全面清理',
              }),
              publishWithinDays: param<number | null>(30, 'calendar_day', nm262('第五十一条'), {
                quote: '完成后三十日内公布目录并备案',
              }),
              unlistedNotBasis: param(true, null, nm262('第五十一条'), { quote: '未列入的不得作为依据' }),
            },
            suggestion: {
              formCheck: param<number | null>(5, 'working_day', nm262('第四十四条'), {
                quote: '收到…申请之日起五个工作日内进行形式审查',
              }),
              finish: param<number | null>(60, 'calendar_day', nm262('第四十四条'), {
                quote: '予以受理，并在六十日内完成审查',
                note: '制定机关书面答复所需时间不计入（第四十七条）',
              }),
              issuerReply: param<number | null>(7, 'working_day', nm262('第四十七条'), {
                quote: '制定机关七个工作日内书面答复，所需时间不计入',
              }),
            },
            yearly: {
              filingCatalogueBy: param<string | null>('01-31', null, nm262('第三十六条'), {
                note: '1月底前报上年度目录（人大轨同，条例第十三条）',
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
              recipient: { kind: 'superior', name: '通辽市人民政府' },
              ...filed,
            },
            {
              track: 'government',
              tiers: ['department', 'township'],
              recipient: { kind: 'government', name: '奈曼旗人民政府' },
              ...filed,
            },
            { ...npc, tiers: ['government'] },
          ],
          silent: {
            'effective.minimumDelay': '自治区办法（令262号，通读57条）没有规定公布与施行的间隔',
            'filing.npc.government.deadline': '2024年修订以前的自治区人大条例文本未取得',
          },
        },
        {
          from: '2024-07-01',
          filing: [
            { ...npc, tiers: ['government'], ...npcSteps('第九条第二项、第十四条') },
            {
              track: 'npc',
              tiers: ['township'],
              recipient: { kind: 'npc', name: '本苏木乡镇人民代表大会' },
              ...npcSteps('第九条第二项、第五十四条'),
            },
          ],
          silent: { 'filing.npc.government.deadline': '' },
        },
      ],
    },
    nationals,
  ),
]
