// Report of losses: what was dropped or changed at import, and in which paragraph.

export type LossKind =
  | 'insertion'
  | 'deletion'
  | 'move'
  | 'format-change'
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
  | 'layout-table'
  | 'placeholder'
  | 'no-text'
  | 'no-title'
  | 'automatic-number'
  | 'bullet'
  | 'number-format'
  | 'alternative'
  | 'unknown-element'
  | 'encoding'
  | 'markup'
  | 'portal'

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
  /** How many this item stands for: only on those that sum up what is not listed one by one, in `content` too. */
  count?: number
}

/** So many are listed one by one; a file with more was not written by people, and nobody reads them. */
export const mostListed = 500

/** How many things the items stand for. */
export const countLoss = (items: readonly LossItem[]): number => items.reduce((sum, { count = 1 }) => sum + count, 0)

/** The first `mostListed` items as they are, the others summed up by kind: no count and no lost word goes missing. */
export function cappedLoss(items: readonly LossItem[]): LossItem[] {
  if (items.length <= mostListed) return [...items]
  const rest = new Map<string, LossItem>()
  for (const item of items.slice(mostListed)) {
    const { kind, effect, losesWords } = item
    const key = `${kind} ${effect} ${losesWords}`
    const count = (rest.get(key)?.count ?? 0) + (item.count ?? 1)
    const message = `另有${count}处${lossKindNames[kind]}没有逐条列出`
    rest.set(key, { kind, effect, losesWords, paragraph: 0, quote: '', content: String(count), message, count })
  }
  return [...items.slice(0, mostListed), ...rest.values()]
}

/** One name a kind, for summaries. */
export const lossKindNames: Record<LossKind, string> = {
  insertion: '修订（插入）',
  deletion: '修订（删除）',
  move: '修订（移动）',
  'format-change': '格式修订',
  comment: '批注',
  image: '图片',
  'text-box': '文本框',
  letterhead: '版头',
  'word-art': '艺术字',
  footnote: '脚注',
  endnote: '尾注',
  header: '页眉',
  footer: '页脚',
  'hidden-text': '隐藏文字',
  'struck-text': '删除线文字',
  'raised-text': '上下标',
  field: '域',
  link: '超链接',
  symbol: '符号',
  'soft-hyphen': '可选连字符',
  tab: '制表符',
  'line-break': '换行和分页',
  formula: '公式',
  object: '嵌入对象',
  chart: '图表',
  'included-document': '并入的文档',
  phonetic: '拼音注音',
  'merged-cell': '合并单元格',
  'cell-paragraphs': '多段单元格',
  'nested-table': '嵌套表格',
  'layout-table': '版式表格',
  placeholder: '没有填写的内容控件',
  'no-text': '没有读到文字',
  'no-title': '没有读到题名',
  'automatic-number': '自动编号',
  bullet: '项目符号',
  'number-format': '编号样式',
  alternative: '替代内容',
  'unknown-element': '不认识的内容',
  encoding: '编码',
  markup: '网页标记',
  portal: '网页外壳',
}

/** Radicals and compatibility forms that were read as the characters they look like. */
export const radicalsSaid = (count: number): LossItem => ({
  kind: 'encoding',
  effect: 'changed',
  losesWords: false,
  paragraph: 0,
  quote: '',
  content: String(count),
  message: `有${count}处部首、兼容字（看着像字，查找不到，复制自 PDF 时常见），已换成通用的字`,
})

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
const quoteLength = 40
export const shortened = (text: string, length = quoteLength): string => {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > length ? `${flat.slice(0, length)}…` : flat
}
