// A file of superior acts: CSV or XLSX with a head, or one JSON object a line; UTF-8 or GB18030. Every row that cannot be
// read is reported with its line and why; whether the rest goes on is for the person to say.
import { actKey, actsAsOf, type KnownFact, sameVersion, versionsOf } from '@dianzhang/acts'
import { ActFact, type ActInput, actLevelLabels, issuesInLine } from '@dianzhang/contract'
import { decodeText, UnreadableFile } from '@dianzhang/formats'
import { dayOf, readList } from '@dianzhang/register'
import { factOf } from '../office/state.ts'

export interface ActRow {
  line: number
  act: ActInput
}
export interface ActFault {
  line: number
  title: string | null
  reason: string
}
export interface ActsFile {
  format: string
  rows: ActRow[]
  faults: ActFault[]
}

type Field = keyof ActInput
const heads: Array<[Field, RegExp]> = [
  ['title', /^(?:title|name|名称|标题|题名|法规名称|文件名称|上位法|上位法名称)$/],
  ['level', /^(?:level|层级|效力级别|效力层级|位阶|类别)$/],
  ['documentNumber', /^(?:docno|documentnumber|number|文号|发文字号|令号)$/],
  ['issuers', /^(?:issuers?|制定机关|发布机关|公布机关|发文机关|制定单位)$/],
  ['publishedOn', /^(?:publishedon|publishedat|published|公布日期|发布日期|公布时间|发布时间|公布日)$/],
  ['effectiveDate', /^(?:effectivedate|effectiveon|effectiveat|effective|施行日期|生效日期|实施日期|施行时间|施行日)$/],
  ['status', /^(?:status|状态|效力|时效性|效力状态|有效性)$/],
  ['statusSince', /^(?:statussince|since|自何日起|失效日期|废止日期|修改日期|变动日期|废止时间|失效时间)$/],
  ['articles', /^(?:articles|变动的条|修改的条|变动条款|修改条款|涉及条款)$/],
  ['replacedBy', /^(?:replacedby|由何代替|代替|替代)$/],
  ['aliases', /^(?:aliases|alias|别称|简称)$/],
  ['source', /^(?:source|来源|出处|据何处登记)$/],
]
const statuses: Array<[ActInput['status'], RegExp]> = [
  ['in_force', /^(?:in_force|in force|trial|pending|有效|现行有效|继续有效|试行|尚未生效|尚未施行|未生效|已公布)$/],
  ['amended', /^(?:amended|superseded|已修改|已修订|已修正|修改|修订|被修改)$/],
  ['repealed', /^(?:repealed|已废止|废止|予以废止|已废止或失效|已废止或者失效|被废止)$/],
  ['expired', /^(?:expired|lapsed|已失效|失效|宣布失效)$/],
]
const nameOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s_\-（()）]+/gu, '')
    .toLowerCase()
const list = (text: string): string[] =>
  text
    .split(/[、;；,，|\n]/u)
    .map((one) => one.trim())
    .filter(Boolean)

const levelOf = (text: string): ActInput['level'] => {
  const found = (Object.entries(actLevelLabels) as Array<[NonNullable<ActInput['level']>, string]>).find(
    ([code, label]) => code === text || label === text,
  )
  return found?.[0] ?? null
}
/** One row of named texts → a fact, or why not. */
function readRow(given: Partial<Record<Field, unknown>>, source: string): ActInput | string {
  const said = (field: Field): string => {
    const value = given[field]
    return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  }
  const many = (field: Field): string[] => {
    const value = given[field]
    return Array.isArray(value) ? value.map(String) : list(said(field))
  }
  const date = (field: Field): string | null => (said(field) === '' ? null : dayOf(said(field)))
  const problems: string[] = []
  for (const [field, label] of [
    ['publishedOn', '公布日期'],
    ['effectiveDate', '施行日期'],
    ['statusSince', '变动日期'],
  ] as const)
    if (said(field) !== '' && date(field) === null) problems.push(`${label}“${said(field)}”不是日期`)
  const status = said('status') === '' ? 'in_force' : statuses.find(([, words]) => words.test(said('status')))?.[0]
  if (!status) problems.push(`不认识的效力“${said('status')}”；可以写：有效、已修改、已废止、失效`)
  if (said('title') === '') problems.push('没有名称')
  if (date('publishedOn') === null && said('publishedOn') === '') problems.push('没有公布日期')
  if (many('issuers').length === 0) problems.push('没有制定机关')
  if (status && status !== 'in_force' && date('statusSince') === null && said('statusSince') === '')
    problems.push('修改、废止、失效的，没有写明自何日起')
  if (problems.length > 0) return problems.join('；')
  const parsed = ActFact.safeParse({
    title: said('title'),
    documentNumber: said('documentNumber') || null,
    level: levelOf(said('level')),
    issuers: many('issuers'),
    publishedOn: date('publishedOn'),
    effectiveDate: date('effectiveDate') ?? date('publishedOn'),
    status,
    statusSince: date('statusSince'),
    articles: many('articles').length ? many('articles') : null,
    commencement: Array.isArray(given.commencement) ? given.commencement : null,
    replacedBy: said('replacedBy') || null,
    aliases: many('aliases').length ? many('aliases') : null,
    source: said('source').length > 3 ? said('source') : source,
  })
  if (!parsed.success) return issuesInLine(parsed.error)
  const act = parsed.data
  if (act.effectiveDate < act.publishedOn) return '施行日期早于公布日期'
  if (act.statusSince && act.statusSince < act.publishedOn) return '修改、废止、失效之日早于公布日期'
  return act
}

/** Reads a whole file. `source`: from where, where a row does not say it. Refuses (`UnreadableFile`) what is no such file. */
export async function readActsFile(bytes: Uint8Array, source: string): Promise<ActsFile> {
  const head = decodeText(bytes.subarray(0, 4096), 'list')
    .text.replace(/^\ufeff/u, '')
    .trimStart()
  if (head.startsWith('{')) {
    const { text, broken } = decodeText(bytes, 'list')
    if (broken > 0) throw new UnreadableFile('damaged', `有 ${broken} 处字节读不出，文件可能没有传完或者已经损坏。`)
    const file: ActsFile = { format: '每行一个 JSON', rows: [], faults: [] }
    for (const [at, line] of text
      .replace(/^\ufeff/u, '')
      .split(/\r?\n/u)
      .entries()) {
      if (line.trim() === '') continue
      let value: unknown
      try {
        value = JSON.parse(line)
      } catch {
        file.faults.push({ line: at + 1, title: null, reason: '不是完整的 JSON' })
        continue
      }
      const given: Partial<Record<Field, unknown>> = {}
      for (const [name, cell] of Object.entries((value ?? {}) as Record<string, unknown>)) {
        const field =
          heads.find(([, words]) => words.test(nameOf(name)))?.[0] ?? (name === 'commencement' ? name : null)
        if (field) given[field] = cell
      }
      add(file, at + 1, given, source)
    }
    return file
  }
  const read = await readList(bytes)
  const file: ActsFile = { format: read.format, rows: [], faults: [] }
  let known = false
  for (const { rows } of read.tables) {
    let columns: Map<number, Field> | null = null
    for (const { number, cells } of rows) {
      if (columns === null) {
        const found = new Map<number, Field>()
        for (const [at, cell] of cells.entries()) {
          const field = heads.find(([, words]) => words.test(nameOf(cell)))?.[0]
          if (field && ![...found.values()].includes(field)) found.set(at, field)
        }
        if ([...found.values()].includes('title') && found.size > 1) {
          columns = found
          known = true
        }
        continue
      }
      if (cells.every((cell) => cell === '')) continue
      const given: Partial<Record<Field, unknown>> = {}
      for (const [at, field] of columns) given[field] = cells[at] ?? ''
      add(file, number, given, source)
    }
  }
  if (!known)
    throw new UnreadableFile(
      'not-a-list',
      '没有认出表头：至少要有“名称”“公布日期”两列，另有施行日期、制定机关、文号、效力、自何日起、变动的条、由何代替、来源。',
    )
  return file
}
function add(file: ActsFile, line: number, given: Partial<Record<Field, unknown>>, source: string): void {
  const title = typeof given.title === 'string' && given.title !== '' ? given.title.slice(0, 80) : null
  const read = readRow(given, source)
  if (typeof read === 'string') {
    file.faults.push({ line, title, reason: read })
    return
  }
  const twice = file.rows.find((row) => factOf(row.act) === factOf(read))
  if (twice) file.faults.push({ line, title, reason: `与第 ${twice.line} 行相同` })
  else file.rows.push({ line, act: read })
}

export type ActDifference = 'new_act' | 'new_version' | 'changed' | 'same'
export interface ComparedRow extends ActRow {
  difference: ActDifference
  /** What is known now, in words; null for an act nobody has heard of. */
  known: string | null
}
const words = { in_force: '有效', amended: '已修改', repealed: '已废止', expired: '已失效' } as const
const said = (act: {
  effectiveDate: string
  status: keyof typeof words
  statusSince?: string | null | undefined
}): string => `${act.effectiveDate} 施行，${words[act.status]}${act.statusSince ? `（自 ${act.statusSince}）` : ''}`
/** Each row beside what is known (`facts`: the latest of each version) and the catalogue. */
export function compareActs(rows: readonly ActRow[], facts: readonly KnownFact[]): ComparedRow[] {
  return rows.map((row) => {
    const { act } = row
    const own = facts.filter((fact) => actKey(fact.title) === actKey(act.title))
    const version = { title: act.title, documentNumber: act.documentNumber ?? null, publishedOn: act.publishedOn }
    const same = own.find((fact) => sameVersion(fact, version))
    if (same) {
      const equal = factOf(same) === factOf({ ...act, title: same.title })
      return { ...row, difference: equal ? 'same' : 'changed', known: said(same) }
    }
    const listed = versionsOf(act.title)
    const there = listed.find((one) => one.publishedOn === act.publishedOn)
    if (there) {
      const inForce = there.status === 'in_force' || there.status === 'trial' || there.status === 'pending'
      const equal =
        act.status === 'in_force' && inForce && (there.effectiveOn === null || there.effectiveOn === act.effectiveDate)
      const effect = there.effectiveOn ? `${there.effectiveOn} 施行` : '施行日期未载'
      return { ...row, difference: equal ? 'same' : 'changed', known: `目录（截至 ${actsAsOf}）：${effect}` }
    }
    const newest = [...own.map(said), ...listed.map((one) => `${one.publishedOn ?? '日期未载'} 公布的一版`)]
    return { ...row, difference: newest.length > 0 ? 'new_version' : 'new_act', known: newest.at(-1) ?? null }
  })
}
export const differenceLabels: Record<ActDifference, string> = {
  new_act: '新的一部',
  new_version: '新的一版',
  changed: '与所知不同',
  same: '与所知相同',
}
