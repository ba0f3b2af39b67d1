// 归档以前还没有办结的事：案卷自己记着的（备案、意见），与另成一件的（建议审查、后评估、上位法变动的核查）。
import { filingLabels, type OpenTrack, openTrackLabels, type Track, trackLabels } from '@dianzhang/contract'
import type { Facts } from './facts.ts'

/** 一项没有办结的事：哪一类，说到什么程度。 */
export interface OpenItem {
  track: OpenTrack
  text: string
}

/** 现在没有办结的各项；另成一件的由 `external.openMatters` 给出，没有读入的不算。 */
export function openItems(f: Facts): OpenItem[] {
  const { dossier, external } = f
  const filings = Object.entries(dossier.filings).flatMap(([name, filing]): OpenItem[] => {
    if (!filing || filing.status === 'closed' || filing.status === 'not_required') return []
    const track =
      filing.status === 'correction' ? 'correction' : filing.status === 'supplementing' ? 'filing_supplement' : 'filing'
    return [{ track, text: `${trackLabels[name as Track]}（${filingLabels[filing.status]}）` }]
  })
  const { total, undisposed, uncleared = 0, unpublished = 0 } = external.comments
  const comments = [
    ...(undisposed > 0 ? [`公众意见${undisposed}件没有处理`] : []),
    ...(uncleared > 0 ? [`公众意见${uncleared}件没有写明公开到什么程度`] : []),
    ...(total > 0 && uncleared === 0 && unpublished > 0 ? ['公众意见的原文没有公开'] : []),
  ].map((text): OpenItem => ({ track: 'comments', text }))
  const others = (external.openMatters ?? []).map(
    ({ track, count }): OpenItem => ({ track, text: `${openTrackLabels[track]}${count}件` }),
  )
  return [...filings, ...comments, ...others]
}
