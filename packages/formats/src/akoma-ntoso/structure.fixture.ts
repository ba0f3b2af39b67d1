// For tests: checks an XML against the structure of Akoma Ntoso 3.0: place, order and number of elements, required
// attributes and their values, every eId unique. The rules are written out, for each element this system uses, from
// the published akomantoso30.xsd (OASIS Standard, 2018-08-29); the original file is not kept here.
import { SaxesParser } from 'saxes'
import { akomaNtosoNamespace } from './index.ts'

const hierarchy = [
  'part',
  'subpart',
  'chapter',
  'section',
  'article',
  'paragraph',
  'point',
  'indent',
  'level',
  'hcontainer',
]
const inHierarchy = ['num', 'heading', 'intro', 'content', ...hierarchy]
const frbr = ['FRBRthis', 'FRBRuri', 'FRBRdate', 'FRBRauthor']
const document = ['meta', 'preface', 'preamble', 'body', 'mainBody', 'conclusions', 'attachments']

/** Allowed children in their order; `*` marks elements that may mix freely. */
const allowed: Record<string, { order?: string[]; any?: string[]; text?: boolean; required?: string[] }> = {
  akomaNtoso: { order: ['act'], required: ['act'] },
  act: { order: document, required: ['meta', 'body'] },
  doc: { order: document, required: ['meta', 'mainBody'] },
  meta: { order: ['identification', 'publication', 'lifecycle', 'references'], required: ['identification'] },
  identification: {
    order: ['FRBRWork', 'FRBRExpression', 'FRBRManifestation'],
    required: ['FRBRWork', 'FRBRExpression', 'FRBRManifestation'],
  },
  FRBRWork: {
    order: [...frbr, 'FRBRcountry', 'FRBRsubtype', 'FRBRnumber', 'FRBRname', 'FRBRprescriptive', 'FRBRauthoritative'],
    required: [...frbr, 'FRBRcountry'],
  },
  FRBRExpression: { order: [...frbr, 'FRBRlanguage'], required: [...frbr, 'FRBRlanguage'] },
  FRBRManifestation: { order: [...frbr, 'FRBRformat'], required: frbr },
  lifecycle: { any: ['eventRef'], required: ['eventRef'] },
  references: { any: ['TLCOrganization', 'TLCLocation'] },
  preface: { any: ['p'] },
  preamble: { any: ['p', 'table'] },
  conclusions: { any: ['p'] },
  body: { any: hierarchy },
  mainBody: { any: hierarchy },
  attachments: { any: ['attachment'], required: ['attachment'] },
  attachment: { order: ['doc'], required: ['doc'] },
  content: { any: ['p', 'table'] },
  intro: { any: ['p'] },
  table: { any: ['tr'], required: ['tr'] },
  tr: { any: ['th', 'td'] },
  th: { any: ['p'] },
  td: { any: ['p'] },
  p: { any: ['docTitle', 'docNumber', 'signature', 'date'], text: true },
  num: { text: true },
  heading: { text: true },
  docTitle: { text: true },
  docNumber: { text: true },
  signature: { text: true },
  date: { text: true },
  ...Object.fromEntries(hierarchy.map((name) => [name, { order: inHierarchy }])),
}
const attributes: Record<string, string[]> = {
  act: ['name'],
  doc: ['name'],
  hcontainer: ['name', 'eId'],
  identification: ['source'],
  lifecycle: ['source'],
  references: ['source'],
  publication: ['date', 'name', 'showAs'],
  eventRef: ['date', 'source', 'type'],
  TLCOrganization: ['eId', 'href', 'showAs'],
  TLCLocation: ['eId', 'href', 'showAs'],
  FRBRthis: ['value'],
  FRBRuri: ['value'],
  FRBRdate: ['date', 'name'],
  FRBRauthor: ['href'],
  FRBRcountry: ['value'],
  FRBRprescriptive: ['value'],
  FRBRauthoritative: ['value'],
  FRBRlanguage: ['language'],
  date: ['date'],
  attachment: ['eId'],
  ...Object.fromEntries(hierarchy.filter((name) => name !== 'hcontainer').map((name) => [name, ['eId', 'wId']])),
}

/** Names of elements in an eId where the naming convention abbreviates them (AKN-NC 1.0). */
const abbreviations: Record<string, string> = {
  article: 'art',
  attachment: 'att',
  chapter: 'chp',
  eventRef: 'eref',
  paragraph: 'para',
  section: 'sec',
}
const namedFreely = new Set(['TLCOrganization', 'TLCLocation'])

/** Faults of the addresses of work, expression and manifestation, as `FRBRWork/FRBRthis` and so on. */
function addressFaults(values: ReadonlyMap<string, string>, component: string): string[] {
  const of = (name: string): string => values.get(name) ?? ''
  const [work, expression, manifestation] = ['Work', 'Expression', 'Manifestation'].map((one) =>
    of(`FRBR${one}/FRBRuri`),
  )
  const wanted: Array<[string, string, boolean]> = [
    [
      'FRBRWork/FRBRuri',
      work ?? '',
      new RegExp(`^/akn/${of('FRBRWork/FRBRcountry')}/act/\\d{4}-\\d{2}-\\d{2}/[^/]+$`).test(work ?? ''),
    ],
    ['FRBRWork/FRBRcountry', of('FRBRWork/FRBRcountry'), /^[a-z]{2}$/.test(of('FRBRWork/FRBRcountry'))],
    ['FRBRWork/FRBRthis', of('FRBRWork/FRBRthis'), of('FRBRWork/FRBRthis') === `${work}/!${component}`],
    [
      'FRBRExpression/FRBRuri',
      expression ?? '',
      new RegExp(`/${of('FRBRExpression/FRBRlanguage')}@\\d{4}-\\d{2}-\\d{2}$`).test(expression ?? '') &&
        (expression ?? '').startsWith(`${work}/`),
    ],
    [
      'FRBRExpression/FRBRthis',
      of('FRBRExpression/FRBRthis'),
      of('FRBRExpression/FRBRthis') === `${expression}/!${component}`,
    ],
    ['FRBRManifestation/FRBRuri', manifestation ?? '', manifestation === `${expression}.xml`],
    [
      'FRBRManifestation/FRBRthis',
      of('FRBRManifestation/FRBRthis'),
      of('FRBRManifestation/FRBRthis') === `${expression}/!${component}.xml`,
    ],
  ]
  return wanted.flatMap(([name, value, right]) => (right ? [] : [`${name} 不合命名规则：${value}`]))
}

/** Containers that the schema wants at least one element in. */
const neverEmpty = new Set([
  'preface',
  'preamble',
  'conclusions',
  'body',
  'mainBody',
  'attachments',
  'attachment',
  'references',
  'lifecycle',
  'table',
  'tr',
])
const isDay = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const found = new Date(Date.UTC(year, month - 1, day))
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day
}

/** Faults of structure; empty when there are none. Throws for XML that is not well-formed. */
export function structureFaults(xml: string): string[] {
  const faults: string[] = []
  const stack: Array<{ name: string; children: string[]; eId: string | null }> = []
  let addresses = new Map<string, string>()
  // xsd:unique eId-act: one value in the whole act, metadata and attachments included.
  const ids = new Set<string>()
  const references: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    if (tag.uri !== akomaNtosoNamespace) faults.push(`${tag.name} 不在命名空间里`)
    const parent = stack.at(-1)
    const rule = parent === undefined ? undefined : allowed[parent.name]
    if (parent !== undefined) {
      const list = rule?.order ?? rule?.any ?? []
      if (!list.includes(tag.name)) faults.push(`${parent.name} 里不能有 ${tag.name}`)
      const last = parent.children.at(-1)
      const rank = (name: string): number => (hierarchy.includes(name) ? inHierarchy.length : list.indexOf(name))
      if (rule?.order !== undefined && last !== undefined && rank(tag.name) < rank(last)) {
        faults.push(`${parent.name} 里 ${tag.name} 不能在 ${last} 之后`)
      }
      parent.children.push(tag.name)
    }
    for (const name of attributes[tag.name] ?? [])
      if (tag.attributes[name] === undefined) faults.push(`${tag.name} 缺 ${name}`)
    const eId = tag.attributes.eId?.value
    if (eId !== undefined) {
      if (ids.has(eId)) faults.push(`eId ${eId} 重复`)
      ids.add(eId)
    }
    for (const name of ['eId', 'wId'])
      if (tag.attributes[name] !== undefined && !/^\S+$/u.test(tag.attributes[name].value))
        faults.push(`${tag.name} 的 ${name} 是空的或者含有空白`)
    const day = tag.attributes.date?.value
    if (day !== undefined && !isDay(day)) faults.push(`${tag.name} 的日期 ${day} 不存在`)
    const type = tag.attributes.type?.value
    if (tag.name === 'eventRef' && !['generation', 'amendment', 'repeal'].includes(type ?? ''))
      faults.push(`eventRef 的 type 不能是 ${type}`)
    for (const name of ['href', 'source']) {
      const value = tag.attributes[name]?.value
      if (value?.startsWith('#')) references.push(value.slice(1))
    }
    const inside = stack.findLast((one) => one.eId !== null && !namedFreely.has(one.name))?.eId ?? null
    if (eId !== undefined && !namedFreely.has(tag.name)) {
      // The parent's eId, two underscores, the element's abbreviation, one underscore, the number (“之一” as -1; a
      // repeated one gets _2).
      const own = new RegExp(`^${abbreviations[tag.name] ?? tag.name}_[a-z0-9]+(?:-[0-9]+)*(?:_[0-9]+)?$`, 'u')
      const last = eId.split('__').at(-1) ?? ''
      if (!own.test(last) || eId !== (inside === null ? last : `${inside}__${last}`))
        faults.push(`${tag.name} 的 eId ${eId} 不合命名规则`)
    }
    const level = stack.at(-1)?.name ?? ''
    if (tag.name === 'identification') addresses = new Map()
    if (level.startsWith('FRBR'))
      addresses.set(`${level}/${tag.name}`, tag.attributes.value?.value ?? tag.attributes.language?.value ?? '')
    stack.push({ name: tag.name, children: [], eId: eId ?? null })
  })
  parser.on('text', (text) => {
    const name = stack.at(-1)?.name ?? ''
    if (text.trim() !== '' && allowed[name]?.text !== true) faults.push(`${name} 里不能有文字`)
  })
  parser.on('closetag', () => {
    const done = stack.pop()
    if (done === undefined) return
    if (done.name === 'identification')
      faults.push(...addressFaults(addresses, stack.findLast((one) => one.name === 'attachment')?.eId ?? 'main'))
    if (neverEmpty.has(done.name) && done.children.length === 0) faults.push(`${done.name} 是空的`)
    for (const name of allowed[done.name]?.required ?? []) {
      if (!done.children.includes(name)) faults.push(`${done.name} 缺 ${name}`)
    }
    if (
      hierarchy.includes(done.name) &&
      !done.children.some((name) => name === 'content' || hierarchy.includes(name))
    ) {
      faults.push(`${done.name} 没有内容`)
    }
    if (done.children.includes('content') && done.children.some((name) => hierarchy.includes(name))) {
      faults.push(`${done.name} 的 content 不能与下级并列`)
    }
  })
  parser.write(xml).close()
  for (const reference of references) if (!ids.has(reference)) faults.push(`引用的 #${reference} 不存在`)
  return faults
}
