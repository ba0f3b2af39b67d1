// 最初的各版：一经使用即固定，不再改动；现行各版见 index.ts。
import type { FirstPack } from '../../pack.ts'
import { source } from '../../sources.ts'
import { national } from '../CN/first.ts'
import { citationsCorrected } from '../corrections.ts'
import { derive, param } from '../derive.ts'

const deadline = param(15, 'calendar_day', [source.luzhou2010('报送期限15日'), source.sichuan('报送备案期限')], {
  note: '泸州2010年规定为15日；省令条文未取得，待管理员确认',
})

const zhaohua: FirstPack = derive(national, {
  jurisdiction: '510811',
  name: '四川省广元市昭化区',
  version: '510811@2022-03-01.1',
  effectiveFrom: '2022-03-01',
  areaCode: '510811',
  parent: 'CN',
  calendar: { overlay: null },
  consultation: { generalMinimum: param(7, 'working_day', source.sichuan('公开征求意见')) },
  review: {
    minimum: param(5, 'working_day', source.sichuan('合法性审核')),
    maximum: param(15, 'working_day', source.sichuan('合法性审核')),
  },
  validity: {
    generalMaximumYears: param(5, 'year', [source.sichuan('有效期'), source.zhaohua2017('有效期制度')]),
    provisionalMaximumYears: param(2, 'year', source.sichuan('有效期')),
  },
  cleanup: { annual: param(true, null, source.zhaohua2017('第11项')) },
  filing: [
    { track: 'government', tiers: ['government'], recipient: { kind: 'superior', name: '广元市人民政府' }, deadline },
    {
      track: 'government',
      tiers: ['department', 'township'],
      recipient: { kind: 'government', name: '昭化区人民政府' },
      deadline,
    },
    { track: 'npc', tiers: ['government'], recipient: { kind: 'npc', name: '昭化区人民代表大会常务委员会' } },
  ],
  numbering: {
    documentPrefixes: param<Record<string, string>>(
      { 'zh-gov': '昭府规', 'zh-office': '昭府办规' },
      null,
      source.design('规范性文件机关代字加“规”'),
      {
        note: '昭府办发见于公开文件；带“规”的代字为推断',
      },
    ),
    registryRegion: param('ZHGF', null, source.design('统一登记号地区标识')),
  },
})

export const firstPacksOfZhaohua: FirstPack[] = [zhaohua, citationsCorrected(zhaohua)]
