import type { StageSpec } from './stage.ts'

const basis = {
  document: '规章制定程序条例',
  article: '第十一条、第二十条、第三十六条（参照）',
  confidence: 'verified',
} as const
/** 终止：不予立项、撤回、未予通过；案卷留存，不再办理。 */
export const closed: StageSpec = {
  label: '终止',
  basis,
  initial: 'withdrawn',
  states: {
    declined: { label: '不予立项', basis, tags: ['terminal'] },
    withdrawn: { label: '撤回', basis, tags: ['terminal'] },
    rejected: { label: '未予通过', basis, tags: ['terminal'] },
  },
}
