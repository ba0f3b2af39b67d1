import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberReservationAhead: OfficeRule = {
  id: 'number.reservation-ahead',
  title: '预留号的到期日晚于今日',
  severity: 'block',
  basis: source.design('预留号须有用途与到期日，到期未用的作废'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { expiresOn } = f.command.payload
    return typeof expiresOn !== 'string' || expiresOn > f.today
      ? holds('到期日晚于今日')
      : fails(`到期日须晚于今日（${f.today}）`, addDays(f.today, 1))
  },
  examples: {
    holds: [{ name: '到期日在明日以后', given: (f) => during(f, 'ReserveNumber', { expiresOn: '2026-07-01' }, {}) }],
    refused: [
      {
        name: '到期日是今日',
        given: (f) => during(f, 'ReserveNumber', { expiresOn: '2026-06-01' }, {}),
        says: '须晚于今日',
      },
    ],
  },
}
