// Review suggestions: made from a document's page, with a receipt on the spot; the receipt shows stage, deadline and
// answer, and allows supplements; the handling over the whole year (anonymous).
import { suggestionDoorLabels } from '@dianzhang/contract'
import type { RegisterDetail } from '@dianzhang/register'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords, instantWords } from '../words.ts'
import { Facts, Faults, FieldError, type FieldFault, Further, TakenAway, tied } from './parts.tsx'
import { subscribeHref } from './subscriptions.tsx'

const suggestHref = (id: string): string => `${entryHref(id)}/suggest`

/** The fields filled in on the form, returned as they were when there is an error. */
export interface SuggestionForm {
  commandId: string
  provisions: string
  conflicts: Array<{ act: string; article: string; reason: string }>
  reason: string
  name: string
  contact: string
  keepPrivate: boolean
  door: string
}
/** How many conflicts can be stated at once: no scripts, so unused lines are just left empty. */
export const conflictRows = 3
export const emptySuggestion = (commandId: string): SuggestionForm => ({
  commandId,
  provisions: '',
  conflicts: Array.from({ length: conflictRows }, () => ({ act: '', article: '', reason: '' })),
  reason: '',
  name: '',
  contact: '',
  keepPrivate: false,
  door: 'government',
})
export type SuggestionProblem = FieldFault

function Claims({
  form,
  faults,
}: {
  form: Pick<SuggestionForm, 'provisions' | 'conflicts'>
  faults: readonly FieldFault[]
}) {
  return (
    <>
      <div class="field">
        <label for="suggestion-provisions">建议审查的条款</label>
        <p class="hint" id="provisions-hint">
          写到条、款、项，如“第六条第二款”；几处的，一行一处。
        </p>
        <FieldError form="suggestion" field="provisions" faults={faults} />
        <textarea
          id="suggestion-provisions"
          name="provisions"
          rows={2}
          {...tied('suggestion', faults, 'provisions', 'provisions-hint')}
        >
          {form.provisions}
        </textarea>
      </div>
      {form.conflicts.map((conflict, i) => (
        <fieldset
          id={i === 0 ? 'suggestion-conflicts' : undefined}
          {...(i === 0 ? tied('suggestion', faults, 'conflicts') : {})}
        >
          <legend>与上位法不一致之处{i === 0 ? '' : `（${i + 1}，没有的不填）`}</legend>
          {i === 0 ? <FieldError form="suggestion" field="conflicts" faults={faults} /> : null}
          <div class="field">
            <label for={`act-${i}`}>哪一部法律、法规、规章或者上级文件</label>
            <input id={`act-${i}`} name={`act-${i}`} maxlength={200} value={conflict.act} />
          </div>
          <div class="field">
            <label for={`article-${i}`}>哪一条</label>
            <input id={`article-${i}`} name={`article-${i}`} maxlength={100} value={conflict.article} />
          </div>
          <div class="field">
            <label for={`why-${i}`}>怎样不一致</label>
            <textarea id={`why-${i}`} name={`why-${i}`} rows={3}>
              {conflict.reason}
            </textarea>
          </div>
        </fieldset>
      ))}
    </>
  )
}
function Person({ form, faults }: { form: Pick<SuggestionForm, 'name' | 'contact'>; faults: readonly FieldFault[] }) {
  return (
    <fieldset>
      <legend>您是谁</legend>
      <p class="hint" id="person-hint">
        可以不填。<strong>不填姓名和联系方式的，作为线索审查，本机关没有答复的义务</strong>
        ；填写的只用于告知办理情况，不公开，不告知制定机关，答复以后按期限删除。
      </p>
      <div class="field">
        <label for="suggestion-name">姓名或者名称</label>
        <FieldError form="suggestion" field="name" faults={faults} />
        <input
          id="suggestion-name"
          name="name"
          maxlength={100}
          autocomplete="name"
          value={form.name}
          {...tied('suggestion', faults, 'name', 'person-hint')}
        />
      </div>
      <div class="field">
        <label for="suggestion-contact">联系方式</label>
        <FieldError form="suggestion" field="contact" faults={faults} />
        <input
          id="suggestion-contact"
          name="contact"
          maxlength={200}
          value={form.contact}
          {...tied('suggestion', faults, 'contact', 'person-hint')}
        />
      </div>
    </fieldset>
  )
}

/** The page for making a suggestion. */
export function suggestPage(
  entry: RegisterDetail,
  form: SuggestionForm,
  problems: readonly SuggestionProblem[] = [],
): Page {
  return {
    title: `${problems.length > 0 ? '未能提交：' : ''}对《${entry.title}》提出审查建议`,
    status: problems.length > 0 ? 422 : 200,
    private: true,
    crumbs: [
      { label: '文件库', href: '/register' },
      { label: entry.title, href: entryHref(entry.id) },
      { label: '提出审查建议' },
    ],
    body: (
      <>
        <h1>提出审查建议</h1>
        <p>
          您认为<a href={entryHref(entry.id)}>《{entry.title}》</a>
          {entry.documentNumber ? `（${entry.documentNumber}）` : ''}
          的规定与法律、法规、规章或者上级文件不一致的，可以建议审查。提交以后当场得到回执号，凭它查看办到哪一步、何时答复。
        </p>
        <Faults form="suggestion" faults={problems} />
        <form method="post" action={suggestHref(entry.id)} accept-charset="utf-8" class="comment">
          <input type="hidden" name="commandId" value={form.commandId} />
          <Claims form={form} faults={problems} />
          <div class="field">
            <label for="suggestion-reason">理由（必填）</label>
            <FieldError form="suggestion" field="reason" faults={problems} />
            <textarea
              id="suggestion-reason"
              name="reason"
              rows={6}
              required
              {...tied('suggestion', problems, 'reason')}
            >
              {form.reason}
            </textarea>
          </div>
          <Person form={form} faults={problems} />
          <div class="field">
            <label for="suggestion-door">向哪一方提出</label>
            <select id="suggestion-door" name="door">
              {Object.entries(suggestionDoorLabels).map(([value, label]) => (
                <option value={value} selected={form.door === value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label>
              <input type="checkbox" name="keepPrivate" value="yes" checked={form.keepPrivate} />{' '}
              不公开我的建议（公众只看到有一件建议，看不到内容）
            </label>
          </div>
          <button type="submit">提交建议</button>
        </form>
      </>
    ),
  }
}

/** What suggestionReceipt answers. */
export interface SuggestionReceiptView {
  receipt: string
  document: { id: string; title: string; documentNumber: string | null }
  receivedAt: string
  unit: string
  stage: string
  stageLabel: string
  anonymous: boolean
  conflicts: Array<{
    id: string
    act: string
    article: string | null
    conclusion: { label: string; ground: string } | null
  }>
  submitted: Array<{
    reason?: string
    provisions: string[]
    conflicts?: Array<{ act: string; article?: string; reason?: string }>
    at: string
    hash: string
  }>
  completion: { missing: string[]; until: string } | null
  completable: boolean
  outcome: { words: string; on: string; text: string | null } | null
  handedTo: { unit: string; by: 'matter' | 'letter'; receipt?: string; stageLabel?: string } | null
  answer: { text: string; at: string; hash: string; number: string | null } | null
  clocks: Array<{ label: string; dueOn: string; status: string; metOn: string | null; overdue: boolean }>
  contactForgottenOn: string | null
}
const clockWords = (c: SuggestionReceiptView['clocks'][number]): string =>
  c.metOn
    ? `${dateWords(c.metOn)}已办`
    : c.status === 'paused'
      ? '中止计算'
      : c.status === 'cancelled'
        ? '不再计算'
        : `${dateWords(c.dueOn)}以前${c.overdue ? '（已经超过）' : ''}`
const Lines = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((line) => (
      <p>{line}</p>
    ))}
  </>
)

/** Who deals with it now: the receiving organ's own receipt, or whom to ask where a letter went. */
const HandedTo = ({ to }: { to: NonNullable<SuggestionReceiptView['handedTo']> }) =>
  to.by === 'letter' ? (
    <p>已经以函移送{to.unit}，以后的办理请向该机关查询。</p>
  ) : to.receipt ? (
    <p>
      现在由{to.unit}办理（{to.stageLabel}），新的回执号：
      <a href={`/receipts/${encodeURIComponent(to.receipt)}`}>{to.receipt}</a>
    </p>
  ) : (
    <p>正在送达{to.unit}，送达以后本页列出新的回执号。</p>
  )

export function suggestionReceiptPage(
  receipt: SuggestionReceiptView,
  form: SuggestionForm,
  problems: readonly SuggestionProblem[] = [],
): Page {
  const here = `/receipts/${encodeURIComponent(receipt.receipt)}`
  return {
    title: `回执 ${receipt.receipt}`,
    status: problems.length > 0 ? 422 : 200,
    private: true,
    crumbs: [{ label: '查回执', href: '/receipts' }, { label: '审查建议' }],
    body: (
      <>
        <h1>审查建议回执</h1>
        <section class="answer" aria-label="回执号">
          <p class="lead">您的建议已经收到，现在：{receipt.stageLabel}</p>
          <p class="code">{receipt.receipt}</p>
          <p class="small">
            请记下或者打印回执号。以后在“查回执”中输入这个号码，可以看到办到哪一步、何时答复；也可以
            <a href={subscribeHref('receipt', receipt.receipt)}>有进展时寄邮件给我</a>。
          </p>
          {receipt.anonymous ? <p>没有留下姓名和联系方式，作为线索审查，没有答复的义务；结果仍可在本页看到。</p> : null}
        </section>
        {receipt.answer ? (
          <section aria-labelledby="answer-title">
            <h2 id="answer-title">答复{receipt.answer.number ? `（${receipt.answer.number}）` : ''}</h2>
            <blockquote class="said">
              <Lines text={receipt.answer.text} />
            </blockquote>
            <p class="small">
              {instantWords(receipt.answer.at)}（北京时间）答复　内容摘要{' '}
              <span class="hash">{receipt.answer.hash}</span>
              　可以直接打印本页。
            </p>
            <p>
              <a href={`/public/v1${here}/answer.docx`}>下载答复（Word）</a>{' '}
              <a href={`/public/v1${here}/answer.pdf`}>答复（PDF）</a>
            </p>
          </section>
        ) : null}
        {receipt.outcome ? (
          <section aria-labelledby="outcome-title">
            <h2 id="outcome-title">{receipt.stageLabel}</h2>
            <p>
              {dateWords(receipt.outcome.on)}：{receipt.outcome.words}
            </p>
            {receipt.outcome.text ? <Lines text={receipt.outcome.text} /> : null}
            {receipt.handedTo ? <HandedTo to={receipt.handedTo} /> : null}
          </section>
        ) : null}
        <Facts
          items={[
            ['建议审查的文件', <a href={entryHref(receipt.document.id)}>{receipt.document.title}</a>],
            ['收到时间', `${instantWords(receipt.receivedAt)}（北京时间）`],
            ['受理机关', receipt.unit],
            ...receipt.clocks.map((c): [string, string] => [c.label, clockWords(c)]),
            ['提出人信息', receipt.contactForgottenOn ? `${dateWords(receipt.contactForgottenOn)}已经删除` : null],
          ]}
        />
        {receipt.conflicts.length > 0 ? (
          <>
            <h2>所指的不一致之处</h2>
            <ol>
              {receipt.conflicts.map((x) => (
                <li>
                  《{x.act}》{x.article ?? ''}
                  {x.conclusion ? `：${x.conclusion.label}（${x.conclusion.ground}）` : '：还没有结论'}
                </li>
              ))}
            </ol>
          </>
        ) : null}
        <h2>您写的内容</h2>
        {receipt.submitted.map((each) => (
          <blockquote class="said">
            {each.provisions.length > 0 ? <p>{each.provisions.join('、')}</p> : null}
            {(each.conflicts ?? []).map((x) => (
              <p>
                《{x.act}》{x.article ?? ''}
                {x.reason ? `：${x.reason}` : ''}
              </p>
            ))}
            {each.reason ? <Lines text={each.reason} /> : null}
            <p class="small">
              {instantWords(each.at)}　内容摘要 <span class="hash">{each.hash}</span>
            </p>
          </blockquote>
        ))}
        {receipt.completable ? (
          <section aria-labelledby="complete" class="comment">
            <h2 id="complete">补正</h2>
            {receipt.completion ? (
              <p>
                请在{dateWords(receipt.completion.until)}以前补充：{receipt.completion.missing.join('、')}。
              </p>
            ) : null}
            <Faults form="suggestion" faults={problems} />
            <form method="post" action={`${here}/complete`} accept-charset="utf-8">
              <input type="hidden" name="commandId" value={form.commandId} />
              <Claims form={form} faults={problems} />
              <div class="field">
                <label for="suggestion-reason">补充的理由</label>
                <FieldError form="suggestion" field="reason" faults={problems} />
                <textarea id="suggestion-reason" name="reason" rows={4} {...tied('suggestion', problems, 'reason')}>
                  {form.reason}
                </textarea>
              </div>
              <Person form={form} faults={problems} />
              <button type="submit">提交补正</button>
            </form>
          </section>
        ) : null}
      </>
    ),
  }
}

/** What publicSuggestions answers. */
export interface SuggestionsView {
  year: number
  total: number
  overdue: number
  answered: number
  stages: Array<{ stage: string; label: string; count: number }>
  items: Array<{
    receivedOn: string
    stageLabel: string
    overdue: boolean
    answeredOn: string | null
    document: { id: string; title: string } | null
    provisions: string[]
    conclusions: Array<{ label: string }>
  }>
  nextCursor: string | null
}
export function suggestionsPage(found: SuggestionsView): Page {
  return {
    title: `${found.year}年审查建议办理情况`,
    crumbs: [{ label: '审查建议' }],
    body: (
      <>
        <h1>{found.year}年审查建议办理情况</h1>
        <p>
          收到{found.total}件，已答复{found.answered}件，逾期{found.overdue}件。
          <a href={`/suggestions?year=${found.year - 1}`}>看{found.year - 1}年</a>
        </p>
        <table>
          <caption>各阶段件数</caption>
          <thead>
            <tr>
              <th scope="col">阶段</th>
              <th scope="col">件数</th>
            </tr>
          </thead>
          <tbody>
            {found.stages.map(({ label, count }) => (
              <tr>
                <th scope="row">{label}</th>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h2>逐件（不含提出人）</h2>
        {found.items.length === 0 ? <p>这一年没有收到审查建议。</p> : null}
        <ul>
          {found.items.map((x) => (
            <li>
              {dateWords(x.receivedOn)}收到：
              {x.document ? <a href={entryHref(x.document.id)}>《{x.document.title}》</a> : '（提出人要求不公开）'}
              {x.provisions.join('、')}　{x.stageLabel}
              {x.overdue ? '（逾期）' : ''}
              {x.conclusions.length > 0 ? `　${x.conclusions.map(({ label }) => label).join('、')}` : ''}
            </li>
          ))}
        </ul>
        <Further href={found.nextCursor && `/suggestions?year=${found.year}&cursor=${found.nextCursor}`} />
        {found.items.length > 0 ? (
          <TakenAway path="/public/v1/suggestions" query={{ year: String(found.year) }} />
        ) : null}
        <p>对一件文件提出审查建议，请在“文件库”中打开该文件，选“提出审查建议”。</p>
      </>
    ),
  }
}
