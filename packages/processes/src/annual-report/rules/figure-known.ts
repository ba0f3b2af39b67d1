import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const figureKnown: ReportRule = {
  id: 'report.figure-known',
  title: '异议针对报告里的一个数',
  severity: 'block',
  basis: source.design('对统计的数可以提出异议'),
  by: ['各单位负责人'],
  judge: ({ dossier: d, command }) => {
    const { figure } = command.payload
    const all = d.frozen?.figures ?? []
    return typeof figure !== 'string' ||
      all.some(({ id }) => id === figure) ||
      d.filled.some((x) => x.figure === figure)
      ? holds('报告里有这个数')
      : fails(`报告里没有“${figure}”这个数`)
  },
  examples: {
    holds: [{ name: '制发件数', given: (f) => doing(f, { figure: 'issued' }) }],
    refused: [{ name: '没有的', given: (f) => doing(f, { figure: 'nothing' }), says: '没有“nothing”' }],
  },
}
