// 规则包台：管理员另立新版，旧版与在办案卷不受影响。
import type { Pack } from '@dianzhang/packs'
import {
  affectedByNewerPack,
  approvePackVersion,
  comparePacks,
  createPackVersion,
  declinePackVersion,
  type Person,
  packFile,
  packInWords,
  placesToCompare,
  previewPack,
  previewRevision,
  proposePackVersion,
  waitingRevision,
} from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'

describe('规则包由管理员修订', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  it('新版只及于新立项的文件；在办的经预览改用，期限随之变化', async () => {
    const old = await t.propose('drafter')
    const open = await t.propose('drafter')
    await t.send('secretariat', open.id, 'ApproveInitiation')
    await t.send('drafter', open.id, 'SaveDraft', { body: '第一条 为了规范管理，制定本办法。' })
    await t.send('drafter', open.id, 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
    await t.send('drafter', open.id, 'OpenPublicConsultation', { channels: ['县政府门户网站'] })
    const source = { document: '自治区行政规范性文件制定和备案办法', article: '第十五条' }
    const request = {
      base: '640522@2026-01-01.3',
      effectiveFrom: '2026-03-02',
      changes: [{ path: 'consultation.generalMinimum', value: 10, source }],
    }
    await expect(createPackVersion(t.office, t.as('drafter'), request)).rejects.toMatchObject({ code: 'forbidden' })
    const made = await createPackVersion(t.office, t.as('admin'), request)
    expect(made.version).toBe('640522@2026-03-02.1')
    const fresh = await t.propose('drafter')
    expect(fresh.packVersion).toBe(made.version)
    expect(old.packVersion).toBe('640522@2026-01-01.3')
    const preview = await previewPack(t.office, t.as('admin'), old.id, made.version)
    // 正在征求意见的、期限会变的列出，由人改用；公告的截止日不自行移动。
    const admin = t.as('admin')
    expect(await affectedByNewerPack(t.office, admin)).toMatchObject([
      {
        id: open.id,
        from: '640522@2026-01-01.3',
        to: made.version,
        deadlines: [{ before: '2026-03-11', after: '2026-03-16' }],
      },
    ])
    const backwards = t.send('admin', open.id, 'MoveToPack', { packVersion: '640522@2026-01-01.2', reason: '回到旧版' })
    await expect(backwards).rejects.toMatchObject({ code: 'refused' })
    await t.send('admin', open.id, 'MoveToPack', { packVersion: made.version, reason: '已预览' })
    expect(await affectedByNewerPack(t.office, admin)).toEqual([])
    expect(preview.parameters).toMatchObject([{ path: 'consultation.generalMinimum' }])
    const moved = await t.send('admin', old.id, 'MoveToPack', { packVersion: made.version, reason: '自治区办法已施行' })
    expect(moved.events.map((e) => e.type)).toEqual(['PackMoved'])
    expect(moved).toMatchObject({ changes: [{ path: 'consultation.generalMinimum', after: '10个工作日' }] })
    await expect(
      t.connection.sql`update rule_packs set effective_from = '2020-01-01' where version = ${made.version}`,
    ).rejects.toMatchObject({ code: 'DZ001' })
  })

  it('放宽的须另一人复核：一人另立不成，提出以后由复核的人看过才成一版，文件存着可以核对', async () => {
    const base = t.office.rules.versions('640522').at(-1)?.version ?? ''
    const source = { document: '海原县行政规范性文件管理办法', article: '第九条' }
    const file = { name: '管理办法.pdf', mediaType: 'application/pdf', contentBase64: 'JVBERi0xLjcKJQ==' }
    const changes = [
      { path: 'consultation.generalMinimum', value: 8, source, file },
      { path: 'review.minimum', value: t.office.rules.latest('640522', '2026-03-02').review.minimum.value, source },
    ]
    const request = { base, effectiveFrom: '2026-03-02', changes }
    const as = (name: string) => t.as(name) as Person
    const admin = as('admin')
    const preview = await previewRevision(t.office, admin, {
      ...request,
      changes: changes.map(({ path, value }) => ({ path, value, source })),
    })
    expect(preview).toMatchObject({
      looser: [{ path: 'consultation.generalMinimum', message: expect.stringContaining('10个工作日') }],
      faults: [],
      changes: [
        { before: '10个工作日', after: '8个工作日', same: false },
        { path: 'review.minimum', same: true },
      ],
    })
    // 两件在办的都已改用现行的一版，截止日会变动的列在这里。
    expect(preview.affected.map((each) => each.deadlines.map(({ label }) => label))).toContainEqual([
      expect.stringMatching(/^公开征求意见依法最早的截止日/),
    ])
    await expect(createPackVersion(t.office, admin, request)).rejects.toMatchObject({
      code: 'refused',
      extra: { verdicts: expect.arrayContaining([expect.objectContaining({ rule: 'pack.second-person' })]) },
    })
    const reviewer = as('reviewer')
    const proposing = { ...request, reason: '县级办法已经改为八个工作日' }
    await expect(proposePackVersion(t.office, reviewer, proposing)).rejects.toMatchObject({ code: 'forbidden' })
    const first = await proposePackVersion(t.office, admin, proposing)
    await expect(proposePackVersion(t.office, admin, proposing)).rejects.toMatchObject({ code: 'refused' })
    const waiting = await waitingRevision(t.office, reviewer)
    expect(waiting).toMatchObject({ id: first.proposal, own: false, reason: proposing.reason, looser: preview.looser })
    expect(t.office.rules.versions('640522').at(-1)?.version).toBe(base)
    // 复核的人的待办里有，起草的人既看不到修订，也下载不了文件。
    const [turn] = await t.connection.sql`select role from turns where matter_id = 'office'`
    expect(turn).toMatchObject({ role: 'legality_reviewer' })
    await expect(waitingRevision(t.office, as('drafter'))).rejects.toMatchObject({ code: 'not_found' })
    const sha256 = waiting?.changes[0]?.file?.sha256 ?? ''
    await expect(packFile(t.office, as('drafter'), sha256)).rejects.toMatchObject({ code: 'not_found' })
    expect(Buffer.from((await packFile(t.office, reviewer, sha256)).bytes).toString('base64')).toBe(file.contentBase64)

    await declinePackVersion(t.office, reviewer, { proposal: first.proposal, reason: '条款号有误' })
    expect(await waitingRevision(t.office, reviewer)).toBeNull()
    expect(await t.connection.sql`select 1 from turns where matter_id = 'office'`).toEqual([])
    const opinion = '与县级办法第九条一致'
    const approving = (proposal: string, by = reviewer) => approvePackVersion(t.office, by, { proposal, opinion })
    await expect(approving(first.proposal)).rejects.toMatchObject({ code: 'refused' })
    const second = await proposePackVersion(t.office, admin, proposing)
    await expect(approving(first.proposal)).rejects.toMatchObject({ code: 'refused' })
    // 兼有两种任职的人，也不能复核自己提出的。
    const both = { ...admin, posts: [...admin.posts, ...reviewer.posts] }
    await expect(approving(second.proposal, both)).rejects.toMatchObject({ code: 'refused' })
    const made = await approving(second.proposal)
    expect(made).toMatchObject({ effectiveFrom: '2026-03-02', changes: [{ path: 'consultation.generalMinimum' }] })
    const now = t.office.rules.versions('640522').find((each) => each.version === made.version)
    expect(now?.consultation.generalMinimum).toMatchObject({
      value: 8,
      confidence: 'verified',
      confirmedBy: expect.stringMatching(/提出，.+复核$/),
      file: { name: '管理办法.pdf', sha256 },
    })
    // 成了一版以后，文件随规则包人人可以核对；台账里没有文件的内容。
    expect((await packFile(t.office, as('drafter'), sha256)).name).toBe('管理办法.pdf')
    const ledger = await t.connection.sql`select body::text as body from ledger_events where matter_id = 'office'`
    expect(ledger.filter((row) => String(row.body).includes('JVBERi0xLjcKJQ'))).toEqual([])
    expect(ledger.filter((row) => String(row.body).includes(sha256)).length).toBeGreaterThan(0)
  })

  it('两地对照：不同的在前，两方各有出处；逐单位写的值用单位的名称，不认得的单位只写值', async () => {
    const places = placesToCompare(t.office)
    expect(places.map((p) => p.jurisdiction)).toEqual(expect.arrayContaining(['340000', '370600', '440100', '510811']))
    const page = await comparePacks(t.office, '510811@2025-04-20.1', '150525@2025-04-20.1')
    const row = page.rows.find((r) => r.path === 'consultation.generalMinimum')
    expect(row).toMatchObject({ same: false, left: { text: '30日' }, right: { text: '15日' } })
    expect(page.rows.findIndex((r) => r.same)).toBe(page.different)
    const codes = page.rows.find((r) => r.path === 'numbering.documentPrefixes')
    expect(codes?.right?.text).toMatch(/^“奈政规发”；“青政规发”/)
    const own = await packInWords(t.office, t.office.rules.versions('640522').at(-1) as Pack)
    expect(own['numbering.documentPrefixes']).toContain('海原县人民政府：“海政规发”')
    expect(own['numbering.registryTemplate']).not.toMatch(/[{}]/)
    await expect(comparePacks(t.office, '510811@1999-01-01.1', '150525@2025-04-20.1')).rejects.toThrow('没有')
  })
})
