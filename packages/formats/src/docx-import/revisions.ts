// Tracked changes numbered one by one: adjacent ones of the same kind by the same person at the same instant count as
// one, and a move away with its arrival counts as one. Whether each is accepted, rejected or undecided is for the
// reader to say.
import { shortened } from './loss.ts'
import type { Attributes } from './xml.ts'

/** All tracked changes, or `undecided`: the text before them, and what they insert counts as lost. */
export type Revisions = 'undecided' | 'reject' | 'accept'

/** What becomes of single changes, by their number; the others follow `Revisions`. */
export interface RevisionDecisions {
  accept?: readonly number[]
  reject?: readonly number[]
}

/** One tracked change as a person decides about it. */
export interface TrackedChange {
  /** Counts from 1 in the order of the file. */
  number: number
  kind: 'insertion' | 'deletion' | 'move'
  /** Words, the end of a paragraph (two are joined or parted), a row or a cell of a table. */
  what: 'text' | 'paragraph' | 'row' | 'cell'
  /** As in the loss report. */
  paragraph: number
  /** The words it is about, shortened; empty where it is about none. */
  text: string
  author?: string
  date?: string
  decision: Revisions
}

export const authorOf = (attributes: Attributes): { author?: string; date?: string } => ({
  ...(attributes['w:author'] === undefined ? {} : { author: attributes['w:author'] }),
  ...(attributes['w:date'] === undefined ? {} : { date: attributes['w:date'] }),
})

const kindOf = { 'w:ins': 'insertion', 'w:cellIns': 'insertion', 'w:moveFrom': 'move', 'w:moveTo': 'move' } as const
const adds = (name: string): boolean => name === 'w:ins' || name === 'w:moveTo' || name === 'w:cellIns'
/** So much of the words of a change is kept. */
const longest = 400

/** Numbers the changes of a file while it is read. */
export class TrackedChanges {
  readonly list: TrackedChange[] = []
  private readonly accepted: ReadonlySet<number>
  private readonly rejected: ReadonlySet<number>
  private last: { key: string; number: number } | null = null
  private readonly moves = new Map<string, number>()
  /** Names of the moves that are open, and how many without a name have come. */
  private readonly open = new Map<string, string>()
  private unnamed = { 'w:moveFrom': 0, 'w:moveTo': 0 }

  private readonly others: Revisions

  constructor(others: Revisions, { accept = [], reject = [] }: RevisionDecisions = {}) {
    this.others = others
    this.accepted = new Set(accept)
    this.rejected = new Set(reject)
  }

  decision(number: number): Revisions {
    return this.accepted.has(number) ? 'accept' : this.rejected.has(number) ? 'reject' : this.others
  }

  /** Whether what a change adds or takes away is out of the text. */
  isOut(name: string, number: number): boolean {
    return adds(name) !== (this.decision(number) === 'accept')
  }

  /** w:moveFromRangeStart and w:moveToRangeStart name the move that the runs up to the end of the range belong to. */
  range(name: string, attributes: Attributes): void {
    const side = name.startsWith('w:moveFrom') ? 'w:moveFrom' : 'w:moveTo'
    if (name.endsWith('RangeStart')) this.open.set(side, attributes['w:name'] ?? '')
    else this.open.delete(side)
  }

  /** The number of a change that begins here. */
  number(name: string, what: TrackedChange['what'], paragraph: number, attributes: Attributes): number {
    const by = authorOf(attributes)
    const move = name === 'w:moveFrom' || name === 'w:moveTo'
    const key = `${move ? name : adds(name)} ${by.author ?? ''} ${by.date ?? ''}`
    if (this.last?.key === key) {
      const { number } = this.last
      const item = this.list[number - 1]
      if (item !== undefined && item.what === 'paragraph' && what === 'text') item.what = what
      return number
    }
    const named = move ? this.open.get(name) || `#${++this.unnamed[name]}` : ''
    const known = move ? this.moves.get(named) : undefined
    const number = known ?? this.list.length + 1
    if (known === undefined) {
      if (move) this.moves.set(named, number)
      const kind = kindOf[name as keyof typeof kindOf] ?? 'deletion'
      this.list.push({ number, kind, what, paragraph, text: '', ...by, decision: this.decision(number) })
    }
    this.last = { key, number }
    return number
  }

  /** Words that stand in a change. Of a move they are kept once. */
  words(number: number, name: string, words: string): void {
    const item = this.list[number - 1]
    if (item !== undefined && item.text.length < longest && name !== 'w:moveTo') item.text += words
  }

  /** Words that nobody changed: what comes behind is another change. */
  unchanged(): void {
    this.last = null
  }

  finish(): TrackedChange[] {
    for (const item of this.list) item.text = shortened(item.text, 200)
    return this.list
  }
}

/** 1,3-5 as the list HTTP and the command line take. */
export const numberListPattern = /^\d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*$/u
/** The numbers of such a list, in order, each once; of none none. */
export function numbersOf(list: string | undefined): number[] {
  const numbers = new Set<number>()
  for (const part of list?.split(',') ?? []) {
    const [from = 0, to = from] = part.split('-').map(Number)
    for (let number = from; number <= to; number++) numbers.add(number)
  }
  return [...numbers].sort((a, b) => a - b)
}

const kindsSaid = { insertion: '插入', deletion: '删除', move: '移动' } as const
const whatSaid = { text: '', paragraph: '（分段）', row: '表格行', cell: '单元格' } as const
/** “删除‘每只羊十元’（第3段，起草经办人，2026-08-01）” */
export function changeSaid({ kind, what, text, paragraph, author, date }: TrackedChange): string {
  const words = text.trim() === '' ? whatSaid[what] || '（没有文字）' : `${whatSaid[what]}“${text}”`
  const by = [`第${paragraph}段`, author, date?.slice(0, 10)].filter((one) => one !== undefined && one !== '')
  return `${kindsSaid[kind]}${words}（${by.join('，')}）`
}
