import { effectiveEarliest, maximumYears, validityEnd } from '@dianzhang/rules'
import { corrections, materials, publicationRules, type StageSpec, sendBack, upkeep } from './stage.ts'

/** 统一公布、同步解读：公布的就是签署的；全有或者全无。 */
export const publication: StageSpec = {
  label: '公布',
  basis: { document: '中华人民共和国政府信息公开条例', article: '第二十六条', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'secretariat'],
  tags: ['frozen'],
  ideal: (d, f) => {
    const effectiveDate = effectiveEarliest(f, f.today).due
    const years = maximumYears({ dossier: d, pack: f.pack }).value
    const validity = years === null ? ({ none: true } as const) : { years }
    return {
      type: 'Publish',
      payload: {
        effectiveDate,
        validity,
        disclosure: d.classification.confidential ? 'closed' : 'active',
        channels: ['（待定）'],
        interpretation: '（待附）',
      },
      resolved: {
        validUntil: years === null ? null : validityEnd(effectiveDate, { years }).due,
        validityYears: years,
        indexNumber: null,
        wjbs: { value: null, missing: [] },
      },
    }
  },
  on: {
    Publish: [{ to: 'effective', rules: publicationRules, records: 'DocumentPublished' }],
    AssignNumbers: [{ when: { numbered: true }, records: 'NumbersConfirmed' }],
    VoidNumber: [{ to: 'numbering', rules: ['approver.recorded'], records: 'NumberVoided' }],
    ...corrections,
    ...sendBack,
    ...materials,
    ...upkeep,
  },
}
