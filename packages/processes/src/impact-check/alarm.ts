// 一次变动涉及一件文件的哪几处：知道变动了哪些条的，只看引用这些条的；没有写条款的，整件核查。纯的，导入与公布都用它。
import type { ImpactDossier } from './dossier.ts'

/** 一处引用。 */
export interface CitingPlace {
  role: string
  address: string
  /** 所引的条（第十二条）。 */
  articles: string[]
  declared: boolean
}
export type Alarm =
  | { kind: 'check'; scope: ImpactDossier['scope']; places: ImpactDossier['places'] }
  /** 只引用其他条：不核查，另外列出。 */
  | { kind: 'other_articles' }
  | null
const alarming = new Set(['basis', 'implements', 'cites'])

/**
 * `articles` 为变动的条，空为整件或者不知道。修改、废止、代替它的文件不因此核查。
 * 对照表写明了条款的，正文里没有写条款的同一依据不再作整件核查：以对照表为准。
 */
export function alarmOf(places: readonly CitingPlace[], articles: readonly string[]): Alarm {
  const own = places.filter(({ role }) => alarming.has(role)) as ImpactDossier['places']
  if (own.length === 0) return null
  if (articles.length === 0) return { kind: 'check', scope: 'whole', places: own }
  const hit = own.filter((place) => place.articles.some((one) => articles.includes(one)))
  if (hit.length > 0) return { kind: 'check', scope: 'articles', places: hit }
  const mapped = own.some((place) => place.declared && place.articles.length > 0)
  const whole = own.filter((place) => place.articles.length === 0 && (!mapped || place.role === 'cites'))
  return whole.length > 0 ? { kind: 'check', scope: 'whole', places: whole } : { kind: 'other_articles' }
}
