// 各登记台：编号、备案、议题、制定主体、规则包、人员与单位、委托、放假安排、台账核验、到期作业。

export { BodiesPage } from './bodies.tsx'
export { DelegationsPage } from './delegations.tsx'
export { FilingsPage, IssuersPage, NumbersPage, SeriesPage, SessionsPage } from './desks.tsx'
export { PeoplePage } from './people.tsx'
export { HolidaysPage, JobsPage, LedgerPage, PacksPage } from './rules.tsx'
