// Charts as drawings without script: bars, lines, stacked columns, dots, small multiples, a timeline.
export {
  type Bar,
  bars,
  dots,
  lines,
  type Moment,
  multiples,
  type Series,
  type Share,
  stacked,
  type Told,
  timeline,
} from './draw.ts'
export { type ChartNode, markup } from './node.ts'
