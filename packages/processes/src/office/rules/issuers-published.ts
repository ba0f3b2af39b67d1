import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const issuersPublished: OfficeRule = {
  id: 'issuers.published',
  title: '制定主体清单已经公布',
  severity: 'block',
  basis: source.legalityReview('二（三）'),
  by: ['系统管理员', '政府办公室文秘'],
  judge: (f) => {
    const { publishedOn } = f.command.payload
    return typeof publishedOn !== 'string' || publishedOn <= f.today
      ? holds('清单已经公布')
      : fails(`清单的公布日期（${publishedOn}）在今日以后；公布以后再登记`)
  },
  examples: {
    holds: [{ name: '今日公布', given: (f) => during(f, 'PublishIssuerList', { publishedOn: '2026-06-01' }, {}) }],
    refused: [
      {
        name: '还没有公布',
        given: (f) => during(f, 'PublishIssuerList', { publishedOn: '2026-06-02' }, {}),
        says: '公布以后再登记',
      },
    ],
  },
}
