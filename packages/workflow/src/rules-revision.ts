// Revision of packs and holiday notices: a trigger in the database adds one at every change. Read as a column of other
// statements, without a query of its own; if it differs from the one remembered, another service on the same database
// (or the command line) has entered something new, and `RuleStore.current` reads everything again at once.
export const rulesRevision = `coalesce((select sum(v.n) from rules_version v), 0)::text`
