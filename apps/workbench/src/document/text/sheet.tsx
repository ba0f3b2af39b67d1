// One version of the text read into structure: divisions, articles down to items, tables, signature and attachments
// are each set in their own form; marks can be clicked, elements can be reached.
import type { Attachment, Element, StructuredText } from '@dianzhang/text'
import { memo, type ReactNode } from 'react'
import { type Mark, type Marks, noMarks, segmentsOf } from './marks.ts'

const looks = ['block', 'warn', 'review', 'anchor', 'cite-bad', 'cite'] as const
function Words({ text, marks }: { text: string; marks: readonly Mark[] | undefined }): ReactNode {
  if (!marks || marks.length === 0) return text
  let at = 0
  return segmentsOf(text, marks).map((segment) => {
    const key = at
    at += segment.text.length
    if (segment.marks.length === 0) return <span key={key}>{segment.text}</span>
    const look = looks.find((each) => segment.marks.some((mark) => mark.look === each))
    const link = segment.marks.find((mark) => mark.href)
    const refs = [...new Set(segment.marks.map((mark) => mark.ref))].join(' ')
    const title = segment.marks.map((mark) => mark.title).join('；')
    return link ? (
      <a
        key={key}
        className={`m m-${look}`}
        data-refs={refs}
        title={title}
        href={link.href}
        target="_blank"
        rel="noreferrer"
      >
        {segment.text}
      </a>
    ) : (
      <mark key={key} className={`m m-${look}`} data-refs={refs} title={title}>
        {segment.text}
      </mark>
    )
  })
}
export const domId = (prefix: string, id: string): string => `${prefix}${id}`
const apart = (number: string, words: string): string =>
  /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''

interface PieceProps {
  element: Element
  marks: Marks
  prefix: string
}
function Table({ element, prefix }: PieceProps) {
  const [head = [], ...rows] = element.rows ?? []
  return (
    <div className="t-table" id={domId(prefix, element.id)} data-element={element.id}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an immutable table
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an immutable table
            <tr key={i}>
              {row.map((cell, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an immutable table
                <td key={k}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
function Children({ list, marks, prefix }: { list: readonly Element[]; marks: Marks; prefix: string }) {
  return list.map((element) => <Piece key={element.id} element={element} marks={marks} prefix={prefix} />)
}
function Article({ element, marks, prefix }: PieceProps) {
  const [first, ...rest] = element.children
  const inLine = first?.level === 'paragraph' ? first : undefined
  return (
    <section className="t-article" id={domId(prefix, element.id)} data-element={element.id}>
      <p {...(inLine ? { id: domId(prefix, inLine.id), 'data-element': inLine.id } : {})}>
        <b className="t-number">{element.number}</b>
        {element.heading ? <b className="t-heading">　{element.heading}</b> : null}
        {'　'}
        {inLine ? <Words text={inLine.text} marks={marks.get(inLine.id)} /> : null}
      </p>
      <Children list={inLine ? inLine.children : first ? [first] : []} marks={marks} prefix={prefix} />
      <Children list={rest} marks={marks} prefix={prefix} />
    </section>
  )
}
function Heading({ element, marks, prefix }: PieceProps) {
  return (
    <>
      <h3 className={`t-${element.level}`} id={domId(prefix, element.id)} data-element={element.id}>
        {element.number}
        {element.heading ? `　${element.heading}` : ''}
      </h3>
      <Children list={element.children} marks={marks} prefix={prefix} />
    </>
  )
}
function Line({ element, marks, prefix }: PieceProps) {
  const { number, heading, text } = element
  const words = heading ?? text
  const lead = number === null ? '' : `${number}${apart(number, words)}`
  return (
    <>
      {lead === '' && words === '' && text === '' ? null : (
        <p className={`t-${element.level}`} id={domId(prefix, element.id)} data-element={element.id}>
          {heading === null ? (
            lead
          ) : (
            <b>
              {lead}
              {heading}
              {text === '' ? '' : '。'}
            </b>
          )}
          <Words text={text} marks={marks.get(element.id)} />
        </p>
      )}
      <Children list={element.children} marks={marks} prefix={prefix} />
    </>
  )
}
/** An element with the levels below it; not redrawn while text and marks stay the same. */
const Piece = memo(function Piece(props: PieceProps) {
  switch (props.element.level) {
    case 'part':
    case 'subpart':
    case 'chapter':
    case 'section':
      return <Heading {...props} />
    case 'article':
      return <Article {...props} />
    case 'table':
      return <Table {...props} />
    default:
      return <Line {...props} />
  }
})
function Enclosure({
  attachment,
  at,
  marks,
  prefix,
}: {
  attachment: Attachment
  at: number
  marks: Marks
  prefix: string
}) {
  return (
    <section className="t-attachment" id={domId(prefix, `attachment${at + 1}`)}>
      {attachment.label === '' ? null : <p className="t-attachment-label">{attachment.label}</p>}
      {attachment.title === null ? null : <h3 className="t-attachment-title">{attachment.title}</h3>}
      <Children list={attachment.body} marks={marks} prefix={prefix} />
    </section>
  )
}

/** The whole text; `prefix` gives each of several texts on one page its own element ids. */
export const Sheet = memo(function Sheet({
  structure,
  marks = noMarks,
  prefix = 't-',
}: {
  structure: StructuredText
  marks?: Marks
  prefix?: string
}) {
  const { attachmentsNote } = structure
  return (
    <div className="t-sheet">
      {structure.letterhead?.map((line) => (
        <p key={line} className="t-letterhead">
          {line}
        </p>
      ))}
      {structure.title === null ? null : <h2 className="t-title">{structure.title}</h2>}
      {structure.documentNumber === null ? null : <p className="t-document-number">{structure.documentNumber}</p>}
      {structure.addressees === null ? null : <p className="t-addressees">{structure.addressees}：</p>}
      <Children list={structure.preamble} marks={marks} prefix={prefix} />
      <Children list={structure.body} marks={marks} prefix={prefix} />
      {attachmentsNote.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an immutable list
        <p key={i} className="t-attachments-note">
          {i === 0 ? '附件：' : <span className="t-indent" aria-hidden="true" />}
          {attachmentsNote.length === 1 ? '' : `${i + 1}. `}
          {name}
        </p>
      ))}
      {structure.signature.length > 0 || structure.dateText !== null ? (
        <div className="t-signature">
          {structure.signature.map((name) => (
            <p key={name}>{name}</p>
          ))}
          {structure.dateText === null ? null : <p>{structure.dateText}</p>}
        </div>
      ) : null}
      {structure.note === null ? null : <p className="t-note">（{structure.note}）</p>}
      {structure.attachments.map((attachment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an immutable list
        <Enclosure key={at} attachment={attachment} at={at} marks={marks} prefix={prefix} />
      ))}
      {structure.imprint.length > 0 ? (
        <div className="t-imprint">
          {structure.imprint.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      ) : null}
    </div>
  )
})
