// Home: look up documents, comment, see newly published documents.
import { listConsultations, searchRegister } from '@dianzhang/register'
import type { Page, View } from '../page.ts'
import { ConsultationItem } from './consultations.tsx'
import { Empty, EntryItem } from './parts.tsx'

export async function homePage({ site, now, today }: View): Promise<Page> {
  const { office } = site
  const [open, newest] = await Promise.all([
    listConsultations(office.readDb, { open: true, limit: 5, now }),
    searchRegister(office.readDb, { limit: 6, now }),
  ])
  return {
    title: '首页',
    body: (
      <>
        <h1>查文件，看效力，提意见</h1>
        <search aria-label="检索规范性文件">
          <form class="big-find" action="/register" method="get">
            <label for="home-q">输入标题、文号、机关或正文中的文字，一个字也可以</label>
            <div class="row">
              <input id="home-q" name="q" type="search" maxlength={200} />
              <button type="submit">检索</button>
            </div>
            <p class="small">
              登记库现有主动公开的文件 {newest.count} 件。也可以<a href="/register">浏览全部文件</a>，或者
              <a href="/register?status=in_force">只看现行有效的</a>。
            </p>
          </form>
        </search>
        <section aria-labelledby="home-open">
          <h2 id="home-open">正在征求意见</h2>
          {open.results.length > 0 ? (
            <ul class="list">
              {open.results.map((item) => (
                <ConsultationItem item={item} today={today} />
              ))}
            </ul>
          ) : (
            <Empty>
              <p>
                目前没有正在征求意见的文件。可以<a href="/consultations?state=closed">查看以往的征求意见和采纳情况</a>
                ，或者
                <a href="/feeds/consultations.atom">订阅</a>，有新的征求意见时即可收到。
              </p>
            </Empty>
          )}
          <p>
            <a href="/consultations">全部征求意见</a>　<a href="/hearings">听证会</a>
          </p>
        </section>
        <section aria-labelledby="home-new">
          <h2 id="home-new">最近公布</h2>
          {newest.results.length > 0 ? (
            <ul class="list">
              {newest.results.map((entry) => (
                <EntryItem entry={entry} />
              ))}
            </ul>
          ) : (
            <Empty>
              <p>登记库里还没有文件。文件公布之后会立即出现在这里。</p>
            </Empty>
          )}
        </section>
        <section aria-labelledby="home-do" class="tasks">
          <h2 id="home-do">办事</h2>
          <ul>
            <li>
              <a href="/cleanup">看清理目录：哪些继续有效，哪些已经废止、失效</a>
            </li>
            <li>
              <a href="/receipts">用回执号查意见的处理</a>
            </li>
            <li>
              <a href="/calendar">算一算期限哪一天届满</a>
            </li>
            <li>
              <a href="/about">效力状态和期限是怎样算出来的</a>
            </li>
          </ul>
        </section>
      </>
    ),
  }
}
