export * from './backup.ts'
export * from './connect.ts'
export { correlated } from './correlated.ts'
export {
  DistributeError,
  distribute,
  distributedBody,
  distributedFunctions,
  distributedTrigger,
  distributionStatements,
  type GuardTrigger,
  isDistributed,
} from './distribute.ts'
export * from './embedded.ts'
export { containing, literally } from './like.ts'
export {
  acquireLock,
  FolderInUseError,
  type LockHolder,
  lockHolder,
  makeFolder,
  type OwnerLock,
  processStart,
  replaceFile,
  writeOnce,
} from './locks.ts'
export * from './migrate.ts'
export { forgetPace, type Pace, takePace } from './pace.ts'
export {
  type CursorKey,
  decodeCursor,
  encodeCursor,
  type Page,
  type Paging,
  pageBehind,
  pageFrom,
  rowsBefore,
} from './paging.ts'
export { prepared, statement } from './prepared.ts'
export * from './query.ts'
export { limitRights, TooManyRightsError, whyTooManyRights } from './rights.ts'
export * as schema from './schema/index.ts'
export { settleMemory } from './settle-memory.ts'
export type { Standby } from './standby.ts'
export * from './tx.ts'
