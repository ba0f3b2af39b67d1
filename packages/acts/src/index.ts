// 上位法目录：现行有效与否、历次版本，按名称查找。只有事实与出处，不含条文。
export {
  type ActLevel,
  type ActStanding,
  actKey,
  actNumbered,
  actOn,
  actsAsOf,
  actsSource,
  type ListedAct,
  listedAct,
  searchActs,
  versionsOf,
} from './catalogue.ts'
export {
  type ActEvent,
  comingEvents,
  eventsOf,
  everyEvent,
  factsNamed,
  forceOf,
  type KnownFact,
  type KnownStanding,
  type KnownStatus,
  keysNamed,
  knownOn,
  latestFacts,
  sameVersion,
} from './known.ts'
