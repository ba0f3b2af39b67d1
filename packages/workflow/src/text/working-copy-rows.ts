// Rows of the working copy: used by the command that saves the formal text and by the editor's autosave.
import { AppError, type WorkingCopyInput } from '@dianzhang/contract'
import { and, type DbOrTx, eq, schema, statement, type Tx } from '@dianzhang/database'

const { workingCopies: t, people } = schema

export interface WorkingCopy {
  /** Sent back as `If-Match` at the next save; 0 when there is no working copy. */
  revision: number
  basedOn: number | null
  body: string
  waivers: WorkingCopyInput['waivers']
  by: string
  byName: string
  at: string
}

/** The present working copy; null when there is none. */
export async function currentCopy(db: DbOrTx, jurisdiction: string, document: string): Promise<WorkingCopy | null> {
  const [row] = await db
    .select({ copy: t, byName: people.name })
    .from(t)
    .leftJoin(people, and(eq(people.jurisdictionId, t.jurisdictionId), eq(people.id, t.by)))
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, document)))
  if (!row) return null
  const { revision, basedOn, body, waivers, by, at } = row.copy
  return { revision, basedOn, body, waivers, by, byName: row.byName ?? by, at: at.toISOString() }
}

/**
 * Before the formal text is saved: if the present working copy is not the one the person saw (`seen` is its revision,
 * 0 for none), 412 with the present one, which is kept.
 */
export async function refuseUnseenCopy(tx: Tx, jurisdiction: string, document: string, seen: number): Promise<void> {
  const stored = await currentCopy(tx, jurisdiction, document)
  if (stored !== null && stored.revision !== seen)
    throw new AppError(
      'stale_working_copy',
      `${stored.byName}存有您没有看过的工作稿，直接保存会使它丢失；请对照后再保存`,
      { current: stored },
    )
}

/**
 * People who changed the present working copy; empty when there is none. When it is saved as the formal text, all of
 * them have changed the text (separation of drafting and review).
 */
export async function workingCopyAuthors(tx: Tx, jurisdiction: string, document: string): Promise<string[]> {
  const [row] = await changedBy(tx, { jurisdiction, document })
  return row ? [...new Set([...row.authors, row.by])] : []
}
const changedBy = statement<{ by: string; authors: string[] }, { jurisdiction: string; document: string }>(
  'select "by", authors from working_copies where jurisdiction_id = $jurisdiction and document_id = $document',
)

/** Dropped in the same transaction when the formal text is saved. */
export const dropWorkingCopy = statement<never, { jurisdiction: string; document: string }>(
  'delete from working_copies where jurisdiction_id = $jurisdiction and document_id = $document',
)
