// 案卷与其不可更改的记录：台账、拒绝记录、文本、材料、意见、期限。

import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'
import { jurisdictions } from './identity.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

export const rulePacks = pgTable(
  'rule_packs',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    version: text('version').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    loadedAt: instant('loaded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.version] })],
)
/** 国务院办公厅放假通知（jurisdiction_id = CN）与地方节日（法域代码）。同一年份可有多次通知，后者逐日覆盖前者。 */
export const holidayNotices = pgTable(
  'holiday_notices',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    year: integer('year').notNull(),
    source: text('source').notNull(),
    days: jsonb('days').$type<Array<{ date: string; kind: 'off' | 'work'; name: string; source: string }>>().notNull(),
    loadedAt: instant('loaded_at').notNull(),
    loadedBy: text('loaded_by'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)

/** 事项：一种程序办理中的一件。文件的制定是其中一种，另有各种见 packages/processes。 */
export const matters = pgTable(
  'matters',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    /** 哪一种事项，如 `normative-document`。 */
    process: text('process').notNull(),
    version: integer('version').notNull(),
    stage: text('stage').notNull(),
    /**
     * 版本化的状态快照：{ machine, version, value, context }。按写入的原文保存（json 而非 jsonb）：台账的最后一条载有原文的
     * 摘要，改动快照就与台账不符。
     */
    snapshot: json('snapshot').$type<Record<string, unknown>>().notNull(),
    title: text('title').notNull(),
    /** 承办单位；文件的起草单位。 */
    unit: text('unit').notNull(),
    packVersion: text('pack_version').notNull(),
    /** 提出人；公众提出的、系统开启的为空。 */
    openedBy: text('opened_by'),
    /** 已征求意见、签署、备案等涉及的单位；列表与可见范围据此过滤。 */
    involvedUnits: text('involved_units').array().notNull(),
    /** 不论在哪个单位都看得到这件案卷的角色。 */
    concernedRoles: text('concerned_roles').array().notNull().default([]),
    ledgerSeq: integer('ledger_seq').notNull(),
    ledgerHead: text('ledger_head').notNull(),
    nextDueOn: date('next_due_on'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('matters_list').on(t.jurisdictionId, t.process, t.updatedAt.desc(), t.id),
    index('matters_stage').on(t.jurisdictionId, t.process, t.stage, t.updatedAt.desc(), t.id),
    index('matters_unit').on(t.jurisdictionId, t.unit, t.updatedAt.desc(), t.id),
    index('matters_involved').using('gin', t.involvedUnits),
    // 有偏离或者紧急的案卷很少：偏离登记只看它们（queries/deviations.ts 的条件与此一字不差）。
    index('matters_deviating')
      .on(t.jurisdictionId, t.updatedAt.desc())
      .where(
        sql`(${t.snapshot} #>> '{context,dossier,deviations}') <> '[]' or (${t.snapshot} #>> '{context,dossier,classification,emergency}') like '{%'`,
      ),
    check('matters_version', sql`${t.version} >= 1`),
  ],
)
/** 只有文件才有的列；与案卷的状态同时写下。 */
export const documents = pgTable(
  'documents',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    tier: text('tier').notNull(),
    leadIssuer: text('lead_issuer').notNull(),
    /** 各备案轨道所处的状态；公布以前为空。 */
    filing: jsonb('filing').$type<Record<string, unknown> | null>(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    foreignKey({ columns: [t.jurisdictionId, t.id], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)

/** 台账：只增不改；body 为参与摘要计算的全部内容，prev_hash 连成一链。 */
export const ledgerEvents = pgTable(
  'ledger_events',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    commandId: text('command_id').notNull(),
    at: instant('at').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.seq] }),
    index('ledger_events_at').on(t.jurisdictionId, t.at),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('ledger_events_seq', sql`${t.seq} >= 1`),
    check('ledger_events_hash', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
)
/** 已答复的命令：同一标识再次提交得到同一答复。 */
export const commandLog = pgTable(
  'command_log',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commandId: text('command_id').notNull(),
    matterId: text('matter_id').notNull(),
    commandType: text('command_type').notNull(),
    person: text('person'),
    status: integer('status').notNull(),
    answer: json('answer').$type<Record<string, unknown>>().notNull(),
    /** 提交内容的摘要：同一标识不得用于不同内容。 */
    requestHash: text('request_hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commandId] }),
    index('command_log_person').on(t.jurisdictionId, t.person, t.matterId),
  ],
)
/** 被拒绝的办理也是证据：只增不改。 */
export const refusals = pgTable(
  'refusals',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    matterId: text('matter_id').notNull(),
    commandId: text('command_id').notNull(),
    commandType: text('command_type').notNull(),
    kind: text('kind').notNull(),
    stage: text('stage').notNull(),
    at: instant('at').notNull(),
    actor: jsonb('actor').$type<Record<string, unknown>>().notNull(),
    detail: text('detail').notNull(),
    verdicts: jsonb('verdicts').$type<unknown[]>().notNull(),
    packVersion: text('pack_version').notNull(),
    /** 提交内容的摘要，与命令记录所存的相同。 */
    requestHash: text('request_hash'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('refusals_matter').on(t.jurisdictionId, t.matterId, t.at),
  ],
)
export const texts = pgTable(
  'texts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    n: integer('n').notNull(),
    hash: text('hash').notNull(),
    body: text('body').notNull(),
    attachments: jsonb('attachments')
      .$type<Array<{ name: string; mediaType: string; sha256: string; size: number; use?: 'published' | 'source' }>>()
      .notNull(),
    note: text('note'),
    kind: text('kind').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** 自动保存的工作稿：每件案卷至多一份，由起草单位的经办人共用；保存为正式文本时清除。不进入台账。 */
export const workingCopies = pgTable(
  'working_copies',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    /** 每次保存都更大，清除后重新开始也不重复。 */
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** 在第几版文本上改的；尚无文本时为空。 */
    basedOn: integer('based_on'),
    body: text('body').notNull(),
    waivers: jsonb('waivers')
      .$type<Array<{ id: string; quote: string; element?: string | undefined; reason: string }>>()
      .notNull(),
    by: text('by').notNull(),
    /** 改过这份工作稿的人，先后为序：保存为正式文本时都是起草、修改过文本的人。 */
    authors: text('authors').array().notNull().default([]),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** 对检查发现的问题“此处不改”的理由：只增不改。 */
export const findingWaivers = pgTable(
  'finding_waivers',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commandId: text('command_id').notNull(),
    /** 同一次办理中的第几条。 */
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    textVersion: integer('text_version').notNull(),
    /** 问题的编号，如 L03。 */
    finding: text('finding').notNull(),
    quote: text('quote').notNull(),
    element: text('element'),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    person: text('person').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commandId, t.n] }),
    index('finding_waivers_document').on(t.jurisdictionId, t.documentId, t.textVersion),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('finding_waivers_by', sql`${t.by} in ('drafter','reviewer')`),
    check('finding_waivers_reason', sql`${t.reason} <> ''`),
  ],
)
/** 提请审核时对送审文本的检查结果，随材料冻结：只增不改。 */
export const reviewFindings = pgTable(
  'review_findings',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    /** 第几次提请。 */
    n: integer('n').notNull(),
    textVersion: integer('text_version').notNull(),
    /** 检查器的版本。 */
    linter: text('linter').notNull(),
    findings: jsonb('findings').$type<{ open: unknown[]; waived: unknown[]; citations: unknown[] }>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
export const blobs = pgTable(
  'blobs',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.sha256] })],
)
export const artefacts = pgTable(
  'artefacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    kind: text('kind').notNull(),
    n: integer('n').notNull(),
    title: text('title'),
    body: text('body'),
    attachment: jsonb('attachment').$type<{ name: string; mediaType: string; sha256: string; size: number } | null>(),
    bases: jsonb('bases').$type<Array<{
      title: string
      docNo?: string
      articles?: string[]
      clause?: string
    }> | null>(),
    hash: text('hash').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.kind, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)

/** 公众可见的征求意见：冻结的征求意见稿与起草说明。 */
export const publicConsultations = pgTable(
  'public_consultations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    n: integer('n').notNull(),
    title: text('title').notNull(),
    draftingUnitName: text('drafting_unit_name').notNull(),
    issuerNames: text('issuer_names').array().notNull(),
    body: text('body').notNull(),
    textHash: text('text_hash').notNull(),
    explanatoryNote: text('explanatory_note').notNull(),
    channels: text('channels').array().notNull(),
    groups: text('groups').array().notNull(),
    contact: text('contact'),
    shortened: jsonb('shortened').$type<{ reason: string; approver: string } | null>(),
    /** 期限的依据与说明，公众可见。 */
    minimum: jsonb('minimum').$type<Record<string, unknown>>().notNull(),
    openedAt: instant('opened_at').notNull(),
    closesOn: date('closes_on').notNull(),
    closesAt: instant('closes_at').notNull(),
    closedAt: instant('closed_at'),
    extensions: jsonb('extensions')
      .$type<Array<{ from: string; to: string; reason: string | null; at: string }>>()
      .notNull(),
    feedback: jsonb('feedback').$type<Record<string, unknown> | null>(),
    feedbackAt: instant('feedback_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('public_consultations_open').on(t.closesAt, t.id),
    index('public_consultations_document').on(t.jurisdictionId, t.documentId),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** 公众意见：提交后不可更改；姓名与联系方式另表保存，不进入台账与公开接口。 */
export const comments = pgTable(
  'comments',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    consultationId: text('consultation_id').notNull(),
    receipt: text('receipt').notNull(),
    /** 公众所填的位置，原样保存；摘要据此计算。 */
    anchor: jsonb('anchor').$type<{ element: string; quote?: string | undefined } | null>(),
    /** 所填位置在征求意见稿中对应的元素与地址；提出时核定。 */
    anchorElement: text('anchor_element'),
    anchorAddress: text('anchor_address'),
    body: text('body').notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('comments_receipt_key').on(t.jurisdictionId, t.receipt),
    index('comments_consultation').on(t.jurisdictionId, t.consultationId, t.at, t.id),
    index('comments_document').on(t.jurisdictionId, t.documentId),
  ],
)
export const commentContacts = pgTable(
  'comment_contacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    name: text('name'),
    contact: text('contact'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.commentId] })],
)
export const commentDispositions = pgTable(
  'comment_dispositions',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    disposition: text('disposition').notNull(),
    reason: text('reason').notNull(),
    textVersion: integer('text_version'),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId, t.n] }),
    index('comment_dispositions_document').on(t.jurisdictionId, t.documentId),
    check('comment_dispositions_value', sql`${t.disposition} in ('adopted','partly_adopted','not_adopted')`),
  ],
)

/** 期限：每个时钟一行，由案卷推算；到期由作业经同一入口发出 sends 所列命令。 */
export const deadlines = pgTable(
  'deadlines',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    label: text('label').notNull(),
    startsOn: date('starts_on').notNull(),
    dueOn: date('due_on').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status').notNull(),
    metOn: date('met_on'),
    provisional: boolean('provisional').notNull(),
    sends: text('sends'),
    /** 已发出的命令标识；有值即不再重发。 */
    sentCommandId: text('sent_command_id'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.key] }),
    index('deadlines_due').on(t.dueAt).where(sql`${t.status} = 'open' and ${t.sends} is not null`),
    index('deadlines_open').on(t.jurisdictionId, t.kind, t.dueOn).where(sql`${t.status} = 'open'`),
    index('deadlines_provisional')
      .on(t.jurisdictionId, t.matterId)
      .where(sql`${t.provisional} and ${t.status} = 'open'`),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('deadlines_status', sql`${t.status} in ('open','met','paused','cancelled')`),
  ],
)
/** 每日封存：当日全部案卷链头的摘要，能发现被截去的尾部。 */
export const ledgerSeals = pgTable(
  'ledger_seals',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    day: date('day').notNull(),
    documents: integer('documents').notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
    root: text('root').notNull(),
    prevSeal: text('prev_seal').notNull(),
    seal: text('seal').notNull(),
    heads: jsonb('heads').$type<Array<{ document: string; seq: number; hash: string }>>().notNull(),
    /** 封存时办公台账的链头；没有办公台账时为空（以往的封存）。 */
    office: jsonb('office').$type<{ seq: number; hash: string } | null>(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.day] })],
)
/**
 * 办公台账：不属于任何案卷的数据（单位、人员、任职、委托、规则包、放假通知、预留号、导入的条目、封存、拒绝记录……）每有变动，
 * 由数据库的触发器记一条：哪张表、哪些行、变动之后各行的摘要。只增不改，每个法域一条链；不属于任何法域的记在 CN 名下。
 */
export const officeLedger = pgTable(
  'office_ledger',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    tableName: text('table_name').notNull(),
    /** insert、update、delete；baseline 为开始记摘要时已有的行。 */
    op: text('op').notNull(),
    /** [行的键, 摘要]；删除的摘要为 null。 */
    rows: jsonb('rows').$type<Array<[key: string, digest: string | null]>>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.seq] })],
)
/** 运行设置，如演示时钟的偏移。 */
export const settings = pgTable(
  'settings',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.key] })],
)

/** 发件箱：一件案卷发往另一件的命令，与发出它的命令同在一个事务写下；送达以后记明结果。 */
export const sends = pgTable(
  'sends',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    /** 送达时的命令标识，由发出的命令与次序算出。 */
    id: text('id').notNull(),
    fromMatter: text('from_matter').notNull(),
    /** 办理命令的事项；`process` 有值的是新开启的一件，标识由发出者定下。 */
    toMatter: text('to_matter').notNull(),
    process: text('process'),
    command: jsonb('command').$type<{ type: string } & Record<string, unknown>>().notNull(),
    /** 一路经过的案卷，发出者在末尾。 */
    via: text('via').array().notNull(),
    at: instant('at').notNull(),
    settledAt: instant('settled_at'),
    outcome: text('outcome'),
    detail: text('detail'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('sends_pending').on(t.at, t.id).where(sql`${t.settledAt} is null`),
    check(
      'sends_outcome',
      sql`(${t.settledAt} is null) = (${t.outcome} is null) and ${t.outcome} in ('accepted','refused')`,
    ),
  ],
)
