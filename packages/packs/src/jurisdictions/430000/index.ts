// 湖南省：用于对照。统一公布满30日后方可施行、15日内报送备案等与国家基准不同；条文大多没有取得。出处见 sources.md。
import type { FirstPack } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { nationals } from '../CN/index.ts'
import { lineage } from '../lineage.ts'
import { firstPacksOfHunan } from './first.ts'

const { hunan } = source
const first = firstPacksOfHunan.at(-1) as FirstPack

export const packsOfHunan: FirstPack[] = [
  ...firstPacksOfHunan,
  ...lineage(
    {
      jurisdiction: '430000',
      name: '湖南省',
      areaCode: '430000',
      calendar: { overlay: null },
      layers: [
        {
          from: '2025-04-08',
          serial: 3,
          values: {
            effective: {
              minimumDelay: param(31, 'calendar_day', hunan('第二十条', 'verified'), {
                quote: '统一公布之日起30日以后',
                note: '满30日之后，即公布后第31日起方可施行',
              }),
              firstDay: param<'on_nth' | 'after_nth'>('on_nth', null, hunan('第二十条', 'verified'), {
                note: '日数已按“30日以后”写作31日',
              }),
            },
            validity: {
              generalMaximumYears: param<number | null>(5, 'year', hunan('有效期')),
              provisionalMaximumYears: param<number | null>(2, 'year', hunan('有效期')),
            },
            suggestion: { finish: param<number | null>(30, 'calendar_day', hunan('审查建议')) },
            numbering: {
              registryTemplate: first.numbering.registryTemplate,
              registryRegion: first.numbering.registryRegion,
            },
          },
          filing: [
            {
              track: 'government',
              tiers: ['government'],
              recipient: { kind: 'superior', name: '上一级人民政府' },
              deadline: param(15, 'calendar_day', hunan('报送备案期限', 'partly_verified')),
            },
            {
              track: 'government',
              tiers: ['department', 'township'],
              recipient: { kind: 'government', name: '本级（县级）人民政府' },
            },
            {
              track: 'npc',
              tiers: ['government'],
              recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' },
            },
          ],
        },
      ],
    },
    nationals,
  ),
]
