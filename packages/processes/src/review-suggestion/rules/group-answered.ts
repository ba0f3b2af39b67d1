import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

const told: ReadonlySet<string> = new Set(['answered', 'closed', 'transferred', 'not_registered', 'not_started'])

export const groupAnswered: SuggestionRule = {
  id: 'suggestion.group-answered',
  title: '关联的建议各有各的答复',
  severity: 'block',
  basis: source.design('关联不等于办结'),
  by: ['备案审查人'],
  judge: ({ external: { linked } }) => {
    const left = linked.filter((x) => !told.has(x.stage))
    return left.length > 0
      ? fails(`关联的建议还没有答复：${left.map((x) => x.title).join('、')}；逐件答复以后再办结`)
      : holds(linked.length > 0 ? '关联的建议都已答复' : '没有关联的建议')
  },
  examples: {
    holds: [
      { name: '没有关联', given: (f) => f },
      { name: '都已答复', given: (f) => external(f, { linked: [{ id: 's-2', title: '另一件', stage: 'answered' }] }) },
    ],
    refused: [
      {
        name: '还有一件没有答复',
        given: (f) => external(f, { linked: [{ id: 's-2', title: '另一件', stage: 'accepted' }] }),
        says: '另一件',
      },
    ],
  },
}
