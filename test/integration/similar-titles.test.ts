// 与拟定名称相近的文件：由检索索引找出哪些名称可能相近，所得与逐件比较全部名称的相同。
import { withTransaction } from '@dianzhang/database'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { appendForceEvent } from '../../packages/register/src/entries.ts'
import { importEntries } from '../../packages/register/src/import.ts'
import { indexPending, mergeSearchParts } from '../../packages/register/src/search-index/build.ts'
import { alike, pairsOf } from '../../packages/workflow/src/yearly-list/alike.ts'
import { similarEntries } from '../../packages/workflow/src/yearly-list/similar-entries.ts'
import { testDatabase } from '../support/database.ts'

const now = new Date('2026-06-15T02:00:00Z')
const on = '2026-06-15'
const jurisdiction = '990101'
const piece = fc.constantFrom(
  ...[
    '停车',
    '收费',
    '农村',
    '供水',
    '、',
    '，',
    ' ',
    '“三公”',
    '经费',
    '道路',
    '路灯',
    '养护',
    '1.5',
    'Ａ级',
    '㎡',
    '𠀀',
    '（试行）',
    '停',
    '车',
  ],
)
const title = fc
  .tuple(
    fc.constantFrom('青石县', '关于印发', ''),
    fc.array(piece, { minLength: 1, maxLength: 7 }),
    fc.constantFrom('管理办法', '的通知', '规定', ''),
  )
  .map(([from, parts, to]) => `${from}${parts.join('')}${to}`.trim())
  .filter((text) => text !== '')

let p: ReturnType<Awaited<ReturnType<typeof testDatabase>>['connect']>
const standing: string[] = []
beforeAll(async () => {
  p = (await testDatabase()).connect()
  await p.sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县'), ('990102', '白石县')`
})
let last = 0
async function load(titles: readonly string[], into = jurisdiction): Promise<void> {
  const lines = titles.map((text) => {
    last += 1
    return JSON.stringify({
      id: `s${last}`,
      title: text,
      body: '第一条　略。',
      issuer: '青石县人民政府',
      publishedAt: '2024-01-02',
      effectiveAt: '2024-02-01',
      status: '有效',
    })
  })
  const report = await importEntries(
    p,
    (async function* () {
      yield* lines
    })(),
    { jurisdiction: into, sourceName: '名称', now },
  )
  expect(report.faults).toEqual([])
  if (into === jurisdiction) standing.push(...titles)
}
const compared = () =>
  fc.assert(
    fc.asyncProperty(title, async (asked) => {
      // 只有一个字说的是什么事的，问不出相近。
      fc.pre(pairsOf(asked).pairs.size > 0)
      const right = standing.filter((one) => alike(one, asked))
      const found = (await similarEntries(p.db, p.db, { jurisdiction, title: asked, on })).map((one) => one.title)
      if (right.length <= 10) expect(found.toSorted()).toEqual(right.toSorted())
      else {
        expect(found).toHaveLength(10)
        expect(right).toEqual(expect.arrayContaining(found))
      }
    }),
    { numRuns: 120 },
  )

it('还没有并入的、各部的、合并以后的，都与逐件比较的相同；已经废止的、别处的不在内', async () => {
  const some = (seed: number) => fc.sample(title, { numRuns: 25, seed }).map((text) => text.slice(0, 60))
  await load(some(1))
  await load(some(1), '990102')
  await compared()
  for (let seed = 2; seed < 8; seed += 1) {
    await load(some(seed))
    await indexPending(p.db)
  }
  await compared()
  expect(await mergeSearchParts(p.db)).toBeGreaterThan(5)
  await load(some(9))
  const [gone] = await p.sql<
    { id: string; title: string }[]
  >`select id, title from register_entries where jurisdiction_id = ${jurisdiction} order by id limit 1`
  const event = { kind: 'repealed' as const, on: '2026-01-01', reason: '试', byDocument: null }
  await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, { entry: gone?.id ?? '' }, event))
  standing.splice(standing.indexOf(gone?.title ?? ''), 1)
  await compared()
})

it('没有索引时逐件比较全部名称', async () => {
  await p.sql`delete from search_index`
  const [one = ''] = standing.filter((text) => alike(text, text))
  const found = await similarEntries(p.db, p.db, { jurisdiction, title: one, on })
  expect(found.map(({ title: text }) => text)).toContain(one)
})
