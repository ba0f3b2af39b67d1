// Drafting templates for each kind of document: outlines of our own with every clause that should be there; `〔待填：…〕`
// marks what is to be filled in, and the checker keeps asking until it is.
import { type RequiredClause, requiredClauses } from './clauses.ts'

export const templateGenres = [
  '规定',
  '办法',
  '细则',
  '规则',
  '规程',
  '决定',
  '意见',
  '措施',
  '通知',
  '方案',
  '公告',
  '通告',
] as const
export type TemplateGenre = (typeof templateGenres)[number]

/** Facts that go into the template; what is missing stays to be filled in. */
export interface TemplateFacts {
  title: string
  /** Full name of the issuer. */
  issuer?: string | undefined
  /** Full name of the drafting unit, written as the organ that interprets. */
  draftingUnit?: string | undefined
  /** Provisional or on trial (“暂行”, “试行”). */
  provisional?: boolean | undefined
  /** The longest validity the pack allows, in years. */
  maxYears?: number | undefined
}
export interface Template {
  genre: TemplateGenre
  /** One sentence: when to use it. */
  purpose: string
  text: string
  clauses: readonly RequiredClause[]
}

const blank = (what: string): string => `〔待填：${what}〕`
const basis = blank('上位法或者上级文件的名称')
const purposes: Record<TemplateGenre, string> = {
  规定: '对某一方面的工作作出部分的规定',
  办法: '对某一项工作作出比较具体、完整的规定',
  细则: '为实施上位的规定、办法作出具体、可操作的规定',
  规则: '规定议事、办事应当遵守的程序和要求',
  规程: '规定办理某项事务的步骤和标准',
  决定: '对重要事项作出决策和部署，或者修改、废止原有文件',
  意见: '对重要问题提出见解和处理办法',
  措施: '为某一目标列举支持、服务或者管理的具体做法',
  通知: '要求下级机关和有关单位周知或者执行的事项',
  方案: '对某项工作的目标、任务、步骤作出安排，并规定权利义务的',
  公告: '向国内外宣布重要事项或者法定事项',
  通告: '在一定范围内公布应当遵守或者周知的事项',
}
/** “规定”, “办法”, “细则”, “规则”, “规程”: chapters and articles. */
function articled(genre: TemplateGenre, facts: TemplateFacts): string[] {
  const own = `本${genre}`
  return [
    facts.title,
    '第一章　总则',
    `第一条　为了${blank('目的')}，根据《${basis}》，结合本地实际，制定${own}。`,
    `第二条　在${blank('地域')}范围内${blank('适用的主体和事项')}，适用${own}。`,
    `${blank('不适用的情形；没有的删去本款')}`,
    `第三条　${own}所称${blank('概念')}，是指${blank('定义')}。`,
    `第四条　${blank('主管部门')}负责${own}的组织实施，${blank('有关部门')}按照职责分工做好相关工作。`,
    `第二章　${blank('管理与服务事项')}`,
    `第五条　${blank('主体')}应当具备下列条件：`,
    `（一）${blank('条件')}；`,
    `（二）${blank('条件')}。`,
    `第六条　${blank('办理的程序、材料和期限')}。`,
    '第三章　监督管理',
    `第七条　${blank('监督检查的主体和方式')}。`,
    `第八条　违反${own}规定的，由有关部门依照有关法律、法规处理。`,
    '第四章　附则',
    `第九条　${own}由${facts.draftingUnit ?? blank('解释机关')}负责解释。`,
    `第十条　${own}自${blank('施行日期，如2026年5月1日')}起施行，${term(facts)}。${repeal(facts)}`,
  ]
}
const term = ({ provisional, maxYears }: TemplateFacts): string =>
  `${provisional === true ? '试行期' : '有效期'}${blank(`年数${maxYears === undefined ? '' : `，本地最长${maxYears}年`}`)}年`
const repeal = (_facts: TemplateFacts): string => `《${blank('被替代文件的名称')}》（${blank('发文字号')}）同时废止。`

/** Signature and date. */
const closing = ({ issuer }: TemplateFacts): string[] => [issuer ?? blank('发文机关'), blank('成文日期')]

/** “意见”, “措施”, “通知”, “方案”: numbered `一、` and `（一）`. */
function circular(genre: TemplateGenre, facts: TemplateFacts): string[] {
  const own = `本${genre}`
  const lead =
    genre === '通知'
      ? `为了${blank('目的')}，根据《${basis}》，现就有关事项通知如下。`
      : genre === '方案' || genre === '措施'
        ? `为了${blank('目的')}，根据《${basis}》，制定${own}。`
        : `为了${blank('目的')}，根据《${basis}》，提出以下意见。`
  return [
    facts.title,
    `${blank('主送机关')}：`,
    lead,
    '一、总体要求',
    `${blank('目标和原则')}。`,
    '二、适用范围',
    `${own}适用于${blank('地域、主体和事项')}。`,
    genre === '方案' ? '三、工作任务' : '三、主要措施',
    `（一）${blank('措施')}。${blank('具体内容和责任单位')}。`,
    `（二）${blank('措施')}。${blank('具体内容和责任单位')}。`,
    '四、组织实施',
    `${blank('责任分工和监督')}。`,
    '五、施行与解释',
    `${own}自${blank('施行日期，如2026年5月1日')}起施行，${term(facts)}，由${facts.draftingUnit ?? blank('解释机关')}负责解释。${repeal(facts)}`,
    ...closing(facts),
    '（此件公开发布）',
  ]
}
/** “公告”, “通告”, “决定”: a list of matters. */
function notice(genre: TemplateGenre, facts: TemplateFacts): string[] {
  const own = `本${genre}`
  const lead =
    genre === '决定'
      ? `为了${blank('目的')}，根据《${basis}》，作出如下决定。`
      : `为了${blank('目的')}，根据《${basis}》，现就有关事项${genre}如下。`
  return [
    facts.title,
    lead,
    '一、适用范围',
    `${own}适用于${blank('地域、主体和事项')}。`,
    `二、${blank('事项')}`,
    `${blank('应当遵守的要求')}。`,
    `三、${blank('事项')}`,
    `${blank('应当遵守的要求')}。`,
    '四、施行与解释',
    `${own}自${blank('施行日期，如2026年5月1日')}起施行，${term(facts)}，由${facts.draftingUnit ?? blank('解释机关')}负责解释。${repeal(facts)}`,
    ...closing(facts),
  ]
}
/** `关于印发《某办法》的通知`: the issued document follows the notice on a new page; it is not an attachment. */
function issuing(inner: string, facts: TemplateFacts): string[] {
  const genre = genreOfTitle(inner) ?? '办法'
  return [
    facts.title,
    `${blank('主送机关')}：`,
    `《${inner}》已经${blank('审议的会议')}同意，现印发给你们，请认真贯彻执行。`,
    ...closing(facts),
    '（此件公开发布）',
    ...shapes[genre](genre, { ...facts, title: inner, issuer: undefined }).filter(
      (line) => !closing({ title: '' }).includes(line) && line !== '（此件公开发布）',
    ),
  ]
}
const issued = /印发《([^》]+)》的通知$/u

const shapes: Record<TemplateGenre, (genre: TemplateGenre, facts: TemplateFacts) => string[]> = {
  规定: articled,
  办法: articled,
  细则: articled,
  规则: articled,
  规程: articled,
  决定: notice,
  意见: circular,
  措施: circular,
  通知: circular,
  方案: circular,
  公告: notice,
  通告: notice,
}

/**
 * The template of one kind: plain text, one paragraph a line, with every clause that should be there; an issuing
 * notice comes with the document it issues.
 */
export function templateOf(genre: TemplateGenre, facts: TemplateFacts): Template {
  const inner = genre === '通知' ? issued.exec(facts.title)?.[1] : undefined
  return {
    genre,
    purpose: purposes[genre],
    text: `${(inner === undefined ? shapes[genre](genre, facts) : issuing(inner, facts)).join('\n')}\n`,
    clauses: requiredClauses,
  }
}
/** Which template to use, from the kind at the end of the title; null when it cannot be told. */
export function genreOfTitle(title: string): TemplateGenre | null {
  const plain = title.replace(/[（(][^（）()]{0,12}[）)]$/u, '')
  return templateGenres.find((genre) => plain.endsWith(genre)) ?? null
}

export interface Unfilled {
  what: string
  start: number
  end: number
}
/** The places not filled in yet. */
export const unfilledOf = (text: string): Unfilled[] =>
  [...text.matchAll(/〔待填(?:：([^〔〕]*))?〕/gu)].map((found) => ({
    what: found[1] ?? '',
    start: found.index,
    end: found.index + found[0].length,
  }))
