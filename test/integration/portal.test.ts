// 公众网站：每个页面都经真实数据库答复；草案、依申请公开的文件、提意见人的姓名与联系方式从不出现。

import { randomUUID } from 'node:crypto'
import { connect } from '@dianzhang/database'
import { sha256Hex } from '@dianzhang/ledger'
import { createPortal } from '@dianzhang/portal'
import { importEntries } from '@dianzhang/register'
import { chineseNumeral } from '@dianzhang/text'
import { formToken } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import {
  onRequestTitle,
  openBody,
  openTitle,
  portalFixture,
  portalPages,
  privateContact,
  privateName,
  publishedBody,
  publishedTitle,
  secretTitle,
  wholeServer,
} from '../support/portal.ts'

const f = await portalFixture()
const { portal } = f
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(portal.request(path, { headers: { accept: 'text/html', ...headers } }))
const textOf = async (path: string, status = 200): Promise<string> => {
  const answer = await get(path)
  const body = await answer.text()
  expect(answer.status, `${path}\n${body.slice(0, 400)}`).toBe(status)
  return body
}
const post = (id: string, fields: Record<string, string>): Promise<Response> =>
  Promise.resolve(
    portal.request(`/consultations/${id}/comments`, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    }),
  )
/** 每页都有的一段样式以外的。 */
const withoutStyle = (html: string): string => html.replace(/<style>[^<]*<\/style>/, '')
const visible = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const pages = portalPages(f).map(([, path]) => path)
const machine = ['/feeds/register.atom', '/feeds/consultations.atom', '/sitemap.xml', '/robots.txt', '/cleanup.csv']

describe('公众网站的页面', () => {
  it.each(portalPages(f))(
    '%s：是完整的中文页面，没有脚本，样式只有各页相同的一段，其余不超过 60 KB',
    async (_name, path) => {
      const html = await textOf(path)
      expect(html).toMatch(/^<!doctype html><html lang="zh-CN">/)
      expect(html).toMatch(/<title>[^<]+<\/title>/)
      expect(html.match(/<h1[ >]/g)).toHaveLength(1)
      expect(html).toContain('href="#main"')
      expect(html.match(/<style>/g)).toHaveLength(1)
      const own = withoutStyle(html)
      expect(own).not.toMatch(/<script|javascript:|\son\w+="|\sstyle=|<style/i)
      expect(Buffer.byteLength(own)).toBeLessThan(60_000)
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
      expect(new Set(ids).size, '标识不得重复').toBe(ids.length)
    },
  )

  it('页内与站内的链接都能打开', async () => {
    const seen = new Set<string>()
    for (const path of pages) {
      const html = await textOf(path)
      const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]))
      for (const [, raw = ''] of html.matchAll(/(?:href|action)="([^"]*)"/g)) {
        const href = raw.replaceAll('&amp;', '&')
        if (href.startsWith('#')) expect(ids, `${path} ${href}`).toContain(decodeURIComponent(href.slice(1)))
        // 接口不是门户答复的。
        else if (!/^\/(?:(?:api|public\/v1|bulk)\/|oai\?|calendar\.ics)/.test(href)) seen.add(href.split('#')[0] ?? '')
      }
    }
    for (const href of seen) {
      const answer = await get(href)
      expect([200, 303], `${href} → ${answer.status}`).toContain(answer.status)
    }
  })

  it('首页列出正在征求意见的文件和新公布的文件', async () => {
    const html = await textOf('/')
    expect(html).toContain(openTitle)
    expect(html).toContain(publishedTitle)
    expect(html).toContain('登记库现有主动公开的文件 4 件')
  })

  it('征求意见用文字写明截止的日期、星期与时刻，草案与起草说明都在，文字转义', async () => {
    const html = await textOf(`/consultations/${f.open.consultation}`)
    expect(html).toContain('2026年4月21日（星期二）24:00 截止（北京时间）')
    expect(html).toContain('制定的必要性')
    expect(html).toContain('&lt;b&gt;供水&lt;/b&gt;')
    expect(html).not.toContain('<b>供水</b>')
    expect(html).toMatch(/<form method="post" action="\/consultations\/[^"]+\/comments"/)
    expect(html).toContain('id="第十七条"')
    expect(html).toContain('<option value="第三条"')
  })

  it('文件页的第一屏回答现在有效吗、从何时到何时、谁解释', async () => {
    const html = await textOf(`/register/${f.published.id}`)
    const first = visible(html.slice(0, html.indexOf('class="jump"')))
    expect(first).toContain('现在有效吗？')
    expect(first).toContain('尚未施行')
    expect(first).toContain('自2026年6月1日起施行，有效期至2031年5月31日（含当日）')
    expect(first).toContain('县农业农村局（正文载明）')
    for (const name of [
      '索引号',
      '文号',
      '统一登记号',
      '发布机构',
      '成文日期',
      '公布日期',
      '施行日期',
      '有效期至',
      '效力状态',
      '公开方式',
    ]) {
      expect(html).toContain(`<dt>${name}</dt>`)
    }
    expect(html).toContain('海政规发〔2026〕1号')
    expect(html).toContain('解读：统一了补助标准。')
    expect(visible(await textOf(`/register/${f.published.id}?on=2026-06-01`))).toContain(
      '现行有效，自2026年6月1日起施行，至2031年5月31日止',
    )
  })

  it('正文按结构排版：条、款、项、标题有锚点，表是表，署名靠右，附件自成一节，一字不少', async () => {
    const html = await textOf(`/register/${f.imported.repealed}`)
    expect(html).toContain('id="一、（二）"')
    expect(html).toContain('<a href="#二、">二、其他事项</a>')
    expect(html).toMatch(/<p class="flush">各乡镇人民政府：<\/p>/)
    expect(html).toMatch(/<div class="signature"><p>海原县人民政府<\/p><p>2016年5月9日<\/p><\/div>/)
    expect(html).toContain('<section class="attachment" id="附件·1">')
    expect(html).toMatch(/<th scope="col">每亩补助（元）<\/th>.*<td>新建 &lt;日光&gt;<\/td>/)
    for (const [id, text] of [
      [f.published.id, publishedBody],
      [f.open.consultation, openBody],
    ] as const) {
      const page = await textOf(id === f.published.id ? `/register/${id}` : `/consultations/${id}`)
      const shown = visible(
        page
          .slice(page.indexOf('<div class="text">'))
          .replace(/<span class="mark">[^<]*<\/span>|<a class="ask"[^>]*>[^<]*<\/a>/g, ''),
      )
      expect(shown.replace(/\s/g, '')).toContain(text.replace(/\s/g, ''))
    }
  })

  it('引用成为链接：按所看之日的版本，废止的标明，未收录的与引号里的修改文字不成链接', async () => {
    const html = await textOf(`/register/${f.published.id}`)
    const law = `/register/${f.imported.law}`
    expect(html).toContain(
      `<a href="${law}#第二条" title="有效（来源自述），自2020年3月1日起施行（按2026年4月10日）">《中华人民共和国设施农业促进法》第二条</a>和《没有收录的办法》，`,
    )
    expect(html).toContain('违反<a href="#第三条">本办法第三条</a>')
    expect(html).toMatch(
      new RegExp(
        `<a href="/register/${f.imported.repealed}" title="[^"]*已废止[^"]*" class="ended">《海原县温室补助办法》</a><span class="mark">已废止</span>（海政发〔2016〕9号）`,
      ),
    )
    const asked = await textOf(`/register/${f.published.id}?on=2019-01-01`)
    expect(asked).toContain(`href="/register/${f.imported.oldLaw}?on=2019-01-01#第二条"`)
    const own = await textOf(law)
    expect(own.slice(own.indexOf('<div class="text">'), own.indexOf('life-title'))).not.toContain('href="/register/')
  })

  it('各种格式都能下载，没有变化的不再生成；页头指明 JSON-LD', async () => {
    const page = await textOf(`/register/${f.published.id}`)
    const links = [...page.matchAll(/href="(\/register\/[^"]+\/export\/([a-z]+))" download/g)]
    expect(links.map(([, , format]) => format)).toEqual([
      'docx',
      'pdf',
      'html',
      'txt',
      'akn',
      'jsonld',
      'json',
      'csv',
      'xml',
    ])
    expect(page).toMatch(/<link rel="alternate" type="application\/ld\+json" [^>]*href="[^"]+\/export\/jsonld"/)
    for (const [, href = ''] of links) {
      const file = await get(href)
      expect(file.status, href).toBe(200)
      expect(file.headers.get('content-disposition')).toMatch(/^attachment;/)
      const body = new Uint8Array(await file.arrayBuffer())
      expect(body.byteLength).toBeGreaterThan(200)
      const tag = file.headers.get('etag') ?? ''
      expect((await get(href, { 'if-none-match': tag })).status, href).toBe(304)
      const later = await get(`${href}?on=2026-06-01`, { 'if-none-match': tag })
      expect(later.status, '效力变了').toBe(200)
      if (href.endsWith('/jsonld')) {
        expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({
          '@type': 'Legislation',
          name: publishedTitle,
          legislationLegalForce: 'https://schema.org/NotInForce',
        })
        expect(await later.json()).toMatchObject({ legislationLegalForce: 'https://schema.org/InForce' })
      }
      if (href.endsWith('/txt')) expect(new TextDecoder().decode(body)).toContain('骗取补助资金的')
      if (href.endsWith('/docx')) expect([...body.subarray(0, 2)]).toEqual([0x50, 0x4b])
    }
    await textOf(`/register/${f.published.id}/export/odt`, 404)
    await textOf(`/register/${f.onRequest.id}/export/txt`, 404)
  })

  it('清理目录按效力分列，可以限定日期、年份、机关，可以下载', async () => {
    const html = await textOf('/cleanup')
    for (const label of ['继续有效（1 件）', '修改（0 件）', '废止（1 件）', '失效（0 件）'])
      expect(html).toContain(label)
    expect(visible(html)).toContain('有效期至2031年5月31日；尚未施行')
    expect(html).not.toContain('设施农业促进法')
    expect(await textOf('/cleanup?on=2026-03-19')).toContain('继续有效（0 件）')
    expect(await textOf('/cleanup?year=2016')).toContain('废止（0 件）')
    expect(await textOf(`/cleanup?issuer=${encodeURIComponent('某机关')}`)).toContain('没有符合条件的文件')
    expect(await textOf('/cleanup?on=2026-02-30', 422)).toContain('真实存在的日期')
    expect(await textOf('/cleanup?year=26', 422)).toContain('四位数字')
    const csv = await textOf('/cleanup.csv?list=repeal')
    expect(csv.split('\r\n')).toHaveLength(3)
    expect(csv).toMatch(/^清理结果,序号,.*\r\n废止,1,海原县温室补助办法,海政发〔2016〕9号,海原县人民政府,2016-05-09,/)
  })

  it('附件按原字节下载，不在本站地址下打开；别的文件的摘要取不到', async () => {
    const html = await textOf(`/register/${f.published.id}`)
    const [, href = '', digest] = /href="(\/register\/[^"]+\/attachments\/([0-9a-f]{64})\?name=[^"]+)"/.exec(html) ?? []
    const file = await get(href)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('补助标准表').replaceAll('%', '%'))
    expect(file.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
    const text = await file.text()
    expect(text).toContain('日光温室 5000 元/亩')
    expect(sha256Hex(text)).toBe(digest)
    const etag = file.headers.get('etag') ?? ''
    expect((await get(href, { 'if-none-match': etag })).status).toBe(304)
    await textOf(`/register/${f.published.id}/attachments/${'0'.repeat(64)}`, 404)
    await textOf(href.replace(f.published.id, f.secret.id), 404)
  })

  it('采纳情况逐件列出处理与理由；未公布的说明进度', async () => {
    const html = await textOf(`/consultations/${f.published.consultation}/feedback`)
    expect(html).toContain('已按面积分档。')
    expect(html).toContain('不属于本办法的范围。')
    expect(html).not.toContain('建议改造提升的标准')
    expect(await textOf(`/consultations/${f.closed.consultation}/feedback`)).toContain('采纳情况还没有公布')
  })

  it('检索按标题、文号、机关和正文；条件有误时说明，不当作没有结果', async () => {
    for (const q of ['设施农业', '海政规发〔2026〕1号', '日光温室', '骗']) {
      const html = await textOf(`/register?q=${encodeURIComponent(q)}`)
      expect(html.replaceAll(/<\/?mark>/g, ''), q).toContain(publishedTitle)
      expect(html, q).toContain(`<mark>${q}</mark>`)
    }
    // 次序：新公布的在前，件数不变；不是检索的没有这一栏。
    const counted = (html: string) => /共 (\d+) 件/.exec(html)?.[1]
    const search = `/register?q=${encodeURIComponent('设施农业')}`
    expect(counted(await textOf(`${search}&sort=newest`))).toBe(counted(await textOf(search)))
    expect(await textOf('/register')).not.toContain('name="sort"')
    // 制定机关、公布年份是带件数的选项；选了一个，其余的还在。
    const choices = (html: string, name: string) =>
      [
        ...(new RegExp(`<select[^>]*name="${name}"[^]*?</select>`).exec(html)?.[0] ?? '').matchAll(
          /<option[^>]*>([^<]+)/g,
        ),
      ].map(([, words]) => words)
    const all = await textOf('/register')
    for (const name of ['issuer', 'year'])
      expect(choices(all, name).slice(1)).toEqual(expect.arrayContaining([expect.stringMatching(/.+（\d+ 件）$/)]))
    const issuer = choices(all, 'issuer')[1]?.replace(/（.*/, '') ?? ''
    const narrowed = await textOf(`/register?issuer=${encodeURIComponent(issuer)}`)
    expect(choices(narrowed, 'issuer')).toEqual(choices(all, 'issuer'))
    expect(narrowed).toMatch(new RegExp(`<option value="${issuer}" selected`))
    expect(await textOf('/register?status=expired')).toContain('没有符合条件的文件')
    expect(await textOf('/register?status=in_force&on=2026-06-01')).toContain(publishedTitle)
    expect(await textOf('/register?on=2026-02-30', 422)).toContain('真实存在的日期')
    expect(await textOf('/register?status=nope', 422)).toContain('没有这种效力状态')
    expect(await textOf('/register?cursor=nope', 422)).toContain('第一页')
    expect(await textOf(`/register/${f.published.id}?on=2026-13-01`, 422)).toContain('真实存在的日期')
  })

  it('期限页逐日说明，暂计与错误都写明', async () => {
    const html = await textOf('/calendar?jurisdiction=CN&start=2026-09-21&days=7&unit=working_day')
    expect(html).toContain('2026年10月8日（星期四）24:00 截止（北京时间）')
    expect(html).toContain('中秋放假')
    expect(await textOf('/calendar?jurisdiction=CN&start=2025-09-25&days=30&unit=calendar_day')).toContain(
      '顺延至2025年10月27日（星期一）',
    )
    expect(await textOf('/calendar?jurisdiction=CN&start=2026-12-25&days=10&unit=working_day')).toContain('暂计')
    expect(await textOf('/calendar?jurisdiction=CN&start=2026-02-30&days=10', 422)).toContain('真实存在的日期')
    expect(await textOf('/calendar?jurisdiction=XX&start=2026-02-03&days=10', 422)).toContain('没有这个地区')
    expect(await textOf('/calendar?jurisdiction=CN&start=2026-02-03&days=99999', 422)).toContain('期限过长')
  })

  it('没有的页面、文件、征求意见答复 404 并说明可能的原因', async () => {
    expect(await textOf('/nope', 404)).toContain('没有这个页面')
    expect(await textOf('/register/nope', 404)).toContain('依申请公开')
    expect(await textOf(`/register/${f.onRequest.id}`, 404)).toContain('依申请公开')
    expect(await textOf('/consultations/nope', 404)).toContain('草案还没有公开征求意见')
    expect(await textOf('/receipts/YJ20260101-00', 404)).toContain('没有找到回执号')
    expect(await textOf('/register/%00', 404)).toContain('没有这件文件')
  })
})

describe('提意见', () => {
  it('不用脚本提交，得到可以验证的回执', async () => {
    const id = f.open.consultation
    const before = await textOf(`/consultations/${id}`)
    const commandId = /name="commandId" value="([^"]+)"/.exec(before)?.[1] ?? ''
    const fields = {
      commandId,
      token: formToken(f.t.office, id, Date.now() - 60_000),
      anchor: '第三条',
      text: '供水人口的门槛<偏高>。\r\n建议改为五十人。',
      name: privateName,
      contact: privateContact,
    }
    const answer = await post(id, fields)
    expect(answer.status).toBe(303)
    const place = answer.headers.get('location') ?? ''
    expect(place).toMatch(/^\/receipts\/YJ20260410-[0-9A-F]{20}$/)
    const again = await post(id, fields)
    expect(again.headers.get('location'), '连按两次只记一条').toBe(place)
    const changed = await post(id, { ...fields, text: '补充：水价也偏高。' })
    expect(changed.headers.get('location'), '退回去改了内容，是新的一条').not.toBe(place)

    const receipt = await textOf(place)
    const seen = visible(receipt)
    expect(seen).toContain('供水人口的门槛<偏高>。')
    expect(seen).toContain('与上面的内容摘要一致')
    expect(seen).not.toContain(privateName)
    expect(seen).not.toContain(privateContact)
    const hash = /<span class="hash">([0-9a-f]{64})<\/span>/.exec(receipt)?.[1]
    const proven = /<pre[^>]*>([\s\S]*?)<\/pre>/.exec(receipt)?.[1] ?? ''
    expect(sha256Hex(`dianzhang/comment/1\n${visible(proven)}`), '照页面上写的方法重算').toBe(hash)
    expect((await get(place)).headers.get('cache-control')).toBe('no-store')

    const lookup = await get(`/receipts?code=%20${place.slice('/receipts/'.length).toLowerCase()}`)
    expect(lookup.status).toBe(303)
    expect(lookup.headers.get('location')).toBe(place)
    expect(visible(await textOf(`/consultations/${id}`))).toMatch(/收到 2 条（不同内容 2 条）/)
  })

  it('有误时逐项说明，已经写下的不丢', async () => {
    const id = f.open.consultation
    const long = '长'.repeat(101)
    const answer = await post(id, { text: '  ', anchor: '第九十九条', name: long, contact: '地址<1>' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    for (const message of ['请填写意见内容', '姓名或单位名称不能超过 100 字', '所选的部分不在征求意见稿中'])
      expect(html).toContain(message)
    expect(html).toContain(`value="${long}"`)
    expect(html).toContain('value="地址&lt;1&gt;"')
    expect(html).toContain('aria-invalid="true"')
    const tooLong = await post(id, { text: '字'.repeat(20_001) })
    expect(tooLong.status).toBe(422)
    expect(await tooLong.text()).toContain('现在是 20001 字')
    expect((await portal.request(`/consultations/${id}/comments`, { method: 'POST', body: 'x' })).status).toBe(422)
  })

  it('截止以后说明截止的时刻，写下的内容留给本人', async () => {
    const answer = await post(f.closed.consultation, { commandId: randomUUID(), text: '晚到的意见' })
    expect(answer.status).toBe(409)
    const html = await answer.text()
    expect(html).toContain('征求意见已经结束')
    expect(html).toContain('晚到的意见')
    expect((await post('nope', { text: '意见' })).status).toBe(404)
    expect(await textOf(`/consultations/${f.closed.consultation}`)).not.toContain('<form method="post"')
  })
})

describe('机器读的', () => {
  it('订阅源与站点地图是良构的 XML，只列公开内容', async () => {
    const register = await textOf('/feeds/register.atom')
    expect(register).toContain(`<title>${publishedTitle}</title>`)
    expect(register).toContain('<updated>2026-03-20T00:00:00+08:00</updated>')
    const rounds = await textOf('/feeds/consultations.atom')
    expect(rounds).toContain(`${openTitle}（征求意见稿）`)
    const map = await textOf('/sitemap.xml')
    expect(map).toContain(`<loc>http://localhost/register/${f.published.id}</loc><lastmod>2026-03-20</lastmod>`)
    for (const xml of [register, rounds, map]) {
      const stack: string[] = []
      for (const [, close, name = '', self] of xml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
        if (close) expect(stack.pop()).toBe(name)
        else if (!self) stack.push(name)
      }
      expect(stack).toEqual([])
    }
    // 站点地图的总目：固定页面、征求意见、登记的文件；超过一份所能容纳的，分成几份。
    const small = createPortal({ office: f.t.office, sitemapSize: 12 })
    const maps = await (await small.request('/sitemap.xml')).text()
    expect(maps).toContain('<sitemapindex')
    const listed: string[] = []
    for (const [, at = ''] of maps.matchAll(/<loc>http:\/\/localhost([^<]+)<\/loc>/g))
      for (const [, loc = ''] of (await (await small.request(at)).text()).matchAll(/<loc>([^<]+)<\/loc>/g))
        listed.push(loc)
    expect(listed).toEqual([...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc))
    expect(listed.filter((loc) => loc.includes('/consultations/'))).toHaveLength(4)
    expect((await small.request('/sitemap.xml?page=99')).status).toBe(404)
    expect(await textOf('/robots.txt')).toContain('Sitemap: http://localhost/sitemap.xml')
    const behind = createPortal({ office: f.t.office, publicUrl: 'https://example.gov.cn/' })
    expect(await (await behind.request('/robots.txt')).text()).toContain('https://example.gov.cn/sitemap.xml')
  })

  it('订阅填错的，缘由在那一栏旁边，读屏听得到是哪一栏；没有填错的栏不标', async () => {
    const mailing = { channels: new Map([['mail', {}]]) }
    const portal = createPortal({ office: { ...f.t.office, outward: mailing as never } })
    const sent = async (fields: Record<string, string>) => {
      const answer = await portal.request('/subscriptions', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' },
        body: new URLSearchParams(fields).toString(),
      })
      expect(answer.status).toBe(422)
      return withoutStyle(await answer.text())
    }
    const field = (html: string, name: string) =>
      new RegExp(`<input[^>]*id="subscription-${name}"[^>]*>`).exec(html)?.[0] ?? ''
    const told = (html: string, name: string) =>
      new RegExp(`<p[^>]*id="subscription-${name}-error"[^>]*>([^<]*)`).exec(html)?.[1]
    const address = await sent({ kind: 'consultations', about: '', rhythm: 'weekly', address: '不是地址' })
    expect(told(address, 'address')).toContain('电子邮箱')
    expect(field(address, 'address')).toContain('aria-invalid="true"')
    expect(field(address, 'address')).toContain('aria-describedby="subscription-address-error address-hint"')
    expect(field(address, 'about')).not.toContain('aria-invalid')
    const about = await sent({ kind: 'issuer', about: '', rhythm: 'weekly', address: 'a@example.com' })
    expect(told(about, 'about')).toContain('请写明订阅什么')
    expect(field(about, 'about')).toContain('aria-describedby="subscription-about-error"')
    expect(field(about, 'address')).not.toContain('aria-invalid')
    expect(about).toContain('href="#subscription-about"')
  })

  it('没有变化的页面答复 304；大字版与标准字号分开', async () => {
    for (const path of [...pages, ...machine]) {
      const first = await get(path)
      if (first.headers.get('cache-control') === 'no-store') continue
      const etag = first.headers.get('etag') ?? ''
      expect(etag, path).not.toBe('')
      expect((await get(path, { 'if-none-match': etag })).status, path).toBe(304)
      if (machine.includes(path) || pages.indexOf(path) > 3) continue
      const large = await get(path, { 'if-none-match': etag, cookie: 'dianzhang-size=large' })
      expect(large.status).toBe(200)
      expect(await large.text()).toContain('<html lang="zh-CN" class="large">')
    }
  })

  it('很长的正文分成几页，每页不超过 60 KB，一条不少一条不重；按条查找、条文互引都到那一页；其后的公布立即可见', async () => {
    const words = '补助资金的申请、审核、公示、拨付应当在规定期限内办结，并将办理结果告知申请人'
    const articles = Array.from({ length: 240 }, (_, i) => {
      const cites = i === 5 ? '依照本法第二百条和《中华人民共和国后收法》的规定办理；' : ''
      return `第${chineseNumeral(i + 1)}条　${cites}${`${words}；`.repeat(3)}${words}。`
    })
    const body = [0, 1, 2].flatMap((part) => [
      `第${'一二三'[part]}编　第${'一二三'[part]}编的名称`,
      ...[0, 1].flatMap((chapter) => [
        `第${'一二'[chapter]}章　章名`,
        ...articles.slice(part * 80 + chapter * 40, part * 80 + chapter * 40 + 40),
      ]),
    ])
    const add = async (record: object, text: string) => {
      const rest = { category: '法律', issuer: '某机关', status: '现行有效', body: text }
      async function* lines() {
        yield JSON.stringify({ ...record, ...rest, publishedAt: '2024-01-04', effectiveAt: '2024-03-01' })
      }
      await importEntries(f.t.office, lines(), { jurisdiction: '640522', sourceName: '样例', now: f.t.clock.now() })
    }
    await add({ id: 'long-law', title: '很长的法律' }, body.join('\n'))
    const [row] = await f.t.connection.sql`select id from register_entries where source_id = 'long-law'`
    const path = `/register/${row?.id}`
    const first = await textOf(path)
    const count = Number(/正文分 (\d+) 部分/.exec(first)?.[1])
    expect(count).toBeGreaterThan(2)
    const shown: string[] = []
    for (let n = 1; n <= count; n += 1) {
      const href = n === 1 ? path : `${path}?part=${n}`
      const html = await textOf(href)
      expect(Buffer.byteLength(withoutStyle(html)), href).toBeLessThan(60_000)
      shown.push(...[...html.matchAll(/<b>(第[^<]+条)<\/b>/g)].map((match) => match[1] ?? ''))
      const etag = (await get(href)).headers.get('etag') ?? ''
      expect((await get(href, { 'if-none-match': etag })).status, href).toBe(304)
    }
    expect(shown).toEqual(articles.map((_, i) => `第${chineseNumeral(i + 1)}条`))
    const cited = new RegExp(`href="(${path}\\?part=\\d+#第二百条)"`).exec(first)?.[1] ?? ''
    expect(await textOf(cited.split('#')[0] ?? '')).toContain('id="第二百条"')
    for (const asked of ['200', '第二百条', ' 二百条']) {
      const found = await get(`${path}?at=${encodeURIComponent(asked)}`)
      expect(decodeURIComponent(found.headers.get('location') ?? ''), asked).toBe(cited)
    }
    expect((await get(`${path}?part=99`)).headers.get('location')).toBe(path)
    expect((await get(`/register/${f.published.id}?part=2`)).headers.get('location')).toBe(
      `/register/${f.published.id}`,
    )
    // 记住的结果，一有新写入的，立即让位。
    expect(first.includes('《中华人民共和国后收法》</a>')).toBe(false)
    await add({ id: 'later-law', title: '中华人民共和国后收法' }, '第一条　为了说明引用，制定本法。')
    expect((await textOf(path)).includes('《中华人民共和国后收法》</a>')).toBe(true)
  })

  it('大字版由普通链接换上并记住，不会被用来跳到别的网站', async () => {
    const answer = await get('/register?q=%E6%B0%B4&size=large')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/register?q=%E6%B0%B4')
    expect(answer.headers.get('set-cookie')).toMatch(/^dianzhang-size=large;.*HttpOnly/)
    for (const path of ['//evil.example/?size=large', '/\\evil.example/?size=large', '//evil.example/']) {
      const away = await portal.request(new Request(`http://localhost${path}`, { headers: { accept: 'text/html' } }))
      expect(new URL(away.headers.get('location') ?? '/', 'http://localhost').host, path).toBe('localhost')
    }
  })

  it('样式写在页里，头一次来不必另取；答复的安全策略只准这一段', async () => {
    const { createHash } = await import('node:crypto')
    const answer = await wholeServer(f).request('/')
    const style = /<style>([\s\S]*?)<\/style>/.exec(await answer.text())?.[1] ?? ''
    expect(style).toContain('@media print')
    expect(style).not.toMatch(/\/\*|\n/)
    expect(answer.headers.get('content-security-policy')).toContain(
      `style-src 'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    )
  })
})

describe('出错时', () => {
  it('数据库不可用时答复一页说明和请求编号，不露出内部信息，并记入日志', async () => {
    const logged: Array<Record<string, unknown>> = []
    const log = { info() {}, warn() {}, error: (fields: Record<string, unknown>) => void logged.push(fields) }
    const readDb = new Proxy({} as typeof f.t.office.readDb, {
      get: () => () => {
        throw new Error('secret connection string')
      },
    })
    const broken = createPortal({ office: { ...f.t.office, log, readDb } })
    const answer = await broken.fetch(new Request('http://localhost/register'), { requestId: 'request-12345' })
    expect(answer.status).toBe(500)
    const html = await answer.text()
    expect(html).toContain('没能完成您的请求')
    expect(html).toContain('request-12345')
    expect(html).not.toContain('secret')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatchObject({ path: '/register', requestId: 'request-12345' })
    // 热备不可用或者落后，回执照样查得到：刚提交的人立刻就来查。
    const receipt = await broken.fetch(new Request(`http://localhost/receipts/${f.published.receipt}`), {})
    expect([receipt.status, (await receipt.text()).includes(f.published.receipt)]).toEqual([200, true])
  })

  it('连接不上数据库（只读副本停机）答复 503，请稍后再来，不说是系统出错', async () => {
    const { db: readDb, close } = connect('postgres://nobody@127.0.0.1:1/nowhere')
    const log = { info() {}, warn() {}, error() {} }
    const answer = await createPortal({ office: { ...f.t.office, log, readDb } }).request('/register')
    await close()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await answer.text()).toContain('请稍后再试')
  })
})

describe('整个服务端', () => {
  it('每一页都有安全头，页面不用内嵌脚本与样式；下载不能当作本站的页面打开', async () => {
    const app = wholeServer(f)
    for (const path of [...pages, ...machine, '/nope']) {
      const { headers } = await app.request(path, { headers: { accept: 'text/html' } })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("script-src 'self'")
      expect(policy, path).not.toContain('unsafe-inline')
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
    const file = await app.request(`/register/${f.published.id}/export/html`)
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
    const same = await app.request(`/public/v1/documents/${f.published.id}/export/txt`)
    expect(await same.text()).toBe(await (await app.request(`/register/${f.published.id}/export/txt`)).text())
    expect((await app.request(`/public/v1/documents/${f.published.id}/export/odt`)).status).toBe(404)
  })

  it('不是本站发出的续页标记一律退回，不成为内部错误', async () => {
    const app = wholeServer(f)
    const keys = [
      ['2026-01-01T00:00:00.000Z', 'a\u0000', '640522'],
      ['2026-01-01T00:00:00.000Z', 'a', '\ud800'],
      ['1', 'a', '640522'],
      ['+275760-09-13T00:00:00.000Z', 'a', '640522'],
      ['2026-13-01T00:00:00.000Z', 'a', '640522'],
    ]
    const cursors = ['x', '%00', ...keys.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'))]
    for (const cursor of cursors)
      for (const path of ['/consultations', '/public/v1/consultations'])
        expect((await app.request(`${path}?cursor=${cursor}`)).status, `${path} ${cursor}`).toBe(422)
  })
})

describe('不该公开的', () => {
  it('草案、依申请公开的文件、姓名与联系方式不出现在任何页面、订阅源、站点地图与检索中', async () => {
    const probes = [secretTitle, onRequestTitle].map((title) => `/register?q=${encodeURIComponent(title)}`)
    const ids = [f.secret.id, f.onRequest.id].flatMap((id) => [
      `/register/${id}`,
      `/consultations/${id}`,
      `/register/${id}/attachments/${'a'.repeat(64)}`,
      `/register/${id}/export/txt`,
      `/register/${id}/export/jsonld`,
    ])
    // 依申请公开的文件，其征求意见已经公开过，自然仍在征求意见的栏目。
    const consultations = /^\/consultations|^\/feeds\/consultations|^\/$/
    for (const path of [...pages, ...machine, ...probes, ...ids]) {
      const html = await (await get(path)).text()
      // 页面会重述所查的文字与本页的地址，那不是泄露。
      const echoed = path.startsWith('/register?q=') ? decodeURIComponent(path.slice('/register?q='.length)) : path
      const shown = html.replaceAll(echoed, '').replaceAll(path, '')
      expect(shown, path).not.toContain(secretTitle)
      expect(shown, path).not.toContain('这是没有公开的内容')
      expect(shown, path).not.toContain(f.secret.id)
      expect(shown, path).not.toContain(privateName)
      expect(shown, path).not.toContain(privateContact)
      if (!consultations.test(path)) expect(shown, path).not.toContain(onRequestTitle)
      expect(shown, path).not.toMatch(/drafter|起草经办人/)
    }
  })
})
