// The tabs of the kinds of matter: each kind registers one line here. A kind without one still has overview,
// deadlines, plan, flow chart and history.
import type { CommandOn, ProcessKind } from '@dianzhang/contract'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Matter } from './types.ts'

export interface OwnTab {
  id: string
  label: string
  /** Takes the full width, without the columns of stages and actions. */
  wide?: boolean
  view: ComponentType<{ matter: Matter }> | LazyExoticComponent<ComponentType<{ matter: Matter }>>
  /** For whom the page opens on this tab instead of the overview. */
  opensOn?: (matter: Matter) => boolean
}
/** Used when registering: the tab is loaded only when clicked. */
export const tab = (
  id: string,
  label: string,
  load: () => Promise<{ default: ComponentType<{ matter: Matter }> }>,
): OwnTab => ({ id, label, view: lazy(load) })

/** Whoever receives filings and has something to do about this one comes to read what was sent and to say what it is. */
const waitsForReceiver = (matter: Matter): boolean => matter.receiver === true && matter.turns.some((line) => line.mine)

/** Fixed name of the kind of matter → its own tabs, placed after “概况” (overview). */
const tabs: Readonly<Partial<Record<ProcessKind, readonly OwnTab[]>>> = {
  'decision-catalogue': [tab('list', '事项与调整', () => import('./yearly-list.tsx'))],
  'drafting-plan': [tab('list', '项目与调整', () => import('./yearly-list.tsx'))],
  'annual-report': [tab('report', '报告与各数', () => import('./annual-report.tsx'))],
  cleanup: [{ ...tab('items', '清理目录与意见', () => import('./cleanup.tsx')), wide: true }],
  evaluation: [tab('evaluation', '方案、证据与报告', () => import('./evaluation.tsx'))],
  'filing-review': [{ ...tab('filing', '报送与审查', () => import('./filing.tsx')), opensOn: waitsForReceiver }],
  hearing: [
    {
      ...tab('roll', '报名与名单', () => import('./hearing.tsx')),
      opensOn: (matter) => matter.turns.some((line) => line.mine),
    },
  ],
  'impact-check': [tab('impact', '变动与结论', () => import('./impact-check.tsx'))],
  session: [{ ...tab('agenda', '议题与纪要', () => import('./session.tsx')), opensOn: () => true }],
  scorecard: [tab('scorecard', '各项评分', () => import('./scorecard.tsx'))],
  'review-suggestion': [tab('suggestion', '建议与条文', () => import('./suggestion.tsx'))],
}

/** Commands given where their matter shows what they are about, not in a form: kind of matter → command → tab. */
const onTab: { readonly [K in ProcessKind]?: Readonly<Partial<Record<CommandOn<K>, string>>> } = {
  cleanup: { ImportCensus: 'items', GiveOpinion: 'items', CheckItems: 'items' },
}

/** The tabs of a kind of matter, in order; a kind without its own has none. */
export const ownTabs = (kind: string): readonly OwnTab[] => tabs[kind as ProcessKind] ?? []
/** The tab on which a command of this kind is given; undefined: in a form. */
export const tabFor = (kind: string, command: string): string | undefined =>
  (onTab[kind as ProcessKind] as Readonly<Record<string, string>> | undefined)?.[command]
/** The tab a page without `?tab=` opens on: the overview, unless a tab of its own says otherwise. */
export const openingTab = (matter: Matter): string =>
  ownTabs(matter.process).find((each) => each.opensOn?.(matter))?.id ?? 'overview'
