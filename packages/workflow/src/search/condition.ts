// What is asked for, as a condition on `matters`: every word in the name, a number however written, or the present text.
import { type SQL, schema, sql } from '@dianzhang/database'
import { patternOf, rankQuery, searchWords } from '@dianzhang/register'
import type { Actor } from '../office.ts'
import { mayReadText } from '../policies/may.ts'

const { matters: m, matterSearch: s, texts: t } = schema

/**
 * Matters in which this person finds all words of `q`. Brackets, width and case do not matter; unpublished text is searched
 * only for those who may read it. Nothing to search for (only punctuation): nothing is found.
 */
export function foundIn(actor: Actor, q: string): SQL {
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
  return sql`exists (select 1 from (select * from ${s} where ${s.jurisdictionId} = ${m.jurisdictionId} and ${s.matterId} = ${m.id}
    and ${s.search} @@ ${rankQuery(words, texts ? 'text' : 'reference')}::tsquery) as x where ${
      checks.length > 0 ? sql.join(checks, sql` and `) : sql`true`
    })`
}
