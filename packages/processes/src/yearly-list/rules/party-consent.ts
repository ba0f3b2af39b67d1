import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const partyConsent: ListRule = {
  id: 'catalogue.party-consent',
  title: '经同级党委同意后向社会公布',
  severity: 'block',
  basis: source.majorDecision('第三条第三款'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d }) => {
    if (d.consent === null) return fails('还没有记载同级党委的同意，不得公布目录')
    return d.approval && d.consent.on < d.approval.on
      ? fails(`党委同意（${day(d.consent.on)}）早于批准目录（${day(d.approval.on)}），同意的不是现在的目录`)
      : holds(`同级党委已于${day(d.consent.on)}同意（${d.consent.reference}）`)
  },
  examples: {
    holds: [{ name: '已经同意', given: (f) => f }],
    refused: [
      { name: '没有同意', given: (f) => dossier(f, { consent: null }), says: '不得公布' },
      {
        name: '同意在批准以前',
        given: (f) => dossier(f, { consent: { on: '2026-02-01', reference: '海党办〔2026〕1号' } }),
        says: '早于',
      },
    ],
  },
}
