import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const personUsernameFree: OfficeRule = {
  id: 'person.username-free',
  title: '用户名没有用过',
  severity: 'block',
  basis: source.design('一个账号一个人'),
  by: ['系统管理员'],
  judge: (f) => {
    const { usernameTaken } = f.state
    if (usernameTaken === undefined) return holds('尚不知道所办的内容')
    return usernameTaken
      ? fails(`用户名“${String(f.command.payload.username)}”或者其电子邮箱已被使用。`, undefined, [
          { path: 'username', message: '已被使用，请换一个' },
        ])
      : holds('用户名没有用过')
  },
  examples: {
    holds: [
      { name: '没有用过', given: (f) => during(f, 'SavePerson', { username: 'zhang' }, { usernameTaken: false }) },
    ],
    refused: [
      {
        name: '已被使用',
        given: (f) => during(f, 'SavePerson', { username: 'clerk' }, { usernameTaken: true }),
        says: '已被使用',
      },
    ],
  },
}
