import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule, OfficeState } from '../shape.ts'

const asked: NonNullable<OfficeState['validity']> = {
  imported: true,
  validUntil: null,
  answered: false,
  asked: '2027-03-31',
  quoted: false,
}
export const validityAsRead: OfficeRule = {
  id: 'validity.as-read',
  title: '确认的是正文读出的日期，不同的抄录正文的原话',
  severity: 'block',
  basis: source.design('有效期以公布的正文为准'),
  by: ['备案审查登记人', '政府办公室文秘'],
  judge: ({ state: { validity }, command: { payload } }) => {
    if (!validity || payload.until === undefined) return holds('没有要登记的日期')
    if (payload.until === validity.asked) return holds('与正文读出的日期相同')
    if (validity.quoted) return holds('所抄的原话在正文里')
    return fails(
      `正文读出的有效期${validity.asked === null ? '没有日期' : `至${validity.asked}`}；确认另一日期的，请抄录正文写明有效期的原话`,
    )
  },
  examples: {
    holds: [
      {
        name: '与读出的相同',
        given: (f) => during(f, 'ConfirmValidity', { until: '2027-03-31' }, { validity: asked }),
      },
      {
        name: '不同而抄录了原话',
        given: (f) => during(f, 'ConfirmValidity', { until: '2028-03-31' }, { validity: { ...asked, quoted: true } }),
      },
    ],
    refused: [
      {
        name: '另写一个日期',
        given: (f) => during(f, 'ConfirmValidity', { until: '2029-12-31' }, { validity: asked }),
        says: '抄录正文',
      },
    ],
  },
}
