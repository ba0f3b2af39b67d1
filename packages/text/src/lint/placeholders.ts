// 没有填写的占位：草稿、范本、Word 控件里留给以后填写的记号。

/** One place that waits for words. Offsets of the text that was looked through. */
export interface Placeholder {
  start: number
  end: number
  /** `prompt`: the words with which a form asks to be filled in; `blank`: a sign that stands for words. */
  kind: 'prompt' | 'blank'
}

const han = '\\p{Script=Han}'
const x = 'XxＸｘ×✕✖╳'
const unit = '年月日号条款项元万亿个人份家户次倍％%'
const space = '[ \\u3000\\u00a0]'
const wait =
  '待定|待填|待补|待核实|待确定|待明确|待完善|待商|另补|后补|暂缺|TBD|TODO|此处|填写|填入|填报内容|请填|请输入|请补充|占位|示例文字'
const blankWords =
  '单位名称|机关名称|部门名称|主管部门|牵头部门|文件名称|文号|发文字号|日期|年月日|姓名|联系人|电话|地址|金额|数字|名称'

/** Each is bounded: none looks further than the line. What a group named `not` holds is left alone. */
const patterns: ReadonlyArray<{ kind: Placeholder['kind']; pattern: RegExp; when?: RegExp }> = [
  // 单击或点击此处输入文字。
  {
    kind: 'prompt',
    when: /此处|这里|请[输键填]|选择|键入|Click|Choose|Lorem/u,
    pattern:
      /(?:单击|点击|轻触)(?:或(?:单击|点击|轻触))?(?:此处|这里)(?:以?(?:输入|添加|键入|选择|插入)[^。；，\n]{0,12}[。.]?)?|(?:请)?(?:在)?此处(?:输入|填写|键入|插入)[^。；，\n]{0,12}|请(?:输入|键入|填写)(?:内容|文字|文本|标题|日期|名称|单位)|(?:选择一项|选择日期|键入文字|键入文档标题)[。.]?|Click (?:or tap )?here(?: to enter [a-z ]{1,20})?\.?|Choose an item\.?|Lorem ipsum/giu,
  },
  // {{主管部门}}、${dept}、<%= x %>、«单位»、#{x}
  {
    kind: 'blank',
    pattern:
      /\{\{[^{}\n]{0,60}\}\}|[$#]\{[^{}\n]{0,60}\}|<%[^%\n]{0,60}%>|«[^«»\n]{1,40}»|《《[^《》\n]{1,40}》》|<<[^<>\n]{1,40}>>|\{[\p{Script=Han}A-Za-z_]{1,20}\}|｛[^｛｝\n]{1,30}｝/gu,
  },
  // 【待定】、（待补充）、[填写单位名称]、【单位名称】
  {
    kind: 'blank',
    when: new RegExp(`${wait}|[【\\[［〔<＜](?:${blankWords}|[${x}某_＿ \\u3000…\\.．】\\]］〕>＞])`, 'u'),
    pattern: new RegExp(
      `…{0,6}[【\\[［（(〔<＜][^【】\\[\\]［］（）()〔〕<>＜＞\\n]{0,16}(?:${wait})[^【】\\[\\]［］（）()〔〕<>＜＞\\n]{0,16}[】\\]］）)〕>＞]|[【\\[［〔<＜]{1,2}(?:${blankWords}|[${x}]{1,8}|某{1,3}|[_＿ \\u3000]{0,8}|${space}*[…\\.．]{2,}${space}*)[】\\]］〕>＞]{1,2}`,
      'gu',
    ),
  },
  {
    kind: 'blank',
    when: /待|TBD|TODO/u,
    pattern:
      /(?:具体)?(?:待填写?|待补充?|待补全|待补正|TBD|TODO)(?![\p{Script=Han}A-Za-z])|(?<=[为由是：:称间点额准关门员限期])\s?(?:待定|待确定|待明确|待核实|暂缺)(?=[。；，、）]|$)/gu,
  },
  // XX号、××元、XXX、202X年、X月X日
  {
    kind: 'blank',
    pattern: new RegExp(
      `(?<![A-Za-z0-9０-９×])[${x}]{2,}(?![A-Za-z])|(?<![A-Za-z])(?:19|20)[0-9]{0,2}[${x}]{1,2}(?=${space}?年|[〕\\]］）)-])|(?<=[${han}〔〕\\]（(，、。])(?:[${x}](?=${space}?[年月号条款元])|[XxＸｘ](?=${space}?[${unit}]))(?!日万)|(?<=[0-9]年)[${x}](?=月)|(?<=月)[${x}](?=日)|(?<=第)[${x}](?=[条章节款项号])|(?<=[〔［[（(])[${x}]+(?=[〕］\\])）])`,
      'gu',
    ),
  },
  // 某某局、○○县、△△公司、**元
  {
    kind: 'blank',
    pattern: new RegExp(
      `某某(?=[${han}])|(?<![零〇○一二三四五六七八九十${x}])(?:[○◯〇●]{2,}|[△▲☆★]{2,})(?=[${han}])(?![○〇]?[一二三四五六七八九])|(?<=[0-9○◯〇●]年)[○◯〇●](?=月)|(?<=月)[○◯〇●](?=日)|(?<![*＊])[*＊]{2,3}(?=[${unit}]|局|县|市|区|镇|乡|部门|单位|公司)(?![^*\\n]{0,40}[*＊]{2})`,
      'gu',
    ),
  },
  // ____年、＿＿、﹍﹍
  { kind: 'blank', pattern: /[_＿﹍﹎﹏‗]{2,}|(?<=\p{Script=Han})[_＿﹍﹎﹏](?=\p{Script=Han})/gu },
  // 〔2026〕　号、第　　号、自　　年　月　日起、有效期　　年
  {
    kind: 'blank',
    pattern: new RegExp(
      `[〔［\\[（(][12][0-9]{3}[〕］\\]）)]${space}*[—–-]*(?:${space}+)号|[〔［\\[]${space}*[〕］\\]]|[（(]${space}+[）)]|第${space}{2,}[号条章]|${space}{2,}年${space}+月${space}+日|(?<=[0-9０-９]年)${space}+月${space}+日|(?<=[0-9０-９]月)${space}{2,}日|(?<=[${han}])${space}{2,}(?:元|年|日|个月|个工作日|万元)`,
      'gu',
    ),
  },
  // 金额为……元、？？？
  { kind: 'blank', pattern: /(?:…|\.{3}|。{3}){1,6}(?=[元年月日号条个万])|[？]{2,}/gu },
  { kind: 'blank', pattern: /[#＃]{3,}(?=[\p{Script=Han}])(?<=\p{Script=Han}[#＃]{3,6})/gu },
  { kind: 'blank', pattern: /(?<![A-Za-z])[NＮ](?=(?:个|年|个月|日|元|万元)(?![A-Za-z]))/gu },
]
/** Lines without any of these are not looked at. */
const signs =
  /[XxＸｘ×✕✖╳_＿﹍﹎﹏‗{｛$<«《【[［〔（(○◯〇●△▲☆★*＊…？#＃NＮ]|某某|待|单击|点击|轻触|此处|请|选择|键入|TBD|TODO|Click|Choose|Lorem|\.{3}|[ \u3000\u00a0]{2}|[0-9０-９月年][ \u3000\u00a0]/u

const longestLine = 20_000

/**
 * Every place of a text that waits for words, in order, none inside another. Linear: each line is looked at once by each
 * pattern, and none of them reaches beyond a bounded distance.
 */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = []
  for (const line of text.matchAll(/[^\n\r\v\f\u0085\u2028\u2029]+/gu)) {
    const words = line[0]
    if (!signs.test(words)) continue
    // A line beyond all measure is no sentence; its beginning is enough to ask about it.
    const looked = words.length > longestLine ? words.slice(0, longestLine) : words
    const here: Placeholder[] = []
    for (const { kind, pattern, when } of patterns) {
      if (when !== undefined && !when.test(looked)) continue
      for (const match of looked.matchAll(pattern)) {
        const start = line.index + match.index
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
