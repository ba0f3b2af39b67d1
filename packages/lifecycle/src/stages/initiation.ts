import { changeIssuers, drafting, reclassify, type StageSpec, upkeep, withdraw } from './stage.ts'

/** 立项：提出必要性、主要问题与主要措施，由办公机构批准。 */
export const initiation: StageSpec = {
  label: '立项',
  basis: { document: '规章制定程序条例', article: '第十条至第十三条、第三十六条（参照）', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'secretariat'],
  tags: ['editable'],
  ideal: () => ({ type: 'ApproveInitiation', payload: {} }),
  on: {
    ApproveInitiation: [
      {
        to: 'drafting',
        rules: [
          'issuer.eligible',
          'issuer.same-level',
          'initiation.scope',
          'initiation.planned',
          'initiation.in-plan',
          'initiation.overlap',
          'major-decision.in-catalogue',
          'approver.recorded',
        ],
        records: 'InitiationApproved',
      },
    ],
    DeclineInitiation: [{ to: 'closed.declined', records: 'InitiationDeclined' }],
    ...drafting,
    ...reclassify,
    ...changeIssuers,
    ...withdraw,
    ...upkeep,
  },
}
