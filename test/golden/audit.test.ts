// 案卷评查：一份有已知毛病的别处案卷，报告与存档逐字比对；缺了事实的不作推测；抽取可以复核。
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createCalendar, ningxiaOverlay } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type AuditReport, auditDescribed, auditedRules, auditLines, packThen } from '@dianzhang/rules'
import { draw, readDescribedFile } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { expectGolden } from './golden.ts'

const text = (name: string): string => readFileSync(new URL(`audit/${name}`, import.meta.url), 'utf8')
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const calendar = createCalendar({
  jurisdiction: '640522',
  notices: [],
  overlay: ningxiaOverlay,
  overlayExpectedFrom: 2019,
  overlayNames: ['开斋节', '古尔邦节'],
})
const audit = async (value: unknown): Promise<AuditReport> => {
  const file = await readDescribedFile(bytes(value))
  return auditDescribed(file, { packOn: packThen(file.place), calendar, placeName: '海原县', asOf: '2026-11-28' })
}
type Event = Record<string, unknown> & { event: string }
interface Elsewhere {
  [key: string]: unknown
  events: Event[]
}
const elsewhere = (): Elsewhere => JSON.parse(text('elsewhere.json')) as Elsewhere
const changed = (change: (file: Elsewhere) => unknown): unknown => {
  const file = elsewhere()
  change(file)
  return file
}
const set = (file: Elsewhere, event: string, more: Record<string, unknown>): void => {
  Object.assign(file.events.find((e) => e.event === event) ?? {}, more)
}
const without = (...kinds: string[]) =>
  changed((file) => {
    file.events = file.events.filter((e) => !kinds.includes(e.event))
  })
const resultOf = (report: AuditReport, rule: string) => report.findings.find((f) => f.rule === rule)?.result
const refusal = async (value: unknown) => {
  const error = await readDescribedFile(bytes(value)).then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof AppError)) throw new Error('没有拒绝')
  return error.extra.issues as Array<{ path: string; message: string }>
}

describe('别处的一份案卷', () => {
  it('报告逐字如存档', async () => {
    expectGolden('audit/elsewhere.md', `${auditLines(await audit(elsewhere())).join('\n\n')}\n`)
  })
  it('所列的七处毛病都找出来，一处不多', async () => {
    const report = await audit(elsewhere())
    expect(report.findings.filter((f) => f.result === 'missed').map((f) => f.rule)).toEqual([
      'consultation.minimum-period',
      'assessment.fair-competition',
      'review.min-period',
      'secretariat.checked',
      'validity.maximum',
      'effective.minimum-delay',
      'effective.adaptation',
    ])
    expect(report.deadlines.filter((d) => d.lateDays > 0).map((d) => [d.key, d.state, d.lateDays])).toEqual([
      ['publication', 'late', 26],
      ['filing:government', 'late', 13],
      ['filing:npc', 'overdue', 207],
    ])
  })
  it('同一份案卷写成表，报告相同', async () => {
    const json = await audit(elsewhere())
    expect(await audit(text('elsewhere.csv'))).toEqual(json)
  })
  it('每一条评查的规则都有结论与依据', async () => {
    const report = await audit(elsewhere())
    expect(report.findings.map((f) => f.rule)).toEqual(auditedRules)
    for (const f of report.findings) expect(f.basis.length, f.rule).toBeGreaterThan(0)
  })
  it('各关依当日施行的规则：公布早于条例施行的，不以新条例论', async () => {
    const report = await audit(elsewhere())
    expect([...new Set(report.findings.map((f) => f.packVersion.split('.')[0]))]).toEqual([
      '640522@2025-04-20',
      '640522@2025-05-20',
      '640522@2026-01-01',
    ])
  })
  it('没有写明的不作推测，写明缺的是哪一项', async () => {
    const report = await audit(changed((file) => delete file.enterpriseRelated))
    const found = report.findings.find((f) => f.rule === 'effective.adaptation')
    expect(found?.result).toBe('unknown')
    expect(found?.needs).toEqual(['是否涉企'])
  })
  it('是与否结论相同的照样判断：不知道涉不涉企，也须公开征求意见', async () => {
    const report = await audit(changed((file) => delete file.enterpriseRelated))
    expect(resultOf(report, 'consultation.held')).toBe('met')
  })
  for (const [name, value, rule, result] of [
    ['没有公开征求意见', without('consultation_opened'), 'consultation.held', 'missed'],
    ['没有合法性审核', without('submitted', 'accepted', 'opinion_issued'), 'review.opinion-lawful', 'missed'],
    ['没有集体审议', without('deliberated'), 'deliberation.adopted', 'missed'],
    ['没有签署', without('signed'), 'signing.all-issuers', 'missed'],
    ['没有编号', without('numbered'), 'publication.after-numbering', 'missed'],
    [
      '没有征求部门意见而写明没有见到',
      changed((f) => {
        f.events = f.events.filter((e) => !e.event.startsWith('opinion') || e.event === 'opinion_issued')
        f.notSeen = ['opinions_requested']
      }),
      'interagency.replied',
      'unknown',
    ],
    [
      '审核意见为不合法',
      changed((f) => set(f, 'opinion_issued', { outcome: 'unlawful' })),
      'review.opinion-lawful',
      'missed',
    ],
    [
      '由部门的会议审议',
      changed((f) => set(f, 'deliberated', { meeting: '县司法局局务会议' })),
      'deliberation.body-competent',
      'missed',
    ],
    [
      '公布的不是审议的文本',
      changed((f) => set(f, 'published', { text: '另一稿' })),
      'publication.same-text',
      'missed',
    ],
    [
      '先公布后编号',
      changed((f) => set(f, 'numbered', { date: '2025-07-20' })),
      'publication.after-numbering',
      'missed',
    ],
    ['受理之日没有记载', without('accepted'), 'review.min-period', 'unknown'],
    [
      '征求意见满三十日',
      changed((f) => set(f, 'consultation_opened', { closes: '2025-04-24' })),
      'consultation.minimum-period',
      'met',
    ],
    [
      '部门不同意而没有协调',
      changed((f) => set(f, 'opinion_given', { outcome: 'object' })),
      'dispute.settled-or-escalated',
      'missed',
    ],
  ] as const)
    it(`${name}：${rule} ${result}`, async () => {
      expect(resultOf(await audit(value), rule)).toBe(result)
    })
})

describe('读不出的案卷', () => {
  it.each([
    [
      '没有截止日',
      changed((f) => {
        for (const e of f.events) delete e.closes
      }),
      'events.5.closes',
      '第6项（公开征求意见，2025-03-24）的截止日：“公开征求意见”须写明截止日',
    ],
    [
      '没有的日期',
      changed((f) => set(f, 'signed', { date: '2025-02-30' })),
      'events.11.date',
      '第12项（签署，2025-02-30）的日期：应为真实的日期',
    ],
    [
      '不认得的事项',
      changed((f) => set(f, 'text', { event: '打印' })),
      'events.2.event',
      '第3项（打印，2025-03-20）的事项',
    ],
    ['不认得的结论', changed((f) => set(f, 'opinion_issued', { outcome: '还行' })), 'events.9.outcome', '不认得“还行”'],
    ['不认得的栏', changed((f) => set(f, 'signed', { colour: '红' })), 'events.11', '不认得“colour”'],
    ['没有文件名称', changed((f) => delete f.title), 'title', '文件名称'],
    ['晚于评查日', changed((f) => set(f, 'filed', { date: '2027-01-01' })), 'events.14.date', '晚于评查日'],
    ['不是 JSON', '{"title": ', 'file', '不是有效的 JSON'],
  ])('%s', async (_name, value, path, says) => {
    const issues = await refusal(value)
    expect(issues[0]?.path).toBe(path)
    expect(issues[0]?.message).toContain(says)
  })
  it('表里的写明第几行', async () => {
    const broken = text('elsewhere.csv').replace('2025/5/14', '2025/5/41')
    const [issue] = await refusal(broken)
    expect(issue?.path).toBe('events.11.date')
    expect(issue?.message).toContain('第13行，第12项（签署，2025-05-41）的日期')
  })
  it('没有认出表头的、列名不认得的、前后写得不同的，都点名', async () => {
    expect((await refusal('甲,乙\n1,2\n'))[0]?.message).toContain('至少有“日期”“事项”')
    expect((await refusal('日期,事项,颜色\n2025-01-01,公布,红\n'))[0]?.message).toContain('不认得列名“颜色”')
    expect((await refusal('日期,事项,文件名称\n2025-01-01,公布,甲\n2025-01-02,归档,乙\n'))[0]?.message).toBe(
      '第3行：文件名称与前面写的不同',
    )
  })
})

describe('抽取', () => {
  const ids = Array.from({ length: 50 }, (_, i) => `doc-${i}`)
  it('与文件排列的先后无关，任何人照公布的办法算得出', () => {
    const drawn = draw(ids, 5, '2026年第一次').map((d) => d.id)
    expect(draw(ids.toReversed(), 5, '2026年第一次').map((d) => d.id)).toEqual(drawn)
    const byHand = ids
      .map((id) => [createHash('sha256').update(`2026年第一次\n${id}`).digest('hex'), id] as const)
      .toSorted()
      .slice(0, 5)
      .map(([, id]) => id)
    expect(drawn).toEqual(byHand)
  })
  it('种子不同，抽到的不同', () => {
    expect(draw(ids, 5, '甲')).not.toEqual(draw(ids, 5, '乙'))
  })
})
