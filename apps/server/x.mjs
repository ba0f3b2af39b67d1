import { chmodSync, mkdtempSync } from 'node:fs'
import { connect, migrate, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { importEntries, indexPending, readEdges } from '@dianzhang/register'
import { entryOf } from './src/cli/bench/register.ts'

const dir = mkdtempSync('/tmp/dzx-')
chmodSync(dir, 0o711)
const d = await startEmbedded({ dir, owner: 'x' })
await migrate(d.url)
const { db, sql, close } = connect(d.url, { max: 4 })
await sql`insert into jurisdictions (id, name) values ('640522','x')`
const N = 1500
let t = performance.now()
const es = Array.from({ length: N }, (_, i) => entryOf(i, 690))
console.log('gen', performance.now() - t)
t = performance.now()
await readEdges(es.slice(0, 300).map((e) => ({ body: e.body, title: e.title })))
console.log('edges per entry', (performance.now() - t) / 300)
t = performance.now()
const r = await importEntries(
  { db },
  (async function* () {
    for (const e of es) yield JSON.stringify(e)
  })(),
  { jurisdiction: '640522', sourceName: 'g', now: new Date() },
)
console.log('import', r.imported, r.citations, performance.now() - t)
t = performance.now()
console.log(await indexPending(db), performance.now() - t)
console.log(
  await sql`select entries, (select count(*) from search_blocks b where b.part=p.part), (select sum(length(b)) from search_blocks b where b.part=p.part) from search_parts p`,
)
await close()
await d.stop()
await removeEmbedded(dir)
