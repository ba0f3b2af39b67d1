// 同名文件的延续：不得延长的不延长，延长以前评估过。
import { artefactLabels, roleLabels } from '@dianzhang/contract'
import { isUnverified, latestPack, mark, source } from '@dianzhang/packs'
import type { Facts, Predecessor } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier, withExternal, withPack } from '../patch.ts'
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
const renewing = (f: Facts, change: Partial<Predecessor> = {}, title = earlier.title): Facts =>
  withExternal(withDossier(f, { title }), { predecessors: [{ ...earlier, ...change }] })
const assessed = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    artefacts: [
      ...d.artefacts,
      { kind: 'evaluation_report', hash: 'e'.repeat(64), at: '2026-03-02T09:00:00+08:00', by: 'p-drafter', n: 1 },
    ],
  }))
const inMongolia = (f: Facts): Facts => {
  const pack = latestPack('150525', f.today) ?? f.pack
  return withPack(f, { validity: pack.validity, evaluation: pack.evaluation })
}

export const validityRenewal: Rule = {
  id: 'validity.renewal',
  title: '同名文件延续的，依规定可以延长，并且已经评估',
  severity: 'block',
  basis: source.ruleOfLaw2010('有效期届满前评估'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { provisionalExtendable, renewedFrom } = f.pack.validity
    const { preExpiryMonths } = f.pack.evaluation
    const before = renewed(f)
    if (!before) return holds('登记库中没有本件所延续的同名文件', basedOn(preExpiryMonths.source))
    const until = before.validUntil ? `，有效期至${day(before.validUntil)}` : ''
    const what = `登记库中有同名文件《${before.title}》${before.documentNumber ?? ''}${until}`
    // 仍标注试行、暂行的才是延长；去掉“试行”正式制定的是新的文件。
    if (before.provisional && before.again && !provisionalExtendable.value)
      return fails(
        `${what}：暂行、试行的文件不得延长有效期${mark(provisionalExtendable)}；确需继续执行的，请去掉“暂行”“试行”正式制定`,
        basedOn(provisionalExtendable.source),
      )
    const more = basedOn([...preExpiryMonths.source, ...(before.again ? renewedFrom.source : [])])
    const counts = before.validUntil === null ? null : evaluationCountsFrom(f, before.validUntil)
    if (before.evaluatedOn?.some((on) => counts === null || on >= counts))
      return holds(`${what}；后评估的结果已经公布`, more)
    if (f.dossier.artefacts.some((a) => a.kind === 'evaluation_report'))
      return holds(`${what}；已随附${artefactLabels.evaluation_report}`, more)
    return fails(
      `${what}：延续以前应当在届满前${preExpiryMonths.value}个月内评估${mark(preExpiryMonths)}，请提交${artefactLabels.evaluation_report}`,
      // 评估的依据未经核实到条文的地方，只作提示。
      {
        ...more,
        severity: isUnverified(preExpiryMonths) || preExpiryMonths.confidence !== 'verified' ? 'warn' : 'block',
      },
    )
  },
  examples: {
    holds: [
      { name: '没有同名文件', given: (f) => f, says: '没有本件所延续的同名文件' },
      {
        name: '同名文件延续，后评估已经公布',
        given: (f) => renewing(f, { evaluatedOn: ['2026-03-02'] }),
        says: '已经公布',
      },
      { name: '同名文件延续，已经评估', given: (f) => assessed(renewing(f)), says: '已随附实施情况评估报告' },
      {
        name: '同名文件已经废止的，不是延续',
        given: (f) => renewing(f, { status: 'repealed' }),
        says: '没有本件所延续的同名文件',
      },
      {
        name: '内蒙古：试行期满，去掉“试行”正式制定，已经评估',
        given: (f) => assessed(inMongolia(renewing(f, {}, '海原县民宿管理办法'))),
        says: '已随附',
      },
    ],
    refused: [
      { name: '试行的以同名延续而没有评估', given: (f) => renewing(f), says: '请提交实施情况评估报告' },
      {
        name: '几年以前评估过，说的不是这一次届满',
        given: (f) => renewing(f, { evaluatedOn: ['2024-12-01'] }),
        says: '请提交实施情况评估报告',
      },
      {
        name: '内蒙古：试行的不得延长，评估过也不行',
        given: (f) => assessed(inMongolia(renewing(f))),
        says: '不得延长有效期',
      },
      {
        name: '内蒙古：一般文件延续没有评估',
        given: (f) =>
          inMongolia(renewing(f, { title: '海原县民宿管理办法', provisional: false }, '海原县民宿管理办法')),
        says: '届满前6个月内评估',
      },
    ],
  },
}
