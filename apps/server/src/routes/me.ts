// Who am I.

import { dateInShanghai } from '@dianzhang/calendar'
import { answers } from '@dianzhang/contract'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'

const { Me } = answers

export function meRoutes(ops: Operations, ctx: AppContext): void {
  ops.staff(
    {
      method: 'get',
      path: '/api/me',
      tag: '人员',
      summary: '本人、单位、任职（含受托）',
      answer: { description: '本人', schema: Me },
      evenWithFirstPassword: true,
    },
    (c, { actor }) =>
      c.json({
        person: actor.person,
        username: c.get('session')?.username ?? null,
        name: actor.name,
        unit: actor.unit,
        unitName: actor.unitName,
        jurisdiction: actor.jurisdiction,
        place: ctx.office.rules.latest(actor.jurisdiction, dateInShanghai(ctx.office.clock.now().toISOString())).name,
        roles: [...new Set(actor.posts.map((post) => post.role))],
        posts: actor.posts,
        mustChangePassword: actor.mustChangePassword,
        ...(ctx.demoClock ? { demo: { now: ctx.demoClock.now().toISOString() } } : {}),
      }),
  )
}
