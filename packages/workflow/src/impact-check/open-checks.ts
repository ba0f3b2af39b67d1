// A change of a superior act (or of one of our own documents) → the checks that are to be opened: one for each document that
// rests on it, cites it, carries it out. The ids follow from document and change, so the same change opens none twice.
import { type ActEvent, actKey, keysNamed, latestFacts } from '@dianzhang/acts'
import { type DbOrTx, schema, sql } from '@dianzhang/database'
import { type Alarm, alarmOf, type CitingPlace } from '@dianzhang/processes'
import { actFacts, statusSql, titleKey, titleKeySql } from '@dianzhang/register'
import { articleKey, parseText } from '@dianzhang/text'
import { derivedId, type Send } from '../outbox.ts'

/** Categories of superior law: what is imported of them is no document of ours to check. */
const superior = [
  '宪法',
  '法律',
  '法律解释',
  '有关法律问题的决定',
  '行政法规',
  '监察法规',
  '司法解释',
  '国务院文件',
  '部门规章',
  '部门规范性文件',
  '地方性法规',
  '地方法规性决定',
  '地方政府规章',
]
interface Row extends Record<string, unknown> {
  key: string
  entry: string
  role: string
  address: string
  articles: string[]
  found: string
}
interface ToCheck {
  event: ActEvent
  entry: string
  alarm: Exclude<Alarm, null>
}
/** Which documents are looked at. */
export interface Among {
  /** Entries that are left out: the act that makes the change, what ends with it. */
  except?: readonly string[]
  /**
   * Only what came into the register since this instant: it is checked where the change took effect, or (`knownOn` of the event)
   * became known, after it was adopted; what rests on an ended act is always checked.
   */
  since?: Date
}
/** With `knownOn`, the day on which a change became known here. */
export type KnownEvent = ActEvent & { knownOn?: string }

/**
 * The documents of a jurisdiction that changes concern, with where they name the act; those that cite other articles only
 * say so. Without those that have ended, superior law itself, `except`, and what is checked already.
 */
async function concernedBy(
  db: DbOrTx,
  jurisdiction: string,
  events: readonly KnownEvent[],
  on: string,
  { except = [], since }: Among,
): Promise<ToCheck[]> {
  if (events.length === 0) return []
  const { impactChecks: t } = schema
  const facts = latestFacts(await actFacts(db))
  const asked = events.flatMap(({ key, kind, on: from, knownOn, title, documentNumber }) =>
    [...keysNamed(facts, title), null].flatMap((name) =>
      name === null && documentNumber === null
        ? []
        : [{ key, kind, from, known: knownOn ?? null, name, number: name === null ? documentNumber : null }],
    ),
  )
  const adopted = sql`coalesce(e.adoption_date, e.published_on)`
  const late =
    since === undefined
      ? sql``
      : sql`and e.created_at >= ${since.toISOString()}::timestamptz and (x.kind = 'ended' or ${adopted} is null or x.from > ${adopted}
          or (e.origin = 'made' and x.known >= ${adopted}))`
  const rows = await db.execute<Row>(sql`
    select x.key, c.entry_id as entry, c.role, c.address, c.articles, c.found
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x(key text, kind text, "from" date, known date, name text, number text)
    cross join lateral (
      select * from citations c where c.jurisdiction_id = ${jurisdiction} and c.entry_id is not null and c.act_key = x.name
      union all
      select * from citations c where c.jurisdiction_id = ${jurisdiction} and c.entry_id is not null and c.act_key is null
        and c.document_number = x.number
    ) c join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry_id
    where (e.origin = 'made' or e.category is null or e.category not in ${superior}) ${late}
      and ${statusSql('e', on)} not in ('repealed', 'expired', 'annulled')
      and not exists (select from ${t} x2 where x2.jurisdiction_id = c.jurisdiction_id and x2.entry_id = c.entry_id and x2.event_key = x.key)
    order by c.entry_id, c.n`)
  const left = new Set(except)
  const byKey = Map.groupBy(
    rows.filter((row) => !left.has(row.entry)),
    (row) => row.key,
  )
  const found: ToCheck[] = []
  for (const event of events) {
    const own = byKey.get(event.key)
    if (!own) continue
    // Where nobody said which articles it touches, both texts are compared if they are known.
    const articles =
      event.articles.length === 0 && event.kind === 'changed'
        ? ((await changedArticles(db, event)) ?? [])
        : event.articles
    const { knownOn: _, ...full } = { ...event, articles }
    for (const [entry, list] of Map.groupBy(own, (row) => row.entry)) {
      const places = list.map(
        ({ role, address, articles: named, found: how }): CitingPlace => ({
          role,
          address,
          articles: named,
          declared: how === 'declared',
        }),
      )
      const alarm = alarmOf(places, articles)
      if (alarm) found.push({ event: full, entry, alarm })
    }
  }
  return found
}

const most = 200
/** The commands that open the checks; the matter's id follows from document and change. */
const openings = (jurisdiction: string, concerned: readonly ToCheck[]): CheckOpening[] =>
  concerned.flatMap(({ event, entry, alarm }): CheckOpening[] =>
    alarm.kind === 'check'
      ? [
          {
            opens: 'impact-check',
            matter: checkId(jurisdiction, entry, event.key),
            command: {
              type: 'OpenImpactCheck',
              document: entry,
              event: { ...event, articles: event.articles.slice(0, 300), source: event.source.slice(0, 400) },
              scope: alarm.scope,
              places: alarm.places.slice(0, most).map((place) => ({
                ...place,
                address: place.address.slice(0, 200),
                articles: place.articles.slice(0, 300),
              })),
            },
          },
        ]
      : [],
  )
/** A message that opens a check. */
export type CheckOpening = Extract<Send, { opens: string }> & { matter: string }
const checkId = (jurisdiction: string, entry: string, key: string): string =>
  derivedId('impact check', jurisdiction, entry, key)

/** Which articles a change touched, where the register holds both texts: number by number. Null: not both are known. */
async function changedArticles(db: DbOrTx, event: ActEvent): Promise<string[] | null> {
  const key = titleKeySql('e.title')
  const texts = await db.execute<{ body: string; start: string }>(sql`
    select e.body, coalesce(e.effective_date, e.published_on)::text as start from register_entries e
    where ${key} = ${titleKey(event.title)} and e.disclosure = 'active' and coalesce(e.effective_date, e.published_on) <= ${event.on}::date
    order by start desc, e.id limit 2`)
  const [after, before] = texts
  if (!after || !before || after.start !== event.on || before.start === after.start) return null
  const articles = (body: string): Map<string, string> => {
    const { body: elements } = parseText(body)
    const found = new Map<string, string>()
    const visit = (list: typeof elements): void => {
      for (const element of list) {
        if (element.level !== 'article') visit(element.children)
        else {
          const number = articleKey(element.number ?? '')
          if (number) found.set(number, body.slice(element.start, element.end).replace(/\s/gu, ''))
        }
      }
    }
    visit(elements)
    return found
  }
  const [old, now] = [articles(before.body), articles(after.body)]
  if (old.size === 0 || now.size === 0) return null
  return [...new Set([...old.keys(), ...now.keys()])].filter((number) => old.get(number) !== now.get(number))
}

/** Everything that changes open. */
export const checksOf = async (
  db: DbOrTx,
  jurisdiction: string,
  events: readonly KnownEvent[],
  on: string,
  among: Among = {},
): Promise<CheckOpening[]> => openings(jurisdiction, await concernedBy(db, jurisdiction, events, on, among))

/** A change of one of our own documents, by another one: amended or ended from a day on. */
export const ownEvent = (
  document: { title: string; number: string | null },
  kind: ActEvent['kind'],
  on: string,
  source: string,
): ActEvent => ({
  key: `${actKey(document.title)}@${on}#${kind}`,
  actKey: actKey(document.title),
  title: document.title,
  documentNumber: document.number,
  kind,
  on,
  articles: [],
  replacedBy: null,
  source: source.slice(0, 400),
})
