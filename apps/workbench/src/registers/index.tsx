// The registers: numbers, filings, sessions, superior acts, expiry and evaluation, issuers, packs, people and units,
// delegations, holidays, verification of the ledger, audits, jobs.

export { ActsPage } from './acts.tsx'
export { AuditsPage } from './audits.tsx'
export { BodiesPage } from './bodies.tsx'
export { DelegationsPage } from './delegations.tsx'
export { FilingsPage } from './filings.tsx'
export { HolidaysPage } from './holidays.tsx'
export { IssuersPage } from './issuers.tsx'
export { JobsPage } from './jobs.tsx'
export { LedgerPage } from './ledger.tsx'
export { NumbersPage } from './numbers.tsx'
export { OutwardPage } from './outward.tsx'
export { PacksPage } from './packs.tsx'
export { PeoplePage } from './people.tsx'
export { SeriesPage } from './series.tsx'
export { SessionsPage } from './sessions.tsx'
export { ValidityPage } from './validity.tsx'
