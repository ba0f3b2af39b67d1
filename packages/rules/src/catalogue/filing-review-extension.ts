// 备案审查的延长：本地有规定的，审查期限届满以前延长一次。
import { roleLabels, type Track, trackLabels } from '@dianzhang/contract'
import { amount, latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import { filingParam, filingReviewDue } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const registrar = { person: 'p-registrar', unit: 'zw-gov', roles: ['registrar' as const] }
/** 内蒙古：已于2026年6月3日登记，正在审查。 */
const extending = (f: Facts, today: string, place = '150525', extendedOn?: string): Facts => {
  const pack = latestPack(place, f.today) ?? f.pack
  const registered = withDossier(f, (d) => ({
    filings: {
      ...d.filings,
      government: d.filings.government && {
        ...d.filings.government,
        status: 'registered' as const,
        registeredOn: '2026-06-03',
        ...(extendedOn ? { reviewExtendedOn: extendedOn } : {}),
      },
    },
  }))
  return withCommand({ ...onDay(registered, today), pack }, 'ExtendFilingReview', { track: 'government' }, registrar)
}

export const filingReviewExtension: Rule = {
  id: 'filing.review-extension',
  title: '备案审查的延长有本地规定，在届满以前，只延长一次',
  severity: 'block',
  basis: source.ruleFiling('第十一条'),
  by: [roleLabels.registrar],
  judge: (f) => {
    const track = (f.command?.payload.track ?? 'government') as Track
    const param = filingParam(f, track)
    const record = f.dossier.filings[track]
    if (!param || !record?.registeredOn) return holds('尚未登记，审查期限尚未起算')
    const { reviewExtension: extension } = param
    const more = basedOn([...extension.source, ...param.review.source])
    const name = trackLabels[track]
    if (extension.value === null || param.review.value === null)
      return fails(`${name}：本地没有规定备案审查可以延长${mark(extension)}`, more)
    if (record.reviewExtendedOn)
      return f.command?.type === 'ExtendFilingReview'
        ? fails(`${name}：已于${day(record.reviewExtendedOn)}延长过一次`, more)
        : holds(`${name}：已于${day(record.reviewExtendedOn)}延长`, more)
    const due = filingReviewDue(f, track)
    const by = amount({ ...extension, value: extension.value })
    if (due && f.today > due.due) return fails(`${name}：审查期限已于${day(due.due)}届满，不能再延长`, more)
    return holds(`${name}：可以延长，至多${by}${mark(extension)}`, more)
  },
  examples: {
    holds: [
      { name: '内蒙古：届满以前延长', given: (f) => extending(f, '2026-06-20'), says: '至多15日' },
      { name: '尚未登记', given: (f) => f, says: '尚未登记' },
    ],
    refused: [
      {
        name: '宁夏没有规定可以延长',
        given: (f) => extending(f, '2026-06-20', '640522'),
        says: '没有规定备案审查可以延长',
      },
      { name: '届满以后', given: (f) => extending(f, '2026-07-06'), says: '不能再延长' },
      { name: '延长第二次', given: (f) => extending(f, '2026-06-20', '150525', '2026-06-15'), says: '延长过一次' },
    ],
  },
}
