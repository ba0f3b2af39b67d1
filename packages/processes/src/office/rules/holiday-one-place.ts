import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const holidayOnePlace: OfficeRule = {
  id: 'holiday.one-place',
  title: '本地的安排由本地录入；全国的安排在几个法域共用系统时由系统维护人员录入',
  severity: 'block',
  basis: source.design('全国的放假安排影响各地的期限，不由其中一地决定'),
  by: ['系统维护人员'],
  judge: (f) => {
    const place = f.command.payload.jurisdiction
    const { notice } = f.state
    if (notice === undefined) return holds('尚不知道所办的内容')
    return place === undefined || place === 'CN' || place === f.dossier.jurisdiction
      ? place === 'CN' && notice.otherPlaces > 0 && f.command.actor.person !== null
        ? fails(
            '几个法域共用本系统，全国的放假安排影响各地的期限，由系统维护人员以命令行录入（npx dianzhang calendar load）',
          )
        : holds('可以录入')
      : fails('只能录入全国（CN）或者本法域的安排')
  },
  examples: {
    holds: [
      {
        name: '只有本法域',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { jurisdiction: 'CN' }, { notice: { known: 'none', otherPlaces: 0 } }),
      },
    ],
    refused: [
      {
        name: '几地共用，一地录入全国的安排',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { jurisdiction: 'CN' }, { notice: { known: 'none', otherPlaces: 2 } }),
        says: '以命令行录入',
      },
      {
        name: '录入别处的节日',
        given: (f) =>
          during(f, 'RecordHolidayNotice', { jurisdiction: '510811' }, { notice: { known: 'none', otherPlaces: 2 } }),
        says: '只能录入',
      },
    ],
  },
}
