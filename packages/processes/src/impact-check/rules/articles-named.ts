import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluding, doing } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const articlesNamed: ImpactRule = {
  id: 'impact.articles-named',
  title: '需要修改的写明哪几条',
  severity: 'warn',
  basis: source.design('结论写到条'),
  by: ['承办单位'],
  judge: ({ command: { payload } }) => {
    if (payload.outcome !== 'amend') return holds('不是修改')
    return Array.isArray(payload.articles) && payload.articles.length > 0
      ? holds(`写明了${payload.articles.join('、')}`)
      : fails('没有写明本文件的哪几条需要修改；清理时还要再写，现在写明可以省一次')
  },
  examples: {
    holds: [{ name: '写明了', given: (f) => doing(f, 'Conclude', concluding('amend', { articles: ['第三条'] })) }],
    refused: [{ name: '没有写', given: (f) => doing(f, 'Conclude', concluding('amend')), says: '哪几条' }],
  },
}
