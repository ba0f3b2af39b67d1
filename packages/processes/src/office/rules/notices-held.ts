import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const noticesHeld: OfficeRule = {
  id: 'notices.held',
  title: '对外通知正停着',
  severity: 'block',
  basis: source.design('数据由备份恢复以后，对外通知停发，由系统管理员放行'),
  by: ['系统管理员'],
  judge: ({ state }) => {
    if (state.held === undefined) return holds('尚不知道是否停着')
    return state.held ? holds('对外通知正停着') : fails('对外通知没有停，不必放行')
  },
  examples: {
    holds: [{ name: '恢复以后', given: (f) => during(f, 'ReleaseNotices', { reason: '核对' }, { held: true }) }],
    refused: [
      {
        name: '没有停',
        given: (f) => during(f, 'ReleaseNotices', { reason: '核对' }, { held: false }),
        says: '不必放行',
      },
    ],
  },
}
