// The dashboard of the workbench: duties that should be nought, the figures of this year with last year beside, eight quarters.
// The secretariat, the legality office, leaders and inspectors see the whole place; everybody else the own unit.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type answers, type Role } from '@dianzhang/contract'
import { loadUnits } from '../facts/load-facts.ts'
import type { Actor, Office } from '../office.ts'
import { dutyLists } from './duties.ts'
import { statisticsBesideLastYear } from './query.ts'

const whole: ReadonlySet<Role> = new Set(['secretariat', 'legality_reviewer', 'leader', 'inspector', 'admin'])

/** Refuses 404 who holds no post. */
export async function dashboard(office: Office, actor: Actor): Promise<answers.Given<typeof answers.Dashboard>> {
  if (actor.kind !== 'person' || actor.posts.length === 0) throw new AppError('not_found', '没有看板')
  const today = dateInShanghai(office.clock.now().toISOString())
  const units = await loadUnits(office.db, actor.jurisdiction)
  // A leader of a department sees the department.
  const all = actor.posts.some(
    (post) => whole.has(post.role) && (post.role !== 'leader' || units[post.unit]?.kind === 'government'),
  )
  const unit = all ? null : actor.unit
  const query = { jurisdiction: actor.jurisdiction, ...(unit ? { unit } : {}) }
  const [duties, { now, before }] = await Promise.all([
    dutyLists(office.db, actor, today, unit),
    statisticsBesideLastYear(office, query),
  ])
  const last = new Map(before.map((x) => [x.id, x]))
  return {
    scope: unit ? (units[unit]?.name ?? unit) : '全县',
    from: now.from,
    to: now.to,
    asOf: now.asOf,
    duties: duties.map(({ id, label, total, items }) => ({
      id,
      label,
      value: total,
      items: items.map((x) => ({ ...x, unit: units[x.unit]?.name ?? x.unit })),
    })),
    items: now.items.map((x) => ({
      ...x,
      before: last.get(x.id)?.text ?? null,
      beforeList: last.get(x.id)?.list ?? null,
    })),
    issuers: now.issuers,
    manual: now.manual,
    quarters: now.quarters,
  }
}
