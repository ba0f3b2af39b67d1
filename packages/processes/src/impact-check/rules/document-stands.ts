import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluding, doing } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const documentStands: ImpactRule = {
  id: 'impact.document-stands',
  title: '文件仍然有效，才谈得上修改、废止',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['承办单位'],
  judge: ({ command: { payload }, external }) => {
    const { outcome } = payload
    if (outcome !== 'amend' && outcome !== 'repeal') return holds('不涉及修改、废止')
    const gone: Record<string, string> = { repealed: '已经废止', expired: '已经失效', annulled: '已经撤销' }
    const why = external.document === null ? '登记库中已经没有' : gone[external.document]
    return why === undefined
      ? holds('文件仍然有效')
      : fails(`这件文件${why}，不必再修改、废止；请以“不受影响”作结并写明`)
  },
  examples: {
    holds: [
      { name: '有效的', given: (f) => doing(f, 'Conclude', concluding('amend')) },
      {
        name: '不受影响的不问',
        given: (f) => doing({ ...f, external: { document: 'repealed' } }, 'Conclude', concluding('unaffected')),
      },
    ],
    refused: [
      {
        name: '已经废止的',
        given: (f) =>
          doing(
            { ...f, external: { document: 'repealed' } },
            'Conclude',
            concluding('amend', { articles: ['第三条'] }),
          ),
        says: '已经废止',
      },
    ],
  },
}
