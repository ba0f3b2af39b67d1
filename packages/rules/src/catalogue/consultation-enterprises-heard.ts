// 涉企文件：听取了包括民营经济组织在内的经济组织与行业协会商会的意见，并有记载。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Dossier, Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either } from '../words.ts'

const associations = /协会|商会|行会|联合会|工商联|同业公会/
const businesses = /企业|公司|经营者|经营户|经营主体|市场主体|个体工商户|商户|业主|合作社|民营|店|厂/
/** 记载的听取意见的对象：历次公开征求意见所列的群体，公平竞争审查所听取的利害关系人。 */
const heard = (d: Dossier): string[] => [
  ...d.consultations.flatMap((r) => r.groups),
  ...d.fairCompetition.flatMap((r) => r.stakeholdersHeard ?? []),
]
const hearing = (f: Facts, groups: string[]): Facts =>
  withDossier(f, (d) => ({
    consultations: d.consultations.map((r) => ({ ...r, groups })),
    fairCompetition: d.fairCompetition.map((r) => ({ ...r, stakeholdersHeard: null })),
  }))

export const consultationEnterprisesHeard: Rule = {
  id: 'consultation.enterprises-heard',
  title: '涉企文件听取了民营企业等经济组织与行业协会商会的意见',
  // “应当注重听取”，没有方式与家数：只作提示，办理中始终可见。
  severity: 'warn',
  basis: source.privateEconomy('第四十五条第一款'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { hearEnterprises } = f.pack.consultation
    const more = basedOn(hearEnterprises.source)
    const d = f.dossier
    if (!d.classification.enterpriseRelated) return holds('不是涉企文件', more)
    if (!hearEnterprises.value) return holds('立项时适用的规则没有要求记载听取了哪些企业、协会', more)
    const all = heard(d)
    const missing = [
      ...(all.some((x) => businesses.test(x.replace(/[^、]*(?:协会|商会)/g, '')))
        ? []
        : ['企业（包括民营企业、个体工商户）']),
      ...(all.some((x) => associations.test(x)) ? [] : ['行业协会商会']),
    ]
    if (missing.length > 0)
      return fails(
        `与经营主体生产经营活动密切相关，尚没有记载听取了${either(missing).replace('或者', '和')}的意见；请在公开征求意见（专门听取的群体）或者公平竞争审查（听取的利害关系人）中写明`,
        more,
      )
    return holds(`已记载听取了${[...new Set(all)].join('、')}的意见`, more)
  },
  examples: {
    holds: [
      { name: '企业和协会都听取了', given: (f) => f, says: '已记载听取了' },
      {
        name: '不是涉企文件',
        given: (f) => hearing(classified(f, { enterpriseRelated: false }), []),
        says: '不是涉企文件',
      },
      {
        name: '民营经济促进法施行以前立项的',
        given: (f) =>
          withPack(hearing(f, []), {
            consultation: {
              ...f.pack.consultation,
              hearEnterprises: { ...f.pack.consultation.hearEnterprises, value: false },
            },
          }),
        says: '没有要求记载',
      },
    ],
    refused: [
      { name: '谁都没有记载', given: (f) => hearing(f, []), says: '和行业协会商会的意见' },
      { name: '只听取了协会', given: (f) => hearing(f, ['县民宿行业协会']), says: '企业（包括民营企业、个体工商户）' },
      { name: '只听取了企业', given: (f) => hearing(f, ['民宿经营者']), says: '行业协会商会' },
    ],
  },
}
