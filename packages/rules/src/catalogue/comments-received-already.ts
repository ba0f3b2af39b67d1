// 录入的来信、座谈会意见，收到之日不在以后。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withCommand } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const commentsReceivedAlready: Rule = {
  id: 'comments.received-already',
  title: '录入的意见，收到日期不晚于今日',
  severity: 'block',
  basis: source.majorDecision('第十五条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    if (f.command?.type !== 'RecordComments') return holds('没有正在录入意见')
    const entries = Array.isArray(f.command.payload.entries) ? f.command.payload.entries : []
    const at = entries.findIndex((entry) => String((entry as { receivedOn?: unknown }).receivedOn ?? '') > f.today)
    if (at < 0) return holds('收到日期都不晚于今日')
    const on = String((entries[at] as { receivedOn: unknown }).receivedOn)
    return fails(`第${at + 1}件的收到日期${day(on)}在今天以后，请核对`)
  },
  examples: {
    holds: [
      {
        name: '昨天收到',
        given: (f) => withCommand(f, 'RecordComments', { entries: [{ receivedOn: '2026-04-01' }] }),
        says: '不晚于今日',
      },
    ],
    refused: [
      {
        name: '日期在以后',
        given: (f) => withCommand(f, 'RecordComments', { entries: [{ receivedOn: '2027-01-01' }] }),
        says: '第1件',
      },
    ],
  },
}
