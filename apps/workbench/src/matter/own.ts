// 各种事项自己的分页：一种事项在这里登记一行。没有登记的，概况、期限、计划、流程图、历史照样都有。
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Matter } from './types.ts'

export interface OwnTab {
  id: string
  label: string
  /** 要占满宽度的，不留阶段与可办事项两栏。 */
  wide?: boolean
  view: ComponentType<{ matter: Matter }> | LazyExoticComponent<ComponentType<{ matter: Matter }>>
}
/** 登记时用：分页点到才取。 */
export const tab = (
  id: string,
  label: string,
  load: () => Promise<{ default: ComponentType<{ matter: Matter }> }>,
): OwnTab => ({ id, label, view: lazy(load) })

/** 事项的固定名称 → 它自己的分页，放在“概况”之后。 */
export const ownTabs: Readonly<Record<string, readonly OwnTab[]>> = {
  cleanup: [{ ...tab('items', '清理目录与意见', () => import('./cleanup.tsx')), wide: true }],
  evaluation: [tab('evaluation', '方案、证据与报告', () => import('./evaluation.tsx'))],
  'impact-check': [tab('impact', '变动与结论', () => import('./impact-check.tsx'))],
  'review-suggestion': [tab('suggestion', '建议与条文', () => import('./suggestion.tsx'))],
}
