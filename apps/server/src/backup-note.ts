// When the last backup was written, kept in the data folder: the administrator's page tells it. The backup itself may lie anywhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const noteOf = (dataDir: string): string => join(dataDir, 'last-backup')

/** Notes the instant (ISO 8601) of a backup; a folder that cannot be written does not undo the backup. */
export function noteBackup(dataDir: string, at: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(noteOf(dataDir), `${at}\n`)
  } catch {
    // The backup is there all the same.
  }
}
/** The instant of the last backup written with this data folder; null when none is noted. */
export function lastBackupOf(dataDir: string): string | null {
  try {
    const at = readFileSync(noteOf(dataDir), 'utf8').trim()
    return Number.isNaN(Date.parse(at)) ? null : at
  } catch {
    return null
  }
}
