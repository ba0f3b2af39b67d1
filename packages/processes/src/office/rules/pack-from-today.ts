import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packFromToday: OfficeRule = {
  id: 'pack.from-today',
  title: '新的一版自今日或者以后适用',
  severity: 'block',
  basis: source.rulemaking('第三十二条', 'inference'),
  by: ['系统管理员'],
  judge: (f) => {
    const { effectiveFrom } = f.command.payload
    return typeof effectiveFrom !== 'string' || effectiveFrom >= f.today
      ? holds('自今日或者以后适用')
      : fails(`生效日不得早于今日（${f.today}）；过去的办理依当时的规定，不因修订而改变`, f.today)
  },
  examples: {
    holds: [{ name: '自今日起', given: (f) => during(f, 'RevisePack', { effectiveFrom: '2026-06-01' }, {}) }],
    refused: [
      {
        name: '自昨日起',
        given: (f) => during(f, 'RevisePack', { effectiveFrom: '2026-05-31' }, {}),
        says: '不得早于今日',
      },
      {
        name: '确认参数自上月起',
        given: (f) => during(f, 'ConfirmParameter', { effectiveFrom: '2026-05-01' }, {}),
        says: '不得早于今日',
      },
    ],
  },
}
