// Ningxia gives two days each for “开斋节” and “古尔邦节” (《全国年节及纪念日放假办法》 art. 4 leaves the holidays of
// minority areas to their governments). Only the years whose notices were found are here; later years are entered
// by the administrator, and a calendar that expects them says so while they are missing.
import type { DayEntry } from './calendar-data.ts'

const eid = (date: string, year: number): DayEntry => day(date, '开斋节', year)
const corban = (date: string, year: number): DayEntry => day(date, '古尔邦节', year)

function day(date: string, name: string, year: number): DayEntry {
  return { date, kind: 'off', name, region: '宁夏', source: `宁夏回族自治区人民政府办公厅${year}年${name}放假通知` }
}

/** “开斋节” and “古尔邦节” in Ningxia, 2019–2021. */
export const ningxiaOverlay: DayEntry[] = [
  eid('2019-06-05', 2019),
  eid('2019-06-06', 2019),
  corban('2019-08-12', 2019),
  corban('2019-08-13', 2019),
  eid('2020-05-25', 2020),
  eid('2020-05-26', 2020),
  corban('2020-07-30', 2020),
  corban('2020-07-31', 2020),
  eid('2021-05-13', 2021),
  eid('2021-05-14', 2021),
  corban('2021-07-19', 2021),
  corban('2021-07-20', 2021),
]
