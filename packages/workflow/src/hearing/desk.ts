// The desk of hearings: announced by the drafting unit, registered for by anybody, drawn by a lot that anybody recomputes.
// Who registered stands in rows of its own; ledger and dossier have numbers, categories and digests.
import { randomBytes } from 'node:crypto'
import { type answers, hearingContract } from '@dianzhang/contract'
import { and, arrayOverlaps, asc, type DbOrTx, eq, or, schema, sql } from '@dianzhang/database'
import { canonicalJson, drawn, registrationsDigest, sha256Hex } from '@dianzhang/ledger'
import {
  contactKeys,
  countedNow,
  type HearingDossier,
  type HearingShape,
  hearings,
  mailIn,
  registeredAtClose,
  seatsOf,
  toInform,
} from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, DeskOpening, Handler, Permission, WriteContext } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import type { Actor, Post } from '../office.ts'
import type { Send } from '../outbox.ts'
import { permitByRole } from '../policies/permit-by-role.ts'

const { hearingRegistrations: r, hearingContacts: k, matters: m, tlogCheckpoints: log } = schema
const { law, labels } = hearings.process
type Payload = Record<string, unknown>
type Own = Handler<HearingShape, Payload>
type Opening = {
  document: string
  subject: string
  heldOn: string
  time?: string
  place: string
  registersUntil: string
  categories: Array<{ name: string; seats: number }>
  contact?: string
}
const outside = (post: Post, unit: string, units: Record<string, UnitFact>): string | null =>
  post.unit === unit ? null : `须为起草单位${units[unit]?.name ?? unit}的人员`

const opening: DeskOpening<HearingShape, Opening> = {
  may: (actor) => permitByRole(actor, hearingContract.opening.label, ['drafter'], () => null),
  dossier: async (c, p) => {
    const [row] = await c.tx
      .select({ id: m.id, title: m.title, unit: m.unit })
      .from(m)
      .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, p.document), eq(m.process, 'normative-document')))
    // Whose file it is, or whether there is one, is not told to others.
    if (!row || (c.as.unit !== null && row.unit !== c.as.unit)) throw invalid(['document', '本单位没有这份案卷'])
    return {
      id: c.matterId,
      jurisdiction: c.jurisdiction,
      packVersion: c.pack.version,
      unit: row.unit,
      document: { id: row.id, title: row.title },
      subject: p.subject,
      announcedOn: c.on,
      heldOn: p.heldOn,
      time: p.time ?? '09:00',
      place: p.place,
      registersUntil: p.registersUntil,
      categories: p.categories,
      contact: p.contact ?? null,
      registrations: [],
      closed: null,
      draw: null,
      materialsSentOn: null,
      held: null,
      report: null,
      cancelled: null,
    }
  },
  sends: (c): Send[] => told(c.dossier, planned(c.dossier)),
  summary: (d) => ({ title: `听证会：${d.document.title}`.slice(0, 500), unit: d.unit }),
}
/** Where the hearing is prepared, and for which day: until it is held the file waits for nobody of its own. */
const planned = ({ id, heldOn }: HearingDossier) => ({ planned: { matter: id, on: heldOn } })
/** What the file is told of its hearing; it keeps the record its own rules look at. */
const told = (d: HearingDossier, payload: Payload): Send[] => [
  { matter: d.document.id, command: { type: 'RecordHearing', announcedOn: d.announcedOn, ...payload } },
]
/** What became of the latest letter to somebody who registered; null: none was written. */
const latestLetter = sql<string | null>`(select x.state from deliveries x where x.jurisdiction_id = ${r.jurisdictionId}
  and x.target = 'registration:' || ${r.id} order by x.created_at desc limit 1)`
const hashOf = (kind: string, body: unknown): string =>
  sha256Hex(`dianzhang/hearing/1\n${canonicalJson({ kind, body: JSON.parse(JSON.stringify(body)) })}`)

/** The registrations of this hearing made before with a contact that is one of these, in their order. */
async function sameContact(
  tx: DbOrTx,
  { id, jurisdiction }: HearingDossier,
  name: string,
  contact: string,
): Promise<string[]> {
  const wanted = contactKeys(name, contact)
  const rows = await tx
    .select({ id: r.id, name: k.name, contact: k.contact, keys: k.keys })
    .from(r)
    .innerJoin(k, and(eq(k.jurisdictionId, r.jurisdictionId), eq(k.registrationId, r.id)))
    .where(
      and(
        eq(r.jurisdictionId, jurisdiction),
        eq(r.matterId, id),
        or(arrayOverlaps(k.keys, wanted), sql`cardinality(${k.keys}) = 0`),
      ),
    )
    .orderBy(asc(r.at), asc(r.id))
  return rows
    .filter((row) => row.keys.length > 0 || contactKeys(row.name, row.contact).some((key) => wanted.includes(key)))
    .map((row) => row.id)
}
const register: Own = {
  keepsVersion: true,
  resolve: (c, p) => ({
    registration: {
      // Numbered for the public list; whose it is, the number does not tell.
      id: `B${c.on.replaceAll('-', '')}-${randomBytes(4).toString('hex').toUpperCase()}`,
      hash: hashOf('registration', { category: p.category, name: p.name, contact: p.contact, statement: p.statement }),
      ...(c.facts.external.sameContact.length > 0 ? { sameContact: c.facts.external.sameContact } : {}),
      ...(c.office.outward?.channels.has('mail') && mailIn(String(p.contact)) !== null ? { byMail: true } : {}),
    },
  }),
  write: async (c: WriteContext<HearingShape>, p, given) => {
    const { id = '', hash = '' } = given.registration ?? {}
    const receipt = `TZ${c.on.replaceAll('-', '')}-${randomBytes(10).toString('hex').toUpperCase()}`
    await c.tx.insert(r).values({
      jurisdictionId: c.jurisdiction,
      id,
      matterId: c.matterId,
      receipt,
      category: String(p.category),
      statement: String(p.statement),
      hash,
      at: c.now,
    })
    const [name, contact] = [String(p.name), String(p.contact)]
    await c.tx.insert(k).values({
      jurisdictionId: c.jurisdiction,
      registrationId: id,
      name,
      contact,
      keys: contactKeys(name, contact),
    })
    return { receipt, registration: id, hash }
  },
  ledger: (p, given) => ({
    category: p.category,
    registration: given.registration?.id,
    hash: given.registration?.hash,
    ...(given.registration?.sameContact ? { sameContact: given.registration.sameContact } : {}),
    ...(given.registration?.byMail ? { byMail: true } : {}),
  }),
}
const handlers: { [T in HearingShape['command']]: Own } = {
  Register: register,
  Withdraw: { keepsVersion: true, tells: true },
  CloseRegistration: {
    resolve: (c) => ({ digest: registrationsDigest(countedNow(c.dossier)) }),
    ledger: (_p, given) => ({ digest: given.digest }),
  },
  DrawParticipants: {
    resolve: (c) => {
      const { checkpoint } = c.facts.external
      const { seed, order } = drawn(registeredAtClose(c.dossier), checkpoint?.root ?? '')
      return {
        draw: {
          on: c.on,
          seed,
          order,
          root: checkpoint?.root ?? '',
          size: checkpoint?.size ?? 0,
          signedAt: checkpoint?.at ?? '',
        },
      }
    },
    ledger: (_p, given) => ({ draw: given.draw }),
  },
  InformAlternates: {},
  SendMaterials: { sends: (c, p) => told(c.dossier, { ...planned(c.dossier), materialsSentOn: p.sentOn ?? c.on }) },
  HoldHearing: {
    resolve: (_c, p) => ({ hash: hashOf('record', { record: p.record }) }),
    sends: (c, p) =>
      told(c.dossier, {
        ...(c.dossier.materialsSentOn ? { materialsSentOn: c.dossier.materialsSentOn } : {}),
        heldOn: p.heldOn,
        participants: p.attended,
        record: p.record,
      }),
    ledger: ({ record: _, ...p }, given) => ({ ...p, hash: given.hash }),
  },
  PublishReport: {},
  CancelHearing: { sends: (c) => told(c.dossier, {}) },
  RecomputeDeadlines: recomputing(hearings.process) as Own,
}

export const hearingDesk: Desk<HearingShape> = {
  engine: hearings,
  recordLabels: hearingContract.records,
  ledgerForm: 2,
  opening: opening as Desk<HearingShape>['opening'],
  handlers: handlers as Desk<HearingShape>['handlers'],
  overseers: ['legality_reviewer', 'secretariat'],
  may: (actor: Actor, type, d, units): Permission =>
    permitByRole(actor, labels.command[type], law[type].by, (post) => outside(post, d.unit, units)),
  facts: async ({ office, tx, jurisdiction, dossier, pack, type, payload }) => {
    const [checkpoint] =
      dossier.closed === null || dossier.draw !== null
        ? []
        : await tx
            .select({ root: log.root, size: log.size, at: log.at })
            .from(log)
            .where(and(eq(log.jurisdictionId, jurisdiction), sql`${log.at} > ${dossier.closed.at}::timestamptz`))
            .orderBy(asc(log.at), asc(log.size))
            .limit(1)
    return {
      pack,
      calendar: office.rules.calendar(jurisdiction),
      external: {
        checkpoint: checkpoint
          ? { root: checkpoint.root, size: checkpoint.size, at: checkpoint.at.toISOString() }
          : null,
        sameContact:
          type === 'Register' && typeof payload.contact === 'string'
            ? await sameContact(tx, dossier, String(payload.name ?? ''), payload.contact)
            : [],
      },
    }
  },
  concerns: (d) => ({ involvedUnits: [d.unit], concernedRoles: [] }),
  view: async (
    office,
    actor,
    { dossier: d, units },
  ): Promise<answers.Given<typeof answers.HearingFile> & Record<string, unknown>> => {
    const drafting = actor.kind === 'person' && actor.posts.some((post) => post.unit === d.unit)
    const people = drafting
      ? await office.db
          .select({ id: r.id, statement: r.statement, name: k.name, contact: k.contact, letter: latestLetter })
          .from(r)
          .leftJoin(k, and(eq(k.jurisdictionId, r.jurisdictionId), eq(k.registrationId, r.id)))
          .where(and(eq(r.jurisdictionId, d.jurisdiction), eq(r.matterId, d.id)))
      : []
    const counts = new Set((d.closed === null ? countedNow(d) : registeredAtClose(d)).map(({ id }) => id))
    const waiting = new Set(toInform(d))
    const taking = new Set(d.categories.flatMap(({ name }) => seatsOf(d, name).taking))
    return {
      document: d.document,
      unitName: units[d.unit]?.name ?? d.unit,
      subject: d.subject,
      heldOn: d.heldOn,
      time: d.time,
      place: d.place,
      registersUntil: d.registersUntil,
      categories: d.categories.map((category) => ({
        ...category,
        registered: d.registrations.filter(
          (x) => x.category === category.name && x.withdrawnOn === null && counts.has(x.id),
        ).length,
      })),
      registrations: d.registrations.map((x) => ({
        ...x,
        taking: taking.has(x.id),
        counts: counts.has(x.id),
        toInform: waiting.has(x.id),
        ...(people.find(({ id }) => id === x.id) ?? {}),
      })),
      draw: d.draw,
      materialsSentOn: d.materialsSentOn,
      held: d.held,
      report: d.report,
      cancelled: d.cancelled,
    }
  },
}
