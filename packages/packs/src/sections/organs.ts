// 各层级由谁审核、决定、撤销、废止、停止执行。各项参数在此登记：later(名称, 合并方式, { national, before })。
import type { Basis } from '@dianzhang/contract'
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

/** 变动效力的机关与制定机关的关系：本机关、上级政府、本级人大常委会。 */
export type ForceOrgan = 'self' | 'superior' | 'standing_committee'
export type ForceKind = 'amended' | 'repealed' | 'annulled' | 'lapsed' | 'suspended' | 'resumed'
const forceSources: Basis[] = [
  source.officialPapers('第三十三条'),
  source.organicLaw('第七十三条第（三）项'),
  source.supervisionLaw('第三十九条'),
]
type UnitKind = 'government' | 'office' | 'department' | 'township'

export const organs = {
  countyReviewUnit: later<string>('县级政府确定的审核机构所在部门', 'replace', {
    national: param('司法局', null, source.legalityReview('二（四）', 'inference'), {
      note: '“由县（市、区）人民政府确定的审核机构进行审核”，通常设在司法行政部门；另有确定的，由管理员登记',
      confidence: 'inference',
    }),
  }),
  /** 变动的种类 → 有权决定的机关。 */
  force: later<Record<ForceKind, ForceOrgan[]>>('修改、废止、撤销、失效、停止执行由谁决定', 'replace', {
    national: param<Record<ForceKind, ForceOrgan[]>>(
      {
        amended: ['self', 'superior'],
        repealed: ['self', 'superior', 'standing_committee'],
        annulled: ['self', 'superior', 'standing_committee'],
        lapsed: ['self', 'superior'],
        suspended: ['self', 'superior', 'standing_committee'],
        resumed: ['self', 'superior', 'standing_committee'],
      },
      null,
      forceSources,
      {
        confidence: 'partly_verified',
        note: '公文的撤销、废止由发文机关、上级机关或者权力机关决定；政府改变或者撤销所属部门和下级政府的不适当的决定；人大常委会撤销本级政府的不适当的决定。停止执行、恢复执行没有统一条文，比照撤销',
      },
    ),
  }),
  /** 受托签发的人须是本机关的人，并且在本机关有其中一种任职。 */
  signingDelegates: later<Array<'leader' | 'unit_head'>>('可以受托签发的任职', 'replace', {
    national: param<Array<'leader' | 'unit_head'>>(
      ['leader', 'unit_head'],
      null,
      [source.officialPapers('第二十二条')],
      {
        confidence: 'inference',
        note: '公文由机关主要负责人签发或者授权签发；受权的是本机关的其他负责人，条文没有列举',
      },
    ),
  }),
  /** 可以联合制发的机关种类，一组为一级；空的不核对。 */
  jointLevels: later<UnitKind[][]>('联合制发的同级机关', 'replace', {
    national: param<UnitKind[][]>(
      [['government'], ['office', 'department'], ['township']],
      null,
      [source.officialPapers('第十七条')],
      {
        note: '“同级党政机关……必要时可以联合行文”；县级部门与乡镇同为乡科级，可否联合由本级机构编制规定，只作提示',
      },
    ),
    before: param<UnitKind[][]>([], null, source.officialPapers('第十七条'), { note: '此前没有核对' }),
  }),
}
