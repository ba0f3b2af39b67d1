// Unfilled placeholders: marks in drafts, model texts and Word controls, left to be filled in later.
import { type Pair, type PairTable, pairTable } from '../pairs.ts'

/** One place that waits for words. Offsets of the text that was looked through. */
export interface Placeholder {
  start: number
  end: number
  /** `prompt`: the words with which a form asks to be filled in; `blank`: a sign that stands for words. */
  kind: 'prompt' | 'blank'
}

const han = '\\p{Script=Han}'
const x = 'XxＸｘ×✕✖╳✗✘Хх'
const unit = '年月日号条款项元万亿个人份家户次倍％%'
const space = '[ \\u3000\\u00a0]'
const wait =
  '待定|待填|待补|待核实|待确定|待明确|待完善|待商|另补|后补|暂缺|TBD|TODO|此处|填写|填入|填报内容|请填|请输入|请补充|占位|示例文字'
/** What stands in square brackets in a template, and in others as a word of the text. */
const templateWords = '标题|题名|正文|内容|单位|机关|部门|签名|县名|乡镇名称|项目名称|数额|比例|期限'
/** What waits for somebody's word, where it closes the bracket. */
const asks = '待确认|待核|待查|待议|待研究|待协调|待修改|待调整|待提供|待测算|待论证|未定|需核实|需确认'
const inserts = '插入|粘贴|贴入|添加|附上'
const blankWords =
  '单位名称|机关名称|部门名称|主管部门|牵头部门|文件名称|文号|发文字号|日期|年月日|姓名|联系人|电话|地址|金额|数字|名称'

/** What a template names in its marks. */
const slot = `(?:具体|相关|文件)?(?:${templateWords}|${blankWords}|副标题|发文机关|发文单位|主办单位|牵头单位|制定机关|起草单位|责任单位|职务|年份|月份|数值|日期|人名|地名|局名|市名|街道名称)`

const blanks = ' \u3000\u00a0'
/** Signs that several patterns begin with; rare enough to be one pair. */
const standIns: Pair = ['', 'XxＸｘ×✕✖╳✗✘ХхⅩⅹχΧNＮYyＹｙ＊*？?几#＃']

/**
 * Each is bounded: none looks further than the line. `signs`: pairs of characters without any of which the pattern cannot
 * match, one look at the text for all of them; `atEnd`: pairs that count only at the end of a line; `when`: what the line
 * must hold besides.
 */
const patterns: ReadonlyArray<{
  kind: Placeholder['kind']
  pattern: RegExp
  signs: readonly Pair[]
  atEnd?: Pair
  tripled?: true
  when?: RegExp
}> = [
  // Word's prompt: “单击或点击此处输入文字。”
  {
    kind: 'prompt',
    signs: [['', '此这请选键占错CcLE']],
    when: /此处|这里|请[输键填]|选择|键入|占位|错误|Click|Choose|Lorem|Error/u,
    pattern:
      /(?:单击|点击|轻触)(?:或(?:单击|点击|轻触))?(?:此处|这里)(?:以?(?:输入|添加|键入|选择|插入)[^。；，\n]{0,12}[。.]?)?|(?<!\p{Script=Han})(?:请)?(?:在)?此处(?:输入|填写|键入|插入)[^。；，\n]{0,12}|请在此处(?:输入|填写|键入|插入)[^。；，\n]{0,12}|占位(?:符|文字|文本)|请(?:输入|键入|填写)(?:内容|文字|文本|标题|日期|名称|单位)|(?:选择一项|选择日期|键入文字|键入文档标题)[。.]?|Click (?:or tap )?here(?: to enter [a-z ]{1,20})?\.?|Choose an item\.?|Lorem ipsum|错误\s?[!！]\s?(?:未[\p{Script=Han}]{2}|不能|无效|不正确|文档中没有|超链接|书签|没有)[^。；，\n]{0,16}[。.]?|Error!\s?(?:Reference|Bookmark|No|Not|Hyperlink|Unknown)[a-z ]{0,40}\.?/giu,
  },
  // Template fields: `{{主管部门}}`, `${dept}`, `<%= x %>`, `«单位»`, `#{x}`
  {
    kind: 'blank',
    signs: [
      ['', '{｛$#＃%@«<uNn['],
      ['《', '《'],
    ],
    when: /[{｛$#＃%@«]|<[<%]|《《|undefined|NaN|null|NULL|None|\[object/u,
    pattern:
      /\{\{[^{}\n]{0,60}\}\}|[$#]\{[^{}\n]{0,60}\}|<%[^%\n]{0,60}%>|«[^«»\n]{1,40}»|《《[^《》\n]{1,40}》》|<<[^<>\n]{1,40}>>|\{[\p{Script=Han}A-Za-z_]{1,20}\}|｛[^｛｝\n]{1,30}｝|\{[0-9]{1,2}\}|(?<![0-9０-９%A-Za-z])([%@])[\p{Script=Han}A-Za-z_]{1,16}\1(?![A-Za-z0-9])|(?<![#＃])#[\p{Script=Han}]{2,12}#(?!#)|(?<![A-Za-z])(?:undefined|NaN|null|NULL|None)(?![A-Za-z])|\[object [A-Za-z]{3,12}\]|#(?:REF|VALUE|NAME|DIV\/0|NUM|NULL)[!！?？]|#N\/A/gu,
  },
  // Bracketed notes to fill in: `【待定】`, `（待补充）`, `[填写单位名称]`, `【单位名称】`
  {
    kind: 'blank',
    signs: [
      ['', '待T填占空[［【〔<＜'],
      ['另后暂此请示未需插粘贴添附（', '补缺处输例定核确入贴加上）'],
    ],
    when: new RegExp(
      `${wait}|${asks}|${inserts}|空|（）|[\\[［](?:${templateWords})|[【\\[［〔<＜](?:${blankWords}|[${x}某_＿ \\u3000…\\.．】\\]］〕>＞])`,
      'u',
    ),
    pattern: new RegExp(
      `…{0,6}[【\\[［（(〔<＜「『][^【】\\[\\]［］（）()〔〕<>＜＞「」『』\\n]{0,16}(?:${wait})[^【】\\[\\]［］（）()〔〕<>＜＞「」『』\\n]{0,16}[】\\]］）)〕>＞」』]|[【\\[［（(〔][^【】\\[\\]［］（）()〔〕\\n]{0,16}(?:${asks})[】\\]］）)〕]|[【\\[［](?:在?此处?|在这里)?(?:${inserts})[^【】\\[\\]［］\\n]{0,16}[】\\]］]|[（(【\\[［](?:空白|留空|空格|空缺)[）)】\\]］]|（）(?![\\p{Script=Han}]*[A-Za-z])|[【\\[［〔<＜]{1,2}(?:${blankWords}|[${x}]{1,8}|某{1,3}|[_＿ \\u3000]{0,8}|${space}*[…\\.．]{2,}${space}*)[】\\]］〕>＞]{1,2}|[\\[［](?:${templateWords})[\\]］]`,
      'gu',
    ),
  },
  {
    kind: 'blank',
    signs: [
      ['', '待T'],
      ['暂', '缺'],
    ],
    when: /待|TBD|TODO/u,
    pattern:
      /(?:具体)?(?:待填写?|待补充?|待补全|待补正|TBD|TODO)(?![\p{Script=Han}A-Za-z])|(?<=^|[\s\u3000])(?:待确认|待核|待议|待研究)(?=[。；，、）]|$)|(?<=[为由是：:称间点额准关门员限期])\s?(?:待确认|待核|待议|待研究|待确定|待明确|待核实|暂缺)(?=[。；，、）]|$)|待定(?=[。；、）]|$)/gu,
  },
  // X in place of a value: `XX号`, `××元`, `XXX`, `202X年`, `X月X日`
  {
    kind: 'blank',
    signs: [standIns],
    when: new RegExp(`[${x}ⅩⅹχΧ]`, 'u'),
    pattern: new RegExp(
      `(?<![A-Za-z0-9０-９×])[${x}]{2,}(?![A-Za-z]|-[0-9A-Za-z])|[ⅩⅹχΧ]{2,}|(?<=[0-9][-—–至到~～])[${x}](?=[${unit}])|(?<![A-Za-z])(?:19|20)[0-9]{0,2}[${x}]{1,2}(?=${space}?年|[〕\\]］）)-])|(?<=[${han}〔〕\\]（(，、。\\s])(?:[${x}](?=${space}?[年月号条款元])|[XxＸｘ](?=${space}?[${unit}]))(?!日万)|(?<=[0-9]年)[${x}](?=月)|(?<=月)[${x}](?=日)|(?<=第)[${x}](?=[条章节款项号])|(?<=[〔［[（(])[${x}]+(?=[〕］\\])）])`,
      'gu',
    ),
  },
  // Signs in place of a name or value: `某某局`, `○○县`, `△△公司`, `**元`
  {
    kind: 'blank',
    signs: [['', '某叉乂OoＯｏ○◯〇●△▲☆★◎◇◆■▇█▓▢◼◻⬜*＊']],
    when: /某某|叉叉|乂乂|[OoＯｏ○◯〇●△▲☆★◎◇◆■▇█▓▢◼◻⬜*＊]/u,
    pattern: new RegExp(
      `(?:某某|叉叉|乂乂)(?=[${han}])|(?<![A-Za-z0-9])[OoＯｏ]{2,}(?=[县市区镇乡局厅委办]|部门|单位|公司|[年月日号元])|(?<![零〇○一二三四五六七八九十${x}])(?:[○◯〇●]{2,}|[△▲☆★◎◇◆]{2,}|[■▇█▓▢◼◻⬜]{2,})(?=[${han}])(?![○〇]?[一二三四五六七八九]|[级星])|(?<=[0-9○◯〇●]年)[○◯〇●](?=月)|(?<=月)[○◯〇●](?=日)|(?<![*＊])[*＊]{2,3}(?=[${unit}]|局|县|市|区|镇|乡|部门|单位|公司)(?![^*\\n]{0,40}[*＊]{2})`,
      'gu',
    ),
  },
  // Underscores and their like: `____年`, `＿＿`, `﹍﹍`
  {
    kind: 'blank',
    signs: [['', '_＿﹍﹎﹏‗']],
    when: /[_＿﹍﹎﹏‗]/u,
    pattern: /[_＿﹍﹎﹏‗]{2,}|(?:\\_){2,}|(?<=\p{Script=Han})[_＿﹍﹎﹏](?=\p{Script=Han})/gu,
  },
  // Gaps left open: `〔2026〕　号`, `第　　号`, `自　　年　月　日起`, `有效期　　年`
  {
    kind: 'blank',
    signs: [
      [blanks, '号条章年月日天元万个%％倍'],
      ['〔［[（(', `〕］]${blanks}`],
      ['人', '：:'],
    ],
    pattern: new RegExp(
      `[〔［\\[（(][12][0-9]{3}[〕］\\]）)]${space}*[—–-]*(?:${space}+)号|[〔［\\[]${space}*[〕］\\]]|[（(]${space}+[）)]|第${space}{2,}[号条章]|(?<![0-9０-９零〇○一二三四五六七八九十元${x}])${space}*年${space}+月${space}+日|签发人[：:]${space}*(?=[）)]|$)|(?:不少于|不低于|不超过|不高于|不得少于|不得低于|不得超过|至少|最少|最多|最长|最高|达到|罚款|补助|收取)${space}(?=日|天|年|元|万元|个月|个工作日|[%％倍])|(?<=[0-9０-９]年)${space}+月${space}+日|(?<=[0-9０-９]月)${space}{2,}日|(?<=[${han}])${space}{2,}(?:元|年|日|个月|个工作日|万元)`,
      'gu',
    ),
  },
  // Dots or question marks in place of a value: `金额为……元`, `？？？`
  {
    kind: 'blank',
    signs: [
      ['', '…'],
      ['.。？', '.。？'],
    ],
    when: /…|\.{3}|。{3}|？/u,
    pattern: /(?:…|\.{3}|。{3}){1,6}(?=[元年月日号条个万])|[？]{2,}/gu,
  },
  {
    kind: 'blank',
    signs: [standIns],
    pattern: /(?<=[\p{Script=Han}〔（“《：、，])[#＃]{2,}(?=[\p{Script=Han}〕）])/gu,
  },
  // Names of slots in brackets: `‹标题>`, `<部门>`, `[[dept]]`, `$部门$`, `由（单位名称）负责`, `《　》`
  {
    kind: 'blank',
    signs: [
      ['', '‹<＜〈«⟨[［【$&:#'],
      ['（(《“', `（(》某具相文标题正内单机部签县乡项数额比期主牵发日年姓联电地金名副制起责职月人局市街${blanks}`],
    ],
    when: new RegExp(
      `[‹⟨]|[<＜〈«（(]${space}*${slot}${space}*[>＞〉»›）)]|\\[\\[|［［|【【|（（（|\\(\\(\\(|\\$[${han}A-Za-z_]|&[${han}A-Za-z_]{1,12}&|${han}:[a-z]|#[A-Za-z_]{2,20}#|《${space}*》|“${space}+”|《某`,
      'u',
    ),
    pattern: new RegExp(
      `(?<!《[^《》\n]{0,60})[‹⟨][^‹›⟨⟩<>＜＞\n]{0,40}[›⟩>＞]|[‹<＜〈«⟨]${space}*${slot}${space}*[›>＞〉»⟩]|(?:(?<!《)\\[\\[|［［|【【|（（（|\\(\\(\\()[^\n]{1,30}?(?:\\]\\]|］］|】】|）））|\\)\\)\\))|(?<=[由为自向经报交送是：:])[（(]${space}*${slot}${space}*[）)]|(?<![$A-Za-z0-9])\\\${1,2}[${han}A-Za-z_]{1,16}\\\${1,2}(?![0-9])|(?<=[${han}])&[${han}A-Za-z_]{1,12}&(?=[${han}])|(?<=[${han}]):[a-z_]{2,16}(?=[${han}。，])|#[A-Za-z_]{2,20}#|《${space}*》|“${space}+”|《某{1,3}[^《》某\n]{0,4}》`,
      'gu',
    ),
  },
  // Notes to oneself: `待财政局确认后填写`, `【注：需与司法局沟通】`, `（是否保留？）`, `批注：`
  {
    kind: 'prompt',
    signs: [
      ['', '填'],
      ['批后补【[［（(', '注写补再另予批备说提修起建插'],
      ['？?实对认议榷论通商究酌改充下略上变图表片入', '）)】]］'],
      ['测文请在', '试字本录补选插粘这下此'],
    ],
    pattern:
      /待[^，。；、\n]{0,14}?(?:确认|核定|核实|明确|确定|批准|审定|测算|商定|协商|通过|定稿|研究|会签|印发)(?:以|之)?后(?:再|另行?|予以)?(?:填写|填入|填报|填|补充|补填|补齐|补上|补|写入)(?=[。；，、）)\]】]|$)|(?:另行|另|后续|稍后|随后|后期|定稿时|印发时|签发时|届时)再?(?:填写|填入|补填|补写|填上)(?=[。；，）】]|$)|[【[［](?:批?注|备注|说明|提示|修改说明|起草说明)[：:][^】\]］\n]{1,80}[】\]］]|批注(?:\s?\[?[A-Za-z0-9]{1,6}\]?)?[：:]|[（(【[［][^（）()【】[\]\n]{1,30}[？?][）)】\]］]|[（(【[［][^（）()【】[\]\n]{0,12}(?:需|须|应|拟|尚需|还需|有待|待)(?:再次?|进一步)?(?:核实|核对|确认|商议|商榷|讨论|沟通|再议|协商|研究|斟酌|修改|补充)(?:一下)?[）)】\]］]|[（(【[［](?:需|须|应|拟)再议[）)】\]］]|[（(【[［]建议(?:删除|删去|修改|保留|改为|增加|明确|补充)[^）)】\]］\n]{0,30}[）)】\]］]|[（(【[［](?:正文|全文|条文|文字|内容)(?:从略|省略|略|同上|不变)[）)】\]］]|[（(【[［]插入?[图表]片?[）)】\]］]|(?:测试){2,}|(?:样例|示例|虚拟|占位)文[字本]|请(?:填入|填写|录入|补充|选择|插入|粘贴)(?:单位|部门|机关|姓名|金额|数字|文号|图片|表格|正文|标题)(?:全称|名称)?|(?:请)?在(?:这里|下面|此)(?:输入|填写|键入|插入|粘贴)[^。；，\n]{0,12}/gu,
  },
  // The words of an empty page: `正文内容`, `标题`
  {
    kind: 'prompt',
    signs: [],
    atEnd: ['内文部正标题机字日', '容字分文题目关号期'],
    pattern:
      /(?<=^[\s\u3000]*|[条章节]\u3000|[条章节]\s)(?:正文(?:内容|文字|部分)?|副?标题|文档标题|题目|主送机关|发文机关|发文字号|成文日期)(?=[。]?$)/gu,
  },
  // Keys struck to try: `asdf`, `啊啊啊`
  {
    kind: 'prompt',
    signs: [['TtAaQqLl', 'EeSsWwOo']],
    pattern: /(?<![A-Za-z])(?:test|asdf|qwer|lorem)(?![A-Za-z])/giu,
  },
  { kind: 'prompt', signs: [], tripled: true, pattern: /([\p{Script=Han}])\1{2,}(?=[，。；]|$)/gu },
  // References and dates without their number: `见附件X`, `依据第 条`, `YYYY年MM月DD日`, `〔2026〕*号`, `2026年00月`
  {
    kind: 'blank',
    signs: [
      standIns,
      ['0', '月日号元'],
      ['〕］])）', `第号0${blanks}`],
      ['第', `条款章${blanks}`],
      ['由', `负解会牵组${blanks}`],
      ['年', '月'],
    ],
    when: new RegExp(
      `[XxＸｘ×✕NＮ＊*？?几#]|[Yy]{2}|0[月日号元]|[〕］\\])）]第?${space}*[0*＊？?NＮ#]*号|第${space}?[条款章]|由${space}*(?:负责|解释|会同|牵头|组织)|[自于从]\\S{0,2}年月日`,
      'u',
    ),
    pattern: new RegExp(
      `(?<=(?:附件|附表|附录|附图|样表|见表|如表|见图|如图)${space}?)(?:[XxＸｘ×✕NＮ#＃*＊](?:-[XxＸｘNＮ])?|[？?几](?=[。，、）所的执中]))(?![A-Za-z0-9])|(?<=[\\p{Script=Han}])[XxＸｘ](?=[\\p{Script=Han}。；，、）])(?!光|射|线|轴|染色|型|波|形|坐标|级|类|值|方向|为|表示|代表|是|[。；，、）])|[YyＹ]{2,4}\\s?[年\\-/.]\\s?[MmＭ]{1,2}\\s?[月\\-/.]\\s?[DdＤ]{1,2}日?|(?<=[12][0-9]{3}年)0{1,2}月|(?<=[0-9]月)0{1,2}日|(?<=[自于从至到])(?:二[〇○零]|20)?年月日|(?<=[〔［[（(][12][0-9]{3}[〕］\\])）])第?${space}*(?:[*＊？?NＮ#]{1,3}|0{1,4})?号|第${space}?[条款章](?=[${han}。，、；）])|由${space}*负责解释|由${space}{1,4}(?:负责|会同|牵头|组织)|(?<![理事缘自来])由${space}*解释(?=[。，；])`,
      'gu',
    ),
  },
  // Other signs in place of a value: `罚款？元`, `标准为--元`, `AA局`, `县@@局`
  {
    kind: 'blank',
    signs: [['', '？?-－—–~～/／\\0@&$%^+ABCDEFG']],
    when: /[？?\-－—–~～/／\\0][ \u3000]?(?:元|万元|年|日|天|个月|[％%倍])|[@&$%^+~-]{2}|[A-G](?:局|县|市|区|镇|乡|部门|单位)/u,
    pattern: new RegExp(
      `(?<=[款为以由于达至额是准])${space}?(?:[？?]|[-－—–~～]{1,3}|[/／\\\\]{1,2}|0{3,})${space}?(?=元|万元|年|日|天|个月|[％%倍])|(?<=元以[上下])[？?](?=元)|(?<=[${han}])[@&$%^+~]{2,}(?=[${han}])|(?<=[${han}])-{2,}(?=局|县|市|区|镇|乡|部门|单位|公司)|(?<![A-Za-z0-9.])([A-G])\\1{0,3}(?=局|县|镇|乡|部门)`,
      'gu',
    ),
  },
  {
    kind: 'blank',
    signs: [standIns],
    pattern: /(?<![A-Za-z])[NＮ](?=(?:个|年|个月|日|元|万元|部门|局|单位|条)(?![A-Za-z]))/gu,
  },
]
/** The pairs of all patterns; the last bit is the end of a line. */
interface Looks extends PairTable {
  /** For each bit the patterns it may begin, again a bit each. */
  of: Uint32Array
  /** The bits that count at the end of a line only. */
  atEnd: number
  /** The patterns of three equal characters. */
  tripled: number
}
const lineEnd = 1 << 31
let made: Looks | undefined
function looksOf(): Looks {
  if (made !== undefined) return made
  const pairs = [...new Set(patterns.flatMap(({ signs, atEnd }) => (atEnd === undefined ? signs : [...signs, atEnd])))]
  const { first, second } = pairTable(pairs)
  const of = Uint32Array.from(pairs, (pair) =>
    patterns.reduce((all, { signs, atEnd }, n) => (signs.includes(pair) || atEnd === pair ? all | (1 << n) : all), 0),
  )
  for (let code = 0; code < 0x10000; code++) {
    first[code] = (first[code] ?? 0) | lineEnd
    if (isLineEnd(code)) second[code] = lineEnd
  }
  made = {
    first,
    second,
    of,
    atEnd: pairs.reduce((all, pair, bit) => (patterns.some(({ atEnd }) => atEnd === pair) ? all | (1 << bit) : all), 0),
    tripled: patterns.reduce((all, { tripled }, n) => (tripled ? all | (1 << n) : all), 0),
  }
  return made
}
/** The patterns that the pairs of a line may begin. */
function patternsOf({ of }: Looks, pairs: number): number {
  let found = 0
  for (let bit = 0; bit < of.length; bit++) if ((pairs & (1 << bit)) !== 0) found |= of[bit] ?? 0
  return found
}
const isLineEnd = (code: number): boolean =>
  code === 10 || code === 13 || code === 11 || code === 12 || code === 0x85 || code === 0x2028 || code === 0x2029

const longestLine = 20_000

/**
 * Every place of a text that waits for words, in order, none inside another. Linear: each line is looked at once by each
 * pattern, and none of them reaches beyond a bounded distance.
 */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = []
  const looks = looksOf()
  const { first, second } = looks
  for (let from = 0, to = 0; from < text.length; from = to + 1) {
    let pairs = 0
    let possible = 0
    let before = 10
    let beforeThat = 10
    for (to = from; to < text.length; to++) {
      const code = text.charCodeAt(to)
      const pair = (first[before] ?? 0) & (second[code] ?? 0)
      if (pair !== 0) {
        if (pair === lineEnd) break
        pairs |= pair
      }
      if (code === before && code === beforeThat) possible |= looks.tripled
      beforeThat = before
      before = code
    }
    // A line beyond all measure is no sentence; its beginning is enough to ask about it.
    const end = Math.min(to, from + longestLine)
    if ((pairs & looks.atEnd) !== 0) {
      const last = text.charCodeAt(end - 1) === 0x3002 ? end - 1 : end
      const there = (first[text.charCodeAt(last - 2)] ?? 0) & (second[text.charCodeAt(last - 1)] ?? 0)
      if (last - from < 2 || (there & looks.atEnd) === 0) pairs &= ~looks.atEnd
    }
    possible |= patternsOf(looks, pairs)
    if (possible === 0) continue
    const looked = text.slice(from, end)
    const here: Placeholder[] = []
    for (const [n, { kind, pattern, when }] of patterns.entries()) {
      if ((possible & (1 << n)) === 0 || (when !== undefined && !when.test(looked))) continue
      for (const match of looked.matchAll(pattern)) {
        const start = from + match.index
        here.push({ kind, start, end: start + match[0].length })
      }
    }
    here.sort((a, b) => a.start - b.start || b.end - a.end)
    let behind = 0
    for (const one of here) {
      if (one.start < behind) continue
      found.push(one)
      behind = one.end
    }
  }
  return found
}
