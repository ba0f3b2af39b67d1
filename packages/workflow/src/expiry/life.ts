// What the public is told of how well a document is looked after: when something last happened to it, when it was last
// reviewed, how old it is, and on which day its office is next reminded that it ends.
import { addMonths } from '@dianzhang/calendar'
import { and, eq, isNotNull, lte, max, schema } from '@dianzhang/database'
import { basisStamp } from '@dianzhang/register'
import type { Office } from '../office.ts'

const { cleanups: c, cleanupItems: i, evaluations: x, units: u } = schema

/** After how many years without a change a document is listed; of several places the shortest. Undefined: no place has a pack. */
export async function neglectYears(office: Office, today: string): Promise<number | undefined> {
  const places = await office.db.selectDistinct({ id: u.jurisdictionId }).from(u)
  const years = places.flatMap(({ id }) =>
    office.rules.versions(id).length > 0 ? [office.rules.latest(id, today).validity.neglectYears.value] : [],
  )
  return years.length > 0 ? Math.min(...years) : undefined
}

export interface EntryLife {
  lastActivity: { on: string; what: string } | null
  lastReview: { on: string; what: string } | null
  /** Whole years since it was published; null: not known when. */
  years: number | null
  /** The next reminder before its validity ends; null: no end known, ended, or all given. */
  nextRung: { on: string; months: number } | null
}
interface Entry {
  id: string
  jurisdiction: string
  publishedOn: string | null
  effectiveDate: string | null
  validUntil: string | null
  timeline: ReadonlyArray<{ on: string; label: string }>
}

/** As of `today`; only what is public: published evaluations, published cleanups, checks of the basis by their day. */
export async function lifeOf(office: Office, entry: Entry, today: string, inForce: boolean): Promise<EntryLife> {
  const own = entry.jurisdiction
  const [[evaluated], [cleaned], stamp] = await Promise.all([
    office.readDb
      .select({ on: max(x.publishedOn) })
      .from(x)
      .where(and(eq(x.jurisdictionId, own), eq(x.entryId, entry.id), lte(x.publishedOn, today))),
    office.readDb
      .select({ on: max(c.decidedOn) })
      .from(c)
      .innerJoin(i, and(eq(i.jurisdictionId, c.jurisdictionId), eq(i.matterId, c.matterId)))
      .where(
        and(eq(c.jurisdictionId, own), eq(i.entryId, entry.id), isNotNull(c.publishedOn), lte(c.publishedOn, today)),
      ),
    basisStamp(office.readDb, own, entry.id),
  ])
  const latest = (list: Array<{ on: string | null | undefined; what: string }>) =>
    list
      .flatMap(({ on, what }) => (on && on <= today ? [{ on, what }] : []))
      .reduce<{ on: string; what: string } | null>((last, one) => (last && last.on > one.on ? last : one), null)
  const lastReview = latest([
    { on: evaluated?.on, what: '后评估' },
    { on: cleaned?.on, what: '清理' },
    { on: stamp.confirmedOn, what: '上位法变化核查' },
  ])
  const lastActivity = latest([
    { on: entry.publishedOn, what: '公布' },
    { on: entry.effectiveDate, what: '施行' },
    ...entry.timeline.map(({ on, label }) => ({ on, what: label })),
  ])
  const { publishedOn, validUntil } = entry
  const years = publishedOn && publishedOn <= today ? wholeYears(publishedOn, today) : null
  const rungs =
    inForce && validUntil && validUntil >= today && office.rules.versions(own).length > 0
      ? office.rules.latest(own, today).validity.ladderMonths.value
      : []
  const nextRung =
    rungs
      .map((months) => ({ on: addMonths(validUntil ?? today, -months), months }))
      .filter(({ on }) => on > today)
      .sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null
  return { lastActivity, lastReview, years, nextRung }
}
const wholeYears = (from: string, to: string): number =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)
