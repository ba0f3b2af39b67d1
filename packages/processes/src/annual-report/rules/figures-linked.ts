import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ReportRule } from '../shape.ts'
import { unlinkedNumbers } from '../template.ts'

export const figuresLinked: ReportRule = {
  id: 'report.figures-linked',
  title: '文字里的每一个数都有清单',
  severity: 'block',
  basis: source.design('报告里没有打不开的数'),
  by: ['政府办公室文秘'],
  judge: ({ command }) => {
    const { text } = command.payload
    const found = typeof text === 'string' ? unlinkedNumbers(text) : []
    return found.length === 0
      ? holds('没有直接写出的数')
      : fails(
          `直接写了${found.slice(0, 5).join('、')}：请改用“插入一个数”选统计项，没有的先填报，使每一个数都附清单、来源；不是数的固定说法可以加引号`,
        )
  },
  examples: {
    holds: [
      { name: '没有文字', given: (f) => f },
      {
        name: '以标识写出，另有日期、文号',
        given: (f) => doing(f, { text: '2026年3月1日前印发〔2026〕12号，制发{{issued}}，见第三条。' }),
      },
    ],
    refused: [
      { name: '写了百分之几', given: (f) => doing(f, { text: '及时率达98.5%。' }), says: '98.5%' },
      { name: '以汉字写件数', given: (f) => doing(f, { text: '全年制发九件。' }), says: '九件' },
      { name: '几分之几', given: (f) => doing(f, { text: '三分之一没有按期。' }), says: '三分之一' },
    ],
  },
}
