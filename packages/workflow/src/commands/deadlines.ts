// Recomputes deadlines: sent by the system after a holiday notice is entered; old and new dates both go into the
// ledger.
import type { CommandOf } from '@dianzhang/contract'
import { type DocumentShape, normativeDocument } from '@dianzhang/lifecycle'
import { recomputing } from '../door/recompute.ts'
import type { Handler } from './handler.ts'

export const recomputeDeadlines: Handler<'RecomputeDeadlines'> = recomputing<
  DocumentShape,
  CommandOf<'RecomputeDeadlines'>
>(normativeDocument) as Handler<'RecomputeDeadlines'>
