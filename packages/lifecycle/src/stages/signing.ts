import { headText } from '@dianzhang/rules'
import {
  corrections,
  materials,
  partyReport,
  reissue,
  type StageSpec,
  sendBack,
  signingRules,
  upkeep,
} from './stage.ts'

const byWhom = ['duties.separated', 'signing.signer-competent', 'signing.once', ...signingRules] as const

/** 签署：各制定机关负责人对同一内容摘要签署；全部签署后转入编号。 */
export const signing: StageSpec = {
  label: '签署',
  basis: { document: '党政机关公文处理工作条例', article: '第二十二条', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'leader'],
  tags: ['frozen'],
  ideal: (d, f) => {
    const head = headText(d)
    if (d.classification.majorDecision && d.partyReports.length === 0)
      return { type: 'ReportToPartyCommittee', payload: { date: f.today, reference: '' } }
    const issuer =
      d.issuers.find((i) => !d.signatures.some((s) => s.issuer === i && s.textHash === head?.hash)) ?? d.issuers[0]
    return { type: 'Sign', payload: { contentHash: head?.hash }, resolved: { unit: issuer ?? '' } }
  },
  on: {
    Sign: [
      { to: 'numbering', when: { lastSignature: true }, rules: byWhom, records: 'SigningCompleted' },
      { when: { lastSignature: false }, rules: byWhom, records: 'DocumentSigned' },
    ],
    ...sendBack,
    ...corrections,
    ...reissue,
    ...partyReport,
    ...materials,
    ...upkeep,
  },
}
