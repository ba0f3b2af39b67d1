// 机构是记录：每个机关有哪些会议、由谁审核，谁与谁同级，谁是谁的上级。规则据此判断权限，不看名称写得像不像。
import type { Tier } from '@dianzhang/contract'
import type { ForceOrgan, Pack } from '@dianzhang/packs'
import type { BodyFact, Dossier, Facts, UnitFact } from './facts.ts'

type Units = Record<string, UnitFact>

/** 名称属于党的机关：党委、党组、党委的工作机关。 */
export const isPartyOrgan = (name: string): boolean =>
  /^(?:中共|中国共产党)|(?:党委|党组|党工委)(?:办公室)?$|(?:省|市|州|盟|县|区|旗|乡|镇)委(?:员会|办公室|宣传部|组织部|统战部|政法委)?$/.test(
    name.trim(),
  ) && !/村民委员会|居民委员会|管理委员会|常务委员会|政治协商|社区/.test(name)
/** 党政机关联合制发的文件归到何处。 */
export const whereJointPartyPapersBelong =
  '党的机关制发、党政机关联合制发的文件不是行政规范性文件：由党委办公厅（室）审核，依党内法规和规范性文件的规定制定、备案；只由行政机关制发的，请去掉党的机关再申请立项'
/** 名称写明由党的机关（连同行政机关）制发。 */
export const namesPartyOrgan = (title: string): boolean => /^(?:中共|中国共产党)/.test(title.trim())

/** 去掉“第几次”“第几届”、括号与空白：“县人民政府第12次常务会议（扩大）” → “县人民政府常务会议”。 */
const plain = (named: string): string =>
  named
    .replace(/[（(][^（）()]*[）)]/g, '')
    .replace(/\s/g, '')
    .replace(/第[〇零一二三四五六七八九十百\d]+[次届]/g, '')

/** 会议的种类：各地条文写“政府常务会议”或者“常务会议”，是同一种会议。 */
export const formOf = (form: string): string => form.replace(/^政府(?=常务会议|全体会议)/, '')

/** 会议名称冠以机关名称；“李俊乡人民政府”与“政府办公会议”重复的字只写一次。 */
const meetingName = (unit: string, meeting: string): string =>
  unit.endsWith('政府') && meeting.startsWith('政府') ? unit + meeting.slice(2) : unit + meeting

/** 这种会议是否合于该机关的名称：乡没有镇长办公会议，镇没有乡长办公会议。 */
const suits = (unit: string, meeting: string): boolean => {
  const head = /^(乡|镇)长/.exec(meeting)?.[1]
  return head === undefined || unit.replace(/人民政府$/, '').endsWith(head)
}

/** 单位种类 → 其文件的层级；不能制发文件的种类没有层级。 */
const tierOfKind: Partial<Record<UnitFact['kind'], Tier>> = {
  government: 'government',
  department: 'department',
  township: 'township',
}

/** 牵头制定机关的种类 → 文件层级：政府包括其办公室；部门文件经本级政府同意的仍是部门文件。其余机关不得制定。 */
export const tierOfIssuer: Partial<Record<UnitFact['kind'], Tier>> = { ...tierOfKind, office: 'government' }

/**
 * 一个机关依规则包应有的机构：各种法定会议；政府另有其合法性审核机构（规则包所称的部门，已在单位表中的）。
 * 标识由机关与会议名称构成，同样的输入得到同样的记录；管理员增加的不在其中。
 */
export function standardBodies(pack: Pack, unit: Pick<UnitFact, 'id' | 'name' | 'kind'>, units: Units): BodyFact[] {
  const tier = tierOfKind[unit.kind]
  if (tier === undefined) return []
  const meetings = pack.deliberation.bodies.value[tier]
    .filter((form) => suits(unit.name, form))
    .map(
      (form): BodyFact => ({
        id: `${unit.id}:${formOf(form)}`,
        name: meetingName(unit.name, form),
        kind: 'meeting',
        unit: unit.id,
        form: formOf(form),
        seat: null,
      }),
    )
  if (unit.kind !== 'government') return meetings
  const seat = Object.values(units).find(
    (u) => u.kind === 'department' && u.parent === unit.id && u.name.endsWith(pack.organs.countyReviewUnit.value),
  )
  if (!seat) return meetings
  return [
    ...meetings,
    {
      id: `${unit.id}:合法性审核`,
      name: `${unit.name}合法性审核机构（${seat.name}）`,
      kind: 'review',
      unit: unit.id,
      form: null,
      seat: seat.id,
    },
  ]
}
/** 全部机构，以标识为键。 */
const bodiesOf = (units: Units): BodyFact[] => Object.values(units).flatMap((u) => u.bodies)

/** 某机关所属的政府：政府本身；办公室、部门、乡镇为其上级政府；没有登记的为 null。 */
export function governmentOf(units: Units, id: string): UnitFact | null {
  const unit = units[id]
  if (!unit) return null
  if (unit.kind === 'government') return unit
  const parent = unit.parent === null ? undefined : units[unit.parent]
  return parent?.kind === 'government' || parent?.kind === 'superior' ? parent : null
}
/** 集体审议的机关：牵头制定机关；以政府办公室名义制发的由本级政府审议。 */
export function deliberatingOrgan(d: Pick<Dossier, 'issuers'>, units: Units): string {
  const lead = d.issuers[0] ?? ''
  return units[lead]?.kind === 'office' ? (governmentOf(units, lead)?.id ?? lead) : lead
}
/** 部门之间的分歧由谁裁定：本级政府及其办公室，上级政府；不是起草单位、同级部门。 */
export function disputeArbiters({ issuers }: Pick<Dossier, 'issuers'>, units: Units): string[] {
  const government = governmentOf(units, issuers[0] ?? '')
  if (!government) return []
  const offices = Object.values(units).filter((u) => u.kind === 'office' && u.parent === government.id)
  const above = units[government.parent ?? '']
  return [government.id, ...offices.map((u) => u.id), ...(above ? [above.id] : [])]
}
/** 有权审议本件的会议：属于审议机关，而且是规则包就其层级所列的会议。 */
export function competentMeetings(f: Pick<Facts, 'dossier' | 'external' | 'pack'>): BodyFact[] {
  const organ = deliberatingOrgan(f.dossier, f.external.units)
  const { tier } = f.dossier
  const forms = f.pack.deliberation.bodies.value[tier].map(formOf)
  const any = f.pack.deliberation.anyBody.value.includes(tier)
  return (f.external.units[organ]?.bodies ?? []).filter(
    (b) => b.kind === 'meeting' && b.form !== null && (any || forms.includes(formOf(b.form))),
  )
}

/** 名称所指是否即该会议：会议名称之前只能是本机关全称的后一部分（“县政府”“农业农村局”“本局”），不是别处的机关。 */
function names(named: string, body: BodyFact, unit: UnitFact): boolean {
  const given = plain(named)
  if (given === plain(body.name)) return true
  if (body.form === null) return false
  for (const form of [body.form, body.form.replace(/议$/, '')]) {
    if (!given.endsWith(form)) continue
    const prefix = given.slice(0, given.length - form.length).replace(/^本/, '')
    if (prefix === '' || [unit.name, unit.name.replace(/人民政府$/, '政府')].some((full) => full.endsWith(prefix)))
      return true
  }
  return false
}
/**
 * 由标识或者名称找到机构记录。先看 `among`（有权的机构），再看本法域的其他机构；都没有为 null。
 * `competent` 说明是否在 `among` 之内。
 */
export function findBody(
  units: Units,
  ref: string,
  among: readonly BodyFact[],
): { body: BodyFact; competent: boolean } | null {
  const all = bodiesOf(units)
  const byId = all.find((b) => b.id === ref)
  if (byId) return { body: byId, competent: among.some((b) => b.id === byId.id) }
  const named = (list: readonly BodyFact[]) =>
    list.find((b) => b.name === ref) ?? list.find((b) => units[b.unit] && names(ref, b, units[b.unit] as UnitFact))
  const own = named(among)
  if (own) return { body: own, competent: true }
  // 简称只在有权的机关之内有意义；在别处须写全称。
  const other = all.find((b) => plain(b.name) === plain(ref))
  return other ? { body: other, competent: false } : null
}

/** 有权审核本件的单位，及其缘由。 */
export interface Reviewers {
  /** 审核机构（人员）所在的单位；没有登记的为空。 */
  units: string[]
  /** 由谁审核，一句话。 */
  rule: string
}
/**
 * 有权对本件作合法性审核的单位（国办发〔2018〕115号二（四））：以政府或者其办公室名义制发、报政府批准后以部门名义制发的，
 * 为同级政府的审核机构；部门、乡镇的，有专门审核机构或者人员的由本单位，没有的由县级政府确定的审核机构。
 */
export function competentReviewers(f: Pick<Facts, 'dossier' | 'external' | 'pack'>): Reviewers {
  const { issuers, tier, classification } = f.dossier
  const { units } = f.external
  const lead = issuers[0] ?? ''
  const routing = f.pack.review.reviewerRouting.value
  const route = classification.governmentApproved && tier !== 'government' ? routing.onApproval : routing[tier]
  const seats = (unit: string | undefined): string[] =>
    (unit === undefined ? [] : (units[unit]?.bodies ?? []))
      .filter((b) => b.kind === 'review')
      .map((b) => b.seat)
      .filter((seat) => seat !== null)
  const government = governmentOf(units, lead)
  const county = government ? [...seats(government.id), government.id] : []
  const own = seats(lead)
  const name = (id: string) => units[id]?.name ?? id
  const governmentRule = `由${government ? name(government.id) : '同级政府'}的审核机构审核`
  switch (route) {
    case 'government':
      return { units: county, rule: governmentRule }
    case 'own':
      return { units: own.length > 0 ? own : [lead], rule: `由${name(lead)}的审核机构审核` }
    case 'own_or_designated':
      return own.length > 0
        ? { units: own, rule: `${name(lead)}有专门审核机构，由其审核` }
        : { units: [lead, ...county], rule: `由${name(lead)}的专门审核人员审核，没有的${governmentRule}` }
  }
}

/** 本件各类有权机关的单位：本机关（含联合的各方）、上级政府、本级人大常委会。 */
export function forceOrgans(d: Pick<Dossier, 'issuers'>, units: Units): Record<ForceOrgan, string[]> {
  const lead = d.issuers[0] ?? ''
  const unit = units[lead]
  const government = governmentOf(units, lead)
  // 以办公室名义制发的，视同本级政府的文件。
  const ofGovernment = unit?.kind === 'government' || unit?.kind === 'office'
  const above =
    unit?.kind === 'government' ? units[unit.parent ?? ''] : unit?.kind === 'office' ? undefined : government
  const superior = above && above.kind !== 'npc' ? [above.id] : []
  const self = unit?.kind === 'office' && government ? [...d.issuers, government.id] : [...d.issuers]
  const committees = Object.values(units).filter((u) => u.kind === 'npc')
  const place = government?.name.replace(/人民政府$/, '') ?? ''
  const sameLevel = committees.filter((u) => place !== '' && u.name.startsWith(place))
  return {
    self,
    superior: unit?.kind === 'office' && government?.parent ? [government.parent] : superior,
    standing_committee: ofGovernment ? sameLevel.map((u) => u.id) : [],
  }
}
const shortUnit = (name: string): string =>
  name.replace(/人民政府$/, '政府').replace(/人民代表大会常务委员会$/, '人大常委会')
/**
 * 决定由哪个机关作出：`ref` 为单位的标识或者名称，或者会议的标识或者名称（会议归其所属机关）。
 * 简称只就 `among` 中的机关理解，别处的须写全称。没有这样的机关为 null。
 */
export function findOrgan(
  units: Units,
  ref: string,
  among: readonly string[],
): { unit: string; body: BodyFact | null; name: string } | null {
  const direct =
    (Object.hasOwn(units, ref) ? units[ref] : undefined) ?? Object.values(units).find((u) => u.name === ref)
  if (direct) return { unit: direct.id, body: null, name: direct.name }
  const near = among.flatMap((id) => units[id] ?? [])
  const body = findBody(
    units,
    ref,
    near.flatMap((u) => u.bodies),
  )
  if (body) return { unit: body.body.unit, body: body.body, name: body.body.name }
  const given = shortUnit(plain(ref))
  const named = given.length < 3 ? [] : near.filter((u) => shortUnit(u.name).endsWith(given))
  const [only] = named
  return named.length === 1 && only ? { unit: only.id, body: null, name: only.name } : null
}
