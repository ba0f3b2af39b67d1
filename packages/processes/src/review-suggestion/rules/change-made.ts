import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluded, doing, external } from '../example.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'
import { ended } from './in-force.ts'

const promised = (f: SuggestionFacts): SuggestionFacts =>
  doing(concluded(f, { outcome: 'issuer_agrees', until: '2026-12-31' }), 'ConfirmChange', { change: 'entry-9' })
const changing = { id: 'entry-9', title: '关于修改《海原县农机作业补贴发放办法》的决定', publishedOn: '2026-10-19' }

export const changeMade: SuggestionRule = {
  id: 'suggestion.change-made',
  title: '修改或者废止已经公布并记入登记库',
  severity: 'block',
  basis: source.bjNpc('第三十条'),
  by: ['政府办公室文秘'],
  judge: ({ command: { payload }, external: { document, change } }) => {
    if (payload.change === undefined) return holds('办理时指明作出修改或者废止的文件')
    if (!change) return fails('所指的文件不在登记库中')
    if (document && document.status !== 'unknown' && ended.has(document.status)) return holds('所涉文件的效力已经终止')
    return document?.changes.some((c) => c.by === change.id)
      ? holds(`《${change.title}》已经记入所涉文件的效力变动`)
      : fails(`登记库没有记载《${change.title}》对所涉文件作过修改或者废止，请制定机关先行登记`)
  },
  examples: {
    holds: [
      {
        name: '修改已经登记',
        given: (f) =>
          external(promised(f), {
            change: changing,
            document: { status: 'amended', changes: [{ kind: 'amended', on: '2026-10-19', by: 'entry-9' }] },
          }),
      },
    ],
    refused: [
      { name: '没有登记', given: (f) => external(promised(f), { change: changing }), says: '没有记载' },
      { name: '没有这件文件', given: promised, says: '不在登记库' },
    ],
  },
}
