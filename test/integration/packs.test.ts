// 规则包台：管理员另立新版，旧版与在办案卷不受影响。
import { affectedByNewerPack, comparePacks, createPackVersion, placesToCompare, previewPack } from '@dianzhang/workflow'
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

  it('两地对照：不同的在前，两方各有出处', () => {
    const places = placesToCompare(t.office)
    expect(places.map((p) => p.jurisdiction)).toEqual(expect.arrayContaining(['340000', '370600', '440100', '510811']))
    const page = comparePacks(t.office, '510811@2025-04-20.1', '150525@2025-04-20.1')
    const row = page.rows.find((r) => r.path === 'consultation.generalMinimum')
    expect(row).toMatchObject({ same: false, left: { text: '30日' }, right: { text: '15日' } })
    expect(page.rows.findIndex((r) => r.same)).toBe(page.different)
    expect(() => comparePacks(t.office, '510811@1999-01-01.1', '150525@2025-04-20.1')).toThrow('没有')
  })
})
