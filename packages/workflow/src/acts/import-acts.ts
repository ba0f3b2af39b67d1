// Bringing in a file of superior acts: read, compared with what is known, then one command of the office: all or nothing.

import { registeredActs } from '@dianzhang/register'
import { actInOffice } from '../office/act.ts'
import type { Actor, Office } from '../office.ts'
import { type ActFault, type ComparedRow, compareActs, readActsFile } from './acts-file.ts'

export interface ActsComparison {
  format: string
  rows: ComparedRow[]
  faults: ActFault[]
}
/** The rows of a file beside what is known; nothing is written. */
export async function compareActsFile(
  office: Office,
  jurisdiction: string,
  bytes: Uint8Array,
  source: string,
): Promise<ActsComparison> {
  const { format, rows, faults } = await readActsFile(bytes, source)
  return { format, rows: compareActs(rows, await registeredActs(office.db, jurisdiction)), faults }
}
export interface ActsImport extends ActsComparison {
  registered: number
  /** Rows were not read and the person did not say to go on: nothing was entered. */
  stopped: boolean
  seconds: number
}
/**
 * Enters a file of acts. With rows that cannot be read it stops, unless `skipFaults`: then the rest is entered. What is known
 * just so is left out. All of it is one command: a failure leaves nothing behind.
 */
export async function importActsFile(
  office: Office,
  actor: Actor,
  bytes: Uint8Array,
  options: { source: string; skipFaults: boolean; commandId?: string },
): Promise<ActsImport> {
  const started = performance.now()
  const compared = await compareActsFile(office, actor.jurisdiction, bytes, options.source)
  const fresh = compared.rows.filter(({ difference }) => difference !== 'same')
  const stopped = compared.faults.length > 0 && !options.skipFaults
  if (fresh.length > 0 && !stopped)
    await actInOffice(
      office,
      actor,
      'ImportActs',
      { acts: fresh.map(({ act }) => act), source: options.source },
      options.commandId,
    )
  return {
    ...compared,
    registered: stopped ? 0 : fresh.length,
    stopped,
    seconds: Math.round(performance.now() - started) / 1000,
  }
}
