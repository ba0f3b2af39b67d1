// 领域规则第 9 节的疑难情形（涉及这些阶段的），以真实数据库、经接口办理；编号与该节一致。
// 第 10 项（并发编号）另有专门测试；14、15 属清理与建议，不在这些阶段。
import { noClassification, type Verdict } from '@dianzhang/contract'
import { importDocx } from '@dianzhang/formats'
import { type Actor, putWorkingCopy } from '@dianzhang/workflow'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import * as build from '../model/build.ts'
import { county, type File } from '../model/county.ts'

const start = '2026-03-02'
const c = await county({ now: `${start}T09:00:00+08:00` })
const { assessed, body, countyMeeting, urgent } = build
const reason = (verdicts: Verdict[], rule: string): string => verdicts.find((v) => v.rule === rule)?.reason ?? ''
const at = (day: string) => c.go(day)
/** 公开征求意见自今日起，至依法最早之日截止，没有收到意见，公布采纳情况。 */
async function consult(f: File, more: object = {}): Promise<string> {
  const { closesOn } = await f.do('drafter', 'OpenPublicConsultation', more)
  const after = new Date(Date.parse(`${String(closesOn)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  at(after)
  await c.runDue()
  await f.refresh()
  await f.do('drafter', 'PublishFeedback', {})
  return after
}

/** 只留字与数，宽窄、字形的写法不论。 */
const plain = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
/** 一个 ZIP 里的各个文件，以别人写的库读出。 */
const unzipped = (bytes: Buffer): Promise<Map<string, string>> =>
  new Promise((done, failed) =>
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return failed(error)
      const found = new Map<string, string>()
      zip.on('error', failed)
      zip.on('end', () => done(found))
      zip.on('entry', (entry: yauzl.Entry) =>
        zip.openReadStream(entry, (wrong, stream) => {
          if (wrong || !stream) return failed(wrong)
          const pieces: Buffer[] = []
          stream.on('data', (piece: Buffer) => pieces.push(piece))
          stream.on('end', () => {
            found.set(entry.fileName, Buffer.concat(pieces).toString('utf8'))
            zip.readEntry()
          })
        }),
      )
      zip.readEntry()
    }),
  )

describe('疑难情形', () => {
  it('9.1 审核以后改了一条：审核意见不再适用，附件也计入；由审核人就现文本确认以后放行', async () => {
    at(start)
    const f = await build.deliberating(c)
    expect((await f.attempt('secretariat', 'SaveDraft', { body: body('文秘改了一条。') })).status).toBe(403)
    await f.do('drafter', 'SaveDraft', { body: body('审核以后改了一条。') })
    await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    const meeting = { ...countyMeeting, date: start }
    const stale = await f.refused('secretariat', 'ScheduleDeliberation', meeting, 'review.same-text')
    expect(stale.detail).toContain('第1版经审核，现为第2版')
    const diff = await c.get<object>('reviewer', `/api/documents/${f.id}/diff?from=1&to=2`)
    expect(JSON.stringify(diff)).toContain('审核以后改了一条')
    expect((await f.attempt('secretariat', 'ConfirmRevision')).status).toBe(403)
    await f.do('reviewer', 'ConfirmRevision', { substantive: false })
    await f.do('secretariat', 'ScheduleDeliberation', meeting)
    // 正文一字不改，只加一个附件：同样不再适用。
    await f.do('drafter', 'SaveDraft', {
      body: body('审核以后改了一条。'),
      attachments: [{ name: '补助标准表.txt', content: '每亩一千元' }],
    })
    await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    await f.refused('secretariat', 'RecordDecision', { outcome: 'adopted' }, 'review.same-text')
  })

  it('送审材料的摘要：受理、补充以后随之重算，与审核人所审的材料一致', async () => {
    at(start)
    const f = await build.submitted(c)
    const note = (text: string) => ({ kind: 'explanatory_note', body: text })
    const hash = async () => (await c.snapshot(f.id)).context.dossier.review?.packageHash
    const submitted = await hash()
    await f.do('drafter', 'ProvideArtefact', note('受理以前更换的说明。'))
    await f.do('reviewer', 'AcceptPackage')
    const accepted = await hash()
    expect(accepted).not.toBe(submitted)
    await f.do('reviewer', 'RequestSupplement', { missing: ['起草说明中的补助测算'] })
    await f.do('drafter', 'ProvideArtefact', note('补充测算的说明。'))
    await f.do('drafter', 'Supplement', { note: '已补充。' })
    expect(await hash()).not.toBe(accepted)
  })

  it('9.2 “修改后合法”而没有确认：两条采纳一条不采纳，审核人确认以前不得审议，不采纳的理由随文', async () => {
    at(start)
    const f = await build.reviewing(c)
    await f.do('reviewer', 'IssueOpinion', {
      outcome: 'revise',
      points: [{ text: '一' }, { text: '二' }, { text: '三' }],
    })
    await f.do('drafter', 'SaveDraft', { body: body('已按一、二两条修改。') })
    for (const point of ['1', '2']) await f.do('drafter', 'AnswerPoint', { point, answer: 'adopted', version: 2 })
    const gap = await f.refused('reviewer', 'ConfirmRevision', {}, 'review.points-answered')
    expect(gap.detail).toContain('第3条尚未答复')
    expect((await f.attempt('drafter', 'AnswerPoint', { point: '3', answer: 'not_adopted' })).status).toBe(422)
    await f.do('drafter', 'AnswerPoint', { point: '3', answer: 'not_adopted', reason: '该条系宣示性规定。' })
    const early = await f.attempt('secretariat', 'ScheduleDeliberation', { ...countyMeeting, date: start })
    expect(early.rules).toEqual(expect.arrayContaining(['stage.permits', 'review.opinion-lawful']))
    expect(reason(early.verdicts, 'review.opinion-lawful')).toContain('尚未经审核人确认')
    expect((await f.do('reviewer', 'ConfirmRevision', { contentHash: f.hash })).stage).toBe('deliberation')
    await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    await f.do('secretariat', 'ScheduleDeliberation', { ...countyMeeting, date: start })
    const history = await c.get<{ items: Array<{ type: string; verdicts: Verdict[] }> }>(
      'secretariat',
      `/api/documents/${f.id}/history?limit=100`,
    )
    const scheduled = history.items.find((e) => e.type === 'DeliberationScheduled')
    expect(reason(scheduled?.verdicts ?? [], 'review.points-answered')).toContain('不采纳1条的理由随文提交审议')
  })

  it('9.3 三十日的末日是周六：截止顺延到周一，其间的意见照收，周一24:00以后不收', async () => {
    at('2025-09-25')
    const f = await build.drafted(c, {
      classification: { ...noClassification, affectsRights: true, enterpriseRelated: true, competition: false },
    })
    const opened = await f.do('drafter', 'OpenPublicConsultation', {})
    expect(opened.closesOn).toBe('2025-10-27')
    const comment = (text: string) =>
      c.post(null, `/public/v1/consultations/${opened.consultationId}/comments`, { text })
    at('2025-10-26T20:00:00+08:00')
    expect((await comment('周日提出的意见。')).status).toBe(201)
    at('2025-10-27T23:59:59+08:00')
    expect((await comment('最后一刻提出的意见。')).status).toBe(201)
    at('2025-10-28T00:00:00+08:00')
    expect((await comment('迟到的意见。')).status).toBe(409)
  })

  it('9.4 涉企文件只征求七个工作日：公告时即被拒绝；事后才列为涉企的，送审时被拒；缩短须写入公告，涉密的不公开征求', async () => {
    at(start)
    const enterprise = { ...noClassification, affectsRights: true, enterpriseRelated: true, competition: false }
    const f = await build.drafted(c, { classification: enterprise })
    const short = await f.refused(
      'drafter',
      'OpenPublicConsultation',
      { closesAt: '2026-03-11' },
      'consultation.minimum-period',
    )
    expect(short.detail).toContain('30日')
    const shortened = { reason: '汛期将至，须尽快施行' }
    const opening = { closesAt: '2026-03-11', shortened }
    await f.refused('drafter', 'OpenPublicConsultation', opening, 'deviation.approved')
    await f.do('drafter', 'RequestDeviation', {
      rule: 'consultation.minimum-period',
      ground: 'superior_order',
      reference: build.order,
      approver: 'leader',
    })
    await f.refused('drafter', 'OpenPublicConsultation', opening, 'deviation.approved')
    await f.do('leader', 'ApproveDeviation')
    const noticed = await f.do('drafter', 'OpenPublicConsultation', opening)
    const notice = await c.get<object>(null, `/public/v1/consultations/${noticed.consultationId}`)
    expect(JSON.stringify(notice)).toContain(shortened.reason)
    expect(JSON.stringify(notice)).toContain('县长（签发领导）')
    at('2026-03-12')
    await c.runDue()
    await f.refresh()
    expect((await f.do('drafter', 'PublishFeedback', {})).stage).toBe('assessment')
    expect((await f.do('head', 'SubmitForReview')).stage).toBe('legality_review.submitted')

    at(start)
    const later = await build.drafted(c, { classification: { ...noClassification, affectsRights: true } })
    await consult(later)
    expect(later.stage).toBe('assessment')
    const reopened = await later.do('drafter', 'Reclassify', {
      classification: { enterpriseRelated: true, competition: false },
      reason: '经认定涉企。',
    })
    expect(reopened.stage).toBe('consultation')
    const blocked = await later.refused('head', 'SubmitForReview', {}, 'consultation.minimum-period')
    expect(blocked.detail).toContain('须重新公开征求意见')

    // 征足了最低期限而多写一句“缩短”，不能当作以后涉企期限不足的理由。
    at(start)
    const ample = await build.drafted(c, { classification: { ...noClassification, affectsRights: true } })
    await consult(ample, { shortened })
    expect((await c.snapshot(ample.id)).context.dossier.consultations[0]?.shortened).toBeNull()
    await ample.do('drafter', 'Reclassify', {
      classification: { enterpriseRelated: true, competition: false },
      reason: '经认定涉企。',
    })
    await ample.refused('head', 'SubmitForReview', {}, 'consultation.minimum-period')

    at(start)
    const secret = await build.drafted(c, { classification: { ...enterprise, confidential: true } })
    // 只勾涉密不够：须有情形、依据与批准人。
    await secret.refused('head', 'SubmitForReview', {}, 'disclosure.consistent')
    await secret.do('drafter', 'Reclassify', {
      classification: {
        confidential: { ground: 'state_secret', reference: '县保密局〔2026〕2号', approver: 'leader' },
      },
      reason: '补正涉密的依据。',
    })
    expect((await secret.do('head', 'SubmitForReview')).stage).toBe('legality_review.submitted')
  })

  it('重新公开征求意见的：前一次收到的意见及其采纳情况同样公布，不因另开一次而不见', async () => {
    at(start)
    const f = await build.drafted(c, { classification: { ...noClassification, affectsRights: true } })
    const first = await f.do('drafter', 'OpenPublicConsultation', {})
    const path = `/public/v1/consultations/${first.consultationId}`
    expect((await c.post(null, `${path}/comments`, { text: '补助标准过低。' })).status).toBe(201)
    at('2026-03-12')
    await c.runDue()
    await f.refresh()
    const after = f.do('drafter', 'OpenPublicConsultation', {}).then(async ({ closesOn }) => String(closesOn))
    at(`${new Date(Date.parse(`${await after}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)}`)
    await c.runDue()
    await f.refresh()
    const [comment] = await c.sql`select id from comments where document_id = ${f.id}`
    const disposed = { comment: comment?.id, disposition: 'not_adopted', reason: '财力不足。' }
    await f.do('drafter', 'DisposeComment', disposed)
    await f.do('drafter', 'PublishFeedback', {})
    const shown = await c.get<{ statement: object; items: object[] }>(null, `${path}/feedback`)
    expect(shown.statement).toMatchObject({ total: 1, counts: { not_adopted: 1 } })
    expect((await f.attempt('drafter', 'DisposeComment', { ...disposed, disposition: 'adopted' })).status).not.toBe(200)
    const rounds = (await c.snapshot(f.id)).context.dossier.consultations
    expect(rounds.map((r) => r.feedbackAt !== null)).toEqual([true, true])
  })

  it('9.6 同时是重大行政决策：各项要求合并适用——三十日、专家论证、风险评估、七个工作日、请示报告、全卷归档', async () => {
    at(start)
    const f = await build.drafted(c, {
      classification: { ...noClassification, affectsRights: true, majorDecision: true, expertise: true },
    })
    await f.refused('drafter', 'OpenPublicConsultation', { closesAt: '2026-03-11' }, 'consultation.minimum-period')
    const day = await consult(f)
    expect(day).toBe('2026-04-02')
    await f.refused('head', 'SubmitForReview', {}, 'assessment.expert-review', 'assessment.risk')
    await f.do('drafter', 'RecordExpertReview', assessed(day))
    await f.do('drafter', 'RecordRiskAssessment', { ...assessed(day), outcome: 'controllable' })
    await f.do('head', 'SubmitForReview')
    await f.do('reviewer', 'AcceptPackage')
    at('2026-04-13')
    const soon = await f.refused('reviewer', 'IssueOpinion', { outcome: 'lawful' }, 'review.min-period')
    expect(soon.detail).toContain('7个工作日')
    expect(soon.verdicts.find((v) => v.rule === 'review.min-period')?.earliest).toBe('2026-04-14')
    at('2026-04-14')
    await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })
    await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    await f.do('secretariat', 'RecordDecision', { outcome: 'adopted', ...countyMeeting, date: '2026-04-14' })
    await f.refused('leader', 'Sign', { contentHash: f.hash }, 'assessment.party-report')
    await f.do('secretariat', 'ReportToPartyCommittee', { date: '2026-04-14', reference: '关于示范办法的请示' })
    await f.do('leader', 'Sign', { contentHash: f.hash })
    await f.do('secretariat', 'AssignNumbers')
    await f.do('secretariat', 'Publish', build.publication('2026-06-01', { immediateReason: undefined }))
    // 归档以前看得到卷内各件与摘要、可选的保管期限、还没有办完的；所记的清单摘要即此。
    const seen = await c.get<{
      files: number
      manifestHash: string
      retentions: string[]
      items: Array<{ name: string; hash: string }>
      open: Array<{ verb: string }>
    }>('secretariat', `/api/documents/${f.id}/archive`)
    expect(seen).toMatchObject({ files: 4, archived: false, retentions: ['永久', '30年', '10年'] })
    expect(seen.items.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringContaining('正文第1版')]))
    expect(seen.open.map(({ verb }) => verb)).toContain('报送备案')
    const archived = await f.do('secretariat', 'ArchiveFile', { retention: seen.retentions[0] })
    expect(archived.archive).toMatchObject({ files: 4, manifestHash: seen.manifestHash })

    const taken = async (username: string, path: string) =>
      c.app.request(`/api/documents/${f.id}/${path}`, { headers: { cookie: await c.session(username) } })
    for (const [paper, words] of [
      ['process-sheet', ['行政规范性文件办理单', '办理经过', '公布']],
      ['opinions-table', ['征求意见及采纳情况表', '公开征求意见']],
      ['legality-opinion', ['合法性审核意见书', '结论：合法', '海原县司法局']],
      ['archive-list', ['卷内目录', seen.manifestHash, ...seen.items.map(({ hash }) => hash)]],
    ] as const) {
      const docx = await taken('secretariat', `${paper}.docx`)
      const written = (await unzipped(Buffer.from(await docx.clone().arrayBuffer()))).get('word/document.xml') ?? ''
      const text = JSON.stringify(await importDocx(new Uint8Array(await docx.arrayBuffer())))
      for (const word of words) expect(text, paper).toContain(word)
      const pdf = await taken('secretariat', `${paper}.pdf`)
      const read = await extractText(await getDocumentProxy(new Uint8Array(await pdf.arrayBuffer())), {
        mergePages: true,
      })
      // PDF 与 Word 一字不差（页码除外）：六十四位的摘要也没有写到纸外去。
      expect(plain(read.text.replace(/— \d+ —/g, '')), paper).toBe(
        plain([...written.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, part]) => part).join('')),
      )
      // 系统管理员不看未公布的文本与材料；没有这件的，与看不到的一样。
      expect((await taken('admin', `${paper}.docx`)).status).toBe(403)
    }
    const files = await unzipped(Buffer.from(await (await taken('secretariat', 'archive.zip')).arrayBuffer()))
    expect(JSON.parse(files.get('目录.json') ?? '')).toMatchObject({ files: 4, manifestHash: seen.manifestHash })
    const [text] = [...files].filter(([name]) => /^\d{3} 正文第1版.*\.txt$/.test(name))
    expect(text?.[1]).toContain('第一条')
    // 目录列着的每一件都在包里，只有依据、没有正文的也在；由记录写成的几张随之。
    const list = (await (await taken('secretariat', 'archive')).json()) as { items: Array<{ name: string }> }
    for (const [i] of list.items.entries())
      expect([...files.keys()].some((name) => name.startsWith(`${String(i + 1).padStart(3, '0')} `))).toBe(true)
    const bases = [...files].find(([name]) => /^\d{3} 制定依据对照表/.test(name))
    expect(bases?.[1]).toContain('《')
    for (const paper of ['卷内目录.pdf', '办理单.pdf', '采纳情况表.pdf', '审核意见书.pdf'])
      expect([...files.keys()]).toContain(paper)
    expect((await taken('admin', 'archive.zip')).status).toBe(403)
    expect((await taken('admin', 'archive')).status).toBe(403)
  })

  it('9.7 以紧急为由不经审核：被拒；紧急只放宽审核的时限', async () => {
    at(start)
    const f = await build.drafted(c, { classification: urgent })
    const skipped = await f.attempt('secretariat', 'ScheduleDeliberation', { ...countyMeeting, date: start })
    expect(skipped.status).toBe(409)
    expect(skipped.rules).toEqual(
      expect.arrayContaining(['stage.permits', 'consultation.not-a-substitute', 'review.opinion-lawful']),
    )
    await f.do('head', 'SubmitForReview')
    await f.do('reviewer', 'AcceptPackage')
    const skipAgain = await f.attempt('secretariat', 'RecordDecision', {
      outcome: 'adopted',
      ...countyMeeting,
      date: start,
    })
    expect(skipAgain.rules).toContain('review.opinion-lawful')
    // 受理当日即可出具意见，而意见不可省。
    expect((await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })).stage).toBe('deliberation')
  })

  it('偏离：只有出处允许、而且确实偏离了的才记录在案；多写的不算', async () => {
    at(start)
    const because = (rule: string) => ({ rule, ground: '上级限期', approver: '司法局主要负责人' })
    const early = { outcome: 'lawful', deviations: [because('review.min-period'), because('review.max-period')] }
    const f = await build.reviewing(c, { classification: noClassification })
    await f.do('drafter', 'ProvideArtefact', {
      kind: 'research_report',
      body: '调研情况。',
      deviations: [because('review.opinion-lawful'), because('review.min-period')],
    })
    expect((await c.snapshot(f.id)).context.dossier.deviations).toEqual([])
    await f.refused('reviewer', 'IssueOpinion', { outcome: 'lawful' }, 'review.min-period')
    await f.refused('reviewer', 'IssueOpinion', early, 'deviation.approved')
    await f.do('leader', 'ApproveDeviation', {
      rule: 'review.min-period',
      ground: 'superior_order',
      reference: build.order,
    })
    await f.do('reviewer', 'IssueOpinion', early)
    expect((await c.snapshot(f.id)).context.dossier.deviations).toMatchObject([
      { rule: 'review.min-period', confirmed: { by: 'leader' }, used: [{ command: 'IssueOpinion' }] },
    ])
  })

  it('文件层级随牵头制定机关：县政府的文件不能作为部门文件立项，由局务会议审议', async () => {
    at(start)
    await expect(c.propose('drafter', { tier: 'department' })).rejects.toThrow(
      /422.*牵头制定机关海原县人民政府制发的是政府规范性文件，不是部门规范性文件/,
    )
    const joint = { issuers: ['hy-agri', 'hy-finance'], tier: 'department' as const }
    expect((await c.propose('drafter', joint)).stage).toBe('initiation')
  })

  it('签署退回后重新送审，审核中又改了文本：须重新审议，不能径行签署', async () => {
    at(start)
    const f = await build.signing(c)
    await f.do('leader', 'ReturnFromSigning', { reason: '请再斟酌。' })
    await f.do('head', 'SubmitForReview')
    await f.do('reviewer', 'AcceptPackage')
    await f.do('reviewer', 'IssueOpinion', { outcome: 'revise', points: [{ text: '改写第二条。' }] })
    await f.do('drafter', 'SaveDraft', { body: body('审议之后改写的。') })
    await f.do('drafter', 'AnswerPoint', { point: '1', answer: 'adopted' })
    expect((await f.do('reviewer', 'ConfirmRevision')).stage).toBe('deliberation')
    const { dossier } = (await c.snapshot(f.id)).context
    expect([dossier.decision, dossier.decisionHistory.map((x) => x.outcome)]).toEqual([null, ['adopted']])
  })

  it('9.8 顺序颠倒：专家论证早于部门答复，其后文本又改，须由专家再次确认', async () => {
    at(start)
    const f = await build.drafted(c, { classification: { ...noClassification, expertise: true } })
    await f.do('drafter', 'RecordExpertReview', assessed(start))
    await f.do('drafter', 'RequestOpinions', { units: ['hy-finance'] })
    at('2026-03-04')
    expect(
      (await f.do('contact', 'RecordOpinion', { opinion: 'agree_with_comments', text: '补助应列入预算。' })).stage,
    ).toBe('assessment')
    await f.do('drafter', 'SaveDraft', { body: body('按财政局意见修改。') })
    const inverted = await f.refused(
      'head',
      'SubmitForReview',
      {},
      'assessment.order',
      'assessment.current',
      'consultation.same-substance',
    )
    expect(inverted.detail).toContain('由专家再次确认')
    await f.do('drafter', 'RecordExpertReview', { ...assessed('2026-03-04'), reconfirms: true })
    const sinceConsultation = { answer: 'adopts_opinion', opinions: ['hy-finance'], reason: '按财政局意见修改。' }
    expect((await f.do('head', 'SubmitForReview', { sinceConsultation })).stage).toBe('legality_review.submitted')
  })

  it('9.9 司法局只在会签时写了“同意”：不能代替合法性审核', async () => {
    at(start)
    await c.sql`insert into person_roles (jurisdiction_id, person_id, unit_id, role) values ('640522', 'reviewer.2', 'hy-justice', 'department_contact')`
    const f = await build.drafted(c)
    await f.do('drafter', 'RequestOpinions', { units: ['hy-justice'] })
    expect((await f.do('reviewer.2', 'RecordOpinion', { opinion: 'agree', text: '会签同意。' })).stage).toBe(
      'assessment',
    )
    const refused = await f.attempt('secretariat', 'ScheduleDeliberation', { ...countyMeeting, date: start })
    expect(refused.rules).toContain('consultation.not-a-substitute')
    expect(reason(refused.verdicts, 'consultation.not-a-substitute')).toContain(
      '现有海原县司法局的答复，不得以征求意见、会签、参加审议等方式代替合法性审核',
    )
  })

  it('起草与审核分离：只改过工作稿、没有亲手保存过文本的人，同样不得审核', async () => {
    at(start)
    await c.sql`insert into person_roles (jurisdiction_id, person_id, unit_id, role) values ('640522', 'reviewer.2', 'hy-agri', 'drafter')`
    const f = await build.drafted(c)
    const write = async (person: string, seen: number, text: string) => {
      const actor: Actor = {
        kind: 'person',
        jurisdiction: '640522',
        person,
        userId: person,
        name: person,
        unit: 'hy-agri',
        unitName: '海原县农业农村局',
        posts: [{ role: 'drafter', unit: 'hy-agri' }],
        mustChangePassword: false,
      }
      return putWorkingCopy(c.office, actor, f.id, seen, { basedOn: 1, body: body(text), waivers: [] })
    }
    const { revision } = await write('reviewer.2', 0, '审核人改的一稿。')
    const last = await write('drafter', revision, '经办人接着改的一稿。')
    await f.do('drafter', 'SaveDraft', { body: last.body, workingCopyRevision: last.revision })
    expect((await c.snapshot(f.id)).context.dossier.editors.toSorted()).toEqual(['drafter', 'reviewer.2'])
    await f.do('head', 'SubmitForReview')
    await f.do('reviewer', 'AcceptPackage')
    await f.refused('reviewer.2', 'IssueOpinion', { outcome: 'lawful' }, 'duties.separated')
    expect((await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })).stage).toBe('deliberation')
  })

  it('9.11 文号作废：号留在登记册并写明理由，不再发给别人；公布以后不能作废', async () => {
    at(start)
    const f = await build.publishing(c)
    const seqOf = (text: string): number => Number(/〕(\d+)号/.exec(text)?.[1])
    const numberOf = async (file: File): Promise<string> =>
      (await c.snapshot(file.id)).context.dossier.numbers?.document ?? ''
    const first = await numberOf(f)
    await f.do('secretariat', 'VoidNumber', { reason: '签发稿印制前撤回', approver: 'leader' })
    const other = await build.publishing(c)
    expect(seqOf(await numberOf(other))).toBe(seqOf(first) + 1)
    await f.do('secretariat', 'AssignNumbers')
    expect(seqOf(await numberOf(f))).toBe(seqOf(first) + 2)
    const rows =
      await c.sql`select text, status, void_reason, void_approver, voided_at from numbers where text = ${first}`
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ status: 'void', void_reason: '签发稿印制前撤回', void_approver: 'leader' })
    expect(rows[0]?.voided_at).not.toBeNull()
    await f.do('secretariat', 'Publish', build.publication(start))
    const late = await f.attempt('secretariat', 'VoidNumber', { reason: '想作废', approver: 'leader' })
    expect(late.status).toBe(409)
    expect(late.rules).toContain('stage.permits')
    // 公布以后只有撤销或者废止一途，并须有文件或者决定。
    expect((await f.attempt('secretariat', 'RepealDocument', { on: start, reason: '不再适用。' })).status).toBe(422)
    // 文件不能由自身变动效力。
    for (const type of ['AmendDocument', 'RepealDocument', 'AnnulDocument', 'SuspendDocument'] as const) {
      const on = type === 'AnnulDocument' ? {} : { on: start }
      const self = await f.attempt('secretariat', type, { ...on, reason: '不再适用。', byDocument: f.id })
      expect([type, self.status, self.detail]).toEqual([type, 422, '不能由文件自身变动其效力'])
    }
    await f.do('secretariat', 'RepealDocument', {
      on: start,
      reason: '不再适用。',
      decision: { body: '县政府常务会议', date: start },
    })
  })

  it('9.11 编号以后因更正退回而撤回、不予通过的：文号随之作废，写明理由与批准人', async () => {
    at(start)
    const ended = async (finish: (f: File) => Promise<unknown>) => {
      const f = await build.publishing(c)
      await f.do('secretariat', 'CorrectAfterSigning', { substantive: true, body: body('改。'), reason: '金额有误' })
      await finish(f)
      const rows = await c.sql`select status, void_reason, void_approver from numbers where document_id = ${f.id}`
      const { numbers, voidedNumbers } = (await c.snapshot(f.id)).context.dossier
      expect([numbers, voidedNumbers.length]).toEqual([null, 1])
      return rows.map((r) => [r.status, r.void_reason, r.void_approver])
    }
    const withdrawn = ['void', '暂不制定', '起草单位负责人（农业农村局）']
    expect(await ended((f) => f.do('head', 'WithdrawDocument', { reason: '暂不制定' }))).toEqual([withdrawn, withdrawn])
    const rejected = ['void', '时机不成熟', countyMeeting.body]
    const rows = await ended(async (f) => {
      await f.do('head', 'SubmitForReview')
      await f.do('reviewer', 'AcceptPackage')
      await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })
      await f.do('secretariat', 'RecordDecision', { outcome: 'rejected', reason: '时机不成熟', ...countyMeeting })
    })
    expect(rows).toEqual([rejected, rejected])
  })

  it('9.12 签署以后发现金额有误：实质性修改回到原签批人和审核人；错别字只留更正记录', async () => {
    at(start)
    const f = await build.numbering(c)
    const wrong = await f.do('secretariat', 'CorrectAfterSigning', {
      substantive: true,
      body: body('每亩补助改为八百元。'),
      reason: '补助金额有误',
    })
    expect(wrong.stage).toBe('legality_review.revising')
    const { dossier } = (await c.snapshot(f.id)).context
    expect(dossier.signatures).toEqual([])
    const standing = Object.fromEntries((dossier.returns.at(-1)?.standing ?? []).map((s) => [s.approval, s.stands]))
    expect(standing).toMatchObject({ 'legality-opinion': false, decision: false, 'signature:hy-gov': false })
    expect((await f.attempt('leader', 'Sign', { contentHash: f.hash })).rules).toContain('stage.permits')
    expect((await f.do('reviewer', 'ConfirmRevision', { contentHash: f.hash })).stage).toBe('signing')
    expect((await f.do('leader', 'Sign', { contentHash: f.hash })).stage).toBe('numbering')
    const typo = await f.do('secretariat', 'CorrectAfterSigning', {
      substantive: false,
      body: body('每亩补助改为八百元整。'),
      reason: '漏字',
    })
    expect(typo.stage).toBe('numbering')
    const after = (await c.snapshot(f.id)).context.dossier
    expect(after.corrections.map((x) => x.substantive)).toEqual([true, false])
    expect(after.signatures).toHaveLength(1)
    await f.refused('secretariat', 'AssignNumbers', {}, 'correction.confirmed')
    await f.do('reviewer', 'ConfirmCorrection', { contentHash: f.hash })
    await f.do('secretariat', 'AssignNumbers')
    expect((await f.do('secretariat', 'Publish', build.publication(start))).stage).toBe('effective')
    // 公众的文件页写明签署以后作过哪些更正。
    const [entry] = await c.sql<Array<{ id: string }>>`select id from register_entries where document_id = ${f.id}`
    const page = await (await c.app.request(`/register/${entry?.id}`)).text()
    expect(page).toContain('签署后更正')
    expect(page).toContain('2026年3月2日更正：补助金额有误（属于实质性修改，已重新审核并签署）')
    expect(page).toContain('2026年3月2日更正：漏字（不属于实质性修改，已经确认）')
  })

  it('几次小的更正合起来算；起草单位自己的审核人、没有更正时，都不能确认', async () => {
    at(start)
    const f = await build.numbering(c)
    await f.refused('reviewer', 'ConfirmCorrection', {}, 'correction.pending')
    const correct = (paid: string) =>
      f.do('secretariat', 'CorrectAfterSigning', { body: body(paid), reason: '文字更正' })
    expect((await correct('初稿存。')).substantive).toBe(false)
    await f.refused('reviewer', 'ConfirmCorrection', { contentHash: '0'.repeat(64) }, 'correction.pending')
    await f.do('reviewer', 'ConfirmCorrection')
    // 错字更正并经确认：总览、决定之前要看的一页与关口说的一样，都还成立。
    const sheet = await c.get<{ approvals: Array<{ what: string; stands: boolean }> }>(
      'secretariat',
      `/api/documents/${f.id}/decision-sheet`,
    )
    expect(sheet.approvals.filter((one) => !one.stands)).toEqual([])
    const { standing } = await c.get<{ standing: Array<{ stands: boolean }> }>('secretariat', `/api/documents/${f.id}`)
    expect(standing.filter((one) => !one.stands)).toEqual([])
    // 单看这一次只有十个字，连同前一次就超过了。
    const second = await correct('初稿存，据图斑面积据实核算拨。')
    expect(second).toMatchObject({ substantive: true, stage: 'legality_review.revising' })
    expect((await c.snapshot(f.id)).context.dossier.corrections.at(-1)?.findings.join()).toContain('连同先前的更正')
  })

  it('9.12 编号以后作实质性更正：文号不变，成文日期随最后签署', async () => {
    at(start)
    const f = await build.publishing(c)
    const numbersOf = async () => (await c.snapshot(f.id)).context.dossier.numbers
    const first = await numbersOf()
    expect(first?.adoptionDate).toBe(start)
    await f.do('secretariat', 'CorrectAfterSigning', {
      substantive: true,
      body: body('每亩补助改为八百元。'),
      reason: '补助金额有误',
    })
    at('2026-03-10')
    await f.do('reviewer', 'ConfirmRevision')
    await f.do('leader', 'Sign', { contentHash: f.hash })
    await f.do('secretariat', 'AssignNumbers')
    expect(await numbersOf()).toEqual({ ...first, adoptionDate: '2026-03-10' })
    await f.do('secretariat', 'Publish', build.publication('2026-03-10'))
    const [entry] = await c.sql`select adoption_date::text as on from register_entries where document_id = ${f.id}`
    expect(entry?.on).toBe('2026-03-10')
  })

  it('9.13 所引依据已被废止：草案送审被拒并点名；已公布文件的文字不自动改动', async () => {
    at(start)
    const title = '海原县旧管理办法'
    const basis = await build.published(c, start, { title })
    const table = { kind: 'legal_basis_table', bases: [{ title }] }
    const citing = await build.drafted(c)
    await citing.do('drafter', 'ProvideArtefact', table)
    const waiting = await build.drafted(c)
    await waiting.do('drafter', 'ProvideArtefact', table)
    // 依据尚有效时送审、公布。
    await citing.do('head', 'SubmitForReview')
    await citing.do('reviewer', 'AcceptPackage')
    await citing.do('reviewer', 'IssueOpinion', { outcome: 'lawful' })
    await citing.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    await citing.do('secretariat', 'RecordDecision', { outcome: 'adopted', ...countyMeeting, date: start })
    await citing.do('leader', 'Sign', { contentHash: citing.hash })
    await citing.do('secretariat', 'AssignNumbers')
    await citing.do('secretariat', 'Publish', build.publication(start))
    const textOf = async () =>
      (await c.sql`select body, text_hash from register_entries where document_id = ${citing.id}`)[0]
    const before = await textOf()
    at('2026-03-05')
    await basis.do('secretariat', 'RepealDocument', {
      on: '2026-03-05',
      reason: '已有新规定。',
      decision: { body: '县政府常务会议', date: '2026-03-05' },
    })
    const blocked = await waiting.refused('head', 'SubmitForReview', {}, 'draft.basis-in-force')
    expect(blocked.detail).toContain(`《${title}》自2026年3月5日（星期四）起已废止`)
    // 文号写法不规范（方括号、加“第”字）也认得。
    const docNo = (await c.snapshot(basis.id)).context.dossier.numbers?.document ?? ''
    await waiting.do('drafter', 'ProvideArtefact', {
      kind: 'legal_basis_table',
      bases: [{ title, docNo: docNo.replace('〔', '[').replace('〕', ']第') }],
    })
    await waiting.refused('head', 'SubmitForReview', {}, 'draft.basis-in-force')
    // 只在名称栏写了文号，也按文号查。
    for (const title of [docNo, docNo.replace('〔', '[').replace('〕', ']'), `（${docNo}）`]) {
      await waiting.do('drafter', 'ProvideArtefact', { kind: 'legal_basis_table', bases: [{ title }] })
      await waiting.refused('head', 'SubmitForReview', {}, 'draft.basis-in-force')
    }
    await waiting.do('drafter', 'ProvideArtefact', {
      kind: 'legal_basis_table',
      bases: [{ title: '中华人民共和国农业法' }],
    })
    expect((await waiting.do('head', 'SubmitForReview')).stage).toBe('legality_review.submitted')
    expect(await textOf()).toEqual(before)
  })

  // 录入通知会改变日历，故放在最后。
  it('9.5 期限跨入放假安排尚未公布的年份：答复暂定并说明；通知录入以后重算，新旧日期都在台账', async () => {
    at('2026-12-28')
    const f = await build.reviewing(c, { classification: noClassification })
    type Deadline = { key: string; kind: string; dueOn: string; provisional: boolean; status: string }
    const longest = async () =>
      (await c.get<Deadline[]>('reviewer', `/api/documents/${f.id}/deadlines`)).find((d) => d.kind === 'review_maximum')
    const before = await longest()
    expect(before).toMatchObject({ provisional: true, status: 'open' })
    const days = ['2027-01-11', '2027-01-12'].map((date) => ({ date, kind: 'off', name: '示例假日' }))
    const notice = {
      id: 'test-2027',
      jurisdiction: 'CN',
      year: 2027,
      source: '关于2027年节假日安排的通知（示例）',
      days,
    }
    expect((await c.post('drafter', '/api/calendar/notices', notice)).status).toBe(403)
    const loaded = await c.post('admin', '/api/calendar/notices', notice)
    expect(loaded.status, await loaded.clone().text()).toBe(201)
    expect(((await loaded.json()) as { recomputed: number }).recomputed).toBeGreaterThan(0)
    const after = await longest()
    expect(after).toMatchObject({ status: 'open' })
    expect((after?.dueOn ?? '') > (before?.dueOn ?? '')).toBe(true)
    const rows = await c.sql<
      Array<{ body: { payload: { changes: Array<{ key: string; from: string; to: string }> } } }>
    >`
      select body from ledger_events where matter_id = ${f.id} and type = 'DeadlinesRecomputed'`
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body.payload.changes.find((x) => x.key === before?.key)).toMatchObject({
      from: before?.dueOn,
      to: after?.dueOn,
    })
  })
})
