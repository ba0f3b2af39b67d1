import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, lastYear } from '../example.ts'
import { type ListRule, standing } from '../shape.ts'

export const notMoreThanLastYear: ListRule = {
  id: 'list.not-more-than-last-year',
  title: '各单位制定的件数只减不增',
  severity: 'warn',
  basis: source.makingAndSupervision('（一）'),
  by: ['起草单位'],
  judge: ({ dossier: d, command, external }) => {
    const { unit, kind } = command.payload
    const before = typeof unit === 'string' ? external.lastYear?.[unit] : undefined
    if (before === undefined || typeof unit !== 'string') return holds('没有上一年度的件数可以对照')
    if (kind === 'amend' || kind === 'repeal') return holds('修改、废止不计入')
    const now = standing(d).filter((item) => item.unit === unit && (item.kind ?? 'new') === 'new').length + 1
    const said = `${external.units[unit] ?? unit}上一年度${before}件，本年度连同本项${now}件`
    return now > before ? fails(`${said}，多于上一年度；照常申报，请在论证时说明必要`) : holds(said)
  },
  examples: {
    holds: [
      {
        name: '没有增加',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, unit: 'hy-housing', kind: 'new' }),
      },
      { name: '没有上一年度的', given: (f) => ({ ...f, external: { ...f.external, lastYear: null } }) },
    ],
    refused: [
      {
        name: '多于上一年度',
        given: (f) => lastYear(doing(f, f.command.type, { ...f.command.payload, unit: 'hy-housing', kind: 'new' }), 2),
        says: '多于上一年度',
      },
    ],
  },
}
