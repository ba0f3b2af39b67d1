// 为了目录与“对某条提意见”，把正文粗略分成章、节、条与段；只看行首，不改动任何文字。
export interface Block {
  kind: 'chapter' | 'section' | 'article' | 'heading' | 'paragraph'
  /** 页内锚点；段落没有。 */
  id: string | null
  /** 「第三条」「第二章」「一、」；段落为空。 */
  label: string
  /** 标签与其后文字之间原有的空白。 */
  gap: string
  text: string
}

const numeral = '[〇零一二三四五六七八九十百千0-9]+'
const division = new RegExp(`^(第${numeral}[编章])([\\s　]+|$)(.*)$`)
const section = new RegExp(`^(第${numeral}节)([\\s　]+|$)(.*)$`)
const article = new RegExp(`^(第${numeral}条(?:之${numeral})?)([\\s　]*)(.*)$`)
const listed = /^([一二三四五六七八九十]+、)(.{1,60})$/
// “第三条规定的……”开头的段落是引用，不是条文。
const citing = /^[第规所的款项和与及至到、，或至中，]/

/** 正文 → 依次的块。空行略去；每一行的文字原样保留（去掉行首行尾空白）。 */
export function structureOf(body: string): Block[] {
  const used = new Map<string, number>()
  const anchor = (label: string): string => {
    const times = (used.get(label) ?? 0) + 1
    used.set(label, times)
    return times === 1 ? label : `${label}-${times}`
  }
  const blocks: Block[] = []
  for (const raw of body.split(/\r\n|\r|\n/)) {
    const line = raw.replace(/^[\s　]+|[\s　]+$/g, '')
    if (line === '') continue
    const named = (kind: Block['kind'], label: string, gap: string, text: string) =>
      blocks.push({ kind, id: anchor(label), label, gap, text })
    const chapter = division.exec(line)
    if (chapter?.[1] && line.length <= 60) {
      named('chapter', chapter[1], chapter[2] ?? '', chapter[3] ?? '')
      continue
    }
    const part = section.exec(line)
    if (part?.[1] && line.length <= 60) {
      named('section', part[1], part[2] ?? '', part[3] ?? '')
      continue
    }
    const clause = article.exec(line)
    if (clause?.[1] && (clause[2] !== '' || !citing.test(clause[3] ?? ''))) {
      named('article', clause[1], clause[2] ?? '', clause[3] ?? '')
      continue
    }
    const heading = listed.exec(line)
    if (heading?.[1] && !/[。；;！？：]/.test(line)) {
      named('heading', heading[1], '', heading[2] ?? '')
      continue
    }
    blocks.push({ kind: 'paragraph', id: null, label: '', gap: '', text: line })
  }
  return blocks
}

/** 正文里“由……负责解释”的原话；没有写的为 null。 */
export function interpreterInText(body: string): string | null {
  return /由([^，。；：、由\n]{2,40}?)负责解释/.exec(body)?.[1] ?? null
}

/** 能够单独提意见的部分：条；没有条的，取章节与标题。 */
export function commentable(blocks: readonly Block[]): Block[] {
  const articles = blocks.filter((block) => block.kind === 'article')
  return articles.length > 0 ? articles : blocks.filter((block) => block.id !== null)
}
