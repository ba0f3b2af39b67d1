// 清理：一种事项的全部写法，编成机器。
import { cleanupContract } from '@dianzhang/contract'
import { compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { CleanupDossier } from './dossier.ts'
import { evolve } from './evolve.ts'
import { cleanupLaw, planLaw } from './law.ts'
import { cleanupRules } from './rules/index.ts'
import { type CleanupShape, factsOf } from './shape.ts'
import { stages } from './stages.ts'

const { commands, opening } = cleanupContract

export const cleanupProcess = defineProcess<CleanupShape>({
  kind: cleanupContract.kind,
  label: cleanupContract.label,
  noun: cleanupContract.noun,
  opening: {
    command: opening.type,
    law: planLaw,
    label: opening.label,
    record: 'CleanupPlanned',
    rules: ['cleanup.scope-stated'],
    tells: ['cleanup.ordered', 'cleanup.closed-list-allowed', 'cleanup.deadlines-ahead'],
  },
  initial: 'planned',
  stages,
  labels: {
    command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
      CleanupShape['command'],
      string
    >,
    stage: (path) => (cleanupContract.stages as Record<string, string>)[path] ?? path,
    cases: { complete: '各件都已核对', past: '补录以往的清理' },
  },
  law: cleanupLaw,
  order: source.rulemaking('第三十七条'),
  rules: cleanupRules,
  facts: factsOf,
  caseOf: (dossier, event) => ({
    complete: event.meta.resolved.complete === true,
    past: dossier.census?.origin === 'list',
  }),
  casesOfDossier: new Set(['past'] as const),
  evolve,
  clocks,
  snapshot: { version: 1, dossier: CleanupDossier, upcasters: {} },
})
export const cleanups = compile(cleanupProcess)
