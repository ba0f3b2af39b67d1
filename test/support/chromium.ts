// 浏览器：由 npm 包解出，各账户各版本一份，先解到自己的文件夹再改名就位，同时运行互不干扰。
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import chromium from '@sparticuz/chromium'

const packaged = createRequire(import.meta.url).resolve('@sparticuz/chromium')
const versionOf = (from: string): string => {
  const manifest = join(from, 'package.json')
  if (existsSync(manifest)) {
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; version?: string }
    if (name === '@sparticuz/chromium' && version) return version
  }
  return dirname(from) === from ? 'unknown' : versionOf(dirname(from))
}

/** 浏览器在哪里；头一次用时解压（约两秒）。 */
export async function chromiumPath(): Promise<string> {
  const account = process.getuid?.() ?? 'user'
  const home = join(tmpdir(), `dianzhang-chromium-${account}-${versionOf(dirname(packaged))}`)
  const ready = join(home, 'chromium')
  if (existsSync(ready)) return ready
  const usual = process.env.TMPDIR
  const own = mkdtempSync(`${home}-`)
  mkdirSync(own, { recursive: true })
  // 这个包只在系统临时目录旁边解压；此刻把临时目录换成自己的文件夹。
  process.env.TMPDIR = own
  let unpacked: string
  try {
    unpacked = await chromium.executablePath()
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
  if (dirname(unpacked) !== own) return unpacked
  try {
    renameSync(own, home)
  } catch {
    // 别的一次测试先解压好了，两份相同。
    rmSync(own, { recursive: true, force: true })
  }
  return join(home, basename(unpacked))
}
