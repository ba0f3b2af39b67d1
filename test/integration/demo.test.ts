// 演示县：案卷全部由真实命令办成，任何演示时刻都能布置。
import { reviewSuggestion, stageLabels } from '@dianzhang/contract'
import { demoGuide, demoPeople, SeedClock, seedDemo } from '@dianzhang/demo'
import { verifyChain } from '@dianzhang/ledger'
import { searchRegister } from '@dianzhang/register'
import {
  getAnchors,
  getDeadlines,
  getDiff,
  getDocument,
  getFindings,
  getMatter,
  getReviewFindings,
  listDelegations,
  listDocuments,
  listMatters,
} from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { demoActor } from '../../packages/demo/src/desk.ts'
import { type TestOffice, testOffice } from '../support/office.ts'

const accounts = new Map(demoPeople.map((p) => [p.username, `user-${p.username}`]))
async function seeded(now: string): Promise<{ t: TestOffice; documents: number; clock: SeedClock }> {
  const t = await testOffice(now)
  const clock = new SeedClock()
  const { documents } = await seedDemo(t.office, clock, { now: new Date(now), accounts })
  return { t, documents, clock }
}
interface Row {
  id: string
  title: string
  stage: string
  ledger_seq: number
  ledger_head: string
  value: { effective?: { force: string; filing: { government: string; npc: string } } }
  dossier: {
    signatures: unknown[]
    issuers: string[]
    deviations: Array<{ rule: string }>
    classification: { emergency?: object; enterpriseRelated: boolean }
    review: { opinion: { outcome: string; points: Array<{ answer: object | null }> } | null } | null
    publication: { validUntil: string } | null
  }
}
const rowsOf = async (t: TestOffice): Promise<Row[]> =>
  (await t.connection
    .sql`select id, title, stage, ledger_seq, ledger_head, snapshot->'value' as value, snapshot->'context'->'dossier' as dossier from matters where process = 'normative-document' order by created_at`) as unknown as Row[]

describe('2026年11月21日的演示县', async () => {
  const now = '2026-11-21T10:00:00+08:00'
  const { t, documents, clock } = await seeded(now)
  const rows = await rowsOf(t)
  const named = (part: string): Row => {
    const found = rows.filter((r) => r.title.includes(part))
    if (found.length !== 1 || !found[0]) throw new Error(`题名含“${part}”的案卷有${found.length}件`)
    return found[0]
  }

  it('常务会议：开过的一次有出席、逐件决定与纪要，将开的一次有两项议题，其中一件还差条件', async () => {
    const meeting = async (session: string) => {
      const [row] = await t.connection.sql<Array<{ id: string }>>`select id from sessions where session = ${session}`
      return (await getMatter({ ...t.office, clock }, t.as('secretariat'), row?.id ?? '')) as unknown as {
        stage: string
        held: { attendance: { present: unknown[] } } | null
        minutes: object | null
        items: Array<{ decision: { outcome: string } | null; gate: { open: boolean; outstanding: unknown[] } | null }>
      }
    }
    const past = await meeting('第21次')
    expect(past).toMatchObject({ stage: 'minuted', held: { attendance: { present: { length: 3 } } } })
    expect(past.items.map((item) => item.decision?.outcome)).toEqual(['adopted', 'postponed'])
    const coming = await meeting('第22次')
    expect(coming.stage).toBe('agenda_set')
    expect(coming.items.map((item) => item.gate?.open)).toEqual([true, false])
    expect(coming.items[1]?.gate?.outstanding.length).toBeGreaterThan(0)
  })
  it('审查建议各阶段都有，都对着公布的文件，提出人只在自己的表里', async () => {
    const found = (await t.connection.sql`select distinct stage from matters where process = 'review-suggestion'`).map(
      (r) => r.stage,
    )
    expect(found.sort()).toEqual(Object.keys(reviewSuggestion.stages).sort())
    const [leaked] = await t.connection
      .sql`select count(*)::int as n from ledger_events where body::text like '%示例联系方式%'`
    expect(leaked?.n).toBe(0)
  })
  it('至少十二件案卷，题名各不相同，处在九种以上的阶段', () => {
    expect(documents).toBe(rows.length)
    expect(rows.length).toBeGreaterThanOrEqual(12)
    expect(new Set(rows.map((r) => r.title)).size).toBe(rows.length)
    const stages = new Set(rows.map((r) => r.stage))
    for (const stage of stages) expect(Object.keys(stageLabels)).toContain(stage)
    expect(stages.size, [...stages].join()).toBeGreaterThanOrEqual(9)
    expect(clock.now().toISOString()).toBe(new Date(now).toISOString())
  })
  it('约定的几种结局都在：试行将满、联合、涉企、紧急、退回修改、不合法、停止执行、废止、撤回、不予立项', () => {
    const trial = named('积分管理办法（试行）')
    expect(trial.value.effective?.force).toBe('in_force')
    expect(trial.dossier.publication?.validUntil).toBe('2026-12-09')
    const joint = named('规范农村宅基地')
    expect(joint.dossier.issuers).toEqual(['hy-agri', 'hy-housing'])
    expect(joint.dossier.signatures).toHaveLength(2)
    expect(named('冷藏保鲜').dossier.classification.enterpriseRelated).toBe(true)
    const urgent = named('燃气安全隐患')
    expect(urgent.dossier.classification.emergency).toBeTruthy()
    // 县长本人批准的紧急情形：缩短了征求意见，提前出具了审核意见，各记一次。
    expect(urgent.dossier.deviations).toMatchObject([
      {
        rule: 'emergency',
        confirmed: { by: 'leader' },
        used: [{ command: 'OpenPublicConsultation' }, { command: 'IssueOpinion' }],
      },
    ])
    const manure = named('畜禽粪污')
    expect(manure.stage).toBe('legality_review.revising')
    expect(manure.dossier.review?.opinion?.points.map((p) => p.answer !== null)).toEqual([true, true, false, false])
    const credit = named('信用评价')
    expect(credit.stage).toBe('drafting')
    expect(credit.dossier.review?.opinion?.outcome).toBe('unlawful')
    expect(named('停车泊位').value.effective).toMatchObject({
      force: 'suspended',
      filing: { government: 'registered', npc: 'correction' },
    })
    expect(named('管护实施细则').value.effective?.force).toBe('repealed')
    // 以决定修改，没有另行的文件：那一决定自己报送，一条轨道在审查，一条等着报送。
    expect(named('工程设施管护办法').value.effective).toMatchObject({
      force: 'amended',
      filing: { government: 'registered', npc: 'closed' },
    })
    expect(named('封山禁牧').stage).toBe('closed.withdrawn')
    expect(named('领导小组').stage).toBe('closed.declined')
    expect(named('垃圾分类').stage).toBe('consultation')
    const machinery = named('农业机械')
    expect(machinery.stage).toBe('deliberation')
    expect(machinery.dossier.review?.opinion?.points.map((p) => p.answer !== null)).toEqual([true])
  })
  it('“待我办理”里没有已经终止的：不予立项的仍在“全部可见”里', async () => {
    const drafter = demoActor(accounts, 'drafter')
    const stagesOf = async (mine: boolean) =>
      (await listDocuments(t.office, drafter, { limit: 100, ...(mine ? { mine } : {}) })).items.map((d) => d.stage)
    const mine = await stagesOf(true)
    expect(mine.length).toBeGreaterThan(1)
    expect(mine.filter((stage) => stage.startsWith('closed'))).toEqual([])
    expect(await stagesOf(false)).toContain('closed.declined')
    // 有效期还很远的现行文件不天天催办，在全部里找得到；近期须报送备案的仍在待办。
    const titles = async (query: object) =>
      (await listDocuments(t.office, drafter, { limit: 100, ...query })).items.map((d) => d.title)
    const [far, near] = [named('高标准农田工程设施管护办法').title, named('农产品冷藏保鲜设施建设补助办法').title]
    expect(await titles({})).toEqual(expect.arrayContaining([far, near]))
    // 报送由文秘办：只在文秘的待办里，不在起草人的待办里。
    expect(await titles({ mine: true })).not.toContain(near)
    const secretariat = await listDocuments(t.office, demoActor(accounts, 'secretariat'), { limit: 100, mine: true })
    const waiting = secretariat.items.map((d) => d.title)
    expect(waiting.length).toBeGreaterThan(5)
    expect(waiting).toContain(near)
    expect(waiting).not.toContain(far)
    // 报送以后，登记人在自己的那件备案审查上办理，不在制定机关的案卷上。
    const filed = await listMatters(t.office, demoActor(accounts, 'registrar'), { limit: 100, mine: true })
    expect(filed.items.map((d) => d.title)).toEqual([`《${named('居民燃气安全隐患').title}》报上级政府备案`])
  })
  it('逾期的期限写明由谁办理：起草人看到的是政府办公室的，不是本单位的；文秘看到的是本单位的', async () => {
    const { id } = named('农村宅基地审批')
    const clocksOf = async (username: string) => {
      const actor = demoActor(accounts, username)
      const shown = async (clocks: Array<Record<string, unknown>>) =>
        clocks.flatMap((c) => (c.status === 'open' ? [{ kind: c.kind, whose: c.whose, mine: c.mine }] : []))
      const document = (await getDocument(t.office, actor, id)) as unknown as {
        deadlines: Array<Record<string, unknown>>
      }
      const [page, tab] = await Promise.all([
        shown(document.deadlines),
        getDeadlines(t.office, actor, id).then((all) => shown(all as never)),
      ])
      expect(tab).toEqual(page)
      return page
    }
    const filing = (mine: boolean) => ({ kind: 'filing', whose: '海原县人民政府办公室', mine })
    expect(await clocksOf('drafter')).toContainEqual(filing(false))
    expect(await clocksOf('secretariat')).toContainEqual(filing(true))
    // 到日子自行施行的，没有谁要办。
    expect(await clocksOf('drafter')).toContainEqual({ kind: 'effective', whose: undefined, mine: undefined })
  })
  it('委托有终止日：一项已经期满，一项今日有效', async () => {
    const { items } = await listDelegations(t.office, demoActor(accounts, 'admin'))
    expect(items.map((d) => [d.from.person, d.to.person, d.active]).sort()).toEqual([
      ['head.housing', 'drafter.housing', false],
      ['reviewer', 'reviewer.2', true],
    ])
    expect(items.every((d) => d.endsOn > d.startsOn)).toBe(true)
  })
  it('备案有已登记、已报送、待报送，也有逾期未报送的', async () => {
    const filings = rows.flatMap((r) => Object.values(r.value.effective?.filing ?? {}))
    expect(filings).toEqual(expect.arrayContaining(['registered', 'filed', 'due']))
    const overdue = await t.connection
      .sql`select matter_id from deadlines where kind = 'filing' and status = 'open' and due_at < ${now}`
    expect(overdue.map((r) => r.matter_id)).toContain(named('规范农村宅基地').id)
  })
  it('整个数据库核验没有问题：每个有记录的日子都已封存', async () => {
    expect((await verifyDatabase(t.connection.sql)).faults).toEqual([])
  })
  it('每件案卷的台账链核验无误，并与所存链头一致', async () => {
    for (const row of rows) {
      const events = await t.connection
        .sql`select seq, prev_hash, hash, body from ledger_events where matter_id = ${row.id} order by seq`
      const report = verifyChain(
        events.map((e) => ({
          seq: Number(e.seq),
          prevHash: String(e.prev_hash),
          hash: String(e.hash),
          body: e.body as unknown,
        })),
        { seq: Number(row.ledger_seq), hash: row.ledger_head },
      )
      expect(report.faults, row.title).toEqual([])
      expect(events.length).toBeGreaterThan(0)
    }
    const [order] = await t.connection
      .sql`select count(*)::int as bad from ledger_events a join ledger_events b on b.matter_id = a.matter_id and b.seq = a.seq + 1 where b.at < a.at`
    expect(order?.bad).toBe(0)
  })
  it('被拒绝的命令留有记录，指出规则；引用已废止的依据被点名', async () => {
    const refusals = await t.connection.sql`select matter_id, kind, detail, verdicts from refusals`
    expect(refusals.length).toBeGreaterThanOrEqual(10)
    const rules = new Set(
      refusals.flatMap((r) =>
        (r.verdicts as Array<{ rule: string; holds: boolean }>).filter((v) => !v.holds).map((v) => v.rule),
      ),
    )
    for (const rule of [
      'consultation.minimum-period',
      'review.min-period',
      'draft.basis-in-force',
      'dispute.settled-or-escalated',
      'issuer.eligible',
      'validity.maximum',
      'deviation.approved',
      'consultation.one-at-a-time',
      'review.own-first',
      'deliberation.body-competent',
    ])
      expect(rules).toContain(rule)
    expect(refusals.some((r) => r.kind === 'forbidden')).toBe(true)
    expect(refusals.some((r) => String(r.detail).includes('海原县建筑市场管理暂行规定'))).toBe(true)
  })
  it('文本里有可看的事：随材料冻结的检查结果，写明理由的“此处不改”，移动、改动、增删的条文，四种位置的审核意见', async () => {
    const reviewer = demoActor(accounts, 'reviewer')
    const manure = named('畜禽粪污').id
    const [frozen] = await getReviewFindings(t.office, reviewer, manure)
    // 依据（畜牧法与一件行政法规）在上位法目录里，现行有效，不问。
    expect(frozen?.open.map((f) => f.id)).toEqual(['L07', 'L03'])
    expect(frozen?.open.find((f) => f.id === 'L07')?.explained).toBeTruthy()
    const credit = await getFindings(t.office, reviewer, named('信用评价').id, 3)
    expect(credit.open.map((f) => f.id)).toContain('C01')
    expect(credit.waived.map((w) => [w.finding.id, w.waiver.by])).toEqual([['L07', 'reviewer']])
    const { comparison } = await getDiff(t.office, reviewer, manure, 1, 2)
    expect(comparison.counts).toMatchObject({ changed: 2, moved: 12, added: 2, deleted: 1 })
    const anchors = await getAnchors(t.office, reviewer, manure, 2)
    expect(anchors.filter((a) => a.kind === 'point').map((a) => a.state)).toEqual([
      'orphan',
      'changed',
      'moved',
      'exact',
    ])
    const heard = await getAnchors(t.office, reviewer, named('垃圾分类').id, 1)
    expect(heard.map((a) => [a.kind, a.state])).toEqual(Array(7).fill(['comment', 'exact']))
  })
  it('正文有真实的篇幅：最近一版在一千五百字至五千字之间', async () => {
    const lengths = await t.connection
      .sql`select distinct on (document_id) document_id, length(body) as n from texts order by document_id, texts.n desc`
    for (const l of lengths)
      expect(Number(l.n), rows.find((r) => r.id === l.document_id)?.title ?? '').toBeLessThanOrEqual(5000)
    expect(
      lengths
        .filter((l) => Number(l.n) < 1500)
        .map((l) => `${rows.find((r) => r.id === l.document_id)?.title}：${l.n}`),
    ).toEqual([])
    expect(lengths.length).toBeGreaterThanOrEqual(14)
  })
  it('文号按日期先后连续，作废的一号有理由；登记库可以查到', async () => {
    const numbers = await t.connection
      .sql`select series, year, seq, at, status, void_reason from numbers where kind = 'document' order by series, year, seq`
    for (const [i, n] of numbers.entries()) {
      const previous = numbers[i - 1]
      if (previous && previous.series === n.series && previous.year === n.year) {
        expect(n.seq).toBe(Number(previous.seq) + 1)
        expect(new Date(n.at as string) >= new Date(previous.at as string)).toBe(true)
      }
    }
    expect(numbers.filter((n) => n.status === 'void').map((n) => n.void_reason)).toHaveLength(1)
    const [unnumbered] = await t.connection
      .sql`select count(*)::int as n from register_entries where origin <> 'imported'`
    expect(unnumbered?.n).toBe(8)
    const page = await searchRegister(t.office.db, { q: '高标准农田', now: new Date(now) })
    expect(page.results.length).toBeGreaterThanOrEqual(2)
  })
  it('只布置一次', async () => {
    await expect(seedDemo(t.office, new SeedClock(), { now: new Date(now), accounts })).rejects.toThrow('只布置一次')
    expect(demoGuide.length).toBeGreaterThanOrEqual(4)
  })
})

describe('国庆前夜的演示县', () => {
  it('2027年9月30日深夜（放假通知尚未公布的年份）也能布置', async () => {
    const { documents, clock } = await seeded('2027-09-30T23:30:00+08:00')
    expect(documents).toBeGreaterThanOrEqual(12)
    expect(clock.now().toISOString()).toBe('2027-09-30T15:30:00.000Z')
  })
})
