// The filing's own tab: what was sent on the left (the text, the report's materials with ✓ or ✗, the supplements), the
// review on the right (checks item by item, letters exchanged, opinion, correction), and every letter as Word.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { search } from '../api.ts'
import { ErrorNote, Loading } from '../parts/states.tsx'
import type { Told } from '../types.ts'
import { ExchangeLines } from './exchange-lines.tsx'
import { registerText } from './register-text.ts'
import type { Matter } from './types.ts'
import './filing.css'

type Own = Told<typeof answers.FilingFile>
const kinds: Record<string, string> = { first: '报送', again: '重新报送', supplement: '补正' }
const notices: Record<string, string> = { require: '要求限期报送', remind: '催报', criticise: '通报' }

export default function Filing({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  return (
    <div className="filing">
      <section className="stack" aria-label="报送的内容">
        <h2>报送的内容</h2>
        <dl className="facts">
          <dt>{own.decision ? '决定' : '文件'}</dt>
          <dd>{own.decision ? own.document.title : <DocumentLink own={own} />}</dd>
          {own.decision ? (
            <>
              <dt>作出</dt>
              <dd>
                {own.decision.body}，{own.decision.date}
              </dd>
              {own.decision.changes.length > 0 ? (
                <>
                  <dt>由它变动的</dt>
                  <dd>
                    <Changes changes={own.decision.changes} linked={own.exchange?.side !== 'receiver'} />
                  </dd>
                </>
              ) : null}
            </>
          ) : null}
          {own.document.number ? (
            <>
              <dt>文号</dt>
              <dd>{own.document.number}</dd>
            </>
          ) : null}
          <dt>制定机关</dt>
          <dd>{own.document.issuers.map((each) => each.name).join('、')}</dd>
          {own.decision ? null : (
            <>
              <dt>公布、施行</dt>
              <dd>
                {own.document.publishedOn}公布，{own.document.effectiveDate}施行
              </dd>
            </>
          )}
          <dt>受理机关</dt>
          <dd>
            {own.recipient.name}（{own.trackLabel}）
          </dd>
          {own.exchange?.log ? (
            <>
              <dt>公布的日志</dt>
              <dd className="breaks">
                {own.exchange.log.origin} 第 {own.exchange.log.index} 条
              </dd>
            </>
          ) : null}
          {own.registered ? (
            <>
              <dt>备案登记</dt>
              <dd>
                {own.registered.number}，{own.registered.on}
              </dd>
            </>
          ) : null}
        </dl>
        <h3>材料清单{own.copies ? `（纸质一式${own.copies}份）` : ''}</h3>
        {own.submissions.length === 0 ? <p className="quiet">还没有报送。</p> : null}
        <ul className="lines">
          {own.materials.map((each) => (
            <li key={each.name} className={each.there ? '' : 'bad'}>
              {each.there ? '✓' : '✗ 缺'} {each.name}
              {each.asked ? '' : <span className="quiet">（另外报送）</span>}
            </li>
          ))}
        </ul>
        {own.submissions.map((each) => (
          <div key={`${each.on}${each.kind}${each.note}`}>
            <h3>
              {kinds[each.kind] ?? each.kind}　<span className="quiet">{each.on}</span>
            </h3>
            {each.note ? <p className="pre">{each.note}</p> : null}
            {each.supplied.length > 0 ? (
              <ul className="lines">
                {each.supplied.map((x) => (
                  <li key={x.item}>
                    {x.item}
                    {x.note ? `：${x.note}` : ''}
                    {x.sha256 ? (
                      <>
                        {' '}
                        <a href={`/api/matters/${matter.id}/files/${x.sha256}${search({ name: x.file })}`}>{x.file}</a>
                      </>
                    ) : null}
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        ))}
        {own.exchange?.side === 'receiver' || own.decision ? null : <Text entry={own.document.entry} />}
      </section>
      <section className="stack" aria-label="审查">
        {own.exchange ? (
          <ExchangeLines matter={matter.id} label={own.exchange.label} lines={own.exchange.lines} />
        ) : null}
        <h2>审查</h2>
        {own.letters.length > 0 ? (
          <p>
            文书：
            {own.letters.map((each) => (
              <a key={each.id} className="filing-letter" href={`/api/matters/${matter.id}/letters/${each.id}`}>
                {each.label}（{each.on}）
              </a>
            ))}
          </p>
        ) : null}
        {own.notices.map((each) => (
          <p key={each.n} className="pre">
            {each.on}　{notices[each.kind] ?? each.kind}
            {each.until ? `，限${each.until}以前报送` : ''}
            {each.text ? `：${each.text}` : ''}
          </p>
        ))}
        {own.returns.map((each) => (
          <p key={each.on} className="pre">
            {each.on}　退回（{each.groundLabel}）：{each.reason}
          </p>
        ))}
        {own.deferrals.map((each) => (
          <p key={`${each.on}${each.until}`} className="pre">
            {each.on}　暂缓登记，{each.until}以前补正：{each.items.join('、')}
            {each.suppliedOn ? `（${each.suppliedOn}已补正）` : ''}
          </p>
        ))}
        {own.receiver && own.registered ? <Checks own={own} /> : null}
        <Said own={own} />
        {own.closed ? (
          <p className="pre">
            {own.closed.on}　审结：{own.closed.outcomeLabel}
            {own.closed.conclusion ? `。${own.closed.conclusion}` : ''}
          </p>
        ) : null}
      </section>
    </div>
  )
}
/** Which documents the decision amends or repeals, from which day. */
function Changes({ changes, linked }: { changes: NonNullable<Own['decision']>['changes']; linked: boolean }) {
  return (
    <ul className="lines">
      {changes.map((each) => (
        <li key={`${each.matter}${each.on}`}>
          {each.kind === 'amended' ? '修改' : '废止'}
          {linked ? (
            <Link to="/documents/$id" params={{ id: each.matter }}>
              《{each.title}》
            </Link>
          ) : (
            `《${each.title}》`
          )}
          {each.number ?? ''}，自{each.on}起
        </li>
      ))}
    </ul>
  )
}
/** The file here, or where it was made: in the other installation's portal. */
function DocumentLink({ own }: { own: Own }) {
  const title = `《${own.document.title}》`
  if (own.exchange?.side !== 'receiver')
    return (
      <Link to="/documents/$id" params={{ id: own.document.matter }}>
        {title}
      </Link>
    )
  return own.exchange.address ? (
    <a href={own.exchange.address} rel="noreferrer">
      {title}
    </a>
  ) : (
    title
  )
}
function Checks({ own }: { own: Own }) {
  const done = own.checks.filter((each) => each.result).length
  return (
    <>
      <h3>
        {'逐项审查　'}
        <span className="quiet">
          {own.review ? `${own.review.kindLabel}，` : ''}
          {done}／{own.checks.length} 项
        </span>
      </h3>
      <ol>
        {own.checks.map((each) => (
          <li key={each.item}>
            {each.label}：
            <span className={each.result === null ? 'quiet' : each.result === 'none' ? '' : 'bad'}>
              {each.resultLabel ?? '还没有记录'}
            </span>
            {each.provisions.length > 0 ? `（${each.provisions.join('、')}）` : ''}
            {each.note ? <p className="hint pre">{each.note}</p> : null}
          </li>
        ))}
      </ol>
    </>
  )
}
/** What the two sides have said to each other. */
function Said({ own }: { own: Own }) {
  return (
    <>
      {own.inquiries.map((each) => (
        <div key={each.n}>
          <h3>
            {'函询　'}
            <span className="quiet">
              {each.on}，{each.until}以前答复
            </span>
          </h3>
          <p className="pre">{each.questions}</p>
          <p className="pre">
            {each.answered ? `${each.answered.on}答复：${each.answered.text}` : '制定机关还没有答复。'}
          </p>
        </div>
      ))}
      {own.talks.map((each) => (
        <p key={`${each.on}${each.text}`} className="pre">
          {each.on}　沟通：{each.text}
        </p>
      ))}
      {own.reminders.map((each) => (
        <p key={`${each.on}${each.text}`} className="pre">
          {each.on}　函告提醒：{each.text}
        </p>
      ))}
      {own.plans.map((each) => (
        <p key={each.on} className="pre">
          {each.on}　同意改正，{each.until}以前完成：{each.plan}
        </p>
      ))}
      {own.opinion ? (
        <>
          <h3>
            审查意见　<span className="quiet">{own.opinion.on}</span>
          </h3>
          <ol>
            {own.opinion.findings.map((each) => (
              <li key={each.problem}>
                {each.provisions.length > 0 ? `${each.provisions.join('、')}：` : ''}
                {each.problem}
                <p className="hint">
                  {each.itemLabel}；依据{each.ground}；要求{each.demandLabel}
                </p>
              </li>
            ))}
          </ol>
          {own.opinion.answers.map((each) => (
            <p key={`${each.on}${each.answer}`} className="pre">
              {each.on}　制定机关答复（{each.actionLabel}）：{each.answer}
            </p>
          ))}
        </>
      ) : null}
      {own.urges.map((each) => (
        <p key={`${each.on}${each.text}`} className="pre">
          {each.on}　督办：{each.text}
        </p>
      ))}
      {own.correction ? (
        <p className="pre">
          {own.correction.on}　已由{own.correction.byDecision ? own.correction.title : `《${own.correction.title}》`}
          {own.correction.number ?? ''}改正并重新报送备案
          {own.correction.report ? `：${own.correction.report}` : ''}
        </p>
      ) : null}
      {own.motion ? (
        <p className="pre">
          {own.motion.on}　议案（{own.motion.label}）：{own.motion.reason}
          {own.motion.decided
            ? `\n${own.motion.decided.date}　${own.motion.decided.body}决定：${own.motion.decided.label}`
            : ''}
        </p>
      ) : null}
    </>
  )
}
function Text({ entry }: { entry: string }) {
  const found = useQuery(registerText(entry))
  return (
    <section className="stack" aria-label="报送的文本">
      <h3>
        <a href={`/register/${encodeURIComponent(entry)}`}>文本</a>
      </h3>
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ErrorNote error={found.error} retry={() => found.refetch()} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard */}
      <section className="pre filing-text" aria-label="文本的内容" tabIndex={0}>
        {found.data?.body}
      </section>
    </section>
  )
}
