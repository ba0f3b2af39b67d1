// zod 的内置消息用中文；凡用本契约校验之处都从这里取得。
import { z } from 'zod'

z.config(z.locales.zhCN())

export * from './administration.ts'
export * as answers from './answers/index.ts'
export * from './audit.ts'
export * from './commands.ts'
export * from './exchange.ts'
export { applies, type Condition, conditionIssues, fieldMeta, fieldsOf, requiredNow, sessionName } from './field.ts'
export { issuesInLine, issuesOf, messageOf } from './issues.ts'
export * from './notices.ts'
export * from './problems.ts'
export * from './processes/index.ts'
export * from './vocabulary.ts'
