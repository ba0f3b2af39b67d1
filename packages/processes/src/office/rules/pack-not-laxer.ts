import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packNotLaxer: OfficeRule = {
  id: 'pack.not-laxer',
  title: '修订后的参数不比已核实的国家规定宽松',
  severity: 'block',
  basis: source.design('国家与地方都有规定的，取较严的一个'),
  by: ['系统管理员'],
  judge: (f) => {
    const { laxer } = f.state
    if (laxer === undefined) return holds('尚不知道所办的内容')
    return laxer.length === 0
      ? holds('不比国家规定宽松')
      : fails(laxer.map((one) => one.message).join('；'), undefined, laxer)
  },
  examples: {
    holds: [{ name: '比国家规定严', given: (f) => during(f, 'RevisePack', {}, { laxer: [] }) }],
    refused: [
      {
        name: '征求意见期限短于国家规定',
        given: (f) =>
          during(
            f,
            'RevisePack',
            {},
            {
              laxer: [
                { path: 'changes.consultation.generalMinimum', message: '“公开征求意见最低期限”不得比国家规定宽松' },
              ],
            },
          ),
        says: '不得比国家规定宽松',
      },
    ],
  },
}
