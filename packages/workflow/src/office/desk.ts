// The desk of the office's own acts: one matter per jurisdiction, opened by the system, never closed.
import { dateInShanghai } from '@dianzhang/calendar'
import { actorRoleLabels, type OfficeCommand, officeContract, officeOverseers } from '@dianzhang/contract'
import { type OfficeDossier, type OfficeShape, officeEngine } from '@dianzhang/processes'
import type { Desk } from '../door/desk.ts'
import type { Actor } from '../office.ts'
import { officeHandlers } from './handlers.ts'
import { officeState } from './state.ts'

/** The one office of a jurisdiction. */
export const officeId = 'office'
const { law, labels } = officeEngine.process

/** By role alone; who administers accounts does it by appointment, not on delegation. */
const mayAct: Desk<OfficeShape>['may'] = (actor, type) => {
  const allowed = law[type].by
  const refused = (reason: string) => ({ allowed: false as const, reason })
  if (actor.kind !== 'person')
    return allowed.includes(actor.kind)
      ? { allowed: true, as: { person: null, unit: null, roles: [actor.kind] }, delegatedFrom: null }
      : refused(`${labels.command[type]}须由${allowed.map((role) => actorRoleLabels[role]).join('、')}办理`)
  // A post is given away or taken back by whoever is asked for it; which post it is, the rules see.
  const post = actor.posts
    .toSorted((a, b) => Number(a.delegatedFrom != null) - Number(b.delegatedFrom != null))
    .find((held) => allowed.includes(held.role) && !(held.role === 'admin' && held.delegatedFrom))
  if (!post)
    return refused(
      `${labels.command[type]}由${allowed.map((role) => actorRoleLabels[role]).join('、')}办理；您的角色是${[...new Set(actor.posts.map((held) => actorRoleLabels[held.role]))].join('、') || '（无）'}`,
    )
  const administers = actor.posts.some((held) => held.role === 'admin' && !held.delegatedFrom)
  const roles = type === 'RevokeDelegation' && administers ? (['admin'] as const) : [post.role]
  return {
    allowed: true,
    as: {
      person: actor.person,
      unit: post.unit,
      roles: [...roles],
      ...(post.delegatedFrom ? { delegatedFrom: post.delegatedFrom } : {}),
    },
    delegatedFrom: post.delegatedFrom ?? null,
  }
}
const first = (jurisdiction: string, packVersion: string, at: string): OfficeDossier => ({
  jurisdiction,
  packVersion,
  openedAt: at,
  counts: {},
  last: null,
})

export const officeDesk: Desk<OfficeShape> = {
  engine: officeEngine,
  recordLabels: officeContract.records,
  ledgerForm: 2,
  opening: {
    id: officeId,
    may: (actor: Actor) =>
      actor.kind === 'system'
        ? { allowed: true, as: { person: null, unit: null, roles: ['system'] }, delegatedFrom: null }
        : { allowed: false, reason: '办公台账由系统建立，一个法域一份' },
    dossier: ({ jurisdiction, pack, at }) => first(jurisdiction, pack.version, at),
    // Of the whole jurisdiction, hence of no single unit.
    summary: () => ({ title: '办公事务', unit: '' }),
  },
  handlers: officeHandlers,
  overseers: [...officeOverseers],
  may: mayAct,
  facts: async (asked) => {
    const { office, jurisdiction, on } = asked
    // The office goes by the pack of the day, whatever it was opened under.
    const pack = office.rules.latest(jurisdiction, on)
    return { pack, calendar: office.rules.calendar(jurisdiction), state: await officeState({ ...asked, pack }) }
  },
  // Always open, hence never anybody's turn: it would stand on their desks for ever.
  concerns: () => ({ involvedUnits: [], concernedRoles: [...officeOverseers] }),
  view: async (office, _actor, { dossier }) => ({
    counts: Object.entries(dossier.counts).map(([command, count]) => ({
      command,
      label: labels.command[command as OfficeCommand] ?? command,
      count,
    })),
    last: dossier.last,
    pack: office.rules.latest(dossier.jurisdiction, dateInShanghai(office.clock.now().toISOString())).version,
  }),
}
