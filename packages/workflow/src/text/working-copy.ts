// 工作稿：编辑器自动保存之处。每件案卷至多一份，由起草单位的经办人共用；保存为正式文本时在同一事务里清除。
import { AppError, type WorkingCopyInput } from '@dianzhang/contract'
import { and, eq, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { invalid } from '../failures.ts'
import { inLine } from '../file-line.ts'
import type { Actor, Office } from '../office.ts'
import { mayDraft } from './may-draft.ts'
import { currentCopy, type WorkingCopy } from './working-copy-rows.ts'

const { workingCopies: t, texts } = schema

/** 现有的工作稿；没有时为 null。只给可以保存文本的人。 */
export async function getWorkingCopy(office: Office, actor: Actor, id: string): Promise<WorkingCopy | null> {
  await mayDraft(office, actor, id, { anyStage: true })
  return currentCopy(office.db, actor.jurisdiction, id)
}

/**
 * 保存工作稿。`seen` 为办理人所见的 revision（没有工作稿时为 0）；其间有人另存或者已经清除的，412 并给出现在的工作稿。
 * 403 不能保存文本的人；409 本阶段不能修改文本；422 `basedOn` 不是本案卷的版本。
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
    // 与保存正式文本相排斥：正式文本保存以后，在其以前版本上改的人要先看到变化。
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
    // 以时刻为号：清除之后重新开始的，也不会与别人手中的旧号相同。
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

/** 清除工作稿（放弃未保存的修改）；没有时也算办到。 */
export async function deleteWorkingCopy(office: Office, actor: Actor, id: string): Promise<void> {
  const { jurisdiction } = await mayDraft(office, actor, id, { anyStage: true })
  await office.db.delete(t).where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id)))
}
