// What the rules of the office's acts need to know, read inside the write transaction; per command, nothing more.
// The office matter is locked, so the acts of one jurisdiction come one after the other; rows that other matters
// change as well (a reserved number) are locked besides.
import { type OfficeCommand, type OfficePayload, roleLabels } from '@dianzhang/contract'
import { and, correlated, eq, gte, isNull, lte, ne, or, schema, sql, type Tx } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import { loosenings, revisePack } from '@dianzhang/packs'
import type { OfficeShape, OfficeState, PackProposal, PersonState } from '@dianzhang/processes'
import { registeredActs } from '@dianzhang/register'
import { articleKey } from '@dianzhang/text'
import { sampleState } from '../audit/sample-act.ts'
import type { FactsAsked } from '../door/desk.ts'
import { mandateState } from '../mandates/state.ts'
import { heldPlaces } from '../notices/held.ts'
import { urgeState } from '../notices/urge.ts'
import { peopleInOffice } from '../people/actor.ts'
import { isAdministrator } from '../people/administrator.ts'
import { resendState } from '../resend/handler.ts'
import { confirmationFaults, numberingSuspended } from '../restoration.ts'

/** Only a command has a payload, and a command runs in a transaction. */
type Asked = Omit<FactsAsked<OfficeShape>, 'tx'> & { tx: Tx }
type Loader<T extends OfficeCommand> = (a: Asked, p: OfficePayload<T>) => Promise<OfficeState> | OfficeState

const { bodies, delegations, holidayNotices, numbers, people, personRoles, units, authAccounts, authUsers } = schema

async function personOf(tx: Tx, jurisdiction: string, id: string): Promise<(PersonState & { userId: string }) | null> {
  const [row] = await tx
    .select({ id: people.id, name: people.name, active: people.active, userId: people.userId })
    .from(people)
    .where(and(eq(people.jurisdictionId, jurisdiction), eq(people.id, id)))
    .for('update')
  return row ?? null
}
/** A delegation that has neither been revoked nor ended. */
async function receives(a: Asked, person: string): Promise<boolean> {
  const [found] = await a.tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.jurisdictionId, a.jurisdiction),
        eq(delegations.toPersonId, person),
        isNull(delegations.revokedAt),
        gte(delegations.endsOn, a.on),
      ),
    )
    .limit(1)
  return found !== undefined
}
const account: Loader<'DisableAccount'> = async (a, { person: id }) => {
  const found = await personOf(a.tx, a.jurisdiction, id)
  if (!found) return {}
  const { userId, ...person } = found
  const posts = await a.tx
    .select({
      role: personRoles.role,
      unit: personRoles.unitId,
      startsOn: personRoles.startsOn,
      endsOn: personRoles.endsOn,
    })
    .from(personRoles)
    .where(and(eq(personRoles.jurisdictionId, a.jurisdiction), eq(personRoles.personId, id)))
  const [credential] = await a.tx
    .select({ id: authAccounts.id })
    .from(authAccounts)
    .where(and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, 'credential')))
  return {
    person: {
      ...person,
      posts: posts as NonNullable<OfficeState['person']>['posts'],
      receives: await receives(a, id),
      password: credential !== undefined,
    },
  }
}
/** The unit of whoever acts. */
async function ownUnit(a: Asked): Promise<string> {
  const [row] = await a.tx
    .select({ unit: people.unitId })
    .from(people)
    .where(and(eq(people.jurisdictionId, a.jurisdiction), eq(people.id, a.as.person ?? '')))
  return row?.unit ?? ''
}
const grantOf: Loader<'GrantDelegation'> = async (a, p) => {
  const unit = p.unit ?? (await ownUnit(a))
  const giver = a.as.person ?? ''
  const startsOn = p.startsOn ?? a.on
  // Locked so that two requests cannot both find no overlapping delegation.
  const [held] = await a.tx
    .select({ endsOn: personRoles.endsOn })
    .from(personRoles)
    .where(
      and(
        eq(personRoles.jurisdictionId, a.jurisdiction),
        eq(personRoles.personId, giver),
        eq(personRoles.unitId, unit),
        eq(personRoles.role, p.role),
        or(isNull(personRoles.startsOn), lte(personRoles.startsOn, a.on)),
        or(isNull(personRoles.endsOn), gte(personRoles.endsOn, a.on)),
      ),
    )
    .for('update')
  const [received] = await a.tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.jurisdictionId, a.jurisdiction),
        eq(delegations.toPersonId, giver),
        eq(delegations.unitId, unit),
        eq(delegations.role, p.role),
        isNull(delegations.revokedAt),
        lte(delegations.startsOn, a.on),
        gte(delegations.endsOn, a.on),
      ),
    )
    .limit(1)
  const [taker] = await a.tx
    .select({
      active: people.active,
      unit: people.unitId,
      posts: correlated(sql<string[]>`(select coalesce(jsonb_agg(r.role), '[]'::jsonb) from person_roles r
        where r.jurisdiction_id = ${people.jurisdictionId} and r.person_id = ${people.id} and r.unit_id = ${unit}
          and (r.ends_on is null or r.ends_on >= ${startsOn}::date))`),
    })
    .from(people)
    .where(and(eq(people.jurisdictionId, a.jurisdiction), eq(people.id, p.toPerson)))
  const [overlapping] = await a.tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.jurisdictionId, a.jurisdiction),
        eq(delegations.fromPersonId, giver),
        eq(delegations.toPersonId, p.toPerson),
        eq(delegations.unitId, unit),
        eq(delegations.role, p.role),
        isNull(delegations.revokedAt),
        lte(delegations.startsOn, p.endsOn),
        gte(delegations.endsOn, startsOn),
      ),
    )
    .limit(1)
  const delegates = a.pack.organs.signingDelegates.value as string[]
  return {
    post: {
      held: held ? 'own' : received ? 'delegated' : 'none',
      endsOn: held?.endsOn ?? null,
      name: roleLabels[p.role],
    },
    taker: {
      active: taker?.active ?? false,
      administrator: await isAdministrator(a.tx, a.jurisdiction, p.toPerson),
      headsWithGiver: taker?.unit === unit && taker.posts.some((role) => delegates.includes(role)),
      overlapping: overlapping !== undefined,
      delegates: delegates.map((role) => roleLabels[role as keyof typeof roleLabels] ?? role),
    },
  }
}
const unitOf: Loader<'SaveUnit'> = async (a, p) => {
  const tree = await a.tx
    .select({
      id: units.id,
      parent: units.parentId,
      name: units.name,
      kind: units.kind,
      eligible: units.eligible,
      eligibleSince: units.eligibleSince,
      eligibleUntil: units.eligibleUntil,
      areaCode: units.areaCode,
      bodyCode: units.bodyCode,
    })
    .from(units)
    .where(eq(units.jurisdictionId, a.jurisdiction))
    .orderBy(units.id)
    .for('update')
  const parentOf = (id: string): string | null => tree.find((unit) => unit.id === id)?.parent ?? null
  let circular = false
  for (let at: string | null = p.parent || null; at !== null && !circular; at = parentOf(at)) circular = at === p.id
  const namesake = tree.find((unit) => unit.name === p.name && unit.id !== p.id)
  const before = (tree.find((unit) => unit.id === p.id) ?? null) as NonNullable<OfficeState['unit']>['before']
  return { unit: { before, namesake: namesake ? { id: namesake.id, name: namesake.name } : null, circular } }
}
const bodyOf: Loader<'SaveBody'> = async (a, p) => {
  const own = eq(bodies.jurisdictionId, a.jurisdiction)
  const [row] = p.id
    ? await a.tx
        .select()
        .from(bodies)
        .where(and(own, eq(bodies.id, p.id)))
        .for('update')
    : []
  const [namesake] = p.name
    ? await a.tx
        .select({ id: bodies.id })
        .from(bodies)
        .where(and(own, eq(bodies.name, p.name), p.id ? ne(bodies.id, p.id) : undefined))
    : []
  return {
    body: {
      before: row ? { name: row.name, form: row.form, seat: row.seatId, active: row.active } : null,
      // Made by the pack along with its unit: named after it.
      standard: p.id?.includes(':') ?? false,
      namesake: namesake !== undefined,
    },
  }
}
const noticeOf: Loader<'RecordHolidayNotice'> = async (a, p) => {
  const [row] = await a.tx
    .select({ year: holidayNotices.year, source: holidayNotices.source, days: holidayNotices.days })
    .from(holidayNotices)
    .where(and(eq(holidayNotices.jurisdictionId, p.jurisdiction), eq(holidayNotices.id, p.id)))
  const entered = {
    year: p.year,
    source: p.source,
    days: p.days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? p.source })),
  }
  const others = await a.tx
    .selectDistinct({ id: units.jurisdictionId })
    .from(units)
    .where(ne(units.jurisdictionId, a.jurisdiction))
  return {
    notice: {
      known: row === undefined ? 'none' : canonicalJson(row) === canonicalJson(entered) ? 'same' : 'different',
      otherPlaces: others.length,
    },
  }
}
type Revision = Pick<PackProposal, 'base' | 'effectiveFrom'> & { changes: readonly Change[] }
type Change = Omit<PackProposal['changes'][number], 'file'>
/** What a revision makes laxer than the nation's rules, and what it loosens. */
function revisionOf({ office, jurisdiction, on }: Asked, p: Revision): OfficeState {
  const base = office.rules.versions(jurisdiction).find((pack) => pack.version === p.base)
  if (!base) return {}
  const changes = p.changes.map(({ path, value, unit, source }) => ({ path, value, unit, source }))
  const revised = revisePack(base, office.rules.latest('CN', on), {
    version: '',
    effectiveFrom: p.effectiveFrom,
    confirmedBy: '',
    confirmedOn: on,
    changes,
  })
  const faults = revised.ok ? [] : revised.faults.filter((fault) => fault.laxer)
  const named = (list: ReadonlyArray<{ path: string; message: string }>) =>
    list.map(({ path, message }) => ({ path: `changes.${path}`, message }))
  return { laxer: named(faults), loosened: named(loosenings(base, changes)) }
}
const proposalOf = (a: Asked, id: string | null): OfficeState => {
  const { proposal } = a.dossier
  return {
    proposal: {
      open: proposal !== undefined,
      same: proposal !== undefined && proposal.id === id,
      own: proposal !== undefined && proposal.by === a.as.person,
    },
  }
}
/** What is known already just so, or stands twice in the list; another fact of a known act corrects what was known. */
async function validityOf(a: Asked, p: OfficePayload<'ConfirmValidity'>): Promise<OfficeState> {
  const { registerEntries: e, validityAnswers: v } = schema
  const [row] = await a.tx
    .select({ origin: e.origin, validUntil: e.validUntil, metadata: e.metadata, body: e.body, answered: v.by })
    .from(e)
    .leftJoin(v, and(eq(v.jurisdictionId, e.jurisdictionId), eq(v.entryId, e.id)))
    .where(and(eq(e.jurisdictionId, a.jurisdiction), eq(e.id, p.entry)))
  if (!row) return {}
  const plain = (text: string): string => text.replace(/\s/gu, '')
  const quote = plain(p.quote ?? '')
  return {
    validity: {
      imported: row.origin === 'imported',
      validUntil: row.validUntil,
      answered: row.answered !== null,
      asked: typeof row.metadata.validUntilAsked === 'string' ? row.metadata.validUntilAsked : null,
      quoted: quote.length >= 4 && plain(row.body).includes(quote),
    },
  }
}
async function actsKnown(a: Asked, list: OfficePayload<'ImportActs'>['acts']): Promise<OfficeState> {
  const known = new Set((await registeredActs(a.tx, a.jurisdiction)).map(factOf))
  const keys = list.map(factOf)
  return {
    acts: list.filter((act, i) => known.has(factOf(act)) || keys.indexOf(keys[i] ?? '') < i).map((act) => act.title),
  }
}
export const factOf = (act: {
  title: string
  documentNumber?: string | null | undefined
  issuers: string[]
  publishedOn: string
  effectiveDate: string
  status: string
  statusSince?: string | null | undefined
  articles?: string[] | null | undefined
  replacedBy?: string | null | undefined
}): string =>
  canonicalJson([
    act.title,
    act.documentNumber ?? null,
    act.issuers,
    act.publishedOn,
    act.effectiveDate,
    act.status,
    act.statusSince ?? null,
    [...new Set((act.articles ?? []).map((one) => articleKey(one) ?? one))].sort(),
    act.replacedBy ?? null,
  ])

const loaders: { [T in OfficeCommand]?: Loader<T> } = {
  ReserveNumber: async ({ tx, jurisdiction, pack }, { issuer }) => ({
    prefix: { unit: issuer, code: pack.numbering.documentPrefixes.value[issuer] ?? null },
    restoration: { open: await numberingSuspended(tx, jurisdiction), faults: [] },
  }),
  ReleaseReservation: async ({ tx, jurisdiction }, { number, approver }) => {
    const [row] = await tx
      .select({ text: numbers.text, status: numbers.status, expiresOn: numbers.expiresOn })
      .from(numbers)
      .where(and(eq(numbers.jurisdictionId, jurisdiction), eq(numbers.kind, 'document'), eq(numbers.text, number)))
      .for('update')
    const person = await personOf(tx, jurisdiction, approver)
    return {
      ...(row ? { reservation: row as NonNullable<OfficeState['reservation']> } : {}),
      ...(person ? { approver: { id: person.id, name: person.name, active: person.active } } : {}),
    }
  },
  RevisePack: (a, p) => revisionOf(a, p as Revision),
  ProposeRevision: (a, p) => ({ ...revisionOf(a, p as Revision), ...proposalOf(a, null) }),
  ApproveRevision: (a, p) => ({
    ...(a.dossier.proposal ? { laxer: revisionOf(a, a.dossier.proposal).laxer ?? [] } : {}),
    ...proposalOf(a, p.proposal),
  }),
  DeclineRevision: (a, p) => proposalOf(a, p.proposal),
  RecordHolidayNotice: noticeOf,
  GrantDelegation: grantOf,
  RevokeDelegation: async ({ tx, jurisdiction }, { delegation }) => {
    const [row] = await tx
      .select({ from: delegations.fromPersonId, to: delegations.toPersonId, revokedAt: delegations.revokedAt })
      .from(delegations)
      .where(and(eq(delegations.jurisdictionId, jurisdiction), eq(delegations.id, delegation)))
      .for('update')
    return row ? { delegation: { ...row, revokedAt: row.revokedAt?.toISOString() ?? null } } : {}
  },
  SaveUnit: unitOf,
  SavePerson: async ({ tx }, { username }) => {
    const [taken] = await tx
      .select({ id: authUsers.id })
      .from(authUsers)
      .where(eq(authUsers.username, username.toLowerCase()))
    return { usernameTaken: taken !== undefined }
  },
  ChangePosts: account,
  DisableAccount: account,
  EnableAccount: account,
  ResetPassword: account,
  SaveBody: bodyOf,
  ConfirmNumbers: async ({ tx, jurisdiction }, { series }) => ({
    restoration: {
      open: await numberingSuspended(tx, jurisdiction),
      faults: await confirmationFaults(tx, jurisdiction, series),
    },
  }),
  ConfirmValidity: (a, p) => validityOf(a, p),
  UrgeTurn: async (a, p) => {
    const [person] = a.as.person === null ? [] : await peopleInOffice(a.tx, a.jurisdiction, a.on, a.as.person)
    return urgeState(a, p, person?.posts ?? [])
  },
  ReleaseNotices: async ({ tx, jurisdiction }) => ({ held: (await heldPlaces(tx)).has(jurisdiction) }),
  ResendCommand: (a, p) => resendState(a, p),
  JudgeMandate: (a, p) => mandateState(a, p),
  SampleFiles: (a, p) => sampleState(a, p),
  RegisterAct: (a, act) => actsKnown(a, [act]),
  ImportActs: (a, { acts }) => actsKnown(a, acts),
}

/** The present as the rules see it; empty where only the list of what can be done is asked (no payload yet). */
export async function officeState(asked: FactsAsked<OfficeShape>): Promise<OfficeState> {
  const { type } = asked
  if (type === null || type === 'OpenOffice' || Object.keys(asked.payload).length === 0) return {}
  const load = loaders[type] as ((a: Asked, p: Record<string, unknown>) => Promise<OfficeState>) | undefined
  return (await load?.(asked as Asked, asked.payload)) ?? {}
}
