// 规则包一经使用即固定：程序自带的各版内容变了而版本号没有变，已有的数据库会拒绝启动。
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { storedPacks as packs } from '@dianzhang/rules'
import { expect, it } from 'vitest'
import { expectGolden } from './golden.ts'

const digest = (pack: unknown): string => sha256Hex(canonicalJson(JSON.parse(JSON.stringify(pack))))

it('规则包的内容与其版本号一一对应：改动内容须另立版本号（如 .2 改为 .3），再更新存档', async () => {
  const lines = packs.map((pack) => `${pack.version}  ${digest(pack)}`)
  expect(new Set(packs.map((pack) => pack.version)).size).toBe(packs.length)
  await expectGolden('packs.txt', `${lines.join('\n')}\n`)
})
