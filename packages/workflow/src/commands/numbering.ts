// 统一登记编号：号码由锁定的计数行产生，与状态变化在同一事务；每个号非发出、即预留、即作废，都有记录。
import { schema, type Tx } from '@dianzhang/database'
import { formatDocumentNumber, formatRegistryNumber } from '@dianzhang/numbering'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { AppError } from '@dianzhang/contract'
import type { Handler } from './handler.ts'

export type SeriesKind = 'document' | 'registry' | 'index'
/** 取系列下一个号：计数行加锁自增，事务回滚则号码一并退回，不产生空号。 */
export async function nextSeq(tx: Tx, jurisdiction: string, series: string, year: number, kind: SeriesKind): Promise<number> {
  const { numberSeries: t } = schema
  const [row] = await tx
    .insert(t)
    .values({ jurisdictionId: jurisdiction, series, year, kind, lastSeq: 1 })
    .onConflictDoUpdate({ target: [t.jurisdictionId, t.series, t.year], set: { lastSeq: sql`${t.lastSeq} + 1` } })
    .returning({ seq: t.lastSeq })
  return row?.seq ?? 1
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
    const seq = await nextSeq(c.tx, c.jurisdiction, prefix, year, 'document')
    const registrySeq = await nextSeq(c.tx, c.jurisdiction, registrySeries, year, 'registry')
    const document = formatDocumentNumber({ prefix, year, seq })
    const registry = formatRegistryNumber(rules.registryTemplate.value, { region: rules.registryRegion.value, year, seq: registrySeq })
    const common = { jurisdictionId: c.jurisdiction, year, status: 'issued', documentId: c.documentId, at: c.now, by: c.as.person ?? 'system' }
    await c.tx.insert(schema.numbers).values([
      { ...common, series: prefix, seq, kind: 'document', text: document },
      { ...common, series: registrySeries, seq: registrySeq, kind: 'registry', text: registry },
    ])
    return { document, registry, year, seq, adoptionDate: adopted }
  },
  write: (c) => ({ numbers: c.next.numbers }),
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
