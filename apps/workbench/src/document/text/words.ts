// 文本各处的用词：检查提示、引用状态、锚点、变动、丢失。
import type { AnchorState, ChangeKind, Severity } from '@dianzhang/text'
import type { AnchoredItem, ChangeWithWhy, CitationStatus } from './shapes.ts'

export const severityNames: Record<Severity, string> = { block: '须审核人确认', warn: '请说明', review: '请看一看' }
export const severities = ['block', 'warn', 'review'] as const

/** 引用的依据是否需要提醒；现行有效、已修改的不提醒。 */
export const isDoubtfulCitation = (status: CitationStatus): boolean => status !== 'in_force' && status !== 'amended'

/** 锚点现在在哪里：只说明，不自动换位置。 */
export function anchorWords(item: Pick<AnchoredItem, 'state' | 'now' | 'address'>): string {
  switch (item.state) {
    case 'exact':
      return '原处'
    case 'moved':
      return `已移至${item.now?.address ?? '别处'}`
    case 'changed':
      return '原文已改'
    case 'orphan':
      return '找不到原处'
  }
}
export const anchorTone: Record<AnchorState, 'calm' | 'info' | 'warn' | 'bad'> = {
  exact: 'calm',
  moved: 'info',
  changed: 'warn',
  orphan: 'bad',
}

/** 只改了序号而次序未变的，叫改号；移了次序的才叫移动；原处另写、文字大半不同的，叫重写。 */
export const changeName = (change: ChangeWithWhy): string =>
  change.rewritten
    ? '重写'
    : change.kind === 'moved' && !change.reordered
      ? '改号'
      : change.kind === 'moved'
        ? '移动'
        : changeNames[change.kind]
export const changeNames: Record<ChangeKind, string> = {
  unchanged: '未变',
  marks: '仅标点、全半角不同',
  changed: '改动',
  moved: '移动（改号）',
  split: '拆分',
  merged: '合并',
  added: '新增',
  deleted: '删去',
}
const addresses = (states: ReadonlyArray<{ address: string }>): string => states.map((each) => each.address).join('、')
/** 一处变动在哪里：由哪里到哪里，拆成哪几处，由哪几处合成；种类另写。 */
export function changeWords(change: ChangeWithWhy): string {
  const from = addresses(change.before)
  const to = addresses(change.after)
  switch (change.kind) {
    case 'unchanged':
      return ''
    case 'marks':
      return to
    case 'added':
      return to
    case 'deleted':
      return from
    case 'split':
    case 'merged':
      return `${from} → ${to}`
    case 'moved':
      return from === to
        ? `${to}，位置有变`
        : `${from} → ${to}，${change.diff === null ? '文字未变' : '仅标点、全半角不同'}`
    case 'changed':
      return from === to ? to : `${from} → ${to}，文字有改动`
  }
}
