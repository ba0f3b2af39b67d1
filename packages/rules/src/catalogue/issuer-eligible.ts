import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { isPartyOrgan, namesPartyOrgan, whereJointPartyPapersBelong } from '../organs.ts'
import { withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName, unitNames } from '../words.ts'

/** 某制定机关不适格的原因；适格时为 null。 */
function objection(f: Facts, issuer: string): string | null {
  const unit = f.external.units[issuer]
  const name = unitName(f, issuer)
  if (!unit) return `${name}不在单位表中${isPartyOrgan(name) ? `；${whereJointPartyPapersBelong}` : ''}`
  if (isPartyOrgan(name)) return `${name}是党的机关。${whereJointPartyPapersBelong}`
  if (unit.kind === 'internal') return `${name}是内设机构，不得制发行政规范性文件`
  if (unit.kind === 'temporary') return `${name}是临时机构或者议事协调机构，不得制发行政规范性文件`
  if (!unit.eligible) return `${name}未列入已公布的制定主体清单`
  if (unit.eligibleSince !== null && unit.eligibleSince > f.today)
    return `${name}自${day(unit.eligibleSince)}起才列入制定主体清单`
  if (unit.eligibleUntil !== null && unit.eligibleUntil < f.today)
    return `${name}已于${day(unit.eligibleUntil)}后不在制定主体清单`
  return null
}

export const issuerEligible: Rule = {
  id: 'issuer.eligible',
  title: '制定机关均在已公布的制定主体清单内，不是内设机构或者临时机构',
  severity: 'block',
  basis: source.legalityReview('二（三）'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { issuers } = f.dossier
    const also = { alsoBasis: [source.makingAndSupervision('（一）')] }
    if (namesPartyOrgan(f.dossier.title))
      return fails(`名称写明由党的机关制发。${whereJointPartyPapersBelong}`, {
        basis: source.partyPapers('党政机关联合制发的文件'),
        alsoBasis: [source.legalityReview('二（三）')],
      })
    if (issuers.length === 0) return fails('没有写明制定机关', also)
    const objections = issuers.map((issuer) => objection(f, issuer)).filter((o) => o !== null)
    if (objections.length > 0)
      return fails(`${objections.join('；')}。请更换制定机关，或者先公布调整后的制定主体清单`, also)
    return holds(`${unitNames(f, issuers)}在已公布的制定主体清单内`, also)
  },
  examples: {
    holds: [
      { name: '县政府在清单内', given: (f) => f, says: '海原县人民政府在已公布的制定主体清单内' },
      {
        name: '两个部门联合制发，均在清单内',
        given: (f) => withDossier(f, { issuers: ['hy-agri', 'hy-housing'] }),
        says: '住房和城乡建设局',
      },
    ],
    refused: [
      {
        name: '以局内设股室名义制发',
        given: (f) => withDossier(f, { issuers: ['hy-agri-planning'] }),
        says: '内设机构',
      },
      {
        name: '联合制发的一方是临时指挥部',
        given: (f) => withDossier(f, { issuers: ['hy-gov', 'hy-flood'] }),
        says: '临时机构',
      },
      {
        name: '两个部门联合制发，一方是临时指挥部',
        given: (f) => withDossier(f, { tier: 'department', issuers: ['hy-agri', 'hy-flood'] }),
        says: '临时机构',
      },
      {
        name: '单位表中没有的单位',
        given: (f) => withDossier(f, { issuers: ['hy-unknown'] }),
        says: 'hy-unknown不在单位表中',
      },
      {
        name: '与县委联合制发',
        given: (f) => {
          const unit = f.external.units['hy-gov']
          const party = unit && { ...unit, id: 'hy-party', name: '中共海原县委员会' }
          return withExternal(withDossier(f, { issuers: ['hy-gov', 'hy-party'] }), {
            units: { ...f.external.units, ...(party ? { 'hy-party': party } : {}) },
          })
        },
        says: '由党委办公厅（室）审核',
      },
      {
        name: '名称写明由县委、县政府制发',
        given: (f) => withDossier(f, { title: '中共海原县委 海原县人民政府关于促进民宿发展的意见' }),
        says: '不是行政规范性文件',
      },
      {
        name: '清单尚未生效',
        given: (f) => {
          const unit = f.external.units['hy-gov']
          return unit
            ? withExternal(f, { units: { ...f.external.units, 'hy-gov': { ...unit, eligibleSince: '2027-01-01' } } })
            : f
        },
        says: '2027年1月1日（星期五）起才列入',
      },
    ],
  },
}
