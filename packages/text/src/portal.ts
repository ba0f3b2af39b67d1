// The shell of a web page around a text copied from a portal: breadcrumb, index table, 发布时间, print and share lines, links.
import {
  endsLikeTitle,
  isAddressee,
  isDocumentNumber,
  isHeadMark,
  isLetterhead,
  numberBehindDate,
  numberBesideSigner,
} from './headings.ts'
import { type Line, withoutSpaces } from './lines.ts'
import { readStatedDate } from './validity.ts'

/** A line that is not read because it is of the page and not of the text. */
export interface SkippedLine {
  /** Counts from 1. */
  line: number
  text: string
  reason: string
}
/** What the page says of the text: to be confirmed by a person. `line` counts from 1. */
export interface Candidate {
  /** 文号, 题名, or the label of a date as the page writes it. */
  label: string
  value: string
  line: number
}
export interface Portal {
  skipped: SkippedLine[]
  candidates: Candidate[]
}

const numberLabel = '(?:发文|发布|文件|公文|制发|政策)?(?:文\\s{0,6}号|字\\s{0,6}号)|文件编号|发文号|文件号'
const titleLabel = '(?:文件|信息|公文|政策|文献)?(?:名称|标题|题名)|标\\s{0,6}题|名\\s{0,6}称|题\\s{0,6}名'
const dateLabel =
  '(?:生成|成文|发文|发布|公布|公开|印发|制发|签发|施行|实施|生效|失效|废止|更新|录入|上传|信息|有效)(?:日期|时间)|日\\s{0,6}期|时\\s{0,6}间|有效期至'
const otherLabel =
  '(?:信息)?索\\s{0,6}引\\s{0,6}号|公文种类|文\\s{0,6}种|(?:信息|文章|稿件|内容)?来\\s{0,6}源|作者|供稿|(?:责任)?编辑|审核|校对|录入|责编|浏览(?:次数|量|数)?|点击(?:数|率|量|次数)?|阅读(?:数|量|次数)?|访问(?:量|次数)|人气|字体(?:大小)?|字号(?:大小)?|主题(?:分类|词)?|体裁(?:分类)?|组配分类|信息分类|内容分类|分类|类\\s{0,2}别|(?:发布|发文|制发|制定|公开|责任|所属|主办|起草|印发|信息发布)(?:机构|机关|单位|部门|者)|发布人|公开(?:方式|形式|范围|时限|类型|属性|主体|目录)|有\\s{0,2}效\\s{0,2}性|效力(?:状态|等级|级别)?|时效性|是否有效|(?:信息|文件|政策)状态|状\\s{0,2}态|关\\s{0,2}键\\s{0,2}(?:词|字)|(?:规范性文件)?(?:统一)?(?:登记|编)号|服务对象|政策分类|信息格式|语种|内容概述|摘\\s{0,2}要|语\\s{0,2}种|载体(?:类型|形式)|记录形式|信息类型|栏\\s{0,2}目|保存时间|责任部门|废止(?:状态|情况)?|解读|生成部门|主送单位|信息名'
const anyLabel = `(?:${numberLabel}|${titleLabel}|${dateLabel}|${otherLabel})`
/** 索引号：…, 文号 …, 【来源】…; the label stands at the beginning of a cell. */
const labelled = new RegExp(
  `^[|｜\\[【〔（(•·●○◆◇■□▪▶►>＞*\\s]*(${anyLabel})[\\]】〕）)]*\\s*(?:[：:]\\s*|[|｜\\t]\\s*|\\s+|(?<=[\\]】])\\s*|$)`,
  'u',
)
const bareLabel = new RegExp(`^[\\[【〔（(•·●○◆◇■□▪▶►>＞*\\s]*(${anyLabel})[\\]】〕）)]*\\s*[：:]?$`, 'u')
/** Where the next label begins in a row of them. */
const nextLabel = new RegExp(
  `(?:\\s{1,}|[|｜\\t；;，,]\\s*|^)(?=[\\[【〔]?(?:${anyLabel})[\\]】〕]?\\s*[：:|｜\\t])`,
  'gu',
)
const is = (label: string): RegExp => new RegExp(`^(?:${label})$`, 'u')
const isNumberLabel = is(numberLabel)
const isTitleLabel = is(titleLabel)
const isDateLabel = is(dateLabel)

const crumb =
  /^(?:您?(?:当前|现在|目前|所在)*(?:的)?(?:所在)?(?:位置|页面)|导航|首页\s*[>＞»›/·-]|您在)[：:\s]*.*|^[^。；，>＞»›]{1,40}(?:[>＞»›][^。；，>＞»›]{1,40})+$|^(?:网站)?首页$/u
/** Buttons, counters and notes of a page. */
const tool =
  /^(?:[[【〔（(〖]?\s*(?:字体|字号|文字大小)\s*[：:]?\s*(?:特?大号?|超大|较大|默认|标准|中号?|较小|小号?|\+|-|A|[\s|｜/·，,[\]【】\]])*[\]】〕）)〗]?|[[【]?\s*(?:大|中|小)(?:\s*[|｜/]?\s*(?:大|中|小)){1,2}\s*[\]】]?|[[【〖]?\s*(?:打印(?:本页|本文|文章|页面|此页)?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|分享(?:本页|到.{0,40}|至.{0,40}|给.{0,20})?|下载(?:文件|全文|附件|word版|pdf版)?|保存(?:本页)?|复制(?:链接|网址)?|返回(?:首页|顶部|上一?页|列表)?|听全文|朗读|语音播报|纠错|我要纠错|推荐|举报|评论|点赞|收听|无障碍(?:浏览|阅读)?|长者(?:模式|版|助手)|适老版|繁體(?:中文|版)?|繁体|简体|登录|注册|搜索|检索|微信|微博|QQ空间|二维码|新媒体|智能机器人|智能问答.{0,10}|×|x|X|✕|更多|展开|收起|上一页|下一页|网站地图|联系我们|关于我们|隐私声明|设为首页|加入收藏|移动版|手机版|电脑版|客户端)(?:[\s|｜/·、，>[\]【】〖〗]*(?:打印(?:本页|本文)?|关闭(?:本页|窗口)?|收藏|分享|下载|返回(?:首页|顶部|上一?页)?|微信|微博|纠错|大|中|小|字体|评论|保存))*[\s\]】〗]*|(?:请)?(?:用|使用|打开)?(?:微信|手机)?扫[一描]?[一扫描].{0,30}|用微信扫描.{0,20}|分享(?:到|至)?[：:]?.{0,30}|你还可以输入.{0,10}|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[：:]?\s*[0-9,，]+\s*次?|本文(?:已被)?(?:浏览|阅读).{0,12}|(?:上|下)一(?:篇|条|页)[：:]?.{0,120}|(?:相关|附件|文件|附)?(?:附件|资料|文档)?下载[：:]?.{0,60}|相关(?:链接|文档|文件|阅读|解读|稿件|新闻|信息|附件|政策|文章|内容)[：:]?.{0,80}|(?:图文|政策|文字|一图|视频|专家|部门|图片)(?:解读|读懂)[：:]?.{0,80}|(?:主办|承办|协办|技术支持|版权所有|网站标识码|地址|邮编|备案号|网站支持)[：:].{0,120}|.{0,60}(?:ICP备|公网安备|网站标识码|Copyright|版权所有).{0,80}|免[责責][声聲]明[：:]?.{0,120}|.{0,30}[来來][源][：:].{0,20}免[责責][声聲]明.{0,120}|[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?\s+[0-9]{1,2}[：:][0-9]{2}(?:[：:][0-9]{2})?|(?!附)[^。；，]{1,120}\.(?:docx?|pdf|xlsx?|wps|et|rar|zip|ofd|jpg|png)(?:\s*[（(]?[0-9.]+\s*[KMkm]B[）)]?)?)$/iu
const rule = /^[-—_=*|\s:：─]{3,}$/u
/** A label on a line of its own that begins an index table. */
const surely = /[：:]$|索\s*引\s*号|文\s*号|字号|发布(?:时间|日期|机构)|生成日期|来源/u
const longestHead = 60
const longestTail = 30
const longestShell = 1000

/** A date alone, with the hour or not. */
const dateAlone =
  /^[（(]?[12][0-9]{3}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}日?(?:\s*[0-9]{1,2}[：:][0-9]{2}(?:[：:][0-9]{2})?)?[）)]?$/u
/** The name or the address of the site. */
const site =
  /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov\.cn|cn|com|net|org)\S{0,80}$|^.{0,24}(?:门户网站|官方网站|政府网站?|信息公开网?|政务公开网?|政府门户|公开平台|政务服务网|数据开放平台)$|^中国\s?[·•.]\s?\p{Script=Han}{2,8}$/iu
/** What may stand above a title and is the text's own: “份号”, “密级”, “紧急程度”, “签发人”, “附件”. */
const ofTheHead =
  /^(?:特急|加急|急件|平急|特提|绝密|机密|秘密|内部|密级|签发人|会签人|份号|№|附\s?[件表录]|[0-9]{5,7}$|[（(【〔])|(?:文件|令|公告|通告|公报|决定|批复|函|稿|备案)[）)]?$/u
const isOfTheHead = (text: string): boolean =>
  ofTheHead.test(withoutSpaces(text)) || isHeadMark(text) || numberBesideSigner(text) !== null
const organOfTitle =
  /^[\p{Script=Han}、\s]{2,60}?(?:政府|办公厅|办公室|委员会|常委会|党委|党组|管委会|局|厅|部|院|署|委|办|中心|会|处|指挥部|领导小组)关于/u
/** `某某县人民政府关于…的通知`: nothing of it can be in the line above. */
const isFullTitle = (text: string): boolean =>
  text.length <= 160 && organOfTitle.test(text) && /的[^的，。]{1,14}$/u.test(text) && endsLikeTitle(text)

/** Names of the columns of a portal, one or several in a line. */
const column =
  /^(?:(?:首页|新闻(?:中心|动态)?|政务(?:公开|服务|动态)|(?:政府)?信息公开|互动交流|(?:其他)?政策(?:文件|法规|解读)?|(?:行政)?规范性文件|(?:市|县|区|省|部门|乡镇|上级)?(?:政府)?(?:办)?(?:文件|发文)|通知公告|公示公告|走进\p{Script=Han}{2,6}|无障碍(?:浏览|阅读)?|适老版|长者(?:模式|版|助手)|登录|注册|搜索|English|繁体|简体|微信|微博|客户端|正文|详情|法定主动公开内容|GOVERNMENT.{0,40})[\s|｜/·、>]*)+$/u
const mostAbove = 12

/** What a page puts behind a title in the same line: the choice of a font, a date, the name of the site. */
const behindTitle =
  /\s*(?:[【[（(]?\s*(?:字体|字号)\s*[：:].{0,30}|[-_|｜—–]\s*[^-_|｜—–。]{2,40}(?:政府|网|网站|门户|公开|平台)|[-_|｜]\s*(?:政策文件|规范性文件|政务公开|通知公告|正文)(?:[-_|｜].{0,40})?|(?<=[\p{Script=Han}）》])\s+[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?)$/u

/** `【规范性文件】`, `[通知公告]`: the column a page puts before a title. */
const shelfMark = /^(?:[【[〖][^【】[\]〖〗]{2,10}[】\]〗]|[（(](?:规范性文件|政策文件|原文|全文)[）)])\s*/u

/** A title without what the page put around it in its line; null where there is nothing around it. */
function bareTitle(line: Line): Line | null {
  const { text } = line
  if (text.length < 8 || text.length > 220) return null
  const marked = /^<([^<>]{6,160})>$/u.exec(text)?.[1]
  if (marked !== undefined && isFullTitle(marked))
    return { ...line, text: marked, start: line.start + 1, end: line.end - 1 }
  const shelf = shelfMark.exec(text)?.[0]
  if (shelf !== undefined && isFullTitle(text.slice(shelf.length)))
    return { ...line, text: text.slice(shelf.length), start: line.start + shelf.length }
  const tail = behindTitle.exec(text)
  if (tail === null || tail.index === 0) return null
  const title = text.slice(0, tail.index)
  return endsLikeTitle(title) ? { ...line, text: title, end: line.start + title.length } : null
}

/** `海原县人民政府办公室 海政办规发〔2026〕3号 2026年11月20日`, `（2026年11月20日 …号）`: the number among what stands beside it. */
function numberAmong(text: string): string | null {
  if (text.length > 120 || /[：:。，；]|通过|公布|发布|修订|修正|批准|印发|施行|令第/u.test(text)) return null
  const parts = text
    .replace(/^[（(]|[）)]$/gu, '')
    .split(/[\s|｜]+/u)
    .filter((one) => one !== '')
  const numbers = parts.filter((one) => /[〔［[【（(][12][0-9]{3}/u.test(one) && isDocumentNumber(one))
  const rest = parts.filter((one) => !numbers.includes(one))
  return numbers.length === 1 && rest.length > 0 && rest.every((one) => dateAlone.test(one) || isLetterhead(one))
    ? (numbers[0] ?? null)
    : null
}

/** `海政办规发〔2026〕3号　发布日期：2026-11-21`: the number, and the labels behind it. */
function numberThenLabels(text: string): [string, string] | null {
  const [, number = '', rest = ''] = /^(\S{4,40}号)[\s|｜]+(\S.{2,200})$/u.exec(text) ?? []
  return isDocumentNumber(number) && /[：:]/u.test(rest) && labelled.test(rest) && !isProse(text)
    ? [number, rest]
    : null
}

/** The title that is one by its form, or that the index table names, of one line or of two; -1 when there is none. */
function anchoredTitle(
  lines: readonly Line[],
  head: number,
  skip: ReadonlySet<number>,
  candidates: readonly Candidate[],
): { from: number; to: number } | null {
  const named = new Set(candidates.filter(({ label }) => label === '题名').map(({ value }) => withoutSpaces(value)))
  // A line that is a whole title is one, whatever stands above it.
  for (let at = 0; at < head; at++) if (!skip.has(at) && isFullTitle(lines[at]?.text ?? '')) return { from: at, to: at }
  for (let at = 0; at < head; at++) {
    let joined = ''
    for (let to = at; to < Math.min(head, at + 4) && !skip.has(to); to++) {
      joined += lines[to]?.text ?? ''
      if (isFullTitle(joined) || named.has(withoutSpaces(joined))) return { from: at, to }
      if (isDocumentNumber(joined) || joined.length > 160) break
    }
  }
  return null
}

/**
 * What a page has around the text. In: the lines of a text. Out: which of them are not its own, what the page says of it, and
 * the lines, titles without what the page put behind them.
 */
export function portalOf(given: readonly Line[]): { lines: readonly Line[]; skip: Set<number>; portal: Portal } {
  let lines = given
  const skip = new Set<number>()
  const skipped: SkippedLine[] = []
  const candidates: Candidate[] = []
  const drop = (at: number, reason: string): void => {
    const line = lines[at]
    if (line === undefined || skip.has(at)) return
    skip.add(at)
    skipped.push({ line: line.line, text: line.text.slice(0, 200), reason })
  }
  const head = headEnd(lines)
  for (let at = 0; at < head; at++) {
    const line = lines[at]
    const bare = line === undefined ? null : bareTitle(line)
    if (line === undefined || bare === null) continue
    if (lines === given) lines = [...given]
    ;(lines as Line[])[at] = bare
    const left = line.text.replace(bare.text, '').trim()
    skipped.push({ line: line.line, text: left, reason: '题名一行里网页加的字' })
  }
  for (let at = 0; at < head; at++) {
    const text = lines[at]?.text ?? ''
    if (skip.has(at) || text.length > longestShell) continue
    if (crumb.test(text)) drop(at, '网页导航')
    else if (tool.test(text)) drop(at, '网页按钮')
    else if (rule.test(text) && (skip.has(at - 1) || !text.includes('|'))) drop(at, '分隔线')
    else if (skip.size > 0 && /^[•·]\s*\S{1,60}$/u.test(text)) {
      drop(at, '网页信息表')
      readCell('', text.replace(/^[•·]\s*/u, ''), lines[at]?.line ?? 0, candidates)
    } else if (bareLabel.test(text) && (skip.size > 0 || surely.test(text))) {
      const label = withoutSpaces(bareLabel.exec(text)?.[1] ?? '')
      const value = lines[at + 1]?.text ?? ''
      // 作者： with nothing behind it: the number or the title below is not the author.
      const own =
        (isTitleLabel.test(label) && !comesAgain(lines, at + 1, head)) ||
        (!isNumberLabel.test(label) && isDocumentNumber(value)) ||
        (!isTitleLabel.test(label) && isFullTitle(value))
      drop(at, '网页信息表')
      if (value !== '' && at + 1 < head && !bareLabel.test(value) && !own && value.length <= 200) {
        readCell(label, value, lines[at + 1]?.line ?? 0, candidates)
        drop(at + 1, '网页信息表')
      }
    } else if (numberThenLabels(text) !== null) {
      const [number, rest] = numberThenLabels(text) ?? ['', '']
      readCell('文号', number, lines[at]?.line ?? 0, candidates)
      for (const { label, value } of cellsOf(rest)) readCell(label, value, lines[at]?.line ?? 0, candidates)
      drop(at, '网页信息表')
    } else if (labelled.test(text) && !bareLabel.test(text) && !isProse(text)) {
      for (const { label, value } of cellsOf(text)) readCell(label, value, lines[at]?.line ?? 0, candidates)
      drop(at, '网页信息表')
    }
  }
  titleTwice(lines, head, skip, drop)
  aroundTitle(lines, head, skip, candidates, drop)
  lists(lines, head, drop)
  for (let at = lines.length - 1; at >= Math.max(head, lines.length - longestTail); at--) {
    const text = lines[at]?.text ?? ''
    if (
      tool.test(text) ||
      crumb.test(text) ||
      /^[（(]?(?:【我要纠错】\s*)?(?:来源|信息来源|责任编辑|编辑|责编|审核|校对|作者|供稿|发布时间|更新时间|浏览次数)\s*[：:]/u.test(
        text,
      )
    ) {
      drop(at, '网页尾部')
      fileName(text, lines[at]?.line ?? 0, candidates)
    } else if (rule.test(text) && text.length > 2) continue
    else break
  }
  // A single line that merely looks like one, in a text without any other, is the text's own.
  skipped.sort((a, b) => a.line - b.line)
  return { lines, skip, portal: { skipped, candidates } }
}

/** What stands above the title and between it and the text, once the page is told by its title, its address or its table. */
function aroundTitle(
  lines: readonly Line[],
  head: number,
  skip: ReadonlySet<number>,
  candidates: Candidate[],
  drop: (at: number, reason: string) => void,
): void {
  const title = anchoredTitle(lines, head, skip, candidates)
  const shell =
    skip.size > 0 ||
    // Above a line that is a whole title, lines that belong to no head are columns of a page.
    (title !== null &&
      title.from === title.to &&
      title.from <= mostAbove &&
      lines
        .slice(0, title.from)
        .some(
          ({ text }) =>
            text.length <= 20 &&
            !/[。；：:]$/u.test(text) &&
            !isDocumentNumber(text) &&
            !isLetterhead(text) &&
            !isOfTheHead(text) &&
            !/^[12][0-9]{3}年|^第/u.test(text),
        )) ||
    lines
      .slice(0, head)
      .some(({ text }) => site.test(text) || column.test(text) || (dateAlone.test(text) && !/年/u.test(text)))
  if (title === null && !shell) return
  const top = title === null || title.from > mostAbove ? 0 : title.from
  for (let at = 0; at < top; at++) {
    const text = lines[at]?.text ?? ''
    if (skip.has(at) || text.length > 80 || /[。；]$/u.test(text)) continue
    if (column.test(text)) {
      drop(at, '网页栏目')
      continue
    }
    if (!shell || isDocumentNumber(text) || isOfTheHead(text) || /^[12][0-9]{3}年/u.test(text)) continue
    if (isLetterhead(text) && !site.test(text)) continue
    drop(at, '网页栏目')
  }
  if (!shell && title === null) return
  let lastTitle = title?.to ?? -1
  for (let at = title === null ? 0 : title.to + 1; at < head; at++) {
    const text = lines[at]?.text ?? ''
    if (skip.has(at)) continue
    const number = shell || numberBehindDate(text) === null ? numberAmong(text) : null
    if (number !== null) {
      candidates.push({ label: '文号', value: number, line: lines[at]?.line ?? 0 })
      drop(at, '网页信息行')
    } else if (site.test(text)) drop(at, '网站')
    else if (dateAlone.test(text) && !/[年]/u.test(text)) {
      const date = readStatedDate(text.replace(/^[（(]|\s.*$/gu, ''))
      if (date !== null) candidates.push({ label: '日期', value: date, line: lines[at]?.line ?? 0 })
      drop(at, '网页信息行')
    } else if (/^(?:内容|正文|全文|公文内容|文件内容|信息内容)\s*[：:]?$/u.test(text)) drop(at, '网页信息表')
    else if (
      title !== null &&
      at === lastTitle + 1 &&
      isLetterhead(text) &&
      withoutSpaces(lines[title.from]?.text ?? '').startsWith(withoutSpaces(text)) &&
      shell
    )
      drop(at, '网页署名')
    if (skip.has(at)) lastTitle = at
  }
}

const fileEnding = /\.(?:docx?|pdf|wps|ofd)$/iu
/** 海政发〔2026〕3号某某县人民政府关于…的通知.doc: the file a page links to is the text itself; its name has number and title. */
function fileName(text: string, line: number, candidates: Candidate[]): void {
  if (!fileEnding.test(text) || candidates.some(({ label }) => label === '题名')) return
  const words = text.replace(fileEnding, '').trim()
  const number =
    /^[\p{Script=Han}]{1,12}[〔［[【（(][12][0-9]{3}[〕］\]】）)]\s?第?[0-9]{1,5}\s?号(?=[\s_\-—（(]*\p{Script=Han})/u.exec(
      words,
    )?.[0]
  const title = words.slice(number?.length ?? 0).replace(/^[\s_\-—]+/u, '')
  if (!title.includes('关于') || !endsLikeTitle(title)) return
  if (number !== undefined && isDocumentNumber(number)) candidates.push({ label: '文号', value: number, line })
  candidates.push({ label: '题名', value: title, line })
}

const listHead =
  /^[【[〖]?(?:相关(?:文件|链接|阅读|解读|政策|信息|新闻|文章|稿件|资料|推荐)|友情链接|推荐(?:阅读|信息)|热点(?:推荐|新闻)|延伸阅读|猜你喜欢|最新(?:信息|公开|文件)|附件下载|文件下载)[】\]〗]?\s*[：:]?$/u
const longestList = 15

/** 相关文件, 友情链接 and the titles under it, which close the page. */
function lists(lines: readonly Line[], head: number, drop: (at: number, reason: string) => void): void {
  for (let at = Math.max(head, lines.length - longestList); at < lines.length; at++) {
    if (!listHead.test(lines[at]?.text ?? '')) continue
    const rest = lines.slice(at + 1)
    if (rest.some(({ text }) => text.length > 80 || /[。；]$|^第\S{1,8}[章条](?:\s|$)/u.test(text))) continue
    for (let more = at; more < lines.length; more++) drop(more, '网页尾部')
    return
  }
}

/** `有效期：本办法自……`: a sentence that begins with such a word. */
const isProse = (text: string): boolean => /[。；]$/u.test(text) && !/[|｜\t]/u.test(text)

/** Behind the last line that can belong to the head: what follows is the text. */
function headEnd(lines: readonly Line[]): number {
  const end = Math.min(lines.length, longestHead)
  for (let at = 0; at < end; at++) {
    const text = lines[at]?.text ?? ''
    if (text.length > longestShell) return at
    const shell = crumb.test(text) || tool.test(text) || labelled.test(text) || bareLabel.test(text) || rule.test(text)
    if (shell && !isProse(text)) continue
    if (isAddressee(text)) return at
    if (/^第[^\s]{1,8}[编章节条](?:\s|\u3000|$)/u.test(text) || /^[一二三四五六七八九十]{1,3}、/u.test(text)) return at
    if (text.length > 120 || /[。；]$/u.test(text)) return at
  }
  return end
}

const comesAgain = (lines: readonly Line[], at: number, head: number): boolean => {
  const words = withoutSpaces(lines[at]?.text ?? '')
  for (let later = at + 1; later < Math.min(lines.length, head + 3); later++)
    if (words.startsWith(withoutSpaces(lines[later]?.text ?? '\u0000').slice(0, 40))) return true
  return false
}

/** `索引号 | a | 文号 | b |`, and `发布时间：a 来源：b`: every label with what stands behind it. */
function cellsOf(text: string): Array<{ label: string; value: string }> {
  const cells = text.split(/[|｜\t]/u).map((cell) => cell.trim())
  if (cells.length > 2) {
    const rows = cells[0] === '' ? cells.slice(1) : cells
    const found: Array<{ label: string; value: string }> = []
    for (let at = 0; at < rows.length; at++) {
      const cell = rows[at] ?? ''
      const label = bareLabel.exec(cell)?.[1]
      if (label !== undefined) found.push({ label: withoutSpaces(label), value: rows[++at] ?? '' })
      else if (labelled.test(cell)) found.push(...cellsOf(cell))
    }
    return found
  }
  const starts = [0, ...[...text.matchAll(nextLabel)].map((match) => match.index + match[0].length)].filter(
    (start, at, all) => all.indexOf(start) === at,
  )
  return starts.flatMap((start, at) => {
    const part = text.slice(start, starts[at + 1] ?? text.length).replace(/[|｜\t，,；;\s]+$/u, '')
    const match = labelled.exec(part)
    return match === null ? [] : [{ label: withoutSpaces(match[1] ?? ''), value: part.slice(match[0].length).trim() }]
  })
}

function readCell(label: string, value: string, line: number, candidates: Candidate[]): void {
  const words = value.replace(/^[|｜：:\s]+|[|｜\s]+$/gu, '')
  if (words === '' || words === '无' || words === '-') return
  if (isNumberLabel.test(label) || (label === '' && isDocumentNumber(words))) {
    const [first = ''] = words.split(/\s+/u)
    const number = isDocumentNumber(words) ? words : isDocumentNumber(first) ? first : null
    if (number !== null) candidates.push({ label: '文号', value: number, line })
  } else if (isTitleLabel.test(label)) candidates.push({ label: '题名', value: words, line })
  else if (isDateLabel.test(label)) {
    const date = readStatedDate(words.replace(/\s.*$/u, ''))
    if (date !== null) candidates.push({ label, value: date, line })
  }
}

/** The title above and once more as the text itself has it, whole or in several lines: the first is the page's. */
function titleTwice(
  lines: readonly Line[],
  head: number,
  skip: ReadonlySet<number>,
  drop: (at: number, reason: string) => void,
): void {
  const left: number[] = []
  for (let at = 0; at < Math.min(lines.length, head); at++) if (!skip.has(at)) left.push(at)
  const key = (at: number | undefined): string =>
    withoutSpaces(lines[at ?? -1]?.text ?? '')
      .replace(
        /(?<=.{6})[（(]?(?<=[\s（(]|[知告定见函复])\p{Script=Han}{1,12}[〔［[【][12][0-9]{3}[〕］\]】][0-9]{1,5}号[）)]?$/u,
        '',
      )
      .replace(/[《》〈〉“”"]/gu, '')
  for (let first = 0; first < left.length - 1; first++) {
    const title = key(left[first])
    if (title.length < 6 || isDocumentNumber(title) || !endsLikeTitle(title)) continue
    for (let from = first + 1; from < left.length; from++) {
      let joined = ''
      for (let to = from; to < Math.min(left.length, from + 6) && joined.length < title.length; to++) {
        joined += key(left[to])
        if (joined === title) {
          drop(left[first] ?? -1, '网页标题（下面又有）')
          return
        }
      }
    }
  }
}
