// “前款”, “前条”, “前两项”: which place is meant depends on where the reference itself stands.
import { addressOf } from './address.ts'
import { readNumeral } from './lines.ts'
import type { Element, StructuredText } from './tree.ts'

/** Where a relative reference leads, and what a 款 or 项 written right behind it belongs to. */
export interface Base {
  /** Address: `第五条第一款`; of several `第五条第一款至第五条第二款`. */
  target: string
  /** 第五条, with what stands before it in an attachment. */
  article: string
  /** 第一款; empty for an article. */
  paragraph: string
}

interface Holder {
  element: Element
  previous: readonly Element[]
}

/** Finds what 前款 and the like at an offset mean in one text. */
export type RelativeResolver = (unit: '条' | '款' | '项', count: number, at: number) => Base | null

/** A resolver for a text; the articles of the body and of each attachment are a row of their own. */
export function relativeResolver(structure: StructuredText): RelativeResolver {
  const articles: Holder[] = []
  for (const part of [structure.body, ...structure.attachments.map(({ body }) => body)]) {
    const row: Element[] = []
    const visit = (list: readonly Element[]): void => {
      for (const element of list) {
        if (element.level !== 'article') visit(element.children)
        else {
          articles.push({ element, previous: row })
          row.push(element)
        }
      }
    }
    visit(part)
  }
  articles.sort((a, b) => a.element.start - b.element.start)

  const holderOf = (at: number): Holder | null => {
    let low = 0
    let high = articles.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((articles[middle]?.element.start ?? 0) <= at) low = middle + 1
      else high = middle
    }
    const found = articles[low - 1]
    return found !== undefined && at < found.element.end ? found : null
  }
  const spanOf = (row: readonly Element[], before: number, count: number): string | null => {
    if (before < count) return null
    const first = row[before - count]
    const last = row[before - 1]
    if (first === undefined || last === undefined) return null
    const [from, to] = [addressOf(structure, first.id), addressOf(structure, last.id)]
    return from === '' || to === '' ? null : count === 1 ? to : `${from}至${to}`
  }

  return (unit, count, at) => {
    const holder = holderOf(at)
    if (holder === null) return null
    const own = addressOf(structure, holder.element.id)
    if (unit === '条') {
      const target = spanOf(holder.previous, holder.previous.indexOf(holder.element), count)
      return target === null ? null : { target, article: count === 1 ? target : '', paragraph: '' }
    }
    const paragraphs = holder.element.children.filter(({ level }) => level === 'paragraph')
    const paragraph = paragraphs.findIndex(({ start, end }) => start <= at && at < end)
    if (paragraph < 0) return null
    const within = (index: number): string => {
      const address = addressOf(structure, paragraphs[index]?.id ?? '')
      // The only paragraph of an article is not named.
      return paragraphs.length === 1 ? '' : address.slice(own.length)
    }
    if (unit === '款') {
      // 本款 is the paragraph itself.
      const target = count === 0 ? `${own}${within(paragraph)}` : spanOf(paragraphs, paragraph, count)
      const named = count === 0 ? within(paragraph) : count === 1 ? within(paragraph - 1) : ''
      return target === null ? null : { target, article: own, paragraph: named }
    }
    const items = (paragraphs[paragraph]?.children ?? []).filter(({ level }) => level === 'item')
    const item = items.findIndex(({ start, end }) => start <= at && at < end)
    const target = spanOf(items, item, count)
    return target === null ? null : { target, article: own, paragraph: within(paragraph) }
  }
}

const several = '一二两三四五六'
/** 前款, 前两条, 上项; 本款 only before a 项. What comes before and behind is judged by `readRelative`. */
export const relativePattern = `[前上][${several}]?[条款项]|本款(?=第)`

/** `款项`, `条件`, `项目`, `目前`, `以上`, `第三条前两款`: the same characters, other words. */
const otherWordBehind = {
  条: /^[件款例约理文目令码]/u,
  款: /^[项式额待子]/u,
  项: /^[目链圈]/u,
} as const
const otherWordBefore = /(?:[之目此先提年月日期]|(?<!从)事|第[^第条款项]{1,8}[条款项])$/u
const namesWhat = /^(?:第|[（(]|规定|所|中|的|之|情形|情况|行为|以外|至|、|，|和|或|与|及)/u

/**
 * Reads a match of `relativePattern`: what it counts back. Null when the characters belong to other words: 目前条件, 款项, 以上.
 * `before` and `behind` are some characters of the text around it.
 */
export function readRelative(
  match: string,
  before: string,
  behind: string,
): { unit: '条' | '款' | '项'; count: number } | null {
  const unit = match.at(-1) as '条' | '款' | '项'
  if (match.startsWith('本')) return { unit, count: 0 }
  if (otherWordBehind[unit].test(behind)) return null
  const own = /本[条款]$/u.test(before)
  if (match.startsWith('上')) {
    // 网上, 书上, 以上, 线上: too many words end like this, so what follows must be what a reference is followed by.
    if (/[\p{Script=Han}]$/u.test(before) && !/[在依按照据将对从由和与及或、违反有本]$/u.test(before)) return null
    if (!namesWhat.test(behind)) return null
  } else if (!own && otherWordBefore.test(before)) return null
  const written = match.slice(1, -1)
  return { unit, count: written === '' ? 1 : (readNumeral(written.replace('两', '二')) ?? 1) }
}
