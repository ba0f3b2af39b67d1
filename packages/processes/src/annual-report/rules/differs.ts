import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { known } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const differs: ReportRule = {
  id: 'report.differs',
  title: '更正的是与公布时不同的数',
  severity: 'block',
  basis: source.design('公布以后的差别以更正说明'),
  by: ['政府办公室文秘'],
  judge: ({ external }) => {
    const { differences } = external
    if (differences === null) return holds('更正时重算')
    return differences.length > 0
      ? holds(
          `与公布时不同：${differences
            .slice(0, 5)
            .map((x) => `${x.label}由${x.from}为${x.to}`)
            .join('；')}`,
        )
      : fails('以公布时的截止日重算，各数与公布的相同，没有可以更正的')
  },
  examples: {
    holds: [{ name: '多出一件', given: (f) => f }],
    refused: [{ name: '没有差别', given: (f) => known(f, { differences: [] }), says: '相同' }],
  },
}
