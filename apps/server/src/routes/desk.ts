// Packs, holiday notices, the numbering desk, filing receipts, ledger seals, due jobs.

import { addDays, baselineYears, isLeapYear } from '@dianzhang/calendar'
import {
  AppError,
  Attachment,
  answers,
  HolidayNotice,
  numberStatusLabels,
  seriesKindLabels,
  stageLabels,
  trackLabels,
} from '@dianzhang/contract'
import { allParameters, verificationOf } from '@dianzhang/packs'
import {
  administration,
  affectedByNewerPack,
  approvePackVersion,
  archiveDues,
  archiveSummary,
  comparePacks,
  confirmNumbers,
  createPackVersion,
  declinePackVersion,
  ledgerState,
  listArchive,
  listDeviations,
  listFilings,
  listHolidayNotices,
  listJobs,
  listNumbers,
  listSeries,
  listUnfiled,
  loadHolidayNotice,
  packFile,
  packInWords,
  placesToCompare,
  previewRevision,
  proposePackVersion,
  releaseReservation,
  reserveNumber,
  restorationState,
  retryDue,
  waitingRevision,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { numberParam, type Operations, param } from '../http/operations.ts'
import { sendFile } from '../http/send-file.ts'
import { minute } from '../http/tables.ts'
import { fileNamed, flag, pageQuery } from '../http/validate.ts'
import { daysOf, packRows, sourcesOf } from './row-words.ts'

const {
  Administration,
  AffectedDocument,
  ArchivedFile,
  ArchiveSummary,
  CalendarYear,
  Deviations,
  FilingRow,
  Unfiled,
  Holidays,
  HolidaysRecorded,
  Job,
  JobsRun,
  LedgerCheck,
  LedgerState,
  NumberRow,
  NumbersConfirmed,
  Pack,
  PackComparison,
  PackPlace,
  PackProposal,
  PackProposed,
  PackRevised,
  PackRevisionPreview,
  PackVersion,
  pageOf,
  Released,
  Reserved,
  Restorations,
  Series,
} = answers

/** A revision of a pack, as it is handed in. */
const revision = {
  base: z.string().trim().min(1).max(60),
  effectiveFrom: z.iso.date(),
  changes: z
    .array(
      z.object({
        path: z.string().trim().min(1).max(120).describe('参数路径，见规则包'),
        value: z.json(),
        unit: z.enum(['working_day', 'calendar_day', 'month', 'year']).optional().describe('期限的计算单位；缺省不变'),
        source: z.object({
          document: z.string().trim().min(1).max(200),
          article: z.string().trim().min(1).max(200),
        }),
        quote: z.string().trim().min(1).max(1000).optional().describe('条文原话'),
        note: z.string().trim().max(500).optional(),
        file: Attachment.optional().describe('正式文件的原件'),
      }),
    )
    .min(1)
    .max(60),
}
/** Every act of the office may carry the id of its command: the same again gets the same answer. */
const once = { commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复') }

export function deskRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const { rules } = office

  ops.staff(
    {
      method: 'get',
      path: '/api/packs',
      tag: '规则',
      table: {
        name: '规则包各版',
        columns: [
          ['名称', 30, 'name'],
          ['版本', 24, 'version'],
          ['自何日起', 12, 'effectiveFrom'],
          ['由哪一版修订', 24, 'parent'],
        ],
      },
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
      table: {
        name: '改用现行规则包期限会变动的案卷',
        columns: [
          ['案卷', 50, 'title'],
          ['阶段', 16, 'stageLabel'],
          ['现用一版', 24, 'from'],
          ['现行一版', 24, 'to'],
          ['不同的参数', 10, 'parameters'],
          [
            '期限',
            60,
            ({ deadlines }) =>
              (deadlines as Array<Record<string, string | null>>).map(
                ({ label, before, after }) => `${label}：${before ?? '（无）'} → ${after ?? '（无）'}`,
              ),
          ],
        ],
      },
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
      table: {
        name: '规则包对照',
        rows: (answer) => answer.rows as Array<Record<string, unknown>>,
        columns: [
          ['参数', 40, 'label'],
          ['相同', 8, 'same'],
          ['左：值', 40, 'left.text'],
          ['左：出处', 40, ({ left }) => sourcesOf(left)],
          ['右：值', 40, 'right.text'],
          ['右：出处', 40, ({ right }) => sourcesOf(right)],
        ],
      },
      summary: '任意两版规则包逐项对照，不同的在前',
      query: z.object({ left: z.string().trim().min(1).max(60), right: z.string().trim().min(1).max(60) }),
      answer: { description: '逐项对照', schema: PackComparison },
    },
    async (c, { query }) => c.json(await comparePacks(office, query.left, query.right)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/packs/preview',
      tag: '规则',
      summary: '一份修订与现行的一版对照：逐项变化、哪些放宽、哪些在办案卷的期限会变动；什么也不写下',
      body: z.object(revision),
      answer: { description: '逐项对照', schema: PackRevisionPreview },
    },
    async (c, { body, actor }) => {
      const changes = body.changes.map(({ file: _file, ...change }) => change)
      return c.json(await previewRevision(office, actor, { ...body, changes }))
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/proposal',
      tag: '规则',
      summary: '等着复核的修订；没有的为 null',
      answer: { description: '逐项对照、为什么放宽、谁提出的', schema: PackProposal.nullable() },
    },
    async (c, { actor }) => c.json(await waitingRevision(office, actor)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/packs/proposal',
      tag: '规则',
      summary: '提出放宽的修订，由合法性审核人员复核以后成为一版',
      body: z.object({ ...revision, reason: z.string().trim().min(1).max(500).describe('为什么放宽'), ...once }),
      answer: { status: 201, description: '修订的标识', schema: PackProposed },
    },
    async (c, { body: { commandId, ...body }, actor }) =>
      c.json(await proposePackVersion(office, actor, body, commandId), 201),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/packs/proposal/:id/approve',
      tag: '规则',
      summary: '复核放宽的修订：另立一版；提出的人不能复核',
      body: z.object({ opinion: z.string().trim().min(1).max(500).describe('复核意见'), ...once }),
      answer: { status: 201, description: '新的一版与改动', schema: PackRevised },
    },
    async (c, { body, actor }) =>
      c.json(
        await approvePackVersion(office, actor, { proposal: param(c, 'id'), opinion: body.opinion }, body.commandId),
        201,
      ),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/packs/proposal/:id/decline',
      tag: '规则',
      summary: '不采用提出的修订：复核的人退回，或者系统管理员收回',
      body: z.object({ reason: z.string().trim().min(1).max(500).describe('为什么不采用'), ...once }),
      answer: { description: '修订的标识', schema: PackProposed },
    },
    async (c, { body, actor }) =>
      c.json(
        await declinePackVersion(office, actor, { proposal: param(c, 'id'), reason: body.reason }, body.commandId),
      ),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/files/:sha256',
      tag: '规则',
      summary: '据以确认参数的正式文件',
      query: fileNamed,
      answer: { description: '原件，下载', mediaType: 'application/octet-stream' },
    },
    async (c, { query, actor }) =>
      sendFile(c, {
        ...(await packFile(office, actor, param(c, 'sha256'), query.name)),
        // Never shown in place: foreign content under this site's own origin.
        mediaType: 'application/octet-stream',
      }),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/packs/:version',
      tag: '规则',
      table: {
        name: '规则包',
        at: '/api/packs/:version/values',
        rows: packRows,
        columns: [
          ['参数', 40, 'label'],
          ['值', 50, 'text'],
          ['出处', 50, 'source'],
          ['核实', 12, 'confidence'],
          ['确认人', 16, 'confirmedBy'],
          ['确认日期', 12, 'confirmedOn'],
        ],
      },
      summary: '一版规则包：每个值的数额、单位、出处、核实程度',
      answer: { description: '规则包', schema: Pack },
    },
    async (c, { actor }) => {
      const version = param(c, 'version')
      const pack = rules.versions(actor.jurisdiction).find((each) => each.version === version)
      if (!pack) throw new AppError('not_found', '本法域没有这一版规则包')
      const labels = Object.fromEntries(allParameters(pack).map(({ path, label }) => [path, label]))
      // Every value is put into words for people: the workbench shows them as they are and need not know the codes.
      const texts = await packInWords(office, pack)
      return c.json({ ...pack, labels, texts, verification: verificationOf(pack) })
    },
  )

  ops.staff(
    {
      method: 'post',
      path: '/api/packs',
      tag: '规则',
      summary: '依正式文件修订参数，另立一版；旧版与在办案卷不受影响',
      body: z.object({
        ...revision,
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
      table: {
        name: '放假通知',
        columns: [
          ['年份', 8, 'year'],
          ['范围', 10, ({ jurisdiction }) => (jurisdiction === 'CN' ? '全国' : '本法域')],
          ['来源', 50, 'source'],
          ['放假', 50, ({ days }) => daysOf(days, 'off')],
          ['调休上班', 40, ({ days }) => daysOf(days, 'work')],
          ['录入', 18, ({ loadedAt }) => minute(loadedAt)],
        ],
      },
      summary: '已录入的放假通知与地方节日，年份近的在前',
      query: z.object(pageQuery),
      answer: { description: '一页通知', schema: pageOf(Holidays) },
    },
    async (c, { query, actor }) => c.json(await listHolidayNotices(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/calendar/years/:year',
      tag: '工作日历',
      table: {
        name: '放假安排',
        at: '/api/calendar/years/:year/days',
        rows: (answer) => answer.days as Array<Record<string, unknown>>,
        columns: [
          ['日期', 12, 'date'],
          ['工作日', 8, 'workday'],
          ['节日', 20, 'name'],
          ['缘由', 40, 'reason'],
          ['来源', 40, 'source'],
        ],
      },
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
        // Statutory holidays that still count and the remaining days are provisional for different reasons: both are
        // told.
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
      table: {
        name: '编号系列',
        columns: [
          ['系列', 40, 'series'],
          ['年份', 8, 'year'],
          ['种类', 16, ({ kind }) => seriesKindLabels[kind as keyof typeof seriesKindLabels]],
          ['用到', 8, 'lastSeq'],
          ['已发出', 8, 'issued'],
          ['预留', 8, 'reserved'],
          ['作废', 8, 'void'],
        ],
      },
      summary: '编号序列及其已用、预留、作废数',
      roles: ['secretariat', 'admin'],
      query: z.object({ ...pageQuery, reserved: flag.optional().describe('只列有预留的号的') }),
      answer: { description: '一页序列，年份新的在前', schema: pageOf(Series) },
    },
    async (c, { query, actor }) => c.json(await listSeries(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/series/:series/:year/numbers',
      tag: '编号',
      table: {
        name: '号码',
        columns: [
          ['序号', 8, 'seq'],
          ['号码', 30, 'text'],
          ['状态', 10, ({ status }) => numberStatusLabels[status as keyof typeof numberStatusLabels]],
          ['案卷', 36, 'document'],
          ['编于', 18, ({ at }) => minute(at)],
          ['经办', 16, 'by'],
          ['预留给', 30, 'reservedFor'],
          ['预留至', 12, 'expiresOn'],
          ['作废理由', 40, 'voidReason'],
          ['批准人', 16, 'voidApprover'],
        ],
      },
      summary: '一个序列一年的每个号：已用、预留、作废及其理由',
      roles: ['secretariat', 'admin'],
      query: z.object(pageQuery),
      answer: { description: '一页号', schema: pageOf(NumberRow) },
    },
    async (c, { query, actor }) => {
      const year = param(c, 'year')
      if (!/^\d{4}$/.test(year)) throw new AppError('not_found', '没有这个年份的序列')
      return c.json(await listNumbers(office, actor, { ...query, series: param(c, 'series'), year: Number(year) }))
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/deviations',
      tag: '案卷',
      table: {
        name: '偏离期限登记',
        columns: [
          ['文件', 50, 'title'],
          ['事项', 24, 'matter'],
          ['理由', 20, 'ground'],
          ['依据', 40, 'referenceText'],
          ['说明', 40, 'reason'],
          ['批准人', 16, 'approver'],
          ['起草单位', 24, { unit: 'draftingUnit' }],
          ['阶段', 16, ({ stage }) => stageLabels[stage as keyof typeof stageLabels]],
          ['用过几次', 10, ({ used }) => (used as unknown[]).length],
        ],
      },
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
      path: '/api/archive',
      tag: '档案',
      table: {
        name: '档案目录',
        columns: [
          ['档号', 30, 'archiveNo'],
          ['题名', 50, 'title'],
          ['发文字号', 24, 'documentNumber'],
          ['责任者', 24, 'issuer.name'],
          ['年度', 8, 'year'],
          ['保管期限', 12, 'retention'],
          ['归档日期', 18, ({ archivedAt }) => minute(archivedAt)],
          ['归档人', 12, 'archivedBy'],
          ['卷内件数', 10, 'files'],
          ['保管至', 12, 'keptUntil'],
          ['移交日期', 12, 'transferOn'],
          ['清单摘要', 66, 'manifestHash'],
        ],
      },
      summary: '已经归档的文件，新近归档的在前：档号、保管期限、何时满期、何时移交',
      query: z.object({
        q: z.string().trim().min(1).max(100).optional().describe('题名、发文字号，或者档号的开头'),
        retention: z.string().trim().min(1).max(40).optional().describe('保管期限'),
        year: z.coerce.number().int().min(1900).max(2200).optional().describe('文件形成的年度'),
        issuer: z.string().max(100).optional().describe('牵头机关'),
        due: z.enum(archiveDues).optional().describe('appraise 保管期满、待鉴定的；transfer 满移交年限的'),
        ...pageQuery,
      }),
      answer: { description: '一页', schema: pageOf(ArchivedFile) },
    },
    async (c, { query, actor }) => c.json(await listArchive(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/archive/summary',
      tag: '档案',
      summary: '档案有哪几种保管期限，几件待鉴定、待移交',
      answer: { description: '各项', schema: ArchiveSummary },
    },
    async (c, { actor }) => c.json(await archiveSummary(office, actor)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/filings',
      tag: '备案',
      table: {
        name: '备案台',
        columns: [
          ['文件', 50, 'title'],
          ['牵头机关', 24, { unit: 'leadIssuer' }],
          ['期限', 12, 'due.on'],
          ['期限事项', 24, 'due.label'],
          ['已逾期', 8, 'due.overdue'],
          ['更新于', 18, ({ updatedAt }) => minute(updatedAt)],
        ],
      },
      summary: '报送到本人所任备案机关的文件；本机关该办的在前，各轨道各有期限',
      roles: ['registrar', 'filing_reviewer', 'secretariat'],
      query: z.object(pageQuery),
      answer: { description: '一页文件', schema: pageOf(FilingRow) },
    },
    async (c, { query, actor }) => c.json(await listFilings(office, actor, query)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/filings/unfiled',
      tag: '备案',
      table: {
        name: '已经公布没有报送',
        columns: [
          ['文件', 50, 'title'],
          ['文号', 24, 'number'],
          ['制定机关', 24, { unit: 'issuer' }],
          ['轨道', 20, ({ track }) => trackLabels[track as keyof typeof trackLabels]],
          ['公布于', 12, 'publishedOn'],
          ['应当报送', 12, 'dueOn'],
          ['迟了几日', 10, 'daysLate'],
          ['退回后没有重新报送', 12, 'returned'],
          ['已经要求报送', 10, ({ review }) => review !== null],
        ],
      },
      summary: '已经公布、没有报送到本人所任备案机关的文件：登记库与备案比对得出',
      roles: ['registrar', 'filing_reviewer'],
      query: z.object({ ...pageQuery, late: flag.optional().describe('只列逾期与被退回的') }),
      answer: { description: '一页文件，与一共几件', schema: Unfiled },
    },
    async (c, { query, actor }) => c.json(await listUnfiled(office, actor, query)),
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
    async (c, { actor }) => c.json(await ledgerState(office, actor)),
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/ledger/check',
      tag: '台账',
      summary: '最近一次全部核验：是否还在做、各项几件、几处问题',
      roles: ['admin', 'secretariat', 'registrar'],
      answer: { description: '核验', schema: LedgerCheck },
    },
    (c) => {
      if (!ctx.ledgerCheck) throw new AppError('not_found', '这里不能全部核验，请在服务器上运行 dianzhang verify。')
      return c.json(ctx.ledgerCheck.state())
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/ledger/check',
      tag: '台账',
      summary: '开始全部核验；已经在做的不另做',
      roles: ['admin'],
      answer: { status: 202, description: '已经开始', schema: LedgerCheck },
    },
    (c, { actor }) => {
      if (!ctx.ledgerCheck) throw new AppError('not_found', '这里不能全部核验，请在服务器上运行 dianzhang verify。')
      return c.json(ctx.ledgerCheck.start(actor.name, office.clock.now()), 202)
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/administration',
      tag: '运行',
      summary: '系统管理员要照看的：待核实的值、没有办成的作业、缺的放假安排、没有改的一次性密码、推送、封存、备份',
      roles: ['admin'],
      answer: { description: '各项，出了问题的在前', schema: Administration },
    },
    async (c, { actor }) => c.json(await administration(office, actor, ctx.lastBackup?.() ?? null)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/jobs/run',
      tag: '作业',
      summary: '把本法域到期而没有办成的再办一次；办过的不会重复',
      roles: ['admin'],
      answer: { description: '办成与没有办成的件数', schema: JobsRun },
    },
    async (c, { actor }) => c.json(await retryDue(office, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/jobs',
      tag: '作业',
      table: {
        name: '到期作业',
        columns: [
          ['名称', 50, ({ title, processLabel }) => title ?? processLabel],
          ['期限', 40, 'label'],
          ['届时办理', 20, 'sendsLabel'],
          ['到期', 18, ({ dueAt }) => minute(dueAt)],
          ['状态', 14, 'statusLabel'],
        ],
      },
      summary: '到期时由系统发出的命令：到期时刻、是否已发出',
      roles: ['admin'],
      query: z.object({ ...pageQuery, state: z.enum(['open', 'done']).optional() }),
      answer: { description: '一页作业：未了结的（open）由近及远，已了结的（done）新的在前', schema: pageOf(Job) },
    },
    async (c, { query, actor }) => c.json(await listJobs(office, actor, query)),
  )
}
