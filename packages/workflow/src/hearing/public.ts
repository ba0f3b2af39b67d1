// Hearings for everybody: the notice, how many registered, the draw with all that is needed to recompute it, the report; and
// the two things the public does, registering and withdrawing.
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { hearingContract } from '@dianzhang/contract'
import { and, desc, eq, schema } from '@dianzhang/database'
import { drawn } from '@dianzhang/ledger'
import { type HearingDossier, hearings, registeredAtClose, seatsOf } from '@dianzhang/processes'
import { notFound } from '../failures.ts'
import { runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { hearingDesk } from './desk.ts'

const { matters: m, hearingRegistrations: r } = schema

export interface PublicHearing {
  id: string
  title: string
  subject: string
  unit: string
  announcedOn: string
  heldOn: string
  time: string
  place: string
  registersUntil: string
  open: boolean
  stage: string
  stageLabel: string
  contact: string | null
  categories: Array<{ name: string; seats: number; registered: number; taking: string[]; waiting: string[] }>
  /** What the draw rests on: recompute it from these alone. */
  draw: {
    on: string
    registrations: Array<{ id: string; category: string }>
    digest: string
    root: string
    size: number
    signedAt: string
    seed: string
    order: Record<string, string[]>
    /** Recomputed just now, and the same. */
    matches: boolean
  } | null
  withdrawn: string[]
  held: { on: string; attended: number } | null
  report: { on: string; text: string } | null
  cancelled: { on: string; reason: string } | null
  /** Rises with every change; when it last changed. */
  sequence: number
  changedAt: string
}

const dossierOf = (snapshot: unknown): HearingDossier =>
  hearings.restore(snapshot as never).context.dossier as HearingDossier

function shown(
  row: { id: string; stage: string; unitName: string | null; sequence: number; updatedAt: Date },
  d: HearingDossier,
  today: string,
): PublicHearing {
  const frozen = registeredAtClose(d)
  const inLot = new Set(frozen.map(({ id }) => id))
  const again = d.draw === null ? null : drawn(frozen, d.draw.root)
  return {
    id: row.id,
    title: d.document.title,
    subject: d.subject,
    unit: row.unitName ?? d.unit,
    announcedOn: d.announcedOn,
    heldOn: d.heldOn,
    time: d.time,
    place: d.place,
    registersUntil: d.registersUntil,
    open: row.stage === 'registering' && today <= d.registersUntil,
    stage: row.stage,
    stageLabel: hearings.process.labels.stage(row.stage),
    contact: d.contact,
    categories: d.categories.map(({ name, seats }) => ({
      name,
      seats,
      // Until registration is over every one is counted: a number that stays as it was would tell that somebody is known.
      registered: d.registrations.filter(
        (x) => x.category === name && x.withdrawnOn === null && (d.closed === null || inLot.has(x.id)),
      ).length,
      ...seatsOf(d, name),
    })),
    draw:
      d.draw === null || again === null
        ? null
        : {
            on: d.draw.on,
            registrations: frozen.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
            digest: d.closed?.digest ?? '',
            root: d.draw.root,
            size: d.draw.size,
            signedAt: d.draw.signedAt,
            seed: d.draw.seed,
            order: d.draw.order,
            matches:
              again.registrations === d.closed?.digest &&
              again.seed === d.draw.seed &&
              JSON.stringify(Object.entries(again.order).sort()) ===
                JSON.stringify(Object.entries(d.draw.order).sort()),
          },
    withdrawn: d.registrations.filter((x) => x.withdrawnOn !== null).map(({ id }) => id),
    held: d.held && { on: d.held.on, attended: d.held.attended },
    report: d.report,
    cancelled: d.cancelled,
    sequence: row.sequence,
    changedAt: row.updatedAt.toISOString(),
  }
}
const { units: u } = schema
const rows = (office: Office) =>
  office.readDb
    .select({
      id: m.id,
      jurisdiction: m.jurisdictionId,
      stage: m.stage,
      snapshot: m.snapshot,
      sequence: m.ledgerSeq,
      updatedAt: m.updatedAt,
      unitName: u.name,
    })
    .from(m)
    .leftJoin(u, and(eq(u.jurisdictionId, m.jurisdictionId), eq(u.id, m.unit)))
const todayOf = (office: Office): string => dateInShanghai(office.clock.now().toISOString())

/** The latest hearings, newest first. */
export async function publicHearings(office: Office, jurisdiction?: string): Promise<PublicHearing[]> {
  const here = jurisdiction === undefined ? undefined : eq(m.jurisdictionId, jurisdiction)
  const found = await rows(office)
    .where(and(eq(m.process, hearingContract.kind), here))
    .orderBy(desc(m.createdAt))
    .limit(100)
  return found.map((row) => shown(row, dossierOf(row.snapshot), todayOf(office)))
}
/** One hearing; null: there is none. */
export async function publicHearing(office: Office, id: string): Promise<PublicHearing | null> {
  const [row] = await rows(office)
    .where(and(eq(m.process, hearingContract.kind), eq(m.id, id)))
    .limit(1)
  return row ? shown(row, dossierOf(row.snapshot), todayOf(office)) : null
}

/** Registers; answers the receipt. 404 where there is no such hearing, 409 where registration is over. */
export async function registerForHearing(
  office: Office,
  id: string,
  given: { category: string; name: string; contact: string; statement: string },
  commandId: string = randomUUID(),
): Promise<{ receipt: string; registration: string }> {
  const [row] = await office.db
    .select({ jurisdiction: m.jurisdictionId })
    .from(m)
    .where(and(eq(m.process, hearingContract.kind), eq(m.id, id)))
    .limit(1)
  if (!row) throw notFound('这次听证会')
  const actor: Actor = { kind: 'public', jurisdiction: row.jurisdiction }
  const command = { type: 'Register' as const, commandId, expectedVersion: 0, ...given }
  const answer = await runAt(hearingDesk, office, actor, id, command)
  return { receipt: String(answer.receipt), registration: String(answer.registration) }
}
export interface HearingReceipt {
  receipt: string
  registration: string
  category: string
  statement: string
  hearing: PublicHearing
  /** `merged`: of several registrations with one contact, another is in the lot. */
  state: 'waiting' | 'taking' | 'reserve' | 'merged' | 'withdrawn'
  stateLabel: string
}
/** A registration by its receipt; null: no such receipt. */
export async function hearingReceipt(office: Office, receipt: string): Promise<HearingReceipt | null> {
  const [row] = await office.db.select().from(r).where(eq(r.receipt, receipt.trim().toUpperCase())).limit(1)
  // From the primary, like the row itself: people look right after registering, before the hot standby has it.
  const hearing = row ? await publicHearing({ ...office, readDb: office.db }, row.matterId) : null
  if (!row || !hearing) return null
  const own = hearing.categories.find(({ name }) => name === row.category)
  const state = hearing.withdrawn.includes(row.id)
    ? 'withdrawn'
    : hearing.draw === null
      ? 'waiting'
      : own?.taking.includes(row.id)
        ? 'taking'
        : own?.waiting.includes(row.id)
          ? 'reserve'
          : 'merged'
  const labels = {
    waiting: '已经报名，报名截止以后公开遴选',
    taking: '已经选定参加',
    reserve: `候补第${(own?.waiting.indexOf(row.id) ?? 0) + 1}位，有人撤回时依次递补`,
    merged: '没有列入遴选：同一联系方式报名几次的，只算最先的一件，结果看那一件的回执',
    withdrawn: '已经撤回',
  }
  return {
    receipt: row.receipt,
    registration: row.id,
    category: row.category,
    statement: row.statement,
    hearing,
    state,
    stateLabel: labels[state],
  }
}
/** Withdraws by the receipt; the next in order moves up. */
export async function withdrawFromHearing(
  office: Office,
  receipt: string,
  commandId: string = randomUUID(),
): Promise<void> {
  const [row] = await office.db.select().from(r).where(eq(r.receipt, receipt.trim().toUpperCase())).limit(1)
  if (!row) throw notFound('这个回执号')
  const actor: Actor = { kind: 'public', jurisdiction: row.jurisdictionId }
  const command = { type: 'Withdraw' as const, commandId, expectedVersion: 0, registration: row.id }
  await runAt(hearingDesk, office, actor, row.matterId, command)
}
