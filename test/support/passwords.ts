// 口令的散列值：算一次要十分之一秒，同一工作进程里的各文件共用。
import { hashPassword } from '@dianzhang/server'

const known = new Map<string, Promise<string>>()

/** 口令的散列值，一个口令只算一次。 */
export function hashOf(password: string): Promise<string> {
  const hash = known.get(password) ?? hashPassword(password)
  known.set(password, hash)
  return hash
}
