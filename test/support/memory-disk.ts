// 内存盘：放得下的，测试所用的文件不落盘。
import { statfsSync } from 'node:fs'
import { freemem } from 'node:os'

export const memoryDisk = '/dev/shm'
/** 内存盘与内存都还有 `bytes` 字节。没有内存盘的、容器里的内存盘（常只有 64 MB），都不算。 */
export function roomInMemory(bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryDisk)
    return Math.min(bavail * bsize, freemem()) > bytes
  } catch {
    return false
  }
}
