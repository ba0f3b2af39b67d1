// Citation edges: which document, at which place, cites which superior act, in what role. Derived from the texts and from the
// table of bases; rebuilt at any time by `dianzhang citations rebuild`, hence bound to no ledger.
import { boolean, check, date, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'

export const citations = pgTable(
  'citations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    /** `entry/<id>`, `text/<document>/<n>` or `table/<document>/<n>`: what was read. */
    source: text('source').notNull(),
    n: integer('n').notNull(),
    entryId: text('entry_id'),
    documentId: text('document_id'),
    /** Version of the text, of the table of bases. */
    version: integer('version'),
    /** Normalised name of the act; null: only a number is known, or the reference leads nowhere. */
    actKey: text('act_key'),
    actName: text('act_name'),
    documentNumber: text('document_number'),
    /** As cited: “第十二条第二款”, “第五条至第八条”. */
    targets: text('targets').array().notNull(),
    /** The articles among them, ranges spelt out: 第十二条. */
    articles: text('articles').array().notNull(),
    role: text('role').notNull(),
    found: text('found').notNull(),
    certainty: text('certainty').notNull(),
    element: text('element'),
    address: text('address').notNull(),
    start: integer('start_at').notNull(),
    end: integer('end_at').notNull(),
    quote: text('quote').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.source, t.n] }),
    index('citations_act').on(t.actKey, t.jurisdictionId).where(sql`${t.entryId} is not null`),
    index('citations_number')
      .on(t.documentNumber)
      .where(sql`${t.entryId} is not null and ${t.documentNumber} is not null`),
    index('citations_entry').on(t.jurisdictionId, t.entryId).where(sql`${t.entryId} is not null`),
    index('citations_document').on(t.jurisdictionId, t.documentId).where(sql`${t.documentId} is not null`),
    check('citations_role', sql`${t.role} in ('basis','cites','amends','repeals','replaces','implements')`),
    check('citations_found', sql`${t.found} in ('parsed','declared','by_hand')`),
    check('citations_certainty', sql`${t.certainty} in ('exact','ambiguous','not_in_library','unbound')`),
  ],
)

/**
 * The other way round, kept by triggers on `citations` and `register_entries`: one narrow row for each act, article, role and
 * public document, so that “which documents rest on it” is counted and paged by an index, however many there are. Derived.
 */
export const citing = pgTable(
  'citing',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    entryId: text('entry_id').notNull(),
    /** The key of the act; `#` and the number where only that is known. */
    target: text('target').notNull(),
    /** '' for the act as such, and one row for each article named. */
    article: text('article').notNull(),
    /** Place of the role: basis, implements, cites, amends, repeals, replaces. */
    rank: smallint('rank').notNull(),
    /** Names no article at all. */
    whole: boolean('whole').notNull(),
    /** `-infinity`: not known. */
    publishedOn: date('published_on').notNull(),
    /** From when it is no longer in force, `infinity`: never; null: to be looked at closely, by the events of force. */
    overFrom: date('over_from'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.entryId, t.target, t.article, t.rank] }),
    index('citing_target').on(
      t.target,
      t.article,
      t.rank,
      t.publishedOn.desc(),
      t.entryId,
      t.jurisdictionId,
      t.whole,
      t.overFrom,
    ),
    index('citing_closely').on(t.target, t.article).where(sql`${t.overFrom} is null`),
  ],
)
