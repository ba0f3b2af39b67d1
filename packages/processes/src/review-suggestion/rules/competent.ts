import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

export const competent: SuggestionRule = {
  id: 'suggestion.competent',
  title: '由所涉文件的备案机关受理',
  severity: 'block',
  basis: source.supervisionLaw('第四十四条', 'partly_verified'),
  by: ['备案审查人'],
  judge: ({ dossier: d, external: e }) => {
    const name = (id: string) => e.units[id]?.name ?? id
    if (e.recipients.length === 0) return holds('登记库没有记载该文件报何处备案，由受理的机关自行核对')
    if (e.recipients.includes(d.unit)) return holds(`该文件报${name(d.unit)}备案`)
    return fails(`该文件报${e.recipients.map(name).join('、')}备案，不属${name(d.unit)}处理，请移送并告知提出人`, {
      alsoBasis: [source.bjNpc('第十七条')],
    })
  },
  examples: {
    holds: [
      { name: '部门文件报县政府备案，由县政府一方受理', given: (f) => f, says: '备案' },
      { name: '导入的文件没有记载', given: (f) => external(f, { recipients: [] }), says: '自行核对' },
    ],
    refused: [
      { name: '县政府的文件报市政府备案', given: (f) => external(f, { recipients: ['zw-gov'] }), says: '请移送' },
    ],
  },
}
