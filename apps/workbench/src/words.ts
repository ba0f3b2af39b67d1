// Wording of the pages, and how dates are written.
import { actorRoleLabels, stageLabels } from '@dianzhang/contract'

export const roleName = (role: string): string => (actorRoleLabels as Record<string, string>)[role] ?? role
/** Name of a stage; for the regions after taking effect (force, filing, archive) see the flow chart. */
export const stageName = (stage: string): string => (stageLabels as Record<string, string>)[stage] ?? stage

/** The stages of the main line, in order; termination is not among them. */
export const mainStages = Object.keys(stageLabels).filter((path) => !path.includes('.'))

const shanghai = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hourCycle: 'h23', ...options })
const dayOf = shanghai({ year: 'numeric', month: '2-digit', day: '2-digit' })
const minuteOf = shanghai({ hour: '2-digit', minute: '2-digit' })

/** Instant → `YYYY-MM-DD` in Beijing time. */
export const dateOf = (instant: string | Date): string => dayOf.format(new Date(instant)).replaceAll('/', '-')
/** Instant → `YYYY-MM-DD HH:mm` in Beijing time. */
export const momentOf = (instant: string | Date): string => `${dateOf(instant)} ${minuteOf.format(new Date(instant))}`
/** `2026-03-02` → `2026年3月2日`。 */
export function plain(date: string): string {
  const [y, m, d] = date.slice(0, 10).split('-').map(Number)
  return `${y}年${m}月${d}日`
}
export const weekdayOf = (date: string): string => '日一二三四五六'[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const shortHash = (hash: string | null | undefined): string =>
  hash ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : '（无）'
export const isDoubtful = (confidence: string | undefined): boolean =>
  confidence === 'memory' || confidence === 'inference' || confidence === 'local_example'
