import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const notOpenYet: FilingRule = {
  id: 'filing-review.not-open-yet',
  title: '同一文件在同一轨道上只有一件备案',
  severity: 'block',
  basis: source.design('一件一备'),
  by: ['备案登记人'],
  judge: ({ external: { other } }) =>
    other === null ? holds('还没有备案') : fails('这件文件在本轨道上已经有一件备案，请在那一件上办理'),
  examples: {
    holds: [{ name: '还没有', given: (f) => f }],
    refused: [{ name: '已经有一件', given: (f) => external(f, { other: 'f-0' }), says: '已经有一件' }],
  },
}
