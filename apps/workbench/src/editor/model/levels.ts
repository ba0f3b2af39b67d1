// The levels of paragraphs: their names, how they are numbered, the order of promotion and demotion.
export const levelNames = {
  title: '标题',
  docno: '发文字号',
  addressees: '主送机关',
  part: '编',
  subpart: '分编',
  chapter: '章',
  section: '节',
  article: '条',
  paragraph: '款',
  item: '项',
  heading1: '一、',
  heading2: '（一）',
  heading3: '1.',
  heading4: '（1）',
  text: '正文段落',
  toc: '目录',
  stated: '附件说明',
  signature: '署名',
  date: '成文日期',
  note: '附注',
  attachment: '附件',
  attachmentTitle: '附件标题',
  imprint: '版记',
  table: '表格',
} as const
export type BlockLevel = keyof typeof levelNames
/** Items, sub-items and what lies below them share one level and differ by depth. */
export const itemNames = ['项', '目', '细目', '细目'] as const
export const deepest = itemNames.length

export const levelName = (level: BlockLevel, depth = 1): string =>
  level === 'item' ? (itemNames[depth - 1] ?? '细目') : levelNames[level]

const styles: Partial<Record<BlockLevel, string>> = {
  part: '第{c}编',
  subpart: '第{c}分编',
  chapter: '第{c}章',
  section: '第{c}节',
  article: '第{c}条',
  heading1: '{c}、',
  heading2: '（{c}）',
  heading3: '{a}.',
  heading4: '（{a}）',
}
const itemStyles = ['（{c}）', '{a}.', '（{a}）', '{o}']
/**
 * The usual way of numbering; `{c}` Chinese numerals, `{a}` Arabic digits, `{w}` full-width digits, `{o}` circled.
 * Null for levels without numbers.
 */
export const usualStyle = (level: BlockLevel, depth = 1): string | null =>
  level === 'item' ? (itemStyles[depth - 1] ?? null) : (styles[level] ?? null)

/** One space after parts, chapters, sections and articles, none after items and sub-items. */
export const usualGap = (level: BlockLevel): string =>
  level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section' || level === 'article'
    ? '\u3000'
    : ''

/** Which is above which: the smaller number is above. 0 for what takes no part in numbering. */
export function rankOf(level: BlockLevel, depth: number): number {
  switch (level) {
    case 'part':
      return 10
    case 'subpart':
      return 20
    case 'chapter':
      return 30
    case 'section':
      return 40
    case 'heading1':
      return 50
    case 'heading2':
      return 51
    case 'heading3':
      return 52
    case 'heading4':
      return 53
    case 'article':
      return 60
    case 'paragraph':
      return 70
    case 'item':
      return 80 + depth
    default:
      return 0
  }
}
export const isHeading = (level: BlockLevel): boolean =>
  level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section'
export const isCircular = (level: BlockLevel): boolean => level.startsWith('heading')

export interface Place {
  level: BlockLevel
  depth: number
}
const circular: BlockLevel[] = ['heading1', 'heading2', 'heading3', 'heading4']
/**
 * One level down: article → paragraph → item → sub-item → what lies below; “一、” → “（一）” → “1.” → “（1）” → running
 * text. Null at the bottom. `near` is the nearest heading level above.
 */
export function demoted({ level, depth }: Place, near: BlockLevel | null): Place | null {
  switch (level) {
    case 'part':
    case 'subpart':
      return { level: 'chapter', depth: 1 }
    case 'chapter':
      return { level: 'section', depth: 1 }
    case 'article':
      return { level: 'paragraph', depth: 1 }
    case 'paragraph':
      return { level: 'item', depth: 1 }
    case 'item':
      return depth < deepest ? { level, depth: depth + 1 } : null
    case 'text': {
      if (near === null || !isCircular(near)) return null
      return { level: circular[Math.min(circular.indexOf(near) + 1, 3)] ?? 'heading4', depth: 1 }
    }
    default: {
      const at = circular.indexOf(level)
      return at < 0 ? null : { level: circular[at + 1] ?? 'text', depth: 1 }
    }
  }
}
/** One level up, the reverse of `demoted`. Null at the top. `articles`: there are articles before it. */
export function promoted({ level, depth }: Place, near: BlockLevel | null, articles: boolean): Place | null {
  switch (level) {
    case 'section':
      return { level: 'chapter', depth: 1 }
    case 'paragraph':
      return { level: 'article', depth: 1 }
    case 'item':
      if (depth > 1) return { level, depth: depth - 1 }
      return articles ? { level: 'paragraph', depth: 1 } : { level: 'text', depth: 1 }
    case 'text':
      return near === null ? { level: 'heading1', depth: 1 } : isCircular(near) ? { level: near, depth: 1 } : null
    default: {
      const at = circular.indexOf(level)
      return at > 0 ? { level: circular[at - 1] ?? 'heading1', depth: 1 } : null
    }
  }
}
