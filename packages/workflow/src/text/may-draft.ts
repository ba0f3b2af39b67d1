// Who may change this text now: the same rule as for saving it (SaveDraft).
import { AppError, commandLabels, stageLabels } from '@dianzhang/contract'
import { optionsOf } from '@dianzhang/lifecycle'
import type { Actor, Office } from '../office.ts'
import { may } from '../policies/may.ts'
import { openText } from '../queries/texts.ts'

/**
 * Checks that this person may save text on this file now; with `anyStage` the stage is not asked (to look at or drop
 * one's own working copy). 404 not visible; 403 not a drafter of the drafting unit; 409 the text cannot be changed at
 * this stage.
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
