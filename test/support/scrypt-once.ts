// 同一口令、同一盐的散列值，一个工作进程只算一次：算一次要十分之一秒，测试登录几百次，各库的账号又是同一个散列值。
// 登录照旧经过全部的路；新的盐、不对的口令照样现算。每个工作进程只换一次。
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

type Done = (error: Error | null, key: Buffer) => void
type Scrypt = (password: unknown, salt: unknown, length: number, ...rest: [Done] | [object, Done]) => void

const reckon = crypto.scrypt as unknown as Scrypt
const known = new Map<string, Promise<Buffer>>()

const once: Scrypt = (password, salt, length, ...rest) => {
  const done = rest.at(-1) as Done
  const options = rest.length > 1 ? rest[0] : {}
  // 只记字与字：库里的散列值都是如此写的。
  if (typeof password !== 'string' || typeof salt !== 'string') return reckon(password, salt, length, ...rest)
  const asked = JSON.stringify([password, salt, length, options])
  const key =
    known.get(asked) ??
    new Promise<Buffer>((resolve, reject) => {
      reckon(password, salt, length, options, (error, found) => (error ? reject(error) : resolve(found)))
    })
  known.set(asked, key)
  key.then(
    // 各得一份，改了不相干。
    (found) => done(null, Buffer.from(found)),
    (error: Error) => done(error, Buffer.alloc(0)),
  )
}
crypto.scrypt = once as unknown as typeof crypto.scrypt
syncBuiltinESMExports()
