// 报告的文字：模板与各部分所写的文字里，数只以 {{统计项}} 写出；写成正文时换成数，并为每一个数加一条注。
import { type ReportSection, reportSectionLabels } from '@dianzhang/contract'
import { currentFigures, type FrozenFigure, type ReportDossier } from './dossier.ts'

/** 第一部分由模板写成的段落；所写的另附在后。 */
export const measuresTemplate: readonly string[] = [
  '（一）制定和公布。本年制发行政规范性文件{{issued}}，上年同期{{issued-before}}；修改{{amended}}，废止、失效{{ended}}。年初有效{{opening}}，年末现行有效{{closing}}。统一登记、统一编号、统一公布：{{three-unified}}。',
  '（二）公众参与。公开征求意见{{consulted}}，期限符合规定：{{consulted-long-enough}}；公布意见采纳情况：{{feedback-published}}。风险评估{{risk-assessed}}。征集到公众的立项、决策建议{{proposals}}。',
  '（三）合法性审核和公平竞争审查。合法性审核{{reviewed}}，未经审核公布{{unreviewed}}；按期出具意见：{{review-in-period}}；有专家、法律顾问协助：{{expert-assisted}}。涉及企业的文件作公平竞争审查：{{fair-competition}}。',
  '（四）备案审查。向上级政府报送备案{{filed.government}}，报备率{{filing-rate.government}}，及时率{{filing-in-time.government}}，规范率{{filing-regular.government}}；向人大常委会报送备案{{filed.npc}}，报备率{{filing-rate.npc}}，及时率{{filing-in-time.npc}}。备案审查的纠错率{{correction-rate.government}}，纠正到位：{{put-right.government}}。',
  '（五）清理、后评估和监督。公布清理结果{{cleanups}}，其中定期清理{{periodic-cleanups}}；完成后评估{{evaluations}}；审查建议办结：{{suggestions-answered}}；被撤销、被责令纠正{{unlawful}}。',
  '（六）重大行政决策。决策事项目录按期公布：{{catalogue-in-time}}；目录事项办结：{{catalogue-settled}}，归档：{{catalogue-archived}}；制定计划完成：{{plan-completed}}；审议会议{{sessions}}。',
]
export type Segment = { text: string } | { figure: string; text: string; note: number }
/** 一条注：数从哪里来。 */
export interface Note {
  n: number
  figure: string
  label: string
  text: string
  formula: string
  basis: string
  /** 清单的地址；填报的没有。 */
  list: string | null
  denominatorList: string | null
  /** 填报的写明来源。 */
  source: string | null
}
export interface RenderedReport {
  title: string
  sections: Array<{ section: ReportSection; label: string; paragraphs: Segment[][] }>
  notes: Note[]
}
const placeholder = /\{\{([a-z0-9.-]+)\}\}/g
/** 文字里写到的统计项。 */
export const figuresIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, id = '']) => id)
/** 全部文字：模板的，加上各部分所写的。 */
export const textsOf = (d: Pick<ReportDossier, 'sections'>): string[] => [
  ...measuresTemplate,
  ...d.sections.map(({ text }) => text),
]
// 数字与量词；“两个维护”一类固定的说法不是数，不常见的加引号即可（引号里除数与量词外还有别的字）。
const digits = '一二三四五六七八九十百千万两〇零壹贰叁肆伍陆柒捌玖拾佰仟几数'
const numeral = `[${digits}]+[余多几来]?`
const counted = '[件份篇场人部家户名起宗例条款批处所亩]|元|万元'
const phrases =
  '千家万户|零件|最多跑一次|一次办|一件事|一部分|[一二三四五六七八九十两]+(?:个(?:意识|自信|维护|确立|方面|全面|坚持|务必|环节|层面)|项制度)'
const harmless = [
  placeholder,
  /《[^》]*》/g,
  new RegExp(`“(?!(?:${numeral})(?:${counted}|[个项次])?”)[^“”0-9]*”`, 'g'),
  /“?123\d\d”?(?=[^，。；]{0,9}热线)/g,
  /〔\d{4}〕第?\d+号/g,
  /第\d+号/g,
  /\d{4}(?:—|－|-|至)\d{4}年/g,
  /\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?/g,
  /\d{1,2}月(?:\d{1,2}日)?/g,
  /第[\d一二三四五六七八九十百]+(?:[条款项次届期号章节]|季度)/g,
  new RegExp(phrases, 'g'),
]
const figures = new RegExp(
  [
    '\\d[\\d,.]*%?',
    `(?!一[个项批处所])${numeral}(?:${counted}|[个项次](?!性))`,
    `${numeral}分之${numeral}`,
    `[一二三四五六七八九十两][一二三四五六七八九十]?成(?![不立为员果本熟功长效就绩型文])[一二三四五六七八九]?`,
    `${numeral}倍`,
    `翻了?${numeral}番|翻番|一半|半数|过半`,
  ].join('|'),
  'g',
)
/** 所写文字里没有清单的数：除年份、日期、文号、条款序号、固定的说法以外的数，汉字的也是。没有的为空。 */
export function unlinkedNumbers(text: string): string[] {
  const rest = harmless.reduce((left, pattern) => left.replace(pattern, '　'), text.normalize('NFKC'))
  return [...rest.matchAll(figures)].map(([found]) => found)
}

/** 须由人填报的一项：标识与名称，出自规则包。 */
type ManualName = { id: string; label: string }
/** 写成的报告。没有冻结的用 `present`，即现在所知的各数；没有给的只写“（冻结时写出）”。人工填报的，名称出自 `manual`。 */
export function renderReport(
  d: ReportDossier,
  present: readonly FrozenFigure[] = [],
  manual: readonly ManualName[] = [],
): RenderedReport {
  const notes: Note[] = []
  const known = new Map((d.frozen ? currentFigures(d) : present).map((x) => [x.id, x]))
  const filled = new Map(d.filled.map((x) => [x.figure, x]))
  const noteOf = (id: string): Note | null => {
    const before = notes.find(({ figure }) => figure === id)
    if (before) return before
    const [own, hand] = [known.get(id), filled.get(id)]
    if (!own && !hand) return null
    const note: Note = own
      ? {
          n: notes.length + 1,
          figure: id,
          label: own.label,
          text: own.text,
          formula: own.formula,
          basis: own.basis,
          list: own.list,
          denominatorList: own.denominatorList,
          source: null,
        }
      : {
          n: notes.length + 1,
          figure: id,
          label: manual.find((one) => one.id === id)?.label ?? id,
          text: hand?.value ?? '',
          formula: '人工填报',
          basis: '',
          list: null,
          denominatorList: null,
          source: hand?.source ?? '',
        }
    notes.push(note)
    return note
  }
  const segmentsOf = (text: string): Segment[] => {
    const out: Segment[] = []
    let at = 0
    for (const found of text.matchAll(placeholder)) {
      if (found.index > at) out.push({ text: text.slice(at, found.index) })
      const note = noteOf(found[1] ?? '')
      out.push(note ? { figure: note.figure, text: note.text, note: note.n } : { text: '（冻结时写出）' })
      at = found.index + found[0].length
    }
    if (at < text.length) out.push({ text: text.slice(at) })
    return out
  }
  const sections = (Object.keys(reportSectionLabels) as ReportSection[]).map((section) => {
    const written = d.sections.find((x) => x.section === section)?.text.split('\n') ?? []
    const all = [...(section === 'measures' ? measuresTemplate : []), ...written.filter((x) => x.trim() !== '')]
    return { section, label: reportSectionLabels[section], paragraphs: all.map(segmentsOf) }
  })
  return { title: `${d.year}年法治政府建设（行政规范性文件）年度报告`, sections, notes }
}
