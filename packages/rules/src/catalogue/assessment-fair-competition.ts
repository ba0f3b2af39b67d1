import { addMonths, dateInShanghai } from '@dianzhang/calendar'
import { artefactLabels, competitionExceptionLabels, roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts, FairCompetitionRecord } from '../facts.ts'
import { fails, holds, isHead } from '../finding.ts'
import { governmentOf } from '../organs.ts'
import { classified, onDay, withDossier, withExternal } from '../patch.ts'
import { maximumYears } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled, unitName, versionOf } from '../words.ts'

/** 审查单位是本级政府的市场监督管理部门：不是别处的同名部门。 */
function isReviewerOf(f: Facts, unit: string, required: string): boolean {
  const { units } = f.external
  if (!unitName(f, unit).includes(required) && unit !== required) return false
  const own = governmentOf(units, f.dossier.issuers[0] ?? '')
  const theirs = governmentOf(units, unit)
  return own === null || theirs === null || own.id === theirs.id
}

/** 没有终点的说法，不是合理的实施期限，也不是终止条件。 */
const endless =
  /长期|永久|另行|另定|待定|直至|视.{0,4}(?:情况|需要)|根据.{0,4}(?:情况|需要)|无期限|不定期|继续有效|适时|成熟|必要时|需要时|今后|若干年|一段时间|暂定|调整为止|通知为止|酌情/
/** 例外比文件本身还长，不是合理的实施期限：文件最长的有效期从今日起算，另留一年施行的余地。 */
function beyond(f: Facts, last: string, written: string): string {
  const years = f.pack.validity.extendedMaximumYears.value ?? maximumYears(f).value
  if (years === null || last <= addMonths(f.today, 12 * (years + 1))) return ''
  return `合理的实施期限（“${written}”超过文件最长${years}年的有效期，例外不能比文件更长）`
}
/** 期限是将来的一日，或者写明的一件事；说不清的为缺少，已经过去的说明过去。 */
function endOf(f: Facts, until: string | undefined): string {
  if (!filled(until)) return '合理的实施期限或者终止条件'
  if (/^\d{4}-\d{2}-\d{2}$/.test(until))
    return until < f.today ? `仍在期限之内的例外（所定的实施期限${day(until)}已过）` : beyond(f, until, until)
  // 写成一句话而其中的日期都已过去的，同样不是将来的终点。
  const dates = [...until.matchAll(/(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})/g)].map(
    ([, y, m, d]) => `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`,
  )
  if (dates.length > 0 && dates.every((date) => date < f.today)) return `仍在期限之内的例外（所定的“${until}”已过）`
  const far = dates.toSorted().at(-1)
  if (far !== undefined && beyond(f, far, until) !== '') return beyond(f, far, until)
  return until.trim().length < 4 || endless.test(until) ? `确定的实施期限或者终止条件（“${until}”没有终点）` : ''
}
/** 等于没有听取的写法：没有、无、不涉及，或者只有起草单位、审查单位自己。 */
function nobodyHeard(f: Facts, { stakeholdersHeard, unit }: FairCompetitionRecord): boolean {
  const own = [unit, f.dossier.draftingUnit].flatMap((id) => [id, unitName(f, id)])
  return (stakeholdersHeard ?? []).every((given) => {
    const name = given.trim()
    return /^(?:无|没有|未听取|不涉及|不适用|暂无|空|略|本单位|本局|起草单位)[。.]?$/.test(name) || own.includes(name)
  })
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
    const market = isReviewerOf(f, record.unit, required)
    if (d.tier === 'government' && !market) {
      return fails(
        `县级以上人民政府制发的文件应当由本级${required}会同起草单位审查，现由${reviewer}审查${mark(governmentReviewerUnit)}`,
        { ...also, basis: source.fairCompetition('第十四条') },
      )
    }
    if (d.tier !== 'government' && !market && ![d.draftingUnit, ...d.issuers].includes(record.unit))
      return fails(`部门、乡镇制发的文件由起草单位审查，现由${reviewer}审查；请由${unitName(f, d.draftingUnit)}审查`, {
        ...also,
        basis: source.fairCompetition('第十三条'),
      })
    // 要求记载以前的旧记录，不以没有记载论。
    if (record.stakeholdersHeard !== null) {
      if (nobodyHeard(f, record))
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
      if (
        d.tier === 'government' &&
        record.unit !== d.draftingUnit &&
        first &&
        Date.parse(first.at) > Date.parse(record.at)
      )
        return fails(
          `起草单位的${artefactLabels.fcr_first_opinion}（${day(dateInShanghai(first.at))}）晚于${required}的审查（${day(dateInShanghai(record.at))}记录），不是先行初审；请由${required}就初审意见重新审查`,
          { ...also, basis: source.fairCompetition('第十四条') },
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
      ...['2090-12-31', '至2090年12月31日止'].map((until) => ({
        name: `例外写到“${until}”`,
        given: (f: Facts) =>
          review(f, { outcome: 'exception', exception: { purpose: 'innovation', noLesserMeans: true, until } }),
        says: '例外不能比文件更长',
      })),
      ...['相关政策调整为止', '根据需要确定', '条件成熟时', '至2025年12月31日止'].map((until) => ({
        name: `例外的终点写成“${until}”`,
        given: (f: Facts) =>
          review(f, { outcome: 'exception', exception: { purpose: 'innovation', noLesserMeans: true, until } }),
        says: /没有终点|已过/,
      })),
      ...[['无'], ['不涉及', '没有'], ['海原县农业农村局'], ['本单位']].map((stakeholdersHeard) => ({
        name: `听取的意见写成“${stakeholdersHeard.join('、')}”`,
        given: (f: Facts) => review(f, { stakeholdersHeard }),
        says: '利害关系人',
      })),
      {
        name: '邻县的市场监督管理局审查',
        given: (f) => {
          const own = f.external.units['hy-market']
          const other = own && { ...own, id: 'zn-market', name: '中宁县市场监督管理局', parent: 'zn-gov' }
          return withExternal(review(f, { unit: 'zn-market' }), {
            units: { ...f.external.units, ...(other ? { 'zn-market': other } : {}) },
          })
        },
        says: '应当由本级市场监督管理局会同起草单位审查，现由中宁县市场监督管理局审查',
      },
      {
        name: '部门文件由不相干的部门审查',
        given: (f) => withDossier(review(f, { unit: 'hy-finance' }), { tier: 'department', issuers: ['hy-agri'] }),
        says: '由起草单位审查',
      },
      {
        name: '审查以后才补交起草单位的初审意见',
        given: (f) =>
          withDossier(f, (d) => ({
            artefacts: d.artefacts.map((a) =>
              a.kind === 'fcr_first_opinion' ? { ...a, at: '2026-05-08T10:00:00+08:00' } : a,
            ),
          })),
        says: '不是先行初审',
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
        says: '应当由本级市场监督管理局会同起草单位审查',
      },
    ],
  },
}
