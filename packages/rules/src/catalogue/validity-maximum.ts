import { isPlainDate } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import { type Facts, isProvisional, type PlainDate } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withCommand, withDossier, withExternal } from '../patch.ts'
import { exemptFromValidity, maximumYears, type Validity, validityEnd, validityStart } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

function validityOf(value: unknown): Validity | null {
  const v = (value ?? {}) as { years?: unknown; until?: unknown }
  if (typeof v.years === 'number' && Number.isInteger(v.years) && v.years >= 1) return { years: v.years }
  if (isPlainDate(v.until)) return { until: v.until }
  return null
}

/** 拟定的有效期；列示可办事项时没有。 */
function proposed(f: Facts): { from: PlainDate; effective: PlainDate; validity: Validity } | 'none' | null {
  if (f.command) {
    const { effectiveDate, validity } = f.command.payload
    if ((validity as { none?: unknown } | undefined)?.none === true) return 'none'
    const given = validityOf(validity)
    const from = isPlainDate(effectiveDate) ? effectiveDate : f.today
    return given && { from: validityStart(f, from, f.today), effective: from, validity: given }
  }
  const { publication } = f.dossier
  if (!publication) return null
  const { effectiveDate: from, validUntil: until } = publication
  return until === null
    ? 'none'
    : { from: validityStart(f, from, publication.publishedOn), effective: from, validity: { until } }
}
/** 超过一般上限时起草说明所载的理由。 */
const reasonOf = (f: Facts): string | null => {
  const given = f.command?.payload.validityReason
  return typeof given === 'string' ? given : (f.dossier.publication?.validityReason ?? null)
}
/** 取另一地现行的规则包，用于例子。 */
const inPlace = (f: Facts, place: string): Facts => ({ ...f, pack: latestPack(place, f.today) ?? f.pack })

/** 内蒙古：登记库中有同名的在先文件。 */
const renewing = (f: Facts): Facts =>
  withExternal(inPlace(f, '150525'), {
    predecessors: [
      {
        id: 'doc-earlier',
        title: f.dossier.title,
        documentNumber: null,
        effectiveDate: '2021-07-01',
        validUntil: '2026-06-30',
        provisional: false,
        status: 'in_force',
      },
    ],
  })
const publishing = (f: Facts, payload: Record<string, unknown>): Facts => withCommand(f, 'Publish', payload)

export const validityMaximum: Rule = {
  id: 'validity.maximum',
  title: '有效期不超过上限，暂行、试行的从短',
  severity: 'block',
  // 五年、两年之数不见于该意见的原文，多由省级规定；该意见只提出建立有效期制度。
  basis: source.ruleOfLaw2010('有效期制度', 'memory'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { required, extendedMaximumYears: extended, minimumYears: least } = f.pack.validity
    const provisional = isProvisional(f.dossier)
    const maximum = maximumYears(f)
    const { value: years } = maximum
    const optional = !required.value || exemptFromValidity(f)
    const more = basedOn([...maximum.source, ...required.source, source.civilCode('第二百零二条')])
    const kind = provisional ? '标注暂行、试行的文件' : '文件'
    const longer = provisional ? null : extended.value
    const limit =
      years === null
        ? `本地没有有效期上限${mark(maximum)}`
        : `${kind}有效期不超过${years}年${longer === null ? '' : `，确需超过的在起草说明中载明理由，最长不超过${longer}年`}${mark(maximum)}`
    const given = proposed(f)
    if (given === 'none')
      return optional
        ? holds(`${required.value ? '这类文件不适用有效期' : '本地不要求规定有效期'}，本件没有规定有效期`, {
            ...more,
            alsoBasis: [...(more.alsoBasis ?? []), ...f.pack.validity.exemptKinds.source],
          })
        : fails(`应当规定有效期：${limit}`, more)
    if (!given) return holds(`${limit}，自施行之日起计算${optional ? '；可以不规定有效期' : ''}`, more)
    const { due: until } = validityEnd(given.from, given.validity)
    if (until < given.effective) return fails(`有效期末日${day(until)}早于施行日${day(given.effective)}`, more)
    const anew = given.from === given.effective ? '' : '，延续同名文件的，有效期自公布之日重新计算'
    const span = `自${day(given.effective)}起施行${anew}`
    if (least.value !== null) {
      const { due: first } = validityEnd(given.from, { years: least.value })
      if (until < first)
        return fails(`${kind}有效期不少于${least.value}年：至早到${day(first)}，拟定至${day(until)}`, more)
    }
    if (years === null) return holds(`${limit}：${span}，有效期至${day(until)}`, more)
    const { due: last } = validityEnd(given.from, { years })
    if (until <= last) return holds(`${limit}：${span}，有效期至${day(until)}`, more)
    const beyond = `${day(given.effective)}施行的${anew}，有效期至多到${day(last)}，拟定至${day(until)}`
    if (longer === null) return fails(`${limit}：${beyond}`, more)
    const also = { ...more, alsoBasis: [...(more.alsoBasis ?? []), ...extended.source] }
    const { due: utmost } = validityEnd(given.from, { years: longer })
    if (until > utmost) return fails(`${limit}：载明理由也至多到${day(utmost)}，拟定至${day(until)}`, also)
    if (!filled(reasonOf(f))) return fails(`${limit}：${beyond}；请写明起草说明所载的理由`, also)
    return holds(`${limit}：有效期至${day(until)}，起草说明载明的理由：${reasonOf(f)?.trim()}`, also)
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
      {
        name: '四川：八年，起草说明载明理由',
        given: (f) =>
          publishing(inPlace(f, '510811'), {
            effectiveDate: '2026-08-01',
            validity: { years: 8 },
            validityReason: '特许经营期为八年，与合同期限一致',
          }),
        says: '起草说明载明的理由：特许经营期为八年',
      },
      {
        name: '安徽：没有有效期上限，可以不规定',
        given: (f) => publishing(inPlace(f, '340000'), { effectiveDate: '2026-08-01', validity: { none: true } }),
        says: '本地不要求规定有效期',
      },
      {
        name: '内蒙古：专用于废止的文件不适用有效期',
        given: (f) =>
          publishing(inPlace(withDossier(f, { title: '关于废止《奈曼旗集贸市场管理办法》的决定' }), '150525'), {
            effectiveDate: '2026-08-01',
            validity: { none: true },
          }),
        says: '这类文件不适用有效期',
      },
      {
        name: '内蒙古：延续同名文件，有效期自公布之日重新计算',
        given: (f) => publishing(renewing(f), { effectiveDate: '2026-08-01', validity: { until: '2031-06-02' } }),
        says: '自公布之日重新计算，有效期至2031年6月2日',
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
        name: '四川：八年而没有写明理由',
        given: (f) => publishing(inPlace(f, '510811'), { effectiveDate: '2026-08-01', validity: { years: 8 } }),
        says: '请写明起草说明所载的理由',
      },
      {
        name: '四川：十一年，有理由也不行',
        given: (f) =>
          publishing(inPlace(f, '510811'), {
            effectiveDate: '2026-08-01',
            validity: { years: 11 },
            validityReason: '长期规划',
          }),
        says: '载明理由也至多到2036年7月31日（星期四）',
      },
      {
        name: '烟台：阶段性工作不足一年',
        given: (f) =>
          publishing(inPlace(f, '370600'), { effectiveDate: '2026-08-01', validity: { until: '2027-01-31' } }),
        says: '有效期不少于1年',
      },
      {
        name: '海原：没有规定有效期',
        given: (f) => publishing(f, { effectiveDate: '2026-08-01', validity: { none: true } }),
        says: '应当规定有效期',
      },
      {
        name: '内蒙古：修改和废止并行的文件仍须规定有效期',
        given: (f) =>
          publishing(inPlace(withDossier(f, { title: '关于修改和废止部分行政规范性文件的决定' }), '150525'), {
            effectiveDate: '2026-08-01',
            validity: { none: true },
          }),
        says: '应当规定有效期',
      },
      {
        name: '内蒙古：延续同名文件，自施行之日算满五年的多了两个月',
        given: (f) => publishing(renewing(f), { effectiveDate: '2026-08-01', validity: { until: '2031-07-31' } }),
        says: '至多到2031年6月2日（星期一）',
      },
      {
        name: '末日早于施行日',
        given: (f) => publishing(f, { effectiveDate: '2026-08-01', validity: { until: '2026-07-31' } }),
        says: '早于施行日',
      },
    ],
  },
}
