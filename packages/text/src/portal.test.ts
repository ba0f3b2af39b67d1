// Texts copied from portals: whatever the page puts above, between and below, title and number are those of the text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lint } from './lint/index.ts'
import { parseText } from './parse.ts'

const title = '海原县人民政府办公室关于印发海原县停车场管理办法的通知'
const number = '海政办规发〔2026〕3号'
const body = `各乡镇人民政府，县政府各部门：
《海原县停车场管理办法》已经县政府同意，现印发给你们。
海原县人民政府办公室
2026年10月1日
海原县停车场管理办法
第一条　为了规范管理，制定本办法。
第二条　本办法自2026年11月1日起施行，有效期至2031年10月31日。`

const crumbs = fc.constantFrom(
  '当前位置：首页 > 政务公开 > 规范性文件',
  '您的位置: 首页 » 信息公开 » 县政府文件',
  '您当前所在的位置：首页>政策>正文',
  '首页 > 政府信息公开 > 法定主动公开内容',
  '首页',
)
const tools = fc.constantFrom(
  '【字体：大 中 小】',
  '字体：[大] [中] [小]',
  '字号：大 中 小',
  '字号：',
  '[打印本页] [关闭窗口]',
  '打印 关闭',
  '分享到：微信 微博',
  '浏览次数：35',
  '浏览次数：1,035 次',
  '收藏',
  '×',
  '用微信扫描二维码',
  '分享至好友和朋友圈',
  '智能问答 关闭',
  '无障碍浏览',
)
const metas = fc.constantFrom(
  '发布时间：2026-10-08 来源：县政府办 浏览次数：35',
  '发布日期：2026年10月8日　　来源：海原县人民政府办公室',
  '时间：2026-10-08 09:30:00　来源：县政府办　字号：[大 中 小]',
  '来源：县政府办',
  '发布机构：海原县人民政府办公室',
  '信息来源：县政府办公室 责任编辑：王某',
  '2026-10-08 15:01:00',
  '有效性：有效',
)
/** An index table in one of its layouts, with the number in it or not. */
const table = fc
  .tuple(fc.boolean(), fc.constantFrom('bars', 'markdown', 'tabs', 'lines', 'spaces', 'rows', 'alone', 'bullets'))
  .map(([withNumber, layout]) => {
    const cells: Array<[string, string]> = [
      ['索引号', '640522001/2026-17'],
      ...(withNumber ? ([['文号', number]] as Array<[string, string]>) : []),
      ['发布机构', '海原县人民政府办公室'],
      ['生成日期', '2026-10-08'],
      ['公开方式', '主动公开'],
    ]
    const lines: Record<string, string[]> = {
      bars: [`${cells.flat().join(' | ')} |`, `${'---|'.repeat(cells.length * 2)}`],
      markdown: [`| ${cells.flat().join(' | ')} |`, `| ${cells.map(() => '--- | ---').join(' | ')} |`],
      tabs: [cells.flat().join('\t')],
      lines: cells.map(([label, value]) => `${label}：${value}`),
      spaces: cells.map(([label, value]) => `${label} ${value}`),
      rows: [cells.map(([label, value]) => `${label}：${value}`).join('　')],
      alone: cells.flatMap(([label, value]) => [`${label}：`, value]),
      bullets: ['当前位置：首页 > 公开', ...cells.map(([, value]) => `• ${value}`)],
    }
    return { lines: lines[layout] ?? [], withNumber }
  })
const tails = fc.constantFrom(
  '【打印】【关闭】',
  '打印本页 关闭窗口',
  '上一篇：海原县人民政府办公室关于做好防汛工作的通知',
  '下一篇：无',
  '扫一扫在手机上查看当前页面',
  '附件下载：',
  '图文解读：',
  '相关链接：',
  '政策解读：《办法》一图读懂',
  '主办：海原县人民政府办公室　网站标识码：6405220001',
  '版权所有：海原县人民政府 宁ICP备05000001号',
  '海原县停车场管理办法.docx',
  '新媒体',
  '责任编辑：王某',
)
/** How the text itself writes its title and number. */
const heads: ReadonlyArray<(withNumber: boolean) => string[]> = [
  () => [title, number],
  () => [number, title],
  () => [title, `（${number}）`],
  () => [title, `文号：${number}`],
  () => [`发文字号：${number}`, title],
  () => [`${title}（${number}）`],
  () => [`${title} ${number}`],
  () => ['海原县人民政府办公室', '关于印发海原县停车场管理办法的通知', number],
  (withNumber) => (withNumber ? [title] : [title, number]),
]

describe('a text copied from a portal', () => {
  it('has its own title and number, and every line of the page is named', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(crumbs, tools), { maxLength: 3 }),
        table,
        fc.boolean(),
        fc.array(fc.oneof(metas, tools), { maxLength: 3 }),
        fc.constantFrom(...heads),
        fc.array(tails, { maxLength: 4 }),
        fc.boolean(),
        (above, { lines, withNumber }, twice, between, head, below, named) => {
          const own = head(withNumber)
          const shell = [...above, ...(named ? [`名称 ${title}`] : []), ...lines, ...(twice ? [title] : []), ...between]
          const text = [...shell, ...own, body, ...below].join('\n')
          const read = parseText(text)
          expect([text, read.title]).toEqual([text, title])
          expect(read.documentNumber?.replace(/[（）]/gu, '')).toBe(number)
          expect(read).toMatchObject({ addressees: '各乡镇人民政府，县政府各部门', date: '2026-10-01', faults: [] })
          expect(read.counts.articles).toBe(2)
          const [act] = read.attachments
          expect(act?.title).toBe('海原县停车场管理办法')
          expect(act?.body.at(-1)?.children.at(-1)?.text).toContain('2031年10月31日')
          expect(read.skipped?.length ?? 0).toBeGreaterThanOrEqual(shell.length - (twice ? 1 : 0) - 1)
        },
      ),
      { numRuns: 400 },
    )
  })
  it('number and dates of the index table are offered for confirmation', () => {
    const read = parseText(`索引号 | 640522001/2026-17 | 文号 | ${number} | 生成日期 | 2026-10-08 |\n${title}\n${body}`)
    expect(read.candidates).toEqual([
      { label: '文号', value: number, line: 1 },
      { label: '生成日期', value: '2026-10-08', line: 1 },
    ])
    expect(read.skipped).toMatchObject([{ line: 1, reason: '网页信息表' }])
  })
  it('a text without a page around it loses no line', () => {
    for (const text of [
      `${title}\n${number}\n${body}`,
      '海原县时间银行管理办法\n第一条　来源清晰的数据，可以使用。\n第二条　有效期五年。',
      '海原县人民政府公告\n2026年第3号\n一、发布机构：县政府办。\n二、来源：县统计局。',
      '停车场名称规范\n一、名称\n二、标题',
    ])
      expect([text, parseText(text).skipped]).toEqual([text, undefined])
  })
})

describe('what stands in one line with the title, or above it without a label', () => {
  const above = fc.constantFrom(
    '政策文件',
    '首页 新闻中心 政务公开 政务服务 互动交流',
    'www.haiyuan.example.cn',
    '海原县人民政府门户网站',
    '海原县人民政府信息公开',
    '中国·海原',
    '无障碍浏览 | 适老版 | 登录 | 注册',
    '公文种类：通知',
    '【文 号】海政办规发〔2026〕3号',
    '文　　号：海政办规发〔2026〕3号\t发布日期：2026年10月8日',
  )
  const tail = fc.constantFrom(
    '',
    '【字体：大 中 小】',
    ' 2026-10-08',
    ' 2026-10-08 09:30',
    '-海原县人民政府',
    '_政策文件_海原县人民政府网',
    ' | 规范性文件',
  )
  const between = fc.constantFrom(
    [number],
    ['2026-10-08', '来源：县政府办', number],
    [`海原县人民政府办公室 ${number} 2026年10月1日`],
    [`（2026年10月1日 ${number}）`],
    [`（${number}）`],
    ['海原县人民政府办公室', 'www.haiyuan.example.cn', '2026-10-08 10:00', number],
  )
  const below = fc.constantFrom(
    [],
    ['（责任编辑：王某）'],
    ['【我要纠错】 责任编辑：王某'],
    ['相关文件', '关于停车的通知', '关于收费的通知'],
    ['友情链接', '中国政府网'],
  )
  it('is the page’s, and said', () => {
    fc.assert(
      fc.property(fc.uniqueArray(above, { maxLength: 3 }), tail, between, below, (lines, behind, middle, end) => {
        const read = parseText([...lines, `${title}${behind}`, ...middle, body, ...end].join('\n'))
        expect(read.title).toBe(title)
        expect(read.documentNumber?.replace(/[（）]/gu, '')).toBe(number)
        expect(read.counts.articles).toBe(2)
        expect(read.attachments.at(-1)?.body.at(-1)?.children.at(-1)?.text).toContain('2031年10月31日')
        expect((read.skipped ?? []).length).toBeGreaterThanOrEqual(lines.length + (behind === '' ? 0 : 1) + end.length)
      }),
      { numRuns: 200 },
    )
  })
  it('a red head and what belongs to it stay', () => {
    const text = `000012\n机密★1年\n特急\n海原县人民政府办公室文件\n${number}\n${title}\n${body}`
    expect(parseText(text).skipped).toBeUndefined()
    expect(parseText(`海原县人民政府公告\n2000年4月24日\n${title}\n${body}`).skipped).toBeUndefined()
  })
})

describe('a page copied as one line', () => {
  const articles = [
    '一、总体要求。坚持依法管理。',
    '二、主要任务。完善设施建设。',
    '三、工作要求。压实各方责任。',
  ].join('')
  const heads = fc.record({
    title: fc.constantFrom(
      '海原县人民政府关于加强停车场管理的通知',
      '海原县人民政府办公室关于印发海原县停车场管理办法的通知',
      '海原县人民政府关于同意设立西安镇便民服务中心的批复',
      '海原县人民政府办公室关于做好防汛工作的函',
      '海原县人民政府关于加快发展现代农业的实施意见',
    ),
    number: fc.option(fc.constantFrom('海政发〔2026〕3号', '海政办函〔2026〕12号', '海政办规发[2026]120号'), {
      nil: '',
    }),
    addressees: fc.constantFrom(
      '各乡镇人民政府，县政府各部门',
      '各乡镇（街道）人民政府、县经信局、经济开发区管委会，有关单位',
      '县教委',
    ),
    gap: fc.constantFrom('', ' ', '　', '   '),
    sign: fc.constantFrom('海原县人民政府2026年10月8日（此件公开发布）', '海原县人民政府 2026年10月8日', ''),
  })
  it('has title, number, addressees, levels and closing', () => {
    fc.assert(
      fc.property(heads, ({ title, number, addressees, gap, sign }) => {
        const source = `${title}${gap}${number}${gap}${addressees}：${gap}现就有关事项通知如下，请认真贯彻执行，切实抓好各项工作的落实，务求取得实效，确保全面完成年度目标任务。各单位要加强组织领导，明确责任分工，强化督促检查，及时总结经验，按时报送工作情况。${articles}${sign}`
        const read = parseText(source)
        expect(read).toMatchObject({
          title,
          addressees,
          documentNumber: number === '' ? null : number,
          date: sign === '' ? null : '2026-10-08',
          counts: { level1: 3 },
        })
        expect(lint(source).map(({ id, category }) => `${id} ${category}`)).toContain('S18 没有分段')
      }),
      { numRuns: 60 },
    )
  })
  it('is not seen in a text with paragraphs', () => {
    expect(lint(`${title}\n${number}\n${body}`).map(({ category }) => category)).not.toContain('没有分段')
  })
})

describe('the file a page links to', () => {
  const rest = '各乡镇人民政府：\n现印发给你们。\n海原县人民政府办公室\n2026年10月1日'
  it.each([
    ['海政办规发〔2026〕3号海原县人民政府办公室关于印发停车场管理办法的通知.doc', '海政办规发〔2026〕3号'],
    ['海政办规发〔2026〕3号 海原县人民政府办公室关于印发停车场管理办法的通知.pdf', '海政办规发〔2026〕3号'],
    ['海原县人民政府办公室关于印发停车场管理办法的通知.docx', null],
  ])('%s gives title and number', (line, number) => {
    expect(parseText(`${rest}\n${line}`)).toMatchObject({
      title: '海原县人民政府办公室关于印发停车场管理办法的通知',
      documentNumber: number,
    })
  })
  it.each(['停车场清单.docx', '附件1.xlsx', '海原县停车场管理办法.pdf'])('%s gives none', (line) => {
    expect(parseText(`${rest}\n${line}`).title).toBeNull()
  })
})

describe('heads of further portals', () => {
  it.each<[string, string]>([
    ['columns alone above', `信息公开指南\n信息公开目录\n依申请公开\n${title}\n${number}\n`],
    ['the kind of the page above', `HTML版\n\n　　${title}\n　　${number}\n`],
    ['a label without a value before the number', `${title}\n2026-11-21 10:20:33\n来源：县政府办\n作者：\n${number}\n`],
    ['number and status in one cell', `${title}\n日期：2026-11-21 文号：${number} 有效\n`],
    ['labels behind bullets', `● 索引号:640522-2026-12\n● 文    号:${number}\n${title}\n`],
    ['the column in the line of the title', `【规范性文件】${title}\n发布日期：2026-11-21\n文号：${number}\n`],
    ['number and labels in one line', `${title}\n\n${number}　　发布日期：2026-11-21　　信息来源：县政府办\n`],
    ['brackets of small form', `${title}\n文号：海政办规发﹙2026﹚3号\n`],
  ])('%s', (_, head) => {
    const read = parseText(head + body)
    expect(read.title).toBe(title)
    expect(read.documentNumber?.replace(/[﹙﹚]/gu, (sign) => (sign === '﹙' ? '〔' : '〕'))).toBe(number)
    expect(read.counts.articles).toBe(2)
  })
})
