// 规则包台：管理员另立新版，旧版与在办案卷不受影响。
import { createPackVersion, previewPack } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'

describe('规则包由管理员修订', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  it('新版只及于新立项的文件；在办的经预览改用，期限随之变化', async () => {
    const old = await t.propose('drafter')
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
    expect(preview.parameters).toMatchObject([{ path: 'consultation.generalMinimum' }])
    const moved = await t.send('admin', old.id, 'MoveToPack', { packVersion: made.version, reason: '自治区办法已施行' })
    expect(moved.events.map((e) => e.type)).toEqual(['PackMoved'])
    expect(moved).toMatchObject({ changes: [{ path: 'consultation.generalMinimum', after: '10个工作日' }] })
    await expect(
      t.connection.sql`update rule_packs set effective_from = '2020-01-01' where version = ${made.version}`,
    ).rejects.toMatchObject({ code: 'DZ001' })
  })
})
