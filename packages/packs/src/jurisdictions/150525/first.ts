// 最初的各版：一经使用即固定，不再改动；现行各版见 index.ts。
import type { FirstPack } from '../../pack.ts'
import { source } from '../../sources.ts'
import { national } from '../CN/first.ts'
import { citationsCorrected } from '../corrections.ts'
import { derive, param } from '../derive.ts'

const naiman: FirstPack = derive(national, {
  jurisdiction: '150525',
  name: '内蒙古自治区通辽市奈曼旗',
  version: '150525@2023-12-01.1',
  effectiveFrom: '2023-12-01',
  areaCode: '150525',
  parent: 'CN',
  calendar: { overlay: null },
  deliberation: {
    bodies: param(
      {
        government: ['常务会议', '全体会议'],
        department: ['部门办公会议', '办公会议', '局务会议'],
        township: ['政府办公会议', '镇长办公会议', '苏木达办公会议', '党政办公会议'],
      },
      null,
      [source.innerMongolia('第三条'), source.qinglongshan2024('（五）')],
      { confidence: 'inference', note: '集体讨论见于自治区办法第三条；乡镇会议名称为推断' },
    ),
  },
  validity: {
    generalMaximumYears: param(5, 'year', source.innerMongoliaOld('有效期'), {
      note: '前一办法规定，自施行之日起计算',
    }),
    provisionalMaximumYears: param(2, 'year', source.innerMongoliaOld('有效期'), {
      note: '前一办法规定，自施行之日起计算',
    }),
  },
  suggestion: {
    formCheck: param(5, 'calendar_day', source.innerMongoliaOld('形式审查5日')),
    finish: param(60, 'calendar_day', source.innerMongoliaOld('60日办结')),
  },
  filing: [
    { track: 'government', tiers: ['government'], recipient: { kind: 'superior', name: '通辽市人民政府' } },
    {
      track: 'government',
      tiers: ['department', 'township'],
      recipient: { kind: 'government', name: '奈曼旗人民政府' },
    },
    { track: 'npc', tiers: ['government'], recipient: { kind: 'npc', name: '奈曼旗人民代表大会常务委员会' } },
  ],
  numbering: {
    documentPrefixes: param<Record<string, string>>(
      { 'nm-gov': '奈政规发', 'nm-town-qls': '青政规发' },
      null,
      source.design('规范性文件机关代字加“规”'),
    ),
    registryRegion: param('NMGF', null, source.design('统一登记号地区标识')),
  },
})

export const firstPacksOfNaiman: FirstPack[] = [naiman, citationsCorrected(naiman)]
