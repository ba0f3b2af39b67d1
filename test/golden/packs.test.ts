// 规则包一经使用即固定：程序自带的各版内容变了而版本号没有变，已有的数据库会拒绝启动。
import { readFileSync } from 'node:fs'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { allParameters, describeParam, latestPack, type Pack, storedPacks } from '@dianzhang/packs'
import { describe, expect, it } from 'vitest'
import { expectGolden } from './golden.ts'

const digest = (pack: unknown): string => sha256Hex(canonicalJson(JSON.parse(JSON.stringify(pack))))

it('规则包的内容与其版本号一一对应：存档里的各版不变也不少，UPDATE_GOLDEN=1 也不改写', async () => {
  const lines = storedPacks.map((pack) => `${pack.version}  ${digest(pack)}`)
  expect(new Set(storedPacks.map((pack) => pack.version)).size).toBe(storedPacks.length)
  const archive = readFileSync(new URL('packs.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  expect(
    archive.filter((line) => !lines.includes(line)),
    '存着的各版变了，已有的数据库会拒绝启动：新增的参数要写 since（docs/architecture.md“加一个参数”），改了内容的要另立版本号（如 .2 改为 .3）；从未发布过的一版，先从 packs.txt 删去它的一行',
  ).toEqual([])
  await expectGolden('packs.txt', `${lines.join('\n')}\n`)
})

const cell = (text: string): string => text.replaceAll('|', '／').replaceAll('\n', ' ')
const page = (pack: Pack): string =>
  [
    `# ${pack.name} ${pack.version}`,
    '',
    '| 参数 | 值 | 程度 | 出处 | 条文原话 | 说明 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...allParameters(pack).map(
      ({ path, label, param }) =>
        `| ${label}<br>\`${path}\` | ${[
          describeParam(param).replace('（参数待核实）', ''),
          param.confidence,
          param.source.map((b) => `${b.document}${b.article}`).join('；'),
          param.quote ?? '',
          param.note ?? '',
        ]
          .map(cell)
          .join(' | ')} |`,
    ),
    '',
  ].join('\n')

describe('各地现行的一版：每一值连同条文与原话', () => {
  it.each([...new Set(storedPacks.map((pack) => pack.jurisdiction))])('%s', async (place) => {
    await expectGolden(`packs/${place}.md`, page(latestPack(place, '2026-11-28') as Pack))
  })
})
