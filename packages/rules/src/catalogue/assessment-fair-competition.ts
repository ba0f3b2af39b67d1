import { artefactLabels, competitionExceptionLabels, roleLabels } from '@dianzhang/contract'
import type { Facts, FairCompetitionRecord } from '../facts.ts'
import { fails, holds, isHead } from '../finding.ts'
import { classified, onDay, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { day, filled, mark, unitName, versionOf } from '../words.ts'

/** 没有终点的说法，不是合理的实施期限，也不是终止条件。 */
const endless = /长期|永久|另行通知|待定|直至|视情况|无期限|不定期|继续有效|适时/
/** 期限是将来的一日，或者写明的一件事；说不清的为缺少，已经过去的说明过去。 */
function endOf(f: Facts, until: string | undefined): string {
  if (!filled(until)) return '合理的实施期限或者终止条件'
  if (/^\d{4}-\d{2}-\d{2}$/.test(until))
    return until < f.today ? `仍在期限之内的例外（所定的实施期限${day(until)}已过）` : ''
  return until.trim().length < 4 || endless.test(until) ? `确定的实施期限或者终止条件（“${until}”没有终点）` : ''
}
/** 例外情形缺少的要件。旧记录以文字写明目的的，仍作数。 */
function missingParts(f: Facts, { exception, stakeholdersHeard }: FairCompetitionRecord): string[] {
  const purpose = exception?.purpose
  const named = stakeholdersHeard === null ? filled(purpose) : Object.hasOwn(competitionExceptionLabels, purpose ?? '')
  return [
    named ? '' : `例外的目的（${Object.values(competitionExceptionLabels).join('；')}，四者之一）`,
    exception?.noLesserMeans === true || filled(exception?.noLesserMeans)
      ? ''
      : '没有对公平竞争影响更小的替代方案的说明',
    endOf(f, exception?.until),
  ].filter((part) => part !== '')
}

const review = (f: Facts, change: Partial<FairCompetitionRecord>): Facts =>
  withDossier(f, (d) => ({ fairCompetition: d.fairCompetition.map((r) => ({ ...r, ...change })) }))

export const assessmentFairCompetition: Rule = {
  id: 'assessment.fair-competition',
  title: '涉及经营者经济活动的，已经通过公平竞争审查',
  severity: 'block',
  basis: source.fairCompetition('第十八条'),
  by: [roleLabels.fair_competition_reviewer],
  judge: (f) => {
    const d = f.dossier
    const { inForceFrom, governmentReviewerUnit } = f.pack.fairCompetition
    const { competition, enterpriseRelated } = d.classification
    const record = d.fairCompetition.at(-1)
    if (!record && !(competition ?? enterpriseRelated))
      return holds('不涉及经营者经济活动，不须公平竞争审查', { basis: source.fairCompetition('第二条') })
    if (!record && f.today < inForceFrom.value) {
      return holds(`公平竞争审查制度自${day(inForceFrom.value)}起施行，此前由起草单位自我审查`, {
        basis: source.fairCompetition('第二十七条'),
      })
    }
    const also = { alsoBasis: [source.fairCompetition('第十二条'), source.fairCompetition('第十三条、第十四条')] }
    if (!record)
      return fails(
        '涉及经营者经济活动，应当作公平竞争审查；未经审查的不得出台，出台的责令改正，造成不良后果的追究责任',
        {
          alsoBasis: [...also.alsoBasis, source.privateEconomy('第十一条第一款、第七十一条第一款')],
        },
      )
    if (record.outcome === 'restricts')
      return fails(`${day(record.date)}公平竞争审查结论为排除、限制竞争且不符合例外情形，不得出台`, also)
    if (record.outcome === 'exception') {
      const missing = missingParts(f, record)
      if (missing.length > 0)
        return fails(`公平竞争审查适用例外情形，但缺少：${missing.join('、')}`, {
          ...also,
          basis: source.fairCompetition('第十二条'),
        })
    }
    const reviewer = unitName(f, record.unit)
    const required = governmentReviewerUnit.value
    if (d.tier === 'government' && !reviewer.includes(required) && record.unit !== required) {
      return fails(
        `县级以上人民政府制发的文件应当由${required}会同起草单位审查，现由${reviewer}审查${mark(governmentReviewerUnit)}`,
        { ...also, basis: source.fairCompetition('第十四条') },
      )
    }
    // 要求记载以前的旧记录，不以没有记载论。
    if (record.stakeholdersHeard !== null) {
      if (record.stakeholdersHeard.length === 0)
        return fails('公平竞争审查没有记载听取了哪些经营者、行业协会商会等利害关系人的意见', {
          ...also,
          basis: source.fairCompetition('第十六条'),
        })
      const first = d.artefacts.find((a) => a.kind === 'fcr_first_opinion')
      if (d.tier === 'government' && record.unit !== d.draftingUnit && !first)
        return fails(
          `缺少起草单位的${artefactLabels.fcr_first_opinion}；起草单位应当先行初审，连同草案送${required}审查`,
          {
            ...also,
            basis: source.fairCompetition('第十四条'),
            by: [roleLabels.drafter],
          },
        )
    }
    const changed = isHead(d, record.textHash)
      ? ''
      : `；审查的是${versionOf(d, record.textHash)}，其后文本有变化，涉及竞争内容的应当重新审查`
    return holds(
      `${reviewer}已于${day(record.date)}审查，${record.outcome === 'exception' ? '适用例外情形，要件齐备' : '不排除、限制竞争'}${changed}`,
      also,
    )
  },
  examples: {
    holds: [
      {
        name: '市场监管部门审查，不限制竞争',
        given: (f) => f,
        says: '海原县市场监督管理局已于2026年4月24日（星期五）审查',
      },
      {
        name: '不涉及经营者经济活动',
        given: (f) =>
          withDossier(classified(f, { competition: false, enterpriseRelated: false }), { fairCompetition: [] }),
        says: '不须公平竞争审查',
      },
      {
        name: '制度施行以前',
        given: (f) => onDay(withDossier(f, { fairCompetition: [] }), '2024-07-31'),
        says: '2024年8月1日（星期四）起施行',
      },
      {
        name: '部门文件由起草单位审查',
        given: (f) => withDossier(review(f, { unit: 'hy-agri' }), { tier: 'department' }),
        says: '海原县农业农村局',
      },
      {
        name: '例外以一件事为终止条件',
        given: (f) =>
          review(f, {
            outcome: 'exception',
            exception: { purpose: 'public_interest', noLesserMeans: true, until: '灾后重建验收完成之日' },
          }),
        says: '要件齐备',
      },
      {
        name: '例外情形要件齐备',
        given: (f) =>
          review(f, {
            outcome: 'exception',
            exception: { purpose: 'public_interest', noLesserMeans: true, until: '2027-12-31' },
          }),
        says: '要件齐备',
      },
    ],
    refused: [
      { name: '没有审查', given: (f) => withDossier(f, { fairCompetition: [] }), says: '未经审查的不得出台' },
      {
        name: '未写是否涉及竞争，以涉企为准',
        given: (f) => withDossier(classified(f, { competition: undefined }), { fairCompetition: [] }),
        says: '未经审查的不得出台',
      },
      { name: '审查认为限制竞争', given: (f) => review(f, { outcome: 'restricts' }), says: '不得出台' },
      {
        name: '例外没有期限',
        given: (f) =>
          review(f, { outcome: 'exception', exception: { purpose: 'public_interest', noLesserMeans: true } }),
        says: '缺少：合理的实施期限或者终止条件',
      },
      {
        name: '例外的目的不在法定的四种之内',
        given: (f) =>
          review(f, {
            outcome: 'exception',
            exception: { purpose: '促进地方经济发展', noLesserMeans: true, until: '2027-12-31' },
          }),
        says: '四者之一',
      },
      {
        name: '例外没有终点',
        given: (f) =>
          review(f, {
            outcome: 'exception',
            exception: { purpose: 'innovation', noLesserMeans: true, until: '长期有效' },
          }),
        says: '“长期有效”没有终点',
      },
      {
        name: '例外的期限已过',
        given: (f) =>
          review(f, {
            outcome: 'exception',
            exception: { purpose: 'innovation', noLesserMeans: true, until: '2026-05-31' },
          }),
        says: '已过',
      },
      { name: '没有听取利害关系人的意见', given: (f) => review(f, { stakeholdersHeard: [] }), says: '利害关系人' },
      {
        name: '没有起草单位的初审意见',
        given: (f) => withDossier(f, (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'fcr_first_opinion') })),
        says: '先行初审',
      },
      {
        name: '政府文件由起草单位自行审查',
        given: (f) => review(f, { unit: 'hy-agri' }),
        says: '应当由市场监督管理局会同起草单位审查',
      },
    ],
  },
}
