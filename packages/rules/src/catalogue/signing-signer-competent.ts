// 签发由本机关的负责人；受托签发的也须是本机关的负责人，不得交给机关以外的人。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { CommandFact, Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withCommand } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, unitName } from '../words.ts'

const signing = (f: Facts, home: NonNullable<CommandFact['actor']['home']>): Facts =>
  withCommand(f, 'Sign', {}, { person: 'p-deputy', unit: 'hy-gov', roles: ['leader'], delegatedFrom: 'p-leader', home })

export const signingSignerCompetent: Rule = {
  id: 'signing.signer-competent',
  title: '签发的是本机关的负责人，受托签发的也在本机关任负责人',
  severity: 'block',
  basis: source.officialPapers('第二十二条'),
  by: [roleLabels.leader],
  judge: (f) => {
    const { signingDelegates } = f.pack.organs
    const more = basedOn(signingDelegates.source)
    const actor = f.command?.actor
    if (!actor?.delegatedFrom || !actor.roles.includes('leader')) return holds('由本机关负责人签发', more)
    const organ = unitName(f, actor.unit ?? '')
    const may = either(signingDelegates.value.map((role) => roleLabels[role]))
    const deputy = actor.home?.roles.some((role) => (signingDelegates.value as string[]).includes(role)) === true
    if (actor.home?.unit === actor.unit && deputy) return holds(`受${organ}负责人委托，由本机关的其他负责人签发`, more)
    return fails(
      `您不是${organ}的${may}，不能受托代其负责人签发${mark(signingDelegates)}；请由委托人本人，或者委托给本机关的其他负责人`,
      more,
    )
  },
  examples: {
    holds: [
      {
        name: '负责人本人签发',
        given: (f) => withCommand(f, 'Sign', {}, { person: 'p-leader', unit: 'hy-gov', roles: ['leader'] }),
        says: '由本机关负责人签发',
      },
      {
        name: '受托的副职签发',
        given: (f) => signing(f, { unit: 'hy-gov', roles: ['unit_head'] }),
        says: '由本机关的其他负责人签发',
      },
    ],
    refused: [
      {
        name: '受托的是别的单位的人',
        given: (f) => signing(f, { unit: 'hy-agri', roles: [] }),
        says: '不能受托代其负责人签发',
      },
      {
        name: '受托的是本机关的一般工作人员',
        given: (f) => signing(f, { unit: 'hy-gov', roles: ['drafter'] }),
        says: '您不是海原县人民政府的',
      },
    ],
  },
}
