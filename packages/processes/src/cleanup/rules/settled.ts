import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external, published } from '../example.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const with_ = (f: CleanupFacts, failed: number, pending: number): CleanupFacts =>
  external(published(f), { effects: { done: 2, failed, pending } })
export const settled: CleanupRule = {
  id: 'cleanup.settled',
  title: '各件的变动都有结果，没有办成的已经知道',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['政府办公室文秘'],
  judge: ({ external: { effects } }) => {
    if (effects.pending > 0) return fails(`还有${effects.pending}件的变动没有送到，稍后再办结`)
    return effects.failed > 0
      ? fails(`${effects.failed}件没有办成（见“各件的结果”），请逐件处理`, { severity: 'warn' })
      : holds(`${effects.done}件都已办成`)
  },
  examples: {
    holds: [{ name: '都已办成', given: (f) => with_(f, 0, 0), says: '2件' }],
    refused: [
      { name: '还没有送到', given: (f) => with_(f, 0, 1), says: '没有送到' },
      { name: '有没有办成的，提示', given: (f) => with_(f, 1, 0), says: '逐件处理' },
    ],
  },
}
