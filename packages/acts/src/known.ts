// 登记的上位法事实：先于目录所载；有误的以后来的事实更正，从不删除。某日的效力、某时所知、由此得出的变动。
import { actKey, actOn, actsSource, comingVersions, type ListedAct, versionsOf } from './catalogue.ts'

export type KnownStatus = 'in_force' | 'amended' | 'repealed' | 'expired'
/** 一项登记的事实。日期为日历日，`knownFrom` 为登记的时刻（ISO）。 */
export interface KnownFact {
  id: string
  title: string
  documentNumber: string | null
  issuers: string[]
  publishedOn: string
  effectiveDate: string
  status: KnownStatus
  statusSince: string | null
  source: string
  knownFrom: string
  level: string | null
  aliases: string[]
  /** 修改、废止涉及的条（第十二条）；空为整件，或者不知道哪些条。 */
  articles: string[]
  /** 分别施行的各条。 */
  commencement: Array<{ articles: string[]; effectiveDate: string }>
  replacedBy: string | null
  /** 更正的是哪一项事实。 */
  corrects: string | null
}

/** 同一部上位法的同一版：名称相同；都有文号的文号相同，否则公布日相同。 */
export const sameVersion = (
  a: Pick<KnownFact, 'title' | 'documentNumber' | 'publishedOn'>,
  b: Pick<KnownFact, 'title' | 'documentNumber' | 'publishedOn'>,
): boolean =>
  actKey(a.title) === actKey(b.title) &&
  (a.documentNumber !== null && b.documentNumber !== null
    ? a.documentNumber === b.documentNumber
    : a.publishedOn === b.publishedOn)

/**
 * 各版最后所知的一项，后登记的在前。`asKnown`（时刻）以后才登记的不算：回答“当时知道什么”。
 */
export function latestFacts(facts: readonly KnownFact[], asKnown?: string): KnownFact[] {
  const known = facts
    .filter((fact) => asKnown === undefined || fact.knownFrom <= asKnown)
    .toSorted((a, b) => b.knownFrom.localeCompare(a.knownFrom) || a.id.localeCompare(b.id))
  const corrected = new Set(known.flatMap((fact) => fact.corrects ?? []))
  const latest: KnownFact[] = []
  for (const fact of known)
    if (!corrected.has(fact.id) && !latest.some((later) => sameVersion(later, fact))) latest.push(fact)
  return latest
}
/** 名称（全称或者别称）所指的事实。 */
export const factsNamed = (facts: readonly KnownFact[], title: string): KnownFact[] => {
  const key = actKey(title)
  return facts.filter((fact) => actKey(fact.title) === key || fact.aliases.some((alias) => actKey(alias) === key))
}

/** 一版在某日的效力；给出 `article`（第十二条）的，按该条施行、修改的情形。 */
export function forceOf(
  fact: Pick<KnownFact, 'effectiveDate' | 'status' | 'statusSince'> &
    Partial<Pick<KnownFact, 'articles' | 'commencement'>>,
  on: string,
  article?: string,
): KnownStatus | 'pending' {
  const own = article === undefined ? undefined : fact.commencement?.find((one) => one.articles.includes(article))
  if ((own?.effectiveDate ?? fact.effectiveDate) > on) return 'pending'
  if (fact.statusSince !== null && fact.statusSince > on) return 'in_force'
  const partial = fact.status !== 'in_force' && (fact.articles?.length ?? 0) > 0
  if (!partial) return fact.status
  // 只废止、停止若干条的，整部仍在，是修改；被废止的那几条不在了。
  if (article === undefined) return 'amended'
  return fact.articles?.includes(article) ? fact.status : 'in_force'
}

export interface KnownStanding {
  status: KnownStatus | 'pending' | 'unknown'
  since: string | null
  /** 据以回答的：登记的事实，或者目录的一版。 */
  fact: KnownFact | null
  listed: ListedAct | null
}
/**
 * 一部上位法在 `on` 的效力：登记的与目录的合起来看，取已经施行的最近一版；同一版登记的先于目录。两处都没有的为 null，那不是失效。
 * `facts` 为 `latestFacts` 所给。
 */
export function knownOn(
  facts: readonly KnownFact[],
  title: string,
  on: string,
  article?: string,
): KnownStanding | null {
  const own = factsNamed(facts, title).toSorted(
    (a, b) => b.publishedOn.localeCompare(a.publishedOn) || b.effectiveDate.localeCompare(a.effectiveDate),
  )
  const listed = actOn(title, on)
  const fromList = (): KnownStanding | null =>
    listed && { status: listed.status, since: null, fact: null, listed: listed.version }
  const fromFact = (fact: KnownFact): KnownStanding => {
    const status = forceOf(fact, on, article)
    return {
      status,
      since: status === 'in_force' || status === 'pending' ? null : fact.statusSince,
      fact,
      listed: null,
    }
  }
  const begun = own.find((fact) => forceOf(fact, on, article) !== 'pending')
  if (!begun) {
    // 已经公布、尚未施行的：前一版仍然有效。
    if (listed && listed.version.publishedOn !== own[0]?.publishedOn) return fromList()
    return own[0] ? fromFact(own[0]) : fromList()
  }
  const catalogued = listed && listed.status !== 'pending' ? (listed.version.publishedOn ?? '') : ''
  if (catalogued <= begun.publishedOn) return fromFact(begun)
  const ended = begun.status === 'repealed' || begun.status === 'expired' || begun.status === 'amended'
  return ended && (begun.statusSince ?? '') > catalogued ? fromFact(begun) : fromList()
}

/** 上位法的一次变动。 */
export interface ActEvent {
  /** 同一部、同一日、同一种变动恒为同一标识：再次登记不是另一次变动。 */
  key: string
  actKey: string
  title: string
  documentNumber: string | null
  /** `changed` 修改、修订；`ended` 废止、失效。 */
  kind: 'changed' | 'ended'
  on: string
  /** 变动的条；空为整件，或者不知道哪些条。 */
  articles: string[]
  replacedBy: string | null
  source: string
}
const eventOf = (
  fact: Pick<KnownFact, 'title' | 'documentNumber' | 'replacedBy' | 'source'>,
  kind: ActEvent['kind'],
  on: string,
  articles: string[],
): ActEvent => ({
  key: `${actKey(fact.title)}@${on}#${kind}`,
  actKey: actKey(fact.title),
  title: fact.title,
  documentNumber: fact.documentNumber,
  kind,
  on,
  articles,
  replacedBy: fact.replacedBy,
  source: fact.source,
})
/**
 * 登记一项事实意味着哪些变动；`before` 为此前所知（`latestFacts`）。更正、补登旧版、与此前所知相同的，没有变动。
 */
export function eventsOf(fact: KnownFact, before: readonly KnownFact[]): ActEvent[] {
  const known = before.filter((one) => actKey(one.title) === actKey(fact.title))
  const same = known.find((one) => sameVersion(one, fact))
  const news = (kind: ActEvent['kind'], on: string): boolean =>
    !same || same.status !== fact.status || same.statusSince !== on || kind === 'changed'
  if (fact.status === 'repealed' || fact.status === 'expired') {
    const on = fact.statusSince ?? fact.effectiveDate
    // 只废止若干条的，是修改。
    const kind = fact.articles.length > 0 ? 'changed' : 'ended'
    return news(kind, on) ? [eventOf(fact, kind, on, fact.articles)] : []
  }
  if (fact.status === 'amended') {
    const on = fact.statusSince ?? fact.effectiveDate
    return [eventOf(fact, 'changed', on, fact.articles)]
  }
  const earlier = [
    ...known.filter((one) => !sameVersion(one, fact)).map((one) => one.publishedOn),
    ...versionsOf(fact.title).flatMap((one) => one.publishedOn ?? []),
  ]
  // 头一次得知的版本不引起变动；补录的旧版本也不。
  if (earlier.length === 0 || earlier.some((on) => on >= fact.publishedOn)) return []
  const apart = fact.commencement.flatMap((one) =>
    one.effectiveDate === fact.effectiveDate ? [] : [eventOf(fact, 'changed', one.effectiveDate, one.articles)],
  )
  return [eventOf(fact, 'changed', fact.effectiveDate, fact.articles), ...apart]
}

/** 登记过的一切事实意味着的变动，各有何时得知；后来更正了的不算。`facts` 为全部事实，次序不拘。 */
export function everyEvent(facts: readonly KnownFact[]): Array<ActEvent & { knownFrom: string }> {
  const corrected = new Set(facts.flatMap((fact) => fact.corrects ?? []))
  const found = new Map<string, ActEvent & { knownFrom: string }>()
  for (const own of Map.groupBy(facts, (fact) => actKey(fact.title)).values()) {
    let before: KnownFact[] = []
    for (const fact of own.toSorted((a, b) => a.knownFrom.localeCompare(b.knownFrom) || a.id.localeCompare(b.id))) {
      if (!corrected.has(fact.id))
        for (const event of eventsOf(fact, before)) {
          const same = found.get(event.key)
          if (!same) found.set(event.key, { ...event, knownFrom: fact.knownFrom })
          else if (same.articles.length === 0) same.articles = event.articles
        }
      before = latestFacts([fact, ...before])
    }
  }
  return [...found.values()]
}
/** 目录中 `on` 以前已经公布、其后才施行的各版带来的变动；头一版不是变动，施行之日没有记载的不知何日。近的在前。 */
export const comingEvents = (on: string): Array<ActEvent & { publishedOn: string }> =>
  comingVersions(on)
    .flatMap((act) =>
      act.effectiveOn === null || act.publishedOn === null
        ? []
        : [
            {
              ...eventOf(
                { title: act.title, documentNumber: act.documentNumber, replacedBy: null, source: actsSource },
                'changed',
                act.effectiveOn,
                [],
              ),
              publishedOn: act.publishedOn,
            },
          ],
    )
    .toSorted((a, b) => a.on.localeCompare(b.on) || a.key.localeCompare(b.key))
/** 一部上位法的各个归一的名称：全称，与登记的事实写明的别称；以任一名称引用的都是它。 */
export const keysNamed = (facts: readonly KnownFact[], title: string): string[] => {
  const own = factsNamed(facts, title)
  return [...new Set([actKey(title), ...own.flatMap((fact) => [fact.title, ...fact.aliases].map(actKey))])]
}
