import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packSecondPerson: OfficeRule = {
  id: 'pack.second-person',
  title: '放宽的修订经另一人复核',
  severity: 'block',
  basis: source.design('放宽期限、减少要求或者增加例外的，须另一人依同一正式文件复核以后才成一版'),
  by: ['系统管理员', '合法性审核人员'],
  judge: (f) => {
    const { loosened } = f.state
    if (loosened === undefined) return holds('尚不知道所办的内容')
    return loosened.length === 0
      ? holds('没有放宽的')
      : fails(
          `${loosened.map((one) => one.message).join('；')}：放宽的须另一人复核，请“提出放宽的修订”，由合法性审核人员复核`,
          undefined,
          loosened,
        )
  },
  examples: {
    holds: [{ name: '只有从严的', given: (f) => during(f, 'RevisePack', {}, { laxer: [], loosened: [] }) }],
    refused: [
      {
        name: '征求意见期限短了',
        given: (f) =>
          during(
            f,
            'RevisePack',
            {},
            {
              laxer: [],
              loosened: [
                { path: 'consultation.generalMinimum', message: '“公开征求意见最低期限（一般）”由30日改为10日' },
              ],
            },
          ),
        says: '由30日改为10日：放宽的须另一人复核',
      },
    ],
  },
}
