// 各登记台：编号、备案、议题、制定主体、规则包、人员与单位、委托、放假安排、台账核验、到期作业。

export { BodiesPage } from './bodies.tsx'
export { DelegationsPage } from './delegations.tsx'
export { FilingsPage } from './filings.tsx'
export { HolidaysPage } from './holidays.tsx'
export { IssuersPage } from './issuers.tsx'
export { JobsPage } from './jobs.tsx'
export { LedgerPage } from './ledger.tsx'
export { NumbersPage } from './numbers.tsx'
export { PacksPage } from './packs.tsx'
export { PeoplePage } from './people.tsx'
export { SeriesPage } from './series.tsx'
export { SessionsPage } from './sessions.tsx'
