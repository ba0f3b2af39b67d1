// What is asked for, as a condition on `matters`: every word in the name, a number however written, or the present text.
import { type SQL, schema, sql } from '@dianzhang/database'
import { patternOf, rankQuery, type SearchWord, searchWords } from '@dianzhang/register'
import type { Actor, Office } from '../office.ts'
import { mayReadText } from '../policies/may.ts'

const { matters: m, matterSearch: s, texts: t } = schema

/** Up to so many are named one by one; of more, a list in any order meets one soon. */
const few = 2000

export interface WordsFound {
  /** A condition on `matters`. */
  where: SQL
  /** Their ids, an array: so few that a list had better begin with them than with its order. Null: more. */
  ids: SQL | null
}
const nothing: WordsFound = { where: sql`false`, ids: sql`array[]::text[]` }

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
 * after another, all that lack them.
 */
export async function foundIn(
  office: Office,
  actor: Actor,
  q: string,
  where: 'anywhere' | 'heading',
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
  const columns = sql`${s.jurisdictionId}, ${s.matterId}, ${s.heading}, ${s.textN}`
  const [found] = await office.db.execute<{ candidates: number; ids: string[] | null }>(sql`
    with x as materialized (select ${columns} from ${s} where ${s.jurisdictionId} = ${actor.jurisdiction} and ${held} limit ${few + 1}),
      n as materialized (select count(*)::int as candidates from x)
    select candidates, case when candidates <= ${few} then (select jsonb_agg(x.matter_id) from x where ${checked}) end as ids from n`)
  if (found === undefined || found.candidates === 0) return nothing
  if (found.candidates <= few) {
    if (found.ids === null) return nothing
    // An array, made once: how many a set has the planner cannot know, and may compare each of it with each matter.
    const ids = sql`array(select jsonb_array_elements_text(${JSON.stringify(found.ids)}::jsonb))`
    return { where: sql`${m.id} = any (${ids})`, ids }
  }
  return {
    where: sql`exists (select 1 from (select ${columns} from ${s} where ${s.jurisdictionId} = ${m.jurisdictionId} and ${s.matterId} = ${m.id}
      and ${held}) as x where ${checked})`,
    ids: null,
  }
}
