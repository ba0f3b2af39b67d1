// Permission: who may give this command on this file; the answer is a reason, not just yes or no. Roles come from
// commandLaw; the scope of units is set here.
import {
  type ActorRole,
  actorRoleLabels,
  type CommandType,
  commandLabels,
  type Role,
  type Track,
} from '@dianzhang/contract'
import { commandLaw } from '@dianzhang/lifecycle'
import { type Dossier, governmentOf, type UnitFact } from '@dianzhang/rules'
import type { Permission, ReadingRow } from '../door/desk.ts'
import { readable } from '../door/reading.ts'
import type { Actor, Post } from '../office.ts'

/** Whether a post has this file within the scope of its unit; if not, gives the scope required. */
function inScope(
  role: ActorRole,
  post: Post,
  d: Dossier,
  units: Record<string, UnitFact>,
  payload: Record<string, unknown>,
): string | null {
  const name = (id: string) => units[id]?.name ?? id
  switch (role) {
    case 'drafter':
    case 'unit_head':
      return post.unit === d.draftingUnit ? null : `须为起草单位${name(d.draftingUnit)}的人员`
    case 'department_contact': {
      const asked = [...new Set(d.interagency.map((i) => i.unit))]
      const wanted = typeof payload.unit === 'string' ? payload.unit : null
      if (wanted && wanted !== post.unit) return `只能代表本单位答复，不能代${name(wanted)}答复`
      return asked.includes(post.unit) ? null : '只有被征求意见的单位可以答复'
    }
    case 'leader': {
      const wanted = typeof payload.issuer === 'string' ? payload.issuer : null
      if (wanted && wanted !== post.unit) return `只能代表本机关签署，不能代${name(wanted)}签署`
      return d.issuers.includes(post.unit) ? null : `须为制定机关${d.issuers.map(name).join('、')}的负责人`
    }
    case 'secretariat': {
      // Joint documents are handled by the lead organ; registration, numbering and publication by the office of the
      // government at that level.
      const lead = d.issuers[0] ?? ''
      const government = governmentOf(units, lead)?.id
      const office = units[post.unit]?.kind === 'office' && (units[post.unit]?.parent ?? government) === government
      return office || post.unit === lead
        ? null
        : `须为${government ? `${name(government)}办公机构` : '政府办公室'}或者制定机关${name(lead)}的文秘`
    }
    case 'registrar': {
      const tracks = (
        typeof payload.track === 'string' ? [payload.track as Track] : (Object.keys(d.filings) as Track[])
      ) as Track[]
      const received = tracks.filter((t) => d.filings[t]?.recipient === post.unit)
      if (received.length === 0) return '须为受理备案单位的登记人'
      // What the receiver decides reaches the sender's file by itself; the old names are passed on before this is asked.
      return received.every((t) => d.filings[t]?.review) ? '这一件在受理机关另有一件备案审查，在那一件上办理' : null
    }
    default:
      return null
  }
}

/**
 * Whether this person may give this command on this file now. It looks at roles and units only; whether procedure
 * allows it is for the rules, and the separation of drafting and review for rule `duties.separated` (which holds for
 * posts held by delegation too).
 */
export function may(
  actor: Actor,
  type: CommandType,
  d: Dossier,
  units: Record<string, UnitFact>,
  payload: Record<string, unknown> = {},
): Permission {
  const by = commandLaw[type].by
  if (actor.kind !== 'person') {
    if (by.includes(actor.kind))
      return { allowed: true, as: { person: null, unit: null, roles: [actor.kind] }, delegatedFrom: null }
    return { allowed: false, reason: `${commandLabels[type]}须由${by.map((r) => actorRoleLabels[r]).join('、')}办理` }
  }
  const held = actor.posts.filter((p) => (by as ActorRole[]).includes(p.role))
  let reason = `${commandLabels[type]}由${by.map((r) => actorRoleLabels[r]).join('、')}办理；您的角色是${[...new Set(actor.posts.map((p) => actorRoleLabels[p.role]))].join('、') || '（无）'}`
  // One's own post comes before a delegated one.
  for (const post of held.toSorted((a, b) => Number(a.delegatedFrom != null) - Number(b.delegatedFrom != null))) {
    const outside = inScope(post.role, post, d, units, payload)
    if (outside === null)
      return {
        allowed: true,
        as: {
          person: actor.person,
          unit: post.unit,
          roles: [post.role],
          ...(post.delegatedFrom
            ? {
                delegatedFrom: post.delegatedFrom,
                home: {
                  unit: actor.unit,
                  roles: actor.posts.filter((p) => !p.delegatedFrom && p.unit === post.unit).map((p) => p.role),
                },
              }
            : {}),
        },
        delegatedFrom: post.delegatedFrom ?? null,
      }
    reason = `${commandLabels[type]}：${outside}`
  }
  return { allowed: false, reason }
}

/**
 * Roles that see the whole jurisdiction: reviewers, secretariat, administrators (administrators see the procedure
 * only, not unpublished bodies).
 */
export const documentOverseers: readonly Role[] = ['legality_reviewer', 'secretariat', 'admin']

/**
 * Whether this person can see this file: drafting unit, units involved, roles concerned, and reviewers, secretariat,
 * administrators.
 */
export const mayRead = (actor: Actor, row: ReadingRow): boolean => readable(documentOverseers, actor, row)
/** Whether unpublished bodies and materials may be seen: not by those whose only role is administrator. */
export const mayReadText = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'person' && actor.posts.some((p) => p.role !== 'admin'))
