import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const unitNoCircle: OfficeRule = {
  id: 'unit.no-circle',
  title: '上级不是本单位或者它的下级',
  severity: 'block',
  basis: source.design('机构的隶属没有循环'),
  by: ['系统管理员'],
  judge: (f) => {
    const { unit } = f.state
    if (unit === undefined) return holds('尚不知道所办的内容')
    return unit.circular ? fails('上级不能是本单位或者它的下级') : holds('隶属没有循环')
  },
  examples: {
    holds: [
      {
        name: '上级是县政府',
        given: (f) => during(f, 'SaveUnit', {}, { unit: { before: null, namesake: null, circular: false } }),
      },
    ],
    refused: [
      {
        name: '以下级为上级',
        given: (f) => during(f, 'SaveUnit', {}, { unit: { before: null, namesake: null, circular: true } }),
        says: '不能是本单位',
      },
    ],
  },
}
