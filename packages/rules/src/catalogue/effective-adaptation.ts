// 涉企文件：施行以前为经营主体留出必要的适应调整期；有日数的依日数，没有日数的记明如何安排。
import { daysBetween, isPlainDate } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, onDay, withCommand, withPack } from '../patch.ts'
import { adaptationEarliest, effectiveEarliest } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

const publishing = (f: Facts, payload: Record<string, unknown>): Facts =>
  withCommand(onDay(f, '2026-06-03'), 'Publish', { immediateReason: '不立即施行将有碍施行', ...payload })
/** 内蒙古没有适应调整期的日数。 */
const undated = (f: Facts): Facts =>
  withPack(f, { effective: latestPack('150525', f.today)?.effective ?? f.pack.effective })

export const effectiveAdaptation: Rule = {
  id: 'effective.adaptation',
  title: '涉企文件施行以前留出必要的适应调整期，不留的记明理由',
  severity: 'block',
  basis: source.privateEconomy('第四十五条第一款'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { enterpriseAdjustment: adjustment, adaptationAnswer } = f.pack.effective
    const sources = [
      ...(adjustment.value === null ? [] : adjustment.source),
      ...(adaptationAnswer.value ? adaptationAnswer.source : []),
    ]
    const more = basedOn(sources.length > 0 ? sources : adaptationAnswer.source)
    if (!f.dossier.classification.enterpriseRelated) return holds('不是涉企文件', more)
    if (adjustment.value === null && !adaptationAnswer.value)
      return holds('立项时适用的规则没有要求记明适应调整期', more)
    const recorded = f.command ? null : f.dossier.publication
    const publishedOn = recorded?.publishedOn ?? f.today
    const effectiveDate = recorded ? recorded.effectiveDate : f.command?.payload.effectiveDate
    const answer = recorded ? recorded.adaptation : f.command?.payload.adaptation
    const number = adaptationEarliest(f, publishedOn)
    const needed = number
      ? `适应调整期一般不少于${adjustment.value}日，即${day(number.rawDue)}起施行${mark(adjustment)}`
      : '应当根据实际情况留出必要的适应调整期，没有日数'
    if (!isPlainDate(effectiveDate)) return holds(`涉企文件${needed}`, more)
    if (filled(answer)) return holds(`涉企文件${needed}；已记明：${answer.trim()}`, more)
    const left = `公布至施行${Math.max(0, daysBetween(publishedOn, effectiveDate))}日`
    if (number) {
      if (effectiveDate >= number.rawDue) return holds(`涉企文件${needed}，${left}`, more)
      return fails(`涉企文件${needed}；${left}，请推迟施行，或者记明为何不留足适应调整期`, {
        ...more,
        earliest: number.rawDue,
        earliestOf: 'effective',
      })
    }
    // 没有日数：施行间隔已满一般间隔的只提醒记明，提前施行的须记明。
    const general = effectiveEarliest(f, publishedOn)
    const enough = effectiveDate >= general.due
    return fails(`涉企文件${needed}；${left}，请记明适应调整期如何安排${enough ? '' : '、为何提前施行'}`, {
      ...more,
      severity: enough ? 'warn' : 'block',
      ...(enough ? {} : { earliest: general.due, earliestOf: 'effective' as const }),
    })
  },
  examples: {
    holds: [
      { name: '宁夏：公布以后三十多日施行', given: (f) => f, says: '不少于30日' },
      {
        name: '宁夏：立即施行，记明不留的理由',
        given: (f) => publishing(f, { effectiveDate: '2026-06-03', adaptation: '只降低收费，不增加经营主体负担' }),
        says: '已记明：只降低收费',
      },
      {
        name: '不是涉企文件',
        given: (f) => publishing(classified(f, { enterpriseRelated: false }), { effectiveDate: '2026-06-03' }),
        says: '不是涉企文件',
      },
      {
        name: '没有日数的地方，记明安排',
        given: (f) =>
          publishing(undated(f), { effectiveDate: '2026-07-20', adaptation: '公布后组织培训，给足备货时间' }),
        says: '没有日数；已记明',
      },
      { name: '没有填写时说明', given: (f) => publishing(f, {}), says: '适应调整期' },
    ],
    refused: [
      {
        name: '宁夏：有立即施行的理由，没有说明适应调整期',
        given: (f) => publishing(f, { effectiveDate: '2026-06-03' }),
        says: '2026年7月3日（星期五）起施行',
      },
      {
        name: '没有日数的地方提前施行而没有记明',
        given: (f) => publishing(undated(f), { effectiveDate: '2026-06-10' }),
        says: '为何提前施行',
      },
      {
        name: '没有日数的地方间隔已满，没有记明的提醒',
        given: (f) => publishing(undated(f), { effectiveDate: '2026-07-20' }),
        says: '请记明适应调整期如何安排',
      },
    ],
  },
}
