export * from './documents.ts'
export * from './identity.ts'
export * from './register.ts'
