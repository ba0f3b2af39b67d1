// 保密与公开一致：涉密须有清单内的情形、依据与批准人，不得主动公开；触及权利义务而不公布的，不得施行。
import { roleLabels } from '@dianzhang/contract'
import type { GroundOption } from '@dianzhang/packs'
import { mark, source } from '@dianzhang/packs'
import { type Facts, touchesRights } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, filled } from '../words.ts'

const secret = { ground: 'state_secret', reference: '县保密局〔2026〕2号定密通知', approver: 'p-leader' }
const publishing = (f: Facts, disclosure: string): Facts =>
  withCommand(
    withDossier(f, { publication: null }),
    'Publish',
    { disclosure },
    { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
  )
const harmless = { affectsRights: false, enterpriseRelated: false, majorDecision: false, competition: false }

/** 所填的情形是否在清单之内：代码、条文的说法，或者清单认可的旧写法。 */
const listed = (list: readonly GroundOption[], given: unknown): boolean =>
  filled(given) &&
  list.some((g) => g.code === given.trim() || g.label === given.trim() || g.words.some((word) => given.includes(word)))
/** 涉密还差什么；齐备时为空。批准人须是名册中的人，任制定机关的负责人，不是提出人、起草人。 */
function faultsOf(f: Facts, list: readonly GroundOption[]): string[] {
  const { confidential } = f.dossier.classification
  const stated: { ground?: unknown; reference?: unknown; approver?: unknown } =
    typeof confidential === 'object' && confidential !== null ? confidential : {}
  const faults: string[] = []
  if (!listed(list, stated.ground))
    faults.push(
      `情形“${filled(stated.ground) ? stated.ground : '（未填）'}”不在清单之内，可选：${either(list.map((g) => g.label))}`,
    )
  if (!filled(stated.reference)) faults.push('没有写明定密或者禁止公开的依据（文号、名称）')
  const person = filled(stated.approver) ? f.external.people?.[stated.approver] : undefined
  if (!person) {
    faults.push(`批准人“${filled(stated.approver) ? stated.approver : '（未填）'}”不是名册中的人员，须指明具体的人`)
    return faults
  }
  const leads = person.posts.some((p) => p.role === 'leader' && f.dossier.issuers.includes(p.unit))
  if (!person.active || !leads) faults.push(`批准人${person.name}不是制定机关的负责人，无权批准`)
  if (person.id === f.dossier.proposedBy || f.dossier.editors.includes(person.id))
    faults.push(`批准人${person.name}就是提出人或者起草人，不能自己批准`)
  return faults
}

export const disclosureConsistent: Rule = {
  id: 'disclosure.consistent',
  title: '保密与公开一致：涉密的有依据、不主动公开，触及权利义务的公布以后方可施行',
  severity: 'block',
  basis: source.business('第六十四条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { classification, publication } = f.dossier
    const { grounds } = f.pack.confidential
    const more = basedOn(grounds.source)
    const also = {
      ...basedOn([source.business('第六十四条'), source.disclosure('第十七条'), source.organicLaw('第七十五条')]),
    }
    const publishingNow = f.command?.type === 'Publish'
    const given = publishingNow ? f.command?.payload.disclosure : publication?.disclosure
    const disclosure = publishingNow ? (given ?? 'active') : given
    const { confidential } = classification
    if (confidential) {
      const faults = faultsOf(f, grounds.value)
      if (faults.length > 0)
        return fails(`标为涉密而${faults.join('；')}${mark(grounds)}。请补正分类，或者取消涉密并公开征求意见`, more)
      if (disclosure === 'active')
        return fails('标为涉密、没有公开征求意见的文件，不得主动公开；不再涉密的，请先变更分类并补行公开征求意见', more)
    }
    if (touchesRights(f.dossier) && disclosure !== undefined && disclosure !== 'active')
      return fails(
        `影响权利义务的文件${publishingNow ? `拟${disclosure === 'closed' ? '不予公开' : '依申请公开'}` : '没有公布'}：未经公布的不得作为行政管理的依据，不得施行；请主动公开`,
        also,
      )
    if (publishingNow && !confidential && disclosure !== 'active')
      return fails(
        `没有列为涉密而拟${disclosure === 'closed' ? '不予公开' : '依申请公开'}：规范性文件应当主动公开。依法不予公开的，请先在分类中写明保密的情形、依据与批准人`,
        basedOn([source.disclosure('第二十条第一项'), source.disclosure('第十四条'), ...grounds.source]),
      )
    return holds(confidential ? '涉密的情形、依据、批准人齐备' : '不涉密，公布以后施行', more)
  },
  examples: {
    holds: [
      { name: '不涉密，主动公开', given: (f) => f, says: '公布以后施行' },
      {
        name: '涉密，有依据与批准人，不予公开，不触及权利义务',
        given: (f) => publishing(classified(f, { ...harmless, confidential: secret }), 'closed'),
        says: '齐备',
      },
    ],
    refused: [
      {
        name: '只勾了涉密',
        given: (f) => classified(f, { confidential: true }),
        says: '不在清单之内',
      },
      {
        name: '批准人是一句话',
        given: (f) => classified(f, { confidential: { ...secret, approver: '县领导' } }),
        says: '不是名册中的人员',
      },
      {
        name: '涉密而主动公开',
        given: (f) => publishing(classified(f, { ...harmless, confidential: secret }), 'active'),
        says: '不得主动公开',
      },
      {
        name: '影响权利义务而不予公开',
        given: (f) => publishing(f, 'closed'),
        says: '未经公布的不得作为行政管理的依据',
      },
      {
        name: '没有列为涉密，也不触及权利义务，拟不予公开',
        given: (f) => publishing(classified(f, harmless), 'closed'),
        says: '规范性文件应当主动公开',
      },
      {
        name: '没有列为涉密，拟依申请公开',
        given: (f) => publishing(classified(f, harmless), 'on_request'),
        says: '没有列为涉密',
      },
      {
        name: '影响权利义务而依申请公开的，到期不施行',
        given: (f) =>
          withDossier(f, (d) => ({ publication: d.publication && { ...d.publication, disclosure: 'on_request' } })),
        says: '没有公布',
      },
    ],
  },
}
