// Superior acts as everybody may look them up: what was registered goes before the catalogue, and both are counted.
import {
  type ActStanding,
  actKey,
  actOn,
  actsAsOf,
  actsSource,
  factsNamed,
  forceOf,
  type KnownFact,
  type KnownStanding,
  knownOn,
  type ListedAct,
  latestFacts,
  listedAct,
  sameVersion,
  searchActs,
  versionsOf,
} from '@dianzhang/acts'
import type { DbOrTx } from '@dianzhang/database'
import { actFacts, factsOfAct, registeredAct } from './facts.ts'

export type ShownStatus = KnownStanding['status']
export interface ShownAct {
  id: string
  title: string
  level: string
  documentNumber: string | null
  issuer: string | null
  publishedOn: string | null
  effectiveOn: string | null
  status: ShownStatus
  /** Entered here, not from the catalogue: from where, and since when it is known. */
  registered: boolean
  source: string | null
  knownFrom: string | null
}
const asVersion = (act: ListedAct) => ({
  title: act.title,
  documentNumber: act.documentNumber,
  publishedOn: act.publishedOn ?? '',
})
const listed = (act: ListedAct, status: ShownStatus): ShownAct => ({
  id: act.id,
  title: act.title,
  level: act.level,
  documentNumber: act.documentNumber,
  issuer: act.issuer,
  publishedOn: act.publishedOn,
  effectiveOn: act.effectiveOn,
  status,
  registered: false,
  source: null,
  knownFrom: null,
})
const registered = (fact: KnownFact, on: string): ShownAct => ({
  id: fact.id,
  title: fact.title,
  // A fact that is silent about the level leaves it as the catalogue has it for an act of that name.
  level: fact.level ?? actOn(fact.title, on)?.version.level ?? '层级没有载明',
  documentNumber: fact.documentNumber,
  issuer: fact.issuers.join('、') || null,
  publishedOn: fact.publishedOn,
  effectiveOn: fact.effectiveDate,
  status: forceOf(fact, on),
  registered: true,
  source: fact.source,
  knownFrom: fact.knownFrom,
})
/** A version of the catalogue by itself: one that has been replaced says so, though the act of that name is in force. */
const listedStatus = (act: ListedAct, standing: ActStanding | null): ShownStatus => {
  if (!standing) return 'unknown'
  if (standing.version === act) return standing.status
  return standing.next === act || (act.publishedOn ?? '') > (standing.version.publishedOn ?? '') ? 'pending' : 'amended'
}
/** A version of the catalogue beside what was registered of the act. */
function statusBeside(act: ListedAct, facts: readonly KnownFact[], on: string): ShownStatus {
  const own = factsNamed(facts, act.title)
  const alone = listedStatus(act, actOn(act.title, on))
  if (own.length === 0) return alone
  const standing = knownOn(facts, act.title, on)
  if (!standing?.fact) return alone
  // What is in force by a registered version has taken the place of this one; what has ended has ended this one too.
  return alone === 'pending' ? alone : standing.status === 'in_force' ? 'amended' : standing.status
}

/**
 * Acts whose name, number or alias holds every word; those of just this name first. `total` counts all of them; `from` of them are
 * passed over.
 */
export async function searchKnownActs(
  db: DbOrTx,
  asked: { q: string; on: string; limit: number; from?: number },
): Promise<{ items: ShownAct[]; registered: KnownFact[]; total: number }> {
  const { q, on, limit, from = 0 } = asked
  const facts = latestFacts(await actFacts(db))
  const words = q
    .normalize('NFKC')
    .split(/\s+/u)
    .map((word) => actKey(word))
    .filter((word) => word !== '')
  const found = facts.filter((fact) => {
    const text = [fact.title, ...fact.aliases].map(actKey).join('\n')
    return words.every((word) => `${text}\n${(fact.documentNumber ?? '').normalize('NFKC')}`.includes(word))
  })
  const all = searchActs(q, Number.MAX_SAFE_INTEGER)
  const catalogued = all.items.filter((act) => !facts.some((fact) => sameVersion(fact, asVersion(act))))
  const key = words.join('')
  const rank = (title: string): number => {
    const own = actKey(title)
    return own === key ? 0 : own.startsWith(key) ? 1 : 2
  }
  const merged = [
    ...found.map((fact) => ({ title: fact.title, publishedOn: fact.publishedOn, fact, act: null })),
    ...catalogued.map((act) => ({ title: act.title, publishedOn: act.publishedOn ?? '', fact: null, act })),
  ].toSorted((a, b) => rank(a.title) - rank(b.title) || b.publishedOn.localeCompare(a.publishedOn))
  const page = merged.slice(from, from + limit)
  return {
    items: page.flatMap(({ fact, act }) =>
      fact ? [registered(fact, on)] : act ? [listed(act, statusBeside(act, facts, on))] : [],
    ),
    registered: page.flatMap(({ fact }) => fact ?? []),
    total: merged.length,
  }
}

/** The name an id, a name or a number stands for; null: nothing of the kind is known. */
export async function actNamed(
  db: DbOrTx,
  written: string,
): Promise<{ id: string; title: string; key: string; documentNumber: string | null } | null> {
  const named = ({ id, title, documentNumber }: Pick<ListedAct, 'id' | 'title' | 'documentNumber'>) => ({
    id,
    title,
    key: actKey(title),
    documentNumber,
  })
  const one = listedAct(written)
  if (one) return named(one)
  const fact = await registeredAct(db, written)
  if (fact) return named(fact)
  const [known] = latestFacts(await factsOfAct(db, written))
  const [version] = versionsOf(written).toReversed()
  return known ? named(known) : version ? named(version) : null
}

export interface OneKnownAct {
  act: ShownAct
  standing: KnownStanding | null
  /** Every version that is known, the oldest first. */
  versions: Array<
    ShownAct & { listed: ListedAct['status'] | null; checked: boolean; articles: string[]; replacedBy: string | null }
  >
  /** Every fact that was entered, also those that a later one corrected: known from when until when. */
  facts: Array<KnownFact & { knownUntil: string | null }>
}
/**
 * One act by the id of a version of the catalogue or of a registered fact, as it stands on `on`, as it was known at `asKnown`
 * (an instant; left out: now). Null: no such id.
 */
export async function knownAct(
  db: DbOrTx,
  asked: { id: string; on: string; article?: string | undefined; asKnown?: string | undefined },
): Promise<OneKnownAct | null> {
  const { id, on, article, asKnown } = asked
  const version = listedAct(id)
  const fact = version ? null : await registeredAct(db, id)
  if (!version && !fact) return null
  const title = version?.title ?? fact?.title ?? ''
  const every = await factsOfAct(db, title)
  const known = latestFacts(every, asKnown)
  const standing = knownOn(known, title, on, article)
  const beside = versionsOf(title).filter((act) => !known.some((one) => sameVersion(one, asVersion(act))))
  const versions = [
    ...beside.map((act) => ({
      ...listed(act, statusBeside(act, known, on)),
      listed: act.status,
      checked: act.checked,
      articles: [] as string[],
      replacedBy: null,
    })),
    ...known.map((one) => ({
      ...registered(one, on),
      listed: null,
      checked: false,
      articles: one.articles,
      replacedBy: one.replacedBy,
    })),
  ].toSorted((a, b) => (a.publishedOn ?? '').localeCompare(b.publishedOn ?? ''))
  const shown =
    version && beside.includes(version)
      ? listed(version, statusBeside(version, known, on))
      : version
        ? { ...listed(version, 'unknown'), status: standing?.status ?? 'unknown' }
        : registered(fact as KnownFact, on)
  // Asked for an article: what holds for it.
  if (article !== undefined && standing) shown.status = standing.status
  return {
    act: shown,
    standing,
    versions,
    facts: every
      .filter((one) => asKnown === undefined || one.knownFrom <= asKnown)
      .map((one) => ({
        ...one,
        knownUntil:
          every
            .filter(
              (later) => later.knownFrom > one.knownFrom && (later.corrects === one.id || sameVersion(later, one)),
            )
            .map((later) => later.knownFrom)
            .sort()[0] ?? null,
      })),
  }
}
export const catalogueAbout = { asOf: actsAsOf, source: actsSource }
