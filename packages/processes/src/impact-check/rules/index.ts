// 核查的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { ImpactFacts, ImpactRuleId } from '../shape.ts'
import { articlesNamed } from './articles-named.ts'
import { basisExplained } from './basis-explained.ts'
import { confirmerIndependent } from './confirmer-independent.ts'
import { contestAnswered } from './contest-answered.ts'
import { contestPending } from './contest-pending.ts'
import { documentStands } from './document-stands.ts'
import { inTime } from './in-time.ts'
import { notConfirmed } from './not-confirmed.ts'
import { oneContest } from './one-contest.ts'

export const impactRules: Catalogue<ImpactRuleId, ImpactFacts> = {
  'impact.document-stands': documentStands,
  'impact.articles-named': articlesNamed,
  'impact.basis-explained': basisExplained,
  'impact.in-time': inTime,
  'impact.not-confirmed': notConfirmed,
  'impact.one-contest': oneContest,
  'impact.contest-answered': contestAnswered,
  'impact.contest-pending': contestPending,
  'impact.confirmer-independent': confirmerIndependent,
}
