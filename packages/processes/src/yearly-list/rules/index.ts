// 年度清单的全部规则，一条一个文件；只有决策目录才有的以 catalogue 起头。
import type { Catalogue } from '@dianzhang/kernel'
import type { ListFacts, ListRuleId } from '../shape.ts'
import { adjustmentConsented } from './adjustment-consented.ts'
import { callOpen } from './call-open.ts'
import { callOver } from './call-over.ts'
import { completedByDocument } from './completed-by.ts'
import { everyItemArgued } from './every-item-argued.ts'
import { itemOpen } from './item-open.ts'
import { notMoreThanLastYear } from './not-more-than-last-year.ts'
import { overlapAnswered } from './overlap-answered.ts'
import { partyConsent } from './party-consent.ts'
import { proposalOpen } from './proposal-open.ts'
import { proposalsAnswered } from './proposals-answered.ts'
import { recordedAct } from './recorded-act.ts'
import { settledAtYearEnd } from './settled-at-year-end.ts'

export const listRules: Catalogue<ListRuleId, ListFacts> = {
  'list.call-over': callOver,
  'list.every-item-argued': everyItemArgued,
  'list.proposals-answered': proposalsAnswered,
  'list.recorded-act': recordedAct,
  'list.item-open': itemOpen,
  'list.completed-by': completedByDocument,
  'list.proposal-open': proposalOpen,
  'list.call-open': callOpen,
  'list.overlap-answered': overlapAnswered,
  'list.not-more-than-last-year': notMoreThanLastYear,
  'list.settled-at-year-end': settledAtYearEnd,
  'catalogue.party-consent': partyConsent,
  'catalogue.adjustment-consented': adjustmentConsented,
}
