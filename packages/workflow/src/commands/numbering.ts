// Registry numbering: numbers come from a locked counter row, in the same transaction as the state change; every
// number is issued, reserved or voided, and each has its record.

import type { CommandOf } from '@dianzhang/contract'
import { and, eq, inArray, schema, sql, type Tx } from '@dianzhang/database'
import { formatDocumentNumber, formatRegistryNumber } from '@dianzhang/numbering'
import { requireNumbering } from '../restoration.ts'
import type { CommandContext, Handler } from './handler.ts'

export type SeriesKind = 'document' | 'registry' | 'index'
export interface SeriesRef {
  series: string
  year: number
  kind: SeriesKind
}
/**
 * The next number of each series, in one statement: counter rows are locked and incremented; a rolled-back
 * transaction gives its numbers back, so there are no gaps. Rows are sorted by series name so that nobody deadlocks.
 */
export async function nextSeqs(tx: Tx, jurisdiction: string, wanted: SeriesRef[]): Promise<number[]> {
  await requireNumbering(tx, jurisdiction)
  const { numberSeries: t } = schema
  const rows = await tx
    .insert(t)
    .values(
      wanted
        .map((w) => ({ jurisdictionId: jurisdiction, ...w, lastSeq: 1 }))
        .sort((x, y) => (x.series < y.series ? -1 : 1)),
    )
    .onConflictDoUpdate({ target: [t.jurisdictionId, t.series, t.year], set: { lastSeq: sql`${t.lastSeq} + 1` } })
    .returning({ series: t.series, seq: t.lastSeq })
  return wanted.map((w) => rows.find((r) => r.series === w.series)?.seq ?? 1)
}
/**
 * The reserved number to use. Whether it may be used is judged by rule numbering.available; its row was locked when
 * the facts were read, so of two files using the same reservation at once only one succeeds.
 */
async function reservedNumber(
  tx: Tx,
  jurisdiction: string,
  text: string,
): Promise<{ text: string; year: number; seq: number }> {
  const { numbers: t } = schema
  const [row] = await tx
    .select({ text: t.text, year: t.year, seq: t.seq })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.kind, 'document'), eq(t.text, text)))
  if (!row) throw new Error(`放行时还在的预留号${text}不见了`)
  return row
}
/**
 * Date of the document: the day the meeting adopted it or of the last signature (with joint issuers, the last organ
 * to sign).
 */
const adoptionDate = (signedOn: string[], decidedOn: string | undefined): string =>
  [...signedOn, decidedOn ?? ''].sort().at(-1) ?? ''

export const assignNumbers: Handler<'AssignNumbers'> = {
  allocate: async (c, p) => {
    const d = c.dossier
    const adopted = adoptionDate(
      d.signatures.map((s) => s.on),
      d.decision?.date,
    )
    if (d.numbers)
      return {
        document: d.numbers.document,
        registry: d.numbers.registry,
        year: d.numbers.year,
        seq: d.numbers.seq,
        adoptionDate: adopted,
      }
    const lead = d.issuers[0] ?? ''
    const rules = c.facts.pack.numbering
    const prefix = rules.documentPrefixes.value[lead] ?? ''
    const year = Number((rules.yearOf.value === 'adoption' ? adopted : c.on).slice(0, 4))
    const registrySeries = `登记:${rules.registryRegion.value}`
    const registryRef: SeriesRef = { series: registrySeries, year, kind: 'registry' }
    if (p.reserved) {
      const reserved = await reservedNumber(c.tx, c.jurisdiction, p.reserved)
      const [registrySeq = 0] = await nextSeqs(c.tx, c.jurisdiction, [registryRef])
      const registry = formatRegistryNumber(rules.registryTemplate.value, {
        region: rules.registryRegion.value,
        year,
        seq: registrySeq,
      })
      return {
        document: reserved.text,
        registry,
        year: reserved.year,
        seq: reserved.seq,
        adoptionDate: adopted,
        issued: [
          {
            series: prefix,
            year: reserved.year,
            seq: reserved.seq,
            kind: 'document',
            text: reserved.text,
            reserved: true,
          },
          { series: registrySeries, year, seq: registrySeq, kind: 'registry', text: registry },
        ],
      }
    }
    const [seq = 0, registrySeq = 0] = await nextSeqs(c.tx, c.jurisdiction, [
      { series: prefix, year, kind: 'document' },
      registryRef,
    ])
    const document = formatDocumentNumber({ prefix, year, seq })
    const registry = formatRegistryNumber(rules.registryTemplate.value, {
      region: rules.registryRegion.value,
      year,
      seq: registrySeq,
    })
    return {
      document,
      registry,
      year,
      seq,
      adoptionDate: adopted,
      issued: [
        { series: prefix, year, seq, kind: 'document', text: document },
        { series: registrySeries, year, seq: registrySeq, kind: 'registry', text: registry },
      ],
    }
  },
  write: async (c, _p, r) => {
    const { numbers: t } = schema
    const issued = r.issued ?? []
    const common = {
      jurisdictionId: c.jurisdiction,
      status: 'issued',
      documentId: c.matterId,
      at: c.now,
      by: c.as.person ?? 'system',
    }
    const fresh = issued.filter((n) => !n.reserved).map(({ reserved: _, ...n }) => ({ ...common, ...n }))
    const kept = issued.find((n) => n.reserved)
    await Promise.all([
      fresh.length ? c.tx.insert(t).values(fresh) : null,
      kept
        ? c.tx
            .update(t)
            .set({ status: 'issued', documentId: c.matterId })
            .where(
              and(
                eq(t.jurisdictionId, c.jurisdiction),
                eq(t.series, kept.series),
                eq(t.year, kept.year),
                eq(t.seq, kept.seq),
              ),
            )
        : null,
    ])
    return { numbers: c.next.numbers }
  },
  ledger: (_p, r) => ({ document: r.document, registry: r.registry, adoptionDate: r.adoptionDate }),
}
/**
 * Voids this document's issued document number and registry number together, with reason and approver; does nothing
 * when it has no numbers.
 */
async function voidIssued(
  c: CommandContext,
  reason: string,
  approver: string,
): Promise<{ voided: string } | undefined> {
  if (!c.dossier.numbers) return undefined
  const { numbers: t } = schema
  await c.tx
    .update(t)
    .set({ status: 'void', voidReason: reason, voidApprover: approver, voidedAt: c.now })
    .where(
      and(
        eq(t.jurisdictionId, c.jurisdiction),
        eq(t.documentId, c.matterId),
        eq(t.status, 'issued'),
        inArray(t.kind, ['document', 'registry']),
      ),
    )
  return { voided: c.dossier.numbers.document }
}
const actorName = (c: CommandContext): string => (c.actor.kind === 'person' ? c.actor.name : '系统')

/**
 * Withdrawal: when a document is withdrawn after being numbered and sent back for correction, its number is voided
 * too.
 */
export const withdrawDocument: Handler<'WithdrawDocument'> = {
  resolve: (c) => (c.dossier.numbers ? { approver: actorName(c) } : {}),
  write: (c, p, r) => voidIssued(c, p.reason, r.approver ?? ''),
}
/** Rejection: the same; the approver is the meeting that decided. */
export const voidWhenRejected = (c: CommandContext, p: CommandOf<'RecordDecision'>, body: string) =>
  p.outcome === 'rejected' ? voidIssued(c, p.reason ?? '审议不予通过', body) : undefined

export const voidNumber: Handler<'VoidNumber'> = {
  write: (c, p) => voidIssued(c, p.reason, p.approver),
  ledger: (p) => ({ reason: p.reason, approver: p.approver }),
}
