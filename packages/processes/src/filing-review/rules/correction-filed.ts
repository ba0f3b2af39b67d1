import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { changedBy, external } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const correctionFiled: FilingRule = {
  id: 'filing-review.correction-filed',
  title: '修改或者废止已经公布、已经对本件作出变动，并重新报送备案',
  severity: 'block',
  basis: source.bjNpc('第三十条'),
  by: ['制定机关'],
  judge: ({ external: { correction } }) => {
    const more = { alsoBasis: [source.shNpc('第三十五条')] }
    if (!correction)
      return fails('请指明作出修改或者废止的文件：登记库中没有所指的文件，也没有本机关修改、废止的决定', more)
    if (correction.changes.length === 0)
      return fails(`登记库没有记载《${correction.title}》对本件作过修改或者废止`, more)
    return correction.filed
      ? holds(`《${correction.title}》已经公布并重新报送备案`, more)
      : fails(`《${correction.title}》还没有报送备案；修改、废止也须报送，请先报送`, more)
  },
  examples: {
    holds: [{ name: '修改决定已经报送', given: (f) => external(f, { correction: changedBy }) }],
    refused: [
      { name: '登记库中没有', given: (f) => external(f, { correction: null }), says: '没有所指的文件' },
      {
        name: '那件文件没有修改本件',
        given: (f) => external(f, { correction: { ...changedBy, changes: [] } }),
        says: '没有记载',
      },
      {
        name: '修改决定没有报送',
        given: (f) => external(f, { correction: { ...changedBy, filed: false } }),
        says: '还没有报送备案',
      },
    ],
  },
}
