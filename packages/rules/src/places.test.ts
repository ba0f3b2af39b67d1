// 六地各走一遍：公开征求意见逐日试截止，报送备案逐日试报送，哪一日起可以、哪一日起逾期，与条文一致。
import { addDays, createCalendar } from '@dianzhang/calendar'
import { latestPack } from '@dianzhang/packs'
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue/index.ts'
import { exampleFacts } from './example-facts.ts'
import type { Facts } from './facts.ts'
import { classified, onDay, withCommand, withDossier } from './patch.ts'
import { clocks } from './periods.ts'

const monday = '2026-11-02'
const place = (code: string): Facts => {
  const pack = latestPack(code, monday)
  if (!pack) throw new Error(`没有 ${code} 的规则包`)
  const calendar = createCalendar({ jurisdiction: code, notices: [], overlay: [] })
  return onDay(
    { ...classified(exampleFacts(), { enterpriseRelated: false, majorDecision: false }), pack, calendar },
    monday,
  )
}
interface Line {
  code: string
  name: string
  /** 11月2日公告的一般文件，依法最早的截止日。 */
  closes: string
  /** 涉企文件。 */
  enterprise: string
  /** 缩短后的底线；没有底线的为 null。 */
  shortened: string
  /** 11月2日公布的政府文件，报上一级政府、报人大常委会的最后一日。 */
  filed: string
  npc: string
  /** 11月2日公布，最早的施行日（一般、涉企）。 */
  effective: string
}
const lines: Line[] = [
  {
    code: '640522',
    name: '海原县',
    closes: '2026-11-11',
    enterprise: '2026-12-02',
    // 本地没有写底线，取通行的7日。
    shortened: '2026-11-09',
    filed: '2026-12-02',
    npc: '2026-12-02',
    effective: '2026-12-03',
  },
  {
    code: '510811',
    name: '昭化区',
    closes: '2026-12-02',
    enterprise: '2026-12-02',
    shortened: '2026-11-09',
    filed: '2026-12-02',
    npc: '2026-12-02',
    effective: '2026-12-02',
  },
  {
    code: '150525',
    name: '奈曼旗',
    closes: '2026-11-17',
    enterprise: '2026-12-02',
    // 本地没有写底线，取通行的7日。
    shortened: '2026-11-09',
    filed: '2026-12-02',
    npc: '2026-12-02',
    effective: '2026-12-03',
  },
  {
    code: '340000',
    name: '安徽省',
    closes: '2026-12-02',
    enterprise: '2026-12-02',
    shortened: '2026-11-12',
    filed: '2026-11-17',
    npc: '2026-12-02',
    effective: '2026-12-03',
  },
  {
    code: '370600',
    name: '烟台市',
    closes: '2026-11-11',
    enterprise: '2026-12-02',
    // 本地没有写底线，取通行的7日。
    shortened: '2026-11-09',
    filed: '2026-12-02',
    npc: '2026-12-02',
    effective: '2026-12-03',
  },
  {
    code: '440100',
    name: '广州市',
    closes: '2026-11-11',
    enterprise: '2026-12-02',
    // 本地没有写底线，取通行的7日。
    shortened: '2026-11-09',
    filed: '2026-12-02',
    npc: '2026-12-02',
    effective: '2026-12-03',
  },
]
const days = Array.from({ length: 45 }, (_, n) => addDays(monday, n + 1))
/** 逐日试：从哪一日起成立。 */
const firstThatHolds = (judge: (day: string) => boolean): string | undefined => {
  const answers = days.map((day) => [day, judge(day)] as const)
  const first = answers.find(([, holds]) => holds)?.[0]
  // 成立以后不再反复。
  for (const [day, holds] of answers) if (first !== undefined && day >= first) expect(holds, day).toBe(true)
  return first
}

describe.each(lines)('$name', ({ code, closes, enterprise, shortened, filed, npc, effective }) => {
  const f = place(code)
  const opening = (facts: Facts, closesAt: string, extra: object = {}) =>
    catalogue['consultation.minimum-period'].judge(
      withCommand(withDossier(facts, { consultations: [] }), 'OpenPublicConsultation', { closesAt, ...extra }),
    ).holds
  it(`公开征求意见：一般文件${closes}以前截止的都被拒绝`, () => {
    expect(firstThatHolds((day) => opening(f, day))).toBe(closes)
  })
  it(`涉企文件${enterprise}以前截止的都被拒绝`, () => {
    const related = classified(f, { enterpriseRelated: true })
    expect(firstThatHolds((day) => opening(related, day))).toBe(enterprise)
  })
  it('紧急缩短：有底线的地方不得短于底线', () => {
    const cut = { shortened: { reason: '汛期将至' } }
    expect(firstThatHolds((day) => opening(f, day, cut))).toBe(shortened)
  })
  it(`报送备案：政府轨道${filed}、人大轨道${npc}以后的都是逾期`, () => {
    const published = withDossier(f, (d) => ({
      filings: {},
      publication: d.publication && { ...d.publication, publishedOn: monday, publishedAt: `${monday}T09:00:00+08:00` },
    }))
    for (const [track, last] of [
      ['government', filed],
      ['npc', npc],
    ] as const) {
      const late = (day: string) =>
        !catalogue['filing.in-time'].judge(withCommand(onDay(published, day), 'FileDocument', { track })).holds
      expect(firstThatHolds(late), track).toBe(addDays(last, 1))
      const clock = clocks(published).find((c) => c.key === `filing:${track}`)
      expect(clock?.dueOn, track).toBe(last)
    }
  })
  it(`施行：${effective}以前而没有理由的都被拒绝`, () => {
    const judge = (day: string) =>
      catalogue['effective.minimum-delay'].judge(
        withCommand(withDossier(f, { publication: null }), 'Publish', { effectiveDate: day }),
      ).holds
    expect(firstThatHolds(judge)).toBe(effective)
  })
})

it('没有日数的步骤没有期限：安徽的形式审查“及时”', () => {
  const f = place('340000')
  const keys = clocks(f).map((c) => c.key)
  expect(keys).not.toContain('filing-check:government')
  expect(clocks(place('150525')).map((c) => c.key)).toContain('filing-check:government')
})
it('没有规定有效期的文件没有届满之日；烟台五年一评', () => {
  const open = (code: string) =>
    clocks(
      withDossier(place(code), (d) => ({
        publication: d.publication && { ...d.publication, validUntil: null, validityYears: null },
      })),
    )
  for (const code of ['340000', '370600']) expect(open(code).map((c) => c.key)).not.toContain('validity')
  expect(open('370600').find((c) => c.key === 'evaluation')?.dueOn).toBe('2031-07-01')
  expect(open('340000').find((c) => c.key === 'evaluation')).toBeUndefined()
})
