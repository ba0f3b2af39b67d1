import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const unitNameUnique: OfficeRule = {
  id: 'unit.name-unique',
  title: '没有同名的单位',
  severity: 'block',
  basis: source.design('机构以名称为人所知，同名的不能分辨'),
  by: ['系统管理员'],
  judge: (f) => {
    const { unit } = f.state
    if (unit === undefined) return holds('尚不知道所办的内容')
    return unit.namesake === null
      ? holds('没有同名的单位')
      : fails(`已有名为“${unit.namesake.name}”的单位（${unit.namesake.id}）`)
  },
  examples: {
    holds: [
      {
        name: '没有同名',
        given: (f) => during(f, 'SaveUnit', {}, { unit: { before: null, namesake: null, circular: false } }),
      },
    ],
    refused: [
      {
        name: '同名',
        given: (f) =>
          during(
            f,
            'SaveUnit',
            {},
            { unit: { before: null, namesake: { id: 'hy-agri', name: '海原县农业农村局' }, circular: false } },
          ),
        says: '已有名为',
      },
    ],
  },
}
