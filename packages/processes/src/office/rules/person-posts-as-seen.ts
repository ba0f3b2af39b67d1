import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import { postsSeen } from '../seen.ts'
import type { OfficeRule } from '../shape.ts'

export const personPostsAsSeen: OfficeRule = {
  id: 'person.posts-as-seen',
  title: '现有的任职仍是所见的',
  severity: 'block',
  basis: source.design('表单打开以后他人已经改过的，不覆盖'),
  by: ['系统管理员'],
  judge: (f) => {
    const { seen } = f.command.payload
    const { person } = f.state
    if (person === undefined) return holds('尚不知道所办的内容')
    return !Array.isArray(seen) || postsSeen(seen) === postsSeen(person.posts)
      ? holds('与所见的一致')
      : fails(`${person.name}的任职已由他人变更，没有覆盖；请看过现在的内容再办。`)
  },
  examples: {
    holds: [
      {
        name: '没有人改过',
        given: (f) =>
          during(
            f,
            'ChangePosts',
            { seen: [{ role: 'drafter', unit: 'hy-agri' }] },
            {
              person: {
                id: 'p-zhang',
                name: '张三',
                active: true,
                posts: [{ role: 'drafter', unit: 'hy-agri' }],
                receives: false,
                password: true,
              },
            },
          ),
      },
    ],
    refused: [
      {
        name: '期间已经变更',
        given: (f) =>
          during(
            f,
            'ChangePosts',
            { seen: [] },
            {
              person: {
                id: 'p-zhang',
                name: '张三',
                active: true,
                posts: [{ role: 'drafter', unit: 'hy-agri' }],
                receives: false,
                password: true,
              },
            },
          ),
        says: '已由他人变更',
      },
    ],
  },
}
