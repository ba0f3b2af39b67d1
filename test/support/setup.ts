// 逐个测试文件运行：未预期的 console.error / console.warn 使测试失败，警告不应积在无人看的输出里；失败的说明当时的样子；文件
// 结束后收尾。
import fc from 'fast-check'
import { afterAll, afterEach } from 'vitest'
import { explain } from './after-failure.ts'
import { endFile } from './after-file.ts'
import { spokenSince } from './watched-console.ts'
import './kept-alive.ts'
import './scrypt-once.ts'
import './watched-sql.ts'

fc.configureGlobal({ seed: Number(process.env.DIANZHANG_SEED) })

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await explain(task.result.errors?.at(-1))
  const unexpected = spokenSince()
  if (unexpected.length > 0) throw new Error(`未预期的控制台输出：\n${unexpected.join('\n')}`)
})
// 先登记的最后办：在各文件自己的收尾以后。
afterAll(endFile)
