// 案卷的存储形式：读回时的检验，与旧版本逐级转换的升版函数。
import type { Upcaster } from '@dianzhang/kernel'
import type { StateValue } from 'xstate'

export const snapshotVersion = 3

/** 升版函数：`upcasters[1]` 把第 1 版转成第 2 版，依此类推；每个都有旧版本样本作测试。 */
export const upcasters: Record<number, Upcaster> = { 1: fromFirst, 2: fromSecond }

/** 会议成为记录：先前只写名称的没有标识（`bodyId` 为空），名称照旧。 */
function meetings(dossier: Record<string, unknown>): Record<string, unknown> {
  const meeting = (record: unknown) => (record ? { bodyId: null, ...(record as object) } : null)
  return {
    schedule: meeting(dossier.schedule),
    decision: meeting(dossier.decision),
    decisionHistory: Array.isArray(dossier.decisionHistory) ? dossier.decisionHistory.map(meeting) : [],
  }
}

/**
 * 第 1 版 → 第 2 版：审核意见记下所审的分类与材料，公告记下当时的分类，更正须经确认。
 * 旧案卷没有记载的，以升版时的分类与材料为准，不使已经出具的意见失去效力；送审以前没有要求的事实不追溯。
 * 偏离由自述改为批准：旧案卷写明理由与批准人的，是自述而没有批准，到下一关再行判断。
 */
function fromFirst(stored: Record<string, unknown>): Record<string, unknown> {
  type Loose = Record<string, unknown>
  const context = (stored.context ?? {}) as Loose
  const dossier = context.dossier as Loose | undefined
  const rows = (value: unknown): Loose[] => (Array.isArray(value) ? (value as Loose[]) : [])
  if (!dossier) return { ...stored, version: 2 }
  const classification = dossier.classification
  const materials = rows(dossier.artefacts).map(({ kind, hash }) => ({ kind, hash }))
  const review = (file: Loose): Loose => ({
    ...file,
    materials,
    earlierForm: true,
    opinion: file.opinion ? { ...(file.opinion as Loose), classification, materials } : null,
    confirmation: file.confirmation ? { ...(file.confirmation as Loose), classification, materials } : null,
  })
  return {
    ...stored,
    version: 2,
    context: {
      ...context,
      dossier: {
        ...dossier,
        // 结构不符的原样留给检验去说明。
        ...(Array.isArray(dossier.consultations)
          ? { consultations: rows(dossier.consultations).map((r) => ({ ...r, classification: null })) }
          : {}),
        ...(Array.isArray(dossier.fairCompetition)
          ? { fairCompetition: rows(dossier.fairCompetition).map((r) => ({ ...r, stakeholdersHeard: null })) }
          : {}),
        ...(dossier.review ? { review: review(dossier.review as Loose) } : {}),
        reviewHistory: rows(dossier.reviewHistory).map(review),
        ...(Array.isArray(dossier.corrections)
          ? { corrections: rows(dossier.corrections).map((x) => ({ ...x, findings: [], confirmed: null })) }
          : {}),
        substanceAnswers: [],
        deviations: rows(dossier.deviations).map(({ at, command, ...x }, i) => ({
          ...x,
          id: String(i + 1),
          reference: null,
          reason: null,
          at,
          command,
          askedBy: null,
          confirmed: null,
          used: [{ at, command }],
        })),
        ...meetings(dossier),
      },
    },
  }
}

/** 第 2 版 → 第 3 版：目标与指标、后评估；先前没有的为空。本次发布增加的其他各项也写在这里。 */
function fromSecond(stored: Record<string, unknown>): Record<string, unknown> {
  const context = (stored.context ?? {}) as Record<string, unknown>
  const dossier = context.dossier as Record<string, unknown> | undefined
  if (!dossier) return { ...stored, version: 3 }
  return { ...stored, version: 3, context: { ...context, dossier: { indicators: [], evaluations: [], ...dossier } } }
}

export interface Regions {
  force: string
  filing: { government: string; npc: string }
  archive: string
}
/** 施行阶段三个并行区域的状态；其他阶段为 null。 */
export function regionsOf(value: StateValue): Regions | null {
  return typeof value === 'object' && 'effective' in value ? (value.effective as unknown as Regions) : null
}
