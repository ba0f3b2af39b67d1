// 各种事项对外的约定，以固定的名称为键；文件的约定在 commands.ts。
import type { ProcessContract } from './define.ts'

export * from './define.ts'

export const processContracts: Readonly<Record<string, ProcessContract>> = {}
