import { tierLabels, trackLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, external, justReceived } from '../example.ts'
import { type FilingRule, trackOf } from '../shape.ts'

export const inScope: FilingRule = {
  id: 'filing-review.in-scope',
  title: '文件属于本轨道的备案范围，由应当受理的机关受理',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: ['备案登记人'],
  judge: (f) => {
    const { dossier: d, external: e } = f
    const param = trackOf(f)
    if (!param) return fails(`${tierLabels[d.document.tier]}不须${trackLabels[d.track]}，应当退回并说明理由`)
    const right = e.recipients[d.track]
    const name = (id: string) => e.units[id]?.name ?? id
    const more = { basis: param.deadline.source[0] ?? source.organicLaw('第七十五条') }
    if (right !== undefined && right !== d.unit)
      return fails(`这件文件应当报${name(right)}备案，不由${name(d.unit)}受理，应当退回并说明理由`, more)
    return holds(`属于备案范围，由${name(d.unit)}受理`, more)
  },
  examples: {
    holds: [{ name: '部门的文件报本级政府', given: (f) => f, says: '属于备案范围' }],
    refused: [
      {
        name: '部门的文件不报人大常委会',
        given: (f) => dossier(justReceived(f), { track: 'npc' }),
        says: '不须',
      },
      {
        name: '应当报另一个机关',
        given: (f) => external(justReceived(f), { recipients: { government: 'zw-gov' } }),
        says: '应当退回',
      },
    ],
  },
}
