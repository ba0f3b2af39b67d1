import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { decided, doing } from '../example.ts'
import { isPast } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const publishing = (f: CleanupFacts, effectiveOn: string): CleanupFacts =>
  doing(decided(f), 'PublishResult', { effectiveOn })
export const effectiveAfterPublication: CleanupRule = {
  id: 'cleanup.effective-after-publication',
  title: '废止、失效自决定公布之日或者其后起，不溯及既往',
  severity: 'block',
  basis: source.officialPapers('第三十三条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { effectiveOn } = f.command.payload
    const { decision } = f.external
    const from = decision?.effectiveDate ?? decision?.publishedOn ?? f.dossier.decision?.date ?? f.today
    if (typeof effectiveOn !== 'string') return holds(`自${day(from)}起不再执行`)
    if (isPast(f)) return holds(`自${day(effectiveOn)}起不再执行`)
    return effectiveOn < from
      ? fails(`不得早于清理决定施行（作出）之日${day(from)}；所填为${day(effectiveOn)}`, {
          earliest: from,
          earliestOf: 'effective',
        })
      : holds(`自${day(effectiveOn)}起不再执行`)
  },
  examples: {
    holds: [
      { name: '自公布之日起', given: decided, says: '不再执行' },
      { name: '写明以后的某日', given: (f) => publishing(f, '2027-01-01') },
    ],
    refused: [{ name: '倒填日期', given: (f) => publishing(f, '2026-10-01'), says: '不得早于' }],
  },
}
