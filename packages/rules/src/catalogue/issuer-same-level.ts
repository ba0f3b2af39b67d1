// 联合制发的机关须同级：部门不与本级政府联合，县政府不与乡镇政府联合。
import { roleLabels } from '@dianzhang/contract'
import { mark, organs, source } from '@dianzhang/packs'
import type { Facts, UnitFact } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { unitNames } from '../words.ts'

/** 部门与乡镇：同为乡科级，但不在同一系统，可否联合各地不一，只作提示。 */
const uncertain = new Set(['department', 'office', 'township'])

/** 核对级别的规则包，与所列的制定机关。 */
const issued = (f: Facts, issuers: string[], change: Partial<Facts['dossier']> = {}): Facts =>
  withPack(withDossier(f, { issuers, ...change }), {
    organs: { ...f.pack.organs, jointLevels: organs.jointLevels.national },
  })

export const issuerSameLevel: Rule = {
  id: 'issuer.same-level',
  title: '联合制发的各机关同级',
  severity: 'block',
  basis: source.officialPapers('第十七条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { issuers } = f.dossier
    const { jointLevels } = f.pack.organs
    const levels = jointLevels.value
    const more = basedOn(jointLevels.source)
    if (issuers.length < 2) return holds('由一个机关制发，不涉及联合制发', more)
    const all = issuers.flatMap((id) => f.external.units[id] ?? [])
    const levelOf = (u: UnitFact) => levels.findIndex((kinds) => (kinds as string[]).includes(u.kind))
    const known = all.filter((u) => levelOf(u) >= 0)
    const kinds = new Set(known.map(levelOf))
    const parents = new Set(known.flatMap((u) => u.parent ?? []))
    if (levels.length === 0 || (kinds.size <= 1 && parents.size <= 1))
      return holds(`${unitNames(f, issuers)}同级，可以联合制发`, more)
    const what = `${unitNames(f, issuers)}不是同级机关，不得联合制发${mark(jointLevels)}`
    const after = '请由其中一方制发，或者由办公机构在编号以前变更制定机关（ChangeIssuers）'
    if (parents.size <= 1 && known.every((u) => uncertain.has(u.kind)))
      return fails(`${unitNames(f, issuers)}联合制发：部门与乡镇是否同级，请依机构编制规定核实`, {
        ...more,
        severity: 'warn',
      })
    return fails(`${what}；只有同级机关必要时可以联合行文。${after}`, more)
  },
  examples: {
    holds: [
      { name: '一个机关制发', given: (f) => f, says: '不涉及联合制发' },
      {
        name: '两个部门联合制发',
        given: (f) => issued(f, ['hy-agri', 'hy-housing'], { tier: 'department' }),
        says: '同级，可以联合制发',
      },
      {
        name: '立项时的规则包没有核对级别的，照旧办理',
        given: (f) =>
          withPack(withDossier(f, { issuers: ['hy-gov', 'hy-town-lijun'] }), {
            organs: { ...f.pack.organs, jointLevels: organs.jointLevels.before },
          }),
        says: '可以联合制发',
      },
    ],
    refused: [
      {
        name: '部门与本级政府联合制发',
        given: (f) => issued(f, ['hy-gov', 'hy-agri']),
        says: '不是同级机关，不得联合制发',
      },
      {
        name: '部门牵头与本级政府联合制发',
        given: (f) => issued(f, ['hy-agri', 'hy-gov'], { tier: 'department' }),
        says: '不是同级机关',
      },
      {
        name: '县政府与乡政府联合制发',
        given: (f) => issued(f, ['hy-gov', 'hy-town-lijun']),
        says: '海原县人民政府、海原县李俊乡人民政府不是同级机关',
      },
      {
        name: '政府与其办公室联合制发',
        given: (f) => issued(f, ['hy-gov', 'hy-office']),
        says: '不是同级机关',
      },
      {
        name: '部门与乡镇联合制发（提示）',
        given: (f) => issued(f, ['hy-agri', 'hy-town-lijun'], { tier: 'department' }),
        says: '是否同级',
      },
    ],
  },
}
