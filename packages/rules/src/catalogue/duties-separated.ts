import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { unitName } from '../words.ts'

const separated: Record<string, string> = {
  IssueOpinion: '出具合法性审核意见',
  ConfirmRevision: '确认修改',
  Sign: '签署',
  ConfirmCorrection: '确认更正',
}

/** 受托办理的，同样看起草与否：没有委托时由本单位自己的人办理，法律没有要求另由他人。 */
const underDelegation: Record<string, string> = {
  RecordFairCompetitionReview: '作公平竞争审查',
  RecordSecretariatCheck: '作办公机构审核',
}

const by = (f: Facts, type: string, person: string): Facts =>
  withCommand(f, type, {}, { person, unit: 'hy-justice', roles: ['legality_reviewer'] })

export const dutiesSeparated: Rule = {
  id: 'duties.separated',
  title: '起草、修改过文本的人不审核、不确认该文件，委托改变不了这一点',
  severity: 'block',
  basis: source.legalityReview('二（四）', 'inference'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const delegated = f.command?.actor.delegatedFrom !== undefined
    const what = f.command
      ? (separated[f.command.type] ?? (delegated ? underDelegation[f.command.type] : undefined))
      : undefined
    const { editors } = f.dossier
    if (!f.command || what === undefined) return holds('审核、确认、签署由未起草、未修改过文本的人办理')
    const { person, delegatedFrom } = f.command.actor
    const himself = person !== null && editors.includes(person)
    // 委托人起草的，受托人不能代他审核；受托人起草的，也不能代委托人审核。
    const giver = delegatedFrom !== undefined && editors.includes(delegatedFrom)
    if (f.command.type === 'Sign' && (himself || giver))
      return fails(`${himself ? '您' : '委托人'}起草或者修改过本件的文本；法律没有禁止负责人签署，签署时请留意`, {
        severity: 'warn',
      })
    if (himself)
      return fails(`您起草或者修改过本文件的文本，不能${what}（无论以何种角色或者受何委托）；请由未参与起草的人员办理`)
    const { home, unit } = f.command.actor
    if (f.command.type === 'RecordFairCompetitionReview' && home && unit && home.unit !== unit)
      return fails(
        `您是${unitName(f, home.unit ?? '')}的人员，受托也不能代${unitName(f, unit)}${what}；请由委托人本人，或者委托给${unitName(f, unit)}的其他人员`,
        { basis: source.fairCompetition('第十四条'), by: [roleLabels.fair_competition_reviewer] },
      )
    if (giver) return fails(`委托人起草或者修改过本文件的文本，您不能受其委托${what}；请由未参与起草的人员办理`)
    return holds(`办理人没有起草、修改过本文件的文本，可以${what}`)
  },
  examples: {
    holds: [
      { name: '审核人没有参与起草', given: (f) => by(f, 'IssueOpinion', 'p-reviewer'), says: '可以出具合法性审核意见' },
      { name: '与职责分离无关的命令', given: (f) => by(f, 'SaveDraft', 'p-drafter'), says: '由未起草' },
      { name: '只是列示可办事项', given: (f) => f },
    ],
    refused: [
      { name: '起草人出具审核意见', given: (f) => by(f, 'IssueOpinion', 'p-drafter'), says: '不能出具合法性审核意见' },
      {
        name: '改过一版文本的审核人确认修改',
        given: (f) => by(withDossier(f, { editors: ['p-drafter', 'p-reviewer'] }), 'ConfirmRevision', 'p-reviewer'),
        says: '不能确认修改',
      },
      {
        name: '改过文本的领导签署（提示）',
        given: (f) => by(withDossier(f, { editors: ['p-leader'] }), 'Sign', 'p-leader'),
        says: '法律没有禁止',
      },
      ...(['RecordFairCompetitionReview', 'RecordSecretariatCheck'] as const).map((type) => ({
        name: `起草人受托${underDelegation[type]}`,
        given: (f: Facts) =>
          withCommand(
            f,
            type,
            {},
            { person: 'p-drafter', unit: 'hy-market', roles: ['fair_competition_reviewer'], delegatedFrom: 'p-market' },
          ),
        says: '您起草或者修改过',
      })),
      {
        name: '别的单位的人受托作公平竞争审查',
        given: (f) =>
          withCommand(
            f,
            'RecordFairCompetitionReview',
            {},
            {
              person: 'p-finance',
              unit: 'hy-market',
              roles: ['fair_competition_reviewer'],
              delegatedFrom: 'p-market',
              home: { unit: 'hy-finance', roles: [] },
            },
          ),
        says: '受托也不能代海原县市场监督管理局',
      },
      {
        name: '委托人起草的，受托人代他出具审核意见',
        given: (f) =>
          withCommand(
            f,
            'IssueOpinion',
            {},
            { person: 'p-deputy', unit: 'hy-justice', roles: ['legality_reviewer'], delegatedFrom: 'p-drafter' },
          ),
        says: '委托人起草或者修改过',
      },
    ],
  },
}
