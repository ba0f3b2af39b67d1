import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const personAnother: OfficeRule = {
  id: 'person.another',
  title: '本人的账号由另一名系统管理员办理',
  severity: 'block',
  basis: source.design('不为自己授权'),
  by: ['系统管理员'],
  judge: (f) => {
    const { person } = f.state
    if (person === undefined) return holds('尚不知道所办的内容')
    return person.id !== f.command.actor.person
      ? holds('不是本人的账号')
      : fails('本人的账号须由另一名系统管理员办理。')
  },
  examples: {
    holds: [
      {
        name: '别人的账号',
        given: (f) =>
          during(
            f,
            'DisableAccount',
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
        name: '本人的账号',
        given: (f) =>
          during(
            f,
            'DisableAccount',
            {},
            {
              person: {
                id: 'p-secretary',
                name: '张三',
                active: true,
                posts: [{ role: 'drafter', unit: 'hy-agri' }],
                receives: false,
                password: true,
              },
            },
          ),
        says: '另一名系统管理员',
      },
    ],
  },
}
