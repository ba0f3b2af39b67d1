// 仓库旁边的真实材料（`../shared/data`，或者 `DIANZHANG_SHARED_DATA` 所指）：有则照它试，没有则说一声而略过。
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = process.env.DIANZHANG_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** 材料中一个文件或文件夹的路径；没有的为 null，并说明哪项没有做。 */
export function sharedData(name: string): string | null {
  const path = join(folder, name)
  if (existsSync(path)) return path
  console.info(`没有共享资料 ${name}：这项试验没有做（设 DIANZHANG_SHARED_DATA 指明所在文件夹）`)
  return null
}
