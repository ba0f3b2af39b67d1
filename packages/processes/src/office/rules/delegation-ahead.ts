import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationAhead: OfficeRule = {
  id: 'delegation.ahead',
  title: '委托自今日或者以后开始，而且有终止之日',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { startsOn, endsOn } = f.command.payload
    return typeof startsOn === 'string' && startsOn < f.today
      ? fails(`起始日不得早于今日（${f.today}）`, f.today)
      : typeof endsOn === 'string' && endsOn < (typeof startsOn === 'string' ? startsOn : f.today)
        ? fails('终止日不得早于起始日', undefined, [{ path: 'endsOn', message: '终止日不得早于起始日' }])
        : holds('起止日期合于规定')
  },
  examples: {
    holds: [
      {
        name: '自今日起',
        given: (f) => during(f, 'GrantDelegation', { startsOn: '2026-06-01', endsOn: '2026-06-30' }, {}),
      },
    ],
    refused: [
      {
        name: '自昨日起',
        given: (f) => during(f, 'GrantDelegation', { startsOn: '2026-05-31', endsOn: '2026-06-30' }, {}),
        says: '起始日不得早于今日',
      },
      {
        name: '昨日就已终止',
        given: (f) => during(f, 'GrantDelegation', { endsOn: '2026-05-31' }, {}),
        says: '终止日不得早于起始日',
      },
    ],
  },
}
