// 工作稿的行：保存正式文本的命令与编辑器的自动保存都用。
import { AppError, type WorkingCopyInput } from '@dianzhang/contract'
import { and, type DbOrTx, eq, prepared, schema, sql, type Tx } from '@dianzhang/database'

const { workingCopies: t, people } = schema

export interface WorkingCopy {
  /** 下次保存时以 `If-Match` 带回；没有工作稿时用 0。 */
  revision: number
  basedOn: number | null
  body: string
  waivers: WorkingCopyInput['waivers']
  by: string
  byName: string
  at: string
}

/** 现有的工作稿；没有时为 null。 */
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
 * 保存正式文本之前：现有的工作稿不是办理人所见的那一份（`seen` 为其 revision，没有为 0），412 并给出现在的，予以保留。
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

/** 改过现有工作稿的人；没有工作稿时为空。保存为正式文本的，这些人都是修改过文本的人（起草与审核分离）。 */
export async function workingCopyAuthors(tx: Tx, jurisdiction: string, document: string): Promise<string[]> {
  const [row] = await tx
    .select({ by: t.by, authors: t.authors })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, document)))
  return row ? [...new Set([...row.authors, row.by])] : []
}

/** 正式文本保存时，同一事务里清除。 */
export const dropWorkingCopy = prepared((db) =>
  db
    .delete(t)
    .where(and(eq(t.jurisdictionId, sql.placeholder('jurisdiction')), eq(t.documentId, sql.placeholder('document')))),
)
