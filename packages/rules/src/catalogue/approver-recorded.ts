// 批准人是名册中的人，不是一句话：日后问起，找得到是谁批准的。
import { roleLabels } from '@dianzhang/contract'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'

const leader = { id: 'p-leader', name: '王某', unit: 'hy-gov', active: true, posts: [] }
const naming = (f: Facts, approver: string, active = true): Facts =>
  withExternal(withCommand(f, 'VoidNumber', { reason: '签发稿撤回。', approver }), {
    people: { 'p-leader': { ...leader, active } },
  })

export const approverRecorded: Rule = {
  id: 'approver.recorded',
  title: '写明的批准人是名册中的在职人员',
  severity: 'warn',
  basis: source.design('批准人是名册中的人员（约定）'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const given = f.command?.payload.approver
    if (typeof given !== 'string') return holds('没有写明批准人')
    const found = Object.values(f.external.people ?? {}).filter((p) => p.id === given || p.name === given)
    const [person, other] = found
    // 先前只记职务的做法照样办得成，但处处看得见：日后无从查证是谁。
    if (!person) return fails(`批准人“${given}”不是名册中的人员，日后无从查证；请从名册中选定具体的人`)
    if (other) return fails(`名册中有${found.length}位${person.name}，请写明是哪一位`)
    if (!person.active) return fails(`批准人${person.name}已经停用，请选定在职的人`)
    return holds(`由${person.name}批准`)
  },
  examples: {
    holds: [
      { name: '没有写明批准人', given: (f) => f },
      { name: '名册中的人', given: (f) => naming(f, 'p-leader'), says: '由王某批准' },
      { name: '写的是名册中的姓名', given: (f) => naming(f, '王某'), says: '由王某批准' },
    ],
    refused: [
      { name: '只写职务', given: (f) => naming(f, '办公室主任'), says: '不是名册中的人员' },
      { name: '已经停用的人', given: (f) => naming(f, 'p-leader', false), says: '已经停用' },
    ],
  },
}
