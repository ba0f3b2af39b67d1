import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const personHasPassword: OfficeRule = {
  id: 'person.has-password',
  title: '账号以密码登录',
  severity: 'block',
  basis: source.design('单点登录的账号没有密码'),
  by: ['系统管理员'],
  judge: (f) => {
    const { person } = f.state
    if (person === undefined) return holds('尚不知道所办的内容')
    return person.password ? holds('以密码登录') : fails(`${person.name}的账号经单点登录，没有密码。`)
  },
  examples: {
    holds: [
      {
        name: '有密码',
        given: (f) =>
          during(
            f,
            'ResetPassword',
            {},
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
        name: '单点登录',
        given: (f) =>
          during(
            f,
            'ResetPassword',
            {},
            {
              person: {
                id: 'p-zhang',
                name: '张三',
                active: true,
                posts: [{ role: 'drafter', unit: 'hy-agri' }],
                receives: false,
                password: false,
              },
            },
          ),
        says: '没有密码',
      },
    ],
  },
}
