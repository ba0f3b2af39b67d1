// 损失报告：导入时丢掉或者改动了什么，在哪一段。

export type LossKind =
  | 'insertion'
  | 'deletion'
  | 'move'
  | 'comment'
  | 'image'
  | 'text-box'
  | 'letterhead'
  | 'word-art'
  | 'footnote'
  | 'endnote'
  | 'header'
  | 'footer'
  | 'hidden-text'
  | 'struck-text'
  | 'raised-text'
  | 'field'
  | 'link'
  | 'symbol'
  | 'soft-hyphen'
  | 'tab'
  | 'line-break'
  | 'formula'
  | 'object'
  | 'chart'
  | 'included-document'
  | 'phonetic'
  | 'merged-cell'
  | 'cell-paragraphs'
  | 'nested-table'
  | 'automatic-number'
  | 'bullet'
  | 'number-format'
  | 'alternative'
  | 'unknown-element'

/** One thing that is not in the text as it was in the file. */
export interface LossItem {
  kind: LossKind
  /** `dropped`: not in the text; `changed`: in the text, in another form. */
  effect: 'dropped' | 'changed'
  /** True when words that stand in the file are missing in the text. */
  losesWords: boolean
  /** Number of the paragraph in the file, counting from 1 (empty ones and those in tables too); 0 outside the main text. */
  paragraph: number
  /** Beginning of that paragraph. */
  quote: string
  /** What was there: the words left out, the text of the comment, the file name of the picture. */
  content: string
  message: string
  /** Of tracked changes and comments, as the file states them. */
  author?: string
  date?: string
}

/** What the file holds, counted without any judgement. */
export interface DocxFacts {
  /** Every paragraph of document.xml that holds words of its own; those of a text box in both renditions Word stores. */
  nonEmptyParagraphs: number
  paragraphs: number
  tables: number
  /** Text boxes as stored: Word keeps most of them twice (drawing and VML fallback). */
  textBoxes: number
  /** Text boxes as seen on the page. */
  visibleTextBoxes: number
  /** Entries under word/media, the entry of the folder itself included where an archive has one. */
  images: number
  /** Picture files among them. */
  pictures: number
  autoNumberedParagraphs: number
  hasToc: boolean
  parts: number
  chapters: number
  sections: number
  /** Articles of the row 1…N; those like 第一百二十条之一 are counted apart. */
  articles: number
  insertedArticles: number
  firstArticle: string | null
  lastArticle: string | null
}

/** Quotes in the report are this long at most. */
export const quoteLength = 40
export const shortened = (text: string, length = quoteLength): string => {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > length ? `${flat.slice(0, length)}…` : flat
}
