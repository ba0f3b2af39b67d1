// 规则包台：管理员依正式文件修订参数，另立新版；库中的旧版由数据库守卫，不能改动。
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Basis } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { type PackChange, previewPackChange, revisePack } from '@dianzhang/rules'
import { notFound } from './failures.ts'
import type { Actor, Office } from './office.ts'

export interface NewPackVersion {
  base: string
  effectiveFrom: string
  changes: Array<{ path: string; value: unknown; source: Basis; note?: string | undefined }>
}
/**
 * 另立一版规则包，自 `effectiveFrom` 起适用于新立项的文件；在办案卷须经 MoveToPack 改用。
 * 拒绝：非管理员（403）；没有这一版（404）；生效日早于今日、参数有误或者比国家规定宽松（422，逐项说明）。
 */
export async function createPackVersion(
  office: Office,
  actor: Actor,
  request: NewPackVersion,
): Promise<{ version: string; effectiveFrom: string; changes: PackChange[] }> {
  if (actor.kind !== 'person' || !actor.posts.some((p) => p.role === 'admin'))
    throw new AppError('forbidden', '规则包由系统管理员修订')
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const versions = office.rules.versions(actor.jurisdiction)
  const base = versions.find((p) => p.version === request.base)
  if (!base) throw notFound(`规则包${request.base}`)
  if (request.effectiveFrom < today)
    throw new AppError('invalid', '生效日不得早于今日', {
      issues: [{ path: 'effectiveFrom', message: `生效日不得早于今日（${today}）` }],
    })
  const stem = `${actor.jurisdiction}@${request.effectiveFrom}`
  const version = `${stem}.${versions.filter((p) => p.version.startsWith(`${stem}.`)).length + 1}`
  const revised = revisePack(base, office.rules.latest('CN', today), {
    version,
    effectiveFrom: request.effectiveFrom,
    confirmedBy: actor.name,
    confirmedOn: today,
    changes: request.changes,
  })
  if (!revised.ok)
    throw new AppError('invalid', revised.faults.map((f) => f.message).join('；'), {
      issues: revised.faults.map((f) => ({ path: `changes.${f.path}`, message: f.message })),
    })
  await office.db.insert(schema.rulePacks).values({
    jurisdictionId: actor.jurisdiction,
    version,
    effectiveFrom: request.effectiveFrom,
    body: JSON.parse(JSON.stringify(revised.pack)) as Record<string, unknown>,
    loadedAt: now,
  })
  await office.rules.reload()
  return { version, effectiveFrom: request.effectiveFrom, changes: previewPackChange(base, revised.pack) }
}
