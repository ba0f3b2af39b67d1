// Metrics (Prometheus): commands and results, refusals by rule, deadlines, documents in effect but not published,
// request times. With several processes behind the port the counts of all are added up; what the database says is the same
// in each.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, count, type Db, eq, notExists, schema, sql } from '@dianzhang/database'
import { type Clock, dutyCounts, type Meters } from '@dianzhang/workflow'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { neighbours } from './neighbours.ts'

const { deadlines, matters, registerEntries } = schema

export interface Metrics {
  /** The counters handed to the business layer. */
  meters: Meters
  observe(method: string, route: string, status: number, seconds: number): void
  contentType: string
  /** Text of every metric, of all processes behind the port; the gauges that need the database ask it now. */
  render(): Promise<string>
}

export interface MetricsOptions {
  db: Db
  clock: Clock
  /** Process metrics (memory, event loop, GC); default true. */
  process?: boolean
}

export function createMetrics(options: MetricsOptions): Metrics {
  const { db, clock } = options
  const registry = new Registry()
  const registers = [registry]
  neighbours.counts(registry)
  if (options.process ?? true) collectDefaultMetrics({ register: registry, prefix: 'dianzhang_' })

  /** A gauge over many rows is counted once for all who scrape within a quarter of a minute. */
  const seldom = <T>(count: () => Promise<T>): (() => Promise<T>) => {
    let last: { at: number; value: Promise<T> } | null = null
    return () => {
      const at = performance.now()
      if (last === null || at - last.at > 15_000) {
        const value = count()
        last = { at, value }
        value.catch(() => {
          last = null
        })
      }
      return last.value
    }
  }
  const commands = new Counter({
    name: 'dianzhang_commands_total',
    help: '办理命令数，按命令与结果',
    labelNames: ['type', 'outcome'] as const,
    registers,
  })
  const refusals = new Counter({
    name: 'dianzhang_refusals_total',
    help: '依规则拒绝数，按规则',
    labelNames: ['rule'] as const,
    registers,
  })
  const requests = new Histogram({
    name: 'dianzhang_http_request_duration_seconds',
    help: 'HTTP 请求耗时（秒）',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const openDeadlines = seldom(async () => {
    const today = dateInShanghai(clock.now().toISOString())
    return await db
      .select({
        kind: deadlines.kind,
        open: sql<number>`(count(*) filter (where ${deadlines.dueOn} >= ${today}))::int`,
        overdue: sql<number>`(count(*) filter (where ${deadlines.dueOn} < ${today}))::int`,
      })
      .from(deadlines)
      .where(eq(deadlines.status, 'open'))
      .groupBy(deadlines.kind)
  })
  const unpublished = seldom(
    async () =>
      await db
        .select({ n: count() })
        .from(matters)
        .where(
          and(
            eq(matters.process, 'normative-document'),
            sql`split_part(${matters.stage}, '.', 1) = 'effective'`,
            notExists(
              db
                .select({ one: sql`1` })
                .from(registerEntries)
                .where(
                  and(
                    eq(registerEntries.jurisdictionId, matters.jurisdictionId),
                    eq(registerEntries.documentId, matters.id),
                    sql`${registerEntries.publishedOn} is not null`,
                  ),
                ),
            ),
          ),
        ),
  )
  new Gauge({
    name: 'dianzhang_deadlines',
    aggregator: 'max',
    help: '进行中的期限数，按种类与状态（open 未届满，overdue 已逾期）',
    labelNames: ['kind', 'state'] as const,
    registers,
    async collect() {
      const rows = await openDeadlines()
      this.reset()
      for (const row of rows) {
        this.set({ kind: row.kind, state: 'open' }, row.open)
        this.set({ kind: row.kind, state: 'overdue' }, row.overdue)
      }
    },
  })
  new Gauge({
    name: 'dianzhang_in_force_unpublished',
    aggregator: 'max',
    help: '已进入施行阶段而公开登记库没有公布条目的文件数；必须为 0',
    registers,
    async collect() {
      const [row] = await unpublished()
      this.set(row?.n ?? 0)
    },
  })

  const duties = seldom(() => dutyCounts(db, dateInShanghai(clock.now().toISOString())))
  new Gauge({
    name: 'dianzhang_duty_open',
    aggregator: 'max',
    help: '不应有的事：逾期未报备、施行而未公布、届满前逾期未评估、采纳情况逾期未公布、建议逾期未答复、年度报送逾期；都应当为 0',
    labelNames: ['duty'] as const,
    registers,
    async collect() {
      for (const [duty, n] of Object.entries(await duties())) this.set({ duty }, n)
    },
  })

  return {
    meters: {
      command: (type, outcome) => commands.inc({ type, outcome }),
      refusal: (rule) => refusals.inc({ rule }),
    },
    observe: (method, route, status, seconds) => requests.observe({ method, route, status: String(status) }, seconds),
    contentType: registry.contentType,
    render: async () => (await neighbours.metrics()) ?? registry.metrics(),
  }
}
