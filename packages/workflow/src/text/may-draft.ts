// 谁现在可以改这份文本：与保存文本（SaveDraft）同一规定。
import { AppError, commandLabels, stageLabels } from '@dianzhang/contract'
import { optionsOf } from '@dianzhang/lifecycle'
import type { Actor, Office } from '../office.ts'
import { may } from '../policies/may.ts'
import { openText } from '../queries/texts.ts'

/**
 * 核对此人现在可以在此案卷上保存文本；`anyStage` 时不问阶段（查看、清除自己的工作稿）。
 * 404 不可见；403 不是起草单位的经办人；409 本阶段不能修改文本。
 */
export async function mayDraft(
  office: Office,
  actor: Actor,
  id: string,
  options: { anyStage?: boolean } = {},
): Promise<{ person: string; jurisdiction: string }> {
  const { dossier, units, snapshot, row } = await openText(office, actor, id)
  const permission = may(actor, 'SaveDraft', dossier, units)
  if (!permission.allowed) throw new AppError('forbidden', permission.reason)
  if (!options.anyStage && !optionsOf(snapshot).some((option) => option.command === 'SaveDraft'))
    throw new AppError(
      'refused',
      `现处于“${stageLabels[row.stage as keyof typeof stageLabels] ?? row.stage}”阶段，不能${commandLabels.SaveDraft}`,
      { stage: row.stage, currentVersion: row.version },
    )
  return { person: permission.as.person ?? 'system', jurisdiction: actor.jurisdiction }
}
