// The table of bases as the text itself tells it: clause by clause, which superior act it cites and which articles of it. A
// proposal for the person who fills in the table; what was declared before stays as it was declared.
import { versionsOf } from '@dianzhang/acts'
import type { answers } from '@dianzhang/contract'
import { and, desc, eq, schema } from '@dianzhang/database'
import { readEdges } from '@dianzhang/register'
import { type CitationEdge, toldByClause } from '@dianzhang/text'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { openText } from '../queries/texts.ts'
import { textVersion } from './versions.ts'

type Row = answers.Given<typeof answers.BasisProposal>['items'][number]
const named = ({ title, clause }: Pick<Row, 'title' | 'clause'>): string => `${clause ?? ''}\n${title}`

/** One row for each clause and act, in the order of the text; the articles of all its places together. */
export function proposedBases(edges: readonly CitationEdge[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { name, docNo, targets, role, bound, address } of edges) {
    if (name === null || !bound) continue
    if (role !== 'basis' && role !== 'implements' && role !== 'cites') continue
    const title = versionsOf(name).at(-1)?.title ?? name
    const clause =
      /^第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?/u.exec(address)?.[0] ?? (address || null)
    const key = named({ title, clause })
    const row = rows.get(key) ?? { title, docNo, articles: [], clause, role }
    rows.set(key, {
      ...row,
      docNo: row.docNo ?? docNo,
      role: row.role === 'cites' ? role : row.role,
      articles: [...new Set([...row.articles, ...targets])],
    })
  }
  return [...rows.values()]
}
/**
 * The table of the text that stands: what the latest table declares first, then what the text cites besides; what is said of
 * the whole document gives way where it is told clause by clause. 404: no such file for
 * this person, or no text yet.
 */
export async function basisProposal(
  office: Office,
  actor: Actor,
  id: string,
): Promise<answers.Given<typeof answers.BasisProposal>> {
  const { dossier } = await openText(office, actor, id)
  const head = dossier.texts.at(-1)
  if (!head) throw notFound('这件文件的文本')
  const version = await textVersion(office, office.db, dossier, head.n)
  const [edges = []] = await readEdges([{ body: version.body, title: dossier.title }])
  const { artefacts: t } = schema
  const [table] = await office.db
    .select({ bases: t.bases })
    .from(t)
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.documentId, id), eq(t.kind, 'legal_basis_table')))
    .orderBy(desc(t.n))
    .limit(1)
  const declared = ((table?.bases ?? []) as unknown as Array<Partial<Row> & { title: string }>).map(
    ({ title, docNo, articles, clause }): Row => ({
      title,
      docNo: docNo ?? null,
      articles: articles ?? [],
      clause: clause ?? null,
      role: 'declared',
    }),
  )
  const there = new Set(declared.map(named))
  const all = [...declared, ...proposedBases(edges).filter((row) => !there.has(named(row)))]
  const items = all.filter((row) => !toldByClause(row, all))
  return { version: head.n, declared: items.filter(({ role }) => role === 'declared').length, items }
}
