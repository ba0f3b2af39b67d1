// 一版另有规定的规则包：审核期限因征求意见、专家论证停计，备案审查可以延长，政府文件须列入发文计划，延续须评估。只用于放进库里的案卷。
import { latestPack } from '@dianzhang/packs'
import type { County } from './county.ts'

/** 放进规则包表并读入；给出版本号。自2030年起适用，不及于新立项的文件。 */
export async function packOf(c: County): Promise<string> {
  const base = latestPack('640522', '2026-11-28')
  if (!base) throw new Error('没有海原县的规则包')
  const pack = structuredClone(base)
  pack.version = '640522@2030-01-01.1'
  pack.effectiveFrom = '2030-01-01'
  pack.review.stopsFor.value = ['supplement', 'consultation', 'expert']
  pack.initiation.planRequired.value = true
  pack.evaluation.preExpiryMonths.confidence = 'verified'
  for (const track of pack.filing) {
    if (track.review.value === null) throw new Error('没有审查期限')
    track.reviewExtension = { ...track.reviewExtension, value: 15, unit: 'calendar_day' }
  }
  await c.sql`insert into rule_packs (jurisdiction_id, version, effective_from, body, loaded_at)
    values ('640522', ${pack.version}, ${pack.effectiveFrom}, ${c.sql.json(JSON.parse(JSON.stringify(pack)))}, now())`
  return pack.version
}
