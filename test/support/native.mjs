// 各工作进程照 Node 自己的办法载入源文件，与程序运行时一样；只有门户的 JSX 须先转换。
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'rolldown/utils'

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const path = fileURLToPath(url)
    const { code, errors } = transformSync(path, readFileSync(path, 'utf8'), {
      jsx: { runtime: 'automatic', importSource: 'hono/jsx' },
    })
    if (errors.length > 0) throw new Error(`${path}：${errors[0]?.message}`)
    return { format: 'module', source: code, shortCircuit: true }
  },
})
