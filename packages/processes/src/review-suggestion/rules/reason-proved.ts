import { type DeclineReason, declineReasonLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, external } from '../example.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'
import { ended } from './in-force.ts'

const filled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/** 各种凭据各须如何；不足的答复一句话，足的为 null。 */
const proofs: Record<'change' | 'letter' | 'matter' | 'text', (f: SuggestionFacts) => string | null> = {
  change: ({ external: e, command: { payload } }) => {
    const { document, change } = e
    if (document && document.status !== 'unknown' && ended.has(document.status)) return null
    if (filled(payload.change) && change === null) return '所指的文件不在登记库中'
    if (
      document?.changes.some((c) => (c.kind === 'amended' || c.kind === 'repealed') && (!change || c.by === change.id))
    )
      return null
    return change
      ? `登记库没有记载《${change.title}》对所涉文件作过修改或者废止`
      : '登记库没有记载所涉文件已经修改或者废止；须指明作出修改或者废止的文件'
  },
  letter: ({ today, command: { payload } }) => {
    const letter = payload.letter as { date?: string } | undefined
    if (!letter) return '须写明制定机关同意修改或者废止的函（名称、文号与日期）'
    if (letter.date !== undefined && letter.date > today) return '函的日期在今日以后'
    if (!filled(payload.until)) return '须写明计划完成修改或者废止的日期'
    return String(payload.until) < today ? '计划完成的日期已经过去；没有完成的，应当启动审查' : null
  },
  matter: ({ dossier: d, external: { earlier } }) => {
    if (!earlier) return '须指明先前的审查建议'
    if (earlier.id === d.id) return '不能以本件为先前的审查'
    if (earlier.document !== d.document.entry) return '先前的审查所涉的不是这件文件'
    if (earlier.concludedOn === null) return '先前的审查还没有结论'
    const fresh = d.provisions.filter((p) => !earlier.provisions.includes(p))
    return fresh.length > 0 ? `先前没有审查过${fresh.join('、')}` : null
  },
  text: ({ command: { payload } }) => (filled(payload.text) ? null : '须写明理由'),
}
export const reasonProved: SuggestionRule = {
  id: 'suggestion.reason-proved',
  title: '不启动审查须属规定的情形并有凭据',
  severity: 'block',
  basis: source.shNpc('第十八条'),
  by: ['备案审查人'],
  judge: (f) => {
    const { value: reasons, source: sources } = f.pack.suggestion.notStartedReasons
    const [basis, ...alsoBasis] = sources
    const more = { ...(basis ? { basis } : {}), ...(alsoBasis.length ? { alsoBasis } : {}) }
    const code = f.command.payload.reason
    if (code === undefined) return holds('办理时选定一种情形并提供凭据', more)
    const reason = reasons.find((r) => r.code === code)
    if (!reason)
      return fails(`本地没有规定“${declineReasonLabels[code as DeclineReason] ?? String(code)}”可以不启动审查`, more)
    const fault = proofs[reason.proof](f)
    return fault ? fails(`${reason.label}：${fault}`, more) : holds(`${reason.label}，凭据齐备`, more)
  },
  examples: {
    holds: [
      {
        name: '所涉文件已经废止',
        given: (f) =>
          doing(external(f, { document: { status: 'repealed', changes: [] } }), 'DeclineToStart', {
            reason: 'already_changed',
          }),
      },
      {
        name: '制定机关书面同意修改，有计划',
        given: (f) =>
          doing(f, 'DeclineToStart', {
            reason: 'change_promised',
            letter: { title: '关于修改农机补贴办法的函', date: '2026-10-16' },
            until: '2026-12-31',
          }),
      },
      {
        name: '同一条款已经审查并有结论',
        given: (f) =>
          doing(
            external(f, {
              earlier: { id: 's-0', document: 'entry-1', provisions: ['第六条'], concludedOn: '2026-08-01' },
            }),
            'DeclineToStart',
            { reason: 'already_examined', earlier: 's-0' },
          ),
      },
      {
        name: '写明理由不成立之处',
        given: (f) => doing(f, 'DeclineToStart', { reason: 'unfounded', text: '所引条款并无此规定。' }),
      },
    ],
    refused: [
      {
        name: '说已修改而登记库没有记载',
        given: (f) => doing(f, 'DeclineToStart', { reason: 'already_changed' }),
        says: '没有记载',
      },
      {
        name: '同意修改而没有计划的日期',
        given: (f) =>
          doing(f, 'DeclineToStart', { reason: 'change_promised', letter: { title: '函', date: '2026-10-16' } }),
        says: '计划完成',
      },
      {
        name: '先前审查的是别的条款',
        given: (f) =>
          doing(
            external(f, {
              earlier: { id: 's-0', document: 'entry-1', provisions: ['第二条'], concludedOn: '2026-08-01' },
            }),
            'DeclineToStart',
            { reason: 'already_examined', earlier: 's-0' },
          ),
        says: '没有审查过第六条',
      },
      {
        name: '先前的审查还没有结论',
        given: (f) =>
          doing(
            external(f, { earlier: { id: 's-0', document: 'entry-1', provisions: ['第六条'], concludedOn: null } }),
            'DeclineToStart',
            { reason: 'already_examined', earlier: 's-0' },
          ),
        says: '还没有结论',
      },
      {
        name: '其他情形而没有写理由',
        given: (f) => doing(f, 'DeclineToStart', { reason: 'other' }),
        says: '须写明理由',
      },
    ],
  },
}
