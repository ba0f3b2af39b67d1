import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import { bodySeen } from '../seen.ts'
import type { OfficeRule } from '../shape.ts'

export const bodyAsSeen: OfficeRule = {
  id: 'body.as-seen',
  title: '更正的会议或者机构仍是所见的内容',
  severity: 'block',
  basis: source.design('表单打开以后他人已经改过的，不覆盖'),
  by: ['系统管理员'],
  judge: (f) => {
    const seen = f.command.payload.seen as Parameters<typeof bodySeen>[0] | undefined
    const { body } = f.state
    if (body === undefined) return holds('尚不知道所办的内容')
    return seen === undefined || (body.before !== null && bodySeen(body.before) === bodySeen(seen))
      ? holds('与所见的一致')
      : fails(`“${body.before?.name ?? '这个会议或者机构'}”已由他人变更，没有覆盖；请看过现在的内容再办。`)
  },
  examples: {
    holds: [
      {
        name: '没有人改过',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { id: 'b', seen: { name: '县政府专题会议', form: '专题会议', active: true } },
            {
              body: {
                before: { name: '县政府专题会议', form: '专题会议', seat: null, active: true },
                standard: false,
                namesake: false,
              },
            },
          ),
      },
    ],
    refused: [
      {
        name: '期间已停用',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { id: 'b', seen: { name: '县政府专题会议', form: '专题会议', active: false } },
            {
              body: {
                before: { name: '县政府专题会议', form: '专题会议', seat: null, active: true },
                standard: false,
                namesake: false,
              },
            },
          ),
        says: '已由他人变更',
      },
    ],
  },
}
