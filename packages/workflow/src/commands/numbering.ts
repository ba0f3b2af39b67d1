// 统一登记编号：号码由锁定的计数行产生，与状态变化在同一事务；每个号非发出、即预留、即作废，都有记录。
import { schema, type Tx } from '@dianzhang/database'
import { formatDocumentNumber, formatRegistryNumber } from '@dianzhang/numbering'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { AppError } from '@dianzhang/contract'
import type { Handler } from './handler.ts'

export type SeriesKind = 'document' | 'registry' | 'index'
export interface SeriesRef {
  series: string
  year: number
  kind: SeriesKind
}
/** 各系列的下一个号，一条语句取得：计数行加锁自增，事务回滚则号码一并退回，不产生空号。行按系列名排序，避免互相等锁。 */
export async function nextSeqs(tx: Tx, jurisdiction: string, wanted: SeriesRef[]): Promise<number[]> {
  const { numberSeries: t } = schema
  const rows = await tx
    .insert(t)
    .values(wanted.map((w) => ({ jurisdictionId: jurisdiction, ...w, lastSeq: 1 })).sort((x, y) => (x.series < y.series ? -1 : 1)))
    .onConflictDoUpdate({ target: [t.jurisdictionId, t.series, t.year], set: { lastSeq: sql`${t.lastSeq} + 1` } })
    .returning({ series: t.series, seq: t.lastSeq })
  return wanted.map((w) => rows.find((r) => r.series === w.series)?.seq ?? 1)
}
/** 成文日期：会议通过或者最后签署之日（联合发文取最后签署机关）。 */
const adoptionDate = (signedOn: string[], decidedOn: string | undefined): string => [...signedOn, decidedOn ?? ''].sort().at(-1) ?? ''

export const assignNumbers: Handler<'AssignNumbers'> = {
  allocate: async (c) => {
    const d = c.dossier
    if (d.numbers) return { document: d.numbers.document, registry: d.numbers.registry, year: d.numbers.year, seq: d.numbers.seq, adoptionDate: d.numbers.adoptionDate }
    const lead = d.issuers[0] ?? ''
    const rules = c.facts.pack.numbering
    const prefix = rules.documentPrefixes.value[lead]
    if (!prefix) throw new AppError('conflict', `规则包${c.facts.pack.version}没有规定${c.units[lead]?.name ?? lead}的机关代字，请管理员补充后再编号`)
    const adopted = adoptionDate(d.signatures.map((s) => s.on), d.decision?.date)
    const year = Number((rules.yearOf.value === 'adoption' ? adopted : c.on).slice(0, 4))
    const registrySeries = `登记:${rules.registryRegion.value}`
    const [seq = 0, registrySeq = 0] = await nextSeqs(c.tx, c.jurisdiction, [
      { series: prefix, year, kind: 'document' },
      { series: registrySeries, year, kind: 'registry' },
    ])
    const document = formatDocumentNumber({ prefix, year, seq })
    const registry = formatRegistryNumber(rules.registryTemplate.value, { region: rules.registryRegion.value, year, seq: registrySeq })
    return { document, registry, year, seq, adoptionDate: adopted, issued: [{ series: prefix, seq, kind: 'document', text: document }, { series: registrySeries, seq: registrySeq, kind: 'registry', text: registry }] }
  },
  write: async (c, _p, r) => {
    const common = { jurisdictionId: c.jurisdiction, year: r.year ?? 0, status: 'issued', documentId: c.documentId, at: c.now, by: c.as.person ?? 'system' }
    if (r.issued?.length) await c.tx.insert(schema.numbers).values(r.issued.map((n) => ({ ...common, ...n })))
    return { numbers: c.next.numbers }
  },
  ledger: (_p, r) => ({ document: r.document, registry: r.registry, adoptionDate: r.adoptionDate }),
}
export const voidNumber: Handler<'VoidNumber'> = {
  write: async (c, p) => {
    const { numbers: t } = schema
    await c.tx
      .update(t)
      .set({ status: 'void', voidReason: p.reason, voidApprover: p.approver, voidedAt: c.now })
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.documentId), eq(t.status, 'issued'), inArray(t.kind, ['document', 'registry'])))
    return { voided: c.dossier.numbers?.document }
  },
  ledger: (p) => ({ reason: p.reason, approver: p.approver }),
}
