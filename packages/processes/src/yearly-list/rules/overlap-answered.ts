import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, similar } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const overlapAnswered: ListRule = {
  id: 'list.overlap-answered',
  title: '与清单里的事项、现行有效的文件名称相近的，说明关系',
  severity: 'warn',
  basis: source.makingAndSupervision('（一）'),
  by: ['起草单位'],
  judge: ({ command, external }) => {
    const { similar } = external
    if (similar.length === 0) return holds('没有名称相近的事项、文件')
    const said = similar.slice(0, 5).map((one) => `${one.what === 'item' ? '清单中的' : '现行的'}《${one.title}》`)
    const { overlap } = command.payload
    return typeof overlap === 'string' && overlap.trim() !== ''
      ? holds(`与${said.join('、')}名称相近，已说明关系`)
      : fails(`与${said.join('、')}名称相近，是否重复、可否合并或者修改原文件，请说明`)
  },
  examples: {
    holds: [
      { name: '没有相近的', given: (f) => f },
      {
        name: '已经说明',
        given: (f) =>
          doing(similar(f, '停车办法'), f.command.type, { ...f.command.payload, overlap: '原办法只管收费。' }),
        says: '已说明',
      },
    ],
    refused: [{ name: '没有说明', given: (f) => similar(f, '停车办法'), says: '停车办法' }],
  },
}
