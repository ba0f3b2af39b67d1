// 登记库的写入一侧：公布时由写事务调用的投影，以及效力事件、政策解读的追加。
import { and, eq, isNull, schema, sql, type Tx } from '@dianzhang/database'
import { entryHasRareForms, rareFormsKey, searchForm, searchVector } from './search.ts'
import type { ForceEventKind, RegisterDecision } from './status-on.ts'

const { registerEntries } = schema

/** 公布一件文件所需的内容；均为公开信息，不含个人信息。日期为北京时间的日历日。 */
export interface PublishedEntry {
  jurisdiction: string
  /** 登记库标识，缺省与案卷标识相同。 */
  id?: string
  documentId: string
  title: string
  documentNumber: string
  registryNumber: string | null
  indexNumber: string | null
  /** 由制定机关在公布时形成；不能确定时为空并列明缺项，绝不推测。 */
  wjbs: { value: string | null; missing: string[] }
  /** 制定机关的公开名称，牵头机关在前。 */
  issuers: string[]
  tier: string
  category?: string
  genre?: string | null
  subject?: string | null
  region?: string | null
  adoptionDate: string | null
  publishedOn: string
  effectiveDate: string
  /** 有效期最后一日（含）。 */
  validUntil: string | null
  disclosure: 'active' | 'on_request' | 'closed'
  body: string
  textHash: string
  /** 签署的文本所附的全部附件（摘要由它们算出），不公开。 */
  attachments: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  /** 公开的附件。 */
  publicFiles: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  interpretation?: string | null
  interpretationUrl?: string | null
  summary?: string | null
  keywords?: string[] | null
  interpreterUnit?: string | null
  /** 其余公开的元数据（征求意见、审核、备案情况等），原样进入公开接口。 */
  metadata?: Record<string, unknown>
}

/**
 * 公布的投影：在公布的事务里写入一行（含检索词元）。同一案卷只能公布一次，再次调用由唯一约束拒绝。
 * `now` 为办理时刻。返回登记库标识。
 */
export async function publishEntry(tx: Tx, entry: PublishedEntry, now: Date): Promise<string> {
  const id = entry.id ?? entry.documentId
  await tx.insert(registerEntries).values({
    jurisdictionId: entry.jurisdiction,
    id,
    origin: 'made',
    documentId: entry.documentId,
    title: entry.title,
    documentNumber: entry.documentNumber,
    registryNumber: entry.registryNumber,
    indexNumber: entry.indexNumber,
    wjbs: entry.wjbs.value,
    wjbsSource: entry.wjbs.value === null ? null : 'AUTHORITY_ISSUED',
    wjbsMissing: entry.wjbs.missing,
    issuers: entry.issuers,
    leadIssuer: entry.issuers[0] ?? null,
    tier: entry.tier,
    category: entry.category ?? '行政规范性文件',
    genre: entry.genre ?? null,
    subject: entry.subject ?? null,
    region: entry.region ?? null,
    adoptionDate: entry.adoptionDate,
    publishedOn: entry.publishedOn,
    effectiveDate: entry.effectiveDate,
    validUntil: entry.validUntil,
    disclosure: entry.disclosure,
    forceEvents: [],
    body: entry.body,
    textHash: entry.textHash,
    attachments: entry.attachments,
    publicFiles: entry.publicFiles,
    interpretation: entry.interpretation ?? null,
    interpretationUrl: entry.interpretationUrl ?? null,
    summary: entry.summary ?? null,
    keywords: entry.keywords ?? null,
    interpreterUnit: entry.interpreterUnit ?? null,
    metadata: { ...entry.metadata, ...(entryHasRareForms(entry) ? { [rareFormsKey]: true } : {}) },
    search: searchVector(entry),
    searchForm,
    createdAt: now,
  })
  return id
}

/**
 * 追加一项效力事件（修改、废止、撤销、宣布失效、停止执行、恢复执行、收回、重新生效）；`on` 为生效的日历日。
 * 只增不改，数据库另有触发器守卫。`documentId` 未公布时返回 false，不作任何改动。
 */
export async function appendForceEvent(
  tx: Tx,
  jurisdiction: string,
  documentId: string,
  event: {
    kind: ForceEventKind
    on: string
    reason: string
    byDocument: string | null
    decision?: RegisterDecision | null
    undoes?: number | undefined
    follows?: boolean | undefined
    provisions?: string[] | undefined
  },
): Promise<boolean> {
  const { kind, on, reason, byDocument, decision = null, undoes, follows, provisions } = event
  const appended = JSON.stringify([
    { kind, on, reason, byDocument, ...(decision === null ? {} : { decision }), undoes, follows, provisions },
  ])
  const rows = await tx
    .update(registerEntries)
    .set({ forceEvents: sql`${registerEntries.forceEvents} || ${appended}::jsonb` })
    .where(and(eq(registerEntries.jurisdictionId, jurisdiction), eq(registerEntries.documentId, documentId)))
    .returning({ id: registerEntries.id })
  return rows.length === 1
}

/** 补充公布政策解读：只能由空到有，不能改写。已有解读或尚未公布时返回 false。 */
export async function attachInterpretation(
  tx: Tx,
  jurisdiction: string,
  documentId: string,
  interpretation: { text: string; url?: string | null },
): Promise<boolean> {
  const rows = await tx
    .update(registerEntries)
    .set({ interpretation: interpretation.text, interpretationUrl: interpretation.url ?? null })
    .where(
      and(
        eq(registerEntries.jurisdictionId, jurisdiction),
        eq(registerEntries.documentId, documentId),
        isNull(registerEntries.interpretation),
      ),
    )
    .returning({ id: registerEntries.id })
  return rows.length === 1
}
