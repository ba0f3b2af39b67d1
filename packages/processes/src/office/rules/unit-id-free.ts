import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const unitIdFree: OfficeRule = {
  id: 'unit.id-free',
  title: '添加的单位，代码没有用过',
  severity: 'block',
  basis: source.design('单位不删除，旧案卷还要指向它们'),
  by: ['系统管理员'],
  judge: (f) => {
    const { unit } = f.state
    if (unit === undefined) return holds('尚不知道所办的内容')
    return f.command.payload.seen !== undefined || unit.before === null
      ? holds('代码没有用过，或者是更正')
      : fails(`单位代码“${unit.before.id}”已用于${unit.before.name}。`, undefined, [
          { path: 'id', message: `已用于${unit.before.name}` },
        ])
  },
  examples: {
    holds: [
      {
        name: '新的代码',
        given: (f) =>
          during(f, 'SaveUnit', { id: 'hy-new' }, { unit: { before: null, namesake: null, circular: false } }),
      },
    ],
    refused: [
      {
        name: '代码已用',
        given: (f) =>
          during(
            f,
            'SaveUnit',
            { id: 'hy-agri' },
            {
              unit: {
                before: {
                  id: 'hy-agri',
                  name: '海原县农业农村局',
                  kind: 'department',
                  eligible: true,
                  eligibleSince: '2023-03-09',
                },
                namesake: null,
                circular: false,
              },
            },
          ),
        says: '已用于海原县农业农村局',
      },
    ],
  },
}
