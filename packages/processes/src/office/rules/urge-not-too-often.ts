import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const urge = { awaited: true, mine: false, concerned: true, times: 1, most: 3, earliest: null }

const dateWords = (date: string): string => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

export const urgeNotTooOften: OfficeRule = {
  id: 'urge.not-too-often',
  title: '催办有间隔、有次数',
  severity: 'block',
  basis: source.design('催办的间隔与次数由规则包规定'),
  by: ['等着结果的人', '政府办公室文秘'],
  judge: ({ today, state }) => {
    const found = state.urge
    if (found === undefined) return holds('尚不知道催办哪一件')
    if (found.times >= found.most)
      return fails(`这一步已经催办${found.times}次，不再催办；逾期的由系统逐级提醒其负责人`)
    return found.earliest !== null && found.earliest > today
      ? fails(`刚催办过，最早${dateWords(found.earliest)}可以再催`, found.earliest)
      : holds('可以催办')
  },
  examples: {
    holds: [{ name: '隔了几日', given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge }) }],
    refused: [
      {
        name: '昨天刚催过',
        given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: { ...urge, earliest: '2026-06-03' } }),
        says: '最早2026年6月3日可以再催',
      },
      {
        name: '催满三次',
        given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: { ...urge, times: 3 } }),
        says: '已经催办3次',
      },
    ],
  },
}
