// The office's own scorecard: four categories, each share with its formula.
import type { answers } from '@dianzhang/contract'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'

const shown = (value: number | null): string => (value === null ? '算不出' : value.toFixed(2))

export function scorecardPage(found: answers.Given<typeof answers.Scorecard>): Page {
  return {
    title: '制定质量自评',
    crumbs: [{ label: '后评估', href: '/evaluations' }, { label: '制定质量自评' }],
    body: (
      <>
        <h1>制定质量自评</h1>
        <p>
          {dateWords(found.from)}至{dateWords(found.to)}公布的文件，截至{dateWords(found.asOf)}的记录：总分
          {shown(found.value)}（最高 {found.most}）。{found.formula}。
        </p>
        {found.categories.map((category) => (
          <section aria-labelledby={`category-${category.id}`}>
            <h2 id={`category-${category.id}`}>
              {category.label}：{shown(category.value)}
            </h2>
            <ul>
              {category.items.map((one) => (
                <li>
                  {one.label}：{one.text}。算式：{one.formula}。
                </li>
              ))}
            </ul>
          </section>
        ))}
      </>
    ),
  }
}
