// 文本自述与案卷的比对：标题、发文字号、制定机关、施行日期、有效期、解释机关。只作比对，是否阻断由规则定。
import { addDays, addMonths, isPlainDate } from '@dianzhang/calendar'
import { parseNumber } from '@dianzhang/numbering'
import {
  draftMarkOf,
  issuedTitle,
  type Said,
  type SaidEffective,
  type SaidValidity,
  type TextStatement,
  titleKeyOf,
} from '@dianzhang/text'
import { type Facts, headText, isProvisional, type PlainDate } from './facts.ts'
import { exemptFromValidity, maximumYears, type Validity, validityEnd } from './periods.ts'
import { day, unitName } from './words.ts'

/** 比对的事项。 */
const statedSubjects = {
  title: '标题',
  number: '发文字号',
  issuer: '制定机关',
  effective: '施行日期',
  validity: '有效期',
  interpreter: '解释机关',
} as const
export type StatedSubject = keyof typeof statedSubjects
/**
 * 一处比对。`contradicts`：文本与案卷说的不是一回事；`doubtful`：读法不止一种，须人核对；`unfilled`：文本里还留着待填之处；`unsaid`：文本没有写明，或者算不出。
 * `says` 是一句话：文本写的是什么、在哪一条，案卷是什么。
 */
export interface StatedDifference {
  subject: StatedSubject
  kind: 'contradicts' | 'doubtful' | 'unfilled' | 'unsaid'
  says: string
  /** 所在条款与原话，文本中没有的为空。 */
  address?: string
  quote?: string
}

/** 公布的拟定：公布命令所载。 */
interface Proposed {
  effectiveDate: PlainDate | null
  validity: Validity | null
  /** 拟定的是不规定有效期。 */
  unlimited: boolean
}
function proposedIn(f: Facts): Proposed {
  const payload = f.command?.type === 'Publish' ? f.command.payload : {}
  const validity = (payload.validity ?? {}) as { years?: unknown; until?: unknown; none?: unknown }
  return {
    unlimited: validity.none === true,
    effectiveDate: isPlainDate(payload.effectiveDate) ? payload.effectiveDate : null,
    validity:
      typeof validity.years === 'number' && Number.isInteger(validity.years) && validity.years >= 1
        ? { years: validity.years }
        : isPlainDate(validity.until)
          ? { until: validity.until }
          : null,
  }
}

const regionOf = (name: string): string =>
  /^.{2,}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗|乡|镇|街道)/u.exec(name)?.[0] ?? ''
const isSubsequence = (short: string, long: string): boolean => {
  let at = 0
  for (const character of long) if (character === short[at]) at++
  return at === short.length
}
/** 文本里的写法是否指该单位：全称、省去行政区划的简称（县财政局）、通行的缩略（县住建局、县政府办）。 */
export function namesUnit(written: string, full: string): boolean {
  const name = written
    .normalize('NFKC')
    .replace(/[\s《》“”"（）()]/gu, '')
    .replace(/^(?:本|我)(?=[省市县区旗乡镇])/u, '')
  if (name.length < 2) return false
  if (
    name === full ||
    (name.length >= 3 && full.endsWith(name)) ||
    (name.endsWith(full) && /(?:省|自治区|市|州|盟)$/u.test(name.slice(0, -full.length)))
  )
    return true
  const region = regionOf(full)
  const core = full.slice(region.length)
  const spelled = (one: string): string => one.replace(/(?<!人民)政府/u, '人民政府').replace(/政府办$/u, '政府办公室')
  const bare = [name, name.startsWith(region) ? name.slice(region.length) : '', name.replace(/^[省市县区旗乡镇]/u, '')]
  return bare.some((one) => {
    const short = spelled(one)
    return short.length >= 2 && short[0] === core[0] && short.at(-1) === core.at(-1) && isSubsequence(short, core)
  })
}
/** 不指名的写法：制定机关、发文机关、本机关、起草单位。 */
const unnamed =
  /^(?:(?:本|我)?(?:制定|发文|印发|制发|公布|发布)?(?:机关|单位|部门)|起草(?:单位|部门)|(?:本|我)(?:局|委|办|厅|县|市|区|乡|镇|府|院))$/u
/** 以职能相称的部门：农业农村主管部门。 */
const byFunction = /^(.*?)(?:行政)?(?:主管)?(?:部门|机构)$/u

function titleDifference(f: Facts, says: TextStatement): StatedDifference | null {
  const d = f.dossier
  const names = d.issuers.map((unit) => unitName(f, unit))
  if (says.title === null)
    return { subject: 'title', kind: 'unsaid', says: `正文没有标题，公布时以案卷名称《${d.title}》为标题` }
  const withoutIssuers = (title: string): string => {
    const at = title.indexOf('关于')
    if (at <= 0) return title
    const before = title.slice(0, at)
    return before.split(/[、\s]/u).every((one) => one === '' || names.some((name) => namesUnit(one, name)))
      ? title.slice(at)
      : title
  }
  const key = (title: string): string => {
    const plain = titleKeyOf(withoutIssuers(title))
    return d.classification.provisional ? plain.replace(/\((?:试行|暂行)\)$/u, '') : plain
  }
  const forms = (title: string | null): string[] =>
    title === null ? [] : [key(title), ...(issuedTitle(title) ? [key(issuedTitle(title) ?? '')] : [])]
  const file = forms(d.title)
  const written = [...forms(says.title), ...(says.innerTitle === null ? [] : forms(says.innerTitle))]
  const quote = says.title
  // 红头之下只写“公告”“通告”的也有：不是另一件文件，请核对。
  if (bareGenre.test(key(says.title)) && !written.some((one) => file.includes(one)))
    return {
      subject: 'title',
      kind: 'doubtful',
      quote,
      says: `标题：正文只写“${shown(says.title)}”，案卷名称是《${shown(d.title)}》`,
    }
  if (!written.some((one) => file.includes(one)))
    return {
      subject: 'title',
      kind: 'contradicts',
      quote,
      says: `标题：正文是《${shown(says.title)}》${says.innerTitle === null ? '' : `（所印发的是《${shown(says.innerTitle)}》）`}，案卷名称是《${shown(d.title)}》`,
    }
  const draft = [says.title, says.innerTitle]
    .map((one) => (one === null ? null : draftMarkOf(one)))
    .find((one) => one !== null)
  return draft ? { subject: 'title', kind: 'unfilled', quote, says: `标题：正文还带着“${draft}”` } : null
}
const bareGenre = /^(?:通知|通告|公告|决定|意见|办法|规定|方案|细则|规则)$/u
const shown = (title: string): string => title.replace(/\s+/gu, '').replaceAll('《', '〈').replaceAll('》', '〉')

function numberDifference(f: Facts, says: TextStatement): StatedDifference | null {
  const d = f.dossier
  if (says.documentNumber === null || says.documentNumber.blank) return null
  const { written } = says.documentNumber
  const read = parseNumber(written).normalized ?? written.replace(/\s/gu, '')
  const quote = written
  if (d.numbers) {
    return d.numbers.document === read
      ? null
      : {
          subject: 'number',
          kind: 'contradicts',
          quote,
          says: `发文字号：正文写“${written}”，编定的是${d.numbers.document}`,
        }
  }
  const own = f.pack.numbering.documentPrefixes.value[d.issuers[0] ?? '']
  return own !== undefined && parseNumber(written).prefix === own
    ? {
        subject: 'number',
        kind: 'unsaid',
        quote,
        says: `发文字号：正文写“${written}”，案卷尚未编号，编号时须恰为此号，或者留空由系统填写`,
      }
    : {
        subject: 'number',
        kind: 'contradicts',
        quote,
        says: `发文字号：正文写“${written}”，案卷尚未编号；发文字号留空（如“${own ?? '机关代字'}〔${f.today.slice(0, 4)}〕　号”）或者删去，编号后由系统填写`,
      }
}

/** 标题里的机关：“甲局、乙局关于印发……”里的甲局、乙局；连写的按机关名称的收尾分开。 */
function organsOfTitle(title: string): string[] {
  const at = title.indexOf('关于')
  if (at <= 0) return []
  return title
    .slice(0, at)
    .normalize('NFKC')
    .split(/[、，,\s]/u)
    .flatMap(
      (one) => one.match(/.+?(?:人民政府(?!办)|政府办公室|政府办|委员会(?!办)|办公室|[局厅院](?!办))(?=.|$)/gu) ?? [],
    )
}
/** 印发通知的标题写着别的机关。政府的文件由其办公室印发的寻常，只请核对。 */
function titleOrganDifference(f: Facts, says: TextStatement): StatedDifference | null {
  if (says.title === null || issuedTitle(says.title) === null) return null
  const d = f.dossier
  const names = d.issuers.map((unit) => unitName(f, unit))
  const foreign = organsOfTitle(says.title).filter((one) => !names.some((name) => namesUnit(one, name)))
  if (foreign.length === 0) return null
  const own = Object.values(f.external.units).filter(({ kind }) => kind === 'office')
  const byOffice =
    d.issuers.some((unit) => f.external.units[unit]?.kind === 'government') &&
    foreign.every((one) => own.some(({ name }) => namesUnit(one, name)))
  return {
    subject: 'issuer',
    kind: byOffice ? 'doubtful' : 'contradicts',
    quote: says.title,
    says: `制定机关：正文标题写的是${foreign.join('、')}，案卷是${names.join('、')}`,
  }
}
function issuerDifference(f: Facts, says: TextStatement): StatedDifference | null {
  const names = f.dossier.issuers.map((unit) => unitName(f, unit))
  const known = (written: string): boolean => names.some((name) => namesUnit(written, name))
  const foreign = [...new Set([...says.letterhead, ...says.signature])].filter((written) => !known(written))
  const file = names.join('、')
  if (foreign.length > 0)
    return {
      subject: 'issuer',
      kind: 'contradicts',
      quote: foreign[0] as string,
      says: `制定机关：正文${says.letterhead.includes(foreign[0] as string) ? '发文机关标志' : '署名'}是${foreign.join('、')}，案卷是${file}`,
    }
  const missing = names.filter((name) => !says.signature.some((written) => namesUnit(written, name)))
  if (says.signature.length > 0 && missing.length > 0)
    return {
      subject: 'issuer',
      kind: 'contradicts',
      says: `制定机关：正文署名是${says.signature.join('、')}，案卷还有${missing.join('、')}`,
    }
  return null
}

/** 文本所写的施行日期落在哪一日：公布之日为 `publishedOn`。“满30日后”的两种算法都认。 */
export function effectiveDatesOf(said: SaidEffective, publishedOn: PlainDate, f: Pick<Facts, 'calendar'>): PlainDate[] {
  if (said.kind === 'date') return [said.date]
  if (said.kind !== 'publication') return []
  if (said.after === 0) return [publishedOn]
  if (said.unit === 'month') {
    const due = addMonths(publishedOn, said.after)
    return [due, addDays(due, 1)]
  }
  if (said.unit === 'day') return [addDays(publishedOn, said.after), addDays(publishedOn, said.after + 1)]
  const { due } = f.calendar.explain({ start: publishedOn, amount: said.after, unit: 'working_day', mode: 'minimum' })
  return [due, f.calendar.nextWorkday(due)]
}
const where = (one: Said<object>): string => (one.address === '' ? '正文' : `正文${one.address}`)
const told = (said: SaidEffective): string =>
  said.kind === 'date'
    ? `自${day(said.date)}起施行`
    : said.kind === 'publication'
      ? `自公布之日起${said.after === 0 ? '' : `${said.after}${{ day: '日', working_day: '个工作日', month: '个月' }[said.unit]}后`}施行`
      : said.kind === 'blank'
        ? '施行日期还没有填写'
        : `自${said.event}之日起施行`

function effectiveDifferences(f: Facts, says: TextStatement, given: Proposed): StatedDifference[] {
  if (says.effective.length === 0) return [{ subject: 'effective', kind: 'unsaid', says: '正文没有写明施行日期' }]
  const publishing = f.command?.type === 'Publish'
  return says.effective.flatMap((said): StatedDifference[] => {
    const place = { subject: 'effective' as const, address: said.address, quote: said.quote }
    if (said.kind === 'blank') return [{ ...place, kind: 'unfilled', says: `${where(said)}的施行日期还没有填写` }]
    if (said.kind === 'other')
      return [{ ...place, kind: 'unsaid', says: `${where(said)}写${told(said)}，不能由公布推算，请核对` }]
    const dates = effectiveDatesOf(said, f.today, f)
    if (publishing && given.effectiveDate !== null)
      return dates.includes(given.effectiveDate)
        ? []
        : [
            {
              ...place,
              // “公布三十日后”也有人读作“不早于”：晚于推算之日的只请核对。
              kind:
                said.kind === 'publication' && said.after > 0 && given.effectiveDate > (dates.at(-1) ?? '')
                  ? 'doubtful'
                  : 'contradicts',
              says: `施行日期：${where(said)}写${told(said)}${said.kind === 'publication' ? `，今日公布即${day(dates[0] ?? f.today)}` : ''}，拟定的是${day(given.effectiveDate)}`,
            },
          ]
    if (said.kind === 'date' && said.date < f.today)
      return [
        {
          ...place,
          kind: 'contradicts',
          says: `施行日期：${where(said)}写${told(said)}，已经过去，而文件尚未公布；未经公布不得施行`,
        },
      ]
    return []
  })
}

const termOf = (said: SaidValidity): string =>
  said.kind === 'years'
    ? `有效期${said.years}年`
    : said.kind === 'months'
      ? `有效期${said.months}个月`
      : said.kind === 'days'
        ? `有效期${said.days}天`
        : said.kind === 'until'
          ? `有效期至${day(said.date)}`
          : '长期有效'
/** 文本所写的有效期最后一日；算不出的为 null。 */
export function lastDayOf(said: SaidValidity, effectiveDate: PlainDate): PlainDate | null {
  if (said.kind === 'years') return validityEnd(effectiveDate, { years: said.years }).due
  if (said.kind === 'months') return addDays(addMonths(effectiveDate, said.months), -1)
  if (said.kind === 'days') return addDays(effectiveDate, said.days - 1)
  return said.kind === 'until' ? said.date : null
}
/** 正文所写的期限最长不得超过几年；没有上限、可以不定有效期的为 null。写明理由可以更长的，以更长的为限。 */
function mostYears(f: Facts): number | null {
  const { required, extendedMaximumYears: extended } = f.pack.validity
  const { value } = maximumYears(f)
  if (value === null || !required.value || exemptFromValidity(f)) return null
  return Math.max(value, isProvisional(f.dossier) ? 0 : (extended.value ?? 0))
}
const monthsOf = (said: SaidValidity): number | null =>
  said.kind === 'years'
    ? said.years * 12
    : said.kind === 'months'
      ? said.months
      : said.kind === 'days'
        ? said.days / 31
        : null
function validityDifferences(f: Facts, says: TextStatement, given: Proposed): StatedDifference[] {
  const { effectiveDate, validity, unlimited } = given
  const until = effectiveDate !== null && validity !== null ? validityEnd(effectiveDate, validity).due : null
  if (says.validity.length === 0)
    return [
      {
        subject: 'validity',
        kind: 'unsaid',
        says: `正文没有写明有效期${until === null ? '' : `，登记为至${day(until)}`}`,
      },
    ]
  return says.validity.flatMap((said): StatedDifference[] => {
    const place = { subject: 'validity' as const, address: said.address, quote: said.quote }
    if (said.kind === 'blank') return [{ ...place, kind: 'unfilled', says: `${where(said)}的有效期还没有填写` }]
    const [most, months] = [mostYears(f), monthsOf(said)]
    // 公布时依规则 validity.maximum 判断拟定的期限；在此以前，正文写得过长的先行指出。
    if (until === null && most !== null && months !== null && months > most * 12)
      return [
        {
          ...place,
          kind: 'contradicts',
          says: `有效期：${where(said)}写${termOf(said)}，超过了上限${most}年，不能照此公布`,
        },
      ]
    if (unlimited && said.kind !== 'unlimited')
      return [
        {
          ...place,
          kind: 'contradicts',
          says: `有效期：${where(said)}写${termOf(said)}，拟定的是不规定有效期`,
        },
      ]
    if (until === null || effectiveDate === null) return []
    const last = lastDayOf(said, effectiveDate)
    return last === until
      ? []
      : [
          {
            ...place,
            kind: 'contradicts',
            says: `有效期：${where(said)}写${termOf(said)}${last !== null && said.kind !== 'until' ? `（自${day(effectiveDate)}起至${day(last)}）` : ''}，拟定的是至${day(until)}`,
          },
        ]
  })
}

function interpreterDifferences(f: Facts, says: TextStatement): StatedDifference[] {
  if (says.interpreters.length === 0) return [{ subject: 'interpreter', kind: 'unsaid', says: '正文没有写明由谁解释' }]
  const d = f.dossier
  const { units } = f.external
  const issuing = d.issuers.map((unit) => units[unit])
  const concerned = new Set([
    ...d.issuers,
    d.draftingUnit,
    ...d.interagency.map(({ unit }) => unit),
    // 政府制发的，其办公室承担解释工作的也常见。
    ...Object.values(units).flatMap((u) =>
      u.kind === 'office' && issuing.some((one) => one?.kind === 'government') ? [u.id] : [],
    ),
  ])
  return says.interpreters.flatMap((said) =>
    said.names.flatMap((written): StatedDifference[] => {
      if (unnamed.test(written)) return []
      const role = byFunction.exec(written)?.[1]?.replace(/^(?:本|我)?[省市县区旗乡镇]/u, '')
      const named = Object.values(units).filter(
        (u) => namesUnit(written, u.name) || (role !== undefined && role.length >= 2 && u.name.includes(role)),
      )
      if (named.some((u) => concerned.has(u.id))) return []
      const place = {
        subject: 'interpreter' as const,
        kind: 'contradicts' as const,
        address: said.address,
        quote: said.quote,
      }
      const who = `解释机关：${where(said)}写由${written}负责解释，`
      return [
        named.length === 0
          ? {
              ...place,
              says: `${who}登记的单位里没有这个机关；案卷的制定机关是${d.issuers.map((u) => unitName(f, u)).join('、')}，起草单位是${unitName(f, d.draftingUnit)}`,
            }
          : { ...place, says: `${who}它既不是本文件的制定机关、起草单位，也没有就本文件征求过其意见` },
      ]
    }),
  )
}

/**
 * 文本自述与案卷之间的全部差别；文本的自述尚未读出时为 null。
 * 施行日期、有效期与公布命令所载的比对；其余阶段只看施行日期是否已经过去、有无待填之处。
 */
export function textAgainstFile(f: Facts, says = headText(f.dossier)?.says ?? null): StatedDifference[] | null {
  if (says === null) return null
  const given = proposedIn(f)
  return [
    titleDifference(f, says),
    numberDifference(f, says),
    titleOrganDifference(f, says),
    issuerDifference(f, says),
    ...effectiveDifferences(f, says, given),
    ...validityDifferences(f, says, given),
    ...interpreterDifferences(f, says),
  ].filter((one) => one !== null)
}
