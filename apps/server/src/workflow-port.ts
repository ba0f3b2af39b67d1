// 业务入口。登记库的查询由 @dianzhang/workflow 一并导出之后，本文件即可删去。
export * from '@dianzhang/workflow'
export * from '../../../packages/workflow/src/register/index.ts'
