import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ReportRule } from '../shape.ts'
import { figuresIn } from '../template.ts'

export const figuresKnown: ReportRule = {
  id: 'report.figures-known',
  title: '文字里写到的统计项都有，须填报的已经填报',
  severity: 'block',
  basis: source.design('报告里没有打不开的数'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command, external }) => {
    const { text } = command.payload
    const asked = typeof text === 'string' ? figuresIn(text) : []
    const filled = new Set(d.filled.map(({ figure }) => figure))
    const waiting = external.manual.filter(({ id }) => asked.includes(id) && !filled.has(id))
    const unknown = asked.filter((id) => !external.figures.includes(id) && !external.manual.some((x) => x.id === id))
    if (unknown.length > 0) return fails(`没有这些统计项：${unknown.slice(0, 5).join('、')}`)
    return waiting.length === 0
      ? holds('写到的统计项都有')
      : fails(`还没有填报：${waiting.map(({ label, who }) => `${label}（由${who}填报）`).join('、')}`)
  },
  examples: {
    holds: [
      { name: '没有写到', given: (f) => f },
      { name: '写到制发件数', given: (f) => doing(f, { text: '制发{{issued}}。' }) },
    ],
    refused: [
      { name: '没有这一项', given: (f) => doing(f, { text: '制发{{nothing}}。' }), says: 'nothing' },
      { name: '还没有填报', given: (f) => doing(f, { text: '网站发文{{manual-website}}。' }), says: '县政府办公室' },
    ],
  },
}
