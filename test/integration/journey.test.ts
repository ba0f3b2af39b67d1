// 一件文件的一生：自立项至备案登记，由各角色依次办理，途中被拒绝四次并说明理由。
import { AppError, type Verdict } from '@dianzhang/contract'
import { submitComment } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'

const refusal = async (
  work: Promise<unknown>,
): Promise<{ code: string; rules: string[]; verdicts: Verdict[]; message: string }> => {
  try {
    await work
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const verdicts = error.extra.verdicts ?? []
    return {
      code: error.code,
      rules: verdicts.filter((v) => !v.holds).map((v) => v.rule),
      verdicts,
      message: error.message,
    }
  }
  throw new Error('本应被拒绝的命令办成了')
}
const body = [
  '海原县设施农业补助资金管理办法',
  '第一条 为规范设施农业补助资金管理，制定本办法。',
  '第二条 本办法由县农业农村局负责解释。',
  '第三条 本办法自公布之日起三十日后施行，有效期五年。',
].join('\n')

describe('一件县政府规范性文件的一生', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  it('自立项走到备案登记，四次被拒都说明理由', async () => {
    const { id } = await t.propose('drafter')
    await t.send('secretariat', id, 'ApproveInitiation')
    const saved = await t.send('drafter', id, 'SaveDraft', { body, note: '初稿' })
    expect(saved.contentHash).toMatch(/^[0-9a-f]{64}$/)
    await t.send('drafter', id, 'ProvideArtefact', {
      kind: 'explanatory_note',
      body: '说明制定的必要性、依据与主要内容。',
    })
    await t.send('drafter', id, 'ProvideArtefact', {
      kind: 'legal_basis_table',
      bases: [{ title: '中华人民共和国农业法', articles: ['第三十七条'] }],
    })
    await t.send('drafter', id, 'RequestOpinions', { units: ['hy-finance', 'hy-market'] })
    await t.send('contact', id, 'RecordOpinion', { opinion: 'agree_with_comments', text: '补助标准应列入预算。' })
    await t.send('contact.market', id, 'RecordOpinion', { opinion: 'agree' })

    const short = await refusal(t.send('drafter', id, 'OpenPublicConsultation', { closesAt: '2026-03-06' }))
    expect(short.rules).toEqual(['consultation.minimum-period'])
    expect(short.verdicts.find((v) => !v.holds)?.earliest).toBe('2026-03-11')
    const opened = await t.send('drafter', id, 'OpenPublicConsultation', {})
    expect(opened.closesOn).toBe('2026-03-11')

    const { commentId: comment } = await submitComment(t.office, String(opened.consultationId), {
      text: '建议写明补助对象。',
      name: '马某',
      contact: '13900000000',
    })

    const early = await refusal(t.send('head', id, 'SubmitForReview'))
    expect(early.code).toBe('refused')
    expect(early.rules).toContain('consultation.held')

    await t.goTo('2026-03-12')
    await t.send('drafter', id, 'DisposeComment', { comment, disposition: 'adopted', reason: '已写明补助对象。' })
    const published = await t.send('drafter', id, 'PublishFeedback', { summary: '未收到意见。' })
    expect(published.stage).toBe('assessment')
    expect(published.events.map((e) => e.type)).toEqual([
      'FeedbackPublished',
      'ConsultationCompleted',
      'CoordinationCompleted',
    ])
    const submitted = await t.send('head', id, 'SubmitForReview')
    expect(submitted.stage).toBe('legality_review.submitted')
    await t.send('reviewer', id, 'AcceptPackage')
    const soon = await refusal(t.send('reviewer', id, 'IssueOpinion', { outcome: 'lawful' }))
    expect(soon.rules).toEqual(['review.min-period'])
    await t.goTo('2026-03-20')
    const opinion = await t.send('reviewer', id, 'IssueOpinion', { outcome: 'lawful', number: '海司审〔2026〕3号' })
    expect(opinion.stage).toBe('deliberation')
    await t.send('secretariat', id, 'RecordSecretariatCheck', { outcome: 'passed' })
    await t.send('secretariat', id, 'ScheduleDeliberation', {
      body: '海原县人民政府常务会议',
      session: '第12次',
      date: '2026-03-20',
    })
    const decided = await t.send('secretariat', id, 'RecordDecision', { outcome: 'adopted' })
    expect(decided.stage).toBe('signing')
    const unsigned = await refusal(t.send('secretariat', id, 'AssignNumbers'))
    expect(unsigned.rules).toContain('numbering.after-signing')
    const signed = await t.send('leader', id, 'Sign', { contentHash: saved.contentHash })
    expect(signed.stage).toBe('numbering')
    const numbered = await t.send('secretariat', id, 'AssignNumbers')
    expect(numbered.numbers).toMatchObject({ document: '海政规发〔2026〕1号', registry: 'HYGF-2026-0001' })
    const released = await t.send('secretariat', id, 'Publish', {
      effectiveDate: '2026-05-01',
      validity: { years: 5 },
      channels: ['海原县人民政府网站'],
      interpretation: '解读：统一补助标准。',
    })
    expect(released.stage).toBe('effective')
    expect(released.regions).toMatchObject({ force: 'pending', filing: { government: 'due', npc: 'due' } })
    await t.send('secretariat', id, 'FileDocument', { track: 'government' })
    const filed = await t.send('registrar', id, 'AcknowledgeFiling', { track: 'government' })
    expect(filed.regions).toMatchObject({ filing: { government: 'registered' } })
    // 公布采纳情况（3月12日）以后满六个月，提意见人的姓名与联系方式删除，意见还在。
    const who = () => t.connection.sql`select 1 from comment_contacts where comment_id = ${comment}`
    await t.goTo('2026-09-12')
    expect(await who()).toHaveLength(1)
    await t.goTo('2026-09-13')
    expect(await who()).toHaveLength(0)
    expect(await t.connection.sql`select 1 from comments where id = ${comment}`).toHaveLength(1)
    const [row] = await t.connection.sql`select snapshot from matters where id = ${id}`
    expect(row?.snapshot.value.effective.force).toBe('in_force')
  })

  it('到期动作遇到数据库出错：没有办成的不算办过，恢复以后照办一次；别的案卷不受连累', async () => {
    const consulting = async (): Promise<[string, string]> => {
      const { id } = await t.propose('drafter')
      await t.send('secretariat', id, 'ApproveInitiation')
      await t.send('drafter', id, 'SaveDraft', { body })
      await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '说明必要性与主要内容。' })
      const { closesOn } = await t.send('drafter', id, 'OpenPublicConsultation', {})
      return [id, String(closesOn)]
    }
    const [broken, closesOn] = await consulting()
    const [sound] = await consulting()
    const closed = async (id: string) =>
      (await t.connection.sql`select 1 from ledger_events where matter_id = ${id} and type = 'ConsultationClosed'`)
        .length
    await t.connection.sql.unsafe(`
      create function disk_full() returns trigger language plpgsql as
        $$ begin if new.matter_id = '${broken}' then raise 'no space' using errcode = '53100'; end if; return new; end $$;
      create trigger disk_full before insert on ledger_events for each row execute function disk_full()`)
    const after = new Date(Date.parse(`${closesOn}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    await expect(t.goTo(after)).rejects.toThrow()
    expect([await closed(broken), await closed(sound)]).toEqual([0, 1])
    await t.connection.sql`drop trigger disk_full on ledger_events`
    await t.goTo(after)
    await t.goTo(after)
    expect([await closed(broken), await closed(sound)]).toEqual([1, 1])
  })
})
