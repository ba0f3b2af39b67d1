// Hearings: the notice, registering, who was drawn and how anybody recomputes it, the report.
import type { HearingReceipt, PublicHearing } from '@dianzhang/workflow'
import type { Page } from '../page.ts'
import { dateWords, instantWords } from '../words.ts'
import { Empty, Facts, Faults, FieldError, type FieldFault, tied } from './parts.tsx'

const hearingHref = (id: string): string => `/hearings/${encodeURIComponent(id)}`
const when = (h: PublicHearing): string => `${dateWords(h.heldOn)} ${h.time}（北京时间）`

/** The same for everybody, so that nobody learns from it who else has registered. */
const onePerContact =
  '同一联系方式报名几次的，每件都收下、各有回执，遴选时只算最先的一件；最先的撤回了，后一件接上。要改所填的，请先撤回再报名。'

export interface RegistrationForm {
  commandId: string
  category: string
  name: string
  contact: string
  statement: string
}

export function hearingsPage(list: readonly PublicHearing[]): Page {
  return {
    title: '听证会',
    crumbs: [{ label: '听证会' }],
    body: (
      <>
        <h1>听证会</h1>
        {list.length === 0 ? (
          <Empty>
            <p>还没有公告过听证会。</p>
          </Empty>
        ) : (
          <ul class="list">
            {list.map((h) => (
              <li class="item">
                <h2>
                  <a href={hearingHref(h.id)}>{h.title}</a>
                </h2>
                <p class="facts">
                  <span class={`badge ${h.open ? 'good' : 'plain'}`}>
                    {h.open ? `正在报名，至${dateWords(h.registersUntil)}` : h.stageLabel}
                  </span>
                  <span>{h.unit}</span>
                </p>
                <p>
                  {when(h)}，{h.place}
                </p>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  }
}

export function hearingPage(
  h: PublicHearing,
  form: RegistrationForm,
  faults: readonly FieldFault[] = [],
  refusal?: string,
): Page {
  return {
    title: `听证会：${h.title}`,
    status: faults.length > 0 || refusal ? 422 : 200,
    private: faults.length > 0 || refusal !== undefined,
    personal: h.open,
    crumbs: [{ label: '听证会', href: '/hearings' }, { label: h.title }],
    body: (
      <>
        <h1>听证会：{h.title}</h1>
        <p class="lead">
          <span class={`badge ${h.open ? 'good' : 'plain'}`}>{h.open ? '正在报名' : h.stageLabel}</span>
        </p>
        {h.cancelled ? <p class="note">听证会已经取消：{h.cancelled.reason}</p> : null}
        <Facts
          items={[
            ['听证事项', h.subject],
            ['时间', when(h)],
            ['地点', h.place],
            ['组织单位', h.unit],
            ['公告日期', dateWords(h.announcedOn)],
            ['报名截止', `${dateWords(h.registersUntil)}24:00（北京时间）`],
            ['联系方式', h.contact],
          ]}
        />
        <h2>名额与报名</h2>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">类别</th>
              <th scope="col">名额</th>
              <th scope="col">报名</th>
              {h.draw ? <th scope="col">参加（报名编号）</th> : null}
              {h.draw ? <th scope="col">候补，依次递补</th> : null}
            </tr>
          </thead>
          <tbody>
            {h.categories.map((category) => (
              <tr>
                <td data-label="类别">{category.name}</td>
                <td data-label="名额">{category.seats}</td>
                <td data-label="报名">{category.registered}</td>
                {h.draw ? <td data-label="参加">{category.taking.join('、') || '无'}</td> : null}
                {h.draw ? <td data-label="候补">{category.waiting.join('、') || '无'}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
        {h.open ? <RegistrationSection h={h} form={form} faults={faults} refusal={refusal} /> : null}
        {h.draw ? (
          <p>
            参加人由公开的种子选定，<a href={`${hearingHref(h.id)}/draw`}>任何人都可以重新计算</a>。
          </p>
        ) : (
          <p>报名截止以后，参加人由公开的种子选定；所依的全部数据会公布，任何人都可以重新计算。</p>
        )}
        {h.held ? (
          <>
            <h2>举行情况</h2>
            <p>
              {dateWords(h.held.on)}举行，到场 {h.held.attended} 人，笔录由参加人签字。
            </p>
          </>
        ) : null}
        {h.report ? (
          <>
            <h2>听证报告（{dateWords(h.report.on)}公布）</h2>
            <div class="text">
              {h.report.text.split('\n').map((line) => (
                <p>{line}</p>
              ))}
            </div>
          </>
        ) : null}
      </>
    ),
  }
}

function RegistrationSection({
  h,
  form,
  faults,
  refusal,
}: {
  h: PublicHearing
  form: RegistrationForm
  faults: readonly FieldFault[]
  refusal: string | undefined
}) {
  const to = (field: keyof RegistrationForm, hint?: string) => tied('registration', faults, field, hint)
  const wrong = (field: keyof RegistrationForm) => <FieldError form="registration" field={field} faults={faults} />
  return (
    <section aria-labelledby="register" class="comment">
      <h2 id="register" tabindex={-1}>
        报名参加
      </h2>
      {refusal ? (
        <div class="alert" role="alert">
          <p>{refusal}</p>
        </div>
      ) : null}
      <Faults form="registration" faults={faults} />
      <form method="post" action={`${hearingHref(h.id)}/registrations`} accept-charset="utf-8">
        <input type="hidden" name="commandId" value={form.commandId} />
        <div class="field">
          <label for="registration-category">您属于哪一类（必填）</label>
          {wrong('category')}
          <select id="registration-category" name="category" required {...to('category')}>
            {h.categories.map(({ name, seats }) => (
              <option value={name} selected={form.category === name}>
                {name}（{seats} 人）
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="registration-name">姓名或单位名称（必填）</label>
          <p class="hint" id="name-hint">
            只供组织单位核对、联系，不公开。公开的是报名编号。
          </p>
          {wrong('name')}
          <input
            id="registration-name"
            name="name"
            required
            value={form.name}
            autocomplete="name"
            {...to('name', 'name-hint')}
          />
        </div>
        <div class="field">
          <label for="registration-contact">电话（必填）</label>
          <p class="hint" id="contact-hint">
            可以再写电子邮箱：写了的，选定、递补、取消都寄信告知；没有写的，递补时由工作人员打电话。
          </p>
          {wrong('contact')}
          <input
            id="registration-contact"
            name="contact"
            required
            value={form.contact}
            autocomplete="tel"
            {...to('contact', 'contact-hint')}
          />
        </div>
        <div class="field">
          <label for="registration-statement">打算说什么（必填）</label>
          <p class="hint" id="statement-hint">
            最多 2000 字。只供组织单位安排发言，不公开。
          </p>
          {wrong('statement')}
          <textarea
            id="registration-statement"
            name="statement"
            rows={5}
            required
            {...to('statement', 'statement-hint')}
          >
            {form.statement}
          </textarea>
        </div>
        <p>
          <button type="submit">报名</button>
        </p>
        <p class="small">提交后给您一个回执号，凭它查询是否选定，也可以撤回报名。{onePerContact}</p>
      </form>
    </section>
  )
}

/** Everything the draw rests on, recomputed while the page is drawn. */
export function drawPage(h: PublicHearing): Page {
  const { draw } = h
  return {
    title: `遴选的计算：${h.title}`,
    crumbs: [
      { label: '听证会', href: '/hearings' },
      { label: h.title, href: hearingHref(h.id) },
      { label: '遴选的计算' },
    ],
    body: (
      <>
        <h1>参加人是怎样选定的</h1>
        {draw === null ? (
          <p>还没有遴选。报名截止以后，等公开日志签出下一个检查点，再由它与全部报名算出种子。</p>
        ) : (
          <>
            <p class="lead">
              {draw.matches
                ? '刚才已按下面的数据重新计算，与公布的结果一致。'
                : '警告：按下面的数据重新计算，与公布的结果不一致。请保存本页并与组织单位联系。'}
            </p>
            <ol>
              <li>
                报名截止时，把全部报名（同一联系方式的只算最先的一件；编号与类别，依编号排列）固定下来，内容摘要为
                <span class="hash">{draw.digest}</span>：它是 <code>dianzhang/registrations/1</code>、换行、各件写成
                <code>{'{"category":"类别","id":"编号"}'}</code> 的 JSON 数组（没有空白）的 SHA-256。
              </li>
              <li>
                截止以后，<a href="/log">公开日志</a>签出第一个新的检查点（第 {draw.size} 条，
                {instantWords(draw.signedAt)}，北京时间），其根为
                <span class="hash">{draw.root}</span>。谁也不能事先知道它。
              </li>
              <li>
                种子是这两项的 SHA-256：<code>dianzhang/draw/1</code>、摘要、根，各占一行，以换行符分隔：
                <span class="hash">{draw.seed}</span>。
              </li>
              <li>每件报名算“种子、换行、编号”的 SHA-256，同一类别依此从小到大排列；名额以内的参加，其余依次候补。</li>
            </ol>
            <p>
              命令行重新计算：<code>npx dianzhang draw 本页网址.json</code>；数据：
              <a href={`${hearingHref(h.id)}/draw.json`}>下载（JSON）</a>
            </p>
            {Object.entries(draw.order).map(([category, ids]) => (
              <section>
                <h2>{category}</h2>
                <ol>
                  {ids.map((id) => (
                    <li>
                      {id}
                      {h.withdrawn.includes(id)
                        ? '（已撤回）'
                        : h.categories.find(({ name }) => name === category)?.taking.includes(id)
                          ? '（参加）'
                          : '（候补）'}
                    </li>
                  ))}
                </ol>
              </section>
            ))}
            <details class="proof">
              <summary>报名截止时固定的全部报名（{draw.registrations.length} 件）</summary>
              <pre tabindex={0}>{JSON.stringify(draw.registrations, null, 1)}</pre>
            </details>
          </>
        )}
      </>
    ),
  }
}

export function hearingReceiptPage(found: HearingReceipt, commandId: string, problem?: string): Page {
  return {
    title: `回执 ${found.receipt}`,
    private: true,
    status: problem ? 409 : 200,
    crumbs: [{ label: '查回执', href: '/receipts' }, { label: '回执' }],
    body: (
      <>
        <h1>听证会报名回执</h1>
        {problem ? (
          <div class="alert" role="alert">
            <p>{problem}</p>
          </div>
        ) : null}
        <section class="answer" aria-label="回执号">
          <p class="lead">{found.stateLabel}。请记下或者打印回执号：</p>
          <p class="code">{found.receipt}</p>
        </section>
        <Facts
          items={[
            ['听证会', <a href={hearingHref(found.hearing.id)}>{found.hearing.title}</a>],
            ['时间', when(found.hearing)],
            ['地点', found.hearing.place],
            ['报名编号', found.registration],
            ['类别', found.category],
            ['打算说的', found.statement],
          ]}
        />
        {found.state === 'waiting' ? <p class="small">{onePerContact}</p> : null}
        {found.state === 'withdrawn' || found.hearing.held || found.hearing.cancelled ? null : (
          <details>
            <summary>撤回报名</summary>
            <p>撤回以后不再参加；又要参加的，须在报名截止以前重新报名。</p>
            <form method="post" action={`/receipts/${encodeURIComponent(found.receipt)}/withdraw`}>
              <input type="hidden" name="commandId" value={commandId} />
              <button type="submit" class="quiet">
                确定撤回
              </button>
            </form>
          </details>
        )}
      </>
    ),
  }
}
