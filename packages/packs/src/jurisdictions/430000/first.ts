// 最初的各版：一经使用即固定，不再改动；现行各版见 index.ts。
import type { FirstPack } from '../../pack.ts'
import { source } from '../../sources.ts'
import { national } from '../CN/first.ts'
import { citationsCorrected } from '../corrections.ts'
import { derive, param } from '../derive.ts'

export const hunan: FirstPack = derive(national, {
  jurisdiction: '430000',
  name: '湖南省',
  version: '430000@2025-04-08.1',
  effectiveFrom: '2025-04-08',
  areaCode: '430000',
  parent: 'CN',
  calendar: { overlay: null },
  effective: {
    minimumDelay: param(31, 'calendar_day', source.hunan('第二十条', 'verified'), {
      note: '“统一公布之日起30日以后”：满30日之后，即公布后第31日起方可施行',
    }),
  },
  validity: {
    generalMaximumYears: param(5, 'year', source.hunan('有效期')),
    provisionalMaximumYears: param(2, 'year', source.hunan('有效期')),
  },
  filing: [
    {
      track: 'government',
      tiers: ['government'],
      recipient: { kind: 'superior', name: '上一级人民政府' },
      deadline: param(15, 'calendar_day', source.hunan('报送备案期限', 'partly_verified')),
    },
    {
      track: 'government',
      tiers: ['department', 'township'],
      recipient: { kind: 'government', name: '本级（县级）人民政府' },
    },
    { track: 'npc', tiers: ['government'], recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' } },
  ],
  suggestion: { finish: param(30, 'calendar_day', source.hunan('审查建议')) },
  numbering: {
    registryTemplate: param('{region}-{yyyy}-{seq:05d}', null, source.hunan('统一登记号（HNPR-2023-01001）'), {
      note: '样式凭记忆，01 为单位段，此处并入流水号',
    }),
    registryRegion: param('HNPR', null, source.hunan('统一登记号')),
  },
})

export const firstPacksOfHunan: FirstPack[] = [hunan, citationsCorrected(hunan)]
