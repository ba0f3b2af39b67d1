import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { dossier, on } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const callOpen: ListRule = {
  id: 'list.call-open',
  title: '正在公开征集建议',
  severity: 'block',
  basis: source.majorDecision('第十条'),
  by: ['社会公众'],
  judge: ({ dossier: d, today }) =>
    d.until === null
      ? fails('这份清单没有向社会公开征集建议')
      : today > d.until
        ? fails(`公开征集已于${day(d.until)}截止`)
        : holds(`公开征集至${day(d.until)}截止`),
  examples: {
    holds: [{ name: '征集期间', given: (f) => on(f, '2026-02-10') }],
    refused: [
      { name: '已经截止', given: (f) => on(f, '2026-02-11'), says: '截止' },
      { name: '没有公开征集', given: (f) => dossier(f, { until: null }), says: '没有' },
    ],
  },
}
