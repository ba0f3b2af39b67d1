// 写事务里每次都要用到的语句，构造一次，反复使用。
import { and, eq, prepared, schema, sql, statement } from '@dianzhang/database'
import { rulesRevision } from './rules-revision.ts'

const { commandLog, ledgerEvents, texts } = schema
const value = sql.placeholder

export interface LockedMatter {
  process: string
  version: number
  stage: string
  /** JSON；只在没有记住的快照时才解析。 */
  snapshot: string
  packVersion: string
  ledgerSeq: number
  ledgerHead: string
  nextDueOn: string | null
  title: string
  unit: string
  openedBy: string | null
  involvedUnits: string[]
  concernedRoles: string[]
  /** 同一命令先前的答复，JSON；取自等锁之前，等锁期间写入的要另查。 */
  answered: string | null
  /** 法域全部单位，JSON。 */
  units: string
  /** 数据库此刻，本法域台账最后一条的时刻。 */
  dbNow: string
  newest: string | null
  /** 规则包与放假通知的版次。 */
  rulesRevision: string
}
const clocks = `
  to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dbNow",
  (select to_char(max(n.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ledger_events n where n.jurisdiction_id = $jurisdiction) as newest,
  ${rulesRevision} as "rulesRevision"`
const answered = `
  (select json_build_object('matterId', c.matter_id, 'person', c.person, 'status', c.status, 'answer', c.answer,
    'requestHash', c.request_hash)::text
    from command_log c where c.jurisdiction_id = $jurisdiction and c.command_id = $commandId) as answered`
const allUnits = `
  (select json_agg(json_build_object('id', u.id, 'name', u.name, 'kind', u.kind, 'parent', u.parent_id,
    'eligible', u.eligible, 'eligibleSince', u.eligible_since, 'eligibleUntil', u.eligible_until,
    'bodies', coalesce((select json_agg(json_build_object('id', b.id, 'name', b.name, 'kind', b.kind, 'unit', b.unit_id,
      'form', b.form, 'seat', b.seat_id) order by b.sort, b.id)
      from bodies b where b.jurisdiction_id = $jurisdiction and b.unit_id = u.id and b.active), '[]'::json)))::text
    from units u where u.jurisdiction_id = $jurisdiction) as units`

/** 一条命令指向哪一件：法域、事项、命令标识。 */
interface Addressed {
  jurisdiction: string
  matter: string
  commandId: string
}
/** 事项行上随命令改写的各列；`at` 为时刻（ISO），快照为 JSON 文本。 */
interface MatterColumns {
  at: string
  stage: string
  snapshot: string
  packVersion: string
  involvedUnits: string[]
  concernedRoles: string[]
}
/** 开启之前：旧答复与单位；`present`：这个标识的事项已经有了。 */
export const beforeOpening = statement<
  Pick<LockedMatter, 'answered' | 'units' | 'dbNow' | 'newest' | 'rulesRevision'> & { present: boolean },
  Addressed
>(`select ${answered}, ${allUnits}, ${clocks},
  exists (select 1 from matters m where m.jurisdiction_id = $jurisdiction and m.id = $matter) as present`)
/** 锁住事项一行，同时取得旧答复与单位。 */
export const lockMatter = statement<LockedMatter, Addressed>(`
  select m.process, m.version, m.stage, m.snapshot::text as snapshot, m.pack_version as "packVersion",
    m.ledger_seq as "ledgerSeq", m.ledger_head as "ledgerHead", m.next_due_on::text as "nextDueOn",
    m.title, m.unit, m.opened_by as "openedBy", m.involved_units as "involvedUnits", m.concerned_roles as "concernedRoles",
    ${answered}, ${allUnits}, ${clocks}
  from matters m where m.jurisdiction_id = $jurisdiction and m.id = $matter for update of m`)

/** 开启：只写事项一行，台账、答复随后与其余命令一样落定（`settleMatter`）；`genesis` 为链的起点。 */
export const insertMatter = statement<
  never,
  MatterColumns & {
    jurisdiction: string
    matter: string
    process: string
    title: string
    unit: string
    openedBy: string | null
    genesis: string
  }
>(`
  insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version, opened_by,
    involved_units, concerned_roles, ledger_seq, ledger_head, created_at, updated_at)
  values ($jurisdiction, $matter, $process, 1, $stage, $snapshot, $title, $unit, $packVersion, $openedBy, $involvedUnits,
    $concernedRoles, 0, $genesis, $at, $at)`)

/** 一次落定：台账的最后一条（`body` 为 JSON 文本）、事项的新状态、对命令的答复（JSON 文本）。 */
export const settleMatter = statement<
  never,
  Addressed &
    MatterColumns & {
      seq: number
      event: string
      body: string
      prevHash: string
      hash: string
      version: number
      nextDueOn: string | null
      command: string
      person: string | null
      answer: string
      requestHash: string
    }
>(`
  with event as (
    insert into ledger_events (jurisdiction_id, matter_id, seq, type, command_id, at, body, prev_hash, hash)
    values ($jurisdiction, $matter, $seq, $event, $commandId, $at, $body, $prevHash, $hash)
  ), matter as (
    update matters set version = $version, stage = $stage, snapshot = $snapshot, pack_version = $packVersion,
      involved_units = $involvedUnits, concerned_roles = $concernedRoles, ledger_seq = $seq, ledger_head = $hash,
      next_due_on = $nextDueOn, updated_at = $at
    where jurisdiction_id = $jurisdiction and id = $matter
  )
  insert into command_log (jurisdiction_id, command_id, matter_id, command_type, person, status, answer, request_hash, at)
  values ($jurisdiction, $commandId, $matter, $command, $person, 200, $answer, $requestHash, $at)`)

/** 本事务至此写入的、属于案卷的各行的摘要（由数据库的触发器记在本事务的设置里），逗号相连的 JSON 数组。没有时为空。 */
export const boundRows = statement<{ rows: string | null }, object>(
  `select current_setting('dianzhang.rows', true) as rows`,
)

export const findAnswered = prepared((db) =>
  db
    .select()
    .from(commandLog)
    .where(and(eq(commandLog.jurisdictionId, value('jurisdiction')), eq(commandLog.commandId, value('commandId')))),
)
export const insertEvent = prepared((db) =>
  db.insert(ledgerEvents).values({
    jurisdictionId: value('jurisdiction'),
    matterId: value('matter'),
    seq: value('seq'),
    type: value('type'),
    commandId: value('commandId'),
    at: value('at'),
    body: value('body'),
    prevHash: value('prevHash'),
    hash: value('hash'),
  }),
)
export const insertAnswer = prepared((db) =>
  db.insert(commandLog).values({
    jurisdictionId: value('jurisdiction'),
    commandId: value('commandId'),
    matterId: value('matter'),
    commandType: value('type'),
    person: value('person'),
    status: value('status'),
    answer: value('answer'),
    requestHash: value('requestHash'),
    at: value('at'),
  }),
)
export const insertText = prepared((db) =>
  db.insert(texts).values({
    jurisdictionId: value('jurisdiction'),
    documentId: value('document'),
    n: value('n'),
    hash: value('hash'),
    body: value('body'),
    attachments: value('attachments'),
    note: value('note'),
    kind: value('kind'),
    createdBy: value('createdBy'),
    at: value('at'),
  }),
)
