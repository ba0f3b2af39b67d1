// A chart beside its table: the drawing for the eye, the same values as a table for everybody, behind a summary.
import { type ChartNode, markup } from '@dianzhang/charts'
import { raw } from 'hono/html'

export interface ChartCell {
  text: string
  href?: string
}
export function Chart({
  title,
  chart,
  head,
  rows,
}: {
  title: string
  chart: ChartNode
  head: readonly string[]
  rows: ReadonlyArray<readonly ChartCell[]>
}) {
  return (
    <figure class="chart-box">
      <figcaption>{title}</figcaption>
      {raw(markup(chart))}
      <details>
        <summary>看表格</summary>
        <section class="scroll" aria-label={`${title}（表格）`} tabindex={0}>
          <table>
            <caption class="hidden">{title}</caption>
            <thead>
              <tr>
                {head.map((text) => (
                  <th scope="col">{text}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...rest]) => (
                <tr>
                  <th scope="row">{first?.href ? <a href={first.href}>{first.text}</a> : first?.text}</th>
                  {rest.map((cell) => (
                    <td>{cell.href ? <a href={cell.href}>{cell.text}</a> : cell.text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}
