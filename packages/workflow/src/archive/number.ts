// The number a file gets in the archive (“档号”), and how long it is kept: by the pack of the file, for people to change.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, type DbOrTx, eq, like, literally, schema, sql } from '@dianzhang/database'
import {
  archiveNumberKey,
  archiveNumberSerial,
  archiveNumberSeries,
  formatArchiveNumber,
  retentionYears,
} from '@dianzhang/numbering'
import type { Pack } from '@dianzhang/packs'
import { createdOn, type Dossier, type Facts } from '@dianzhang/rules'

const { archivedFiles: t } = schema

/** The day on which the document was made; of old files without one, of its publication. */
const madeOn = (d: Dossier, today: string): string => createdOn(d) ?? d.publication?.publishedOn ?? today

/** How it is kept: what of the archive's own columns follows from the command and the file. */
export function archiveRow(
  { dossier, pack, today }: Pick<Facts, 'dossier' | 'pack' | 'today'>,
  given: { retention: string | null; archiveNo: string | null },
) {
  const on = madeOn(dossier, today)
  const year = Number(on.slice(0, 4))
  const retention = given.retention?.trim() || null
  const archiveNo = given.archiveNo?.trim() || null
  const years = retention === null ? null : retentionYears(retention)
  const until = (last: string): string => `${year + (years ?? 0)}-${last}`
  return {
    archiveNo,
    archiveKey: archiveNo === null ? null : archiveNumberKey(archiveNo) || null,
    retention,
    year,
    // The day before it was made so many years ago; of 29 February the last of that month.
    keptUntil:
      years === null
        ? null
        : pack.archive.keptFrom.value === 'next_year'
          ? until('12-31')
          : until(on.slice(5) === '02-29' ? '02-28' : on.slice(5)),
  }
}

/** The code of the fonds (“全宗号”) of the organ whose archive it goes to: the first issuer; empty where none is registered. */
export const fondsOf = (pack: Pack, dossier: Dossier): string =>
  pack.archive.fonds.value[dossier.issuers[0] ?? '']?.trim() ?? ''

/** For each retention the number that would be next. Free at this moment; whether it still is, is judged when it is used. */
export async function proposedNumbers(
  db: DbOrTx,
  dossier: Dossier,
  pack: Pack,
  now: Date,
): Promise<Record<string, string>> {
  const { number, retentionCodes, retentions } = pack.archive
  const year = Number(madeOn(dossier, dateInShanghai(now.toISOString())).slice(0, 4))
  const fonds = fondsOf(pack, dossier)
  const proposed = await Promise.all(
    retentions.value.map(async (retention) => {
      const code = retentionCodes.value[retention] ?? `D${retentionYears(retention) ?? ''}`
      const values = { fonds, year, retention: code }
      const series = archiveNumberSeries(number.value, values)
      const rows = await db
        .select({ key: sql<string>`${t.archiveKey}` })
        .from(t)
        .where(and(eq(t.jurisdictionId, dossier.jurisdiction), like(t.archiveKey, `${literally(series)}%`)))
      const last = Math.max(0, ...rows.map(({ key }) => archiveNumberSerial(series, key) ?? 0))
      return [retention, formatArchiveNumber(number.value, values, last + 1)] as const
    }),
  )
  return Object.fromEntries(proposed)
}
