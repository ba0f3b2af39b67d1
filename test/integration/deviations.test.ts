// 缩短、提前与紧急的各种绕法：情形、依据、批准人缺一不可，批准只用一次，底线不可逾越，每次使用都数得出来。
import { noClassification } from '@dianzhang/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { type County, county, type File } from '../model/county.ts'

let c: County
const start = '2026-03-02'
beforeAll(async () => {
  c = await county({ now: `${start}T09:00:00+08:00` })
})
const enterprise = { ...noClassification, affectsRights: true, enterpriseRelated: true, competition: false }
const asked = {
  rule: 'consultation.minimum-period',
  ground: 'superior_order',
  reference: build.order,
  approver: 'leader',
  reason: '汛期将至。',
}
const opening = (closesAt: string) => ({ closesAt, shortened: { reason: '汛期将至，须尽快施行' } })
const deviationsOf = async (f: File) => (await c.snapshot(f.id)).context.dossier.deviations

describe('缩短征求意见期限', () => {
  it('情形、依据、批准人缺一不可：“领导着急”、没有文号、将来的、一句话的依据，不是制定机关负责人的、起草人自己的，都不受理', async () => {
    const f = await build.drafted(c, { classification: enterprise })
    const bad = (change: object) =>
      f.refused('drafter', 'RequestDeviation', { ...asked, ...change }, 'deviation.approved').then((r) => r.detail)
    expect(await bad({ ground: '领导着急' })).toContain('不在清单之内')
    expect(await bad({ reference: { act: '紧急通知', date: '2026-02-01' } })).toContain('没有文号')
    expect(await bad({ reference: { ...build.order, date: '2026-03-03' } })).toContain('在今日以后')
    expect(await bad({ reference: '县领导口头交办' })).toContain('认不出文号')
    expect(await bad({ approver: '县长' })).toContain('不是名册中的人员')
    expect(await bad({ approver: 'head' })).toContain('不是制定机关的负责人')
    expect(await bad({ approver: 'drafter' })).toContain('不能自己批准')
    // 公告里自己写批准人，或者像旧时那样写一句话，都不算批准。
    const stated = {
      closesAt: '2026-03-03',
      shortened: { reason: '领导着急', ground: '领导着急', approver: 'drafter' },
    }
    const both = await f.refused(
      'drafter',
      'OpenPublicConsultation',
      stated,
      'consultation.minimum-period',
      'deviation.approved',
    )
    expect(both.detail).toContain('最短不少于7日')
    expect(await deviationsOf(f)).toEqual([])
  })

  it('由有权的人本人批准：别人、受托人、改过文本的都不行；底线不可逾越；批准只用一次', async () => {
    const f = await build.drafted(c, { classification: enterprise })
    await f.do('drafter', 'RequestDeviation', asked)
    for (const who of ['head', 'drafter', 'deputy', 'secretariat', 'reviewer'])
      expect((await f.attempt(who, 'ApproveDeviation', {})).status, who).toBe(403)
    const delegated = await c.post('leader', '/api/delegations', {
      toPerson: 'deputy',
      role: 'leader',
      endsOn: '2026-04-01',
      reason: '外出',
    })
    expect(delegated.status).toBe(201)
    const byDelegate = await f.refused('deputy', 'ApproveDeviation', {}, 'deviation.approved')
    expect(byDelegate.detail).toContain('不能由受托人代办')
    await f.do('leader', 'ApproveDeviation')
    // 批准了也不能短于底线。
    await f.refused('drafter', 'OpenPublicConsultation', opening('2026-03-03'), 'consultation.minimum-period')
    await f.do('drafter', 'OpenPublicConsultation', opening('2026-03-10'))
    c.go('2026-03-11')
    await c.runDue()
    await f.refresh()
    await f.refused('drafter', 'OpenPublicConsultation', opening('2026-03-20'), 'deviation.approved')
    expect(await deviationsOf(f)).toMatchObject([
      {
        rule: 'consultation.minimum-period',
        ground: '执行上级机关的紧急命令和决定',
        confirmed: { by: 'leader' },
        used: [{ command: 'OpenPublicConsultation' }],
      },
    ])
    await f.do('drafter', 'PublishFeedback')
    // 意见采纳情况由记录生成，是送审材料的一部分，不必另写。
    const materials = await c.get<Array<{ kind: string; body: string; derived?: true }>>(
      'head',
      `/api/documents/${f.id}/artefacts`,
    )
    expect(materials.find((m) => m.derived)).toMatchObject({
      kind: 'comment_disposition',
      body: '公开征求意见（第1次，第1版文本）：2026-03-02公告，2026-03-10截止；收到 0 条（不同内容 0 条）；采纳0条，部分采纳0条，不采纳0条；采纳情况已于2026-03-11公布',
    })
    await f.do('head', 'SubmitForReview')
    // 每次使用都数得出来，写明依据与批准人。
    const report = await c.get<{ counts: unknown; approved: number; unapproved: number; items: object[] }>(
      'secretariat',
      '/api/deviations',
    )
    expect(report).toMatchObject({
      counts: [{ rule: 'consultation.minimum-period', uses: 1 }],
      approved: 1,
      unapproved: 0,
    })
    expect(report.items).toContainEqual(
      expect.objectContaining({
        document: f.id,
        matter: '缩短公开征求意见的期限',
        referenceText: '自治区防汛抗旱指挥部紧急通知，宁汛发〔2026〕2号，2026-02-01',
        approver: '县长（签发领导）',
      }),
    )
    c.go(start)
  })

  it('批准及于所标的那一项紧急情形：以后改标的、批准的机关不再是制定机关的，不再算数', async () => {
    c.go(start)
    const f = await build.drafted(c, { classification: build.urgent })
    await f.do('drafter', 'Reclassify', {
      classification: { emergency: { ground: 'emergency_response', reference: build.order, approver: 'leader' } },
      reason: '改标。',
    })
    const changed = await f.refused('head', 'SubmitForReview', {}, 'deviation.approved')
    expect(changed.detail).toContain('标为紧急而尚未经批准')
    await f.do('leader', 'ApproveDeviation', { rule: 'emergency' })
    await f.do('head', 'SubmitForReview')
    // 起草过文本的领导不能批准。
    const g = await build.drafted(c, {
      issuers: ['hy-agri'],
      tier: 'department',
      classification: noClassification,
    })
    await g.do('drafter', 'Reclassify', {
      classification: { emergency: { ground: 'superior_order', reference: build.order, approver: 'head' } },
      reason: '标明紧急。',
    })
    await c.sql`update matters set snapshot = jsonb_set(snapshot::jsonb, '{context,dossier,editors}', '["drafter","head"]')::json, ledger_seq = ledger_seq + 1, ledger_head = 'x' where id = ${g.id}`
    const own = await g.refused('head', 'ApproveDeviation', {}, 'deviation.approved')
    expect(own.detail).toContain('不能自己批准')
  })
})
