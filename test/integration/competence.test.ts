// 权限看机构的记录，不看名称写得像不像：会议、审核、签署各由有权的机关办理。
import { type Classification, noClassification } from '@dianzhang/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { type County, county, type File } from '../model/county.ts'

let c: County
beforeAll(async () => {
  c = await county({ now: '2026-03-02T09:00:00+08:00' })
})

describe('集体审议由制定机关自己的会议', () => {
  interface Body {
    id: string
    name: string
    unit: string
    kind: string
    form: string | null
    active: boolean
  }
  const bodies = () => c.get<Body[]>('secretariat', '/api/bodies')
  it('会议与审核机构是记录，随单位建立，人人看得到，只有管理员可以登记', async () => {
    const list = await bodies()
    expect(list.find((b) => b.unit === 'hy-gov' && b.form === '常务会议')).toMatchObject({
      id: 'hy-gov:常务会议',
      name: '海原县人民政府常务会议',
    })
    expect(list.find((b) => b.kind === 'review')).toMatchObject({ unit: 'hy-gov', seat: 'hy-justice' })
    expect(list.some((b) => b.name === '海原县李俊乡人民政府乡长办公会议')).toBe(true)
    expect(list.some((b) => b.name.endsWith('人民政府镇长办公会议'))).toBe(false)
    const input = { name: '海原县人民政府专题会议', kind: 'meeting', unit: 'hy-gov', form: '专题会议', reason: '试' }
    expect((await c.post('secretariat', '/api/bodies', input)).status).toBe(403)
    expect((await c.post('admin', '/api/bodies', { ...input, unit: 'nowhere' })).status).toBe(422)
    expect((await c.post('admin', '/api/bodies', input)).status).toBe(201)
    expect((await c.post('admin', '/api/bodies', input)).status).toBe(409)
  })
  it('标识、全称、本机关的简称都认；别处的、别的机关的、种类不对的都不认，并列出可选的会议', async () => {
    const f = await build.checked(c)
    const meeting = (body: string) => ({ body, session: '第2次', date: '2026-03-05' })
    const refused = async (body: string) => {
      const answer = await f.refused(
        'secretariat',
        'ScheduleDeliberation',
        meeting(body),
        'deliberation.body-competent',
      )
      expect(answer.detail, body).toContain('可选：海原县人民政府常务会议、海原县人民政府全体会议')
    }
    await refused('西吉县人民政府常务会议')
    await refused('中卫市人民政府常务会议')
    await refused('海原县农业农村局局务会议')
    await refused('hy-agri:局务会议')
    await refused('局务会议')
    await refused('海原县人民政府专题会议')
    await refused('县委常务会议')
    for (const body of ['hy-gov:全体会议', '县人民政府第12次常务会议（扩大）', '常务会议', '县政府常务会'])
      await f.do('secretariat', 'ScheduleDeliberation', meeting(body))
    const { schedule } = (await c.snapshot(f.id)).context.dossier
    expect(schedule).toMatchObject({ body: '海原县人民政府常务会议', bodyId: 'hy-gov:常务会议' })
    const decision = { outcome: 'adopted', session: '第2次', date: '2026-03-02' }
    await f.refused(
      'secretariat',
      'RecordDecision',
      { ...decision, body: '西吉县人民政府常务会议' },
      'deliberation.body-competent',
    )
    await f.do('secretariat', 'RecordDecision', { ...decision, body: 'hy-gov:常务会议' })
    expect((await c.snapshot(f.id)).context.dossier.decision).toMatchObject({ bodyId: 'hy-gov:常务会议' })
  })
  it('停用的会议不再可选', async () => {
    const change = (active: boolean) =>
      c.post('admin', `/api/bodies/${encodeURIComponent('hy-gov:全体会议')}`, { active, reason: '试' })
    expect((await change(false)).status).toBe(200)
    const f = await build.checked(c)
    await f.refused(
      'secretariat',
      'ScheduleDeliberation',
      { body: 'hy-gov:全体会议', session: '第2次', date: '2026-03-05' },
      'deliberation.body-competent',
    )
    expect((await change(true)).status).toBe(200)
  })
})

describe('会议与机构的变更', () => {
  it('登记的可以更正、停用，期间已由他人变更的不覆盖；随规则包建立的，名称不单独改', async () => {
    const list = () => c.get<Array<{ id: string; name: string }>>('admin', '/api/bodies')
    const own = (await list()).find((b) => b.name === '海原县人民政府专题会议')?.id ?? ''
    const change = (id: string, body: object) =>
      c.post('admin', `/api/bodies/${encodeURIComponent(id)}`, { reason: '依会议规则', ...body })
    const seen = { name: '海原县人民政府专题会议', form: '专题会议', seat: null, active: true }
    expect((await change(own, { name: '海原县人民政府专题会', seen })).status).toBe(200)
    const late = await change(own, { active: false, seen })
    expect(late.status).toBe(412)
    expect((await late.json()) as object).toMatchObject({
      code: 'stale_version',
      detail: expect.stringContaining('他人'),
    })
    expect((await change(own, { active: false })).status).toBe(200)
    expect((await change(own, { name: '海原县人民政府常务会议' })).status).toBe(409)
    expect((await change('hy-gov:常务会议', { name: '县政府常务会' })).status).toBe(422)
    expect((await change('nowhere', { active: false })).status).toBe(404)
    expect((await c.post('secretariat', `/api/bodies/${own}`, { active: true, reason: '试' })).status).toBe(403)
  })
})

describe('分类由有权审核的机构、起草单位、文秘变更', () => {
  it('起草部门自己的审核人不能变更县政府文件的分类，任何阶段都不能；司法局的审核人、起草人、文秘可以', async () => {
    const change = (stability: boolean) => ({ classification: { stability }, reason: '重新认定。' })
    for (const f of [
      await build.drafted(c),
      await build.submitted(c),
      await build.reviewing(c),
      await build.checked(c),
    ]) {
      const { detail } = await f.refused('reviewer.agri', 'Reclassify', change(true), 'review.organ-competent')
      expect(detail).toContain('海原县农业农村局的审核人无权审核本件')
      // 不增加职责的同样不行。
      await f.refused(
        'reviewer.agri',
        'Reclassify',
        { classification: { provisional: true }, reason: '重新认定。' },
        'review.organ-competent',
      )
    }
    const f = await build.drafted(c)
    await f.do('reviewer', 'Reclassify', change(true))
    await f.do('drafter', 'Reclassify', change(false))
    await f.do('secretariat', 'Reclassify', change(true))
    // 部门自己的文件，部门的审核人有权审核，也可以变更。
    const own = await build.drafted(c, { issuers: ['hy-agri'], tier: 'department' })
    await own.do('reviewer.agri', 'Reclassify', change(true))
  })
})

describe('写得出名字的，都落在记录上', () => {
  it('分歧上报给谁、经协调的是哪个单位、第三方是谁', async () => {
    const f = await build.drafted(c)
    await f.do('drafter', 'RequestOpinions', { units: ['hy-finance'] })
    await f.do('contact', 'RecordOpinion', { opinion: 'object', text: '补助标准缺少依据。' })
    const escalate = (to: string) => ({ to, issues: '补助标准。' })
    for (const to of ['海原县农业农村局', 'hy-agri:局务会议', 'head', '海原县财政局', 'hy-market', '海原县司法局'])
      await f.refused('head', 'EscalateDispute', escalate(to), 'dispute.escalated-above')
    for (const organisation of ['海原县农业农村局', 'hy-finance', '海原县人民政府', 'hy-agri:局务会议'])
      await f.refused(
        'drafter',
        'RecordThirdPartyEvaluation',
        { organisation, ...build.assessed(build.today(c)) },
        'dispute.third-party',
      )
    const named = await f.do('head', 'EscalateDispute', escalate('县政府'))
    expect(named.warnings).toEqual([])
    await f.do('head', 'EscalateDispute', escalate('deputy'))
    const vague = await f.do('head', 'EscalateDispute', escalate('有关领导'))
    expect(vague.warnings).toMatchObject([{ rule: 'approver.recorded' }])
    await f.do('drafter', 'RecordCoordination', {
      units: ['海原县财政局'],
      settled: ['海原县财政局'],
      summary: '改为据实核定。',
    })
    expect((await f.attempt('drafter', 'RecordCoordination', { settled: ['财务科'], summary: '一致。' })).status).toBe(
      422,
    )
    const { dossier } = (await c.snapshot(f.id)).context
    expect(dossier.escalations.map((e) => e.to)).toEqual([
      '海原县人民政府',
      '副县长（分管农业农村）（海原县人民政府）',
      '有关领导',
    ])
    expect(dossier.coordination.at(-1)).toMatchObject({ units: ['hy-finance'], settled: ['hy-finance'] })
  })
  it('部门同意并提出意见的，没有记载采纳与否即提示，记载以后不再提示；单位写全称也认', async () => {
    const f = await build.drafted(c)
    await f.do('drafter', 'RequestOpinions', { units: ['hy-finance'] })
    await f.do('contact', 'RecordOpinion', { opinion: 'agree_with_comments', text: '建议写明资金来源。' })
    const verdict = async () => {
      const actions = await c.get<Array<{ command: string; verdicts: Array<{ rule: string; holds: boolean }> }>>(
        'head',
        `/api/documents/${f.id}/actions`,
      )
      return actions
        .find((a) => a.command === 'SubmitForReview')
        ?.verdicts.find((v) => v.rule === 'interagency.answered')
    }
    expect(await verdict()).toMatchObject({ holds: false, severity: 'warn', basis: { article: '二（五）' } })
    await f.do('drafter', 'RecordCoordination', { units: ['海原县财政局'], summary: '第二条已写明资金来源。' })
    expect(await verdict()).toMatchObject({ holds: true })
    const submitted = await f.do('head', 'SubmitForReview')
    expect(submitted.warnings).not.toContainEqual(expect.objectContaining({ rule: 'interagency.answered' }))
  })
  it('正文设了罚款而标为不影响权利义务的，提请时提示；变更分类以后不再提示', async () => {
    const f = await build.drafted(c)
    await f.do('drafter', 'SaveDraft', { body: build.body('违反规定的，处五百元罚款。') })
    const verdict = async () => {
      const actions = await c.get<Array<{ command: string; verdicts: Array<{ rule: string; holds: boolean }> }>>(
        'head',
        `/api/documents/${f.id}/actions`,
      )
      return actions
        .find((a) => a.command === 'SubmitForReview')
        ?.verdicts.find((v) => v.rule === 'classification.plausible')
    }
    expect(await verdict()).toMatchObject({ holds: false, severity: 'warn', reason: expect.stringContaining('处罚') })
    await f.do('drafter', 'Reclassify', { classification: { affectsRights: true }, reason: '正文设了罚款。' })
    expect(await verdict()).toMatchObject({ holds: true })
  })
  it('总览与关口看同一份实质变化：只改文字的论证仍然成立，改了数字的不再成立', async () => {
    const f = await build.drafted(c, { classification: { ...build.urgent, expertise: true } })
    await f.do('drafter', 'RecordExpertReview', build.assessed(build.today(c)))
    const expert = async () => {
      const { standing } = await c.get<{ standing: Array<{ approval: string; stands: boolean; why: string }> }>(
        'drafter',
        `/api/documents/${f.id}`,
      )
      return standing.find((s) => s.approval === 'expert-review')
    }
    const text = (first: string) => ({ body: build.body('初稿。').replace('为规范示范事项，', first) })
    await f.do('drafter', 'SaveDraft', text('为规范示范的事项，'))
    expect(await expert()).toMatchObject({ stands: true, why: expect.stringContaining('没有实质变化') })
    await f.do('drafter', 'SaveDraft', text('为规范示范事项，每户补助500元，'))
    expect(await expert()).toMatchObject({ stands: false, why: expect.stringContaining('500元') })
    const { detail } = await f.refused('head', 'SubmitForReview', {}, 'assessment.current')
    expect(detail).toContain('500元')
  })
  it('没有公布于众的文件，不作为现行有效的依据', async () => {
    const basis = await build.published(c, build.today(c), {
      title: '海原县内部掌握的标准',
      issuers: ['hy-agri'],
      tier: 'department',
    })
    await c.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update register_entries set disclosure = 'closed' where document_id = ${basis.id}`
    })
    const f = await build.drafted(c)
    await f.do('drafter', 'ProvideArtefact', {
      kind: 'legal_basis_table',
      bases: [{ title: '海原县内部掌握的标准', articles: ['第二条'] }],
    })
    const actions = await c.get<Array<{ command: string; verdicts: Array<{ rule: string; reason: string }> }>>(
      'head',
      `/api/documents/${f.id}/actions`,
    )
    const verdicts = actions.find((a) => a.command === 'SubmitForReview')?.verdicts ?? []
    expect(verdicts.find((v) => v.rule === 'draft.basis-in-force')?.reason).toContain('没有公布于众')
  })
})

describe('保密与公开不能自相矛盾', () => {
  const secret = { ground: 'state_secret', reference: '县保密局〔2026〕2号定密通知', approver: 'leader' }
  const closed = { ...build.urgent, confidential: secret }
  const refused = async (confidential: Classification['confidential'], says: string) => {
    const f = await build.drafted(c, { classification: { ...noClassification, confidential } })
    const { detail } = await f.refused('head', 'SubmitForReview', {}, 'disclosure.consistent')
    expect(detail).toContain(says)
  }
  it('只勾涉密、情形不在清单、没有依据、批准人不是有权的人，一概不放行', async () => {
    await refused(true, '不在清单之内')
    await refused({ ...secret, ground: '内容敏感' }, '“内容敏感”不在清单之内')
    await refused({ ...secret, reference: '' }, '没有写明定密')
    await refused({ ...secret, approver: '县领导' }, '不是名册中的人员')
    await refused({ ...secret, approver: 'head' }, '不是制定机关的负责人')
    await refused({ ...secret, approver: 'drafter' }, '不是制定机关的负责人')
  })
  it('涉密的不得主动公开', async () => {
    const publishing = await build.publishing(c, { classification: closed })
    const refusedAs = async (f: File, disclosure: string, says: string) => {
      const payload = build.publication(build.today(c), { disclosure })
      const { verdicts } = await f.attempt('secretariat', 'Publish', payload)
      expect(verdicts.find((v) => v.rule === 'disclosure.consistent')).toMatchObject({
        holds: false,
        reason: expect.stringContaining(says),
      })
    }
    await refusedAs(publishing, 'active', '不得主动公开')
  })
})
