// Permission by role: who holds one of the roles, in a post that is not outside; the reason otherwise.
import { type ActorRole, actorRoleLabels } from '@dianzhang/contract'
import type { Permission } from '../door/desk.ts'
import type { Actor, Post } from '../office.ts'

type Person = Extract<Actor, { kind: 'person' }>
/** A person may, in this post. */
export const inPost = (actor: Person, post: Post): Permission => ({
  allowed: true,
  as: {
    person: actor.person,
    unit: post.unit,
    roles: [post.role],
    ...(post.delegatedFrom ? { delegatedFrom: post.delegatedFrom } : {}),
  },
  delegatedFrom: post.delegatedFrom ?? null,
})

/** `outside` says in words why a post with the right role is still not the one; null: it is. */
export function permitByRole(
  actor: Actor,
  label: string,
  by: readonly ActorRole[],
  outside: (post: Post) => string | null,
): Permission {
  const who = by.map((role) => actorRoleLabels[role]).join('、')
  if (actor.kind !== 'person')
    return by.includes(actor.kind)
      ? { allowed: true, as: { person: null, unit: null, roles: [actor.kind] }, delegatedFrom: null }
      : { allowed: false, reason: `${label}须由${who}办理` }
  let reason = `${label}由${who}办理；您的角色是${[...new Set(actor.posts.map((p) => actorRoleLabels[p.role]))].join('、') || '（无）'}`
  // In one's own right before by delegation.
  const held = actor.posts
    .filter((p) => (by as readonly string[]).includes(p.role))
    .toSorted((a, b) => Number(a.delegatedFrom != null) - Number(b.delegatedFrom != null))
  for (const post of held) {
    const fault = outside(post)
    if (fault === null) return inPost(actor, post)
    reason = `${label}：${fault}`
  }
  return { allowed: false, reason }
}
