// 由有权的机构审核：起草部门自己的审核人只能先行审核，不能代替同级政府的审核机构。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { competentReviewers } from '../organs.ts'
import { classified, withCommand, withDossier } from '../patch.ts'
import { underReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { unitName, unitNames } from '../words.ts'

/** 由审核人办理的各项：办理人的单位须有权；其他各项看已经出具的意见。 */
const reviewing = new Set([
  'AcceptPackage',
  'RequestSupplement',
  'PauseReview',
  'ResumeReview',
  'IssueOpinion',
  'ConfirmRevision',
  'ConfirmCorrection',
  'Reclassify',
])
const by = (f: Facts, unit: string, type = 'IssueOpinion'): Facts =>
  withCommand(underReview(f), type, { outcome: 'lawful' }, { person: 'p-own', unit, roles: ['legality_reviewer'] })
const ofBureau = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    tier: 'department',
    issuers: ['hy-agri'],
    review: d.review?.opinion ? { ...d.review, opinion: { ...d.review.opinion, unit: 'hy-housing' } } : d.review,
  }))
const opinionFrom = (f: Facts, unit: string): Facts =>
  withDossier(f, (d) => ({
    review: d.review && { ...d.review, opinion: d.review.opinion && { ...d.review.opinion, unit } },
  }))

export const reviewOrganCompetent: Rule = {
  id: 'review.organ-competent',
  title: '由规则包所定的有权的机构作合法性审核',
  severity: 'block',
  basis: source.legalityReview('二（四）'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const { reviewerRouting } = f.pack.review
    const more = basedOn(reviewerRouting.source)
    const { units, rule } = competentReviewers(f)
    const all = `${rule}${mark(reviewerRouting)}`
    const actor = f.command?.actor
    const acting = f.command !== null && reviewing.has(f.command.type) && actor?.roles.includes('legality_reviewer')
    // 起草人、文秘变更分类，不是审核。
    if (f.command?.type === 'Reclassify' && !acting) return holds(all, more)
    const unit = acting ? (actor?.unit ?? null) : (f.dossier.review?.opinion?.unit ?? null)
    // 旧案卷没有记载审核单位的，不追溯。
    if (unit === null || unit === '') return holds(all, more)
    // 受托审核的人自己也须在有权的审核机构：委托不能把审核带到机构以外。
    const home = acting && actor?.delegatedFrom ? actor.home?.unit : undefined
    if (home !== undefined && !units.includes(home))
      return fails(
        `您是${unitName(f, home)}的人员，受托也不能代${unitName(f, unit)}审核：${all}；请由委托人本人，或者委托给审核机构的其他审核人`,
        more,
      )
    if (units.includes(unit)) return holds(`${unitName(f, unit)}有权审核：${all}`, more)
    const where =
      units.length > 0
        ? `请由${unitNames(f, units)}的审核人办理`
        : '单位表中没有登记审核机构，请系统管理员在“会议与机构”中登记'
    return fails(
      acting
        ? `${unitName(f, unit)}的审核人无权审核本件：${all}。本单位先行审核的，另提交本单位的合法性审核意见；${where}`
        : `审核意见由${unitName(f, unit)}出具，它无权审核本件：${all}；${where}`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '县政府文件由县司法局审核', given: (f) => f, says: '海原县司法局有权审核' },
      { name: '县司法局的审核人出具意见', given: (f) => by(f, 'hy-justice'), says: '有权审核' },
      {
        name: '部门文件，没有登记专门审核机构，由县政府确定的机构审核',
        given: (f) => opinionFrom(ofBureau(f), 'hy-justice'),
        says: '没有的由海原县人民政府的审核机构审核',
      },
      {
        name: '部门文件，由本部门的专门审核人员审核',
        given: (f) => opinionFrom(ofBureau(f), 'hy-agri'),
        says: '海原县农业农村局有权审核',
      },
      {
        name: '文秘变更分类，不是审核',
        given: (f) =>
          withCommand(
            opinionFrom(f, 'hy-agri'),
            'Reclassify',
            {},
            { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
          ),
        says: '由海原县人民政府的审核机构审核',
      },
      {
        name: '以政府办公室名义制发，由县政府的审核机构审核',
        given: (f) => withDossier(f, { issuers: ['hy-office'] }),
        says: '海原县司法局有权审核',
      },
    ],
    refused: [
      {
        name: '起草部门自己的审核人审核县政府文件',
        given: (f) => by(f, 'hy-agri'),
        says: '海原县农业农村局的审核人无权审核本件',
      },
      {
        name: '意见由起草部门出具，此后各步都不放行',
        given: (f) => opinionFrom(f, 'hy-agri'),
        says: '审核意见由海原县农业农村局出具',
      },
      {
        name: '司法局的审核人委托给起草单位的人',
        given: (f) =>
          withCommand(
            underReview(f),
            'IssueOpinion',
            { outcome: 'lawful' },
            {
              person: 'p-own',
              unit: 'hy-justice',
              roles: ['legality_reviewer'],
              delegatedFrom: 'p-reviewer',
              home: { unit: 'hy-agri', roles: [] },
            },
          ),
        says: '受托也不能代海原县司法局审核',
      },
      {
        name: '起草部门自己的审核人确认签署后的更正',
        given: (f) => by(f, 'hy-agri', 'ConfirmCorrection'),
        says: '无权审核本件',
      },
      {
        name: '起草部门自己的审核人变更县政府文件的分类',
        given: (f) => by(f, 'hy-agri', 'Reclassify'),
        says: '海原县农业农村局的审核人无权审核本件',
      },
      { name: '别的部门审核部门文件', given: (f) => ofBureau(f), says: '海原县住房和城乡建设局出具，它无权审核' },
      {
        name: '报政府批准后以部门名义印发，仍由部门自己审核',
        given: (f) => classified(opinionFrom(ofBureau(f), 'hy-agri'), { governmentApproved: true }),
        says: '由海原县人民政府的审核机构审核',
      },
    ],
  },
}
