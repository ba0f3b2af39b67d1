import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberConfirmationDue: OfficeRule = {
  id: 'number.confirmation-due',
  title: '有待确认的恢复',
  severity: 'block',
  basis: source.design('数据由备份恢复以后，用号逐系列确认以前暂停编号'),
  by: ['政府办公室文秘', '系统管理员'],
  judge: (f) => {
    const { restoration } = f.state
    if (restoration === undefined) return holds('尚不知道所办的内容')
    return restoration.open !== null ? holds('有待确认的恢复') : fails('没有待确认的恢复')
  },
  examples: {
    holds: [
      {
        name: '恢复以后',
        given: (f) =>
          during(f, 'ConfirmNumbers', { series: [] }, { restoration: { open: '数据库由备份恢复', faults: [] } }),
      },
    ],
    refused: [
      {
        name: '没有恢复过',
        given: (f) => during(f, 'ConfirmNumbers', { series: [] }, { restoration: { open: null, faults: [] } }),
        says: '没有待确认的恢复',
      },
    ],
  },
}
