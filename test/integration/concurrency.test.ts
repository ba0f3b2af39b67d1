// 真实数据库上的并发：编号不重不漏；两人同办一件，一人成、一人得 412；同一命令只办一次。
import { randomUUID } from 'node:crypto'
import { AppError, type Command, noClassification, ProposeDocument } from '@dianzhang/contract'
import { proposeDocument, runCommand } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { type TestOffice, testOffice } from '../support/office.ts'

/** 一件已全部签署、等待编号的部门文件。 */
async function awaitingNumber(t: TestOffice): Promise<string> {
  const { id } = await t.propose('drafter', {
    issuers: ['hy-agri'],
    tier: 'department',
    classification: noClassification,
  })
  await t.send('secretariat', id, 'ApproveInitiation')
  const saved = await t.send('drafter', id, 'SaveDraft', { body: '通知\n一、统一编号。' })
  await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '说明' })
  await t.send('drafter', id, 'ProvideArtefact', {
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国农业法' }],
  })
  await t.send('head', id, 'SubmitForReview')
  await t.send('reviewer', id, 'AcceptPackage')
  await t.goTo('2026-03-10')
  await t.send('reviewer', id, 'IssueOpinion', { outcome: 'lawful' })
  await t.send('secretariat', id, 'RecordSecretariatCheck', { outcome: 'passed' })
  await t.send('secretariat', id, 'RecordDecision', { outcome: 'adopted', body: '局务会议（部门办公会议）' })
  const signed = await t.send('head', id, 'Sign', { contentHash: saved.contentHash })
  expect(signed.stage).toBe('numbering')
  return id
}
/** 复制案卷行（仅供并发试验：同一状态的许多案卷）。 */
async function cloneDocuments(t: TestOffice, id: string, count: number): Promise<string[]> {
  const { sql } = t.connection
  const ids = Array.from({ length: count }, () => randomUUID())
  await sql`
    insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version, opened_by, involved_units, ledger_seq, ledger_head, next_due_on, created_at, updated_at)
    select d.jurisdiction_id, n.id, d.process, d.version, d.stage, jsonb_set(d.snapshot::jsonb, '{context,dossier,id}', to_jsonb(n.id)), d.title, d.unit, d.pack_version, d.opened_by, d.involved_units, d.ledger_seq, d.ledger_head, d.next_due_on, d.created_at, d.updated_at
    from matters d, unnest(${ids}::text[]) as n(id) where d.id = ${id}`
  await sql`
    insert into documents (jurisdiction_id, id, tier, lead_issuer)
    select d.jurisdiction_id, n.id, d.tier, d.lead_issuer from documents d, unnest(${ids}::text[]) as n(id) where d.id = ${id}`
  await sql`
    insert into ledger_events (jurisdiction_id, matter_id, seq, type, command_id, at, body, prev_hash, hash)
    select e.jurisdiction_id, n.id, e.seq, e.type, e.command_id, e.at, e.body, e.prev_hash, e.hash
    from ledger_events e, unnest(${ids}::text[]) as n(id) where e.matter_id = ${id} order by n.id, e.seq`
  return ids
}
const numbering = (version: number): Command => ({
  type: 'AssignNumbers',
  commandId: randomUUID(),
  expectedVersion: version,
})

describe('并发', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const [first] = [await awaitingNumber(t)]
  const version = async (id: string) =>
    Number((await t.connection.sql`select version from matters where id = ${id}`)[0]?.version)

  it('9.10 同一系列一千件同时编号，得到 1 至 1000，不重不漏', async () => {
    const ids = await cloneDocuments(t, first, 1000)
    const v = await version(first)
    const numbers = await Promise.all(
      ids.map(
        async (id) =>
          (await runCommand(t.office, t.as('secretariat'), id, numbering(v))).numbers as {
            seq: number
            document: string
          },
      ),
    )
    expect(numbers.map((n) => n.seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
    expect(new Set(numbers.map((n) => n.document)).size).toBe(1000)
    const rows = await t.connection
      .sql`select count(*)::int as n, count(distinct text)::int as texts, max(seq)::int as top from numbers where kind = 'document'`
    expect(rows[0]).toEqual({ n: 1000, texts: 1000, top: 1000 })
  })

  it('编号的办理重复提交，得到同一个号', async () => {
    const [id] = await cloneDocuments(t, first, 1)
    const command = numbering(await version(first))
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => runCommand(t.office, t.as('secretariat'), id ?? '', command)),
    )
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    const again = await t.send('secretariat', id ?? '', 'AssignNumbers')
    expect(again.numbers).toEqual(answers[0]?.numbers)
  })

  it('同一立项申请同时到达八次，只立一件，答复相同', async () => {
    const command = ProposeDocument.parse({
      commandId: randomUUID(),
      title: '海原县同时提交试验办法',
      jurisdiction: '640522',
      issuers: ['hy-gov'],
      tier: 'government',
      necessity: '网络不好，经办人连按了几次',
      classification: { ...noClassification, affectsRights: true },
    })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => proposeDocument(t.office, t.as('drafter'), command)),
    )
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    const [row] = await t.connection.sql`select count(*)::int as n from matters where title = ${command.title}`
    expect(row?.n).toBe(1)
  })

  it('两人同时办理同一案卷，一人办成，另一人得知案卷已变', async () => {
    const { id } = await t.propose('drafter')
    const v = await version(id)
    const attempts = await Promise.allSettled([
      runCommand(t.office, t.as('secretariat'), id, {
        type: 'ApproveInitiation',
        commandId: randomUUID(),
        expectedVersion: v,
      }),
      runCommand(t.office, t.as('secretariat'), id, {
        type: 'DeclineInitiation',
        commandId: randomUUID(),
        expectedVersion: v,
        reason: '与在办事项重复',
      }),
    ])
    expect(attempts.filter((a) => a.status === 'fulfilled')).toHaveLength(1)
    const lost = attempts.find((a) => a.status === 'rejected')?.reason as AppError
    expect(lost).toBeInstanceOf(AppError)
    expect(lost.code).toBe('stale_version')
    expect(lost.extra.currentVersion).toBe(v + 1)
  })

  it('同一命令标识用于不同内容被拒绝，旧答复不受影响', async () => {
    const { id } = await t.propose('drafter')
    const commandId = randomUUID()
    const v = await version(id)
    await runCommand(t.office, t.as('secretariat'), id, { type: 'ApproveInitiation', commandId, expectedVersion: v })
    await expect(
      runCommand(t.office, t.as('secretariat'), id, {
        type: 'DeclineInitiation',
        commandId,
        expectedVersion: v,
        reason: '另一内容',
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('数据库拒绝更改台账、已发出的号码与已保存的文本', async () => {
    const { sql } = t.connection
    for (const statement of [
      `update ledger_events set type = 'x' where matter_id = '${first}'`,
      `delete from ledger_events where matter_id = '${first}'`,
      'truncate ledger_events cascade',
      `update texts set body = '改' where document_id = '${first}'`,
      `delete from texts where document_id = '${first}'`,
      "update numbers set text = '海农规发〔2026〕9999号' where seq = 1",
      'delete from numbers where seq = 1',
      'update number_series set last_seq = 1',
      `update matters set stage = 'closed.withdrawn' where id = '${first}'`,
      `delete from matters where id = '${first}'`,
    ])
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: 'DZ001' })
  })
})

describe('预留号', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const id = await awaitingNumber(t)
  t.clock.set('2026-03-02T09:00:00+08:00')
  const later = await awaitingNumber(t)

  it('9.10 预留的号可以使用一次，到期未用的作废，空号都有来历', async () => {
    const { reserveNumber, releaseReservation } = await import('@dianzhang/workflow')
    const clerk = t.as('secretariat')
    const first = await reserveNumber(t.office, clerk, {
      issuer: 'hy-agri',
      purpose: '年度通知',
      expiresOn: '2026-03-31',
    })
    const second = await reserveNumber(t.office, clerk, { issuer: 'hy-agri', purpose: '备用', expiresOn: '2026-03-20' })
    const third = await reserveNumber(t.office, clerk, { issuer: 'hy-agri', purpose: '误留', expiresOn: '2026-03-31' })
    expect([first, second, third].map((n) => n.text)).toEqual([
      '海农规发〔2026〕1号',
      '海农规发〔2026〕2号',
      '海农规发〔2026〕3号',
    ])
    await releaseReservation(t.office, clerk, third.text, '误操作', 'leader')
    await expect(
      reserveNumber(t.office, t.as('drafter'), { issuer: 'hy-agri', purpose: '越权', expiresOn: '2026-03-31' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(t.send('secretariat', id, 'AssignNumbers', { reserved: third.text })).rejects.toMatchObject({
      code: 'refused',
    })
    const numbered = await t.send('secretariat', id, 'AssignNumbers', { reserved: first.text })
    expect(numbered.numbers).toMatchObject({ document: first.text, seq: 1 })
    await t.goTo('2026-03-21')
    const rows = await t.connection
      .sql`select seq, status, void_reason from numbers where kind = 'document' order by seq`
    expect(rows.map((r) => [r.seq, r.status, r.void_reason])).toEqual([
      [1, 'issued', null],
      [2, 'void', '预留到期未使用'],
      [3, 'void', '误操作'],
    ])
  })

  it('年底预留、次年使用：文号属预留之年，登记号属登记之年的系列，各自连续', async () => {
    const { reserveNumber } = await import('@dianzhang/workflow')
    t.clock.set('2026-12-20T09:00:00+08:00')
    const kept = await reserveNumber(t.office, t.as('secretariat'), {
      issuer: 'hy-agri',
      purpose: '年终通知',
      expiresOn: '2027-01-20',
    })
    t.clock.set('2027-01-05T09:00:00+08:00')
    const numbered = await t.send('secretariat', later, 'AssignNumbers', { reserved: kept.text })
    expect(numbered.numbers).toMatchObject({ document: kept.text, registry: 'HYGF-2027-0001' })
    const rows = await t.connection
      .sql`select year, seq, text, status from numbers where kind = 'registry' order by year, seq`
    expect(rows.map((r) => [r.year, r.seq, r.text, r.status])).toEqual([
      [2026, 1, 'HYGF-2026-0001', 'issued'],
      [2027, 1, 'HYGF-2027-0001', 'issued'],
    ])
  })
})
