// 各条规则共用的措辞与取数。
import { type CleanupFlag, cleanupFlagLabels } from '@dianzhang/contract'
import { proposed } from './given.ts'
import type { CleanupItem } from './items.ts'
import type { CleanupFacts } from './shape.ts'

/** `第3项《……》、第7项《……》等12件`。 */
export function named(items: readonly CleanupItem[], most = 3): string {
  const first = items
    .slice(0, most)
    .map((x) => `第${x.n}项《${x.title.length > 30 ? `${x.title.slice(0, 30)}…` : x.title}》`)
  return `${first.join('、')}${items.length > most ? `等${items.length}件` : ''}`
}
/** 提意见的看所提的各项，其余看目录的全部。 */
export const judgedItems = (f: CleanupFacts): CleanupItem[] =>
  (f.command.type === 'GiveOpinion' ? proposed(f.external.items, f.command.payload) : f.external.items).filter(
    (x) => !x.afterDecision,
  )
/** 以目录文件补录的以往的清理：当时已经决定，不合之处只作提示。 */
export const isPast = (f: Pick<CleanupFacts, 'dossier'>): boolean => f.dossier.census?.origin === 'list'
export const softened = (f: CleanupFacts): { severity?: 'warn' } => (isPast(f) ? { severity: 'warn' } : {})
export const flagWords = (flags: readonly CleanupFlag[]): string => flags.map((x) => cleanupFlagLabels[x]).join('、')
