// Receipt: proves the content and time of a comment, and shows how it was dealt with.
import { sha256Hex } from '@dianzhang/ledger'
import { consultationHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { beijingIso, dateWords, instantWords } from '../words.ts'
import { Facts } from './parts.tsx'
import { subscribeHref } from './subscriptions.tsx'

/** What commentReceipt answers. */
export interface Receipt {
  receipt: string
  consultation: string
  title: string
  text: string
  anchor: { element: string; quote?: string } | null
  hash: string
  at: string
  disposition: { label: string; reason: string } | null
  feedbackPublished: boolean
  /** The two lines of which the digest is made. */
  proven: string
  channel: string
  channelLabel: string
  receivedOn: string | null
  late: boolean
  attachments: Array<{ name: string; sha256: string; size: number }>
  hold: 'held' | 'spam' | null
}

export function receiptsPage(missing?: string): Page {
  const problem = missing === undefined ? null : missing === '' ? '请填写回执号' : `没有找到回执号“${missing}”`
  return {
    title: problem ? `${problem} - 查回执` : '查回执',
    status: missing ? 404 : missing === '' ? 422 : 200,
    private: missing !== undefined,
    crumbs: [{ label: '查回执' }],
    body: (
      <>
        <h1>用回执号查意见</h1>
        {problem ? (
          <div class="alert" role="alert">
            <p id="code-problem">
              <a href="#code">{problem}</a>
            </p>
            <p>
              请核对回执号。回执号以 YJ（意见）、JY（审查建议）或者 TZ（听证报名）开头，如
              YJ20260302-0A1B2C3D4E5F60718293，字母不分大小写，中间的短横不能省略。
            </p>
          </div>
        ) : null}
        <form action="/receipts" method="get" class="lookup">
          <label for="code">回执号</label>
          <p class="hint" id="code-hint">
            提交意见、审查建议或者报名听证之后页面上显示的号码，以 YJ、JY 或者 TZ 开头。
          </p>
          <div class="row">
            <input
              id="code"
              name="code"
              required
              maxlength={60}
              autocomplete="off"
              spellcheck={false}
              value={missing ?? ''}
              aria-invalid={problem ? 'true' : undefined}
              aria-describedby={problem ? 'code-problem code-hint' : 'code-hint'}
            />
            <button type="submit">查询</button>
          </div>
        </form>
        <h2>回执有什么用</h2>
        <ul>
          <li>证明某个时间提出了某条意见：内容和摘要从提交起不能更改。</li>
          <li>采纳情况公布后，查到这条意见采纳没有、理由是什么。</li>
          <li>回执号只有提意见的人知道，不能由他人推算；丢失后无法找回，请妥善保存。</li>
        </ul>
      </>
    ),
  }
}

export function receiptPage(receipt: Receipt): Page {
  const [form = '', proven = ''] = receipt.proven.split('\n')
  const matches = sha256Hex(receipt.proven) === receipt.hash
  return {
    title: `回执 ${receipt.receipt}`,
    private: true,
    crumbs: [{ label: '查回执', href: '/receipts' }, { label: '回执' }],
    body: (
      <>
        <h1>意见回执</h1>
        <section class="answer" aria-label="回执号">
          <p class="lead">您的意见已经收到。请记下或者打印回执号：</p>
          <p class="code">{receipt.receipt}</p>
          <p class="small">
            以后在“查回执”中输入这个号码，可以再次看到本页；也可以
            <a href={subscribeHref('receipt', receipt.receipt)}>有进展时寄邮件给我</a>。
          </p>
        </section>
        <Facts
          items={[
            ['征求意见', <a href={consultationHref(receipt.consultation)}>{receipt.title}</a>],
            ['提交时间', `${instantWords(receipt.at)}（北京时间）`],
            ['针对', receipt.anchor?.element ?? '全文'],
            ['渠道', receipt.channel === 'online' ? null : receipt.channelLabel],
            ['收到日期', receipt.channel === 'online' ? null : receipt.receivedOn && dateWords(receipt.receivedOn)],
            ['说明', receipt.late ? '在截止以后收到，照样登记并处理' : null],
            [
              '附件',
              receipt.attachments.length > 0 ? (
                <ul>
                  {receipt.attachments.map(({ name, size, sha256 }) => (
                    <li>
                      {name}（{Math.max(1, Math.round(size / 1024))} KB）
                      <span class="hash">{sha256}</span>
                    </li>
                  ))}
                </ul>
              ) : null,
            ],
            ['内容摘要', <span class="hash">{receipt.hash}</span>],
          ]}
        />
        <h2>意见内容</h2>
        <blockquote class="said">
          {receipt.text.split('\n').map((line) => (
            <p>{line}</p>
          ))}
        </blockquote>
        <h2>处理情况</h2>
        {receipt.hold === 'held' ? (
          <p class="note">这条意见被自动认作疑似垃圾信息，正等着起草单位的人核对；核对以后即计入，不会丢失。</p>
        ) : receipt.hold === 'spam' ? (
          <p class="note">起草单位核对后，认为这条意见与征求意见无关，没有计入。</p>
        ) : null}
        {receipt.disposition ? (
          <Facts
            items={[
              ['处理', receipt.disposition.label],
              ['理由', receipt.disposition.reason],
            ]}
          />
        ) : (
          <p>
            {receipt.feedbackPublished
              ? '采纳情况已经公布，其中没有这条意见的处理记录。如有疑问，请与起草单位联系。'
              : '采纳情况尚未公布。公布以后，这里会显示是否采纳和理由。'}
          </p>
        )}
        {receipt.feedbackPublished ? (
          <p>
            <a href={`${consultationHref(receipt.consultation)}/feedback`}>查看本次征求意见的全部采纳情况</a>
          </p>
        ) : null}
        <details class="proof" open={!matches}>
          <summary>怎样验证这份回执</summary>
          <p>
            {matches
              ? '刚才已按登记的内容重新计算，与上面的内容摘要一致。'
              : '警告：按登记的内容重新计算，结果与上面的内容摘要不一致。请保存本页并与本站联系。'}
          </p>
          <p>
            您也可以自己计算：摘要是 SHA-256，所算的文本共两行，以换行符（LF）分隔，末尾没有换行。第一行是
            <code>{form}</code>，第二行是：
          </p>
          <pre tabindex={0}>{proven}</pre>
          <p>
            提交时刻（{beijingIso(receipt.at)}
            ）与摘要同时写入本系统的台账；台账逐条相连、每日封存，之后改动任何一条都会被核验发现。
          </p>
        </details>
      </>
    ),
  }
}
