import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { EvaluationRule } from '../shape.ts'

export const notAhead: EvaluationRule = {
  id: 'evaluation.not-ahead',
  title: '证据与读数的日期不晚于今日',
  severity: 'block',
  basis: source.design('记录的事实已经发生'),
  by: ['评估人员'],
  judge: ({ command: { payload }, today }) => {
    const { date } = payload
    if (typeof date !== 'string' || date <= today) return holds('日期不晚于今日')
    return fails(`所写的日期${day(date)}在今日以后`)
  },
  examples: {
    holds: [{ name: '今日', given: (f) => doing(f, 'RecordEvidence', { date: f.today }) }],
    refused: [
      { name: '将来的读数', given: (f) => doing(f, 'RecordReading', { date: '2099-01-01' }), says: '今日以后' },
    ],
  },
}
