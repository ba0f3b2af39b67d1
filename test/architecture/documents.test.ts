// 说明与决定照代码写：所指的文件、链接、环境变量都在；每个包、每一种事项都列在结构里。
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(`${root}${path}`))
/** 现在怎样的各份说明；决定记的是当时，不在此列。 */
const guides = ['README.md', ...files.filter((path) => /^docs\/[a-z]+\.md$/.test(path))]
const texts = guides.map((path) => ({ path, text: read(path) }))

it('说明里写的文件都在', () => {
  const named = texts.flatMap(({ path, text }) =>
    [...text.matchAll(/`([\w./-]+\.(?:ts|tsx|mjs|md|txt|conf|sql))`/g)].map(([, file = '']) => ({ path, file })),
  )
  expect(named.length).toBeGreaterThan(60)
  const gone = named.filter(({ file }) => !files.some((each) => each === file || each.endsWith(`/${file}`)))
  expect(gone.map(({ path, file }) => `${path}：${file}`)).toEqual([])
})
it('说明里的链接都指得到', () => {
  const links = [
    ...texts,
    ...files.filter((p) => p.startsWith('docs/decisions/')).map((path) => ({ path, text: read(path) })),
  ].flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, to = '']) => ({
      path,
      to: normalize(`${dirname(path)}/${to}`),
    })),
  )
  expect(links.length).toBeGreaterThan(15)
  expect(links.filter(({ to }) => !existsSync(`${root}${to}`)).map(({ path, to }) => `${path} → ${to}`)).toEqual([])
})
it('说明里的环境变量，程序或者测试都认得', () => {
  const code = files
    .filter(
      (path) => /^(apps|packages|test)\/.*\.(ts|mjs)$/.test(path) && path !== 'test/architecture/documents.test.ts',
    )
    .map(read)
    .join('\n')
  const named = texts.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(?:DIANZHANG|DATABASE)_[A-Z_]+[A-Z]\b/g)].map(([name]) => ({ path, name })),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(
    named.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(code)).map((x) => `${x.path}：${x.name}`),
  ).toEqual([])
})
it('结构里列着每一个包、每一种事项', () => {
  const structure = read('docs/architecture.md')
  const folders = (path: string): string[] =>
    readdirSync(`${root}${path}`, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
  expect(folders('packages').filter((name) => !new RegExp(`^  ${name}/ `, 'm').test(structure))).toEqual([])
  expect(folders('packages/processes/src').filter((name) => !structure.includes(`${name}（`))).toEqual([])
})
