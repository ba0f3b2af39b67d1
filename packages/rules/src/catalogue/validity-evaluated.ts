// 延续有效期以前，所延续的文件作过后评估，结果已经公布。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts, Predecessor } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier, withExternal } from '../patch.ts'
import { evaluationCountsFrom, renewed } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const earlier: Predecessor = {
  id: 'doc-earlier',
  title: '海原县民宿管理办法（试行）',
  documentNumber: '海政规发〔2024〕2号',
  effectiveDate: '2024-07-01',
  validUntil: '2026-06-30',
  provisional: true,
  status: 'in_force',
}
const renewing = (f: Facts, change: Partial<Predecessor> = {}): Facts =>
  withExternal(withDossier(f, { title: earlier.title }), { predecessors: [{ ...earlier, ...change }] })
const withReport = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    artefacts: [
      ...d.artefacts,
      { kind: 'evaluation_report', hash: 'e'.repeat(64), at: '2026-03-02T09:00:00+08:00', by: 'p-drafter', n: 1 },
    ],
  }))

export const validityEvaluated: Rule = {
  id: 'validity.evaluated-before-renewal',
  title: '延续有效期的，所延续的文件经过后评估，结果已经公布',
  severity: 'warn',
  basis: source.ruleOfLaw2010('有效期届满前评估'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { preExpiryMonths } = f.pack.evaluation
    const more = basedOn(preExpiryMonths.source)
    const before = renewed(f)
    if (!before) return holds('不是延续同名文件的有效期', more)
    const what = `所延续的《${before.title}》${before.documentNumber ?? ''}`
    const last = before.evaluatedOn?.at(-1)
    const counts = before.validUntil === null ? null : evaluationCountsFrom(f, before.validUntil)
    if (last && counts !== null && last < counts)
      return fails(
        `${what}的后评估于${day(last)}公布，早在第一次提醒（${day(counts)}）以前，说的不是这一次届满：请重新评估并公布结果，再延续`,
        more,
      )
    if (last) return holds(`${what}的后评估已于${day(last)}公布`, more)
    const report = f.dossier.artefacts.some((a) => a.kind === 'evaluation_report')
    return fails(
      `${what}没有公布过后评估的结果${mark(preExpiryMonths)}${report ? '（已随附实施情况评估报告，但没有作为后评估公布）' : ''}：请先对它开展后评估并公布结果，再延续`,
      // 应当评估而没有评估的由 validity.renewal 拦住；结果有没有公布，只作提示。
      more,
    )
  },
  examples: {
    holds: [
      { name: '没有同名文件', given: (f) => f, says: '不是延续' },
      { name: '后评估已经公布', given: (f) => renewing(f, { evaluatedOn: ['2026-03-02'] }), says: '已于2026年3月2日' },
    ],
    refused: [
      { name: '没有评估过', given: (f) => renewing(f), says: '没有公布过后评估' },
      {
        name: '评估在几年以前',
        given: (f) => renewing(f, { evaluatedOn: ['2024-12-01'] }),
        says: '说的不是这一次届满',
      },
      { name: '随附了报告而没有公布', given: (f) => withReport(renewing(f)), says: '没有作为后评估公布' },
    ],
  },
}
