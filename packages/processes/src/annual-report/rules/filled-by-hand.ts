import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const filledByHand: ReportRule = {
  id: 'report.filled-by-hand',
  title: '只填报本系统没有记录的数',
  severity: 'block',
  basis: source.design('有记录的数由记录得出'),
  by: ['政府办公室文秘', '合法性审核人'],
  judge: ({ command, external }) => {
    const { figure } = command.payload
    if (typeof figure !== 'string') return holds('没有填报')
    const one = external.manual.find(({ id }) => id === figure)
    if (one) return holds(`${one.label}由${one.who}填报`)
    return external.figures.includes(figure)
      ? fails('这一个数由登记库、台账得出，不能改填')
      : fails(`没有这一项；须填报的是${external.manual.map(({ id, label }) => `${label}（${id}）`).join('、')}`)
  },
  examples: {
    holds: [{ name: '网站发文', given: (f) => doing(f, { figure: 'manual-website' }) }],
    refused: [
      { name: '由记录得出的', given: (f) => doing(f, { figure: 'issued' }), says: '不能改填' },
      { name: '没有的', given: (f) => doing(f, { figure: 'nothing' }), says: '没有这一项' },
    ],
  },
}
