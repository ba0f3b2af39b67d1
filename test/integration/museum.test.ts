// 以往发布的版本留下的数据：以现在的程序恢复、更新、核验，各阶段的案卷接着办下去，再核验没有问题。
import { randomUUID } from 'node:crypto'
import { type Command, type CommandType, commandSchemas } from '@dianzhang/contract'
import { demoPeople } from '@dianzhang/demo'
import { getEntry, searchRegister } from '@dianzhang/register'
import {
  commentReceipt,
  deskOf,
  getMatter,
  loadActorByUsername,
  runCommand,
  runDueJobs,
  runOnMatter,
  submitComment,
} from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { pieces, restoredPiece } from '../support/museum.ts'

/** 只有文件这一种事项的一版：各阶段的案卷都接着办。 */
const documentsOnly = '098a9ae'

describe.each(pieces.filter((released) => released === documentsOnly))('%s 版的演示县', async (released) => {
  const { sql, db, clock, office, today, later } = await restoredPiece(released)
  const files = await sql<Array<{ id: string; title: string; stage: string }>>`select id, title, stage from matters
      where process = 'normative-document'`
  const named = (part: string) => {
    const found = files.filter((f) => f.title.includes(part))
    if (found.length !== 1 || !found[0]) throw new Error(`题名含“${part}”的案卷有${found.length}件`)
    return found[0]
  }
  const send = async <T extends CommandType>(username: string, part: string, type: T, payload: object = {}) => {
    const { id } = named(part)
    const [row] = await sql<Array<{ version: number }>>`select version from matters where id = ${id}`
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    const person = await loadActorByUsername(db, username, today)
    return runCommand(office, person, id, commandSchemas[type].parse(command) as Command)
  }

  it('恢复并更新到现在的结构，核验没有问题；公开的文件照旧读得到', async () => {
    expect((await verifyDatabase(sql)).faults).toEqual([])
    const published = await sql<Array<{ id: string; body: string }>>`
        select id, body from register_entries where document_id is not null`
    expect(published.length).toBeGreaterThan(5)
    for (const { id, body } of published) expect((await getEntry(db, id, { now: clock.now() }))?.body).toBe(body)
    expect((await searchRegister(db, { q: '办法', now: clock.now() })).count).toBeGreaterThan(5)
    const [comment] = await sql<Array<{ receipt: string; body: string }>>`select receipt, body from comments limit 1`
    expect(await commentReceipt(office, comment?.receipt ?? '')).toMatchObject({ text: comment?.body })
  })

  it('各阶段的案卷接着办，办完核验没有问题', async () => {
    const went = new Map<string, string>()
    const done = async (...[username, part, type, payload]: Parameters<typeof send>) => {
      const answer = await send(username, part, type, payload)
      went.set(named(part).stage, `${type} → ${answer.stage}`)
      return answer
    }
    const head = async (part: string) => {
      const [row] = await sql<Array<{ body: string; hash: string }>>`
          select body, hash from texts where document_id = ${named(part).id} order by n desc limit 1`
      if (!row) throw new Error(`《${part}》没有文本`)
      return row
    }
    await done('secretariat', '供水', 'ApproveInitiation')
    await done('drafter.housing', '信用评价', 'SaveDraft', { body: `${(await head('信用评价')).body}\n` })
    const [round] = await sql<Array<{ id: string }>>`
        select id from public_consultations where document_id = ${named('垃圾分类').id} order by n desc limit 1`
    const { receipt } = await submitComment(office, round?.id ?? '', { text: '建议写明收运的时间。' })
    expect(await commentReceipt(office, receipt)).toMatchObject({ text: '建议写明收运的时间。' })
    await done('drafter', '社会化服务', 'RecordCoordination', {
      units: ['hy-finance'],
      date: today,
      summary: '经协商，按财政局意见修改补助标准，财政局不再持异议。',
    })
    await done('drafter', '畜禽粪污', 'AnswerPoint', {
      point: '3',
      answer: 'not_adopted',
      reason: '上位法已有规定。',
    })
    await done('secretariat', '农业机械', 'RecordSecretariatCheck', { outcome: 'passed' })
    await done('secretariat', '集中供热', 'ReportToPartyCommittee', {
      date: today,
      reference: '海政请〔2026〕9号',
      reply: '同意。',
    })
    await done('leader', '集中供热', 'Sign', { contentHash: (await head('集中供热')).hash })
    await done('drafter.housing', '加装电梯', 'ProvideArtefact', { kind: 'interpretation', body: '政策解读。' })
    await done('registrar', '燃气', 'AcknowledgeFiling', { track: 'government', number: '卫备〔2026〕9号' })
    // 其后：审核期满出具意见；到期的截止、施行、失效。
    later(10)
    await done('reviewer', '物业服务', 'IssueOpinion', { outcome: 'lawful' })
    later(40)
    const { done: due } = await runDueJobs(office)
    expect(due).toBeGreaterThan(2)
    expect([...went.keys()].sort()).toEqual(
      files
        .map((f) => f.stage)
        .filter((stage, i, all) => !/closed|consultation/.test(stage) && all.indexOf(stage) === i)
        .sort(),
    )
    expect((await verifyDatabase(sql)).faults).toEqual([])
  })
})

// 各种事项都有的各版。
describe.each(pieces.filter((released) => released !== documentsOnly))('%s 版的演示县，每种事项', async (released) => {
  const { sql, db, office, today, later } = await restoredPiece(released)
  const rows = await sql<Array<{ id: string; jurisdiction: string; process: string; stage: string; title: string }>>`
    select id, jurisdiction_id as jurisdiction, process, stage, title from matters order by process, stage, title`
  const actor = (username: string) => loadActorByUsername(db, username, today)
  /** 某种、某阶段的第一件，由某账号办一条。 */
  const done = async (username: string, kind: string, stage: string, type: string, payload: object = {}) => {
    const found = rows.find((row) => row.process === kind && row.stage === stage)
    if (!found) throw new Error(`没有处于 ${stage} 的 ${kind}`)
    const [row] = await sql<Array<{ version: number }>>`select version from matters where id = ${found.id}`
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    const answer = await runOnMatter(office, await actor(username), found.id, command as never).catch(
      (error: Error) => {
        throw new Error(`${username} ${kind} ${stage} ${found.title}：${error.message}`)
      },
    )
    went.set(kind, answer.stage)
    return answer
  }
  const went = new Map<string, string>()

  it('恢复并更新到现在的结构，核验没有问题；每一种、每一阶段的事项都读得到，阶段有名称', async () => {
    expect((await verifyDatabase(sql)).faults).toEqual([])
    // 那一版有的各种；其后新添的，那时还没有。
    expect(new Set(rows.map((row) => row.process)).size).toBeGreaterThan(10)
    for (const { process, stage } of rows)
      expect(deskOf(process)?.engine.process.labels.stage(stage), `${process} ${stage}`).toBeTruthy()
    const people = await Promise.all(demoPeople.map(({ username }) => actor(username)))
    for (const row of rows) {
      let shown: unknown = null
      for (const person of people) shown ??= await getMatter(office, person, row.id).catch(() => null)
      expect(shown, row.title).toMatchObject({ process: row.process, stage: row.stage })
    }
  })

  it('各接着办一步，到期的照办，办完核验没有问题', async () => {
    await done('filing.county', 'review-suggestion', 'received', 'Accept')
    await done('filing.city', 'filing-review', 'registered', 'StartReview', { kind: 'own' })
    await done('drafter', 'impact-check', 'open', 'StartCheck')
    await done('secretariat', 'cleanup', 'published', 'CloseCleanup')
    await done('evaluator', 'evaluation', 'published', 'CloseEvaluation')
    await done('secretariat', 'session', 'minuted', 'CorrectMinutes', {
      text: '会议纪要（更正稿）。',
      reason: '列席单位漏记一个。',
    })
    await done('secretariat', 'annual-report', 'published', 'RecordDuty', {
      duty: 'quarter_3',
      to: '县人民政府门户网站',
      on: today,
    })
    await done('drafter.housing', 'normative-document', 'publication', 'ProvideArtefact', {
      kind: 'interpretation',
      body: '政策解读。',
    })
    expect(Object.fromEntries(went)).toEqual({
      'annual-report': 'published',
      cleanup: 'closed',
      evaluation: 'closed',
      'filing-review': 'reviewing',
      'impact-check': 'checking',
      'normative-document': 'publication',
      'review-suggestion': 'accepted',
      session: 'minuted',
    })
    expect((await verifyDatabase(sql)).faults).toEqual([])
    later(60)
    await runDueJobs(office)
    expect((await verifyDatabase(sql)).faults).toEqual([])
  })
})
