import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const personNoDelegationHeld: OfficeRule = {
  id: 'person.no-delegation-held',
  title: '任系统管理员的没有受托在身',
  severity: 'block',
  basis: source.design('系统管理员没有办理案卷的命令，也不由委托取得'),
  by: ['系统管理员'],
  judge: (f) => {
    const { posts } = f.command.payload
    const { person } = f.state
    if (person === undefined) return holds('尚不知道所办的内容')
    return Array.isArray(posts) && posts.some((post) => post.role === 'admin') && person.receives
      ? fails(`${person.name}正受托办理案卷；系统管理员不得受托，请先撤销委托。`)
      : holds('没有受托在身，或者不任系统管理员')
  },
  examples: {
    holds: [
      {
        name: '没有受托',
        given: (f) =>
          during(
            f,
            'ChangePosts',
            { posts: [{ role: 'admin', unit: 'hy-office' }] },
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
        name: '受托在身',
        given: (f) =>
          during(
            f,
            'ChangePosts',
            { posts: [{ role: 'admin', unit: 'hy-office' }] },
            {
              person: {
                id: 'p-zhang',
                name: '张三',
                active: true,
                posts: [{ role: 'drafter', unit: 'hy-agri' }],
                receives: true,
                password: true,
              },
            },
          ),
        says: '请先撤销委托',
      },
    ],
  },
}
