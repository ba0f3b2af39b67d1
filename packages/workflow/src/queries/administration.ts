// What an administrator has to look after, one line each: what is unverified, what did not run, what is about to be missing.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { and, count, desc, eq, isNotNull, isNull, lt, max, schema } from '@dianzhang/database'
import { verificationOf } from '@dianzhang/packs'
import type { Actor, Office } from '../office.ts'
import { openRestorations } from '../restoration.ts'

type Item = answers.Given<typeof answers.AdministrationItem>
const { authUsers, deadlines: d, deliveries: v, holidayNotices: h, ledgerSeals, people: p, webhooks: w } = schema
/** A command of the system that is this late has not merely waited for the next sweep (ms). */
const stuckAfter = 10 * 60_000
/** From this day of a year on, the arrangement of the next one is expected. */
const announcedBy = '11-15'
/** A backup older than this many days wants attention. */
const backupDays = 7

/** `lastBackup`: when this installation last wrote one, as its data folder says; null when it says nothing. */
export async function administration(
  office: Office,
  actor: Actor,
  lastBackup: string | null,
): Promise<{ items: Item[] }> {
  const { jurisdiction: j } = actor
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const [[stuck], [passwords], [seal], notices, [dead], away, restorations] = await Promise.all([
    office.db
      .select({ n: count() })
      .from(d)
      .where(
        and(
          eq(d.jurisdictionId, j),
          isNotNull(d.sends),
          isNull(d.sentCommandId),
          eq(d.status, 'open'),
          lt(d.dueAt, new Date(now.getTime() - stuckAfter)),
        ),
      ),
    office.db
      .select({ n: count() })
      .from(p)
      .innerJoin(authUsers, eq(authUsers.id, p.userId))
      .where(and(eq(p.jurisdictionId, j), eq(p.active, true), eq(authUsers.mustChangePassword, true))),
    office.db
      .select({ day: max(ledgerSeals.day) })
      .from(ledgerSeals)
      .where(eq(ledgerSeals.jurisdictionId, j)),
    office.db.select({ year: h.year, days: h.days }).from(h).where(eq(h.jurisdictionId, j)).orderBy(desc(h.year)),
    office.db
      .select({ n: count() })
      .from(v)
      .where(and(eq(v.jurisdictionId, j), eq(v.state, 'dead'))),
    office.db
      .select({ label: w.label, why: w.inactiveWhy })
      .from(w)
      .where(and(eq(w.jurisdictionId, j), eq(w.active, false), isNotNull(w.inactiveWhy))),
    openRestorations(office.db, j),
  ])
  const pack = office.rules.latest(j, today)
  const unverified = verificationOf(pack).reduce((sum, each) => sum + each.unverified.length, 0)
  const year = Number(today.slice(0, 4))
  const calendar = office.rules.calendar(j)
  const missingYear = !calendar.isAnnounced(year)
    ? year
    : today.slice(5) >= announcedBy && !calendar.isAnnounced(year + 1)
      ? year + 1
      : null
  // Those that the place is known to have, entered or not; and those of a year before that this one lacks.
  const festivals = [...new Set([...calendar.missingLocal(year), ...missingFestivals(notices, year)])]
  const lacking = [
    missingYear === null ? '' : `还没有${missingYear}年的放假安排，跨年的期限都是暂定`,
    festivals.length === 0 ? '' : `${year}年没有录入：${festivals.join('、')}`,
  ].filter(Boolean)
  const yesterday = addDays(today, -1)
  const sealed = seal?.day ?? null
  const backupDay = lastBackup === null ? null : dateInShanghai(lastBackup)
  const items: Item[] = [
    ...restorations.map(
      (): Item => ({
        key: 'restoration',
        label: '恢复备份以后',
        state: 'bad',
        says: '还没有确认各系列最后用到几号：编号、公布、报送与封存都停着',
        to: '/series',
        does: null,
      }),
    ),
    {
      key: 'jobs',
      label: '到期作业',
      ...((stuck?.n ?? 0) > 0
        ? { state: 'bad', says: `${stuck?.n}项到期而没有办成`, to: '/jobs', does: 'run-jobs' }
        : { state: 'ok', says: '到期的都已办理', to: '/jobs', does: null }),
    },
    {
      key: 'packs',
      label: '规则包',
      ...(unverified > 0
        ? { state: 'attention', says: `现用的一版有${unverified}项值待核实`, to: '/packs', does: null }
        : { state: 'ok', says: '现用的一版各项都已核实', to: '/packs', does: null }),
    },
    {
      key: 'holidays',
      label: '放假安排',
      ...(lacking.length > 0
        ? {
            state: missingYear === year ? 'bad' : 'attention',
            says: lacking.join('；'),
            to: '/holidays',
            does: null,
          }
        : { state: 'ok', says: `${year}年的已经录入`, to: '/holidays', does: null }),
    },
    {
      key: 'passwords',
      label: '账号',
      ...((passwords?.n ?? 0) > 0
        ? { state: 'attention', says: `${passwords?.n}人还在用一次性密码，没有改`, to: '/people', does: null }
        : { state: 'ok', says: '没有人还在用一次性密码', to: '/people', does: null }),
    },
    {
      key: 'outward',
      label: '对外通知',
      ...(away.length > 0
        ? {
            state: 'bad',
            says: away.map((each) => `推送“${each.label}”已停用：${each.why ?? ''}`).join('；'),
            to: '/outward',
            does: null,
          }
        : (dead?.n ?? 0) > 0
          ? { state: 'attention', says: `${dead?.n}件没有送到，不再重试`, to: '/outward', does: null }
          : { state: 'ok', says: '没有送不到的', to: '/outward', does: null }),
    },
    {
      key: 'seal',
      label: '每日封存',
      ...(sealed === null
        ? { state: 'attention', says: '还没有封存过', to: '/ledger', does: null }
        : sealed < yesterday
          ? { state: 'bad', says: `最近一次是${sealed}，应当到${yesterday}`, to: '/ledger', does: null }
          : { state: 'ok', says: `已到${sealed}`, to: '/ledger', does: null }),
    },
    {
      key: 'backup',
      label: '备份',
      ...(backupDay === null
        ? { state: 'attention', says: '本机没有备份的记录；用 npx dianzhang backup 文件', to: null, does: null }
        : backupDay < addDays(today, -backupDays)
          ? { state: 'attention', says: `最近一次在${backupDay}，已过${backupDays}日`, to: null, does: null }
          : { state: 'ok', says: `最近一次在${backupDay}`, to: null, does: null }),
    },
  ]
  const order = ['bad', 'attention', 'ok']
  return { items: items.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)) }
}

/** Local festivals of the latest earlier year that this year lacks; a place that never entered any has none. */
function missingFestivals(
  notices: ReadonlyArray<{ year: number; days: ReadonlyArray<{ kind: string; name: string }> }>,
  year: number,
): string[] {
  const namesIn = (wanted: number) =>
    new Set(
      notices
        .filter((each) => each.year === wanted)
        .flatMap((each) => each.days.flatMap(({ kind, name }) => (kind === 'off' ? [name] : []))),
    )
  const earlier = notices.find((each) => each.year < year)
  if (!earlier) return []
  const own = namesIn(year)
  return [...namesIn(earlier.year)].filter((name) => !own.has(name))
}
