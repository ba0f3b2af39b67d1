// Error pages: what happened and what can be done.
import type { Page } from '../page.ts'

export function notFoundPage(
  what: 'page' | 'entry' | 'consultation' | 'attachment' | 'format' | 'invitation' | 'hearing' = 'page',
): Page {
  const titles = {
    page: '没有这个页面',
    entry: '登记库里没有这件文件',
    consultation: '没有这次征求意见',
    attachment: '没有这个附件',
    format: '没有这种格式',
    invitation: '没有这份邀请',
    hearing: '没有这次听证会',
  }
  const reasons = {
    page: ['地址有误，或者页面已经改名。'],
    entry: ['地址有误；', '文件还没有公布；', '文件属于依申请公开或者不予公开，不在主动公开的登记库中。'],
    consultation: ['地址有误；', '草案还没有公开征求意见。征求意见一经公开，结束后本页仍然保留。'],
    format: ['地址有误；', '文件页的“下载”列出了全部格式。'],
    invitation: ['链接没有复制完整；', '链接已经换过，请向发出邀请的单位再要一份。'],
    hearing: ['地址有误；', '听证会还没有公告。'],
    attachment: ['地址有误；', '附件不属于这件文件，或者文件不在主动公开的登记库中。'],
  }
  return {
    title: titles[what],
    status: 404,
    crumbs: [{ label: titles[what] }],
    body: (
      <>
        <h1>{titles[what]}</h1>
        <p>可能的原因：</p>
        <ul>
          {reasons[what].map((reason) => (
            <li>{reason}</li>
          ))}
        </ul>
        <p>可以从这里继续：</p>
        <ul>
          <li>
            <a href="/register">在文件库里检索</a>
          </li>
          <li>
            <a href="/consultations">看正在征求意见的草案</a>
          </li>
          <li>
            <a href="/receipts">用回执号查意见</a>
          </li>
        </ul>
        {what === 'entry' ? <p>需要依申请公开的文件，请向制定机关提出政府信息公开申请。</p> : null}
      </>
    ),
  }
}

export function failurePage(status: 422 | 429 | 500 | 503, detail: string, requestId: string | undefined): Page {
  const title =
    status === 422
      ? '地址中的内容有误'
      : status === 429
        ? '操作过于频繁'
        : status === 503
          ? '服务暂时不可用'
          : '系统出错了'
  return {
    title,
    status,
    private: true,
    crumbs: [{ label: title }],
    body: (
      <>
        <h1>{title}</h1>
        <p>{detail}</p>
        {requestId ? <p class="small">请求编号：{requestId}</p> : null}
        <p>
          <a href="/">回到首页</a>
        </p>
      </>
    ),
  }
}
