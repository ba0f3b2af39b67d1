// 演示县里各账号的接口：不开窗口，照现在的样子取、照现在的版本办。
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { type Demo, demoPassword } from './demo.ts'
import { type StaffClient, signIn } from './serve.ts'

export interface DemoStaff {
  /** 这个账号的接口：第一次用时登录，其后共用。 */
  staff(username: string): Promise<StaffClient>
  /** 标题含有 `title` 的案卷的标识；没有的报错。 */
  documentCalled(title: string): Promise<string>
  /** 办理一条命令，版本取当前的。 */
  behind(username: string, id: string, type: string, payload?: object): Promise<void>
}
export function demoStaff(demo: Demo): DemoStaff {
  const clients = new Map<string, Promise<StaffClient>>()
  const staff = (username: string): Promise<StaffClient> => {
    const client = clients.get(username) ?? signIn(() => demo.url, username, demoPassword)
    clients.set(username, client)
    return client
  }
  return {
    staff,
    async documentCalled(title) {
      const { body } = await (await staff('secretariat')).get(`/api/documents?q=${encodeURIComponent(title)}`)
      const found = (body as { items: Array<{ id: string; title: string }> }).items.find((each) =>
        each.title.includes(title),
      )
      if (!found) throw new Error(`演示县没有《${title}》`)
      return found.id
    },
    async behind(username, id, type, payload = {}) {
      const client = await staff(username)
      const { version } = (await client.get(`/api/documents/${id}`)).body as { version: number }
      const answer = await client.post(`/api/documents/${id}/commands`, {
        type,
        commandId: randomUUID(),
        expectedVersion: version,
        ...payload,
      })
      expect([type, answer.status, answer.status === 200 ? '' : answer.body]).toEqual([type, 200, ''])
    },
  }
}
