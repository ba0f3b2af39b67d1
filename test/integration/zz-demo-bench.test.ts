import { demoPeople, SeedClock, seedDemo } from '@dianzhang/workflow'
import { it } from 'vitest'
import { testOffice } from '../support/office.ts'
const accounts = new Map(demoPeople.map((p) => [p.username, `user-${p.username}`]))
it('sweep', async () => {
  let bad = 0
  const summary = new Map<string, number>()
  for (let d = Date.parse('2025-06-01T00:10:00+08:00'); d < Date.parse('2028-01-01T00:00:00+08:00'); d += Number(process.env.STEP ?? 23) * 86400e3) {
    const now = new Date(d).toISOString()
    const t = await testOffice(now)
    try {
      await seedDemo(t.office, new SeedClock(), { now: new Date(d), accounts })
      const rows = await t.connection.sql`select title, stage, snapshot->'value'->'effective' as e from documents`
      const state = rows.map((r) => String(r.title).slice(3, 12) + ':' + r.stage + (r.e ? `/${r.e.force}/${r.e.filing.government}/${r.e.filing.npc}` : '')).sort()
      for (const s of state) summary.set(s, (summary.get(s) ?? 0) + 1)
      const [o] = await t.connection.sql`select count(*)::int n from deadlines where kind='filing' and status='open' and due_at < ${now}`
      const [w] = await t.connection.sql`select count(*)::int n from ledger_events, jsonb_array_elements(body->'verdicts') v where not (v->>'holds')::bool and v->>'severity'='warn'`
      summary.set(`overdue filings ${o?.n}`, (summary.get(`overdue filings ${o?.n}`) ?? 0) + 1)
      summary.set(`warnings ${w?.n}`, (summary.get(`warnings ${w?.n}`) ?? 0) + 1)
    } catch (e) { bad++; console.log('FAILED', now, String(e).slice(0, 400), JSON.stringify((e as {extra?: {issues?: unknown}}).extra?.issues ?? '')) }
    await t.office.close(); await t.database.drop()
  }
  console.log('BAD', bad); for (const [k, n] of [...summary].sort()) console.log('S', n, k)
}, 570000)
