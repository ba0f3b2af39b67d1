// What the archive says of one file.
import { and, eq, schema } from '@dianzhang/database'
import type { Office } from '../office.ts'

const { archivedFiles: t } = schema

/** Its number there, how long it is kept and until when; null while it is not filed away. */
export async function archivedAs(office: Office, jurisdiction: string, id: string) {
  const [row] = await office.db
    .select({ archiveNo: t.archiveNo, retention: t.retention, keptUntil: t.keptUntil })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id)))
  return row ?? null
}
