// 公布之日不计入，自公布后第 N 日（“N 日后”从严理解为第 N+1 日）起方可施行；确需立即施行的写明理由。
import { addMonths, isPlainDate } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { amount, latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, onDay, withCommand, withPack } from '../patch.ts'
import { effectiveEarliest } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

const publishing = (f: Facts, payload: Record<string, unknown>): Facts =>
  withCommand(onDay(f, '2026-06-03'), 'Publish', payload)

export const effectiveMinimumDelay: Rule = {
  id: 'effective.minimum-delay',
  title: '公布满规定天数后施行，或者写明立即施行的理由',
  severity: 'block',
  basis: source.rulemaking('第三十二条、第三十六条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { publication } = f.dossier
    const recorded = f.command ? null : publication
    const publishedOn = recorded?.publishedOn ?? f.today
    const { minimumDelay, enterpriseAdjustment, firstDay, enterpriseNotRetroactive, remoteMonths } = f.pack.effective
    const { enterpriseRelated } = f.dossier.classification
    const adjusting = enterpriseRelated && enterpriseAdjustment.value !== null
    const earliest = effectiveEarliest(f, publishedOn)
    const more = {
      ...basedOn([...minimumDelay.source, ...firstDay.source, ...(adjusting ? enterpriseAdjustment.source : [])]),
      earliest: earliest.due,
      earliestOf: 'effective' as const,
      trace: earliest.trace,
    }
    const effectiveDate = recorded ? recorded.effectiveDate : f.command?.payload.effectiveDate
    const reason = recorded ? recorded.immediateReason : f.command?.payload.immediateReason
    const adjustment = adjusting
      ? `；与经营主体生产经营活动相关，适应调整期一般不少于${amount({ ...enterpriseAdjustment, value: enterpriseAdjustment.value ?? 0 })}`
      : ''
    const counted = firstDay.value === 'after_nth' ? '后（从严理解为满此日数的次日）' : '后'
    const span = `${day(publishedOn)}公布，${amount(earliest.param)}${earliest.param === minimumDelay ? counted : '后'}即${day(earliest.due)}起方可施行${mark(earliest.param, firstDay)}${adjustment}`
    if (!isPlainDate(effectiveDate)) return holds(span, more)
    if (effectiveDate < publishedOn)
      return fails(`施行日${day(effectiveDate)}早于公布日${day(publishedOn)}；未经公布不得施行，不溯及既往`, {
        ...more,
        ...(enterpriseRelated && enterpriseNotRetroactive.value
          ? basedOn([...enterpriseNotRetroactive.source, ...minimumDelay.source])
          : {}),
        earliest: publishedOn,
      })
    const remote = addMonths(publishedOn, remoteMonths.value)
    if (effectiveDate > remote)
      return fails(
        `${day(publishedOn)}公布，拟定${day(effectiveDate)}才施行，距公布超过${amount(remoteMonths)}；请核对年份，确需如此的照办`,
        { ...more, ...basedOn(remoteMonths.source), severity: 'warn' },
      )
    if (effectiveDate >= earliest.due) return holds(`${span}；定于${day(effectiveDate)}施行`, more)
    if (filled(reason)) return holds(`${span}；定于${day(effectiveDate)}施行，理由：${reason.trim()}`, more)
    return fails(`${span}；拟定${day(effectiveDate)}施行过早。公布后不立即施行将有碍施行等确需提前的，须写明理由`, more)
  },
  examples: {
    holds: [
      { name: '公布一个月以后施行', given: (f) => f, says: '2026年6月26日（星期五）起方可施行' },
      {
        name: '满30日的次日施行',
        given: (f) => publishing(f, { effectiveDate: '2026-07-04' }),
        says: '定于2026年7月4日（星期六）施行',
      },
      {
        name: '四川写的是“不少于30日”，第30日即可施行',
        given: (f) =>
          publishing({ ...f, pack: latestPack('510811', f.today) ?? f.pack }, { effectiveDate: '2026-07-03' }),
        says: '定于2026年7月3日（星期五）施行',
      },
      {
        name: '此前立项的依立项时的算法，第30日即可施行',
        given: (f) =>
          publishing(
            withPack(f, {
              effective: { ...f.pack.effective, firstDay: { ...f.pack.effective.firstDay, value: 'on_nth' } },
            }),
            { effectiveDate: '2026-07-03' },
          ),
        says: '定于2026年7月3日（星期五）施行',
      },
      {
        name: '立即施行，写明理由',
        given: (f) => publishing(f, { effectiveDate: '2026-06-03', immediateReason: '不立即施行将有碍防汛' }),
        says: '不立即施行将有碍防汛',
      },
      { name: '没有填写时说明最早日期', given: (f) => publishing(f, {}), says: '即2026年7月4日（星期六）' },
    ],
    refused: [
      {
        name: '年份多半写错了的（只提请核对）',
        given: (f) => publishing(f, { effectiveDate: '2062-07-04' }),
        says: '距公布超过12个月；请核对年份',
      },
      {
        name: '公布十日后施行，没有理由',
        given: (f) => publishing(f, { effectiveDate: '2026-06-13' }),
        says: '2026年6月13日（星期六）施行过早',
      },
      {
        name: '第30日施行，还没有满30日',
        given: (f) => publishing(f, { effectiveDate: '2026-07-03', immediateReason: ' ' }),
        says: '过早',
      },
      {
        name: '施行日早于公布日，有理由也不行',
        given: (f) => publishing(f, { effectiveDate: '2026-06-02', immediateReason: '紧急' }),
        says: '不溯及既往',
      },
      {
        name: '不涉企的文件也不溯及既往',
        given: (f) =>
          publishing(classified(f, { enterpriseRelated: false }), {
            effectiveDate: '2026-05-01',
            immediateReason: '急',
          }),
        says: '早于公布日',
      },
    ],
  },
}
