import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const holidayOnce: OfficeRule = {
  id: 'holiday.once',
  title: '同一标识的放假通知只录入一次，更正另立一份',
  severity: 'block',
  basis: source.design('已录入的通知不改动，更正以后一份为准'),
  by: ['系统管理员'],
  judge: (f) => {
    const { notice } = f.state
    if (notice === undefined) return holds('尚不知道所办的内容')
    return notice.known !== 'different'
      ? holds(notice.known === 'same' ? '同一份通知，接着重算期限' : '没有录入过')
      : fails(`通知“${String(f.command.payload.id)}”已经录入，内容不同；更正请以新的标识录入后一份通知`)
  },
  examples: {
    holds: [
      {
        name: '第一次录入',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { id: 'gb-2027' }, { notice: { known: 'none', otherPlaces: 0 } }),
      },
      {
        name: '同一份再交一次',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { id: 'gb-2027' }, { notice: { known: 'same', otherPlaces: 0 } }),
      },
    ],
    refused: [
      {
        name: '同一标识，内容不同',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { id: 'gb-2027' }, { notice: { known: 'different', otherPlaces: 0 } }),
        says: '以新的标识',
      },
    ],
  },
}
