// 征求意见发给谁：不发给起草单位自己；没有部门联络员的单位收到了也没有人能答复，先提醒。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { unitName, unitNames } from '../words.ts'

/** 命令所写的单位（代码或者全称）→ 代码。 */
function asked(f: Facts): string[] {
  const given = f.command?.type === 'RequestOpinions' ? f.command.payload.units : undefined
  const { units } = f.external
  return (Array.isArray(given) ? (given as string[]) : []).map(
    (ref) => units[ref]?.id ?? Object.values(units).find((u) => u.name === ref)?.id ?? ref,
  )
}
const asking = (f: Facts, units: string[], contacts: string[]): Facts =>
  withExternal(withCommand(f, 'RequestOpinions', { units }), { contacts })

export const interagencyAskable: Rule = {
  id: 'interagency.askable',
  title: '征求的是起草单位以外的单位，各有部门联络员可以答复',
  severity: 'block',
  basis: source.officialPapers('第十九条第（六）项'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const units = asked(f)
    if (units.includes(f.dossier.draftingUnit))
      return fails(`${unitName(f, f.dossier.draftingUnit)}是起草单位，不必征求自己的意见；请去掉以后再征求`)
    const { contacts } = f.external
    const silent = contacts === undefined ? [] : units.filter((u) => !contacts.includes(u))
    if (silent.length > 0)
      return fails(
        `${unitNames(f, silent)}没有在职的${roleLabels.department_contact}，收到以后没有人能在系统里答复；请系统管理员先为其设定，或者改由其主管单位答复`,
        { severity: 'warn', by: [roleLabels.admin] },
      )
    return holds(units.length > 0 ? `${unitNames(f, units)}可以答复` : '向起草单位以外的有关单位征求意见')
  },
  examples: {
    holds: [
      { name: '没有写明单位', given: (f) => f },
      { name: '都有部门联络员', given: (f) => asking(f, ['hy-finance'], ['hy-finance']), says: '可以答复' },
    ],
    refused: [
      {
        name: '征求起草单位自己的意见',
        given: (f) => asking(f, ['hy-agri', 'hy-finance'], ['hy-agri', 'hy-finance']),
        says: '不必征求自己的意见',
      },
      {
        name: '没有部门联络员（提示）',
        given: (f) => asking(f, ['hy-finance', '海原县住房和城乡建设局'], ['hy-finance']),
        says: '海原县住房和城乡建设局没有在职的部门联络员',
      },
    ],
  },
}
