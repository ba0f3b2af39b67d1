import { isPlainDate } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { type Facts, isProvisional, type PlainDate } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withCommand, withDossier } from '../patch.ts'
import { maximumYears, type Validity, validityEnd } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { day, mark } from '../words.ts'

function validityOf(value: unknown): Validity | null {
  const v = (value ?? {}) as { years?: unknown; until?: unknown }
  if (typeof v.years === 'number' && Number.isInteger(v.years) && v.years >= 1) return { years: v.years }
  if (isPlainDate(v.until)) return { until: v.until }
  return null
}

/** 拟定的有效期；列示可办事项时没有。 */
function proposed(f: Facts): { from: PlainDate; validity: Validity } | null {
  if (f.command) {
    const { effectiveDate, validity } = f.command.payload
    const given = validityOf(validity)
    return given && { from: isPlainDate(effectiveDate) ? effectiveDate : f.today, validity: given }
  }
  const { publication } = f.dossier
  return publication && { from: publication.effectiveDate, validity: { until: publication.validUntil } }
}

const publishing = (f: Facts, payload: Record<string, unknown>): Facts => withCommand(f, 'Publish', payload)

export const validityMaximum: Rule = {
  id: 'validity.maximum',
  title: '有效期不超过上限，暂行、试行的从短',
  severity: 'block',
  basis: source.ruleOfLaw2010('有效期制度'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const provisional = isProvisional(f.dossier)
    const maximum = maximumYears(f)
    const more = basedOn([...maximum.source, source.civilCode('第二百零二条')])
    const { value: years } = maximum
    if (years === null) return holds('没有有效期上限', more)
    const limit = `${provisional ? '标注暂行、试行的文件' : '文件'}有效期不超过${years}年${mark(maximum)}`
    const given = proposed(f)
    if (!given) return holds(`${limit}，自施行之日起计算`, more)
    const { due: last } = validityEnd(given.from, { years })
    const { due: until } = validityEnd(given.from, given.validity)
    if (until < given.from) return fails(`有效期末日${day(until)}早于施行日${day(given.from)}`, more)
    if (until > last)
      return fails(`${limit}：${day(given.from)}施行的，有效期至多到${day(last)}，拟定至${day(until)}`, more)
    return holds(`${limit}：自${day(given.from)}起施行，有效期至${day(until)}`, more)
  },
  examples: {
    holds: [
      { name: '施行五年，末日为届满前一日', given: (f) => f, says: '有效期至2031年6月30日（星期一）' },
      {
        name: '暂行两年',
        given: (f) =>
          publishing(classified(f, { provisional: true }), { effectiveDate: '2026-08-01', validity: { years: 2 } }),
        says: '2028年7月31日（星期一）',
      },
      {
        name: '2月29日施行五年，到2月28日',
        given: (f) => publishing(f, { effectiveDate: '2028-02-29', validity: { until: '2033-02-28' } }),
        says: '2033年2月28日（星期一）',
      },
      {
        name: '名称所引的另一文件是试行的，不因此从短',
        given: (f) =>
          publishing(withDossier(f, { title: '关于废止《海原县示范管理办法（试行）》的决定' }), {
            effectiveDate: '2026-08-01',
            validity: { years: 5 },
          }),
        says: '文件有效期不超过5年',
      },
      { name: '没有填写时说明上限', given: (f) => publishing(f, {}), says: '不超过5年' },
    ],
    refused: [
      {
        name: '拟定十年',
        given: (f) => publishing(f, { effectiveDate: '2026-08-01', validity: { years: 10 } }),
        says: '至多到2031年7月31日（星期四）',
      },
      {
        name: '多写了一日',
        given: (f) => publishing(f, { effectiveDate: '2026-08-01', validity: { until: '2031-08-01' } }),
        says: '拟定至2031年8月1日（星期五）',
      },
      {
        name: '试行文件拟定三年',
        given: (f) =>
          publishing(classified(f, { provisional: true }), { effectiveDate: '2026-08-01', validity: { years: 3 } }),
        says: '不超过2年（参数待核实）',
      },
      {
        name: '分类没有标注而名称写明试行，同样从短',
        given: (f) =>
          publishing(withDossier(f, { title: '关于印发《海原县示范管理办法（试行）》的通知' }), {
            effectiveDate: '2026-08-01',
            validity: { years: 5 },
          }),
        says: '不超过2年（参数待核实）',
      },
      {
        name: '末日早于施行日',
        given: (f) => publishing(f, { effectiveDate: '2026-08-01', validity: { until: '2026-07-31' } }),
        says: '早于施行日',
      },
    ],
  },
}
