// 别处的一份案卷的评查报告。
import type { WorkCalendar } from '@dianzhang/calendar'
import {
  artefactLabels,
  auditEventLabels,
  auditFieldLabels,
  auditOutcomes,
  type DescribedFile,
  tierLabels,
} from '@dianzhang/contract'
import type { Pack } from '@dianzhang/packs'
import type { PlainDate } from '../facts.ts'
import { type AuditGate, type AuditReport, auditFile, auditGates } from './audit.ts'
import { describedFacts, type PlacedEvent } from './described.ts'

/** 一项写明的各栏，连成一句。 */
function detailOf(e: PlacedEvent): string {
  const parts: string[] = []
  if (e.unit !== undefined) parts.push(e.unit)
  if (e.material !== undefined) parts.push(artefactLabels[e.material])
  if (e.meeting !== undefined) parts.push(e.meeting)
  if (e.outcome !== undefined) parts.push(auditOutcomes[e.event]?.[e.outcome] ?? e.outcome)
  if (e.number !== undefined) parts.push(e.number)
  for (const key of ['closes', 'effective', 'validUntil', 'text'] as const)
    if (e[key] !== undefined) parts.push(`${auditFieldLabels[key]}${e[key]}`)
  if (e.channels !== undefined) parts.push(e.channels.join('、'))
  if (e.reason !== undefined) parts.push(e.reason)
  return parts.join('，')
}

/** 评查别处的一份案卷；`asOf` 为评查之日（案卷自己写明的优先）。没有录入该地该日规则的，不能判断。 */
export function auditDescribed(
  file: DescribedFile,
  options: { packOn: (on: PlainDate) => Pack | null; calendar: WorkCalendar; placeName: string; asOf: PlainDate },
): AuditReport {
  const asOf = file.asOf ?? options.asOf
  const events = file.events.map((e) => e.date).toSorted()
  const pack = options.packOn(events.at(-1) ?? asOf) ?? options.packOn(asOf)
  if (pack === null) throw new Error('没有可用的规则包')
  const { dossier, external, events: placed } = describedFacts(file, pack, options.calendar)
  const gates: Partial<Record<AuditGate, string>> = {}
  for (const gate of auditGates) {
    const at = gate === 'ended' ? undefined : placed.findLast((e) => e.event === gate)?.at
    if (at !== undefined) gates[gate] = at
  }
  return auditFile({
    dossier,
    external,
    calendar: options.calendar,
    asOf,
    packOn: options.packOn,
    gates,
    steps: placed.map((e) => ({ on: e.date, label: auditEventLabels[e.event], detail: detailOf(e) })),
    source: file.source ?? '另行列明的案卷',
    place: options.placeName,
    tier: tierLabels[file.tier],
  })
}
