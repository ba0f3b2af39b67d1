// 一件放行的办公命令；规则的例子在它上面改动。
import type { OfficeCommand } from '@dianzhang/contract'
import type { OfficeFacts, OfficeState } from './shape.ts'

export const exampleOffice: OfficeFacts = {
  today: '2026-06-01',
  dossier: {
    jurisdiction: '640522',
    packVersion: '640522@2026-01-01.3',
    openedAt: '2026-01-05T09:00:00+08:00',
    counts: {},
    last: null,
  },
  command: {
    type: 'ReserveNumber',
    payload: {},
    actor: { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
  },
  state: {},
}
/** 换成另一条命令与它所遇的现状。 */
export const during = (
  f: OfficeFacts,
  type: OfficeCommand,
  payload: Record<string, unknown>,
  state: OfficeState = {},
): OfficeFacts => ({ ...f, command: { ...f.command, type, payload }, state })
