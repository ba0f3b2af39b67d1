// Working copy: where the editor saves by itself. At most one for each file, shared by the drafters of the drafting
// unit; dropped in the same transaction when it is saved as the formal text.
import { AppError, type WorkingCopyInput } from '@dianzhang/contract'
import { and, eq, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { invalid } from '../failures.ts'
import { inLine } from '../file-line.ts'
import type { Actor, Office } from '../office.ts'
import { mayDraft } from './may-draft.ts'
import { currentCopy, type WorkingCopy } from './working-copy-rows.ts'

const { workingCopies: t, texts } = schema

/** The present working copy; null when there is none. Only for those who may save text. */
export async function getWorkingCopy(office: Office, actor: Actor, id: string): Promise<WorkingCopy | null> {
  await mayDraft(office, actor, id, { anyStage: true })
  return currentCopy(office.db, actor.jurisdiction, id)
}

/**
 * Saves the working copy. `seen` is the revision the person saw (0 when there is no working copy); if someone saved
 * another or dropped it meanwhile, 412 with the present one. 403 for those who may not save text; 409 the text cannot
 * be changed at this stage; 422 `basedOn` is not a version of this file.
 */
export async function putWorkingCopy(
  office: Office,
  actor: Actor,
  id: string,
  seen: number,
  input: WorkingCopyInput,
): Promise<WorkingCopy> {
  const { person, jurisdiction } = await mayDraft(office, actor, id)
  if (!input.body.isWellFormed()) throw invalid(['body', '文本含有不成对的代理字符，请重新粘贴'])
  const now = office.clock.now()
  const save = (work: (tx: Tx) => Promise<WorkingCopy>) =>
    inLine(`${jurisdiction}/${id}`, () => withTransaction(office.commandDb, work))
  return save(async (tx) => {
    // Excludes saving the formal text: once that is saved, whoever was working on an earlier version must see the
    // changes first.
    await tx.execute(
      sql`select 1 from ${schema.matters} where ${schema.matters.jurisdictionId} = ${jurisdiction} and ${schema.matters.id} = ${id} for share`,
    )
    if (input.basedOn !== null) {
      const known = await tx.$count(
        texts,
        and(eq(texts.jurisdictionId, jurisdiction), eq(texts.documentId, id), eq(texts.n, input.basedOn)),
      )
      if (known === 0) throw invalid(['basedOn', `本案卷没有第${input.basedOn}版文本`])
    }
    const values = { basedOn: input.basedOn, body: input.body, waivers: input.waivers, by: person, at: now }
    // The instant serves as the number: one begun again after being dropped cannot equal an old number in someone's
    // hands.
    const revision = now.getTime()
    const written =
      seen === 0
        ? await tx
            .insert(t)
            .values({ jurisdictionId: jurisdiction, documentId: id, revision, authors: [person], ...values })
            .onConflictDoNothing()
            .returning({ revision: t.revision })
        : await tx
            .update(t)
            .set({
              revision: sql`greatest(${t.revision} + 1, ${revision})`,
              authors: sql`array_append(array_remove(${t.authors}, ${person}), ${person})`,
              ...values,
            })
            .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id), eq(t.revision, seen)))
            .returning({ revision: t.revision })
    const stored = await currentCopy(tx, jurisdiction, id)
    if (written.length === 0 || stored === null)
      throw new AppError(
        'stale_working_copy',
        stored === null
          ? '工作稿已经保存为正式文本或者已被清除；请查看现在的文本后再修改'
          : `${stored.byName}已另存工作稿；请对照后再保存`,
        { current: stored },
      )
    return stored
  })
}

/**
 * Drops the working copy (gives up unsaved changes); when there is none that counts as done. `seen` is the revision the person
 * saw: another one is not dropped, and is answered with 412. null: whichever stands there.
 */
export async function deleteWorkingCopy(office: Office, actor: Actor, id: string, seen: number | null): Promise<void> {
  const { jurisdiction } = await mayDraft(office, actor, id, { anyStage: true })
  await office.db
    .delete(t)
    .where(
      and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id), ...(seen === null ? [] : [eq(t.revision, seen)])),
    )
  const left = seen === null ? null : await currentCopy(office.db, jurisdiction, id)
  if (left) throw new AppError('stale_working_copy', `${left.byName}已另存工作稿；请看过再定`, { current: left })
}
