// Six kinds of charts, drawn from plain values. Each says its content in words (title, description) and is told apart by position
// and by pattern, never by colour alone; whoever shows one shows the table beside it. Sizes are those of a phone: a chart is
// never wider than 320 units, so that its words stay legible.
import { scaleBand, scaleLinear, scalePoint, scaleTime } from 'd3-scale'
import { line, stack } from 'd3-shape'
import { type ChartNode, node } from './node.ts'

export interface Told {
  /** Unique on its page: names of its parts begin with it. */
  id: string
  title: string
  /** The unit of the values, such as “件”. */
  unit: string
}
const width = 320
/** Shades are classes: the page's stylesheet decides how they look by day, by night and on paper. */
const shades = 6
const shade = (i: number): string => `chart-${i % shades}`
const words = { 'font-size': 12, class: 'chart-text' }
const short = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
const top = (values: readonly number[]): number => Math.max(1, ...values)
const told = (value: number, unit: string): string => `${Number.isInteger(value) ? value : value.toFixed(2)}${unit}`

function frame({ id, title }: Told, height: number, description: string, children: ChartNode[]): ChartNode {
  return node(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${width} ${Math.ceil(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      xmlns: 'http://www.w3.org/2000/svg',
    },
    node('title', { id: `${id}-title` }, title),
    node('desc', { id: `${id}-desc` }, description),
    ...children,
  )
}
export interface Bar {
  label: string
  value: number
}
/** Horizontal bars, the label above each; as long as the values. */
export function bars(about: Told, rows: readonly Bar[]): ChartNode {
  const row = 34
  const x = scaleLinear([0, top(rows.map(({ value }) => value))], [0, width - 60])
  return frame(
    about,
    rows.length * row + 6,
    rows.map(({ label, value }) => `${label}${told(value, about.unit)}`).join('，'),
    rows.flatMap(({ label, value }, i) => [
      node('text', { ...words, x: 0, y: i * row + 13 }, short(label, 24)),
      node('rect', { class: shade(0), x: 0, y: i * row + 17, width: Math.max(1, x(value)), height: 12 }),
      node('text', { ...words, x: x(value) + 5, y: i * row + 27 }, told(value, about.unit)),
    ]),
  )
}
export interface Series {
  label: string
  values: readonly number[]
}
/** The legend: a mark and a word for each, wrapped. */
function legend(series: readonly Series[], at: number): { nodes: ChartNode[]; height: number } {
  let [x, y] = [0, at]
  const nodes = series.flatMap(({ label }, i) => {
    const wide = 22 + label.length * 12.5
    if (x > 0 && x + wide > width) [x, y] = [0, y + 18]
    const own = [
      node('rect', { class: shade(i), x, y: y - 9, width: 12, height: 10 }),
      node('text', { ...words, x: x + 16, y }, label),
    ]
    x += wide
    return own
  })
  return { nodes, height: y - at + 18 }
}
const describe = (categories: readonly string[], series: readonly Series[], unit: string): string =>
  series
    .map((s) => `${s.label}：${categories.map((name, i) => `${name}${told(s.values[i] ?? 0, unit)}`).join('，')}`)
    .join('；')
/** Lines over categories in their order, each with its own dashes; the last value is written out. */
export function lines(about: Told, categories: readonly string[], series: readonly Series[]): ChartNode {
  const [height, left, right] = [150, 8, 40]
  const x = scalePoint([...categories.keys()], [left, width - right])
  const y = scaleLinear([0, top(series.flatMap(({ values }) => [...values]))], [height - 24, 10]).nice()
  const path = line<number>()
    .x((_, i) => x(i) ?? left)
    .y((value) => y(value))
  const key = legend(series, height + 10)
  const step = Math.ceil(categories.length / 5)
  return frame(about, height + key.height, describe(categories, series, about.unit), [
    node('line', { class: 'chart-axis', x1: 0, x2: width, y1: y(0), y2: y(0) }),
    ...categories.flatMap((name, i) =>
      i % step === 0
        ? [node('text', { ...words, x: x(i) ?? 0, y: height - 8, 'text-anchor': i === 0 ? 'start' : 'middle' }, name)]
        : [],
    ),
    ...series.flatMap(({ values }, i) => [
      node('path', { class: `chart-line ${shade(i)}`, d: (path([...values]) ?? '').replace(/(\.\d)\d+/g, '$1') }),
      node(
        'text',
        { ...words, x: (x(values.length - 1) ?? 0) + 5, y: y(values.at(-1) ?? 0) + 4 },
        told(values.at(-1) ?? 0, about.unit),
      ),
    ]),
    ...key.nodes,
  ])
}
/** Stacked columns over categories; totals above. */
export function stacked(about: Told, categories: readonly string[], series: readonly Series[]): ChartNode {
  const height = 170
  const totals = categories.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0))
  const x = scaleBand([...categories.keys()], [0, width]).padding(0.25)
  const y = scaleLinear([0, top(totals)], [height - 24, 18])
  const layers = stack<number, number>()
    .keys([...series.keys()])
    .value((at, of) => series[of]?.values[at] ?? 0)([...categories.keys()])
  const key = legend(series, height + 10)
  const step = Math.ceil(categories.length / 5)
  return frame(about, height + key.height, describe(categories, series, about.unit), [
    node('line', { class: 'chart-axis', x1: 0, x2: width, y1: y(0), y2: y(0) }),
    ...layers.flatMap((layer, i) =>
      layer.flatMap((part, at) =>
        part[1] > part[0]
          ? [
              node('rect', {
                class: shade(i),
                x: x(at) ?? 0,
                y: y(part[1]),
                width: x.bandwidth(),
                height: y(part[0]) - y(part[1]),
              }),
            ]
          : [],
      ),
    ),
    ...categories.flatMap((name, i) => {
      const middle = (x(i) ?? 0) + x.bandwidth() / 2
      return [
        ...(totals[i]
          ? [node('text', { ...words, x: middle, y: y(totals[i]) - 4, 'text-anchor': 'middle' }, String(totals[i]))]
          : []),
        ...(i % step === 0
          ? [node('text', { ...words, x: middle, y: height - 8, 'text-anchor': 'middle' }, name)]
          : []),
      ]
    }),
    ...key.nodes,
  ])
}
export interface Share {
  label: string
  numerator: number
  denominator: number
}
/** Shares on one scale from 0 to 100 %; a small denominator (below five) is an open dot with its counts, never a rate. */
export function dots(about: Told, rows: readonly Share[]): ChartNode {
  const row = 34
  const x = scaleLinear([0, 1], [6, width - 70])
  const said = ({ numerator, denominator }: Share): string =>
    denominator === 0
      ? '没有'
      : denominator < 5
        ? `${denominator}件中${numerator}件`
        : `${Math.round((numerator / denominator) * 10_000) / 100}%`
  return frame(
    about,
    rows.length * row + 6,
    rows.map((share) => `${share.label}${said(share)}`).join('，'),
    rows.flatMap((share, i) => {
      const y = i * row + 24
      const at = share.denominator === 0 ? null : x(share.numerator / share.denominator)
      return [
        node('text', { ...words, x: 0, y: i * row + 13 }, short(share.label, 24)),
        node('line', { class: 'chart-axis', x1: x(0), x2: x(1), y1: y, y2: y }),
        ...(at === null
          ? []
          : [node('circle', { class: share.denominator < 5 ? 'chart-open' : shade(0), cx: at, cy: y, r: 5 })]),
        node('text', { ...words, x: x(1) + 8, y: y + 4 }, said(share)),
      ]
    }),
  )
}
/** One small line chart for each series, all on one scale. */
export function multiples(about: Told, categories: readonly string[], series: readonly Series[]): ChartNode {
  const [columns, cell, height] = [2, width / 2, 84]
  const x = scalePoint([...categories.keys()], [4, cell - 34])
  const y = scaleLinear([0, top(series.flatMap(({ values }) => [...values]))], [58, 24])
  return frame(about, Math.ceil(series.length / columns) * height, describe(categories, series, about.unit), [
    ...series.map(({ label, values }, i) => {
      const path = line<number>()
        .x((_, at) => x(at) ?? 0)
        .y((value) => y(value))
      return node(
        'g',
        { transform: `translate(${(i % columns) * cell} ${Math.floor(i / columns) * height})` },
        node('text', { ...words, x: 2, y: 13 }, short(label, 11)),
        node('line', { class: 'chart-axis', x1: 2, x2: cell - 30, y1: y(0), y2: y(0) }),
        node('path', { class: `chart-line ${shade(0)}`, d: (path([...values]) ?? '').replace(/(\.\d)\d+/g, '$1') }),
        node('text', { ...words, x: cell - 30, y: y(values.at(-1) ?? 0) + 4 }, told(values.at(-1) ?? 0, about.unit)),
        node('text', { ...words, x: 2, y: 74 }, categories[0] ?? ''),
        node('text', { ...words, x: cell - 34, y: 74, 'text-anchor': 'end' }, categories.at(-1) ?? ''),
      )
    }),
  ])
}
export interface Moment {
  on: string
  label: string
  done: boolean
}
/** What happened or is due on which day, from the first to the last; what is not done is an open mark. */
export function timeline(about: Told, moments: readonly Moment[]): ChartNode {
  const row = 24
  const sorted = moments.toSorted((a, b) => a.on.localeCompare(b.on))
  const at = (on: string): Date => new Date(`${on}T00:00:00Z`)
  const x = scaleTime([at(sorted[0]?.on ?? '2000-01-01'), at(sorted.at(-1)?.on ?? '2000-01-02')], [6, 70])
  return frame(
    about,
    sorted.length * row + 6,
    sorted.map(({ on, label, done }) => `${on}${label}（${done ? '已办' : '未办'}）`).join('，'),
    sorted.flatMap(({ on, label, done }, i) => [
      node('line', { class: 'chart-axis', x1: 6, x2: 70, y1: i * row + 12, y2: i * row + 12 }),
      node('circle', { class: done ? shade(0) : 'chart-open', cx: x(at(on)), cy: i * row + 12, r: 5 }),
      node('text', { ...words, x: 82, y: i * row + 16 }, short(`${on}　${label}`, 24)),
    ]),
  )
}
