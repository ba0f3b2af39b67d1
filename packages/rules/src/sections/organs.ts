// 各层级由谁审核、决定、撤销、废止、停止执行。各项参数在此登记：later(名称, 合并方式, { national, before })。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

export const organs = {
  countyReviewUnit: later<string>('县级政府确定的审核机构所在部门', 'replace', {
    national: param('司法局', null, source.legalityReview('二（四）', 'inference'), {
      note: '“由县（市、区）人民政府确定的审核机构进行审核”，通常设在司法行政部门；另有确定的，由管理员登记',
      confidence: 'inference',
    }),
  }),
}
