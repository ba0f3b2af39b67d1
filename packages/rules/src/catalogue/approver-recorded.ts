// 批准人、分歧上报的对象是名册中的人或者登记的机关，不是一句话：日后问起，找得到是谁。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { disputeArbiters, findOrgan } from '../organs.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const leader = { id: 'p-leader', name: '王某', unit: 'hy-gov', active: true, posts: [] }
const naming = (f: Facts, approver: string, active = true): Facts =>
  withExternal(withCommand(f, 'VoidNumber', { reason: '签发稿撤回。', approver }), {
    people: { 'p-leader': { ...leader, active } },
  })
const escalating = (f: Facts, to: string): Facts => withCommand(f, 'EscalateDispute', { to, issues: '补助标准。' })

export const approverRecorded: Rule = {
  id: 'approver.recorded',
  title: '写明的批准人、上报的对象是名册中的在职人员或者登记的机关',
  severity: 'block',
  basis: source.officialPapers('第二十二条、第二十五条'),
  by: [roleLabels.secretariat, roleLabels.unit_head],
  judge: (f) => {
    const escalating = f.command?.type === 'EscalateDispute'
    const what = escalating ? '上报的对象' : '批准人'
    const given = escalating ? f.command?.payload.to : f.command?.payload.approver
    if (typeof given !== 'string') return holds(`没有写明${what}`)
    const organ = escalating ? findOrgan(f.external.units, given, disputeArbiters(f.dossier, f.external.units)) : null
    if (organ) return holds(`上报${organ.name}`)
    const found = Object.values(f.external.people ?? {}).filter((p) => p.id === given || p.name === given)
    const [person, other] = found
    // 分歧上报先前只记职务的照样办得成，但处处看得见：日后无从查证是谁。
    const gravity = escalating ? ({ severity: 'warn' } as const) : {}
    if (!person)
      return fails(
        escalating
          ? `上报的对象“${given}”不是登记的机关、会议，也不是名册中的人员，日后无从查证；请从中选定`
          : `批准人“${given}”不是名册中的人员，日后无从查证；请从名册中选定具体的人`,
        gravity,
      )
    if (other) return fails(`名册中有${found.length}位${person.name}，请写明是哪一位`, gravity)
    if (!person.active) return fails(`${what}${person.name}已经停用，请选定在职的人`, gravity)
    const { proposedBy, editors } = f.dossier
    if (!escalating && person.id === f.command?.actor.person)
      return fails(`批准人${person.name}就是办理人自己；批准须由另一人作出`)
    if (!escalating && (person.id === proposedBy || editors.includes(person.id)))
      return fails(`批准人${person.name}起草了本文件，不能批准；请从名册中另选有权的人`)
    return holds(escalating ? `上报${person.name}` : `由${person.name}批准`)
  },
  examples: {
    holds: [
      { name: '没有写明批准人', given: (f) => f },
      { name: '名册中的人', given: (f) => naming(f, 'p-leader'), says: '由王某批准' },
      { name: '写的是名册中的姓名', given: (f) => naming(f, '王某'), says: '由王某批准' },
      { name: '分歧上报本级政府', given: (f) => escalating(f, '海原县人民政府'), says: '上报海原县人民政府' },
    ],
    refused: [
      { name: '分歧上报只写职务', given: (f) => escalating(f, '分管领导'), says: '不是登记的机关、会议' },
      { name: '只写职务', given: (f) => naming(f, '办公室主任'), says: '不是名册中的人员' },
      {
        name: '批准人就是办理人',
        given: (f) => {
          const g = naming(f, 'p-leader')
          return { ...g, command: g.command && { ...g.command, actor: { ...g.command.actor, person: 'p-leader' } } }
        },
        says: '就是办理人自己',
      },
      {
        name: '批准人就是起草人',
        given: (f) => withDossier(naming(f, 'p-leader'), { editors: ['p-leader'] }),
        says: '起草了本文件',
      },
      { name: '已经停用的人', given: (f) => naming(f, 'p-leader', false), says: '已经停用' },
    ],
  },
}
