import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { isPublicHearing } from '../dossier.ts'
import { dossier, evidence } from '../example.ts'
import type { EvaluationRule } from '../shape.ts'

export const publicHeard: EvaluationRule = {
  id: 'evaluation.public-heard',
  title: '评估听取了社会公众的意见',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['评估人员'],
  judge: ({ dossier: d }) => {
    const heard = d.evidence.filter(isPublicHearing)
    if (heard.length === 0)
      return fails('还没有听取社会公众意见的记录（问卷、访谈、座谈、公众意见，写明份数或者人数），请记录以后再提交报告')
    const people = heard.reduce((sum, x) => sum + (x.count ?? 0), 0)
    return holds(`听取社会公众意见${heard.length}次，共${people}人（份）`)
  },
  examples: {
    holds: [{ name: '作过问卷', given: (f) => f, says: '120人' }],
    refused: [
      { name: '只有数据', given: (f) => dossier(f, { evidence: [evidence('E1', { kind: 'data', count: null })] }) },
      { name: '问卷没有人答', given: (f) => dossier(f, { evidence: [evidence('E1', { count: 0 })] }) },
    ],
  },
}
