// The body and its contents: divisions, articles down to sub-items, and headings each have an anchor; tables are
// tables; the signature and date of adoption stand on the right; each attachment is a section of its own. Not one
// character is added here.
import type { Attachment, Element, StructuredText } from '@dianzhang/text'
import type { Child } from 'hono/jsx'
import { type Block, elementsIn, type Part, partsOf } from '../parts.ts'
import { anchorOf, elementsOf, firstWords, type Mark, marksWithin, placeOf, type Reading } from '../reading.ts'

interface Drawing {
  reading: Reading
  /** No anchors: the same page holds another body. */
  plain: boolean
  ask: ((address: string) => string) | null
  askable: ReadonlySet<string>
  /** The address of an anchor: when shown in parts, the other parts are on other pages. */
  place: (anchor: string) => string
}
const onThisPage = (anchor: string): string => `#${anchor}`
const none: ReadonlySet<string> = new Set()

/** The body. `ask` gives the address for commenting on a part of it, `askable` the parts that can be commented on. */
export function LegalText({
  reading,
  plain = false,
  ask,
  askable,
}: {
  reading: Reading
  plain?: boolean
  ask?: (address: string) => string
  askable?: ReadonlySet<string>
}) {
  const { structure } = reading
  const d: Drawing = { reading, plain, ask: ask ?? null, askable: askable ?? none, place: onThisPage }
  return (
    <div class="text">
      <Front d={d} />
      {structure.body.map((element) => draw(d, element, 0))}
      <Closing d={d} />
      {structure.attachments.map((attachment, at) => (
        <AttachmentText d={d} attachment={attachment} at={at} />
      ))}
      <Imprint d={d} />
    </div>
  )
}

/** One part of the body; `place` gives the address of each anchor. */
export function TextPart({
  reading,
  part,
  place,
}: {
  reading: Reading
  part: Part
  place: (anchor: string) => string
}) {
  const d: Drawing = { reading, plain: false, ask: null, askable: none, place }
  return <div class="text">{levelled(part.blocks).map((block) => drawBlock(d, block))}</div>
}

/**
 * A part may begin with a chapter or a section: heading levels count from the first heading on this page and skip
 * none.
 */
function levelled(blocks: readonly Block[]): Block[] {
  const above: number[] = []
  return blocks.map((block): Block => {
    if (block.kind === 'attachment') above.length = 0
    if (block.kind !== 'element') return block
    while ((above.at(-1) ?? -1) >= block.depth) above.pop()
    const depth = above.length
    if (block.element.level !== 'article') above.push(block.depth)
    return { ...block, depth }
  })
}

/** Divides the body into parts, each with its markup no longer than `most` bytes. */
export function cutText(reading: Reading, most: number): Part[] {
  // Measured with the longest address a link to another part may get.
  const d: Drawing = {
    reading,
    plain: false,
    ask: null,
    askable: none,
    place: (anchor) => `?on=0000-00-00&part=00#${anchor}`,
  }
  return partsOf(reading, most, (block) =>
    Buffer.byteLength((<div class="text">{drawBlock(d, block)}</div>).toString()),
  )
}

function drawBlock(d: Drawing, block: Block): Child {
  switch (block.kind) {
    case 'front':
      return <Front d={d} />
    case 'element':
      return draw(d, block.alone ? { ...block.element, children: [] } : block.element, block.depth)
    case 'closing':
      return <Closing d={d} />
    case 'attachment':
      return (
        <AttachmentText
          d={d}
          attachment={block.alone ? { ...block.attachment, body: [] } : block.attachment}
          at={block.at}
        />
      )
    case 'imprint':
      return <Imprint d={d} />
  }
}

function Front({ d }: { d: Drawing }) {
  const { structure } = d.reading
  return (
    <>
      {structure.letterhead?.map((line) => (
        <p class="letterhead">{line}</p>
      ))}
      {structure.title === null ? null : <p class="title">{structure.title}</p>}
      {structure.documentNumber === null ? null : <p class="doc-number">{structure.documentNumber}</p>}
      {structure.addressees === null ? null : <p class="flush">{structure.addressees}：</p>}
      {structure.preamble.map((element) => draw(d, element, 0))}
    </>
  )
}

function Closing({ d }: { d: Drawing }) {
  const { structure } = d.reading
  const { attachmentsNote } = structure
  return (
    <>
      {attachmentsNote.length > 0 ? (
        <div class="attachments-note">
          {attachmentsNote.map((name, at) => (
            <p>
              {at === 0 ? '附件：' : ''}
              {attachmentsNote.length > 1 ? `${at + 1}. ` : ''}
              {name}
            </p>
          ))}
        </div>
      ) : null}
      {structure.signature.length > 0 || structure.dateText !== null ? (
        <div class="signature">
          {structure.signature.map((name) => (
            <p>{name}</p>
          ))}
          {structure.dateText === null ? null : <p>{structure.dateText}</p>}
        </div>
      ) : null}
      {structure.note === null ? null : <p>（{structure.note}）</p>}
    </>
  )
}

function Imprint({ d }: { d: Drawing }) {
  const { imprint } = d.reading.structure
  return imprint.length > 0 ? (
    <div class="imprint">
      {imprint.map((line) => (
        <p>{line}</p>
      ))}
    </div>
  ) : null
}

const attachmentAnchor = (attachment: Attachment, at: number): string => `${attachment.label || '后附'}·${at + 1}`

function AttachmentText({ d, attachment, at }: { d: Drawing; attachment: Attachment; at: number }) {
  return (
    <section class="attachment" id={d.plain ? undefined : attachmentAnchor(attachment, at)}>
      {attachment.label === '' ? null : <p class="flush">{attachment.label}</p>}
      {attachment.title === null ? null : <p class="title">{attachment.title}</p>}
      {attachment.body.map((element) => draw(d, element, 0))}
    </section>
  )
}

const tags = ['h3', 'h4', 'h5', 'h6'] as const
/** A number that ends in a dot and is directly followed by a digit is set apart: “1. 5万元”. */
const gap = (number: string, words: string): string =>
  /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''

const inArticle = new Set<Element['level']>(['paragraph', 'item', 'subitem'])

function draw(d: Drawing, element: Element, depth: number): Child {
  const { level, number, heading, text, children } = element
  const anchor = d.plain ? null : anchorOf(d.reading.structure, element)
  const id = anchor !== null && (!inArticle.has(level) || d.reading.cited.has(anchor)) ? anchor : undefined
  const below = (more: number): Child => children.map((child) => draw(d, child, depth + more))
  const Heading = tags[Math.min(depth, tags.length - 1)] ?? 'h6'
  if (level === 'table') return <TableText d={d} element={element} />
  if (level === 'article') return <Article d={d} element={element} anchor={anchor} depth={depth} />
  if (level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section') {
    return (
      <>
        <Heading id={id} class={level === 'section' ? 'section' : 'chapter'}>
          {number}
          {heading === null ? null : `　${heading}`}
        </Heading>
        {below(1)}
      </>
    )
  }
  if (level === 'paragraph' || level === 'text') {
    return (
      <>
        {text === '' ? null : (
          <p id={id} class={isCaption(d, element) ? 'doc-number' : undefined}>
            {words(d, element, text)}
          </p>
        )}
        {below(0)}
      </>
    )
  }
  const titled = heading !== null && text === '' && level.startsWith('heading')
  const ask = anchor !== null && <Ask d={d} address={anchor} />
  if (titled) {
    return (
      <>
        <Heading id={id} class="numbered">
          {number}
          {number === null ? '' : gap(number, heading)}
          {words(d, element, heading)}
          {ask}
        </Heading>
        {below(1)}
      </>
    )
  }
  return (
    <>
      <p id={id} class={level === 'item' ? 'clause' : level === 'subitem' ? 'subclause' : undefined}>
        {number}
        {number === null ? '' : gap(number, heading ?? text)}
        {heading === null ? null : (
          <>
            <b>{heading}</b>。
          </>
        )}
        {text === '' ? null : words(d, element, text)}
        {ask}
      </p>
      {below(0)}
    </>
  )
}

/** Caption: the line in brackets below the title and before the body. */
const isCaption = ({ reading }: Drawing, element: Element): boolean =>
  element.level === 'text' && /^（.*）$/u.test(element.text) && reading.structure.preamble.includes(element)

function Article({
  d,
  element,
  anchor,
  depth,
}: {
  d: Drawing
  element: Element
  anchor: string | null
  depth: number
}) {
  const [first, ...rest] = element.children
  const inLine = first?.level === 'paragraph' ? first : undefined
  const paragraph = inLine && !d.plain ? anchorOf(d.reading.structure, inLine) : null
  const paragraphId = paragraph !== null && d.reading.cited.has(paragraph) ? paragraph : undefined
  return (
    <div class="article" id={anchor ?? undefined}>
      <p id={paragraphId}>
        <b>{[element.number, element.heading].filter((part) => part !== null).join('　')}</b>
        {inLine && inLine.text !== '' ? <>　{words(d, inLine, inLine.text)}</> : null}
        {anchor === null ? null : <Ask d={d} address={anchor} />}
        {anchor === null || d.plain ? null : <Notes d={d} address={anchor} />}
      </p>
      {inLine?.children.map((child) => draw(d, child, depth))}
      {(inLine ? rest : element.children).map((child) => draw(d, child, depth))}
    </div>
  )
}

function Notes({ d, address }: { d: Drawing; address: string }) {
  const notes = d.reading.notes?.get(address) ?? []
  return (
    <>
      {notes.map(({ href, label }) => (
        <a class="ask" href={href} aria-label={`${address}：${label}`}>
          {label}
        </a>
      ))}
    </>
  )
}

function Ask({ d, address }: { d: Drawing; address: string }) {
  if (d.ask === null || !d.askable.has(address)) return null
  return (
    <a class="ask" href={d.ask(address)} aria-label={`对${address}提意见`}>
      提意见
    </a>
  )
}

function TableText({ d, element }: { d: Drawing; element: Element }) {
  const [head = [], ...rows] = element.rows ?? []
  let from = element.start
  const cell = (text: string): Child => {
    const at = text === '' ? -1 : placeOf(d.reading.source, text, from)
    if (at < 0 || at + text.length > element.end) return text
    from = at + text.length
    return linked(d, text, at, marksWithin(d.reading.marks, at, from))
  }
  return (
    <section class="scroll" aria-label="表格" tabindex={0}>
      <table>
        <thead>
          <tr>{head.map((text) => (text === '' ? <td /> : <th scope="col">{cell(text)}</th>))}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((text) => (
                <td>{cell(text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The words of an element; citations become links. */
function words(d: Drawing, element: Element, text: string): Child {
  const { source, marks } = d.reading
  if (marks.length === 0) return text
  const at = placeOf(source, text, element.start)
  if (at < 0 || at + text.length > element.end + 2) return text
  return linked(d, text, at, marksWithin(marks, at, at + text.length))
}

function linked(d: Drawing, text: string, at: number, marks: readonly Mark[]): Child {
  if (marks.length === 0) return text
  const parts: Child[] = []
  let done = 0
  for (const { start, end, href, title, warning } of marks) {
    if (start - at > done) parts.push(text.slice(done, start - at))
    parts.push(
      <a
        href={href.startsWith('#') ? d.place(href.slice(1)) : href}
        title={title ?? undefined}
        class={warning === null ? undefined : 'ended'}
      >
        {text.slice(start - at, end - at)}
      </a>,
    )
    if (warning !== null) parts.push(<span class="mark">{warning}</span>)
    done = end - at
  }
  parts.push(text.slice(done))
  return parts
}

interface Entry {
  anchor: string
  label: string
  article: boolean
  below: Entry[]
}

/**
 * Contents: divisions and headings, with the articles below them (only the divisions when there are too many
 * articles); only the articles when there are no divisions. Not shown with fewer than three entries.
 */
export function Contents({ structure }: { structure: StructuredText }) {
  const articles = elementsOf(structure).filter(({ level }) => level === 'article').length
  const shown = articles <= mostArticles
  const attachments = structure.attachments.map(
    (attachment, at): Entry => ({
      anchor: attachmentAnchor(attachment, at),
      label: [attachment.label, attachment.title].filter((part) => part).join('　') || '后附',
      article: false,
      below: entriesOf(structure, attachment.body, shown),
    }),
  )
  const body = entriesOf(structure, structure.body, shown)
  const divided = shown || body.length > 0 || attachments.length > 0
  const listed = divided ? [...body, ...attachments] : entriesOf(structure, structure.body, true).slice(0, mostArticles)
  if (count(listed) < 3) return null
  return (
    <nav class="contents" aria-labelledby="contents-title">
      <h2 id="contents-title">目录</h2>
      <EntryList entries={listed} />
      {divided ? null : <p class="small">其余 {articles - mostArticles} 条见正文。</p>}
    </nav>
  )
}

/** Limit of articles in the contents. */
const mostArticles = 80
const count = (entries: readonly Entry[]): number => entries.reduce((sum, { below }) => sum + 1 + count(below), 0)

/** Longest title, in characters, that goes into the contents; a longer one is a sentence, not a title. */
const titleLengths: Partial<Record<Element['level'], number>> = { heading1: 40, heading2: 16 }

/** The contents of one part, leading only to this page. */
export function PartContents({ structure, part }: { structure: StructuredText; part: Part }) {
  const articles = elementsIn(part).filter(({ level }) => level === 'article').length
  const listed = part.blocks.flatMap((block): Entry[] => {
    if (block.kind === 'element')
      return entriesOf(
        structure,
        [block.alone ? { ...block.element, children: [] } : block.element],
        articles <= mostArticles,
      )
    if (block.kind !== 'attachment') return []
    const { attachment, at, alone } = block
    return [
      {
        anchor: attachmentAnchor(attachment, at),
        label: [attachment.label, attachment.title].filter((word) => word).join('　') || '后附',
        article: false,
        below: alone ? [] : entriesOf(structure, attachment.body, articles <= mostArticles),
      },
    ]
  })
  if (count(listed) < 3) return null
  return (
    <nav class="contents" aria-labelledby="contents-title">
      <h2 id="contents-title">本部分目录</h2>
      <EntryList entries={listed} />
    </nav>
  )
}

/** From where to where a part goes: the divisions at its start, its first and last articles. */
export function partName(structure: StructuredText, part: Part): string {
  const all = elementsIn(part)
  const articles = all.filter(({ level, number }) => level === 'article' && number !== null)
  const division = all.find(({ level }) => level === 'part' || level === 'subpart' || level === 'chapter')
  // 第二编第二章　标题: the number alone is not enough in a text of several parts.
  const named = division
    ? [anchorOf(structure, division), division.heading].filter((word) => word !== null).join('　')
    : ''
  const attachment = part.blocks.find((block) => block.kind === 'attachment')
  const first = articles[0]?.number
  const last = articles.at(-1)?.number
  const range = first ? (last && last !== first ? `${first}至${last}` : first) : ''
  const leads = named || attachment?.attachment.title || attachment?.attachment.label || ''
  return [leads, range ? (leads ? `（${range}）` : range) : ''].join('') || `第${part.n}部分`
}

/** Anchors in the parts → number of the part. */
export function anchorsOf(structure: StructuredText, parts: readonly Part[]): Map<string, number> {
  const where = new Map<string, number>()
  for (const part of parts) {
    for (const block of part.blocks)
      if (block.kind === 'attachment') where.set(attachmentAnchor(block.attachment, block.at), part.n)
    for (const element of elementsIn(part)) {
      const anchor = anchorOf(structure, element)
      if (anchor !== null && !where.has(anchor)) where.set(anchor, part.n)
    }
  }
  return where
}

function entriesOf(structure: StructuredText, list: readonly Element[], articles: boolean): Entry[] {
  return list.flatMap((element): Entry[] => {
    const { level, number, heading } = element
    const anchor = anchorOf(structure, element)
    if (anchor === null) return []
    if (level === 'article') {
      return articles ? [{ anchor, label: number ?? anchor, article: true, below: [] }] : []
    }
    const division = level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section'
    const titled = heading !== null && heading.length <= (titleLengths[level] ?? 0)
    if (!division && !titled) return []
    const label = division
      ? [number, heading].filter((part) => part !== null).join('　')
      : `${number ?? ''}${firstWords(element)}`
    return [{ anchor, label, article: false, below: entriesOf(structure, element.children, articles) }]
  })
}

function EntryList({ entries }: { entries: readonly Entry[] }) {
  return (
    <ul class={entries.length > 0 && entries.every((entry) => entry.article) ? 'short' : undefined}>
      {entries.map(({ anchor, label, below }) => (
        <li>
          <a href={`#${anchor}`}>{label}</a>
          {below.length > 0 ? <EntryList entries={below} /> : null}
        </li>
      ))}
    </ul>
  )
}
