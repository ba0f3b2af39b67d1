import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { item } from '../example.ts'
import { tallyOf } from '../items.ts'
import { named } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const everyItemAnswered: CleanupRule = {
  id: 'cleanup.every-item-answered',
  title: '目录中的每一件都有清理意见',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['起草人员', '单位负责人'],
  judge: ({ external: { items, units } }) => {
    const { open, census, late } = tallyOf(items)
    if (open.length === 0) return holds(`${census + late}件都有意见`)
    const waiting = new Map<string, number>()
    for (const x of open) {
      const name = (x.unit && units[x.unit]?.name) ?? x.unitName ?? '没有责任单位'
      waiting.set(name, (waiting.get(name) ?? 0) + 1)
    }
    const by = [...waiting].slice(0, 4).map(([name, n]) => `${name}${n}件`)
    return fails(`还有${open.length}件没有意见（${by.join('、')}${waiting.size > 4 ? '等' : ''}）：${named(open)}`)
  },
  examples: {
    holds: [{ name: '都有意见', given: (f) => f, says: '5件都有意见' }],
    refused: [
      { name: '有一件没有', given: (f) => item(f, 1, { opinion: null, check: null }), says: '海原县农业农村局1件' },
    ],
  },
}
