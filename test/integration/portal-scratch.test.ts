import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { createPortal } from '@dianzhang/portal'
import { importEntries, linesOf, listPublicEntries, getEntry } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { structureOf } from '../../apps/portal/src/text-structure.ts'
import { testOffice } from '../support/office.ts'

it('scratch', async () => {
  const t = await testOffice('2026-11-21T09:00:00+08:00')
  const r = await importEntries(t.office, linesOf(createReadStream('/work/shared/data/corpus.jsonl.gz').pipe(createGunzip())), { jurisdiction: '640522', sourceName: '语料', now: t.clock.now() })
  console.log(r.lines, r.imported, r.faults.length)
  const portal = createPortal({ office: t.office })
  const time = async (path: string) => {
    const runs: number[] = []
    let size = 0
    let status = 0
    for (let i = 0; i < 6; i++) {
      const a = performance.now()
      const x = await portal.request(path, { headers: { accept: 'text/html' } })
      size = (await x.text()).length
      status = x.status
      runs.push(performance.now() - a)
    }
    console.log(path.slice(0, 60), status, size, runs.map((n) => n.toFixed(0)).join(' '))
  }
  for (const p of ['/', '/register', '/register?q=' + encodeURIComponent('管理'), '/register?q=' + encodeURIComponent('农业补贴'), '/register?q=' + encodeURIComponent('水'), '/feeds/register.atom', '/sitemap.xml']) await time(p)
  const { items } = await listPublicEntries(t.office.readDb, { page: 1, size: 4000 })
  let biggest = 0
  let worst = ''
  let none = 0
  let bad = 0
  const ov: number[] = []
  let slow = 0
  for (const { id } of items) {
    const a = performance.now()
    const x = await portal.request(`/register/${encodeURIComponent(id)}`, { headers: { accept: 'text/html' } })
    const html = await x.text()
    slow = Math.max(slow, performance.now() - a)
    if (x.status !== 200) bad++
    const e = await getEntry(t.office.readDb, id, { now: t.clock.now() })
    if (!e) continue
    const over = Buffer.byteLength(html) - Buffer.byteLength(e.body)
    ov.push(over)
    if (over > biggest) { biggest = over; worst = `${id} ${e.title} body ${e.body.length} overhead ${over}` }
    const b = structureOf(e.body)
    if (b.every((x) => x.kind === 'paragraph')) none++
    const letters = (s: string) => s.replace(/[\s\u3000]/g, '')
    if (letters(b.map((x) => x.label + x.text).join('')) !== letters(e.body)) console.log('lost text', id, e.title)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1])
    if (new Set(ids).size !== ids.length) console.log('dup ids', id, ids.filter((x, i) => ids.indexOf(x) !== i).slice(0, 5))
  }
  ov.sort((a, b) => a - b)
  console.log({ n: items.length, worst, median: ov[ov.length >> 1], p99: ov[Math.floor(ov.length * 0.99)], over60: ov.filter((x) => x > 60000).length, none, bad, slow })
  expect(bad).toBe(0)
}, 300_000)
