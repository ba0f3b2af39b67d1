// 独立核验：完好的数据没有问题；绕过守卫改动任何一处，都由相应的一项检查指出。
import { createHash } from 'node:crypto'
import {
  canonicalJson,
  chainNext,
  contentHash,
  GENESIS,
  type SealedHead,
  sealDay,
  sha256Hex,
  stateHash,
} from '@dianzhang/ledger'
import type postgres from 'postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Io } from '../../apps/server/src/cli/io.ts'
import {
  type CheckOptions,
  runVerify,
  type VerifyReport,
  verifyDatabase,
  verifyInThreads,
} from '../../apps/server/src/cli/verify.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const jurisdiction = '990101'
const attachmentBytes = Buffer.from('附件一：河道采砂许可申请表')
const attachment = {
  name: '附件1',
  mediaType: 'text/plain',
  sha256: createHash('sha256').update(attachmentBytes).digest('hex'),
  size: attachmentBytes.length,
}
const body = '第一条　为了规范河道采砂，制定本办法。'
const textHash = contentHash({ body, attachments: [attachment] })
const comment = { consultation: 'k1', anchor: { element: 'tiao-1' }, text: '建议明确禁采期。' }
const commentHash = sha256Hex(`dianzhang/comment/1\n${canonicalJson(comment)}`)
const artefact = { kind: 'explanatory_note', title: null, body: '起草说明。', attachment: null, bases: null }
const artefactHash = sha256Hex(`dianzhang/artefact/1\n${canonicalJson(artefact)}`)

/** 按原文保存：多一个空格也是另一份。 */
const snapshot = '{"machine": "normative-document", "value": "effective", "context": {}}'

const steps = [
  ['ProposeDocument', 'DocumentProposed', { title: '采砂办法' }, null],
  ['SaveDraft', 'DraftSaved', { textVersion: 1, contentHash: textHash, attachments: ['附件1'], note: null }, textHash],
  [
    'ProvideArtefact',
    'ArtefactProvided',
    { kind: 'explanatory_note', title: null, hash: artefactHash, n: 1, bases: null },
    textHash,
  ],
  ['SubmitComment', 'CommentSubmitted', { comment: 'c1', hash: commentHash }, textHash],
  [
    'AssignNumbers',
    'NumbersAssigned',
    { document: '青政规发〔2026〕1号', registry: 'QSDR—2026—0001', adoptionDate: '2026-01-08' },
    textHash,
  ],
  [
    'Publish',
    'DocumentPublished',
    {
      effectiveDate: '2026-03-01',
      validUntil: '2031-02-28',
      disclosure: 'active',
      channels: [],
      indexNumber: null,
      wjbs: { value: null, missing: [] },
      immediateReason: null,
    },
    textHash,
  ],
] as const

/** 都在同一天办，当日与次日各有封存。 */
const moment = (i: number) => `2026-01-06T0${i + 1}:00:00.123Z`

/** 一件走完全程的案卷、一件只立项的案卷，各有台账、命令记录与两日封存。 */
async function fill(sql: postgres.Sql): Promise<void> {
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县')`
  const heads: SealedHead[] = []
  let prevSeal: string | null = null
  for (const [document, count] of [
    ['d1', steps.length],
    ['d2', 1],
  ] as const) {
    const stage = count > 1 ? 'effective' : 'initiation'
    const events = []
    let head: string | null = null
    for (const [i, [command, type, payload, hash]] of steps.slice(0, count).entries()) {
      const at = moment(i)
      const content = {
        document,
        seq: i + 1,
        type,
        command: { id: `${document}-${i}`, type: command },
        at,
        actor: { kind: 'person', person: 'p1', unit: 'u1', roles: ['drafter'] },
        payload,
        verdicts: [],
        packVersion: '1',
        stage: i === count - 1 ? stage : 'drafting',
        textHash: hash,
        ...(i === count - 1 ? { state: stateHash(snapshot), told: 1 } : {}),
      }
      const next: { prevHash: string; hash: string } = chainNext(head, content)
      head = next.hash
      events.push({ content, at, command, type, ...next })
    }
    await sql`insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version, opened_by,
        involved_units, ledger_seq, ledger_head, created_at, updated_at)
      values (${jurisdiction}, ${document}, 'normative-document', ${count}, ${stage}, ${snapshot}::text::json, '采砂办法', 'u1', '1', 'p1', '{}',
        ${count}, ${head ?? GENESIS}, ${moment(0)}, ${moment(count - 1)})`
    await sql`insert into documents (jurisdiction_id, id, tier, lead_issuer) values (${jurisdiction}, ${document}, 'government', 'u1')`
    for (const { content, at, command, type, prevHash, hash } of events) {
      await sql`insert into ledger_events (jurisdiction_id, matter_id, seq, type, command_id, at, body, prev_hash, hash)
        values (${jurisdiction}, ${document}, ${content.seq}, ${type}, ${content.command.id}, ${at}, ${sql.json(content as never)}, ${prevHash}, ${hash})`
      await sql`insert into command_log (jurisdiction_id, command_id, matter_id, command_type, person, status, answer, request_hash, at)
        values (${jurisdiction}, ${content.command.id}, ${document}, ${command}, 'p1', 200,
          ${sql.json({ id: document, events: [{ seq: content.seq, type, hash }] })}, '0', ${at})`
    }
    const last = events.at(-1)
    await sql`insert into notices (jurisdiction_id, id, matter_id, seq, kind, at, by, command, event, role, unit)
      values (${jurisdiction}, ${`${document}:${count}`}, ${document}, ${count}, 'moved', ${last?.at ?? null}, 'p1',
        ${last?.command ?? null}, ${last?.type ?? null}, '', '')`
    heads.push({ document, seq: count, hash: head ?? GENESIS })
  }
  for (const day of ['2026-01-06', '2026-01-07']) {
    const seal = sealDay({ day, heads, prevSeal })
    prevSeal = seal.seal
    await sql`insert into ledger_seals (jurisdiction_id, day, documents, events, root, prev_seal, seal, heads, at)
      values (${jurisdiction}, ${day}, ${seal.documents}, ${seal.events}, ${seal.root}, ${seal.prevSeal}, ${seal.seal}, ${sql.json(seal.heads as never)}, now())`
  }
  await sql`insert into blobs (jurisdiction_id, sha256, size, bytes) values (${jurisdiction}, ${attachment.sha256}, ${attachment.size}, ${attachmentBytes})`
  await sql`insert into texts (jurisdiction_id, document_id, n, hash, body, attachments, kind, created_by, at)
    values (${jurisdiction}, 'd1', 1, ${textHash}, ${body}, ${sql.json([attachment])}, 'draft', 'p1', '2026-01-02')`
  await sql`insert into artefacts (jurisdiction_id, document_id, kind, n, body, hash, created_by, at)
    values (${jurisdiction}, 'd1', 'explanatory_note', 1, '起草说明。', ${artefactHash}, 'p1', '2026-01-03')`
  await sql`insert into comments (jurisdiction_id, id, document_id, consultation_id, receipt, anchor, body, hash, at)
    values (${jurisdiction}, 'c1', 'd1', 'k1', 'R1', ${sql.json(comment.anchor)}, ${comment.text}, ${commentHash}, '2026-01-04')`
  for (const [kind, series, text] of [
    ['document', '青政规发', '青政规发〔2026〕1号'],
    ['registry', '登记:QSDR', 'QSDR—2026—0001'],
  ] as const) {
    await sql`insert into number_series (jurisdiction_id, series, year, kind, last_seq) values (${jurisdiction}, ${series}, 2026, ${kind}, 1)`
    await sql`insert into numbers (jurisdiction_id, series, year, seq, kind, text, status, document_id, at, by)
      values (${jurisdiction}, ${series}, 2026, 1, ${kind}, ${text}, 'issued', 'd1', '2026-01-05', 'p1')`
  }
  await sql`insert into register_entries (jurisdiction_id, id, origin, document_id, title, document_number, registry_number, issuers, disclosure,
      published_on, effective_date, valid_until, force_events, body, text_hash, attachments, metadata, created_at)
    values (${jurisdiction}, 'd1', 'made', 'd1', '采砂办法', '青政规发〔2026〕1号', 'QSDR—2026—0001', '{青石县人民政府}', 'active', '2026-01-06', '2026-03-01',
      '2031-02-28', '[]', ${body}, ${textHash}, ${sql.json([attachment])}, '{}', '2026-01-06')`
  for (const [table, key] of baselines) await sql`select dz_office_baseline(${table}, ${key.split(',')})`
}

/** 手写的台账没有记下各行的摘要，如同以往版本的数据：立了基线以后才受核对。 */
const baselines: Array<[table: string, key: string]> = [
  ['texts', 'document_id,n'],
  ['artefacts', 'document_id,kind,n'],
  ['comments', 'id'],
  ['numbers', 'series,year,seq'],
  ['register_entries', 'id'],
]
/** 绕过守卫改动一处（如同持有数据库口令的人所能做的），核验之后复原。 */
async function tamperedReport(
  sql: postgres.Sql,
  statements: string[],
  options: CheckOptions = {},
): Promise<VerifyReport> {
  let report: VerifyReport | undefined
  const undo = new Error('复原')
  await sql
    .begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = 'replica'")
      for (const statement of statements) await tx.unsafe(statement)
      // 同样的核对放在这个事务里做，不必事后用手恢复。
      const inside = { begin: (_: string, work: (tx: postgres.TransactionSql) => Promise<unknown>) => work(tx) }
      report = await verifyDatabase(inside as unknown as postgres.Sql, undefined, options)
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  if (!report) throw new Error('没有核验结果')
  return report
}

describe('独立核验', () => {
  let database: TestDatabase
  let sql: postgres.Sql
  beforeAll(async () => {
    database = await testDatabase()
    sql = database.connect().sql
    await fill(sql)
  })
  const run = async (url: string, json: boolean) => {
    const out: string[] = []
    const io: Io = {
      out: (text) => out.push(text),
      error: (text) => out.push(text),
      progress: () => {},
      terminal: false,
    }
    return { code: await runVerify({ url, json }, io), text: out.join('\n') }
  }

  it('完好的数据没有问题，退出码 0；每一项都确实查到了东西', async () => {
    const { code, text } = await run(database.url, true)
    const report = JSON.parse(text) as VerifyReport
    expect(report.faults).toEqual([])
    expect(code).toBe(0)
    expect(report.checks.filter((check) => check.checked === 0).map(({ check }) => check)).toEqual([
      'anchors',
      'exchange',
    ])
    expect((await run(database.url, false)).text).toContain('核对完毕，没有发现问题。')
  })

  it('数据库不可用时退出码 2', async () => {
    expect((await run('postgres://x:x@127.0.0.1:1/none', true)).code).toBe(2)
  })

  it('数据库比程序旧、比程序新、迁移对不上的，不开始核对，说明是哪一种', async () => {
    const applied = 'drizzle.__drizzle_migrations'
    const said = async (change: string, back: string) => {
      await sql.unsafe(change)
      try {
        return await run(database.url, true)
      } finally {
        await sql.unsafe(back)
      }
    }
    const last = `(select max(id) from ${applied})`
    const older = await said(
      `create table taken as select * from ${applied} where id = ${last}; delete from ${applied} where id = ${last}`,
      `insert into ${applied} select * from taken; drop table taken`,
    )
    expect([older.code, older.text]).toEqual([2, expect.stringContaining('数据库比程序旧')])
    const newer = await said(
      `insert into ${applied} (hash, created_at) values ('还没有的', 9999999999999)`,
      `delete from ${applied} where hash = '还没有的'`,
    )
    expect([newer.code, newer.text]).toEqual([2, expect.stringContaining('数据库比程序新')])
    const other = await said(
      `update ${applied} set hash = hash || 'x' where id = ${last}`,
      `update ${applied} set hash = left(hash, -1) where id = ${last}`,
    )
    expect([other.code, other.text]).toEqual([2, expect.stringContaining('迁移与程序不一致')])
    expect((await run(database.url, true)).code).toBe(0)
  })

  it('守卫被停用时指出是哪张表', async () => {
    const report = await tamperedReport(sql, ['alter table texts disable trigger all'])
    expect(report.faults.length).toBeGreaterThan(0)
    for (const fault of report.faults) expect(fault).toMatchObject({ check: 'guards', subject: 'texts' })
  })

  const d1 = `jurisdiction_id = '${jurisdiction}' and matter_id = 'd1'`
  const cases: Array<[name: string, check: string, statements: string[]]> = [
    [
      '台账内容被改',
      'chains',
      [`update ledger_events set body = jsonb_set(body, '{payload,title}', '"改"') where ${d1} and seq = 1`],
    ],
    ['台账的时刻列被改', 'chains', [`update ledger_events set at = at + interval '1 ms' where ${d1} and seq = 2`]],
    ['台账的事件列被改', 'chains', [`update ledger_events set type = 'DraftSaved' where ${d1} and seq = 1`]],
    ['台账的摘要被改', 'chains', [`update ledger_events set hash = repeat('a', 64) where ${d1} and seq = 3`]],
    ['台账中间少一条', 'chains', [`delete from ledger_events where ${d1} and seq = 3`]],
    ['台账第一条不见', 'chains', [`delete from ledger_events where ${d1} and seq = 1`]],
    [
      '台账两条对调',
      'chains',
      [
        `update ledger_events set seq = 100 where ${d1} and seq = 2`,
        `update ledger_events set seq = 2 where ${d1} and seq = 3`,
        `update ledger_events set seq = 3 where ${d1} and seq = 100`,
      ],
    ],
    ['尾部被截去', 'heads', [`delete from ledger_events where ${d1} and seq = 6`]],
    [
      '尾部与案卷链头一并被截去，封存仍看得出',
      'seals',
      [
        `delete from ledger_events where ${d1} and seq = 6`,
        `delete from command_log where command_id = 'd1-5'`,
        `update matters set ledger_seq = 5, ledger_head = (select hash from ledger_events where ${d1} and seq = 5) where id = 'd1'`,
      ],
    ],
    [
      '整件案卷被移走',
      'seals',
      [
        `delete from ledger_events where matter_id = 'd2'`,
        `delete from documents where id = 'd2'`,
        `delete from matters where id = 'd2'`,
      ],
    ],
    ['案卷链头被改', 'heads', [`update matters set ledger_head = repeat('b', 64) where id = 'd2'`]],
    ['案卷的状态被改', 'heads', [`update matters set snapshot = '{"value":"effective","context":{}}' where id = 'd1'`]],
    ['案卷的种类被改', 'heads', [`update matters set process = 'session' where id = 'd1'`]],
    ['案卷所处的阶段被改', 'heads', [`update matters set stage = 'signing' where id = 'd1'`]],
    ['命令记录不见', 'commands', [`delete from command_log where command_id = 'd1-1'`]],
    ['命令答复被改', 'commands', [`update command_log set answer = '{"events": []}' where command_id = 'd1-1'`]],
    [
      '多出一条没有台账的已受理命令',
      'commands',
      [
        `insert into command_log select jurisdiction_id, 'x', matter_id, command_type, person, status, answer, request_hash, at from command_log where command_id = 'd1-1'`,
      ],
    ],
    [
      '封存的链头被改',
      'seals',
      [`update ledger_seals set heads = jsonb_set(heads, '{0,seq}', '5') where day = '2026-01-07'`],
    ],
    ['封存的根被改', 'seals', [`update ledger_seals set root = repeat('c', 64) where day = '2026-01-06'`]],
    ['抽去一日封存', 'seals', [`delete from ledger_seals where day = '2026-01-06'`]],
    ['文本正文被改', 'texts', [`update texts set body = body || '改' where document_id = 'd1'`]],
    [
      '文本与摘要一并被改',
      'texts',
      [
        `update texts set body = '改', attachments = '[]', hash = '${contentHash({ body: '改', attachments: [] })}' where document_id = 'd1'`,
      ],
    ],
    [
      '文本的附件清单被改',
      'texts',
      [`update texts set attachments = jsonb_set(attachments, '{0,name}', '"附件2"') where document_id = 'd1'`],
    ],
    ['文本不见', 'texts', [`delete from texts where document_id = 'd1'`]],
    ['消息被改', 'notices', [`update notices set by = 'p2' where ${d1}`]],
    ['消息被删', 'notices', [`delete from notices where ${d1}`]],
    ['材料被改', 'artefacts', [`update artefacts set body = '改' where document_id = 'd1'`]],
    ['附件内容被改', 'blobs', [`update blobs set bytes = '\\x00'`]],
    ['附件不见', 'blobs', ['delete from blobs']],
    ['意见被改', 'comments', [`update comments set body = '同意。' where id = 'c1'`]],
    ['意见不见', 'comments', [`delete from comments where id = 'c1'`]],
    ['编号被删，留下空号', 'numbers', [`delete from numbers where kind = 'document'`]],
    ['系列的最后序号被改小', 'numbers', [`update number_series set last_seq = 0 where kind = 'document'`]],
    ['编号的文本被改', 'numbers', [`update numbers set text = '青政规发〔2026〕9号' where kind = 'document'`]],
    ['登记正文被改', 'register', [`update register_entries set body = '改' where id = 'd1'`]],
    [
      '登记正文与摘要一并被改',
      'register',
      [
        `update register_entries set body = '改', attachments = '[]', text_hash = '${contentHash({ body: '改', attachments: [] })}' where id = 'd1'`,
      ],
    ],
    [
      '登记文号被改',
      'register',
      [`update register_entries set document_number = '青政规发〔2026〕2号' where id = 'd1'`],
    ],
    ['施行日期被改', 'register', [`update register_entries set effective_date = '2026-02-01' where id = 'd1'`]],
    [
      '加上台账没有的效力事件',
      'register',
      [
        `update register_entries set force_events = '[{"kind":"repealed","on":"2026-05-01","reason":"改","byDocument":null}]' where id = 'd1'`,
      ],
    ],
    ['登记条目不见，施行而未公布', 'published', [`delete from register_entries where id = 'd1'`]],
    ['登记条目没有案卷', 'register', [`update register_entries set document_id = 'dx' where id = 'd1'`]],
  ]
  it.each(cases)('%s：由“%s”一项指出', async (_, check, statements) => {
    const report = await tamperedReport(sql, statements)
    expect(report.ok).toBe(false)
    expect(report.faults.map((fault) => fault.check)).toContain(check)
    for (const fault of report.faults) expect(fault.message).not.toMatch(/undefined|null/)
    // 一切都在其间的，只核对新的与全部核对指出的一样。
    const of = check === 'heads' ? 'chains' : check
    const found = report.faults.filter((fault) => (fault.check === 'heads' ? 'chains' : fault.check) === of)
    expect((await tamperedReport(sql, statements, { since: '2026-01-01', only: [of] })).faults).toEqual(found)
  })

  it('只核对新的：旧的被改可以看不出，而报告写明只看了什么；自称新的而没有记在台账里的，逐项都看得出', async () => {
    const since = '2099-01-01'
    const whole = await verifyDatabase(sql, undefined, { since })
    expect(whole.faults).toEqual([])
    expect(whole.notes.join()).toContain('只核对 2099-01-01 起的')
    expect(whole.notes.join()).toContain('其余的行被改、被删，这次看不出')
    const old = [
      `update texts set body = '改' where document_id = 'd1'`,
      `update notices set by = 'p2'`,
      `update comments set body = '同意。'`,
      `update register_entries set title = '改'`,
      `update artefacts set body = '改'`,
      `update blobs set bytes = '\\x00'`,
      `update ledger_events set body = body || '{"改": 1}' where seq = 1`,
      `update command_log set answer = '{"events": []}' where command_id = 'd1-1'`,
    ]
    expect((await tamperedReport(sql, old, { since })).faults).toEqual([])
    const at = `'2099-02-01T00:00:00Z'`
    const fresh: Array<[check: string, statement: string]> = [
      [
        'turns',
        `insert into turns (jurisdiction_id, matter_id, command, role, unit, since, process, stage, business_of)
          values ('${jurisdiction}', 'd1', 'SaveDraft', 'drafter', 'u1', ${at}, 'normative-document', 'effective', 'u1')`,
      ],
      [
        'notices',
        `insert into notices (jurisdiction_id, id, matter_id, seq, kind, at, by, command, event, role, unit)
          values ('${jurisdiction}', 'd1:2', 'd1', 2, 'moved', ${at}, 'p1', 'SaveDraft', 'DraftSaved', '', '')`,
      ],
      [
        'rows',
        `insert into texts (jurisdiction_id, document_id, n, hash, body, attachments, kind, created_by, at)
          select jurisdiction_id, document_id, 2, hash, body, attachments, kind, created_by, ${at} from texts`,
      ],
      ['texts', `update texts set body = '改', at = ${at}`],
      ['artefacts', `update artefacts set body = '改', at = ${at}`],
      ['blobs', `update blobs set bytes = '\\x00'; update texts set at = ${at}`],
      ['comments', `update comments set body = '同意。', at = ${at}`],
      ['numbers', `update numbers set text = '青政规发〔2026〕9号', at = ${at} where kind = 'document'`],
      ['register', `update register_entries set body = '改', created_at = ${at}`],
      ['published', `delete from register_entries; update matters set updated_at = ${at} where id = 'd1'`],
      ['heads', `update matters set title = '改', updated_at = ${at} where id = 'd1'`],
      ['seals', `update ledger_seals set root = repeat('c', 64), day = '2099-02-01' where day = '2026-01-07'`],
      [
        'commands',
        `insert into command_log select jurisdiction_id, 'x', matter_id, command_type, person, status, answer, request_hash, ${at} from command_log where command_id = 'd1-1'`,
      ],
      [
        'chains',
        `insert into ledger_events select jurisdiction_id, matter_id, 7, type, 'y', ${at}, body, prev_hash, hash from ledger_events where matter_id = 'd1' and seq = 6`,
      ],
      [
        'office',
        `insert into office_ledger select jurisdiction_id, seq + 1, ${at}, table_name, op, rows, prev_hash, hash from office_ledger order by office_ledger.seq desc limit 1`,
      ],
      ['office', `update office_ledger set rows = '[]' where seq = (select max(seq) from office_ledger)`],
      [
        'log',
        `insert into tlog_entries select jurisdiction_id, idx + 1, type, subject, ${at}, entry, leaf, recovered from tlog_entries order by idx desc limit 1`,
      ],
    ]
    for (const [check, statement] of fresh) {
      const { faults } = await tamperedReport(sql, [statement], { since })
      expect(
        faults.map((fault) => fault.check),
        statement,
      ).toContain(check)
    }
  })

  it('只核对某时起的：每一时刻起都没有问题；其后的任何一条改了都指出，此前的最后一条改了也指出', async () => {
    const records = await sql<{ document: string; seq: number; at: string }[]>`
      select matter_id as document, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from ledger_events order by ledger_events.at, matter_id, seq`
    const instants = [...new Set(records.map(({ at }) => at))]
    expect(instants.length).toBeGreaterThan(2)
    for (const since of instants) {
      const whole = await verifyDatabase(sql, undefined, { since })
      expect(whole.faults).toEqual([])
      const later = records.filter(({ at }) => at >= since)
      expect(whole.checks.find(({ check }) => check === 'chains')?.checked).toBe(later.length)
      for (const { document, seq } of later) {
        const where = `matter_id = '${document}' and seq = ${seq}`
        for (const change of [
          `update ledger_events set body = jsonb_set(body, '{payload}', '{"改": 1}') where ${where}`,
          `update ledger_events set hash = repeat('a', 64) where ${where}`,
          `delete from ledger_events where ${where}`,
        ]) {
          const report = await tamperedReport(sql, [change], { since, only: ['chains', 'commands'] })
          expect(report.ok, `${since} ${change}`).toBe(false)
        }
      }
      const before = later.find(({ document, seq }) =>
        records.some((x) => x.document === document && x.seq === seq - 1 && x.at < since),
      )
      if (!before) continue
      const report = await tamperedReport(
        sql,
        [
          `update ledger_events set hash = repeat('b', 64) where matter_id = '${before.document}' and seq = ${before.seq - 1}`,
        ],
        { since, only: ['chains'] },
      )
      expect(report.faults.map(({ message }) => message).join()).toContain('没有接在前一条之后')
    }
  })

  it('发现问题时退出码 1，并逐条说明；几个线程同时核对，结果与一个的相同', async () => {
    const broken = await testDatabase()
    const connection = broken.connect()
    await fill(connection.sql)
    await connection.sql.begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = 'replica'")
      await tx.unsafe("update texts set body = '改'")
    })
    const { code, text } = await run(broken.url, false)
    expect(code).toBe(1)
    expect(text).toContain('案卷 d1 第 1 版文本：内容与摘要不符，文本或附件被改动')
    await connection.sql.begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = 'replica'")
      await tx.unsafe('update ledger_events set body = body || \'{"改": 1}\' where seq = 2')
      await tx.unsafe("update matters set title = '改'")
    })
    const alone = await verifyDatabase(connection.sql)
    for (const threads of [1, 3]) {
      const done: number[] = []
      const report = await verifyInThreads(connection.sql, broken.url, threads, {}, (n, of) => done.push(n / of))
      expect(new Set(report.faults.map((fault) => JSON.stringify(fault)))).toEqual(
        new Set(alone.faults.map((fault) => JSON.stringify(fault))),
      )
      expect(report.checks).toEqual(alone.checks)
      expect(report.notes).toEqual(alone.notes)
      expect(done.at(-1)).toBe(1)
    }
  })
})
