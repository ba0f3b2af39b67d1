import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationNotAdministration: OfficeRule = {
  id: 'delegation.not-administration',
  title: '系统管理员的任职不委托',
  severity: 'block',
  basis: source.design('管理账号的人须由单位任命'),
  by: ['本人'],
  judge: (f) => {
    return f.command.payload.role !== 'admin'
      ? holds('不是系统管理员的任职')
      : fails('系统管理员的任职不得委托，请由另一名系统管理员办理')
  },
  examples: {
    holds: [{ name: '委托文秘', given: (f) => during(f, 'GrantDelegation', { role: 'secretariat' }, {}) }],
    refused: [
      { name: '委托系统管理员', given: (f) => during(f, 'GrantDelegation', { role: 'admin' }, {}), says: '不得委托' },
    ],
  },
}
