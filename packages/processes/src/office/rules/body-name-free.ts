import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const bodyNameFree: OfficeRule = {
  id: 'body.name-free',
  title: '没有同名的会议或者机构',
  severity: 'block',
  basis: source.design('会议与机构以名称为人所知'),
  by: ['系统管理员'],
  judge: (f) => {
    const { body } = f.state
    if (body === undefined) return holds('尚不知道所办的内容')
    return body.namesake
      ? fails(`已有名为“${String(f.command.payload.name)}”的会议或者机构。`, undefined, [
          { path: 'name', message: '名称已有' },
        ])
      : holds('没有同名的')
  },
  examples: {
    holds: [
      {
        name: '没有同名',
        given: (f) =>
          during(f, 'SaveBody', { name: '县长办公会议' }, { body: { before: null, standard: false, namesake: false } }),
      },
    ],
    refused: [
      {
        name: '同名',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { name: '海原县人民政府常务会议' },
            { body: { before: null, standard: false, namesake: true } },
          ),
        says: '已有名为',
      },
    ],
  },
}
