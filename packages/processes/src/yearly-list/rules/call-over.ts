import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const callOver: ListRule = {
  id: 'list.call-over',
  title: '公开征集已经截止，方可批准',
  severity: 'block',
  basis: source.majorDecision('第十条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, today }) =>
    d.until !== null && today <= d.until
      ? fails(`公开征集至${day(d.until)}截止，最早可于${day(addDays(d.until, 1))}批准`, {
          earliest: addDays(d.until, 1),
        })
      : holds(d.until === null ? '没有公开征集' : `公开征集已于${day(d.until)}截止`),
  examples: {
    holds: [
      { name: '已经截止', given: (f) => f },
      { name: '没有公开征集', given: (f) => dossier(f, { until: null }) },
    ],
    refused: [{ name: '当日还在征集', given: (f) => dossier(f, { until: f.today }), says: '最早可于2026年6月4日' }],
  },
}
