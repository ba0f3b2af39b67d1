import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import { unitSeen } from '../seen.ts'
import type { OfficeRule } from '../shape.ts'

export const unitAsSeen: OfficeRule = {
  id: 'unit.as-seen',
  title: '更正的单位仍是所见的内容',
  severity: 'block',
  basis: source.design('表单打开以后他人已经改过的，不覆盖'),
  by: ['系统管理员'],
  judge: (f) => {
    const seen = f.command.payload.seen as Parameters<typeof unitSeen>[0] | undefined
    const { unit } = f.state
    if (unit === undefined) return holds('尚不知道所办的内容')
    return seen === undefined || (unit.before !== null && unitSeen(unit.before) === unitSeen(seen))
      ? holds('与所见的一致')
      : fails(`${unit.before?.name ?? '这个单位'}已由他人变更，没有覆盖；请看过现在的内容再办。`)
  },
  examples: {
    holds: [
      {
        name: '没有人改过',
        given: (f) =>
          during(
            f,
            'SaveUnit',
            {
              id: 'hy-agri',
              seen: {
                id: 'hy-agri',
                name: '海原县农业农村局',
                kind: 'department',
                eligible: true,
                eligibleSince: '2023-03-09',
              },
            },
            {
              unit: {
                before: {
                  id: 'hy-agri',
                  name: '海原县农业农村局',
                  kind: 'department',
                  eligible: true,
                  eligibleSince: '2023-03-09',
                },
                namesake: null,
                circular: false,
              },
            },
          ),
      },
    ],
    refused: [
      {
        name: '期间已改名',
        given: (f) =>
          during(
            f,
            'SaveUnit',
            {
              id: 'hy-agri',
              seen: {
                ...{
                  id: 'hy-agri',
                  name: '海原县农业农村局',
                  kind: 'department',
                  eligible: true,
                  eligibleSince: '2023-03-09',
                },
                name: '农业局',
              },
            },
            {
              unit: {
                before: {
                  id: 'hy-agri',
                  name: '海原县农业农村局',
                  kind: 'department',
                  eligible: true,
                  eligibleSince: '2023-03-09',
                },
                namesake: null,
                circular: false,
              },
            },
          ),
        says: '已由他人变更',
      },
    ],
  },
}
