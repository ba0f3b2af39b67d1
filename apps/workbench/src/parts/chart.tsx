// A chart: the drawing, and the same values as a table behind a summary.
import type { ChartNode } from '@dianzhang/charts'
import { createElement, type ReactNode } from 'react'
import './chart.css'

/** Names of attributes as React wants them. */
const asReact: Record<string, string> = { class: 'className', 'font-size': 'fontSize', 'text-anchor': 'textAnchor' }
const draw = ({ tag, attributes, children }: ChartNode, key: number): ReactNode =>
  createElement(
    tag,
    { key, ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [asReact[name] ?? name, value])) },
    ...children.map((child, i) => (typeof child === 'string' ? child : draw(child, i))),
  )
export function Chart({ title, chart, children }: { title: string; chart: ChartNode; children?: ReactNode }) {
  return (
    <figure className="chart-box">
      <figcaption>{title}</figcaption>
      {draw(chart, 0)}
      {children ? (
        <details>
          <summary>看表格</summary>
          {children}
        </details>
      ) : null}
    </figure>
  )
}
