import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberConfirmationComplete: OfficeRule = {
  id: 'number.confirmation-complete',
  title: '各系列都确认，而且不小于已知的最后用号',
  severity: 'block',
  basis: source.design('其间丢失的号作废并写明理由，永不再发'),
  by: ['政府办公室文秘', '系统管理员'],
  judge: (f) => {
    const { restoration } = f.state
    if (restoration === undefined) return holds('尚不知道所办的内容')
    return restoration.faults.length === 0
      ? holds('各系列都已确认')
      : fails(restoration.faults.map((one) => one.message).join('；'), undefined, restoration.faults)
  },
  examples: {
    holds: [
      {
        name: '各系列都写明',
        given: (f) =>
          during(f, 'ConfirmNumbers', { series: [] }, { restoration: { open: '数据库由备份恢复', faults: [] } }),
      },
    ],
    refused: [
      {
        name: '有一系列没有写',
        given: (f) =>
          during(
            f,
            'ConfirmNumbers',
            { series: [] },
            {
              restoration: {
                open: '数据库由备份恢复',
                faults: [{ path: 'series', message: '海政规发〔2026〕没有确认，库中最后为 8 号' }],
              },
            },
          ),
        says: '没有确认',
      },
    ],
  },
}
