// dianzhang import: imports published documents (JSON Lines, possibly gzipped) or cleanup lists (CSV, XLSX) into the
// public register.
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'
import { connect, type Db, databaseProblem } from '@dianzhang/database'
import {
  type ImportProgress,
  type ImportReport,
  importEntries,
  indexInThread,
  type ListReading,
  settleRegister,
} from '@dianzhang/register'
import { outcomesListed } from '@dianzhang/workflow'
import { SingleBar } from 'cli-progress'
import { sourceOf } from './import-source.ts'
import { type Io, standardIo } from './io.ts'
import { sentenceOf } from './output.ts'

export interface ImportCliOptions {
  /** File path; `-` is standard input. Gzip is recognised by content. */
  file: string
  /** Address of the database; already migrated. */
  url: string
  /** The owner of the tables, for the statistics; `url` when no other is set. */
  ownerUrl?: string | undefined
  /** The jurisdiction to import into; by default the demo county, 640522. */
  jurisdiction?: string | undefined
  /** Name of the source, by default the file name; the same id from the same source is imported only once. */
  sourceName?: string | undefined
  json?: boolean | undefined
  /** Lines not imported and the remarks are written to this file (JSON Lines). */
  report?: string | undefined
  signal?: AbortSignal | undefined
  now?: Date | undefined
}
export interface ImportSummary extends Omit<ImportReport, 'faults' | 'remarks'> {
  /** Lines not imported, counted by kind. */
  failed: Record<string, number>
  /** Imported but not entirely fitting, counted by kind. */
  remarked: Record<string, number>
  seconds: number
  /** Entries imported per second, the search index included. */
  rate: number
  faults: ImportReport['faults']
  remarks: ImportReport['remarks']
  /**
   * For a catalogue table: how it was read, how the headers were matched, which lines were skipped; absent for a
   * full-text import.
   */
  list?: {
    format: string
    heads: ListReading['heads']
    skipped: ListReading['skipped']
    /** How many documents each outcome of a cleanup has; `unread`: the words decide none. */
    outcomes: Partial<Record<CleanupOutcome | 'unread', number>>
  }
}

const demoJurisdiction = '640522'

/**
 * The command `dianzhang import`. Returns the exit code: 0 all accepted, 1 some lines not imported, 2 cannot import
 * (error in the file, database or jurisdiction).
 * After an interruption (signal), what has been written stays, and running again continues.
 */
export async function runImport(options: ImportCliOptions, io: Io = standardIo): Promise<0 | 1 | 2> {
  const connection = connect(options.url, { max: 4, applicationName: 'dianzhang-import' })
  // One adds entries while the other merges.
  const endIndexing = indexInThread(connection.db, options.url, { max: 2, applicationName: 'dianzhang-import' })
  try {
    const summary = await importFile(connection.db, options, io)
    if (options.report) await writeFaults(options.report, summary)
    io.out(options.json ? JSON.stringify(summary) : describe(summary, options.report))
    return summary.faults.length > 0 || summary.aborted ? 1 : 0
  } catch (error) {
    const message = sentenceOf(error)
    if (options.json) io.out(JSON.stringify({ ok: false, error: message }))
    else io.error(`无法导入：${message}`)
    return 2
  } finally {
    await endIndexing()
    await connection.close()
  }
}

async function importFile(db: Db, options: ImportCliOptions, io: Io): Promise<ImportSummary> {
  const started = performance.now()
  const bytes = options.file === '-' ? process.stdin : createReadStream(options.file)
  const source = await sourceOf(bytes)
  const show = progressOn(io, options.json === true)
  const report = await importEntries({ db }, source.lines, {
    jurisdiction: options.jurisdiction ?? demoJurisdiction,
    sourceName: options.sourceName ?? sourceNameOf(options.file),
    now: options.now ?? new Date(),
    onProgress: show.update,
    ...(options.signal ? { signal: options.signal } : {}),
  }).finally(show.end)
  // What an earlier import finished without time to tidy is tidied this time.
  if (report.imported + report.unchanged > 0) {
    io.progress('更新登记库的统计……')
    await settle(options)
    io.progress('')
  }
  const seconds = (performance.now() - started) / 1000
  if (source.list !== undefined) {
    for (const remark of source.list.remarks) report.remarks.push({ id: '', ...remark })
    report.remarks.sort((a, b) => a.line - b.line)
  }
  return {
    ...report,
    ...(source.list === undefined
      ? {}
      : {
          list: {
            format: source.list.format,
            heads: source.list.heads,
            skipped: source.list.skipped,
            outcomes: Object.fromEntries([...outcomesListed(source.list)].map(([word, n]) => [word ?? 'unread', n])),
          },
        }),
    failed: countBy(report.faults),
    remarked: countBy(report.remarks),
    seconds: Math.round(seconds * 10) / 10,
    rate: Math.round(report.imported / seconds),
  }
}

async function settle({ url, ownerUrl }: ImportCliOptions): Promise<void> {
  const owner = connect(ownerUrl ?? url, { max: 1, applicationName: 'dianzhang-import' })
  try {
    await settleRegister(owner.db)
  } catch (error) {
    // The entries are in and are found either way; whoever does not own the tables leaves this to the database itself.
    if (databaseProblem(error)?.code !== '42501') throw error
  } finally {
    await owner.close()
  }
}

const sourceNameOf = (file: string): string =>
  file === '-' ? '标准输入' : basename(file).replace(/\.(?:jsonl(?:\.gz)?|csv|tsv|xlsx)$/i, '')

const countBy = (items: ReadonlyArray<{ kind: string }>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function progressOn(io: Io, quiet: boolean): { update(progress: ImportProgress): void; end(): void } {
  if (quiet) return { update: () => {}, end: () => {} }
  const words = (p: ImportProgress) => `已读 ${p.lines} 行，导入 ${p.imported}，已有 ${p.unchanged}，未导入 ${p.failed}`
  if (!io.terminal) {
    let last = 0
    return {
      update(progress) {
        if (progress.lines - last < 1000) return
        last = progress.lines
        io.error(words(progress))
      },
      end: () => {},
    }
  }
  // The number of lines is not known beforehand: the bar only counts.
  const bar = new SingleBar({ format: '{words}', stream: process.stderr, hideCursor: true, fps: 5 })
  bar.start(0, 0, { words: '开始导入……' })
  return { update: (progress) => bar.update(progress.lines, { words: words(progress) }), end: () => bar.stop() }
}

async function writeFaults(path: string, summary: ImportSummary): Promise<void> {
  const lines = [...summary.faults, ...summary.remarks].map((item) => JSON.stringify(item))
  await writeFile(path, lines.length > 0 ? `${lines.join('\n')}\n` : '')
}

const faultLabels: Record<string, string> = {
  unreadable: '不能读取',
  invalid: '内容有误',
  duplicate: '标识重复',
  conflict: '与已导入的不同，未覆盖',
  rejected: '数据库不接受',
}
const remarkLabels: Record<string, string> = {
  number_tolerated: '文号写法不规范，已按规范写法登记并保留原文',
  number_unreadable: '文号不能识别，照原样登记',
  no_published_date: '没有公布日期',
  no_issuer: '没有制定机关',
  status_unknown: '状态的写法不认识，效力按未核实登记',
  valid_until_asked: '有效期的最后一日算得出而来源没有载明，请核对',
  no_title: '没有文件名称，没有导入',
  no_status: '没有载明状态',
  date_unreadable: '日期读不出，没有登记',
  results_differ: '勾选了两种清理结果，按没有载明登记',
  page_read: '正文是网页，已去掉标记只读文字',
}
const shown = 20

function describeList({ format, heads, skipped, outcomes }: NonNullable<ImportSummary['list']>): string[] {
  const lines = [`读作目录（${format}）。`]
  for (const { table, line, columns, unused } of heads) {
    const mapped = Object.entries(columns).map(([name, field]) => (name === field ? name : `${name}→${field}`))
    const left = unused.length > 0 ? `；没有用的列：${unused.join('、')}` : ''
    lines.push(`  ${table === null ? '' : `工作表“${table}”`}第 ${line} 行为表头：${mapped.join('，')}${left}`)
  }
  const read = cleanupOutcomes.filter((outcome) => outcomes[outcome])
  if (read.length > 0) {
    const parts = read.map((outcome) => `${cleanupOutcomeLabels[outcome]} ${outcomes[outcome]}`)
    const unread = outcomes.unread ? [`看不出结果 ${outcomes.unread}`] : []
    const total = Object.values(outcomes).reduce((sum, n) => sum + n, 0)
    lines.push(
      `  清理结果：${[...parts, ...unread].join(' ＋ ')} ＝ ${total} 件；作为一次清理补录的，在工作台部署清理以后读入。`,
    )
  }
  for (const [reason, rows] of Map.groupBy(skipped, (row) => row.reason))
    lines.push(
      `  跳过 ${rows.length} 行（${reason}）：${rows
        .slice(0, 3)
        .map(({ line, text }) => `第 ${line} 行“${text}”`)
        .join('，')}${rows.length > 3 ? '……' : ''}`,
    )
  return lines
}

function describe(summary: ImportSummary, report: string | undefined): string {
  const lines = [
    `来源“${summary.sourceName}”，法域 ${summary.jurisdiction}：读 ${summary.lines} 条，导入 ${summary.imported} 条，` +
      `此前已导入 ${summary.unchanged} 条，未导入 ${summary.faults.length} 条；用时 ${summary.seconds} 秒（每秒 ${summary.rate} 条）。`,
  ]
  if (summary.imported === 0 && summary.faults.length === 0 && summary.unchanged > 0)
    lines.push('全部条目此前已经导入，没有改动。')
  if (summary.imported > 0) {
    lines.push(
      `导入的条目均注明来自外部、不是本系统制发；其中 ${summary.withFileIdentifier} 条推导出文件标识（不是制定机关赋予）。`,
    )
  }
  const { citations } = summary
  if (citations.edges > 0)
    lines.push(
      `读出引用 ${citations.edges} 处（制定依据 ${citations.roles.basis ?? 0} 处），用时 ${citations.seconds} 秒；本法域现有 ${citations.notInLibrary} 处所引的目录与登记库都没有收录，另有 ${citations.unbound} 处“该条例”一类看不出指哪一部。`,
    )
  if (summary.list !== undefined) lines.push(...describeList(summary.list))
  if (summary.aborted) lines.push('导入被中断：已写入的保留，再次运行即继续。')
  for (const [kind, n] of Object.entries(summary.remarked)) lines.push(`  ${remarkLabels[kind] ?? kind}：${n} 条`)
  const unknown = Object.entries(summary.unknownStatuses)
  if (unknown.length > 0)
    lines.push(
      `  不认识的状态：${unknown
        .map(([word, n]) => `“${word}” ${n} 条`)
        .slice(0, shown)
        .join('，')}`,
    )
  const asked = summary.remarks.filter(({ kind }) => kind === 'valid_until_asked' || kind === 'no_title')
  for (const { line, detail } of asked.slice(0, shown)) lines.push(`    第 ${line} 行：${detail}`)
  if (asked.length > shown) lines.push(`    另有 ${asked.length - shown} 行，加 --report 文件 或者 --json 可得全部。`)
  for (const [kind, n] of Object.entries(summary.failed))
    lines.push(`  未导入（${faultLabels[kind] ?? kind}）：${n} 条`)
  for (const fault of summary.faults.slice(0, shown))
    lines.push(`    第 ${fault.line} 行 ${fault.id ?? ''}：${fault.reason}`)
  if (summary.faults.length > shown) {
    lines.push(
      `    另有 ${summary.faults.length - shown} 行，${report ? `见 ${report}` : '加 --report 文件 或者 --json 可得全部'}。`,
    )
  }
  return lines.join('\n')
}
