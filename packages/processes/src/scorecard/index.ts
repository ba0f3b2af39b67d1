export {
  type CheckedItem,
  fromFacts,
  ordinary as ordinaryItems,
  type ScoreCases,
  type ScoreDossier,
  scoreOf,
  standingScore,
  totalOf as scoreTotal,
} from './dossier.ts'
export { scorecards } from './process.ts'
export type { ScoreShape } from './shape.ts'
