export { arrowName, type PlacedArrow } from './arrows.ts'
export { compile, type Engine } from './compile.ts'
export { datedClock } from './dated-clock.ts'
export { type Decision, type Option, optionsOf } from './decide.ts'
export type { Action, ActionCase, Need, Present, Progress } from './explain.ts'
export { blocks, judge } from './judge.ts'
export { type MachineContext, matches, type RulesHold, rulesHold } from './machine.ts'
export type { Course, PlanStep } from './plan.ts'
export { defineProcess, type Process, type Upcaster } from './process.ts'
export type { Catalogue, Excuse, Finding, Rule, RuleExample } from './rule.ts'
export type {
  ActorFact,
  Arrow,
  Arrows,
  Ask,
  Awaited,
  CommandLaw,
  EventMeta,
  Ideal,
  MatterClock,
  MatterEvent,
  Shape,
  StageSpec,
} from './shape.ts'
export type { Snapshot, StoredSnapshot } from './snapshot.ts'
