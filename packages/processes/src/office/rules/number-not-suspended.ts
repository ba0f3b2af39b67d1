import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberNotSuspended: OfficeRule = {
  id: 'number.not-suspended',
  title: '没有待确认的恢复，编号没有暂停',
  severity: 'block',
  basis: source.design('数据由备份恢复以后，用号逐系列确认以前暂停编号'),
  by: ['政府办公室文秘', '系统管理员'],
  judge: (f) => {
    const { restoration } = f.state
    if (restoration === undefined) return holds('尚不知道所办的内容')
    return restoration.open === null ? holds('编号没有暂停') : fails(restoration.open)
  },
  examples: {
    holds: [
      { name: '没有恢复过', given: (f) => during(f, 'ReserveNumber', {}, { restoration: { open: null, faults: [] } }) },
    ],
    refused: [
      {
        name: '恢复以后还没有确认用号',
        given: (f) =>
          during(
            f,
            'ReserveNumber',
            {},
            { restoration: { open: '数据库由备份恢复，编号暂停，须逐系列确认最后用到几号', faults: [] } },
          ),
        says: '编号暂停',
      },
    ],
  },
}
