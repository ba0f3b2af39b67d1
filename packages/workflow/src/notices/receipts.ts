// What a receipt shows, so that whoever follows it by mail is told when that changes and only then.
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { eq, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import { hearingReceipt } from '../hearing/public.ts'
import type { Office } from '../office.ts'
import { byReceipt, suggestionReceipt } from '../review-suggestion/public.ts'
import { commentReceipt } from '../submit-comment.ts'

const digestOf = (shown: unknown): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(shown))))
    .digest('hex')

/** The matter behind a receipt and the digest of what its page shows now; null where there is no such receipt. */
export async function receiptShown(office: Office, code: string): Promise<{ matter: string; shown: string } | null> {
  const receipt = code.replace(/\s/g, '').toUpperCase()
  const suggestion = await suggestionReceipt(office, receipt)
  if (suggestion !== null) {
    const row = await byReceipt(office.db, receipt)
    const { stage, answer, outcome, completion } = suggestion as Record<string, unknown>
    return row
      ? { matter: row.matter.id, shown: digestOf([stage, answer ?? null, outcome ?? null, completion ?? null]) }
      : null
  }
  const registration = await hearingReceipt(office, receipt)
  if (registration !== null) {
    const { state, hearing } = registration
    const { heldOn, time, place, report, cancelled } = hearing
    return { matter: hearing.id, shown: digestOf([state, heldOn, time, place, report, cancelled]) }
  }
  try {
    const { disposition, feedbackPublished } = await commentReceipt(office, receipt)
    const [row] = await office.db
      .select({ matter: schema.comments.documentId })
      .from(schema.comments)
      .where(eq(schema.comments.receipt, receipt))
    return row ? { matter: row.matter, shown: digestOf([disposition, feedbackPublished]) } : null
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
