import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { BasisStatus, CitedBasis, Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const dead: Partial<Record<BasisStatus['status'], string>> = {
  repealed: '已废止',
  expired: '已失效',
  annulled: '已撤销',
}
const doubtful: Partial<Record<BasisStatus['status'], string>> = {
  unknown: '效力状态未知，请核对',
  amended: '已经修改，请核对所引条款',
  pending: '尚未施行',
  suspended: '停止执行期间',
  withheld: '没有公布于众，不得作为行政管理的依据，请核对',
}

const plain = (title: string): string => title.replace(/[《》\s]/g, '')

function statusOf(f: Facts, cited: CitedBasis): BasisStatus | null {
  const named = f.external.bases.filter((b) => plain(b.title) === plain(cited.title))
  return named.find((b) => b.docNo !== undefined && b.docNo === cited.docNo) ?? named[0] ?? null
}

const describe = (cited: CitedBasis, status: BasisStatus, word: string): string =>
  `《${plain(cited.title)}》${cited.docNo ? `（${cited.docNo}）` : ''}${status.since ? `自${day(status.since)}起` : ''}${word}${
    status.replacedBy ? `，现为${status.replacedBy}` : ''
  }${status.listed && status.status !== 'in_force' ? known(status.listed) : ''}`
const known = ({ asOf, source: from }: NonNullable<BasisStatus['listed']>): string =>
  from === undefined ? `（据上位法目录，截至${day(asOf)}）` : `（据${from}，${day(asOf)}登记）`

const withStatus = (f: Facts, status: BasisStatus): Facts =>
  withExternal(f, { bases: [status, ...f.external.bases.filter((b) => b.title !== status.title)] })

export const draftBasisInForce: Rule = {
  id: 'draft.basis-in-force',
  title: '所列制定依据没有已废止、失效、撤销的',
  severity: 'block',
  basis: source.legalityReview('二（六）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const known = f.dossier.bases.map((cited) => ({ cited, status: statusOf(f, cited) }))
    const gone = known.flatMap(({ cited, status }) => {
      const word = status && dead[status.status]
      return status && word ? [describe(cited, status, word)] : []
    })
    if (gone.length > 0) return fails(`制定依据${gone.join('；')}。请更换依据并更新制定依据对照表`)
    const notes = known.flatMap(({ cited, status }) => {
      if (!status) return [`《${plain(cited.title)}》效力状态未知，请核对`]
      const word = doubtful[status.status]
      return word ? [describe(cited, status, word)] : []
    })
    const note = notes.length > 0 ? `；提请注意：${notes.join('；')}` : ''
    return holds(`所列${known.length}条制定依据中没有已废止、失效、撤销的${note}`)
  },
  examples: {
    holds: [
      { name: '依据均现行有效', given: (f) => f, says: '没有已废止' },
      {
        name: '依据曾经修改，只作提示',
        given: (f) => withStatus(f, { title: '优化营商环境条例', status: 'amended' }),
        says: '请核对所引条款',
      },
      {
        name: '依据没有公布于众，提请注意',
        given: (f) => withStatus(f, { title: '优化营商环境条例', status: 'withheld' }),
        says: '没有公布于众，不得作为行政管理的依据',
      },
      { name: '依据的状态未知，只作提示', given: (f) => withExternal(f, { bases: [] }), says: '效力状态未知' },
    ],
    refused: [
      {
        name: '依据已被新规定取代',
        given: (f) =>
          withStatus(f, { title: '优化营商环境条例', status: 'repealed', since: '2026-05-01', replacedBy: '新的条例' }),
        says: '《优化营商环境条例》（国务院令第722号）自2026年5月1日（星期五）起已废止，现为新的条例',
      },
      {
        name: '手工登记的，写明据何处登记',
        given: (f) =>
          withStatus(f, {
            title: '优化营商环境条例',
            status: 'repealed',
            listed: { asOf: '2026-05-04', source: '国务院公报2026年第12号' },
          }),
        says: '已废止（据国务院公报2026年第12号，2026年5月4日（星期一）登记）',
      },
      {
        name: '依据有效期已满',
        given: (f) => withStatus(f, { title: '优化营商环境条例', status: 'expired' }),
        says: '已失效',
      },
    ],
  },
}
