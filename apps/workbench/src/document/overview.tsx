// Overview: basic facts, whether the approvals obtained still stand, deadlines at a glance, returns and deviations.
import { filingLabels, forceLabels, trackLabels } from '@dianzhang/contract'
import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { Sent } from '../matter/sent.tsx'
import { Empty } from '../parts/states.tsx'
import type { Doc } from '../types.ts'
import { momentOf, plain, stageName } from '../words.ts'
import { Papers } from './papers.tsx'

/** How a track stands; both sides act on the filing review, where there is one. */
export function FilingState({ status, review }: { status: string; review?: string | null | undefined }) {
  const label = filingLabels[status as keyof typeof filingLabels] ?? status
  return review ? (
    <Link to="/matters/$id" params={{ id: review }} search={{ tab: 'filing' }}>
      {label}（备案审查）
    </Link>
  ) : (
    label
  )
}
export function Overview({ doc }: { doc: Doc }) {
  const person = (id: string) => doc.people[id] ?? id
  return (
    <div className="stack">
      <dl className="facts">
        <dt>制定机关</dt>
        <dd>{doc.issuers.map((issuer) => issuer.name).join('、')}</dd>
        <dt>起草单位</dt>
        <dd>{doc.draftingUnit.name}</dd>
        <dt>必要性</dt>
        <dd className="pre">{doc.necessity}</dd>
        {doc.planItem ? (
          <>
            <dt>计划项目</dt>
            <dd>{doc.planItem}</dd>
          </>
        ) : null}
        <dt>申请立项</dt>
        <dd>
          {momentOf(doc.proposedAt)}，{person(doc.proposedBy)}
        </dd>
        <dt>当前文本</dt>
        <dd>
          {doc.text ? (
            <>
              第{doc.text.n}版，{momentOf(doc.text.at)}
            </>
          ) : (
            '还没有文本'
          )}
        </dd>
        {doc.numbers ? (
          <>
            <dt>文号与登记号</dt>
            <dd>
              {doc.numbers.document}，统一登记号 {doc.numbers.registry}
            </dd>
          </>
        ) : null}
        {doc.publication ? (
          <>
            <dt>公布与施行</dt>
            <dd>
              {plain(doc.publication.publishedOn)}公布，{plain(doc.publication.effectiveDate)}起施行，
              {doc.publication.validUntil === null ? '没有规定有效期' : `有效期至${plain(doc.publication.validUntil)}`}
            </dd>
            {doc.publication.disclosure === 'active' ? (
              <>
                <dt>公开的地址</dt>
                <dd data-testid="public-address">
                  <a href={`/register/${doc.id}`} target="_blank" rel="noreferrer" className="break">
                    {`${window.location.origin}/register/${doc.id}`}
                  </a>
                </dd>
              </>
            ) : null}
          </>
        ) : null}
        {doc.regions ? (
          <>
            <dt>效力、备案、归档</dt>
            <dd>
              {forceLabels[doc.regions.force as keyof typeof forceLabels] ?? doc.regions.force}
              {Object.entries(doc.regions.filing).map(([track, status]) => (
                <span key={track}>
                  {' · '}
                  {trackLabels[track as keyof typeof trackLabels]}：
                  <FilingState status={status} review={doc.filings[track as keyof typeof trackLabels]?.review} />
                </span>
              ))}
              {' · '}
              {doc.regions.archive === 'archived' ? '已归档' : '未归档'}
            </dd>
          </>
        ) : null}
        {doc.closing ? (
          <>
            <dt>终止</dt>
            <dd>
              {momentOf(doc.closing.at)}：{doc.closing.reason}
            </dd>
          </>
        ) : null}
      </dl>

      <details>
        <summary>详情（案卷版次、规则包、内容摘要）</summary>
        <dl className="facts">
          <dt>案卷</dt>
          <dd>第 {doc.version} 版</dd>
          <dt>规则包</dt>
          <dd>
            <a href={`/staff/packs?version=${encodeURIComponent(doc.packVersion)}`}>{doc.packVersion}</a>
          </dd>
          {doc.text ? (
            <>
              <dt>文本摘要</dt>
              <dd>
                <code className="break">{doc.text.hash}</code>
              </dd>
            </>
          ) : null}
        </dl>
      </details>

      <Sent sent={doc.sent} />
      <h2>已取得的认可</h2>
      {doc.standing.length === 0 ? (
        <Empty>还没有取得任何认可。</Empty>
      ) : (
        <ul className="standing">
          {doc.standing.map((each) => (
            <li key={each.approval} className={each.stands ? 'stands' : 'falls'}>
              <b>{each.stands ? '成立' : each.lacks ? lackLabels[each.lacks] : '须重新取得'}</b> {each.label}
              <span>{each.why}</span>
            </li>
          ))}
        </ul>
      )}
      {doc.returns.length > 0 ? (
        <>
          <h2>退回</h2>
          <ul className="lines">
            {doc.returns.map((each) => (
              <li key={each.at}>
                {momentOf(each.at)}　由“{stageName(each.from)}”退回“{stageName(each.to)}”：{each.reason}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doc.deviations.length > 0 ? (
        <>
          <h2>缩短、提前、逾期与紧急</h2>
          <ul className="lines">
            {doc.deviations.map((each) => (
              <li key={each.id ?? each.rule}>
                {each.matter}：{each.ground}
                {each.referenceText ? `，依据${each.referenceText}` : ''}
                {each.confirmed
                  ? `；${momentOf(each.confirmed.at)}由${each.confirmed.name}批准`
                  : `；尚未经批准（指明由${doc.people[each.approver] ?? each.approver}批准）`}
                ；已用{each.used.length}次
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doc.basisEvents?.length ? (
        <Alert
          type="warning"
          showIcon
          title="所引依据有变化"
          description={
            <ul>
              {doc.basisEvents.map((each) => (
                <li key={`${each.act}${each.on}`}>
                  《{each.act}》{each.upcoming ? '将' : '已'}自{each.on}起变动，请核对本文件引用的条款。
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
      {doc.basisStatus?.length ? (
        <>
          <h2>所列依据的效力</h2>
          <ul className="lines">
            {doc.basisStatus.map((each) => (
              <li key={each.title}>
                《{each.title}》：{basisStatusLabels[each.status] ?? each.status}
                {each.replacedBy ? `，由《${each.replacedBy}》代替` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Papers doc={doc} />
    </div>
  )
}
/** One step short of standing; nothing has to be obtained again. */
const lackLabels = { statement: '待说明', confirmation: '待确认' } as const
const basisStatusLabels: Record<string, string> = {
  in_force: '现行有效',
  repealed: '已废止',
  expired: '已失效',
  annulled: '已撤销',
  amended: '已修改',
  pending: '尚未施行',
  suspended: '停止执行',
  unknown: '登记库中没有，须人工核对',
}
