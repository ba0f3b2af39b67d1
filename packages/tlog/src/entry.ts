// What one entry of the log may say: a closed form of digests and public facts. Never a text, never a person.
import { fromUtf8, MalformedError } from './bytes.ts'

/** What happened, and its name for people. */
export const entryTypeLabels = {
  publish: '公布',
  import: '登记已公布的文件',
  amend: '修改',
  repeal: '废止',
  annul: '撤销',
  lapse: '失效',
  suspend: '停止执行',
  resume: '恢复执行',
  restore: '变动收回',
  reinstate: '变动重新生效',
  interpret: '公布解读',
  term: '写明有效期',
  withdraw: '不再公开',
  take_effect: '到期生效',
  expire: '有效期届满',
  consultation_open: '公开征求意见',
  consultation_extend: '延长征求意见',
  consultation_close: '征求意见截止',
  feedback: '公布意见采纳情况',
  filing_sent: '报送备案',
  filing_receipt: '备案登记',
  number_void: '文号作废',
  census: '清理普查目录',
  cleanup_decision: '清理决定',
  cleanup_result: '公布清理结果',
  evaluation: '公布后评估',
  suggestion_reply: '答复审查建议',
  seal: '台账每日封存',
  key_change: '更换签名公钥',
  break: '声明中断',
} as const
export type EntryType = keyof typeof entryTypeLabels
const entryTypes = Object.keys(entryTypeLabels) as EntryType[]

/** One change of force as the log tells it. */
export interface LoggedForce {
  /** Id of the document that did it; null for a decision. */
  by: string | null
  /** The provisions concerned, as addresses or digests of them; empty: the whole document. */
  clauses: string[]
  follows: boolean
  kind: string
  on: string
  /** Which change is taken back, from 1. */
  undoes: number | null
}
/** The whole public state of one entry of the register after the act. */
export interface LoggedDocument {
  /** Digest of text and attachments, as the register gives it (`textHash`). */
  content: string
  effective: string | null
  /** Digest over the public files. */
  files: string
  force: LoggedForce[]
  /** Digest of the interpretation. */
  interpretation: string | null
  /** Digest over title, issuers, numbers and the other descriptions. */
  meta: string
  number: string | null
  origin: string
  published: string | null
  /** The day it was registered here. */
  recorded: string
  /** The status that an imported entry's source states, where it is one of the usual words. */
  stated: string | null
  /** Last day of validity. */
  until: string | null
}
export interface LogEntry {
  v: 1
  /** Code of the jurisdiction. */
  log: string
  type: EntryType
  at: string
  /** What it is about: id in the register or of a matter, a day for seals; null where even the id is nobody's business. */
  subject: string | null
  /** Index of the last entry about the same subject. */
  prev: number | null
  /** Digest of the record in the inner ledger; null where the document itself is in the entry. */
  record: string | null
  document?: LoggedDocument
  /** A new verifier key, for `key_change`. */
  key?: string
}

type Test = (value: unknown) => boolean
const digest: Test = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const day: Test = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value)
const short =
  (most: number): Test =>
  (value) =>
    typeof value === 'string' && value !== '' && value.length <= most
const index: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const exactly = (shape: Record<string, Test>, optional: Record<string, Test> = {}): Test => {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(shape).every((key) => key in value) &&
    Object.entries(value).every(([key, member]) => (shape[key] ?? optional[key])?.(member) ?? false)
}
const force = exactly({
  by: orNull(short(200)),
  clauses: (value) => Array.isArray(value) && value.every(short(70)),
  follows: (value) => typeof value === 'boolean',
  kind: short(20),
  on: day,
  undoes: orNull(index),
})
const document = exactly({
  content: digest,
  effective: orNull(day),
  files: digest,
  force: (value) => Array.isArray(value) && value.every(force),
  interpretation: orNull(digest),
  meta: digest,
  number: orNull(short(200)),
  origin: (value) => value === 'made' || value === 'imported',
  published: orNull(day),
  recorded: day,
  stated: orNull(short(20)),
  until: orNull(day),
})
/** The closed form: whether a value is an entry and says nothing beyond it. */
export const entryForm: Test = exactly(
  {
    v: (value) => value === 1,
    log: short(40),
    type: (value) => entryTypes.includes(value as EntryType),
    at: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
    subject: orNull(short(400)),
    prev: orNull(index),
    record: orNull(digest),
  },
  { document, key: short(4000) },
)
/** Reads an entry; refuses ({@link MalformedError}) what is not in the closed form. */
export function parseEntry(bytes: Uint8Array): LogEntry {
  let value: unknown
  try {
    value = JSON.parse(fromUtf8(bytes))
  } catch {
    throw new MalformedError('条目不是 JSON')
  }
  if (!entryForm(value)) throw new MalformedError('条目含有约定以外的内容')
  return value as LogEntry
}

/** The state of the register after the entries added so far. Every entry holds the whole state, so the last one of a subject counts. */
export class Fold {
  /** Every document of the register; one that is no longer public is left out. */
  readonly documents = new Map<string, LoggedDocument>()
  size = 0
  /** The jurisdiction that the first entry names. */
  log = ''

  add(entry: LogEntry): void {
    if (this.size === 0) this.log = entry.log
    this.size += 1
    if (entry.subject === null) return
    if (entry.type === 'withdraw') this.documents.delete(entry.subject)
    else if (entry.document) this.documents.set(entry.subject, entry.document)
  }
}
/** {@link Fold} over entries 0 … n−1. */
export function foldEntries(entries: Iterable<LogEntry>): Fold {
  const fold = new Fold()
  for (const entry of entries) fold.add(entry)
  return fold
}
