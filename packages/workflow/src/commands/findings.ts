// Two things done with findings: recording the reason for “此处不改”; freezing the findings with the materials when review
// is requested.
import type { FindingWaiver } from '@dianzhang/contract'
import { and, eq, max, schema } from '@dianzhang/database'
import { headText } from '@dianzhang/rules'
import { findingsOf, type StoredWaiver, waiversOf } from '../text/findings.ts'
import { textVersion } from '../text/versions.ts'
import type { CommandContext } from './handler.ts'

/** Records the reasons: a drafter explains, a reviewer settles. Writes nothing when there is no reason to record. */
export async function keepWaivers(
  c: CommandContext,
  list: readonly FindingWaiver[] | undefined,
  by: 'drafter' | 'reviewer',
  textVersion: number,
): Promise<void> {
  if (list === undefined || list.length === 0) return
  await c.tx.insert(schema.findingWaivers).values(
    list.map((waiver, i) => ({
      jurisdictionId: c.jurisdiction,
      commandId: c.commandId,
      n: i + 1,
      documentId: c.matterId,
      textVersion,
      finding: waiver.id,
      quote: waiver.quote,
      element: waiver.element ?? null,
      reason: waiver.reason,
      by,
      person: c.as.person ?? 'system',
      at: c.now,
    })),
  )
}

/**
 * Freezes the findings on the text submitted for review; returns the counts of open and waived ones. Questions do not
 * block the request.
 */
export async function freezeFindings(
  c: CommandContext,
  waivers: readonly FindingWaiver[] | undefined,
): Promise<{ open: number; waived: number }> {
  const n = headText(c.dossier)?.n
  if (n === undefined) return { open: 0, waived: 0 }
  await keepWaivers(c, waivers, 'drafter', n)
  const t = schema.reviewFindings
  const here = and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId))
  const version = await textVersion(c.office, c.tx, c.dossier, n)
  const known: StoredWaiver[] = await waiversOf(c.tx, c.dossier, n)
  const pack = c.office.rules.pack(c.jurisdiction, c.dossier.packVersion)
  const found = await findingsOf(c.tx, version, { dossier: c.dossier, units: c.units, pack, on: c.on }, known)
  const [last] = await c.tx
    .select({ n: max(t.n) })
    .from(t)
    .where(here)
  await c.tx.insert(t).values({
    jurisdictionId: c.jurisdiction,
    documentId: c.matterId,
    n: (last?.n ?? 0) + 1,
    textVersion: n,
    linter: found.linter,
    findings: { open: found.open, waived: found.waived, citations: found.citations },
    at: c.now,
  })
  return { open: found.open.length, waived: found.waived.length }
}
