// dianzhang verify: rereads everything from the start and recomputes it. Shares no code with the writing side: its own
// SQL, its own canonical JSON, digests by node:crypto.
// For the byte recipes see the notes in packages/ledger/src/hash.ts, merkle.ts and seal.ts; they are implemented
// separately here from those notes, and a difference between the two sides is a finding.
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { dateInShanghai } from '@dianzhang/calendar'
import { connect, requireOwnMigrations } from '@dianzhang/database'
import type postgres from 'postgres'
import { type Io, standardIo } from './io.ts'
import { sentenceOf } from './output.ts'
import { type AnchorFile, checkAnchors, readAnchors } from './verify-anchors.ts'
import { checkCleanups } from './verify-cleanups.ts'
import { checkExchange } from './verify-exchange.ts'
import { checkGuards } from './verify-guards.ts'
import { checkLog } from './verify-log.ts'
import { checkNotices } from './verify-notices.ts'
import { checkAnswers, checkOffice, checkRows, checkSent, hasOfficeLedger } from './verify-rows.ts'
import {
  type Check,
  canonical,
  checks,
  digest,
  genesis,
  namesOf,
  type Run,
  recorded,
  shared,
  touched,
} from './verify-run.ts'
import { checkSearchIndex } from './verify-search.ts'
import { checkTurns } from './verify-turns.ts'

export { canonical } from './verify-run.ts'

export interface VerifyOptions {
  /** Address of the database. */
  url: string
  json?: boolean | undefined
  /** Anchors outside the database: a file, or the address of the public interface. */
  anchor?: string | undefined
  /** File of the public key for signatures (PEM); by default the key that comes with the anchors. */
  anchorKey?: string | undefined
  /** Only what was recorded from this day on, see {@link CheckOptions}. */
  since?: string | undefined
  /** So many threads at once; by default as many as there are processors, at most four. */
  threads?: number | undefined
}
export interface VerifyFault {
  /** Which check. */
  check: string
  /** Which thing: the id of a file, number, entry and so on. */
  subject: string
  message: string
}
/** Runs only some checks, or checks only the rows of some tables; by default all. */
export interface CheckOptions {
  only?: readonly string[]
  tables?: readonly string[]
  anchors?: AnchorFile | undefined
  /** Only what is newer than this day (`YYYY-MM-DD`, Beijing) or instant, as far as it can be told: see {@link newerOnly}. */
  since?: string | undefined
}
export interface VerifyThreadData {
  url: string
  snapshot: string
  options: CheckOptions
}
export type VerifyThreadAnswer = Found | { failed: { message: string; code?: string | undefined } }
export interface VerifyReport {
  ok: boolean
  /** How many things each check looked at. */
  checks: Array<{ check: string; label: string; checked: number; faults: number }>
  faults: VerifyFault[]
  /** Not a fault, but should be known. */
  notes: string[]
}

interface StoredAttachment {
  name: string
  mediaType: string
  sha256: string
  size: number
}
const contentDigest = (body: string, attachments: readonly StoredAttachment[]): string =>
  digest(
    'dianzhang/content/1\n',
    canonical({
      body,
      attachments: attachments.map((file) => ({ name: file.name, mediaType: file.mediaType, sha256: file.sha256 })),
    }),
  )

/**
 * The root of RFC 6962, merged leaf by leaf from left to right: each tree on the stack is a full binary tree, and at
 * the end they are joined from right to left.
 */
function merkleOf(leaves: readonly string[]): string {
  const stack: Array<{ size: number; hash: string }> = []
  const join = (left: string, right: string): string =>
    digest(Buffer.of(1), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'))
  for (const leaf of leaves) {
    let node = { size: 1, hash: leaf }
    for (let top = stack.at(-1); top && top.size === node.size; top = stack.at(-1)) {
      stack.pop()
      node = { size: node.size * 2, hash: join(top.hash, node.hash) }
    }
    stack.push(node)
  }
  let root = stack.pop()?.hash ?? digest('')
  for (let left = stack.pop(); left; left = stack.pop()) root = join(left.hash, root)
  return root
}

// ---- checks --------------------------------------------------------------------------------------------------------

/** The last record of a file's ledger, with the columns of the file's row as last recorded. */
interface Head {
  seq: number
  hash: string
  stage: unknown
  state: unknown
  process: unknown
  row:
    | {
        version: number
        involvedUnits: string[]
        concernedRoles: string[]
        nextDueOn: string | null
        title?: string
        unit?: string
        openedBy?: string | null
      }
    | undefined
  openedAt: string
  at: string
}
/**
 * The columns of a matter's row; except for the chain head, all must equal the ledger and the state it recorded. From
 * `tier` on, only documents have them.
 */
interface MatterRow {
  jurisdiction: string
  id: string
  process: string
  seq: number
  head: string
  stage: string
  snapshot: string
  version: number
  title: string
  unit: string
  packVersion: string
  openedBy: string | null
  involvedUnits: string[]
  concernedRoles: string[]
  nextDueOn: string | null
  createdAt: string
  updatedAt: string
  tier: string | null
  leadIssuer: string | null
  filing: unknown
}
const documentKind = 'normative-document'
/** The columns of a matter's row that differ from the verified state and from what the ledger recorded. */
function differingColumns(row: MatterRow, head: Head, old: boolean): string[] {
  const stored = JSON.parse(row.snapshot) as {
    machine?: string
    value?: { effective?: { filing?: unknown } }
    context?: { dossier?: Record<string, unknown> }
  }
  const dossier = stored.context?.dossier
  const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null)
  const from = (column: string, value: unknown, name: string): Array<[string, boolean]> =>
    dossier ? [[column, same(value, dossier[name])]] : []
  // The columns of a document follow from its state (first form); those of other kinds are recorded in the ledger
  // (second form).
  const own: Array<[string, boolean]> =
    row.process === documentKind
      ? [
          ...from('名称', row.title, 'title'),
          ...from('层级', row.tier, 'tier'),
          ...from('起草单位', row.unit, 'draftingUnit'),
          ...from('提出人', row.openedBy, 'proposedBy'),
          ['牵头机关', !dossier || same(row.leadIssuer, (dossier.issuers as string[] | undefined)?.[0])],
          ['备案所处', old || same(row.filing, stored.value?.effective?.filing)],
        ]
      : [
          ['名称', same(row.title, head.row?.title)],
          ['承办单位', same(row.unit, head.row?.unit)],
          ['提出人', same(row.openedBy, head.row?.openedBy)],
        ]
  const columns: Array<[string, boolean]> = [
    ['种类', stored.machine === row.process && (head.process ?? documentKind) === row.process],
    ...own,
    ...from('规则包', row.packVersion, 'packVersion'),
    ['立项时刻', row.createdAt === head.openedAt],
    ['更新时刻', row.updatedAt === head.at],
    ['版本', !head.row || row.version === head.row.version],
    ['所涉单位', !head.row || same(row.involvedUnits, head.row.involvedUnits)],
    ['有关角色', !head.row || same(row.concernedRoles, head.row.concernedRoles)],
    ['最近期限', !head.row || same(row.nextDueOn, head.row.nextDueOn)],
  ]
  return columns.filter(([, equal]) => !equal).map(([name]) => name)
}

interface EventRow {
  jurisdiction: string
  document: string
  seq: number
  type: string
  command: string
  at: string
  body: Record<string, unknown>
  prev: string
  hash: string
}

/**
 * The chain of each file: recomputed record by record from the start, with consecutive sequence numbers and each
 * column equal to the digested content; the chain head, stage and state equal those stored in the file's row.
 */
async function checkChains(run: Run): Promise<void> {
  const { sql, count, fault, note, names, since } = run
  const { matter } = names
  const heads = new Map<string, Head>()
  let unproven = 0
  let key = ''
  let expected = { seq: 1, prev: genesis }
  const before = new Map<string, { seq: number; prev: string }>()
  if (since !== null)
    for (const row of await sql<
      Array<{ name: string; seq: number; prev: string; opened: string; row: Head['row'] | null } & Pick<EventRow, 'at'>>
    >`with touched as (
        select jurisdiction_id, ${matter} as id, min(seq) - 1 as seq from ledger_events
        where ${shared(run, matter)} and ${recorded(run, 'at')} group by 1, 2)
      select t.jurisdiction_id || '/' || t.id as name, e.seq + 1 as seq, e.hash as prev,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        (select to_char(x.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ledger_events x
          where x.jurisdiction_id = t.jurisdiction_id and x.${matter} = t.id and x.seq = 1) as opened,
        (select x.body -> 'row' from ledger_events x where x.jurisdiction_id = t.jurisdiction_id and x.${matter} = t.id
          and x.seq <= t.seq and x.body ? 'row' order by x.seq desc limit 1) as row
      from touched t join ledger_events e on e.jurisdiction_id = t.jurisdiction_id and e.${matter} = t.id and e.seq = t.seq`) {
      before.set(row.name, { seq: row.seq, prev: row.prev })
      heads.set(row.name, {
        seq: row.seq - 1,
        hash: row.prev,
        stage: undefined,
        state: undefined,
        process: undefined,
        row: row.row ?? undefined,
        openedAt: row.opened,
        at: row.at,
      })
    }
  const cursor = sql<EventRow[]>`
    select jurisdiction_id as jurisdiction, ${matter} as document, seq, type, command_id as command,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, body, prev_hash as prev, hash
    from ledger_events where ${shared(run, matter)} and ${recorded(run, 'at')} order by jurisdiction_id, ${matter}, seq`.cursor(
    500,
  )
  for await (const rows of cursor) {
    for (const row of rows) {
      count('chains')
      const name = `${row.jurisdiction}/${row.document}`
      if (name !== key) {
        key = name
        // Where only the later records are read, the chain goes on from the one before them.
        expected = before.get(name) ?? { seq: 1, prev: genesis }
      }
      const where = `案卷 ${row.document} 第 ${row.seq} 条`
      if (row.seq !== expected.seq) fault('chains', row.document, `${where}：缺号，此处应为第 ${expected.seq} 条`)
      if (row.prev !== expected.prev) fault('chains', row.document, `${where}：没有接在前一条之后`)
      if (digest(`${row.prev}\n`, canonical(row.body)) !== row.hash) {
        fault('chains', row.document, `${where}：内容与摘要不符，记录被改动`)
      }
      const command = row.body.command as { id?: unknown } | undefined
      const differing = [
        ['案卷', row.body.document, row.document],
        ['序号', row.body.seq, row.seq],
        ['事件', row.body.type, row.type],
        ['命令', command?.id, row.command],
        ['时刻', row.body.at, row.at],
      ].filter(([, inside, column]) => inside !== column)
      if (differing.length > 0) {
        fault('chains', row.document, `${where}：${differing.map(([label]) => label).join('、')}与参与摘要的内容不同`)
      }
      expected = { seq: row.seq + 1, prev: row.hash }
      const first = heads.get(name)
      heads.set(name, {
        seq: row.seq,
        hash: row.hash,
        stage: row.body.stage,
        state: row.body.state,
        process: row.body.process,
        row: (row.body.row as Head['row']) ?? first?.row,
        openedAt: first?.openedAt ?? row.at,
        at: row.at,
      })
    }
  }
  const common = sql`jurisdiction_id as jurisdiction, ledger_seq as seq, ledger_head as head, stage, snapshot::text as snapshot, version, title,
      pack_version as "packVersion", involved_units as "involvedUnits", concerned_roles as "concernedRoles", to_char(next_due_on, 'YYYY-MM-DD') as "nextDueOn",
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt"`
  const matters = names.old
    ? sql<
        MatterRow[]
      >`select ${common}, id, ${documentKind}::text as process, drafting_unit as unit, proposed_by as "openedBy", tier,
        lead_issuer as "leadIssuer", null as filing from documents where ${shared(run, sql('id'))} and ${recorded(run, 'updated_at')}`.cursor(
        200,
      )
    : sql<
        MatterRow[]
      >`select ${common}, id, process, unit, opened_by as "openedBy", d.tier, d."leadIssuer", d.filing from matters
        left join lateral (select x.tier, x.lead_issuer as "leadIssuer", x.filing from documents x where x.jurisdiction_id = matters.jurisdiction_id
          and x.id = matters.id) d on true where ${shared(run, sql('id'))} and (${recorded(run, 'updated_at')} or exists (select from ledger_events e
          where e.jurisdiction_id = matters.jurisdiction_id and e.matter_id = matters.id and ${recorded(run, 'at')}))`.cursor(
        200,
      )
  for await (const rows of matters) {
    for (const row of rows) {
      count('heads')
      const head = heads.get(`${row.jurisdiction}/${row.id}`)
      heads.delete(`${row.jurisdiction}/${row.id}`)
      if (!head) fault('heads', row.id, `案卷 ${row.id} 没有任何台账记录`)
      else if (head.seq !== row.seq || head.hash !== row.head) {
        const cut = head.seq < row.seq ? '，尾部被截去' : ''
        fault('heads', row.id, `案卷 ${row.id} 的链止于第 ${head.seq} 条，案卷所存为第 ${row.seq} 条${cut}`)
      } else if (head.stage !== row.stage) {
        fault('heads', row.id, `案卷 ${row.id} 所处的阶段与台账最后一条所记不同`)
      } else if (head.state !== undefined && digest('dianzhang/state/1\n', row.snapshot) !== head.state) {
        fault('heads', row.id, `案卷 ${row.id} 的状态与台账最后一条所记的摘要不符，状态被改动`)
      } else {
        if (head.state === undefined) unproven += 1
        const differing = differingColumns(row, head, names.old)
        if (differing.length > 0)
          fault('heads', row.id, `案卷 ${row.id} 的${differing.join('、')}与台账所记不同，被改动`)
      }
    }
  }
  if (unproven > 0) note('有 {n} 件案卷最后一次办理在台账记下状态摘要之前：其状态到下一次办理以后才受核对', unproven)
  for (const name of heads.keys()) fault('heads', name, `台账中有案卷 ${name} 的记录，而没有这件案卷`)
}

/**
 * Every accepted command has one record, and the events listed in its answer are exactly those in the ledger; every
 * command in the ledger has a record.
 */
async function checkCommands(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { matter },
  } = run
  const [total] = await sql<
    { n: number }[]
  >`select count(*)::int as n from command_log where status = 200 and ${recorded(run, 'at')}`
  count('commands', total?.n ?? 0)
  const rows = await sql<{ command: string; document: string | null; logged: boolean; written: boolean }[]>`
    with logged as (
      select jurisdiction_id, command_id, ${matter} as document_id, command_type,
        (select coalesce(jsonb_agg(jsonb_build_object('seq', e -> 'seq', 'hash', e -> 'hash') order by (e ->> 'seq')::int), '[]')
          from jsonb_array_elements(coalesce(answer::jsonb -> 'events', '[]')) e) as events
      from command_log where status = 200 and ${recorded(run, 'at')}
    ), written as (
      select jurisdiction_id, command_id, ${matter} as document_id, min(body -> 'command' ->> 'type') as command_type,
        jsonb_agg(jsonb_build_object('seq', seq, 'hash', hash) order by seq) as events
      from ledger_events where ${recorded(run, 'at')} group by jurisdiction_id, command_id, ${matter}
    )
    select coalesce(l.command_id, w.command_id) as command, coalesce(l.document_id, w.document_id) as document,
      l.command_id is not null as logged, w.command_id is not null as written
    from logged l full join written w
      on w.jurisdiction_id = l.jurisdiction_id and w.command_id = l.command_id and w.document_id = l.document_id
    where l.command_id is null or l.events is distinct from coalesce(w.events, '[]') or (w.command_type is not null and w.command_type <> l.command_type)`
  for (const row of rows) {
    const what = !row.logged
      ? '在台账中，而没有已受理的命令记录'
      : row.written
        ? '的答复与台账所记不同'
        : '已受理，而台账中没有其记录'
    fault('commands', row.command, `命令 ${row.command}（案卷 ${row.document}）${what}`)
  }
}

/**
 * Commands sent to another file: the same as the sender's ledger recorded; if delivered, the receiver really has the
 * answer to that command, or its ledger names it among those taken at once. Counted under commands.
 */
async function checkSends(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    note,
    names: { matter, from, to },
  } = run
  const rows = await sql<{ id: string; document: string; what: string | null }[]>`
    select s.id, s.${from} as document, case
        when not exists (select from ledger_events e where e.jurisdiction_id = s.jurisdiction_id and e.${matter} = s.${from}
          and e.body -> 'payload' -> 'sends' @> jsonb_build_array(jsonb_build_object('id', s.id, 'document', s.${to}, 'command', s.command)))
          then '没有记在发出者的台账里，或者与所记不同'
        when s.outcome = 'accepted' and s.process is distinct from 'exchange' and not exists (select from command_log l where l.jurisdiction_id = s.jurisdiction_id
          and l.command_id = s.id and l.${matter} = s.${to} and l.status = 200)
          -- What many brought to one matter at once was taken by one command, which names their messages.
          and not exists (select from ledger_events e where e.jurisdiction_id = s.jurisdiction_id and e.${matter} = s.${to}
          and e.body -> 'payload' -> 'messages' ? s.id) then '记为已经办理，而对方没有这条命令的记录'
      end as what from sends s where (${recorded(run, 's.at')} or ${recorded(run, 's.settled_at')})`
  count('commands', rows.length)
  for (const row of rows)
    if (row.what) fault('commands', row.id, `案卷 ${row.document} 发往另一件案卷的命令 ${row.id} ${row.what}`)
  const [lost] = await sql<{ n: number }[]>`
    select count(*)::int as n from ledger_events e, jsonb_array_elements(coalesce(e.body -> 'payload' -> 'sends', '[]')) x
    where ${recorded(run, 'e.at')} and not exists (select from sends s where s.jurisdiction_id = e.jurisdiction_id and s.id = x ->> 'id')`
  if (lost && lost.n > 0) fault('commands', 'sends', `台账所记发往另一件案卷的命令有 ${lost.n} 条不见了`)
  const [open] = await sql<{ n: number }[]>`select count(*)::int as n from sends where settled_at is null`
  if (open && open.n > 0) note(`有 ${open.n} 条发往另一件案卷的命令尚未送达`)
}

interface SealedHead {
  seq: number
  hash: string
  /** Its digest as a leaf, once it was needed. */
  leaf: string | null
}
/**
 * Daily seals: recomputed one by one, links checked; every chain head once sealed is still in the ledger with its
 * digest unchanged.
 */
async function checkSeals(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    note,
    names: { matter },
    since,
  } = run
  // A day that began before what is asked for was sealed at its end: it is among what is newer.
  const from = since === null ? null : dateInShanghai(since)
  const previous = new Map<string, { day: string; seal: string }>()
  // Of each jurisdiction the heads as the seals so far leave them, in order of file, and the hash of each.
  const standing = new Map<string, Map<string, SealedHead>>()
  const unordered = new Set<string>()
  // Made once: day after day most heads are those of the day before.
  const leafOf = ([document, head]: [string, SealedHead]): string => {
    head.leaf ??= digest(Buffer.of(0), canonical({ document, seq: head.seq, hash: head.hash }))
    return head.leaf
  }
  const office = await hasOfficeLedger(sql)
  const sealed: Array<{
    jurisdiction: string
    day: string
    covered: Map<string, number>
    office: { seq: number; hash: string } | null
  }> = []
  const cursor = sql<
    {
      jurisdiction: string
      day: string
      documents: number
      events: number
      root: string
      prev: string
      seal: string
      heads: Array<{ document: string; seq: number; hash: string }>
      office: { seq: number; hash: string } | null
    }[]
  >`select jurisdiction_id as jurisdiction, to_char(day, 'YYYY-MM-DD') as day, documents, events::float8 as events, root,
      prev_seal as prev, seal, heads, to_jsonb(ledger_seals) -> 'office' as office from ledger_seals order by jurisdiction_id, ledger_seals.day`.cursor(
    20,
  )
  for await (const rows of cursor) {
    for (const row of rows) {
      // The older seals are only read, for the heads that the newer go on from.
      const read = from !== null && row.day < from
      if (!read) count('seals')
      const subject = `${row.jurisdiction} ${row.day}`
      const last = previous.get(row.jurisdiction)
      if (!read && row.prev !== (last?.seal ?? genesis))
        fault('seals', subject, `${subject} 的封存没有接在前一封存之后`)
      const sorted = row.heads.every((head, i) => i === 0 || (row.heads[i - 1]?.document ?? '') < head.document)
      // A seal with all heads stands for itself; one with those that changed goes on from the seal before.
      const before = row.heads.length === row.documents ? undefined : standing.get(row.jurisdiction)
      const heads = before ?? new Map<string, SealedHead>()
      const known = heads.size
      for (const { document, seq, hash } of row.heads) heads.set(document, { seq, hash, leaf: null })
      previous.set(row.jurisdiction, { day: row.day, seal: row.seal })
      if (read) {
        standing.set(row.jurisdiction, heads)
        unordered.add(row.jurisdiction)
        continue
      }
      const loose = unordered.delete(row.jurisdiction)
      const ordered =
        heads.size === known && !loose ? heads : new Map([...heads].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      standing.set(row.jurisdiction, ordered)
      const root = merkleOf([...ordered].map(leafOf))
      const events = [...ordered.values()].reduce((sum, head) => sum + head.seq, 0)
      const content = { day: row.day, documents: ordered.size, events, prevSeal: row.prev, root }
      const seal = row.office
        ? digest('dianzhang/seal/2\n', canonical({ ...content, office: row.office }))
        : digest('dianzhang/seal/1\n', canonical(content))
      if (
        !sorted ||
        root !== row.root ||
        events !== row.events ||
        ordered.size !== row.documents ||
        seal !== row.seal
      ) {
        fault('seals', subject, `${subject} 的封存与重新计算的结果不同，封存被改动`)
      }
      sealed.push({
        jurisdiction: row.jurisdiction,
        day: row.day,
        covered: new Map(row.heads.map((head) => [head.document, head.seq])),
        office: row.office,
      })
    }
  }
  // While a cursor holds the connection nothing else can be asked, so the days are checked one by one after all seals
  // have been read.
  for (const { jurisdiction, day, covered, office: head } of sealed) {
    const late = await sql<{ document: string; seq: number }[]>`
      select ${matter} as document, max(seq) as seq from ledger_events where jurisdiction_id = ${jurisdiction}
        and at >= (${day}::text::date::timestamp at time zone 'Asia/Shanghai') and at < ((${day}::text::date + 1)::timestamp at time zone 'Asia/Shanghai')
      group by ${matter}`
    for (const event of late)
      if (event.seq > (covered.get(event.document) ?? 0))
        fault(
          'seals',
          event.document,
          `案卷 ${event.document} 第 ${event.seq} 条的时刻在 ${day}，而当日的封存里没有它：封存以后才写入，或者时刻不实`,
        )
    if (!head || !office) continue
    const [entry] = await sql<
      { hash: string }[]
    >`select hash from office_ledger where jurisdiction_id = ${jurisdiction} and seq = ${head.seq}`
    if (entry?.hash !== head.hash)
      fault(
        'seals',
        `${jurisdiction} ${day}`,
        `${jurisdiction} ${day} 封存过的办公台账第 ${head.seq} 条${entry ? '摘要已变，记录被重写' : '已不在，尾部被截去'}`,
      )
  }
  const lost = await sql<
    { jurisdiction: string; document: string; seq: number; day: string; last: number | null; found: boolean }[]
  >`
    select s.jurisdiction_id as jurisdiction, h.document, h.seq, to_char(min(s.day), 'YYYY-MM-DD') as day,
      (select max(seq) from ledger_events x where x.jurisdiction_id = s.jurisdiction_id and x.${matter} = h.document) as last,
      bool_or(e.hash is not null) as found
    from ledger_seals s cross join lateral jsonb_to_recordset(s.heads) as h(document text, seq int, hash text)
    left join ledger_events e on e.${matter} = h.document and e.seq = h.seq and e.jurisdiction_id = s.jurisdiction_id
    where e.hash is distinct from h.hash and ${from === null ? sql`true` : sql`s.day >= ${from}::text::date`} group by s.jurisdiction_id, h.document, h.seq`
  for (const row of lost) {
    const what =
      row.last === null
        ? '已不存在'
        : row.found
          ? `第 ${row.seq} 条的摘要已变，记录被重写`
          : `第 ${row.seq} 条已不在，现止于第 ${row.last} 条，尾部被截去`
    fault('seals', row.document, `${row.day} 封存过的案卷 ${row.document} ${what}`)
  }
  // Every day with ledger records must have a seal. The last few days may have none yet (the server was stopped), but
  // not if something was done after them: the sweep would have sealed them by then.
  const open = await sql<{ jurisdiction: string; day: string; overdue: boolean }[]>`
    with days as (
      select e.jurisdiction_id as jurisdiction, (e.at at time zone 'Asia/Shanghai')::date as day from ledger_events e where ${recorded(run, 'e.at')} group by 1, 2
    )
    select d.jurisdiction, to_char(d.day, 'YYYY-MM-DD') as day,
      d.day <= coalesce((select max(s.day) from ledger_seals s where s.jurisdiction_id = d.jurisdiction), '-infinity')
        or exists (select from ledger_events x where x.jurisdiction_id = d.jurisdiction and x.at > ((d.day + 1)::timestamp at time zone 'Asia/Shanghai') + interval '1 hour') as overdue
    from days d where d.day < (select max(day) from days) and not exists (select from ledger_seals s where s.jurisdiction_id = d.jurisdiction and s.day = d.day)
    order by 1, 2`
  for (const row of open)
    if (row.overdue)
      fault('seals', `${row.jurisdiction} ${row.day}`, `法域 ${row.jurisdiction} 在 ${row.day} 有台账记录而没有封存`)
    else note(`法域 ${row.jurisdiction} ${row.day} 的台账尚未封存`)
}

/**
 * Texts: digests are recomputed from body and attachments, version numbers are consecutive, and every version is
 * recorded in the ledger.
 */
async function checkTexts(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { matter },
    since,
  } = run
  let last = { key: '', n: 0 }
  const cursor = sql<
    { jurisdiction: string; document: string; n: number; hash: string; body: string; attachments: StoredAttachment[] }[]
  >`select jurisdiction_id as jurisdiction, document_id as document, n, hash, body, attachments from texts
    where ${recorded(run, 'at')} order by jurisdiction_id, document_id, n`.cursor(100)
  for await (const rows of cursor) {
    for (const row of rows) {
      count('texts')
      const key = `${row.jurisdiction}/${row.document}`
      const where = `案卷 ${row.document} 第 ${row.n} 版文本`
      if (last.key === key ? row.n !== last.n + 1 : since === null && row.n !== 1)
        fault('texts', row.document, `${where}：版本号不连续`)
      last = { key, n: row.n }
      if (contentDigest(row.body, row.attachments) !== row.hash) {
        fault('texts', row.document, `${where}：内容与摘要不符，文本或附件被改动`)
      }
    }
  }
  const unbound = await sql<{ document: string; n: number }[]>`
    select t.document_id as document, t.n from texts t where ${recorded(run, 'at')} and not exists (
      select from ledger_events e where e.jurisdiction_id = t.jurisdiction_id and e.${matter} = t.document_id
        and e.body -> 'command' ->> 'type' in ('SaveDraft', 'CorrectAfterSigning')
        and e.body -> 'payload' ->> 'contentHash' = t.hash and e.body -> 'payload' -> 'textVersion' = to_jsonb(t.n))`
  for (const row of unbound) fault('texts', row.document, `案卷 ${row.document} 第 ${row.n} 版文本没有记在台账里`)
  const gone = await sql<{ document: string; n: string }[]>`
    select e.${matter} as document, e.body -> 'payload' ->> 'textVersion' as n from ledger_events e
    where ${recorded(run, 'at')} and e.body -> 'command' ->> 'type' in ('SaveDraft', 'CorrectAfterSigning') and e.body -> 'payload' ? 'contentHash'
      and not exists (select from texts t where t.jurisdiction_id = e.jurisdiction_id and t.document_id = e.${matter}
        and t.hash = e.body -> 'payload' ->> 'contentHash' and to_jsonb(t.n) = e.body -> 'payload' -> 'textVersion')`
  for (const row of gone) fault('texts', row.document, `台账所记案卷 ${row.document} 第 ${row.n} 版文本不见了`)
}

async function checkArtefacts(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { matter },
  } = run
  const cursor = sql<
    {
      document: string
      kind: string
      n: number
      title: string | null
      body: string | null
      attachment: StoredAttachment | null
      bases: unknown
      own: unknown
      hash: string
    }[]
  >`select document_id as document, kind, n, title, body, attachment, bases, hash,
      (select e.body -> 'payload' -> 'own' from ledger_events e where e.jurisdiction_id = a.jurisdiction_id and e.${matter} = a.document_id
        and e.body -> 'command' ->> 'type' = 'ProvideArtefact' and e.body -> 'payload' ->> 'hash' = a.hash limit 1) as own
    from artefacts a where ${recorded(run, 'a.at')}`.cursor(100)
  for await (const rows of cursor) {
    for (const row of rows) {
      count('artefacts')
      const content = {
        kind: row.kind,
        title: row.title,
        body: row.body,
        attachment: row.attachment?.sha256 ?? null,
        bases: row.bases ?? null,
        // The conclusion, the reviewer and the reviewed text of the unit's own legality review opinion are recorded
        // only in the ledger, and take part in the digest too.
        ...(row.own ? { own: row.own } : {}),
      }
      if (digest('dianzhang/artefact/1\n', canonical(content)) !== row.hash) {
        fault('artefacts', row.document, `案卷 ${row.document} 的材料 ${row.kind} 第 ${row.n} 份：内容与摘要不符`)
      }
    }
  }
  const unbound = await sql<{ document: string; kind: string; n: number }[]>`
    select a.document_id as document, a.kind, a.n from artefacts a where ${recorded(run, 'a.at')} and not exists (
      select from ledger_events e where e.jurisdiction_id = a.jurisdiction_id and e.${matter} = a.document_id
        and e.body -> 'command' ->> 'type' = 'ProvideArtefact' and e.body -> 'payload' ->> 'hash' = a.hash)`
  for (const row of unbound)
    fault('artefacts', row.document, `案卷 ${row.document} 的材料 ${row.kind} 第 ${row.n} 份没有记在台账里`)
}

/** Attachments: content matches digest, every attachment referred to is there, sizes match. */
async function checkBlobs(run: Run): Promise<void> {
  const { sql, count, fault } = run
  const own = touched(run, 'jurisdiction_id, document_id')
  const used = sql`
      select jurisdiction_id, document_id as owner, f.* from texts, jsonb_to_recordset(attachments) as f(name text, sha256 text, size int)
        where ${recorded(run, 'at')}
      union all
      select jurisdiction_id, document_id, attachment ->> 'name', attachment ->> 'sha256', (attachment ->> 'size')::int
        from artefacts where jsonb_typeof(attachment) = 'object' and ${recorded(run, 'at')}
      union all
      select jurisdiction_id, id, f.* from register_entries, jsonb_to_recordset(attachments) as f(name text, sha256 text, size int)
        where (${recorded(run, 'created_at')} or ${own})
      union all
      select jurisdiction_id, id, f.* from register_entries, jsonb_to_recordset(public_files) as f(name text, sha256 text, size int)
        where (${recorded(run, 'created_at')} or ${own})
      union all
      select jurisdiction_id, comment_id, name, sha256, size from comment_attachments
        where ${run.since === null ? sql`true` : sql`(jurisdiction_id, comment_id) in (select jurisdiction_id, id from comments where ${recorded(run, 'at')})`}
      union all
      select jurisdiction_id, version, f ->> 'name', f ->> 'sha256', (f ->> 'size')::int
        from rule_packs, jsonb_path_query(body, '$.**.file') as f where jsonb_typeof(f) = 'object' and ${recorded(run, 'loaded_at')}`
  // A file says nothing of when it came: it is as new as what refers to it.
  const cursor = sql<{ sha256: string; size: number; bytes: Uint8Array }[]>`select sha256, size, bytes from blobs ${
    run.since === null
      ? sql``
      : sql`where (jurisdiction_id, sha256) in (select jurisdiction_id, sha256 from (${used}) u)`
  }`.cursor(5)
  for await (const rows of cursor) {
    for (const row of rows) {
      count('blobs')
      if (digest(row.bytes) !== row.sha256 || row.bytes.length !== row.size) {
        fault('blobs', row.sha256, `附件 ${row.sha256} 的内容与摘要或者大小不符`)
      }
    }
  }
  const missing = await sql<{ owner: string; name: string; sha256: string }[]>`
    with used as (${used})
    select distinct u.owner, u.name, u.sha256 from used u
    where not exists (select from blobs b where b.jurisdiction_id = u.jurisdiction_id and b.sha256 = u.sha256 and b.size = u.size)`
  // What was supplied with a filing stands in its ledger; from another installation it came with the package, and is kept with it.
  const [there] = await sql<{ filings: boolean; packages: boolean }[]>`
    select to_regclass('filing_reviews') is not null as filings, to_regclass('exchange_files') is not null as packages`
  const supplied = !there?.filings
    ? []
    : await sql<typeof missing>`
        select distinct e.matter_id as owner, f.name, f.sha256
        from filing_reviews r
        join ledger_events e on e.jurisdiction_id = r.jurisdiction_id and e.matter_id = r.matter_id
        cross join jsonb_to_recordset(
          case when jsonb_typeof(e.body #> '{payload,files}') = 'array' then e.body #> '{payload,files}' else '[]' end
        ) as f(name text, sha256 text)
        where f.sha256 is not null and ${recorded(run, 'e.at')}
          and not exists (select from blobs b where b.jurisdiction_id = e.jurisdiction_id and b.sha256 = f.sha256)
          ${there.packages ? sql`and not exists (select from exchange_files x where x.jurisdiction_id = e.jurisdiction_id and x.sha256 = f.sha256)` : sql``}`
  for (const row of [...missing, ...supplied])
    fault('blobs', row.owner, `${row.owner} 的附件“${row.name}”（${row.sha256}）没有保存或者大小不符`)
}

/**
 * Public comments: digests are recomputed from the original text and recorded in the ledger; every comment the ledger
 * recorded is there.
 */
async function checkComments(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { matter },
  } = run
  const [entries] = await sql<{ there: boolean }[]>`select to_regclass('comment_entries') is not null as there`
  const more = entries?.there
    ? sql`e.channel, e.source, e.received_on::text as received, (
        select coalesce(json_agg(a.sha256 order by a.n), '[]') from comment_attachments a
        where a.jurisdiction_id = c.jurisdiction_id and a.comment_id = c.id) as attachments
      from comments c left join comment_entries e on e.jurisdiction_id = c.jurisdiction_id and e.comment_id = c.id`
    : sql`null as channel, null as source, null as received, '[]'::json as attachments from comments c`
  const cursor = sql<
    {
      id: string
      consultation: string
      anchor: unknown
      body: string
      hash: string
      channel: string | null
      source: string | null
      received: string | null
      attachments: string[]
    }[]
  >`select c.id, c.consultation_id as consultation, c.anchor, c.body, c.hash, ${more} where ${recorded(run, 'c.at')}`.cursor(
    200,
  )
  for await (const rows of cursor) {
    for (const row of rows) {
      count('comments')
      const content = { consultation: row.consultation, anchor: row.anchor ?? null, text: row.body }
      const { channel, source, received: receivedOn, attachments } = row
      // What came in by other ways, or with attachments, is bound together with how it came and what was attached.
      const whole = { ...content, channel, source, receivedOn, attachments }
      const recomputed =
        channel === null || (channel === 'online' && attachments.length === 0)
          ? digest('dianzhang/comment/1\n', canonical(content))
          : digest('dianzhang/comment/2\n', canonical(whole))
      if (recomputed !== row.hash) {
        fault('comments', row.id, `意见 ${row.id} 的内容与摘要不符，意见被改动`)
      }
    }
  }
  // Of the files in which anything was recorded or commented both sides are read whole.
  const asked = (columns: string) =>
    touched(run, columns, sql`union select jurisdiction_id, document_id from comments where ${recorded(run, 'at')}`)
  const differing = await sql<{ id: string; stored: boolean }[]>`
    with logged as (
      select jurisdiction_id, ${matter} as document_id, body -> 'payload' ->> 'comment' as id, body -> 'payload' ->> 'hash' as hash
      from ledger_events where ${asked(`jurisdiction_id, ${run.names.old ? 'document_id' : 'matter_id'}`)} and body -> 'command' ->> 'type' = 'SubmitComment' and body -> 'payload' ? 'comment'
      union all
      select jurisdiction_id, ${matter}, x ->> 'comment', x ->> 'hash'
      from ledger_events, jsonb_array_elements(body -> 'payload' -> 'comments') x
      where ${asked(`jurisdiction_id, ${run.names.old ? 'document_id' : 'matter_id'}`)} and body -> 'command' ->> 'type' = 'RecordComments' and jsonb_typeof(body -> 'payload' -> 'comments') = 'array'
    )
    select coalesce(c.id, l.id) as id, c.id is not null as stored from (select * from comments where ${asked('jurisdiction_id, document_id')}) c
    full join logged l on l.jurisdiction_id = c.jurisdiction_id and l.document_id = c.document_id and l.id = c.id
    where c.hash is distinct from l.hash`
  for (const row of differing) {
    fault('comments', row.id, row.stored ? `意见 ${row.id} 与台账所记不同` : `台账所记的意见 ${row.id} 不见了`)
  }
}

/**
 * Numbers: every one from 1 to the last of a series has a record, a voided one states why, an issued one is in the
 * ledger.
 */
async function checkNumbers(run: Run): Promise<void> {
  const {
    sql,
    count,
    fault,
    note,
    names: { matter },
  } = run
  const series = await sql<
    { series: string; year: number; last: number; most: number; n: number; missing: number[] | null }[]
  >`
    select s.series, s.year, s.last_seq as last, coalesce(max(n.seq), 0) as most, count(n.seq)::int as n,
      (select array_agg(g order by g) from generate_series(1, s.last_seq) g where not exists (
        select from numbers m where m.jurisdiction_id = s.jurisdiction_id and m.series = s.series and m.year = s.year and m.seq = g)) as missing
    from number_series s left join numbers n on n.jurisdiction_id = s.jurisdiction_id and n.series = s.series and n.year = s.year
    group by s.jurisdiction_id, s.series, s.year, s.last_seq`
  for (const row of series) {
    count('numbers', row.n)
    const name = `${row.series} ${row.year} 年`
    if (row.missing)
      fault('numbers', name, `${name}：第 ${row.missing.slice(0, 20).join('、')} 号没有记录，空号没有说明`)
    if (row.most > row.last) fault('numbers', name, `${name}：已有第 ${row.most} 号，而系列的最后序号为 ${row.last}`)
  }
  const odd = await sql<{ text: string; what: string }[]>`
    select n.text, case
        when s.series is null then '不属于任何系列'
        when n.kind <> s.kind then '种类与系列不同'
        when n.status = 'void' and (coalesce(n.void_reason, '') = '' or coalesce(n.void_approver, '') = '') then '已作废而没有理由或者批准人'
        when n.status = 'issued' and n.document_id is null then '已发出而不知给了哪件案卷'
        when n.kind in ('document', 'registry') and n.document_id is not null and not exists (
          select from ledger_events e where e.jurisdiction_id = n.jurisdiction_id and e.${matter} = n.document_id
            and e.body -> 'command' ->> 'type' = 'AssignNumbers' and e.body -> 'payload' ->> n.kind = n.text) then '没有记在台账里'
        when n.kind = 'index' and n.document_id is not null and not exists (
          select from ledger_events e where e.jurisdiction_id = n.jurisdiction_id and e.${matter} = n.document_id
            and e.body -> 'command' ->> 'type' = 'Publish' and e.body -> 'payload' ->> 'indexNumber' = n.text) then '没有记在台账里'
        when n.status = 'void' and n.kind = 'document' and not exists (
          select from ledger_events e where e.jurisdiction_id = n.jurisdiction_id and e.${matter} = n.document_id
            and e.body -> 'command' ->> 'type' = 'VoidNumber') and n.document_id is not null then '已作废而台账中没有作废记录'
      end as what
    from numbers n left join number_series s on s.jurisdiction_id = n.jurisdiction_id and s.series = n.series and s.year = n.year
    where (${recorded(run, 'n.at')} or ${recorded(run, 'n.voided_at')} or ${touched(run, 'n.jurisdiction_id, n.document_id')})`
  for (const row of odd) if (row.what) fault('numbers', row.text, `编号 ${row.text}：${row.what}`)
  const lost = await sql<{ document: string; text: string }[]>`
    select e.${matter} as document, x.text from ledger_events e,
      lateral (values ('document', e.body -> 'payload' ->> 'document'), ('registry', e.body -> 'payload' ->> 'registry')) as x(kind, text)
    where ${recorded(run, 'e.at')} and e.body -> 'command' ->> 'type' = 'AssignNumbers' and x.text is not null and not exists (
      select from numbers n where n.jurisdiction_id = e.jurisdiction_id and n.document_id = e.${matter} and n.kind = x.kind and n.text = x.text)`
  for (const row of lost) fault('numbers', row.text, `台账所记案卷 ${row.document} 的编号 ${row.text} 不见了`)
  const [reserved] = await sql<{ n: number }[]>`select count(*)::int as n from numbers where status = 'reserved'`
  if (reserved && reserved.n > 0) note(`有 ${reserved.n} 个预留号`)
}

/**
 * Register entries: the body matches its digest; what this system published equals the text, number and dates that
 * the ledger published.
 */
async function checkRegister(run: Run): Promise<void> {
  const { sql, count, fault, names } = run
  const { matter } = names
  const cursor = sql<{ id: string; title: string; body: string; hash: string; attachments: StoredAttachment[] }[]>`
    select id, title, body, text_hash as hash, attachments from register_entries where ${recorded(run, 'created_at')}`.cursor(
    100,
  )
  for await (const rows of cursor) {
    for (const row of rows) {
      count('register')
      if (contentDigest(row.body, row.attachments) !== row.hash) {
        fault('register', row.id, `登记条目“${row.title}”的内容与摘要不符，正文或附件被改动`)
      }
    }
  }
  const odd = await sql<{ id: string; title: string; what: string | null }[]>`
    select r.id, r.title, case
        when d.id is null then '没有对应的案卷'
        when e.seq is null then '台账中没有公布的记录'
        when e.body ->> 'textHash' is distinct from r.text_hash then '与台账所公布的文本不是同一文本'
        when not exists (select from texts t where t.jurisdiction_id = r.jurisdiction_id and t.document_id = r.document_id and t.hash = r.text_hash) then '在案卷的各版文本中找不到'
        when r.title <> d.title then '标题与案卷不同'
        when e.body -> 'payload' ->> 'effectiveDate' is distinct from to_char(r.effective_date, 'YYYY-MM-DD') then '施行日期与台账所记不同'
        when e.body -> 'payload' ->> 'validUntil' is distinct from to_char(r.valid_until, 'YYYY-MM-DD') then '有效期与台账所记不同'
        when e.body -> 'payload' ->> 'disclosure' is distinct from r.disclosure then '公开属性与台账所记不同'
        when e.body -> 'payload' ->> 'indexNumber' is distinct from r.index_number then '索引号与台账所记不同'
        when e.body -> 'payload' -> 'wjbs' ->> 'value' is distinct from r.wjbs then '文件标识与台账所记不同'
        when not exists (select from numbers n where n.jurisdiction_id = r.jurisdiction_id and n.document_id = r.document_id
          and n.kind = 'document' and n.status = 'issued' and n.text = r.document_number) then '文号与编号记录不同'
        when r.registry_number is not null and not exists (select from numbers n where n.jurisdiction_id = r.jurisdiction_id
          and n.document_id = r.document_id and n.kind = 'registry' and n.status = 'issued' and n.text = r.registry_number) then '统一登记号与编号记录不同'
        when exists (select from jsonb_array_elements(r.force_events) f where not exists (
          select from ledger_events x where x.jurisdiction_id = r.jurisdiction_id and x.${matter} = r.document_id
            and x.body -> 'command' ->> 'type' = case f ->> 'kind' when 'amended' then 'AmendDocument' when 'repealed' then 'RepealDocument'
              when 'annulled' then 'AnnulDocument' when 'lapsed' then 'DeclareLapsed' when 'suspended' then 'SuspendDocument'
              when 'resumed' then 'ResumeDocument' when 'restored' then 'RestoreForce' when 'reinstated' then 'RestoreForce' end)) then '有效力事件没有记在台账里'
      end as what
    from register_entries r
    left join ${names.old ? sql`documents` : sql`matters`} d on d.jurisdiction_id = r.jurisdiction_id and d.id = r.document_id
    left join lateral (
      select x.seq, x.body from ledger_events x where x.jurisdiction_id = r.jurisdiction_id and x.${matter} = r.document_id
        and x.body -> 'command' ->> 'type' = 'Publish' order by x.seq limit 1
    ) e on true
    where r.origin = 'made' and (${recorded(run, 'r.created_at')} or ${touched(run, 'r.jurisdiction_id, r.document_id')})`
  for (const row of odd) if (row.what) fault('register', row.id, `登记条目“${row.title}”：${row.what}`)
}

/** Every file that is published or in effect must be in the register; should be 0. */
async function checkPublished(run: Run): Promise<void> {
  const { sql, count, fault, names } = run
  const { matter } = names
  const rows = await sql<{ id: string; title: string; published: boolean }[]>`
    select d.id, d.title, r.id is not null as published from ${names.old ? sql`documents` : sql`matters`} d
    left join register_entries r on r.jurisdiction_id = d.jurisdiction_id and r.document_id = d.id
    where ${names.old ? sql`true` : sql`d.process = ${documentKind}`} and (split_part(d.stage, '.', 1) = 'effective' or exists (
      select from ledger_events e where e.jurisdiction_id = d.jurisdiction_id and e.${matter} = d.id and e.body -> 'command' ->> 'type' = 'Publish'))
      and (${recorded(run, 'd.updated_at')} or ${touched(run, 'd.jurisdiction_id, d.id')})`
  for (const row of rows) {
    count('published')
    if (!row.published) fault('published', row.id, `案卷“${row.title}”已经施行，而登记库中没有公布`)
  }
}

type Step = readonly [check: Check, step: (run: Run) => Promise<void>]
const stepsOf = (options: CheckOptions): Step[] =>
  (
    [
      ['guards', checkGuards],
      ['log', checkLog],
      ['turns', checkTurns],
      ['notices', checkNotices],
      ['exchange', checkExchange],
      ['chains', checkChains],
      ['commands', checkCommands],
      ['commands', checkSends],
      ['commands', checkAnswers],
      ['office', checkOffice],
      ['rows', (each) => checkRows(each, options.tables)],
      ['rows', (each) => checkCleanups(each, options.tables)],
      ['rows', checkSent],
      ['seals', checkSeals],
      ['texts', checkTexts],
      ['artefacts', checkArtefacts],
      ['blobs', checkBlobs],
      ['comments', checkComments],
      ['numbers', checkNumbers],
      ['register', checkRegister],
      ['search', checkSearchIndex],
      ['published', checkPublished],
      ['anchors', (each) => checkAnchors(each, options.anchors)],
    ] as Step[]
  ).filter(([check]) => !options.only || options.only.includes(check))

/** One piece of the work: a step by its place in the list, of the matters perhaps only a share. */
export interface Piece {
  step: number
  share: Run['share']
}
/** What a piece found. */
export interface Found {
  counts: Array<[Check, number]>
  faults: Array<VerifyFault & { check: Check }>
  notes: Array<{ message: string; n: number }>
}
/** A day begins in Beijing; null where everything is checked. */
const sinceOf = ({ since }: CheckOptions): string | null =>
  since === undefined ? null : new Date(since.includes('T') ? since : `${since}T00:00:00+08:00`).toISOString()

/** Does one piece in a transaction that sees what all of them see. */
export async function verifyPiece(tx: Run['sql'], piece: Piece, options: CheckOptions): Promise<Found> {
  const counts = new Map<Check, number>()
  const found: Found = { counts: [], faults: [], notes: [] }
  const run: Run = {
    sql: tx,
    names: await namesOf(tx),
    count: (check, n = 1) => counts.set(check, (counts.get(check) ?? 0) + n),
    fault: (check, subject, message) => found.faults.push({ check, subject, message }),
    note: (message, n = 0) => found.notes.push({ message, n }),
    since: sinceOf(options),
    share: piece.share,
  }
  await stepsOf(options)[piece.step]?.[1](run)
  return { ...found, counts: [...counts] }
}
/** What a check of the newer looks at, and what it cannot see. */
const newerOnly = [
  '只核对 {日} 起的：台账、命令与拒绝记录、消息、办公台账、文本、材料、意见、编号、登记条目、封存、公开日志、两套系统之间的往来，凡记有时刻的只看那时以后的；此前的以上一次全部核对为准',
  '案卷行、轮到谁、期限与其余各表的行，只看其间有台账记录的案卷名下的、其间记下的和自称其间形成的；附件只看其间的文字所引用的。其余的行被改、被删，这次看不出',
  '守卫、人员与单位等办公的表、编号有无空号、公开日志的树、检索索引、库外的锚照常全部核对',
]
function reportOf(found: readonly Found[], options: CheckOptions): VerifyReport {
  const faults = found.flatMap((one) => one.faults)
  const counts = new Map<Check, number>()
  for (const [check, n] of found.flatMap((one) => one.counts)) counts.set(check, (counts.get(check) ?? 0) + n)
  return {
    ok: faults.length === 0,
    checks: (Object.keys(checks) as Check[]).map((check) => ({
      check,
      label: checks[check],
      checked: counts.get(check) ?? 0,
      faults: faults.filter((fault) => fault.check === check).length,
    })),
    faults,
    notes: [
      ...(options.since === undefined ? [] : newerOnly.map((line) => line.replace('{日}', options.since ?? ''))),
      ...[
        ...Map.groupBy(
          found.flatMap((one) => one.notes),
          ({ message }) => message,
        ),
      ].map(([message, same]) => message.replace('{n}', String(same.reduce((sum, { n }) => sum + n, 0)))),
    ],
  }
}

/**
 * Verifies the whole database within one read-only snapshot: the server may run as usual. `sql` is a connection of
 * the bare driver. With `since`, only what is newer; the chains then go on from the record before.
 * Returns all faults; throws when the database is not available.
 */
export async function verifyDatabase(
  sql: postgres.Sql,
  onCheck?: (label: string) => void,
  options: CheckOptions = {},
): Promise<VerifyReport> {
  const found: Found[] = []
  await sql.begin('isolation level repeatable read read only', async (tx) => {
    for (const [step, [check]] of stepsOf(options).entries()) {
      onCheck?.(checks[check])
      found.push(await verifyPiece(tx, { step, share: null }, options))
    }
  })
  return reportOf(found, options)
}

/** Checks that read each matter by itself, whatever the others are: cut into shares of the matters. */
const cut: readonly Check[] = ['chains', 'notices', 'turns']
/** So many shares of these for each thread: the threads end together, and whoever waits sees it go on. */
const sharesEach = 4
/** Those that take longest begin first. */
const longest: readonly Check[] = ['chains', 'rows', 'notices', 'log', 'register', 'texts', 'commands']

/**
 * The same report by several threads, each with a connection of its own that sees the same snapshot. `progress` is told how many
 * pieces of how many are done, and what the last of them was.
 */
export async function verifyInThreads(
  sql: postgres.Sql,
  url: string,
  threads: number,
  options: CheckOptions,
  progress: (done: number, of: number, label: string) => void = () => {},
): Promise<VerifyReport> {
  const steps = stepsOf(options)
  const shares = threads * sharesEach
  const rank = (check: Check): number => (longest.includes(check) ? longest.indexOf(check) : longest.length)
  const pieces = steps
    .flatMap(
      ([check], step): Array<Piece & { check: Check }> =>
        cut.includes(check)
          ? Array.from({ length: shares }, (_, n) => ({ check, step, share: { of: shares, n } }))
          : [{ check, step, share: null }],
    )
    .sort((a, b) => rank(a.check) - rank(b.check))
  return await sql.begin('isolation level repeatable read read only', async (tx) => {
    // The snapshot lasts as long as this transaction: the others take it over before it ends.
    const [row] = await tx<{ snapshot: string }[]>`select pg_export_snapshot() as snapshot`
    const found = new Map<Piece, Found>()
    const waiting = [...pieces]
    let done = 0
    const work = async (): Promise<void> => {
      const data: VerifyThreadData = { url, snapshot: row?.snapshot ?? '', options }
      const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { execArgv: [], workerData: data })
      const gone = once(worker, 'exit')
      try {
        for (let piece = waiting.shift(); piece; piece = waiting.shift()) {
          const answer = Promise.race([
            once(worker, 'message'),
            gone.then(() => {
              throw new Error('核对的线程已退出')
            }),
          ])
          worker.postMessage({ step: piece.step, share: piece.share } satisfies Piece)
          const [said] = (await answer) as [VerifyThreadAnswer]
          if ('failed' in said) throw Object.assign(new Error(said.failed.message), { code: said.failed.code })
          found.set(piece, said)
          progress(++done, pieces.length, checks[piece.check])
        }
      } finally {
        await worker.terminate()
      }
    }
    await Promise.all(Array.from({ length: Math.min(threads, pieces.length) }, work))
    // In the order of the list, whoever was first.
    const ordered = [...found].sort(([a], [b]) => a.step - b.step || (a.share?.n ?? 0) - (b.share?.n ?? 0))
    return reportOf(
      ordered.map(([, one]) => one),
      options,
    )
  })
}

/**
 * The command `dianzhang verify`: prints a report for people, or JSON.
 * Returns the exit code: 0 no faults, 1 faults found, 2 cannot verify (database not available, its migrations are not those of this
 * program).
 */
export async function runVerify(options: VerifyOptions, io: Io = standardIo): Promise<0 | 1 | 2> {
  const connection = connect(options.url, { rawMax: 1, readOnly: true, applicationName: 'dianzhang-verify' })
  try {
    const anchors = options.anchor ? await readAnchors(options.anchor, options.anchorKey) : undefined
    await requireOwnMigrations(connection.sql)
    const begun = performance.now()
    const report = await verifyInThreads(
      connection.sql,
      options.url,
      options.threads ?? Math.min(4, availableParallelism()),
      { anchors, ...(options.since === undefined ? {} : { since: options.since }) },
      options.json
        ? undefined
        : (done, of, label) =>
            io.progress(`核对（${done}/${of}，${Math.round((performance.now() - begun) / 1000)} 秒）${label}……`),
    )
    io.progress('')
    io.out(options.json ? JSON.stringify(report) : describe(report))
    return report.ok ? 0 : 1
  } catch (error) {
    const message = sentenceOf(error)
    if (options.json) io.out(JSON.stringify({ ok: false, error: message }))
    else io.error(`无法核对：${message}`)
    return 2
  } finally {
    await connection.close()
  }
}

const shown = 100

/** What verification cannot see, said openly. */
const beyond = [
  '工作稿、公众的姓名与联系方式、会话与登录计数、检索词元、作业队列',
  '连同封存整个重写的历史，除非用 --anchor 与库外的锚核对',
  '记摘要以前的改动',
] as const

function describe(report: VerifyReport): string {
  const lines = report.checks.map(
    ({ label, checked, faults }) =>
      `${faults === 0 ? '✓' : '✗'} ${label}：查 ${checked} 项，${faults === 0 ? '没有问题' : `问题 ${faults} 项`}`,
  )
  for (const fault of report.faults.slice(0, shown)) lines.push(`  ✗ ${fault.message}`)
  if (report.faults.length > shown) lines.push(`  另有 ${report.faults.length - shown} 项未列出，加 --json 可得全部。`)
  for (const note of report.notes) lines.push(`  注：${note}`)
  lines.push(`  不在核对之列：${beyond.join('；')}。`)
  lines.push(report.ok ? '核对完毕，没有发现问题。' : `核对完毕，发现 ${report.faults.length} 项问题。`)
  return lines.join('\n')
}
