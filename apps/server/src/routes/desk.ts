// 规则包、放假通知、编号台、备案收件、台账封存、到期作业。

import { addDays, baselineYears, isLeapYear } from '@dianzhang/calendar'
import { AppError, answers, HolidayNotice } from '@dianzhang/contract'
import {
  and,
  arrayOverlaps,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  not,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import { allParameters, type Clock, describeParam } from '@dianzhang/rules'
import {
  affectedByNewerPack,
  comparePacks,
  confirmNumbers,
  createPackVersion,
  decodeCursor,
  encodeCursor,
  listDeviations,
  loadHolidayNotice,
  placesToCompare,
  releaseReservation,
  reserveNumber,
  restorationState,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { numberParam, type Operations, param } from '../http/operations.ts'
import { pageQuery } from '../http/validate.ts'

const {
  AffectedDocument,
  CalendarYear,
  Deviations,
  FilingRow,
  Holidays,
  HolidaysRecorded,
  Job,
  LedgerState,
  NumberRow,
  NumbersConfirmed,
  Pack,
  PackComparison,
  PackPlace,
  PackRevised,
  PackVersion,
  pageOf,
  Released,
  Reserved,
  Restorations,
  Series,
} = answers

const { deadlines, documents, matters, holidayNotices, ledgerEvents, ledgerSeals, numberSeries, numbers, units } =
  schema

/** Every act of the office may carry the id of its command: the same again gets the same answer. */
const once = { commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复') }

/** Splits `limit + 1` rows into a page and its cursor. */
function pageFrom<T>(rows: T[], limit: number, keys: (row: T) => string[]): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keys(last)) : null }
}

export function deskRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const { db, rules } = office

  ops.staff(
    {
      method: 'get',
      path: '/api/packs',
      tag: '规则',
      summary: '本法域的规则包各版',
      answer: { description: '规则包目录', schema: z.array(PackVersion) },
    },
    (c, { actor }) =>
      c.json(
        rules.versions(actor.jurisdiction).map(({ jurisdiction, name, version, effectiveFrom, parent }) => ({
          jurisdiction,
          name,
          version,
          effectiveFrom,
          parent,
        })),
      ),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/affected',
      tag: '规则',
      summary: '依旧版规则包办理、改用现行一版以后期限会变动的案卷；系统不自行改动，由人逐件预览后改用',
      answer: { description: '案卷与变动的期限', schema: z.array(AffectedDocument) },
    },
    async (c, { actor }) => c.json(await affectedByNewerPack(office, actor)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/places',
      tag: '规则',
      summary: '各地现行的一版，供两地对照',
      answer: { description: '规则包目录', schema: z.array(PackPlace) },
    },
    (c) => c.json(placesToCompare(office)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/compare',
      tag: '规则',
      summary: '任意两版规则包逐项对照，不同的在前',
      query: z.object({ left: z.string().trim().min(1).max(60), right: z.string().trim().min(1).max(60) }),
      answer: { description: '逐项对照', schema: PackComparison },
    },
    (c, { query }) => c.json(comparePacks(office, query.left, query.right)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/:version',
      tag: '规则',
      summary: '一版规则包：每个值的数额、单位、出处、核实程度',
      answer: { description: '规则包', schema: Pack },
    },
    (c, { actor }) => {
      const version = param(c, 'version')
      const pack = rules.versions(actor.jurisdiction).find((each) => each.version === version)
      if (!pack) throw new AppError('not_found', '本法域没有这一版规则包')
      const labels = Object.fromEntries(allParameters(pack).map(({ path, label }) => [path, label]))
      // 每个值写成人读的话：工作台照写，不必认得代码。
      const texts = Object.fromEntries(
        allParameters(pack).map(({ path, param: own }) => [path, describeParam(own).replace('（参数待核实）', '')]),
      )
      return c.json({ ...pack, labels, texts })
    },
  )

  ops.staff(
    {
      method: 'post',
      path: '/api/packs',
      tag: '规则',
      summary: '依正式文件修订参数，另立一版；旧版与在办案卷不受影响',
      body: z.object({
        base: z.string().trim().min(1).max(60),
        effectiveFrom: z.iso.date(),
        changes: z
          .array(
            z.object({
              path: z.string().trim().min(1).max(120).describe('参数路径，见规则包'),
              value: z.json(),
              unit: z
                .enum(['working_day', 'calendar_day', 'month', 'year'])
                .optional()
                .describe('期限的计算单位；缺省不变'),
              source: z.object({
                document: z.string().trim().min(1).max(200),
                article: z.string().trim().min(1).max(200),
              }),
              quote: z.string().trim().min(1).max(1000).optional().describe('条文原话'),
              note: z.string().trim().max(500).optional(),
            }),
          )
          .min(1)
          .max(60),
        ...once,
      }),
      answer: { status: 201, description: '新的一版与改动', schema: PackRevised },
    },
    async (c, { body, actor }) => c.json(await createPackVersion(office, actor, body, body.commandId), 201),
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/calendar/notices',
      tag: '工作日历',
      summary: '已录入的放假通知与地方节日',
      answer: { description: '通知', schema: z.array(Holidays) },
    },
    async (c, { actor }) =>
      c.json(
        await db
          .select({
            id: holidayNotices.id,
            jurisdiction: holidayNotices.jurisdictionId,
            year: holidayNotices.year,
            source: holidayNotices.source,
            days: holidayNotices.days,
            loadedAt: holidayNotices.loadedAt,
            loadedBy: holidayNotices.loadedBy,
          })
          .from(holidayNotices)
          .where(or(eq(holidayNotices.jurisdictionId, 'CN'), eq(holidayNotices.jurisdictionId, actor.jurisdiction)))
          .orderBy(asc(holidayNotices.year), asc(holidayNotices.jurisdictionId), asc(holidayNotices.id)),
      ),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/calendar/years/:year',
      tag: '工作日历',
      summary: '一年的放假、调休与地方节日；安排尚未公布的注明',
      answer: { description: '工作日数、暂定与否、不同于平常周末与工作日的每一日', schema: CalendarYear },
    },
    (c, { actor }) => {
      const year = numberParam(c, 'year')
      if (year < baselineYears.from || year > 2100)
        throw new AppError('not_found', `只有 ${baselineYears.from} 年以后的安排`)
      const calendar = rules.calendar(actor.jurisdiction)
      const days = Array.from({ length: isLeapYear(year) ? 366 : 365 }, (_, i) =>
        calendar.isWorkday(addDays(`${year}-01-01`, i)),
      )
      return c.json({
        year,
        announced: calendar.isAnnounced(year),
        workdays: days.filter((day) => day.workday).length,
        // 法定节日照扣的日子与其余的日子，暂定的缘由不同：都说。
        assumption: [...new Set(days.flatMap((day) => day.assumption ?? []))].join('；') || null,
        days: days
          .filter((day) => day.kind !== 'workday' && day.kind !== 'weekend')
          .map(({ date, kind, name, workday, reason, source }) => ({ date, kind, name, workday, reason, source })),
      })
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/calendar/notices',
      tag: '工作日历',
      summary: '录入放假通知；受影响的期限随即重算',
      roles: ['admin'],
      body: HolidayNotice.extend(once),
      answer: { status: 201, description: '已录入', schema: HolidaysRecorded },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => {
      if (body.jurisdiction !== 'CN' && body.jurisdiction !== actor.jurisdiction) {
        throw new AppError('invalid', '放假通知有误', {
          issues: [{ path: 'jurisdiction', message: `只能是 CN 或者本法域 ${actor.jurisdiction}` }],
        })
      }
      return c.json(await loadHolidayNotice(office, actor, body, body.commandId), 201)
    },
  )

  ops.staff(
    {
      method: 'post',
      path: '/api/series/reservations',
      tag: '编号',
      summary: '预留一个发文字号；到期未用即作废',
      body: z.object({
        issuer: z.string().trim().min(1).max(100),
        purpose: z.string().trim().min(1).max(500),
        expiresOn: z.iso.date(),
        ...once,
      }),
      answer: { status: 201, description: '预留号', schema: Reserved },
    },
    async (c, { body, actor }) => c.json(await reserveNumber(office, actor, body, body.commandId), 201),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/series/reservations/release',
      tag: '编号',
      summary: '放弃预留号：作废并记明理由与批准人',
      body: z.object({
        text: z.string().trim().min(1).max(100),
        reason: z.string().trim().min(1).max(2000),
        approver: z.string().trim().min(1).max(200),
        ...once,
      }),
      answer: { description: '已作废', schema: Released },
    },
    async (c, { body, actor }) =>
      c.json(await releaseReservation(office, actor, body.text, body.reason, body.approver, body.commandId)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/series/confirmation',
      tag: '编号',
      summary: '恢复备份以后的用号：丢失的时段、各系列库中的最后用号与库外所知的',
      roles: ['secretariat', 'admin'],
      answer: { description: '待确认的恢复（open）、以往的（past）与各系列', schema: Restorations },
    },
    async (c, { actor }) => c.json(await restorationState(office, actor)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/series/confirmation',
      tag: '编号',
      summary: '逐系列确认最后用到几号：库中没有的各号作废，永不再发；编号、公布、报送与封存随即恢复',
      roles: ['secretariat', 'admin'],
      body: z.object({
        series: z
          .array(
            z.object({
              series: z.string().trim().min(1).max(100),
              year: z.int().min(1949).max(2200),
              kind: z.enum(['document', 'registry', 'index']).optional().describe('库中没有的系列须写明'),
              last: z.int().min(0).max(100_000),
            }),
          )
          .max(500),
        reason: z.string().trim().min(1).max(500).describe('凭什么确认，如发文登记簿'),
        ...once,
      }),
      answer: { description: '作废的号数与确认的各系列', schema: NumbersConfirmed },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => c.json(await confirmNumbers(office, actor, body, body.commandId)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/series',
      tag: '编号',
      summary: '编号序列及其已用、预留、作废数',
      roles: ['secretariat', 'admin'],
      answer: { description: '序列', schema: z.array(Series) },
    },
    async (c, { actor }) =>
      c.json(
        await db
          .select({
            series: numberSeries.series,
            year: numberSeries.year,
            kind: numberSeries.kind,
            lastSeq: numberSeries.lastSeq,
            issued: sql<number>`(count(*) filter (where ${numbers.status} = 'issued'))::int`,
            reserved: sql<number>`(count(*) filter (where ${numbers.status} = 'reserved'))::int`,
            void: sql<number>`(count(*) filter (where ${numbers.status} = 'void'))::int`,
          })
          .from(numberSeries)
          .leftJoin(
            numbers,
            and(
              eq(numbers.jurisdictionId, numberSeries.jurisdictionId),
              eq(numbers.series, numberSeries.series),
              eq(numbers.year, numberSeries.year),
            ),
          )
          .where(eq(numberSeries.jurisdictionId, actor.jurisdiction))
          .groupBy(numberSeries.jurisdictionId, numberSeries.series, numberSeries.year)
          .orderBy(desc(numberSeries.year), asc(numberSeries.series)),
      ),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/series/:series/:year/numbers',
      tag: '编号',
      summary: '一个序列一年的每个号：已用、预留、作废及其理由',
      roles: ['secretariat', 'admin'],
      query: z.object(pageQuery),
      answer: { description: '一页号', schema: pageOf(NumberRow) },
    },
    async (c, { query, actor }) => {
      const limit = query.limit ?? 50
      const year = param(c, 'year')
      if (!/^\d{4}$/.test(year)) throw new AppError('not_found', '没有这个年份的序列')
      const after = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, ['number'])[0])
      const rows = await db
        .select({
          seq: numbers.seq,
          text: numbers.text,
          status: numbers.status,
          document: numbers.documentId,
          at: numbers.at,
          by: numbers.by,
          reservedFor: numbers.reservedFor,
          expiresOn: numbers.expiresOn,
          voidReason: numbers.voidReason,
          // 批准人是人员标识；从前写的文字、会议的名称照写。
          voidApprover: sql<
            string | null
          >`coalesce((select p.name from people p where p.jurisdiction_id = ${numbers.jurisdictionId} and p.id = ${numbers.voidApprover}), ${numbers.voidApprover})`,
        })
        .from(numbers)
        .where(
          and(
            eq(numbers.jurisdictionId, actor.jurisdiction),
            eq(numbers.series, param(c, 'series')),
            eq(numbers.year, Number(year)),
            gt(numbers.seq, after),
          ),
        )
        .orderBy(asc(numbers.seq))
        .limit(limit + 1)
      return c.json(pageFrom(rows, limit, (row) => [String(row.seq)]))
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/deviations',
      tag: '案卷',
      summary: '缩短、提前、逾期与紧急的每一次使用：按事项计数，逐件列明情形、依据与批准人',
      query: z.object({
        from: z.iso.date().optional().describe('自何日（含）'),
        to: z.iso.date().optional().describe('至何日（含）'),
      }),
      answer: { description: '次数与各项', schema: Deviations },
    },
    async (c, { query, actor }) => c.json(await listDeviations(office, actor, query)),
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/filings',
      tag: '备案',
      summary: '报送到本人所任备案机关的文件',
      roles: ['registrar', 'secretariat'],
      query: z.object(pageQuery),
      answer: { description: '一页文件', schema: pageOf(FilingRow) },
    },
    async (c, { query, actor }) => {
      const limit = query.limit ?? 50
      const mine = [
        ...new Set(
          actor.posts
            .filter((post) => post.role === 'registrar' || post.role === 'secretariat')
            .map((post) => post.unit),
        ),
      ]
      // The government office files for every issuer of the county (as `may` says for FileDocument).
      const clerks = actor.posts.filter((post) => post.role === 'secretariat').map((post) => post.unit)
      const [governmentOffice] =
        clerks.length === 0
          ? []
          : await db
              .select({ id: units.id })
              .from(units)
              .where(
                and(eq(units.jurisdictionId, actor.jurisdiction), inArray(units.id, clerks), eq(units.kind, 'office')),
              )
              .limit(1)
      const registers = actor.posts.some((post) => post.role === 'registrar')
      const clocks: Array<Clock['kind']> = registers
        ? ['filing_formal_check', 'filing_review']
        : ['filing', 'filing_resubmit', 'filing_supplement', 'correction']
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['instant', 'text'])
      const afterAt = after ? new Date(after[0] ?? '') : undefined
      const rows = await db
        .select({
          id: matters.id,
          title: matters.title,
          tier: documents.tier,
          leadIssuer: documents.leadIssuer,
          version: matters.version,
          filing: documents.filing,
          /** 自己一侧的期限里最近的一项。 */
          due: sql<{ on: string; label: string; overdue: boolean } | null>`(
            select json_build_object('on', t.due_on, 'label', t.label, 'overdue', t.due_at < ${ctx.office.clock.now().toISOString()}::timestamptz)
            from ${deadlines} t where t.jurisdiction_id = ${matters.jurisdictionId} and t.matter_id = ${matters.id}
              and t.status = 'open' and t.kind = any(${sql.param(clocks)}::text[]) order by t.due_at limit 1)`,
          updatedAt: matters.updatedAt,
        })
        .from(matters)
        .innerJoin(documents, and(eq(documents.jurisdictionId, matters.jurisdictionId), eq(documents.id, matters.id)))
        .where(
          and(
            eq(matters.jurisdictionId, actor.jurisdiction),
            eq(matters.stage, 'effective'),
            governmentOffice
              ? undefined
              : or(
                  arrayOverlaps(matters.involvedUnits, mine),
                  sql`${documents.leadIssuer} = any(${sql.param(mine)}::text[])`,
                ),
            afterAt
              ? or(
                  lt(matters.updatedAt, afterAt),
                  and(eq(matters.updatedAt, afterAt), gt(matters.id, after?.[1] ?? '')),
                )
              : undefined,
          ),
        )
        .orderBy(desc(matters.updatedAt), asc(matters.id))
        .limit(limit + 1)
      return c.json(pageFrom(rows, limit, (row) => [row.updatedAt.toISOString(), row.id]))
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/ledger/verify',
      tag: '台账',
      summary: '台账现状与最近一次封存的核对',
      description: '核对最近封存所列的每个链头仍在台账之中；逐条重算摘要用命令 dianzhang verify。',
      roles: ['admin', 'secretariat', 'registrar'],
      answer: { description: '核对结果', schema: LedgerState },
    },
    async (c, { actor }) => {
      const j = actor.jurisdiction
      const [[files], [events], [seal]] = await Promise.all([
        db.select({ n: count() }).from(documents).where(eq(documents.jurisdictionId, j)),
        db.select({ n: count() }).from(ledgerEvents).where(eq(ledgerEvents.jurisdictionId, j)),
        db
          .select({
            day: ledgerSeals.day,
            documents: ledgerSeals.documents,
            events: ledgerSeals.events,
            root: ledgerSeals.root,
            seal: ledgerSeals.seal,
            at: ledgerSeals.at,
            missing: sql<number>`(select count(*) from jsonb_to_recordset(${ledgerSeals.heads})
                as head(document text, seq int, hash text)
              where not exists (select 1 from ledger_events e where e.jurisdiction_id = ${ledgerSeals.jurisdictionId}
                and e.matter_id = head.document and e.seq = head.seq and e.hash = head.hash))::int`,
          })
          .from(ledgerSeals)
          .where(eq(ledgerSeals.jurisdictionId, j))
          .orderBy(desc(ledgerSeals.day))
          .limit(1),
      ])
      return c.json({
        documents: files?.n ?? 0,
        events: events?.n ?? 0,
        latestSeal: seal ?? null,
        intact: seal ? seal.missing === 0 && (events?.n ?? 0) >= seal.events : null,
      })
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/jobs',
      tag: '作业',
      summary: '到期时由系统发出的命令：到期时刻、是否已发出',
      roles: ['admin'],
      query: z.object({ ...pageQuery, state: z.enum(['open', 'done']).optional() }),
      answer: { description: '一页作业：未了结的（open）由近及远，已了结的（done）新的在前', schema: pageOf(Job) },
    },
    async (c, { query, actor }) => {
      const limit = query.limit ?? 50
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['instant', 'text', 'text'])
      const unfinished = inArray(deadlines.status, ['open', 'paused'])
      const latestFirst = query.state === 'done'
      const order = latestFirst ? desc : asc
      const rows = await db
        .select({
          document: deadlines.matterId,
          key: deadlines.key,
          kind: deadlines.kind,
          label: deadlines.label,
          sends: deadlines.sends,
          dueAt: deadlines.dueAt,
          status: deadlines.status,
          sent: isNotNull(deadlines.sentCommandId),
        })
        .from(deadlines)
        .where(
          and(
            eq(deadlines.jurisdictionId, actor.jurisdiction),
            isNotNull(deadlines.sends),
            query.state === undefined ? undefined : query.state === 'open' ? unfinished : not(unfinished),
            after
              ? sql`(${deadlines.dueAt}, ${deadlines.matterId}, ${deadlines.key}) ${sql.raw(latestFirst ? '<' : '>')} (${after[0] ?? ''}::timestamptz, ${after[1] ?? ''}, ${after[2] ?? ''})`
              : undefined,
          ),
        )
        .orderBy(order(deadlines.dueAt), order(deadlines.matterId), order(deadlines.key))
        .limit(limit + 1)
      return c.json(pageFrom(rows, limit, (row) => [row.dueAt.toISOString(), row.document, row.key]))
    },
  )
}
