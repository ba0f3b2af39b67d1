// The wording used around texts: hints from checks, status of citations, anchors, changes, losses.
import type { AnchorState, ChangeKind, Severity } from '@dianzhang/text'
import type { AnchoredItem, ChangeWithWhy, CitationStatus } from './shapes.ts'

export const severityNames: Record<Severity, string> = { block: '须审核人确认', warn: '请说明', review: '请看一看' }
export const severities = ['block', 'warn', 'review'] as const

/** Whether a cited basis calls for a warning; one in force or amended does not. */
export const isDoubtfulCitation = (status: CitationStatus): boolean => status !== 'in_force' && status !== 'amended'

/** Where the anchor is now: only stated, never moved automatically. */
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

/**
 * Only a new ordinal with the order unchanged is called renumbered; only a change of order is called moved; written
 * anew at the same place with most words different is called rewritten.
 */
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
/**
 * Where a change is: from where to where, split into which places, merged from which; the kind is written elsewhere.
 */
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
