// All edges anew, from the texts and tables alone: twice gives the same rows. In steps, so that the office goes on meanwhile.
import { and, asc, type Db, eq, gt, or, schema, sql, withTransaction } from '@dianzhang/database'
import type { CitedBasis } from '@dianzhang/rules'
import { edgeRows, entrySource, tableSource, textSource, writeEdges } from './edge-rows.ts'
import { readEdges } from './read-edges.ts'

export interface EdgesReport {
  entries: number
  texts: number
  tables: number
  edges: number
  /** By role, and by how certain it is what they lead to. */
  roles: Record<string, number>
  certainty: Record<string, number>
  seconds: number
}
const { registerEntries: e, texts: t, artefacts: a, citations: c, settings } = schema
const step = 100
type Bases = Pick<CitedBasis, 'title' | 'docNo' | 'articles' | 'clause'>[]

async function entriesAnew(db: Db): Promise<number> {
  let after: { jurisdiction: string; id: string } | null = null
  let count = 0
  for (;;) {
    const rows: Array<{
      jurisdiction: string
      id: string
      document: string | null
      title: string
      body: string
      hash: string
    }> = await db
      .select({
        jurisdiction: e.jurisdictionId,
        id: e.id,
        document: e.documentId,
        title: e.title,
        body: e.body,
        hash: e.textHash,
      })
      .from(e)
      .where(
        after === null
          ? undefined
          : or(
              gt(e.jurisdictionId, after.jurisdiction),
              and(eq(e.jurisdictionId, after.jurisdiction), gt(e.id, after.id)),
            ),
      )
      .orderBy(asc(e.jurisdictionId), asc(e.id))
      .limit(step)
    const last = rows.at(-1)
    if (!last) return count
    const edges = await readEdges(rows)
    await withTransaction(db, async (tx) => {
      const all = []
      const sources = []
      for (const [i, row] of rows.entries()) {
        const own = row.document === null ? null : await madeOf(tx, row.jurisdiction, row.document, row.hash)
        const source = entrySource(row.jurisdiction, row.id, row.document, own?.version ?? null)
        sources.push(source)
        all.push(...edgeRows(source, edges[i] ?? [], own?.bases ?? []))
      }
      await tx.execute(sql`select set_config('synchronous_commit', 'off', true)`)
      await writeEdges(tx, all, sources)
    })
    count += rows.length
    after = { jurisdiction: last.jurisdiction, id: last.id }
  }
}
/** Of an entry that was made here: the version that was published, and the table of bases it was made with. */
async function madeOf(db: Parameters<typeof writeEdges>[0], jurisdiction: string, document: string, hash: string) {
  const [text] = await db
    .select({ n: t.n })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, document), eq(t.hash, hash)))
    .orderBy(sql`${t.n} desc`)
    .limit(1)
  const [table] = await db
    .select({ bases: a.bases })
    .from(a)
    .where(and(eq(a.jurisdictionId, jurisdiction), eq(a.documentId, document), eq(a.kind, 'legal_basis_table')))
    .orderBy(sql`${a.n} desc`)
    .limit(1)
  return { version: text?.n ?? null, bases: (table?.bases ?? []) as unknown as Bases }
}
async function textsAnew(db: Db): Promise<number> {
  const { matters: m } = schema
  let count = 0
  let offset = 0
  for (;;) {
    const rows = await db
      .select({ jurisdiction: t.jurisdictionId, document: t.documentId, n: t.n, body: t.body, title: m.title })
      .from(t)
      .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.documentId)))
      .orderBy(asc(t.jurisdictionId), asc(t.documentId), asc(t.n))
      .limit(step)
      .offset(offset)
    if (rows.length === 0) return count
    const edges = await readEdges(rows)
    const sources = rows.map((row) => textSource(row.jurisdiction, row.document, row.n))
    await withTransaction(db, (tx) =>
      writeEdges(
        tx,
        sources.flatMap((source, i) => edgeRows(source, edges[i] ?? [])),
        sources,
      ),
    )
    count += rows.length
    offset += rows.length
  }
}
async function tablesAnew(db: Db): Promise<number> {
  const rows = await db
    .select({ jurisdiction: a.jurisdictionId, document: a.documentId, n: a.n, bases: a.bases })
    .from(a)
    .where(and(eq(a.kind, 'legal_basis_table'), sql`${a.bases} is not null`))
    .orderBy(asc(a.jurisdictionId), asc(a.documentId), asc(a.n))
  for (let from = 0; from < rows.length; from += step) {
    const part = rows.slice(from, from + step)
    const sources = part.map((row) => tableSource(row.jurisdiction, row.document, row.n))
    await withTransaction(db, (tx) =>
      writeEdges(
        tx,
        sources.flatMap((source, i) => edgeRows(source, [], (part[i]?.bases ?? []) as unknown as Bases)),
        sources,
      ),
    )
  }
  return rows.length
}

/** How many edges there are, by role and certainty; those of the register and of texts under way together. */
async function counted(db: Db): Promise<Pick<EdgesReport, 'edges' | 'roles' | 'certainty'>> {
  const rows = await db
    .select({ role: c.role, certainty: c.certainty, count: sql<number>`count(*)::int` })
    .from(c)
    .groupBy(c.role, c.certainty)
  const sum = (by: 'role' | 'certainty') =>
    Object.fromEntries(
      [...Map.groupBy(rows, (row) => row[by])]
        .map(([name, list]): [string, number] => [name, list.reduce((n, row) => n + row.count, 0)])
        .sort(([x], [y]) => x.localeCompare(y)),
    )
  return { edges: rows.reduce((n, row) => n + row.count, 0), roles: sum('role'), certainty: sum('certainty') }
}

/** Rebuilds every edge; see the file's head. */
export async function rebuildCitations(db: Db): Promise<EdgesReport> {
  const started = performance.now()
  const entries = await entriesAnew(db)
  const texts = await textsAnew(db)
  const tables = await tablesAnew(db)
  await db.execute(sql`analyze citations`).catch(() => {})
  await db
    .insert(settings)
    .values({ jurisdictionId: 'CN', key: formKey, value: { form } })
    .onConflictDoUpdate({ target: [settings.jurisdictionId, settings.key], set: { value: { form } } })
  return {
    entries,
    texts,
    tables,
    ...(await counted(db)),
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
}
const formKey = 'citations'
/** How edges are read; a later way of reading is a later form, and all are read anew once. */
const form = 1
/** What was entered before edges were kept, or read in an earlier way: read now, once. */
export async function bringCitationsUpToDate(db: Db): Promise<void> {
  const [known] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.jurisdictionId, 'CN'), eq(settings.key, formKey)))
  if (known?.value.form !== form) await rebuildCitations(db)
}
