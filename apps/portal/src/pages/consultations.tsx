// Public consultation: the list, one consultation, the feedback on opinions.
import type { ConsultationDetail, ConsultationFeedback, ConsultationSummary } from '@dianzhang/register'
import { countsSaid } from '@dianzhang/register'
import { commentFilesSaid, type FeedbackTerm, type OpenedInvitation } from '@dianzhang/workflow'
import { consultationHref } from '../addresses.ts'
import type { Page, View } from '../page.ts'
import { type Commentable, commentable, quoteOf, type Reading } from '../reading.ts'
import { closingWords, dateWords, minuteWords, remainingWords, termWords } from '../words.ts'
import { Contents, LegalText } from './legal-text.tsx'
import { Empty, Facts, Faults, FieldError, Further, TakenAway, tied } from './parts.tsx'

const roundWords = (round: number): string => (round > 1 ? `（第${round}轮）` : '')

export function ConsultationItem({
  item,
  today,
  term = null,
  heading: Heading = 'h3',
}: {
  item: ConsultationSummary
  today: string
  /** By when its feedback is due, where it is closed and has none. */
  term?: FeedbackTerm | null
  heading?: 'h2' | 'h3'
}) {
  return (
    <li class="item">
      <Heading>
        <a href={consultationHref(item.id)}>
          {item.title}
          {roundWords(item.round)}
        </a>
      </Heading>
      <p class="facts">
        <span class={`badge ${item.open ? 'good' : 'over'}`}>
          {item.open ? `正在征求意见，${remainingWords(today, item.closesOn)}` : item.statusLabel}
        </span>
        <span>{item.draftingUnit}起草</span>
      </p>
      <p class={item.open ? 'closing' : 'facts'}>{closingWords(item.closesOn)}</p>
      {term ? <TermWords term={term} today={today} /> : null}
      {item.feedbackPublished ? (
        <p>
          <a href={`${consultationHref(item.id)}/feedback`}>查看意见采纳情况</a>
        </p>
      ) : null}
    </li>
  )
}

export function consultationsPage(
  view: View,
  state: 'open' | 'closed',
  found: { results: ConsultationSummary[]; nextCursor: string | null },
  terms: ReadonlyMap<string, FeedbackTerm> = new Map(),
): Page {
  const title = state === 'open' ? '正在征求意见' : '已经结束的征求意见'
  return {
    title,
    crumbs: [{ label: '征求意见' }],
    feed: { href: '/feeds/consultations.atom', title: '公开征求意见' },
    body: (
      <>
        <h1>{title}</h1>
        <nav class="tabs" aria-label="按进度查看">
          <ul>
            <li>
              <a href="/consultations" aria-current={state === 'open' ? 'page' : undefined}>
                正在征求
              </a>
            </li>
            <li>
              <a href="/consultations?state=closed" aria-current={state === 'closed' ? 'page' : undefined}>
                已经结束
              </a>
            </li>
            <li>
              <a href="/hearings">听证会</a>
            </li>
          </ul>
        </nav>
        {found.results.length > 0 ? (
          <ul class="list">
            {found.results.map((item) => (
              <ConsultationItem item={item} today={view.today} term={terms.get(item.id) ?? null} heading="h2" />
            ))}
          </ul>
        ) : (
          <Empty>
            {state === 'open' ? (
              <p>
                目前没有正在征求意见的文件。可以<a href="/consultations?state=closed">查看已经结束的</a>，或者
                <a href="/feeds/consultations.atom">订阅新的征求意见</a>。
              </p>
            ) : (
              <p>
                还没有结束的征求意见。<a href="/consultations">查看正在征求的</a>。
              </p>
            )}
          </Empty>
        )}
        <Further
          href={
            found.nextCursor &&
            `/consultations?${new URLSearchParams({ ...(state === 'closed' ? { state } : {}), cursor: found.nextCursor })}`
          }
        />
        {found.results.length > 0 ? (
          <TakenAway path="/public/v1/consultations" query={{ open: state === 'open' ? 'true' : 'false' }} />
        ) : null}
      </>
    ),
  }
}

/** The content of the comment form; returned as it was when there is an error. */
export interface CommentForm {
  commandId: string
  anchor: string
  text: string
  name: string
  contact: string
  /** Tells when the form was drawn. */
  token: string
}
export interface CommentOutcome {
  problems?: FieldProblem[]
  refusal?: string
}
export interface FieldProblem {
  field: 'text' | 'name' | 'contact' | 'anchor' | 'files'
  message: string
}

export function consultationPage(
  view: View,
  item: ConsultationDetail,
  reading: Reading,
  /** Explanatory note. */
  note: Reading,
  form: CommentForm,
  outcome: CommentOutcome = {},
  term: FeedbackTerm | null = null,
): Page {
  const parts = commentable(reading.structure)
  const here = consultationHref(item.id)
  const failed = (outcome.problems?.length ?? 0) > 0 || outcome.refusal !== undefined
  const comment =
    item.open || form.text ? (
      <CommentSection
        action={`${here}/comments`}
        open={item.open}
        parts={parts}
        form={form}
        problems={outcome.problems ?? []}
      />
    ) : null
  return {
    title: `${failed ? '未能提交：' : ''}${item.title}（征求意见稿）`,
    status: outcome.refusal !== undefined ? 409 : outcome.problems?.length ? 422 : 200,
    private: failed,
    personal: item.open,
    crumbs: [{ label: '征求意见', href: '/consultations' }, { label: item.title }],
    feed: { href: '/feeds/consultations.atom', title: '公开征求意见' },
    body: (
      <>
        {outcome.refusal !== undefined ? (
          <div class="alert" role="alert" tabindex={-1}>
            <h2>意见没有提交成功</h2>
            <p>{outcome.refusal}</p>
            {form.text ? <p>您写的内容保留在下方，可以复制保存。</p> : null}
          </div>
        ) : null}
        <h1>
          {item.title}（征求意见稿）{roundWords(item.round)}
        </h1>
        {/* Without scripts nobody can be taken to the error: when there are errors, the form comes first. */}
        {failed ? comment : null}
        <section class="answer" aria-label="期限与进度">
          <p class="lead">
            <span class={`badge ${item.open ? 'good' : 'over'}`}>{item.open ? '正在征求意见' : item.statusLabel}</span>{' '}
            {item.open ? <strong>{remainingWords(view.today, item.closesOn)}</strong> : null}
          </p>
          <p class="closing">{closingWords(item.closesOn)}</p>
          {item.open ? (
            <p>
              <a class="button" href="#comment">
                我要提意见
              </a>
            </p>
          ) : (
            <ClosedWords item={item} term={term} today={view.today} />
          )}
        </section>
        <Facts
          items={[
            ['起草单位', item.draftingUnit],
            ['制定机关', item.issuers.join('、')],
            ['开始时间', `${minuteWords(item.openedAt)}（北京时间）`],
            ['公开渠道', item.channels.join('、')],
            ['征求对象', item.groups.join('、')],
            ['联系方式', item.contact],
            ['收到意见', <Received item={item} />],
            ['期限依据', minimumWords(item.minimum)],
            ['缩短期限的理由', item.shortened?.reason ?? null],
            [
              '期限延长',
              item.extensions.length > 0
                ? item.extensions
                    .map((x) => `由${dateWords(x.from)}延长至${dateWords(x.to)}${x.reason ? `（${x.reason}）` : ''}`)
                    .join('；')
                : null,
            ],
          ]}
        />
        <div class="reading">
          <Contents structure={reading.structure} />
          <section aria-labelledby="draft-title">
            <h2 id="draft-title">征求意见稿</h2>
            {item.body ? (
              <LegalText
                reading={reading}
                {...(item.open
                  ? {
                      ask: (address: string) => `${here}?anchor=${encodeURIComponent(address)}#comment`,
                      askable: new Set(parts.map((part) => part.address)),
                    }
                  : {})}
              />
            ) : (
              <p>没有文本。</p>
            )}
          </section>
        </div>
        <section aria-labelledby="note-title">
          <h2 id="note-title">起草说明</h2>
          {item.explanatoryNote.trim() === '' ? <p>没有起草说明。</p> : <LegalText reading={note} plain />}
        </section>
        <details class="proof">
          <summary>怎样确认本页的文本没有被改过</summary>
          <p>征求意见开始时，文本连同附件即被固定，内容摘要为：</p>
          <p class="hash">{item.textHash}</p>
          <p>审核、签署、公布所依的文本各有摘要，任何一个字的改动都会使摘要不同。</p>
        </details>
        {failed ? null : comment}
      </>
    ),
  }
}

/** Both counts, with what they mean; the ways they came, which add up. */
function Received({ item }: { item: ConsultationDetail }) {
  return (
    <>
      {countsSaid({ total: item.comments, distinct: item.distinct })}
      {item.late > 0 ? `，其中截止以后收到 ${item.late} 条` : ''}
      {item.cameBy.length > 1 ? `；${item.cameBy.map(({ label, count }) => `${label} ${count} 条`).join('、')}` : ''}
      {item.held > 0 ? `；另有 ${item.held} 条疑似垃圾信息待核对，没有计入` : ''}
    </>
  )
}

/** Until when the feedback is due; overdue is said as plainly as a countdown. */
function TermWords({ term, today }: { term: FeedbackTerm; today: string }) {
  return (
    <p class={term.overdue ? 'closing overdue' : 'closing'}>
      {termWords(term, today)}
      <span class="small">
        （{term.said}
        {term.provisional ? '，暂计' : ''}）
      </span>
    </p>
  )
}

function ClosedWords({ item, term, today }: { item: ConsultationDetail; term: FeedbackTerm | null; today: string }) {
  return (
    <>
      <p>
        本次征求意见已经结束{item.closedAt ? `（${minuteWords(item.closedAt)} 停止接收，北京时间）` : ''}
        ，不再接收意见。
        {item.feedbackAt ? null : '起草单位处理完全部意见之后，采纳情况会公布在本页。'}
      </p>
      {term ? <TermWords term={term} today={today} /> : null}
      {item.feedbackAt ? (
        <p>
          <a class="button" href={`${consultationHref(item.id)}/feedback`}>
            查看意见采纳情况
          </a>
        </p>
      ) : null}
      <ResultLinks item={item} />
      <p class="small">
        已经提过意见的，可以<a href="/receipts">凭回执号查询处理情况</a>。
      </p>
    </>
  )
}

function ResultLinks({ item }: { item: ConsultationDetail }) {
  return (
    <p>
      <a href={`${consultationHref(item.id)}/clauses`}>逐条看：原文、意见、改了什么</a>
      {item.commentsPublished ? (
        <>
          {'　'}
          <a href={`${consultationHref(item.id)}/opinions`}>看各件意见的原文</a>
        </>
      ) : null}
    </p>
  )
}

function minimumWords(minimum: Record<string, unknown>): string | null {
  const { decisive, basis, provisional } = minimum
  if (typeof decisive !== 'string') return null
  const sources = (Array.isArray(basis) ? basis : [basis]).flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'document' in item
      ? [`${String(item.document)}${'article' in item ? String(item.article) : ''}`]
      : [],
  )
  const source = sources.length > 0 ? `：${sources.join('；')}` : ''
  return `${decisive}${source}${provisional === true ? '；跨入放假安排尚未公布的年份，为暂计' : ''}`
}

function CommentSection({
  action,
  open,
  parts,
  form,
  problems,
  named = false,
}: {
  /** Where it is sent. */
  action: string
  open: boolean
  parts: readonly Commentable[]
  form: CommentForm
  problems: readonly FieldProblem[]
  /** Who answers is known from the invitation. */
  named?: boolean
}) {
  const to = (field: FieldProblem['field'], hint?: string) => tied('comment', problems, field, hint)
  const wrong = (field: FieldProblem['field']) => <FieldError form="comment" field={field} faults={problems} />
  // What one came to speak about stands above the form in full; the choice below it has room for its first words only.
  const about = parts.find(({ address }) => address === form.anchor)
  return (
    <section aria-labelledby="comment" class="comment">
      <h2 id="comment" tabindex={-1}>
        提意见
      </h2>
      <Faults form="comment" faults={problems} />
      <form method="post" action={action} accept-charset="utf-8" enctype="multipart/form-data">
        <input type="hidden" name="commandId" value={form.commandId} />
        <input type="hidden" name="token" value={form.token} />
        {/* People neither see nor reach this; who fills it in is a program. */}
        <div class="trap" aria-hidden="true">
          <label for="comment-website">请不要填写这一栏</label>
          <input id="comment-website" name="website" tabindex={-1} autocomplete="off" />
        </div>
        {about ? (
          <blockquote class="about" data-testid="about">
            <b>{about.address}</b>　{quoteOf(about.element)}
          </blockquote>
        ) : null}
        <div class="field">
          <label for="comment-anchor">对哪一部分</label>
          <select id="comment-anchor" name="anchor" {...to('anchor')}>
            <option value="">全文</option>
            {parts.map(({ address, words }) => (
              <option value={address} selected={address === form.anchor}>
                {address}　{words.slice(0, 14)}
                {words.length > 14 ? '…' : ''}
              </option>
            ))}
          </select>
          {wrong('anchor')}
        </div>
        <div class="field">
          <label for="comment-text">意见内容（必填）</label>
          <p class="hint" id="text-hint">
            最多 20000 字。请不要在意见内容里写身份证号、电话等个人信息。
          </p>
          {wrong('text')}
          <textarea id="comment-text" name="text" rows={8} required {...to('text', 'text-hint')}>
            {form.text}
          </textarea>
        </div>
        <div class="field">
          <label for="comment-files">附件（选填）</label>
          <p class="hint" id="files-hint">
            {commentFilesSaid}。附件只供起草单位查看，不公开。
          </p>
          {wrong('files')}
          <input
            id="comment-files"
            name="files"
            type="file"
            multiple
            accept=".pdf,.docx,.ofd,.jpg,.jpeg,.png"
            {...to('files', 'files-hint')}
          />
        </div>
        {named ? null : (
          <fieldset>
            <legend>联系您（选填）</legend>
            <p class="hint" id="who-hint">
              只供起草单位回复时使用，不会公开，也不写入意见摘要。
            </p>
            <div class="field">
              <label for="comment-name">姓名或单位名称</label>
              {wrong('name')}
              <input id="comment-name" name="name" value={form.name} autocomplete="name" {...to('name', 'who-hint')} />
            </div>
            <div class="field">
              <label for="comment-contact">电话、邮箱或地址</label>
              {wrong('contact')}
              <input id="comment-contact" name="contact" value={form.contact} {...to('contact', 'who-hint')} />
            </div>
          </fieldset>
        )}
        {open ? (
          <p>
            <button type="submit">提交意见</button>
          </p>
        ) : (
          <p>本次征求意见已经结束，不能再提交。</p>
        )}
        <p class="small">
          提交后会给您一个回执号，凭它可以随时证明这条意见的内容和时间，并查询处理情况。意见提交后不能修改。
        </p>
      </form>
    </section>
  )
}

/** The page of who was asked by name: the draft, and one answer. */
export function invitationPage(
  code: string,
  invitation: OpenedInvitation,
  item: ConsultationDetail,
  parts: readonly Commentable[],
  form: CommentForm,
  outcome: CommentOutcome = {},
): Page {
  const whom = invitation.name ?? '受邀的单位或者个人'
  const title = `请${whom}提意见：${item.title}`
  const may = item.open && !invitation.answered
  return {
    title,
    private: true,
    status: outcome.refusal !== undefined ? 409 : outcome.problems?.length ? 422 : 200,
    crumbs: [
      { label: '征求意见', href: '/consultations' },
      { label: item.title, href: consultationHref(item.id) },
    ],
    body: (
      <>
        {outcome.refusal !== undefined ? (
          <div class="alert" role="alert">
            <h2>意见没有提交成功</h2>
            <p>{outcome.refusal}</p>
          </div>
        ) : null}
        <h1>{title}</h1>
        <p class="lead">
          {item.draftingUnit}就《{item.title}》专门征求{whom}的意见。
        </p>
        <p class="closing">{closingWords(item.closesOn)}</p>
        <p>
          <a href={consultationHref(item.id)}>先看征求意见稿和起草说明</a>
        </p>
        {invitation.answered ? (
          <section class="answer">
            <p class="lead">这份邀请已经答复。</p>
            <p>
              答复的内容只凭回执号查看：<a href="/receipts">查回执</a>。还有意见的，可以
              <a href={`${consultationHref(item.id)}#comment`}>在征求意见的页面另提</a>。
            </p>
          </section>
        ) : item.open ? (
          <p>这个链接只能答复一次，可以反复打开。没有意见的，也请写明“没有意见”。</p>
        ) : (
          <p>征求意见已经结束，不能再答复；没有答复已记录在案。</p>
        )}
        {may || form.text ? (
          <CommentSection
            action={`/invitations/${encodeURIComponent(code)}`}
            open={may}
            parts={parts}
            form={form}
            problems={outcome.problems ?? []}
            named
          />
        ) : null}
      </>
    ),
  }
}

export function feedbackPage(
  item: ConsultationDetail,
  feedback: ConsultationFeedback | null,
  term: FeedbackTerm | null,
  today: string,
): Page {
  const crumbs = [
    { label: '征求意见', href: '/consultations' },
    { label: item.title, href: consultationHref(item.id) },
    { label: '采纳情况' },
  ]
  if (!feedback) {
    return {
      title: `${item.title}意见采纳情况`,
      crumbs,
      body: (
        <>
          <h1>采纳情况还没有公布</h1>
          <p>
            {item.open
              ? `《${item.title}》正在征求意见，${closingWords(item.closesOn)}。截止以后，起草单位处理完全部意见才公布采纳情况。`
              : `《${item.title}》的征求意见已经结束，起草单位正在处理收到的意见（${countsSaid({ total: item.comments, distinct: item.distinct })}），处理完毕后在本页公布。`}
          </p>
          {term ? <TermWords term={term} today={today} /> : null}
          <p>
            <a href={consultationHref(item.id)}>回到征求意见稿</a>
          </p>
        </>
      ),
    }
  }
  const summary = feedback.statement?.summary
  return {
    title: `${item.title}意见采纳情况`,
    crumbs,
    body: (
      <>
        <h1>《{item.title}》意见采纳情况</h1>
        <Facts
          items={[
            ['公布时间', `${minuteWords(feedback.publishedAt)}（北京时间）`],
            ['起草单位', item.draftingUnit],
            ['收到意见', <Received item={item} />],
            ...feedback.counts.map((count) => [count.label, `${count.count} 件`] as const),
          ]}
        />
        {typeof summary === 'string' ? (
          <div class="text">
            {summary.split('\n').map((line) => (
              <p>{line}</p>
            ))}
          </div>
        ) : null}
        <p class="small">
          “不同内容”：文字相同的、由经办人确认内容相同而归为一组的，算作一种。件数多少不决定是否采纳。
        </p>
        <ResultLinks item={item} />
        <h2>逐件处理</h2>
        {feedback.items.length > 0 ? (
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">序号</th>
                <th scope="col">针对</th>
                <th scope="col">处理</th>
                <th scope="col">理由</th>
              </tr>
            </thead>
            <tbody>
              {feedback.items.map((row, index) => (
                <tr>
                  <td data-label="序号">{index + 1}</td>
                  <td data-label="针对">{row.element ?? '全文'}</td>
                  <td data-label="处理">
                    <span
                      class={`badge ${row.disposition === 'adopted' ? 'good' : row.disposition === 'partly_adopted' ? 'soon' : 'plain'}`}
                    >
                      {row.label}
                    </span>
                  </td>
                  <td data-label="理由">{row.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Empty>
            <p>征求意见期间没有收到意见。</p>
          </Empty>
        )}
        {feedback.items.length > 0 ? <TakenAway path={`/public/v1${consultationHref(item.id)}/feedback`} /> : null}
        <p class="small">
          {item.commentsPublished ? '意见原文遮去个人信息以后已经公开；' : '意见原文可能含有个人信息，不在此公开；'}
          提意见的人可以<a href="/receipts">凭回执号查看自己的意见和处理结果</a>。
        </p>
        <p>
          <a href={consultationHref(item.id)}>回到征求意见稿</a>
        </p>
      </>
    ),
  }
}
