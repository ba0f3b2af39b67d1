// 上位法目录：法律、行政法规、监察法规、国务院文件、司法解释、部分规章与地方性法规，一版一项。目录不全：不在其中不等于没有、不等于失效。
import { aliases } from './aliases.ts'
import { issuers, rows } from './data.ts'

/** 目录的出处与截止：公开的国家法律法规目录，最新的一件公布于此日。 */
export const actsAsOf = '2026-08-28'
export const actsSource = '国家法律法规数据库等公开目录（2026年8月28日以前公布的）'

const levels = {
  宪: '宪法',
  法: '法律',
  释: '法律解释',
  决: '有关法律问题的决定',
  行: '行政法规',
  监: '监察法规',
  国: '国务院文件',
  司: '司法解释',
  部: '部门规章',
  地: '地方性法规',
  地决: '地方法规性决定',
  规: '地方政府规章',
} as const
export type ActLevel = (typeof levels)[keyof typeof levels]
/** 目录自述的状态；`unknown` 为没有记载。 */
const statuses = {
  '1': 'in_force',
  t: 'trial',
  m: 'superseded',
  x: 'repealed',
  p: 'pending',
  '?': 'unknown',
} as const
export type ListedStatus = (typeof statuses)[keyof typeof statuses]

/** 一部上位法的一版。日期为日历日 `YYYY-MM-DD`，没有记载的为 null。 */
export interface ListedAct {
  /** 公布日与名称的归一写法，如 `2020-05-28-民法典`；目录更新后不变。 */
  id: string
  title: string
  level: ActLevel
  /** 文号；行政法规历次修订沿用第一次公布的令号的，照目录所载。 */
  documentNumber: string | null
  issuer: string | null
  publishedOn: string | null
  effectiveOn: string | null
  status: ListedStatus
  /** 状态以国家目录核对过；没有核对过的只供提示。 */
  checked: boolean
}

const ignored = /[\s〈〉《》“”‘’"'·]/gu
const versionOf = /\(((19|20)[0-9]{2}年?)?(第[一二三四五六七八九十]{1,2}次)?(修[正订改](版|本|文本)?|版|本|文本)\)$/u
/** 名称的归一写法：全角半角、书名号、“中华人民共和国”与后附的修正年份不计，常用的简称写成全称。 */
export const actKey = (title: string): string => {
  const key = title.normalize('NFKC').replace(ignored, '').replaceAll('中华人民共和国', '').replace(versionOf, '')
  return Object.hasOwn(aliases, key) ? (aliases[key] ?? key) : key
}

const day = (digits: string): string | null =>
  digits === '' ? null : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`

function parse(line: string): ListedAct {
  const [level = '', title = '', number = '', issuer = '', published = '', effective = '', status = '', doubt = ''] =
    line.split('\t')
  const publishedOn = day(published)
  return {
    id: `${publishedOn ?? '0000-00-00'}-${actKey(title)}`,
    title,
    level: levels[level as keyof typeof levels],
    documentNumber: number === '' ? null : number.replace('@', '中华人民共和国国务院令'),
    issuer: issuer === '' ? null : (issuers[Number(issuer)] ?? issuer),
    publishedOn,
    effectiveOn: effective === '=' ? publishedOn : day(effective),
    status: statuses[status as keyof typeof statuses] ?? 'unknown',
    checked: doubt === '',
  }
}

interface Catalogue {
  all: readonly ListedAct[]
  /** 归一的名称 → 各版，先公布的在前。 */
  byKey: ReadonlyMap<string, readonly ListedAct[]>
}
let read: Catalogue | undefined
// 头一次问到才读：多数进程从来不查。
function catalogue(): Catalogue {
  if (read) return read
  const all = rows.split('\n').map(parse)
  const byKey = new Map<string, ListedAct[]>()
  for (const act of all) byKey.set(actKey(act.title), [...(byKey.get(actKey(act.title)) ?? []), act])
  for (const versions of byKey.values())
    versions.sort((a, b) => (a.publishedOn ?? '').localeCompare(b.publishedOn ?? ''))
  read = { all, byKey }
  return read
}

/** 同一名称的各版，先公布的在前；不在目录中的为空。 */
export const versionsOf = (title: string): readonly ListedAct[] => catalogue().byKey.get(actKey(title)) ?? []

const numberKey = (number: string): string => number.normalize('NFKC').replace(/\s/gu, '').replace('中华人民共和国', '')
let numbers: Map<string, string | null> | undefined
/** 文号 → 归一的名称；目录没有，或者几部用同一个文号的为 null。 */
export function actNumbered(number: string): string | null {
  if (numbers === undefined) {
    numbers = new Map()
    for (const { documentNumber, title } of catalogue().all) {
      if (documentNumber === null) continue
      const key = numberKey(documentNumber)
      const own = actKey(title)
      numbers.set(key, numbers.has(key) && numbers.get(key) !== own ? null : own)
    }
  }
  return numbers.get(numberKey(number)) ?? null
}

/** 标识 → 一版；没有的为 undefined。 */
export const listedAct = (id: string): ListedAct | undefined => {
  const key = /^\d{4}-\d{2}-\d{2}-(.+)$/u.exec(id)?.[1] ?? ''
  return catalogue()
    .byKey.get(key)
    ?.find((act) => act.id === id)
}

/**
 * 名称、文号中含有全部所写的词的，名称完全相同的在前，其次以所写开头的，再次新公布的；`limit` 件。空的查询给出新公布的。
 */
export function searchActs(query: string, limit: number): { items: ListedAct[]; total: number } {
  const words = query
    .normalize('NFKC')
    .split(/\s+/u)
    .map((word) => actKey(word))
    .filter((word) => word !== '')
  const key = words.join('')
  const found = catalogue().all.filter((act) => {
    const text = `${actKey(act.title)}\n${(act.documentNumber ?? '').normalize('NFKC')}`
    return words.every((word) => text.includes(word))
  })
  const rank = (act: ListedAct): number => {
    const own = actKey(act.title)
    return own === key ? 0 : own.startsWith(key) ? 1 : 2
  }
  found.sort((a, b) => rank(a) - rank(b) || (b.publishedOn ?? '').localeCompare(a.publishedOn ?? ''))
  return { items: found.slice(0, limit), total: found.length }
}

/** `on` 以前（含）已经公布、其后才施行的各版，且此前已有旧版的。 */
export const comingVersions = (on: string): ListedAct[] =>
  [...catalogue().byKey.values()].flatMap((versions) =>
    versions.filter(
      (act, i) =>
        i > 0 && act.effectiveOn !== null && act.effectiveOn > on && act.publishedOn !== null && act.publishedOn <= on,
    ),
  )

/** 某日的效力。`unknown`：目录有此名称而不足以说明；不在目录中的另答 null。 */
export interface ActStanding {
  status: 'in_force' | 'repealed' | 'amended' | 'pending' | 'unknown'
  /** 当日所依的一版；没有施行的版本时为最近公布的一版。 */
  version: ListedAct
  /** 已经公布、当日还没有施行的下一版。 */
  next: ListedAct | null
}
/**
 * 一部上位法在 `on`（`YYYY-MM-DD`）的效力；不在目录中的为 null，那不是不存在，也不是失效。
 * 已经施行的最近一版现行有效的，为有效；它是旧版而新版还没有施行的，仍为有效；没有记载新版的旧版，为已修改（请核对所引条款）。
 * 只有以国家目录核对过、而且所问之日不早于目录截止之日的，才答已废止；其余称废止的为 `unknown`。
 */
export function actOn(title: string, on: string): ActStanding | null {
  const versions = versionsOf(title)
  const newest = versions.at(-1)
  if (!newest) return null
  const started = (act: ListedAct): boolean =>
    act.effectiveOn === null ? act.status !== 'pending' && (act.publishedOn ?? '') <= on : act.effectiveOn <= on
  const version = versions.findLast(started)
  const next = versions.findLast((act) => !started(act) && act !== version) ?? null
  if (!version) return { status: 'pending', version: newest, next: null }
  const later = versions.slice(versions.indexOf(version) + 1)
  const status = ((): ActStanding['status'] => {
    switch (version.status) {
      case 'in_force':
      case 'trial':
        return 'in_force'
      case 'superseded':
        // 新版已经公布而未施行的，旧版施行至其施行之日。
        return later.length > 0 ? 'in_force' : 'amended'
      case 'repealed':
        return version.checked && on >= actsAsOf ? 'repealed' : 'unknown'
      case 'pending':
        // 目录截止以后才施行的。
        return version.effectiveOn === null ? 'pending' : 'in_force'
      default:
        return 'unknown'
    }
  })()
  return { status, version, next: next && (next.publishedOn ?? '') <= on ? next : null }
}
