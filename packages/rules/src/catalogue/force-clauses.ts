// 停止、恢复执行若干条款：停止的还没有停止，恢复的现在停止着。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { clauseKey, isByClause, suspendedClauses } from '../force.ts'
import { onDay, withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const decision = { body: '海原县人民政府常务会议', date: '2026-09-08' }
const doing = (f: Facts, type: string, provisions: string[]): Facts =>
  withCommand(onDay(f, '2026-09-10'), type, { on: '2026-09-10', reason: '依决定。', decision, provisions })
/** 第六条已经停止执行。 */
const held = (f: Facts): Facts =>
  withDossier(f, {
    forceEvents: [
      {
        kind: 'suspended',
        on: '2026-08-01',
        reason: '与上位法抵触。',
        byDocument: null,
        decision: { body: '海原县人民政府', date: '2026-08-01' },
        at: '2026-08-01T10:00:00+08:00',
        provisions: ['第六条'],
      },
    ],
  })

export const forceClauses: Rule = {
  id: 'force.clauses',
  title: '停止执行的条款文本里有、尚在执行，恢复执行的条款已经停止',
  severity: 'block',
  basis: source.bjNpc('第二十九条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const provisions = (f.command?.payload.provisions ?? []) as string[]
    if (!isByClause({ provisions })) return holds('不是只对若干条款的停止或者恢复')
    const now = suspendedClauses(f.dossier.forceEvents, '9999-12-31')
    const keys = new Set(now.map(clauseKey))
    const resuming = f.command?.type === 'ResumeDocument'
    const wrong = provisions.filter((clause) => keys.has(clauseKey(clause)) !== resuming)
    const missing = f.external.missingClauses ?? []
    // 决定照抄了别处的条款号的，仍是有权机关的决定：提示核对，不代它改。
    if (wrong.length === 0 && missing.length > 0 && !resuming)
      return fails(`文本里没有${missing.join('、')}，请对照决定与文本的条款号核对，如“第六条第二款”`, {
        severity: 'warn',
      })
    if (wrong.length === 0) return holds(`${provisions.join('、')}可以${resuming ? '恢复' : '停止'}执行`)
    return resuming
      ? fails(`${wrong.join('、')}没有停止执行${now.length > 0 ? `；现在停止执行的是${now.join('、')}` : ''}`)
      : fails(`${wrong.join('、')}已经停止执行，不须再停止`)
  },
  examples: {
    holds: [
      { name: '整件停止执行', given: (f) => f, says: '不是只对' },
      { name: '停止第六条', given: (f) => doing(f, 'SuspendDocument', ['第六条']), says: '停止执行' },
      { name: '恢复已经停止的第六条', given: (f) => doing(held(f), 'ResumeDocument', ['第 六条']), says: '恢复执行' },
    ],
    refused: [
      {
        name: '文本里没有的条款',
        given: (f) => withExternal(doing(f, 'SuspendDocument', ['第九十九条']), { missingClauses: ['第九十九条'] }),
        says: '文本里没有第九十九条',
      },
      { name: '第六条已经停止', given: (f) => doing(held(f), 'SuspendDocument', ['第六条']), says: '已经停止' },
      { name: '恢复没有停止的第七条', given: (f) => doing(held(f), 'ResumeDocument', ['第七条']), says: '没有停止' },
    ],
  },
}
