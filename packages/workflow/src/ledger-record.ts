// 台账一条记录的样子，命令答复的样子；写的、查的、核验的都用这一处。
import type { Verdict } from '@dianzhang/contract'
import type { Actor } from './office.ts'

export interface CommandAnswer {
  id: string
  version: number
  stage: string
  events: Array<{ seq: number; type: string; label: string; hash: string }>
  [extra: string]: unknown
}
export type LedgerActor = {
  kind: Actor['kind']
  person: string | null
  unit: string | null
  roles: string[]
  delegatedFrom?: string | null
}
/** 参与摘要计算的全部内容；核验程序照此重算。 */
export interface LedgerBody {
  /** 事项的标识。 */
  document: string
  /** 哪一种事项；文件的台账没有这一项（第一式）。 */
  process?: string
  seq: number
  type: string
  /** `request`：提交内容的摘要。 */
  command: { id: string; type: string; request?: string }
  at: string
  actor: LedgerActor
  payload: Record<string, unknown>
  verdicts: Verdict[]
  packVersion: string
  stage: string
  /** 只有文件有文本。 */
  textHash?: string | null
  /** 一次命令的最后一条载有其后状态快照的摘要，以及下面几项：案卷行上不在快照里的列、写入的各行的摘要、答复（事件以外）的摘要。 */
  state?: string
  row?: {
    version: number
    involvedUnits: string[]
    concernedRoles: string[]
    nextDueOn: string | null
    /** 第二式另有这三项；文件的由状态得出。 */
    title?: string
    unit?: string
    openedBy?: string | null
  }
  rows?: Array<[table: string, key: string, digest: string]>
  answer?: string
}

/** 入台账的结论不带逐日过程（可由规则版本与日历重算），其余原样保存。 */
export const withoutTrace = (verdicts: Verdict[]): Verdict[] =>
  verdicts.map(({ trace: _, ...v }) => JSON.parse(JSON.stringify(v)) as Verdict)
