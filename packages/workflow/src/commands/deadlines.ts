// 重算期限：放假通知录入以后由系统发出；旧的与新的日期一并记入台账。
import type { CommandOf } from '@dianzhang/contract'
import { type DocumentShape, normativeDocument } from '@dianzhang/lifecycle'
import { recomputing } from '../door/recompute.ts'
import type { Handler } from './handler.ts'

export const recomputeDeadlines: Handler<'RecomputeDeadlines'> = recomputing<
  DocumentShape,
  CommandOf<'RecomputeDeadlines'>
>(normativeDocument)
