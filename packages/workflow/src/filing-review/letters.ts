// The letters of a filing (docx, GB/T 9704), all from its record: receipt, return, supplement, inquiry, reminder, opinion,
// urging, demand to file, criticism, decision, conclusion. Nothing is typed anew.
import {
  demandLabels,
  motionDecisionLabels,
  motionLabels,
  returnGroundLabels,
  reviewItemLabels,
  reviewOutcomeLabels,
} from '@dianzhang/contract'
import type { FilingDossier } from '@dianzhang/processes'
import { spokenDate } from '../paper.ts'

interface Letter {
  /** Part of the address: kind and number. */
  id: string
  label: string
  on: string
  number: string | null
  /** Paragraphs between the salutation and the signature. */
  body: string[]
  /** Addressed to several (criticism) rather than to the issuer. */
  to?: string
}
/** What was filed, by name: a document in book title marks; of a decision only the documents that it changes have them. */
export const filedName = ({ decision, document: { title } }: Pick<FilingDossier, 'decision' | 'document'>): string =>
  decision ? title : `《${title}》`
const about = (d: FilingDossier): string => `${filedName(d)}${d.document.number ? `（${d.document.number}）` : ''}`
const each = (list: readonly string[]): string[] => list.map((text, i) => `${i + 1}. ${text}`)
const lines = (text: string): string[] => text.split('\n')

/** All letters that the record has given rise to, in the order of time. */
export function lettersOf(d: FilingDossier): Letter[] {
  const doc = about(d)
  const list: Letter[] = []
  const add = (kind: string, n: number, label: string, on: string, body: string[], more: Partial<Letter> = {}) =>
    list.push({ id: n === 1 ? kind : `${kind}-${n}`, label, on, number: null, body, ...more })
  const noticeWords = {
    require: '限期报送备案通知',
    remind: '催报通知',
    criticise: '关于没有按期报送备案的通报',
  } as const
  const counted: Record<string, number> = {}
  for (const x of d.notices) {
    counted[x.kind] = (counted[x.kind] ?? 0) + 1
    add(x.kind, counted[x.kind] ?? 1, noticeWords[x.kind], x.on, [
      `你单位${d.decision ? '作出' : '制定'}的${doc}已于${spokenDate(d.document.publishedOn)}${d.decision ? '作出' : '公布'}，至今没有报送备案。`,
      ...(x.text ? lines(x.text) : []),
      ...(x.until
        ? [`请于${spokenDate(x.until)}以前按照规定报送备案报告、${d.decision ? '决定' : '正式文本'}和说明。`]
        : ['请尽快按照规定报送备案。']),
    ])
  }
  d.returns.forEach((x, i) => {
    add('return', i + 1, '退回通知', x.on, [
      `你单位报送备案的${doc}收悉。经形式审查，${returnGroundLabels[x.ground]}，予以退回。`,
      '理由如下。',
      ...lines(x.reason),
      '属于备案范围的，请按照规定重新报送；退回不停止报送期限的计算。',
    ])
  })
  d.deferrals.forEach((x, i) => {
    add('supplement', i + 1, '补正通知', x.on, [
      `你单位报送备案的${doc}收悉。经形式审查，暂缓登记，请于${spokenDate(x.until)}以前补正下列材料。`,
      ...each(x.items),
      '逾期没有补正的，先前的报送不算按期报送。',
    ])
  })
  if (d.registered)
    add(
      'receipt',
      1,
      '备案登记回执',
      d.registered.on,
      [
        `你单位报送备案的${doc}，经形式审查，符合备案要求，予以登记。`,
        `备案登记号：${d.registered.number}。`,
        `登记日期：${spokenDate(d.registered.on)}。`,
        ...(d.registered.note ? lines(d.registered.note) : []),
      ],
      { number: d.registered.number },
    )
  for (const x of d.inquiries)
    add('inquiry', x.n, '函询函', x.on, [
      `对你单位报送备案的${doc}进行审查，请对下列问题作出书面说明。`,
      ...lines(x.questions),
      `请于${spokenDate(x.until)}以前答复。`,
    ])
  d.reminders.forEach((x, i) => {
    add('reminder', i + 1, '提醒函', x.on, [
      `对你单位报送备案的${doc}进行审查，现就下列事项函告提醒。`,
      ...lines(x.text),
    ])
  })
  if (d.opinion)
    add(
      'opinion',
      1,
      '书面审查意见',
      d.opinion.on,
      [
        `对你单位报送备案的${doc}进行审查，发现下列问题，提出审查意见。`,
        ...d.opinion.findings.flatMap((x, i) => [
          `${i + 1}. ${x.provisions.length > 0 ? `${x.provisions.join('、')}：` : ''}${x.problem}`,
          `问题属于：${reviewItemLabels[x.item]}。依据：${x.ground}。要求：${demandLabels[x.demand]}。`,
        ]),
        '请在规定期限内书面答复处理意见；修改、废止以后，将处理情况书面报告并重新报送备案。',
      ],
      { number: d.opinion.number },
    )
  d.urges.forEach((x, i) => {
    add('urge', i + 1, '督办函', x.on, [
      `对你单位制定的${doc}，${d.opinion ? `已于${spokenDate(d.opinion.on)}提出书面审查意见` : '已经提出审查意见'}，至今没有改正。`,
      ...lines(x.text),
    ])
  })
  if (d.motion) {
    add(
      'motion',
      1,
      '议案',
      d.motion.on,
      [
        `对${doc}的备案审查，制定机关没有按照审查意见改正，提请决定：${motionLabels[d.motion.kind]}。`,
        ...lines(d.motion.reason),
      ],
      { to: '本机关会议' },
    )
    const made = d.motion.decided
    if (made)
      add('decision', 1, '关于备案审查议案的决定通知', made.on, [
        `对你单位制定的${doc}，已于${spokenDate(made.date)}作出决定：${motionDecisionLabels[made.decision]}。`,
        ...(made.number ? [`决定文号：${made.number}。`] : []),
        ...(made.until ? [`期限：${spokenDate(made.until)}以前。`] : []),
      ])
  }
  if (d.closed)
    add('conclusion', 1, '备案审查结果通知', d.closed.on, [
      `对你单位报送备案的${doc}，审查已经办结。结果：${reviewOutcomeLabels[d.closed.outcome]}。`,
      ...(d.closed.conclusion ? lines(d.closed.conclusion) : []),
    ])
  return list.toSorted((a, b) => a.on.localeCompare(b.on))
}
