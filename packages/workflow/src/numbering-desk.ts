// Numbering desk: reserving numbers and confirming those used after a restore are commands of office business. A
// reservation needs a purpose and an expiry day; unused at expiry it is voided by itself and never used otherwise.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, eq, lt, schema } from '@dianzhang/database'
import { actInOffice } from './office/act.ts'
import type { Actor, Office } from './office.ts'
import { derivedId } from './outbox.ts'
import type { SeriesHead } from './restoration.ts'

export interface Reservation {
  /** Unit code of the issuer; its abbreviation in document numbers comes from the current pack. */
  issuer: string
  purpose: string
  /** Expiry day (inclusive), later than today. */
  expiresOn: string
}
export interface ReservedNumber {
  text: string
  series: string
  year: number
  seq: number
  expiresOn: string
}

/**
 * Reserves the next number of a series; the same command id submitted again gets the same number. Refused: not the
 * secretariat (403); the unit has no abbreviation, or the expiry day is not later than today (422).
 */
export const reserveNumber = (
  office: Office,
  actor: Actor,
  { issuer, purpose, expiresOn }: Reservation,
  commandId?: string,
): Promise<ReservedNumber> => actInOffice(office, actor, 'ReserveNumber', { issuer, purpose, expiresOn }, commandId)

/**
 * Gives up a reserved number: voids it with reason and approver (a person's id). Refused: not the secretariat (403);
 * the approver is not on the roll (422); no such reservation (404).
 */
export const releaseReservation = (
  office: Office,
  actor: Actor,
  number: string,
  reason: string,
  approver: string,
  commandId?: string,
): Promise<{ text: string }> =>
  actInOffice(office, actor, 'ReleaseReservation', { number, reason, approver }, commandId)

/**
 * After a restore, confirms series by series the last number used: numbers missing from the database are voided with
 * the reason and never issued again; then numbering, publication, submission for filing and sealing resume. Refused:
 * neither secretariat nor administrator (403); no restore to confirm (409); a series left out, a number below the
 * database's, or more than two thousand numbers added at once (422).
 */
export const confirmNumbers = (
  office: Office,
  actor: Actor,
  input: { series: Array<{ series: string; year: number; kind?: string | undefined; last: number }>; reason: string },
  commandId?: string,
): Promise<{ voided: number; series: SeriesHead[] }> =>
  actInOffice(office, actor, 'ConfirmNumbers', { ...input }, commandId)

/**
 * Voids reservations unused at expiry, one command per jurisdiction; returns their number. Called by the sweep of
 * what is due; another sweep the same day does not repeat it.
 */
export async function expireReservations(office: Office): Promise<number> {
  const { numbers: t } = schema
  const through = dateInShanghai(office.clock.now().toISOString())
  const places = await office.db
    .selectDistinct({ id: t.jurisdictionId })
    .from(t)
    .where(and(eq(t.status, 'reserved'), lt(t.expiresOn, through)))
  let voided = 0
  for (const { id } of places) {
    const system: Actor = { kind: 'system', jurisdiction: id }
    const commandId = derivedId('expired reservations', id, through)
    voided += (await actInOffice<{ voided: number }>(office, system, 'ExpireReservations', { through }, commandId))
      .voided
  }
  return voided
}
