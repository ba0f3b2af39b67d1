// 规则包台：管理员依正式文件修订参数，另立新版；库中的旧版由数据库守卫，不能改动。
import {
  allParameters,
  describeParam,
  type Pack,
  type PackChange,
  type ParamChange,
  packs,
  type Verification,
  verificationOf,
} from '@dianzhang/packs'
import { notFound } from './failures.ts'
import { actInOffice } from './office/act.ts'
import type { Actor, Office } from './office.ts'

const anyPack = (office: Office, version: string): Pack => {
  const [jurisdiction = ''] = version.split('@')
  const found = office.rules.versions(jurisdiction).find((p) => p.version === version)
  if (!found) throw notFound(`规则包${version}`)
  return found
}
/** 各地各版的名称与版本，新的在前；规则包是公开的规定，不分法域都可以看。 */
export function placesToCompare(
  office: Office,
): Array<{ jurisdiction: string; name: string; versions: string[]; verification: Verification[] }> {
  return [...new Set(packs.map((p) => p.jurisdiction))].flatMap((jurisdiction) => {
    const versions = office.rules.versions(jurisdiction).toReversed()
    const [latest] = versions
    if (!latest) return []
    return [
      {
        jurisdiction,
        name: latest.name,
        versions: versions.map((p) => p.version),
        verification: verificationOf(latest),
      },
    ]
  })
}

interface Side {
  text: string
  confidence: string
  sources: Array<{ document: string; article: string }>
  quote: string | null
  note: string | null
}
/** 两版规则包逐项对照，不同的在前；没有这一版的 404。 */
export function comparePacks(
  office: Office,
  left: string,
  right: string,
): {
  left: { version: string; name: string }
  right: { version: string; name: string }
  different: number
  rows: Array<{ path: string; label: string; same: boolean; left: Side | null; right: Side | null }>
} {
  const [a, b] = [anyPack(office, left), anyPack(office, right)]
  const [before, after] = [a, b].map((pack) => new Map(allParameters(pack).map((p) => [p.path, p])))
  const side = (found: ReturnType<typeof allParameters>[number] | undefined): Side | null =>
    found
      ? {
          text: describeParam(found.param),
          confidence: found.param.confidence,
          sources: found.param.source.map(({ document, article }) => ({ document, article })),
          quote: found.param.quote ?? null,
          note: found.param.note ?? null,
        }
      : null
  const plain = (s: Side | null): string | undefined => s?.text.replace('（参数待核实）', '')
  const rows = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((path) => {
    const [was, is] = [before?.get(path), after?.get(path)]
    const [l, r] = [side(was), side(is)]
    return { path, label: (is ?? was)?.label ?? path, same: plain(l) === plain(r), left: l, right: r }
  })
  return {
    left: { version: a.version, name: a.name },
    right: { version: b.version, name: b.name },
    different: rows.filter((row) => !row.same).length,
    rows: [...rows.filter((row) => !row.same), ...rows.filter((row) => row.same)],
  }
}

export interface NewPackVersion {
  base: string
  effectiveFrom: string
  changes: ParamChange[]
}
/**
 * 另立一版规则包，自 `effectiveFrom` 起适用于新立项的文件；在办案卷须经 MoveToPack 改用。
 * 拒绝：非管理员（403）；没有这一版（404）；生效日早于今日、参数有误或者比国家规定宽松（422，逐项说明）。
 */
export async function createPackVersion(
  office: Office,
  actor: Actor,
  request: NewPackVersion,
  commandId?: string,
): Promise<{ version: string; effectiveFrom: string; changes: PackChange[] }> {
  const { base, effectiveFrom, changes } = request
  // 别的服务刚刚立的一版也要看得见，才编得出下一个版次。
  await office.rules.refresh()
  const made = await actInOffice<{ version: string; effectiveFrom: string; changes: PackChange[] }>(
    office,
    actor,
    'RevisePack',
    { base, effectiveFrom, changes },
    commandId,
  )
  await office.rules.refresh()
  return made
}
