export * from './commands.ts'
export * from './problems.ts'
export * from './vocabulary.ts'
