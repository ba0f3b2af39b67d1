// Akoma Ntoso 3.0：编 part、分编 subpart、章 chapter、节 section、条 article、款 paragraph、项 point、目 indent；一、（一） level。
import { type Attachment, type Element, fullNumberOf, type StructuredText } from '@dianzhang/text'
import { type PublishedDocument, titleOf } from '../published-document.ts'
import { attributesOf, escapeXml } from '../xml-text.ts'

export const akomaNtosoNamespace = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0'

type Hierarchy = 'part' | 'subpart' | 'chapter' | 'section' | 'article' | 'paragraph' | 'point' | 'indent' | 'level'
/** The element, and its name in an eId: abbreviated where the naming convention (AKN-NC 1.0, 5.4) has an abbreviation. */
const hierarchies: Partial<Record<Element['level'], [Hierarchy, string]>> = {
  part: ['part', 'part'],
  subpart: ['subpart', 'subpart'],
  chapter: ['chapter', 'chp'],
  section: ['section', 'sec'],
  article: ['article', 'art'],
  paragraph: ['paragraph', 'para'],
  item: ['point', 'point'],
  subitem: ['indent', 'indent'],
  heading1: ['level', 'level'],
  heading2: ['level', 'level'],
  heading3: ['level', 'level'],
  heading4: ['level', 'level'],
}

/**
 * The document as Akoma Ntoso 3.0 XML (`act`, attachments as components of their own). `eId` says the place, `wId` is
 * the stable id of the element, which survives renumbering. Dates the register does not know are taken from the text;
 * a draft has
 * none, so the day on which it was saved stands for them, named as that, and the act is marked as neither prescriptive nor authoritative.
 * Refused when that is unknown too, because FRBRdate must not be left out.
 */
export function exportAkomaNtoso(document: PublishedDocument): string {
  const date = dateOf(document) ?? document.savedOn ?? null
  if (date === null)
    throw Object.assign(
      new Error('文件没有成文日期、公布日期，也不知道何时保存；Akoma Ntoso 3.0 必须写明日期（FRBRdate），不能导出。'),
      { name: 'UnwritableFormat' },
    )
  const { structure } = document
  const ids = new Map<string, number>()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<akomaNtoso xmlns="${akomaNtosoNamespace}">`,
    '<act name="normativeDocument">',
    metaOf(document, date, 'main'),
    prefaceOf(structure, structure.documentNumber ?? document.documentNumber),
    structure.preamble.length === 0 ? '' : `<preamble>${structure.preamble.map(blockOf).join('')}</preamble>`,
    `<body>${bodyOf(structure.body, '', ids)}</body>`,
    conclusionsOf(structure),
    structure.attachments.length === 0
      ? ''
      : `<attachments>${structure.attachments.map((attachment, index) => attachmentOf(document, date, attachment, index + 1, ids)).join('')}</attachments>`,
    '</act>',
    '</akomaNtoso>',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n')
}

const dateOf = (document: PublishedDocument): string | null =>
  document.adoptionDate ?? document.structure.date ?? document.publicationDate

function metaOf(document: PublishedDocument, date: string, component: string): string {
  const work = `/akn/cn/act/${date}/${encodeURIComponent(document.id)}`
  const expression = `${work}/zho@${document.publicationDate ?? date}`
  const draft = dateOf(document) === null
  const lead = document.issuers[0] ?? ''
  const number = fullNumberOf(document.structure) ?? document.documentNumber
  const empty = (name: string, attributes: Record<string, string | null>): string =>
    `<${name}${attributesOf(attributes)}/>`
  const level = (name: string, [itself, uri]: [string, string], day: string, dayName: string, rest: string): string =>
    `<${name}>${empty('FRBRthis', { value: itself })}${empty('FRBRuri', { value: uri })}${empty('FRBRdate', { date: day, name: dayName })}${empty('FRBRauthor', { href: '#issuer1' })}${rest}</${name}>`
  const identification = [
    level(
      'FRBRWork',
      [`${work}/!${component}`, work],
      date,
      draft ? '草稿保存日期' : '成文日期',
      `${empty('FRBRcountry', { value: 'cn' })}${document.category === null ? '' : empty('FRBRsubtype', { value: document.category })}${number === null ? '' : empty('FRBRnumber', { value: number })}${empty('FRBRname', { value: titleOf(document) })}${draft ? `${empty('FRBRprescriptive', { value: 'false' })}${empty('FRBRauthoritative', { value: 'false' })}` : ''}`,
    ),
    level(
      'FRBRExpression',
      [`${expression}/!${component}`, expression],
      document.publicationDate ?? date,
      draft ? '草稿保存日期' : '公布日期',
      empty('FRBRlanguage', { language: 'zho' }),
    ),
    level(
      'FRBRManifestation',
      [`${expression}/!${component}.xml`, `${expression}.xml`],
      document.publicationDate ?? date,
      draft ? '草稿保存日期' : '公布日期',
      empty('FRBRformat', { value: 'application/akn+xml' }),
    ),
  ]
  const events: Array<[string, string | null, string]> = [
    ['adoption', document.adoptionDate, 'generation'],
    ['effect', document.effectiveDate, 'generation'],
    ['end', document.endedOn, 'repeal'],
  ]
  const eventRefs = events.flatMap(([id, day, type]) =>
    day === null ? [] : [empty('eventRef', { eId: `eref_${id}`, date: day, source: '#register', type })],
  )
  const publication =
    document.publicationDate === null
      ? ''
      : empty('publication', { date: document.publicationDate, name: 'portal', showAs: '政府网站', number })
  const organisations = document.issuers.map((name, index) =>
    empty('TLCOrganization', {
      eId: `issuer${index + 1}`,
      href: `/akn/ontology/organization/cn/${encodeURIComponent(name)}`,
      showAs: name,
    }),
  )
  // The author every level refers to must exist, also when the register names no issuer.
  if (lead === '')
    organisations.push(
      empty('TLCOrganization', { eId: 'issuer1', href: '/akn/ontology/organization/cn/unknown', showAs: '未载明' }),
    )
  organisations.push(
    empty('TLCOrganization', { eId: 'register', href: '/akn/ontology/organization/cn/register', showAs: '典章' }),
  )
  // FRBRcountry takes codes of ISO 3166 alone, which has none for a county.
  const places =
    document.jurisdiction === null
      ? []
      : [
          empty('TLCLocation', {
            eId: 'jurisdiction',
            href: `/akn/ontology/location/cn/${document.jurisdiction.code}`,
            showAs: document.jurisdiction.name,
          }),
        ]
  return [
    '<meta>',
    `<identification source="#register">${identification.join('')}</identification>`,
    publication,
    eventRefs.length === 0 || component !== 'main'
      ? ''
      : `<lifecycle source="#register">${eventRefs.join('')}</lifecycle>`,
    // An eId stands once in the whole act, attachments included: their metadata refer to the organs of the main text.
    component === 'main' ? `<references source="#register">${[...organisations, ...places].join('')}</references>` : '',
    '</meta>',
  ].join('')
}

const p = (text: string): string => `<p>${escapeXml(text)}</p>`

function prefaceOf(structure: StructuredText, number: string | null): string {
  const parts = [
    ...(structure.letterhead ?? []).map(p),
    structure.title === null ? '' : `<p><docTitle>${escapeXml(structure.title)}</docTitle></p>`,
    number === null ? '' : `<p><docNumber>${escapeXml(number)}</docNumber></p>`,
    structure.addressees === null ? '' : p(`${structure.addressees}：`),
  ].join('')
  return parts === '' ? '' : `<preface>${parts}</preface>`
}

function conclusionsOf(structure: StructuredText): string {
  const { attachmentsNote, signature, date, dateText, note, imprint } = structure
  const parts = [
    ...attachmentsNote.map((name, index) =>
      p(`${index === 0 ? '附件：' : ''}${attachmentsNote.length === 1 ? '' : `${index + 1}. `}${name}`),
    ),
    ...signature.map((name) => `<p><signature>${escapeXml(name)}</signature></p>`),
    dateText === null
      ? ''
      : date === null
        ? p(dateText)
        : `<p><date date="${escapeXml(date)}">${escapeXml(dateText)}</date></p>`,
    note === null ? '' : p(`（${note}）`),
    ...imprint.map(p),
  ].join('')
  return parts === '' ? '' : `<conclusions>${parts}</conclusions>`
}

function attachmentOf(
  document: PublishedDocument,
  date: string,
  attachment: Attachment,
  index: number,
  ids: Map<string, number>,
): string {
  const preface = [
    attachment.label === '' ? '' : p(attachment.label),
    attachment.title === null ? '' : `<p><docTitle>${escapeXml(attachment.title)}</docTitle></p>`,
  ].join('')
  return `<attachment eId="att_${index}"><doc name="attachment">${metaOf(document, date, `att_${index}`)}${preface === '' ? '' : `<preface>${preface}</preface>`}<mainBody>${bodyOf(attachment.body, `att_${index}__`, ids)}</mainBody></doc></attachment>`
}

/** Words of an element as a block of its own. */
function blockOf(element: Element): string {
  if (element.level === 'table') return tableOf(element)
  const words = `${element.number ?? ''}${element.heading === null ? '' : element.text === '' ? element.heading : `${element.heading}。`}${element.text}`
  return `${p(words)}${element.children.map(blockOf).join('')}`
}

function tableOf(element: Element): string {
  // A table has rows and a row has cells.
  const rows = (element.rows ?? []).filter((cells) => cells.length > 0)
  if (rows.length === 0) return p(element.text)
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${p(cell)}</${tag}>`).join('')}</tr>`
  return `<table>${rows.map((cells, index) => row(cells, index === 0 ? 'th' : 'td')).join('')}</table>`
}

/** Hierarchical content is never empty in Akoma Ntoso. */
function bodyOf(elements: readonly Element[], prefix: string, ids: Map<string, number>): string {
  if (elements.length === 0)
    return `<hcontainer name="empty" eId="${unique(`${prefix}hcontainer_1`, ids)}"><content><p/></content></hcontainer>`
  const counts = new Map<string, number>()
  return elements.map((element) => hierarchyOf(element, prefix, counts, ids)).join('')
}

/** `ids`: every eId given so far, and where counting goes on for the next that would be the same. */
function unique(id: string, ids: Map<string, number>): string {
  let copy = ids.get(id)
  if (copy === undefined) {
    ids.set(id, 2)
    return id
  }
  while (ids.has(`${id}_${copy}`)) copy++
  ids.set(id, copy + 1)
  ids.set(`${id}_${copy}`, 2)
  return `${id}_${copy}`
}

function hierarchyOf(element: Element, prefix: string, counts: Map<string, number>, ids: Map<string, number>): string {
  const known = hierarchies[element.level]
  const [name, short] = known ?? ['hcontainer', 'hcontainer']
  const position = (counts.get(short) ?? 0) + 1
  counts.set(short, position)
  const eId = unique(`${prefix}${short}_${element.ordinal?.join('-') ?? position}`, ids)
  const attributes = attributesOf({
    ...(known === undefined ? { name: element.level === 'table' ? 'table' : 'text' } : {}),
    eId,
    wId: element.id,
  })
  const num = element.number === null ? '' : `<num>${escapeXml(element.number)}</num>`
  const heading = element.heading === null ? '' : `<heading>${escapeXml(element.heading)}</heading>`
  const open = `<${name}${attributes}>${num}${heading}`
  if (element.level === 'table') return `${open}<content>${tableOf(element)}</content></${name}>`
  if (element.children.length === 0) return `${open}<content>${p(element.text)}</content></${name}>`
  const intro = element.text === '' ? '' : `<intro>${p(element.text)}</intro>`
  const inner = new Map<string, number>()
  return `${open}${intro}${element.children.map((child) => hierarchyOf(child, `${eId}__`, inner, ids)).join('')}</${name}>`
}
