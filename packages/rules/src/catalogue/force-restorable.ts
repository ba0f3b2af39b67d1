// 收回一项效力变动：它须在册而且不是有效期届满；由人办理的须有决定，决定不早于变动、不晚于今日。
import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, ForceEvent } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { standsAt, undoTarget } from '../force.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const forceEventLabels: Record<ForceEvent['kind'], string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '收回',
  reinstated: '重新生效',
}
const repealed: ForceEvent = {
  kind: 'repealed',
  on: '2026-08-01',
  reason: '被新办法代替。',
  byDocument: null,
  decision: { body: '海原县人民政府常务会议', date: '2026-07-20' },
  at: '2026-07-20T10:00:00+08:00',
}
const restoring = (f: Facts, payload: Record<string, unknown>, events: ForceEvent[] = [repealed]): Facts =>
  withCommand(onDay(withDossier(f, { forceEvents: events }), '2026-09-10'), 'RestoreForce', {
    reason: '废止决定有误。',
    decision: { body: '海原县人民政府常务会议', date: '2026-09-08' },
    ...payload,
  })

export const forceRestorable: Rule = {
  id: 'force.restorable',
  title: '所收回的效力变动在册，不是有效期届满，并有其后作出的决定',
  severity: 'block',
  basis: source.officialPapers('第三十三条', 'inference'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { forceEvents } = f.dossier
    const command = f.command?.type === 'RestoreForce' ? f.command : null
    const asked = command?.payload.event as number | undefined
    const n = undoTarget(forceEvents, asked)
    const event = n === null ? undefined : forceEvents[n - 1]
    if (!event)
      return command === null || asked === undefined
        ? command === null
          ? holds('没有正在收回的效力变动')
          : fails('这件文件没有可以收回的效力变动')
        : fails(`这件文件没有第${asked}项效力变动；在册的共${forceEvents.length}项`)
    const name = `第${n}项变动（${day(event.on)}${forceEventLabels[event.kind]}）`
    const stands = standsAt(forceEvents, n as number)
    if (event.kind === 'lapsed' && event.decision === null && event.byDocument === null)
      return fails(`${name}是有效期届满，不能收回；仍然需要的，重新评估、审核并公布`)
    const decision = command?.payload.decision as { date?: string } | undefined
    if (decision?.date !== undefined) {
      if (decision.date > f.today) return fails(`收回的决定日期${day(decision.date)}晚于今日`)
      const since = event.decision?.date ?? dateInShanghai(event.at)
      if (decision.date < since)
        return fails(`收回的决定（${day(decision.date)}）早于所收回的变动（${day(since)}作出）`, { earliest: since })
    }
    return holds(stands ? `${name}可以收回，自始不发生效力` : `${name}已经收回；收回撤去以后重新生效`)
  },
  examples: {
    holds: [
      { name: '没有正在收回的变动', given: (f) => f, says: '没有正在收回' },
      { name: '收回一项废止', given: (f) => restoring(f, {}), says: '第1项变动' },
      {
        name: '收回又撤去',
        given: (f) =>
          restoring(f, { event: 2, decision: { body: '常务会议', date: '2026-09-09' } }, [
            repealed,
            { ...repealed, kind: 'restored', on: '2026-09-08', undoes: 1, at: '2026-09-08T10:00:00+08:00' },
          ]),
        says: '重新生效',
      },
    ],
    refused: [
      { name: '没有任何变动', given: (f) => restoring(f, {}, []), says: '没有可以收回' },
      { name: '没有这一项', given: (f) => restoring(f, { event: 7 }), says: '没有第7项' },
      {
        name: '有效期届满',
        given: (f) => restoring(f, {}, [{ ...repealed, kind: 'lapsed', decision: null }]),
        says: '有效期届满，不能收回',
      },
      {
        name: '决定在将来',
        given: (f) => restoring(f, { decision: { body: '常务会议', date: '2026-10-01' } }),
        says: '晚于今日',
      },
      {
        name: '决定早于废止',
        given: (f) => restoring(f, { decision: { body: '常务会议', date: '2026-07-01' } }),
        says: '早于所收回的变动',
      },
    ],
  },
}
