// The frame of every page: skip link, search in the header, breadcrumbs, notes in the footer. No scripts, no inline
// styles.

import type { PropsWithChildren } from 'hono/jsx'
import { styleOfPages } from './assets.ts'
import type { Page, View } from './page.ts'
import { dateWords } from './words.ts'

const sections = [
  ['/', '首页'],
  ['/consultations', '征求意见'],
  ['/register', '文件库'],
  ['/cleanup', '清理目录'],
  ['/acts', '上位法'],
  ['/receipts', '查回执'],
  ['/calendar', '算期限'],
  ['/about', '关于本站'],
] as const

const withSize = (here: string, size: string): string => {
  const url = new URL(here.replace(/^\/+/, '/'), 'http://localhost')
  url.searchParams.set('size', size)
  return `${url.pathname}${url.search}`
}
const isHere = (href: string, here: string): boolean => {
  const path = here.split('?')[0] ?? ''
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}

export function Layout({ view, page, children }: PropsWithChildren<{ view: View; page: Page }>) {
  const { site, large, here, today } = view
  const home = here.split('?')[0] === '/'
  return (
    <html lang="zh-CN" class={large ? 'large' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{home ? '行政规范性文件公开登记库' : `${page.title} - 行政规范性文件公开登记库`}</title>
        {page.private || (page.status ?? 200) !== 200 ? <meta name="robots" content="noindex" /> : null}
        <meta name="color-scheme" content="light dark" />
        {/* Our own file, no words of anybody; the policy of the answer names its digest. */}
        <style dangerouslySetInnerHTML={{ __html: styleOfPages() }} />
        <link rel="icon" href="/assets/seal.svg" type="image/svg+xml" />
        <link
          rel="alternate"
          type="application/atom+xml"
          title={page.feed?.title ?? '新公布的规范性文件'}
          href={page.feed?.href ?? '/feeds/register.atom'}
        />
        <link rel="alternate" type="application/atom+xml" title="规范性文件变动" href="/feeds/changes.atom" />
        <link rel="alternate" type="application/feed+json" title="规范性文件变动" href="/feeds/changes.json" />
        <link rel="search" type="application/opensearchdescription+xml" title="规范性文件" href="/opensearch.xml" />
        {page.alternates?.map(({ href, type, title }) => (
          <link rel="alternate" type={type} title={title} href={href} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          跳到正文
        </a>
        {page.notice ? (
          <p class="preview-notice" role="note">
            {page.notice}
          </p>
        ) : null}
        <header class="site">
          <div class="inner">
            <a class="brand" href="/">
              <span class="seal" aria-hidden="true">
                典章
              </span>
              <span>
                {site.owner ? <small class="owner">{site.owner.government}</small> : null}
                行政规范性文件公开登记库
              </span>
            </a>
            <nav class="size" aria-label="字号">
              {large ? (
                <a href={withSize(here, 'normal')}>恢复标准字号</a>
              ) : (
                <a href={withSize(here, 'large')}>大字版</a>
              )}
            </nav>
            {home ? null : (
              <search class="find-box" aria-label="全站检索">
                <form class="find" action="/register" method="get">
                  <label class="hidden" for="site-q">
                    检索文件
                  </label>
                  <input id="site-q" name="q" type="search" maxlength={200} placeholder="标题、文号、机关或正文" />
                  <button type="submit">检索</button>
                </form>
              </search>
            )}
          </div>
          <nav class="main" aria-label="主要栏目">
            <ul class="inner">
              {sections.map(([href, label]) => (
                <li>
                  <a href={href} aria-current={isHere(href, here) ? (here === href ? 'page' : 'true') : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        {page.crumbs ? (
          <nav class="crumbs inner" aria-label="所在位置">
            <ol>
              <li>
                <a href="/">首页</a>
              </li>
              {page.crumbs.map((crumb) => (
                <li>
                  {crumb.href ? <a href={crumb.href}>{crumb.label}</a> : <span aria-current="page">{crumb.label}</span>}
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <main id="main" class="inner" tabindex={-1}>
          {children}
        </main>
        <footer class="site">
          <div class="inner">
            <p>效力状态由本系统按日期与效力事件计算。注明“外部导入”的条目不是本系统制发，内容与时效未经核实。</p>
            <p>文件以制定机关公布的标准文本为准。本站只显示已经公布的内容，不显示提意见人的姓名与联系方式。</p>
            <ul class="links">
              <li>
                <a href="/about">关于本站与期限算法</a>
              </li>
              <li>
                <a href="/evaluations">后评估</a>
              </li>
              <li>
                <a href="/yearly-lists">计划与目录</a>
              </li>
              <li>
                <a href="/statistics">统计</a>
              </li>
              <li>
                <a href="/annual-reports">年度报告</a>
              </li>
              <li>
                <a href="/scorecards">考核评分</a>
              </li>
              <li>
                <a href="/subscriptions">订阅</a>
              </li>
              <li>
                <a href="/calendar.ics">公众日历</a>
              </li>
              <li>
                <a href="/api/openapi.json">开放接口</a>
              </li>
            </ul>
            {site.owner ? (
              <ul class="links owner">
                <li>主办：{site.owner.host}</li>
                <li>承办：{site.owner.operator}</li>
                <li>联系电话：{site.owner.phone}</li>
                <li>{site.owner.icp}</li>
                {site.owner.police ? <li>{site.owner.police}</li> : null}
                <li>网站标识码：{site.owner.siteCode}</li>
                <li>
                  <a href={site.owner.correction}>我要找错</a>
                </li>
              </ul>
            ) : null}
            <p class="small">典章{site.version ? ` ${site.version}` : ''}</p>
          </div>
        </footer>
        <p class="print-only print-note">
          网址：{view.origin}
          {here}　打印日期：{dateWords(today)}　打印件仅供参考，效力状态以当日查询为准。
        </p>
      </body>
    </html>
  )
}
