// The tree of a text: what every other file of this package takes and gives.
import type { Candidate, SkippedLine } from './portal.ts'

/**
 * What an element is. 编 分编 章 节 条 款 项 目 of a law-like text; `heading1`–`heading4` are 一、（一）1.（1） of a circular;
 * `table` a table with its rows; `text` any other paragraph.
 */
export type Level =
  | 'part'
  | 'subpart'
  | 'chapter'
  | 'section'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'subitem'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'table'
  | 'text'

/** One element of a text. Offsets are UTF-16 code units in the source that was parsed; lines count from 1. */
export interface Element {
  /** Stable: given at the first parse by position and content, carried to later versions by `adoptIds`. */
  id: string
  level: Level
  /** The number as written: 第十二条, （三）, 1. ; null when the element carries none. */
  number: string | null
  /** The number as read: [12], or [120, 1] for 第一百二十条之一; null when there is none or it cannot be read. */
  ordinal: number[] | null
  /** The title behind the number of 编, 章, 节, or the heading of an article in brackets 【…】; the title line of a circular's level. */
  heading: string | null
  /** The element's own words, without number and heading. Those of an article are in its `paragraph` children. */
  text: string
  line: number
  start: number
  end: number
  children: Element[]
  /** Only of a `table`: its cells, row by row. */
  rows?: string[][]
}

export type FaultCode =
  | 'gap'
  | 'repeat'
  | 'disorder'
  | 'missing-number'
  | 'first-not-one'
  | 'unreadable-number'
  | 'unread-number'
  | 'attachment-mismatch'
  /** A table that stands a cell a line, whose rows do not come out even. */
  | 'vertical-table'

/** A fault of numbering or structure, reported and never repaired. `line` counts from 1. */
export interface Fault {
  code: FaultCode
  message: string
  line: number
  element?: string
}

/** 附件: a part of its own. `label` as written (附件, 附件1). */
export interface Attachment {
  label: string
  title: string | null
  body: Element[]
}

/** How many of each the body holds (table of contents and attachments not counted). */
export interface Counts {
  parts: number
  subparts: number
  chapters: number
  sections: number
  /** Articles with a number of their own: a text that numbers 第一条…第N条 has N. */
  articles: number
  /** Articles put in later: `第一百二十条之一`. */
  insertedArticles: number
  /** The number of the first and last article as written, e.g. 第一条; null without articles. */
  firstArticle: string | null
  lastArticle: string | null
  level1: number
  level2: number
  level3: number
  level4: number
  tables: number
}

/** A text, read into its parts. */
export interface StructuredText {
  /** 发文机关标志 above 文号 or title, as written, one line each: red head, not text. Absent when there is none. */
  letterhead?: string[]
  title: string | null
  /** 发文字号, as written on its own line below or above the title. */
  documentNumber: string | null
  /** 主送机关, as written, without the closing colon. */
  addressees: string | null
  /** What stands between title or 主送机关 and the first numbered element: 题注, 引言; Empty when nothing is numbered. */
  preamble: Element[]
  body: Element[]
  /** 附件说明, one line each without “附件：” */
  attachmentsNote: string[]
  /** Signature (“署名”) */
  signature: string[]
  /** 成文日期 as YYYY-MM-DD when readable. */
  date: string | null
  /** Date of the document (“成文日期”) as written. */
  dateText: string | null
  /** Note below the text (“附注”) as written, without its brackets: `此件公开发布` */
  note: string | null
  attachments: Attachment[]
  /** Imprint (“版记”): organs copied to, printing organ and date of printing, as written. */
  imprint: string[]
  /** Offsets of a table of contents (目录), which is not text. */
  toc: { start: number; end: number } | null
  faults: Fault[]
  counts: Counts
  /** Lines of a web page around the text, which are not read. Absent when there are none. */
  skipped?: SkippedLine[]
  /** What that page says of the text: 文号, 题名, dates. To be confirmed by a person. */
  candidates?: Candidate[]
}
