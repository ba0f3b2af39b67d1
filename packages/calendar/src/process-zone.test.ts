// The zone belongs to the process, so the calendar is asked in processes of their own, one per zone.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sharedData } from '../../../test/support/shared-data.ts'

const zones = ['Asia/Shanghai', 'UTC', 'America/New_York']
const entry = new URL('index.ts', import.meta.url).href
const probe = `
  import { createHash } from 'node:crypto'
  import { readFileSync } from 'node:fs'
  import { addDays, createCalendar, dateInShanghai, describeDay, ningxiaOverlay } from ${JSON.stringify(entry)}
  const dates = JSON.parse(readFileSync(0, 'utf8'))
  const calendar = createCalendar({ jurisdiction: '宁夏', notices: [], overlay: ningxiaOverlay })
  const national = createCalendar({ jurisdiction: '全国', notices: [], overlay: [] })
  const unit = ['working_day', 'calendar_day', 'month']
  process.stdout.write(JSON.stringify({
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: dates.map((date) => [date, national.isWorkday(date).workday, describeDay(date)]),
    // 近千万字符的逐日记录，只传摘要。
    periods: createHash('sha256').update(JSON.stringify(dates.filter((_, i) => i % 7 === 0).map((start, i) =>
      calendar.explain({ start, amount: 1 + (i % 30), unit: unit[i % 3], mode: 'deadline' })))).digest('hex'),
    instants: dates.map((date) => dateInShanghai(addDays(date, -1) + 'T16:00:00Z')),
  }))
`

interface Probed {
  zone: string
  days: Array<[string, boolean, string]>
  /** Digests of the day-by-day records of the periods. */
  periods: string
  instants: string[]
}

function ask(zone: string, dates: string[]): Probed {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', probe], {
    input: JSON.stringify(dates),
    env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(output) as Probed
}

// Days around the change of year, daylight saving in New York, and the long holidays.
const fixture: Array<[string, boolean]> = [
  ['2018-12-29', true],
  ['2018-12-30', false],
  ['2018-12-31', false],
  ['2019-01-01', false],
  ['2019-01-02', true],
  ['2019-05-05', true],
  ['2020-01-31', false],
  ['2020-02-01', false],
  ['2020-02-03', true],
  ['2022-12-31', false],
  ['2024-03-10', false],
  ['2024-11-03', false],
  ['2025-03-09', false],
  ['2025-09-28', true],
  ['2025-09-30', true],
  ['2025-10-01', false],
  ['2025-10-08', false],
  ['2025-10-09', true],
  ['2025-10-11', true],
  ['2025-10-12', false],
  ['2026-09-20', true],
  ['2026-09-25', false],
  ['2026-09-28', true],
  ['2026-10-07', false],
  ['2026-10-08', true],
  ['2026-10-10', true],
  ['2026-10-11', false],
  ['2026-12-31', true],
]

describe('进程的时区不影响日历', () => {
  it.each(zones)('TZ=%s：假日、调休日与自备样本一致', (zone) => {
    const answer = ask(
      zone,
      fixture.map(([date]) => date),
    )
    expect(answer.zone).toBe(zone)
    expect(answer.days.map(([date, workday]) => [date, workday])).toEqual(fixture)
    expect(answer.instants).toEqual(fixture.map(([date]) => date))
  })

  it('2015年至2026年每一天与共享日历一致，三个时区的答复完全相同', () => {
    const file = sharedData('calendar-2015-2026.csv')
    if (file === null) return
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const wanted = rows.map(([date, name, workday]): [string, boolean, string] => [
      date ?? '',
      workday === '1',
      `（星期${name === '日' ? '日' : (name ?? '')}）`,
    ])
    expect(wanted).toHaveLength(4383)
    const dates = wanted.map(([date]) => date)
    const answers = zones.map((zone) => ask(zone, dates))
    for (const answer of answers) {
      expect(answer.days.map(([date, workday, text]) => [date, workday, text.slice(text.indexOf('（'))])).toEqual(
        wanted,
      )
      expect(answer.instants).toEqual(dates)
      expect(answer.periods, answer.zone).toBe(answers[0]?.periods)
    }
    expect(new Set(answers.map((answer) => answer.zone)).size).toBe(3)
  })
})
