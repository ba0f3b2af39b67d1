// What is asked for, as a condition on `matters`: every word in the name, a number however written, or the present text.
import { type SQL, schema, sql } from '@dianzhang/database'
import { patternOf, rankQuery, searchWords } from '@dianzhang/register'
import type { Actor, Office } from '../office.ts'
import { mayReadText } from '../policies/may.ts'

const { matters: m, matterSearch: s, texts: t } = schema

/** Up to so many are named one by one; of more, a list in any order meets one soon. */
const few = 5000

/**
 * Matters in which this person finds all words of `q`, as a condition on `matters`. Brackets, width and case do not matter;
 * unpublished text is searched only for those who may read it. Nothing to search for (only punctuation): nothing is found. The
 * index of words is asked first: where it has few, the lists read just these and not, one after another, all that lack them.
 */
export async function foundIn(office: Office, actor: Actor, q: string): Promise<SQL> {
  const words = searchWords(q)
  if (words.length === 0) return sql`false`
  const texts = mayReadText(actor)
  // Tokens are pairs of characters: of longer words the text itself decides, of the few candidates.
  const long = words.filter((word) => word.forms.some(({ text }) => [...text].length > 2))
  const within = texts
    ? sql`(x.heading || e'\n' || coalesce((select ${t.body} from ${t} where ${t.jurisdictionId} = x.jurisdiction_id
        and ${t.documentId} = x.matter_id and ${t.n} = x.text_n), ''))`
    : sql`x.heading`
  const checks = long.map(
    (word) => sql`normalize(${within}, nfkc) ~* ${word.forms.map(({ text }) => `(?:${patternOf(text)})`).join('|')}`,
  )
  const held = sql`${s.search} @@ ${rankQuery(words, texts ? 'text' : 'reference')}::tsquery`
  const checked = checks.length > 0 ? sql.join(checks, sql` and `) : sql`true`
  const found = await office.db.execute<{ id: string }>(sql`
    with x as materialized (select * from ${s} where ${s.jurisdictionId} = ${actor.jurisdiction} and ${held})
    select matter_id as id from x where ${checked} limit ${few + 1}`)
  if (found.length === 0) return sql`false`
  if (found.length <= few)
    return sql`${m.id} in (select jsonb_array_elements_text(${JSON.stringify(found.map(({ id }) => id))}::jsonb))`
  return sql`exists (select 1 from (select * from ${s} where ${s.jurisdictionId} = ${m.jurisdictionId} and ${s.matterId} = ${m.id}
    and ${held}) as x where ${checked})`
}
