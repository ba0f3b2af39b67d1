// 一件事项的答复：各种事项都有的字段；各种自己的内容在其余各项里。
import type { Verdict } from '@dianzhang/contract'
import type { Clock, Named } from '../types.ts'

export interface Matter {
  id: string
  process: string
  processLabel: string
  noun: string
  title: string
  version: number
  stage: string
  stageLabel: string
  stages: Array<{ path: string; label: string }>
  turn: string[]
  unit: Named
  openedBy: Named | null
  packVersion: string
  nextDueOn: string | null
  progress: Array<{ to: string; open: boolean; verdicts: Verdict[] }>
  deadlines: Clock[]
  sent: Array<{
    id: string
    matter: string
    process: string | null
    title: string | null
    command: string
    label: string
    at: string
    outcome: 'accepted' | 'refused' | null
    detail: string | null
  }>
  ledger: { seq: number; head: string }
  createdAt: string
  updatedAt: string
  units?: Record<string, string>
  people?: Record<string, string>
  [own: string]: unknown
}
export interface MatterRow {
  id: string
  process: string
  processLabel: string
  title: string
  stage: string
  stageLabel: string
  version: number
  unit: Named
  nextDueOn: string | null
  remaining: number | null
  overdue: boolean
  updatedAt: string
}
