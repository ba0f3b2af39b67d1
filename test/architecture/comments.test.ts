// 注释用一种文字：法律人要读的用中文，其余用英文（docs/architecture.md）。
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** 法律人要读的：规则、规则包、各种程序、名词与命令的约定、演示县的经过、整套测试。包内的测试随所在的包。 */
const chinese = /^(packages\/(acts|contract|demo|lifecycle|packs|processes|rules)|test|drizzle)\//
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'packages', 'test'],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  },
)
  .split('\n')
  .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.includes('/dist/') && existsSync(`${root}/${path}`))

/** 引用的原文、代码与条文不算：英文注释里可以引中文的名称，中文注释里可以写代码。 */
const own = (text: string): string =>
  text.replace(/`[^`]*`|[“「『][^”」』]*[”」』]|《[^》]*》|（[^（）]*[号条][^（）]*）|https?:\S+/g, ' ')
const han = (text: string): number => (own(text).match(/\p{Script=Han}/gu) ?? []).length
const words = (text: string): number => (own(text).match(/[A-Za-z]{2,}/g) ?? []).length

describe('注释', () => {
  it.each(['中文', '英文'] as const)('%s的屋子里没有另一种文字的注释', (language) => {
    const offences = files
      .filter((path) => chinese.test(path) === (language === '中文'))
      .flatMap((path) => {
        const source = readFileSync(`${root}/${path}`, 'utf8')
        return parseSync(path.replace(/\.m(js|ts)$/, '.ts'), source)
          .comments.filter(({ value }) => !/biome-ignore|@vitest|@ts-|<reference/.test(value))
          .filter(({ value }) =>
            language === '中文' ? han(value) === 0 && words(value) > 3 : han(value) > words(value),
          )
          .map(
            ({ start, value }) => `${path}:${source.slice(0, start).split('\n').length} ${value.trim().slice(0, 60)}`,
          )
      })
    expect(offences).toEqual([])
  })
})
