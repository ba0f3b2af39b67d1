// How many of each level a text holds.
import type { Attachment, Counts, Element } from './tree.ts'

type Plain = Omit<Counts, 'firstArticle' | 'lastArticle'>

const fields: Partial<Record<Element['level'], keyof Plain>> = {
  part: 'parts',
  subpart: 'subparts',
  chapter: 'chapters',
  section: 'sections',
  article: 'articles',
  heading1: 'level1',
  heading2: 'level2',
  heading3: 'level3',
  heading4: 'level4',
  table: 'tables',
}

function tally(elements: Element[]): Counts {
  const counts: Counts = {
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
  }
  const visit = (list: Element[]): void => {
    for (const element of list) {
      const field = fields[element.level]
      if (field !== undefined && !(element.level === 'article' && (element.ordinal?.length ?? 1) > 1)) counts[field]++
      if (element.level === 'article') {
        if ((element.ordinal?.length ?? 1) > 1) counts.insertedArticles++
        counts.firstArticle ??= element.number
        counts.lastArticle = element.number
      }
      visit(element.children)
    }
  }
  visit(elements)
  return counts
}

/**
 * Counts of a text. 编 to 条 are those of the text itself; of a circular without articles that issues an act, those of the first
 * attachment that has some. Levels 一、（一）1.（1） and tables are counted in the text and in all attachments.
 */
export function countsOf(body: Element[], attachments: Attachment[]): Counts {
  const main = tally(body)
  const others = attachments.map((one) => tally(one.body))
  const hasUnits = (one: Counts): boolean =>
    one.articles + one.insertedArticles + one.chapters + one.parts + one.sections > 0
  const act = hasUnits(main) ? main : (others.find(hasUnits) ?? main)
  const sum = (field: keyof Plain): number => others.reduce((total, one) => total + one[field], main[field])
  return {
    ...act,
    level1: sum('level1'),
    level2: sum('level2'),
    level3: sum('level3'),
    level4: sum('level4'),
    tables: sum('tables'),
  }
}
