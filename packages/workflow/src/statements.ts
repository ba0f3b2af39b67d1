// Statements every write transaction needs, built once and used again and again.
import { and, eq, prepared, schema, sql, statement } from '@dianzhang/database'
import { rulesRevision } from './rules-revision.ts'

const { commandLog, ledgerEvents } = schema
const value = sql.placeholder

export interface LockedMatter {
  process: string
  version: number
  stage: string
  /** JSON; parsed only when the snapshot is not remembered. */
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
  /** Whose turn it was, JSON rows of `turns`; null when nobody's. */
  turns: string | null
  /**
   * The earlier answer to the same command, JSON; taken before the lock was waited for, so one written during the
   * wait must be looked up again.
   */
  answered: string | null
  /** All units of the jurisdiction, JSON; null where they are as `unitsKnown` says. */
  units: string | null
  /** How often units and bodies, with whatever else the office ledger records, have changed. */
  unitsVersion: string
  /** The database's now, and the instant of the last entry in this jurisdiction's ledger. */
  dbNow: string
  newest: string | null
  /** Revision of packs and holiday notices. */
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
// The office ledger records every change of a unit or a body: while nothing was added, they are as they were read before.
// Reading them takes half the time of locking the row. Bodies are gathered once and not once a unit.
const officeVersion = `
  (select coalesce(max(o.seq), 0)::text from office_ledger o where o.jurisdiction_id = $jurisdiction)`
const allUnits = `
  ${officeVersion} as "unitsVersion",
  case when $unitsKnown::text is distinct from ${officeVersion} then (with seated as materialized (select b.unit_id, json_agg(json_build_object('id', b.id, 'name', b.name, 'kind', b.kind,
      'unit', b.unit_id, 'form', b.form, 'seat', b.seat_id) order by b.sort, b.id) as list
      from bodies b where b.jurisdiction_id = $jurisdiction and b.active group by b.unit_id)
    select json_agg(json_build_object('id', u.id, 'name', u.name, 'kind', u.kind, 'parent', u.parent_id,
    'eligible', u.eligible, 'eligibleSince', u.eligible_since, 'eligibleUntil', u.eligible_until,
    'bodies', coalesce((select s.list from seated s where s.unit_id = u.id), '[]'::json)))::text
    from units u where u.jurisdiction_id = $jurisdiction) end as units`

/** Which one a command is for: jurisdiction, matter, command id. */
interface Addressed {
  jurisdiction: string
  matter: string
  commandId: string
}
interface Asked extends Addressed {
  /** The `unitsVersion` of the units that are known; null: of none. */
  unitsKnown: string | null
}
/** Columns of the matter's row that a command rewrites; `at` is an instant (ISO), the snapshot JSON text. */
interface MatterColumns {
  at: string
  stage: string
  snapshot: string
  packVersion: string
  involvedUnits: string[]
  concernedRoles: string[]
}
/** Before opening: earlier answer and units; `present`: a matter with this id exists already. */
export const beforeOpening = statement<
  Pick<LockedMatter, 'answered' | 'units' | 'unitsVersion' | 'dbNow' | 'newest' | 'rulesRevision'> & {
    present: boolean
  },
  Asked
>(`select ${answered}, ${allUnits}, ${clocks},
  exists (select 1 from matters m where m.jurisdiction_id = $jurisdiction and m.id = $matter) as present`)
/**
 * Locks the row of one matter and fetches earlier answer and units with it. Its key does not change: whoever only writes a row
 * that names the matter (the search index, a reminder) need not wait for the command, nor the command for them.
 */
export const lockMatter = statement<LockedMatter, Asked>(`
  select m.process, m.version, m.stage, m.snapshot::text as snapshot, m.pack_version as "packVersion",
    m.ledger_seq as "ledgerSeq", m.ledger_head as "ledgerHead", m.next_due_on::text as "nextDueOn",
    m.title, m.unit, m.opened_by as "openedBy", m.involved_units as "involvedUnits", m.concerned_roles as "concernedRoles",
    (select json_agg(json_build_object('command', t.command, 'role', t.role, 'unit', t.unit, 'count', t.count,
      'since', to_char(t.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'askedBy', t.asked_by,
      'notBefore', t.not_before, 'dueOn', t.due_on))::text
      from turns t where t.jurisdiction_id = $jurisdiction and t.matter_id = $matter) as turns,
    ${answered}, ${allUnits}, ${clocks}
  from matters m where m.jurisdiction_id = $jurisdiction and m.id = $matter for no key update of m`)

/**
 * Opening: writes only the matter's row; ledger and answer are settled afterwards as with other commands
 * (`settleMatter`); `genesis` is where the chain starts.
 */
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

/**
 * Rows of `turns` made equal to `$turns`: what is no longer awaited goes, the rest is written where it differs (a conflict would
 * lock every row, and so write it, before it is compared). With each stands
 * what lists go by of the matter: `stage` and `due` say where it stands now, as columns of its row `m` or as parameters.
 */
const turnsWritten = (stage: string, due: string): string => `now_turns as (
    select * from json_to_recordset($turns::json) as x(command text, role text, unit text, count int, since timestamptz,
      "askedBy" text, "notBefore" date, "dueOn" date, names text)
  ), turns_gone as (
    delete from turns t where t.jurisdiction_id = $jurisdiction and t.matter_id = $matter
      and not exists (select 1 from now_turns x where x.command = t.command and x.role = t.role and x.unit = t.unit)
  ), turns_here as (
    insert into turns as t (jurisdiction_id, matter_id, command, role, unit, count, names, since, asked_by, not_before, due_on,
      process, stage, business_of, opened_by, next_due_on)
    select $jurisdiction, $matter, x.command, x.role, x.unit, x.count, x.names, x.since, x."askedBy", x."notBefore", x."dueOn",
      m.process, ${stage}, coalesce($businessOf::text, m.unit), m.opened_by, ${due}
    from now_turns x join matters m on m.jurisdiction_id = $jurisdiction and m.id = $matter
      left join turns o on o.jurisdiction_id = $jurisdiction and o.matter_id = $matter
        and o.command = x.command and o.role = x.role and o.unit = x.unit
    where (o.count, o.names, o.since, o.asked_by, o.not_before, o.due_on, o.process, o.stage, o.business_of, o.opened_by, o.next_due_on)
      is distinct from (x.count, x.names, x.since, x."askedBy", x."notBefore", x."dueOn", m.process, ${stage},
        coalesce($businessOf::text, m.unit), m.opened_by, ${due})
    on conflict (jurisdiction_id, matter_id, command, role, unit) do update set count = excluded.count, names = excluded.names, since = excluded.since,
      asked_by = excluded.asked_by, not_before = excluded.not_before, due_on = excluded.due_on, process = excluded.process,
      stage = excluded.stage, business_of = excluded.business_of, opened_by = excluded.opened_by, next_due_on = excluded.next_due_on
  )`
/** The same without a command: derived anew at an upgrade. Touches nothing the ledger speaks of. */
export const rederiveTurns = statement<
  never,
  { jurisdiction: string; matter: string; turns: string; turnForm: number; businessOf: string | null }
>(`
  with ${turnsWritten('m.stage', 'm.next_due_on')}
  update matters set turn_form = $turnForm where jurisdiction_id = $jurisdiction and id = $matter`)

/** The outbox: what this act tells, itself and every turn that began with it, and that it is still to be sent outside. */
const noticesWritten = `told as (
    insert into notices (jurisdiction_id, id, matter_id, seq, kind, at, by, command, event, role, unit, count, not_before, due_on)
    select $jurisdiction, $matter || ':' || $seq, $matter, $seq::int, 'moved', $at::timestamptz, $person::text, $command, $event, '', '',
      null::int, null::date, null::date where $moved
    union all
    select $jurisdiction, $matter || ':' || $seq || ':' || command || ':' || role || ':' || unit, $matter, $seq::int, 'turn',
      $at::timestamptz, $person::text, command, $event, role, unit, count, "notBefore", "dueOn" from now_turns
      where since = $at::timestamptz and "askedBy" is not distinct from $person::text
    returning id
  ), queued as (
    insert into notice_queue (jurisdiction_id, id, source) select $jurisdiction, id, 'notice' from told
  )`

/**
 * Settles all at once: last ledger entry (`body` is JSON text), new state of the matter, answer to the command (JSON
 * text).
 */
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
      /** Whose turn it is now, JSON rows of `turns`; and in which form they are derived. */
      turns: string
      turnForm: number
      /** The unit that waits where another is awaited; null: the matter's own. */
      businessOf: string | null
      /** Whether the act itself is told, beside the turns that begin with it. */
      moved: boolean
    }
>(`
  with event as (
    insert into ledger_events (jurisdiction_id, matter_id, seq, type, command_id, at, body, prev_hash, hash)
    values ($jurisdiction, $matter, $seq, $event, $commandId, $at, $body, $prevHash, $hash)
  ), matter as (
    update matters set version = $version, stage = $stage, snapshot = $snapshot, pack_version = $packVersion,
      involved_units = $involvedUnits, concerned_roles = $concernedRoles, ledger_seq = $seq, ledger_head = $hash,
      next_due_on = $nextDueOn, turn_form = $turnForm, updated_at = $at
    where jurisdiction_id = $jurisdiction and id = $matter
  ), ${turnsWritten('$stage', '$nextDueOn::date')}, ${noticesWritten}
  insert into command_log (jurisdiction_id, command_id, matter_id, command_type, person, status, answer, request_hash, at)
  values ($jurisdiction, $commandId, $matter, $command, $person, 200, $answer, $requestHash, $at)`)

/**
 * Digests of the rows of the file written so far in this transaction (kept by the database's triggers in a setting of
 * the transaction), the items of a JSON array joined by commas. Empty when there are none.
 */
export const boundRows = statement<{ rows: string | null }, { jurisdiction: string }>(
  'select dz_bound_rows($jurisdiction) as rows',
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
/** `attachments` is JSON text. */
export const insertText = statement<
  never,
  {
    jurisdiction: string
    document: string
    n: number
    hash: string
    body: string
    attachments: string
    note: string | null
    kind: 'draft' | 'correction'
    createdBy: string
    at: string
  }
>(`
  insert into texts (jurisdiction_id, document_id, n, hash, body, attachments, note, kind, created_by, at)
  values ($jurisdiction, $document, $n, $hash, $body, $attachments, $note, $kind, $createdBy, $at)`)
/** `attachment` and `bases` are JSON text. */
export const insertArtefact = statement<
  never,
  {
    jurisdiction: string
    document: string
    kind: string
    n: number
    title: string | null
    body: string | null
    attachment: string | null
    bases: string | null
    hash: string
    createdBy: string
    at: string
  }
>(`
  insert into artefacts (jurisdiction_id, document_id, kind, n, title, body, attachment, bases, hash, created_by, at)
  values ($jurisdiction, $document, $kind, $n, $title, $body, $attachment, $bases, $hash, $createdBy, $at)`)
/** Columns only a document has; `filing` is JSON text. */
export const insertDocument = statement<
  never,
  { jurisdiction: string; document: string; tier: string; leadIssuer: string; filing: string | null }
>(`
  insert into documents (jurisdiction_id, id, tier, lead_issuer, filing)
  values ($jurisdiction, $document, $tier, $leadIssuer, $filing)`)
