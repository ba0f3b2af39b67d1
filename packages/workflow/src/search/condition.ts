// What is asked for, as a condition on `matters`: every word in the name, a number however written, or the present text.
import { type SQL, type SQLWrapper, schema, sql } from '@dianzhang/database'
import { patternOf, rankQuery, type SearchWord, searchWords } from '@dianzhang/register'
import type { Actor, Office } from '../office.ts'
import { mayReadText } from '../policies/may.ts'

const { matters: m, matterSearch: s, texts: t } = schema

/**
 * Up to `few` are named one by one. Up to `many` are looked up in a set made once, whatever the order of the list passes by before
 * it meets one; of more, it meets one soon. What is found does not depend on either.
 */
export const searchLimits = { few: 2000, many: 20_000 }

export interface WordsFound {
  /** A condition on `matters`. */
  where: SQL
  /** Their ids, an array: so few that a list had better begin with them than with its order. Null: more. */
  ids: SQL | null
  /** The same for a list in an order of its own that may pass by many: null where they are named, or the order is that of the last change. */
  among: Among | null
}
/** Very many found: most of them a set, made once in the statement that asks. */
export interface Among {
  /** What the statement begins with. */
  with: SQL
  /** Whether this matter was found: told by the set, and where the set has no room for all, by the matter itself. */
  holds(id: SQLWrapper): SQL
  /** The same, told by the matter itself. */
  one(id: SQLWrapper): SQL
  /**
   * Ids of all that have the words' tokens, or of those only that are also the business of one of these (see {@link whoseTokens});
   * `sure`: these are found, otherwise `one` decides of them.
   */
  tokens(whose?: readonly string[]): SQL
  sure: boolean
}
const nothing: WordsFound = { where: sql`false`, ids: sql`array[]::text[]`, among: null }
/** The id is one of these, asked of a set that is made once: left to itself, the planner may ask anew for each. */
export const isAmong = (id: SQLWrapper, among: SQL): SQL => sql`coalesce(${id} in (${among}), false)`

/**
 * Tokens by which a search finds only the matters of a unit or those a person opened, without a look at the matters: upper case
 * begins no token of a text but “A” and “B” with one or two characters. What the index has of a matter it may have in vain (the
 * turns decide); what it lacks is not found.
 */
export const whoseTokens = (units: readonly string[], people: readonly string[]): string[] => [
  ...units.map((unit) => `U:${unit}`),
  ...people.map((person) => `P:${person}`),
]
/** A token as it stands in a tsvector or tsquery. */
export const quotedToken = (token: string): string => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
/**
 * The word is in the text (an expression), whatever brackets stand in it. Where it stands there as it is written, that is seen
 * at once; only the others are read sign by sign.
 */
function holds(word: SearchWord, heading: SQL, text: SQL | null): SQL {
  const whole = text === null ? heading : sql`(${heading} || e'\n' || coalesce(${text}, ''))`
  const literal = word.forms.map((form) => form.text).filter((one) => /^\p{Script=Han}+$/u.test(one))
  const asWritten = literal.flatMap((one) => [
    sql`position(${one} in ${heading}) > 0`,
    ...(text === null ? [] : [sql`coalesce(position(${one} in ${text}) > 0, false)`]),
  ])
  const pattern = word.forms.map((form) => `(?:${patternOf(form.text)})`).join('|')
  return sql`(${sql.join([...asWritten, sql`normalize(${whole}, nfkc) ~* ${pattern}`], sql` or `)})`
}

/**
 * Matters in which this person finds all words of `q`. Brackets, width and case do not matter; unpublished text is searched only
 * for those who may read it, and by nobody where only headings (name and numbers) are asked for. Nothing to search for (only
 * punctuation): nothing is found. The index of words is asked first: where it has few, the lists read just these and not, one
 * after another, all that lack them. The newest are merged of all kinds and looked at by portions; in any `other` order a list
 * may pass by many, and so many are found beforehand.
 */
export async function foundIn(
  office: Office,
  actor: Actor,
  q: string,
  where: 'anywhere' | 'heading',
  inOrder: 'newest' | 'other' = 'newest',
): Promise<WordsFound> {
  const words = searchWords(q)
  if (words.length === 0) return nothing
  const texts = where === 'anywhere' && mayReadText(actor)
  // Tokens are pairs of characters: of longer words the text itself decides, of the few candidates.
  const long = words.filter((word) => word.forms.some(({ text }) => [...text].length > 2))
  const text = texts
    ? sql`(select ${t.body} from ${t} where ${t.jurisdictionId} = x.jurisdiction_id and ${t.documentId} = x.matter_id and ${t.n} = x.text_n)`
    : null
  const checks = long.map((word) => holds(word, sql`x.heading`, text))
  const held = sql`${s.search} @@ ${rankQuery(words, texts ? 'text' : 'reference')}::tsquery`
  const checked = checks.length > 0 ? sql.join(checks, sql` and `) : sql`true`
  const { few, many } = searchLimits
  const columns = checks.length > 0 ? sql`${s.jurisdictionId}, ${s.matterId}, ${s.heading}, ${s.textN}` : s.matterId
  const [found] = await office.db.execute<{ candidates: number; ids: string[] | null }>(sql`
    with x as materialized (select ${columns} from ${s} where ${s.jurisdictionId} = ${actor.jurisdiction} and ${held} limit ${few + 1}),
      n as materialized (select count(*)::int as candidates from x)
    select candidates, case when candidates <= ${few} then (select jsonb_agg(x.matter_id) from x where ${checked}) end as ids from n`)
  if (found === undefined || found.candidates === 0) return nothing
  if (found.candidates > few) {
    const one = (id: SQLWrapper): SQL =>
      sql`exists (select 1 from (select ${columns} from ${s} where ${s.jurisdictionId} = ${actor.jurisdiction} and ${s.matterId} = ${id}
        and ${held}) as x where ${checked})`
    if (inOrder === 'newest') return { where: one(m.id), ids: null, among: null }
    const full = sql`(select count(*) > ${many} from searched)`
    const inSet = (id: SQLWrapper): SQL => isAmong(id, sql`select matter_id from searched`)
    const tokens = (whose: readonly string[] = []) => sql`select ${s.matterId} from ${s}
      where ${s.jurisdictionId} = ${actor.jurisdiction} and ${held} ${
        whose.length === 0 ? sql`` : sql`and ${s.search} @@ ${whose.map(quotedToken).join(' | ')}::tsquery`
      }`
    const sure = checks.length === 0
    return {
      where: one(m.id),
      ids: null,
      among: {
        with: sql`with searched as materialized (${tokens()} limit ${many + 1})`,
        holds: (id) =>
          sure ? sql`(${inSet(id)} or (${full} and ${one(id)}))` : sql`((${inSet(id)} or ${full}) and ${one(id)})`,
        one,
        tokens,
        sure,
      },
    }
  }
  if (found.ids === null) return nothing
  // An array, made once: how many a set has the planner cannot know, and may compare each of it with each matter.
  const ids = sql`array(select jsonb_array_elements_text(${JSON.stringify(found.ids)}::jsonb))`
  return { where: sql`${m.id} = any (${ids})`, ids, among: null }
}
