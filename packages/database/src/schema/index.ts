export * from './documents.ts'
export * from './identity.ts'
export * from './office.ts'
export * from './register.ts'
