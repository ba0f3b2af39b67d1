import { cleanupOutcomeLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { totalOf } from '../dossier.ts'
import { decided, external } from '../example.ts'
import { outcomes, sumOf, tallyOf } from '../items.ts'
import type { CleanupRule } from '../shape.ts'

export const listsAddUp: CleanupRule = {
  id: 'cleanup.lists-add-up',
  title: '各栏之和等于普查与补充之和，与决定时的件数相同',
  severity: 'block',
  basis: source.qujiang2021('85件、11件、24件、8件、10件，合计138件'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { counts, open, census, late } = tallyOf(f.external.items)
    const total = totalOf(f.dossier)
    const sum = sumOf(counts) + open.length
    const said = `${outcomes.map((x) => `${cleanupOutcomeLabels[x]}${counts[x]}`).join('，')}${open.length ? `，未答${open.length}` : ''}`
    if (sum !== total || census !== (f.dossier.census?.count ?? 0))
      return fails(`${said}，合计${sum}件；普查${f.dossier.census?.count ?? 0}件、补充${f.dossier.lateFinds}件，不相等`)
    const { decision } = f.dossier
    const differs = decision && outcomes.some((x) => decision.counts[x] !== counts[x])
    return differs
      ? fails(`${said}，与决定时的件数不同；请系统管理员核验`)
      : holds(`${said}，合计${sum}件，与普查${census}件、补充${late}件相等`)
  },
  examples: {
    holds: [
      { name: '相等', given: (f) => f, says: '合计5件' },
      { name: '公布时与决定相同', given: decided, says: '相等' },
    ],
    refused: [
      {
        name: '补报的一件冒充普查',
        given: (f) =>
          external(f, { items: f.external.items.map((x) => (x.n === 3 ? { ...x, origin: 'late' as const } : x)) }),
        says: '不相等',
      },
      {
        name: '公布时与决定不同',
        given: (f) => decided(f, { counts: { keep: 2, amend: 1, repeal: 0, lapse: 1, already_gone: 1 } }),
        says: '与决定时的件数不同',
      },
    ],
  },
}
