export { decodeCursor, encodeCursor } from '@dianzhang/database'
export { createLogin, createUser, type NewAccount, type NewLogin, usernamePattern } from './accounts.ts'
export { loadActor, loadActorByUsername, type Person, personOfSession, type SessionPerson } from './actor.ts'
export {
  addPerson,
  changePosts,
  listOfficeActs,
  type OfficeAct,
  resetPassword,
  saveUnit,
  setPersonActive,
} from './administration.ts'
export { addBody, type BodyRow, changeBody, listBodies } from './bodies.ts'
export {
  createDelegation,
  type Delegate,
  type DelegationRow,
  listDelegates,
  listDelegations,
  type NewDelegation,
  revokeDelegation,
} from './delegation.ts'
export { ensureBodies, ensureCurrentBodies } from './ensure-bodies.ts'
export { recordOfficeAct } from './office-acts.ts'
export { type LeaderRow, listLeaders, listPeople, type PeopleQuery, type PersonRow } from './people.ts'
export { saveUnits, UnitInput } from './save-units.ts'
export { noteSignIn } from './sign-ins.ts'
export { listIssuers, listUnits, type UnitRow } from './units.ts'
