// Generated trees for the property tests: every kind of element, words that are sentences.
import fc from 'fast-check'
import { chineseNumeral } from './lines.ts'
import type { Element, Level, StructuredText } from './tree.ts'

const words = ['单位', '应当', '办理', '登记', '申请', '材料', '期限', '公开', '监督', '责任', '档案', '审核']
const phrase = fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 6 }).map((list) => list.join(''))
const sentence = fc
  .tuple(phrase, fc.constantFrom('。', '，自2026年3月1日起施行。', '的，依照本办法第三条办理。', '“本机关”同上。'))
  .map((parts) => parts.join(''))
const clause = phrase.map((text) => `${text}；`)
const heading = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((list) => list.join(''))

export const blank = (level: Level, more: Partial<Element>): Element => ({
  id: '',
  level,
  number: null,
  ordinal: null,
  heading: null,
  text: '',
  line: 0,
  start: 0,
  end: 0,
  children: [],
  ...more,
})

const table: fc.Arbitrary<Element> = fc
  .array(fc.tuple(phrase, fc.constantFrom('1', 'a|b', 'c\\d', '甲', '')), { minLength: 1, maxLength: 3 })
  .map((rows) => blank('table', { rows, text: rows.map((row) => row.join('\t')).join('\n') }))

/** Items （一）… with 目 1.… below some of them. */
const items: fc.Arbitrary<Element[]> = fc
  .array(fc.tuple(clause, fc.array(clause, { maxLength: 2 })), { maxLength: 3 })
  .map((list) =>
    list.map(([text, below], at) =>
      blank('item', {
        number: `（${chineseNumeral(at + 1)}）`,
        ordinal: [at + 1],
        text,
        children: below.map((inner, order) =>
          blank('subitem', { number: `${order + 1}.`, ordinal: [order + 1], text: inner }),
        ),
      }),
    ),
  )

const paragraph = fc.tuple(sentence, items).map(([text, children]) => blank('paragraph', { text, children }))

const articleBody = fc
  .tuple(
    fc.option(
      heading.map((text) => `（${text}）`),
      { nil: null },
    ),
    fc.array(paragraph, { minLength: 1, maxLength: 3 }),
    fc.option(table, { nil: null }),
  )
  .map(([title, paragraphs, grid]) => ({ heading: title, children: grid ? [...paragraphs, grid] : paragraphs }))

/** 章, 节 and articles counted through; some articles are inserted ones (第三条之一). */
const act: fc.Arbitrary<Element[]> = fc
  .array(
    fc.tuple(
      heading,
      fc.array(fc.tuple(fc.boolean(), articleBody), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      heading,
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((chapters) => {
    let count = 0
    let inserted = 0
    return chapters.map(([title, articles, withSection, sectionTitle], at) => {
      const list = articles.map(([insert, body]) => {
        if (insert && count > 0) inserted++
        else {
          count++
          inserted = 0
        }
        const number = `第${chineseNumeral(count)}条${inserted > 0 ? `之${chineseNumeral(inserted)}` : ''}`
        return blank('article', { number, ordinal: inserted > 0 ? [count, inserted] : [count], ...body })
      })
      const children = withSection
        ? [blank('section', { number: '第一节', ordinal: [1], heading: sectionTitle, children: list })]
        : list
      return blank('chapter', { number: `第${chineseNumeral(at + 1)}章`, ordinal: [at + 1], heading: title, children })
    })
  })

const loose = sentence.map((text) => blank('text', { text }))

/** 一、（一）1.（1） with texts and tables below. */
const circular: fc.Arbitrary<Element[]> = fc
  .array(
    fc.tuple(
      heading,
      fc.array(loose, { maxLength: 2 }),
      fc.array(fc.tuple(heading, sentence, fc.array(sentence, { maxLength: 2 })), { maxLength: 3 }),
      fc.option(table, { nil: null }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) =>
    sections.map(([title, texts, parts, grid], at) =>
      blank('heading1', {
        number: `${chineseNumeral(at + 1)}、`,
        ordinal: [at + 1],
        heading: title,
        children: [
          ...texts,
          ...(grid ? [grid] : []),
          ...parts.map(([name, text, below], order) =>
            blank('heading2', {
              number: `（${chineseNumeral(order + 1)}）`,
              ordinal: [order + 1],
              heading: name,
              text,
              children: below.map((inner, third) =>
                blank('heading3', { number: `${third + 1}.`, ordinal: [third + 1], text: inner }),
              ),
            }),
          ),
        ],
      }),
    ),
  )

const attachments = fc.array(fc.tuple(heading, fc.oneof(act, circular)), { maxLength: 3 }).map((list) =>
  list.map(([title, body], at) => ({
    label: list.length === 1 ? '附件' : `附件${at + 1}`,
    title: `${title}清单`,
    body,
  })),
)

/** Texts as an office writes them. What is derived (ids, offsets, counts, faults) is left empty. */
export const structuredText: fc.Arbitrary<StructuredText> = fc
  .record({
    title: heading.map((text) => `海源市${text}办法`),
    documentNumber: fc.option(
      fc.integer({ min: 1, max: 99 }).map((n) => `海政规发〔2026〕${n}号`),
      { nil: null },
    ),
    addressees: fc.option(fc.constant('各县（市、区）人民政府，市政府各部门'), { nil: null }),
    preamble: fc.array(loose, { minLength: 1, maxLength: 2 }),
    body: fc.oneof(act, circular),
    attachments,
    signed: fc.boolean(),
    note: fc.option(fc.constant('此件公开发布'), { nil: null }),
    imprint: fc.option(fc.constant('抄送：市委各部门，市人大常委会办公室。'), { nil: null }),
  })
  .map(({ signed, note, imprint, ...t }) => ({
    ...t,
    attachmentsNote: signed ? t.attachments.map((one) => one.title) : [],
    signature: signed ? ['海源市人民政府'] : [],
    date: signed ? '2026-03-02' : null,
    dateText: signed ? '2026年3月2日' : null,
    note: signed ? note : null,
    imprint: signed && imprint !== null ? [imprint] : [],
    toc: null,
    faults: [],
    counts: {
      parts: 0,
      subparts: 0,
      chapters: 0,
      sections: 0,
      articles: 0,
      insertedArticles: 0,
      firstArticle: null,
      lastArticle: null,
      level1: 0,
      level2: 0,
      level3: 0,
      level4: 0,
      tables: 0,
    },
  }))

/** A tree without what depends on its place in a source. */
export function shapeOf(t: StructuredText): unknown {
  const element = ({ level, number, ordinal, heading: title, text, rows, children }: Element): unknown => ({
    level,
    number,
    ordinal,
    heading: title,
    text,
    ...(rows ? { rows } : {}),
    children: children.map(element),
  })
  return {
    title: t.title,
    documentNumber: t.documentNumber,
    addressees: t.addressees,
    preamble: t.preamble.map(element),
    body: t.body.map(element),
    attachmentsNote: t.attachmentsNote,
    signature: t.signature,
    date: t.date,
    dateText: t.dateText,
    note: t.note,
    imprint: t.imprint,
    attachments: t.attachments.map((one) => ({ ...one, body: one.body.map(element) })),
  }
}

export const everyElement = (t: StructuredText): Element[] => {
  const all: Element[] = []
  const visit = (list: Element[]): void => {
    for (const element of list) {
      all.push(element)
      visit(element.children)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list)
  return all
}
