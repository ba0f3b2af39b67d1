// 文件以外的各种事项，一种一个文件夹，互不引用（docs/architecture.md“在哪里添加”）。
export * from './cleanup/index.ts'
export * from './evaluation/index.ts'
export * from './filing-review/index.ts'
export * from './impact-check/index.ts'
export * from './office/index.ts'
export * from './review-suggestion/index.ts'
export * from './session/index.ts'
export * from './yearly-list/index.ts'
