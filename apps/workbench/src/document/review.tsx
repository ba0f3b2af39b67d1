// Assessment, legality review opinions and the answers to each; deliberation, signing, numbering, publication, filing.
import {
  competitionOutcomeLabels,
  correctionActionLabels,
  decisionLabels,
  disclosureLabels,
  filingLabels,
  forceLabels,
  legalityOutcomeLabels,
  riskOutcomeLabels,
  secretariatOutcomeLabels,
  trackLabels,
} from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { get } from '../api.ts'
import { Empty, Loading } from '../parts/states.tsx'
import { waitingSince } from '../parts/turn-words.ts'
import { actionsQuery, meQuery } from '../queries.ts'
import type { Assessment, Doc, RegisterEntry, ReviewFile } from '../types.ts'
import { dateOf, momentOf, plain, shortHash } from '../words.ts'
import { FilingState } from './overview.tsx'
import { AnchorState, useAnchors } from './text/point-state.tsx'
import { versionOfHash } from './text/shapes.ts'

const route = getRouteApi('/staff/documents/$id')
const ReviewPackage = lazy(() => import('./text/package.tsx').then((m) => ({ default: m.ReviewPackage })))
const FrozenSummary = lazy(() => import('./text/package.tsx').then((m) => ({ default: m.FrozenSummary })))

const assessmentLabels = { ...riskOutcomeLabels, ...competitionOutcomeLabels }
const labelIn = (labels: Readonly<Record<string, string>>, code: string): string => labels[code] ?? code
const versionOf = (doc: Doc, hash: string | null | undefined): string => {
  const text = doc.texts.find((each) => each.hash === hash)
  return text ? `文本第${text.n}版` : '—'
}
function Assessments({ doc, title, list }: { doc: Doc; title: string; list: Assessment[] }) {
  return (
    <>
      {list.map((each) => (
        <tr key={`${title}${each.at}`}>
          <td data-label="种类">{title}</td>
          <td data-label="日期" className="nowrap">
            {each.date}
          </td>
          <td data-label="结论">{each.outcome ? labelIn(assessmentLabels, each.outcome) : '—'}</td>
          <td data-label="内容" className="pre">
            {each.conclusion}
            {each.exception
              ? `\n例外：${[each.exception.purpose, typeof each.exception.noLesserMeans === 'string' ? each.exception.noLesserMeans : '', each.exception.until].filter(Boolean).join('；')}`
              : ''}
          </td>
          <td data-label="针对" className="nowrap">
            {versionOf(doc, each.textHash)}
          </td>
        </tr>
      ))}
    </>
  )
}
export function Review({ doc }: { doc: Doc }) {
  const { view } = route.useSearch()
  return view === 'package' ? (
    <Suspense fallback={<Loading />}>
      <ReviewPackage doc={doc} />
    </Suspense>
  ) : (
    <Opinions doc={doc} />
  )
}
function Opinions({ doc }: { doc: Doc }) {
  const { classification } = doc
  const needed = [
    ...(classification.expertise ? ['专家论证'] : []),
    ...(classification.majorDecision || classification.stability ? ['风险评估'] : []),
    ...((classification.competition ?? classification.enterpriseRelated) ? ['公平竞争审查'] : []),
    ...(classification.hearingRequired ? ['听证'] : []),
  ]
  const assessed =
    doc.expertReviews.length + doc.riskAssessments.length + doc.fairCompetition.length + doc.thirdParty.length
  return (
    <div className="stack">
      <h2>论证、评估、审查</h2>
      {assessed === 0 && doc.hearings.length === 0 ? (
        <Empty>{needed.length > 0 ? `没有记录。依分类须有：${needed.join('、')}。` : '没有记录；依分类不需要。'}</Empty>
      ) : (
        <div className="scroll-x">
          <table className="table folds">
            <thead>
              <tr>
                <th>种类</th>
                <th>日期</th>
                <th>结论</th>
                <th>内容</th>
                <th>针对</th>
              </tr>
            </thead>
            <tbody>
              <Assessments doc={doc} title="专家论证" list={doc.expertReviews} />
              <Assessments doc={doc} title="风险评估" list={doc.riskAssessments} />
              <Assessments doc={doc} title="公平竞争审查" list={doc.fairCompetition} />
              <Assessments doc={doc} title="第三方评估" list={doc.thirdParty} />
              {doc.hearings.map((each) => (
                <tr key={each.announcedOn}>
                  <td data-label="种类">听证</td>
                  <td data-label="日期">{each.heldOn ?? `${each.announcedOn} 公告`}</td>
                  <td data-label="结论">{each.heldOn ? '已举行' : '已公告'}</td>
                  <td data-label="内容" className="pre">
                    {each.planned ? (
                      <Link to="/matters/$id" params={{ id: each.planned.matter }}>
                        定于{plain(each.planned.on)}举行
                      </Link>
                    ) : (
                      each.record || '—'
                    )}
                  </td>
                  <td data-label="针对">—</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2>合法性审核</h2>
      {doc.review ? <File doc={doc} file={doc.review} current /> : <Empty>还没有提请合法性审核。</Empty>}
      <Suspense fallback={null}>
        <FrozenSummary doc={doc} />
      </Suspense>
      {doc.reviewHistory.map((file) => (
        <details key={file.submittedAt}>
          <summary>此前一次送审（{dateOf(file.submittedAt)}）</summary>
          <File doc={doc} file={file} current={false} />
        </details>
      ))}
    </div>
  )
}
function File({ doc, file, current }: { doc: Doc; file: ReviewFile; current: boolean }) {
  const { opinion } = file
  const person = (id: string) => doc.people[id] ?? id
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const latest = doc.text?.n
  const anchors = useAnchors(doc, current && opinion?.points.length ? latest : undefined)
  const reviewed = versionOfHash(doc, opinion?.contentHash)
  const revising = current && actions?.some((action) => action.command === 'AnswerPoint' && action.allowed)
  return (
    <section className="sheet">
      <dl className="facts">
        <dt>提请审核</dt>
        <dd>
          {momentOf(file.submittedAt)}，{person(file.submittedBy)}，{versionOf(doc, file.textHash)}
          <details className="hint">
            <summary>详情</summary>
            送审材料摘要 <code>{shortHash(file.packageHash)}</code>
          </details>
        </dd>
        <dt>受理</dt>
        <dd>{file.acceptedOn ? plain(file.acceptedOn) : '尚未受理'}</dd>
        {file.pauses.length > 0 ? (
          <>
            <dt>中止</dt>
            <dd>
              {file.pauses.map((pause) => (
                <p key={pause.from}>
                  {pause.from} 至 {pause.to ?? '（尚未恢复）'}：{pause.reason}
                </p>
              ))}
            </dd>
          </>
        ) : null}
        {file.adviserOpinions.length > 0 ? (
          <>
            <dt>法律顾问</dt>
            <dd>{file.adviserOpinions.map((each) => momentOf(each.at)).join('、')} 提出意见</dd>
          </>
        ) : null}
        {opinion ? (
          <>
            <dt>审核意见</dt>
            <dd>
              <b className={opinion.outcome === 'lawful' ? 'good' : 'bad'}>{legalityOutcomeLabels[opinion.outcome]}</b>
              {opinion.number ? `，${opinion.number}` : ''}，{plain(opinion.on)}，
              {doc.units[opinion.unit] ?? opinion.unit}，针对{versionOf(doc, opinion.contentHash)}
            </dd>
          </>
        ) : null}
        {file.confirmation ? (
          <>
            <dt>确认修改</dt>
            <dd>
              {momentOf(file.confirmation.at)}，约束{versionOf(doc, file.confirmation.contentHash)}
            </dd>
          </>
        ) : null}
      </dl>
      {opinion?.grounds.length ? (
        <ol className="lines">
          {opinion.grounds.map((ground) => (
            <li key={ground}>{ground}</li>
          ))}
        </ol>
      ) : null}
      {opinion?.points.length ? (
        <ol className="points">
          {opinion.points.map((point) => {
            // Earlier reviews number their points alike; the last of this number is of this review.
            const anchor = anchors?.findLast((each) => each.kind === 'point' && each.id === point.id)
            return (
              <li key={point.id} data-point={point.id}>
                <p>
                  {point.element ? <b>{point.element}　</b> : null}
                  {point.text}
                  {point.basis ? <span className="quiet">（依据：{point.basis}）</span> : null}
                </p>
                {point.quote ? <blockquote className="quote">{point.quote}</blockquote> : null}
                {anchor && latest !== undefined ? (
                  <p>
                    <AnchorState doc={doc} item={anchor} n={latest} />
                  </p>
                ) : null}
                {point.answer ? (
                  <p className={`disposed disposed-${point.answer.kind}`}>
                    <b>{point.answer.kind === 'adopted' ? '采纳' : '不采纳'}</b>
                    {point.answer.version ? (
                      <>
                        ，体现于第{point.answer.version}版文本
                        {reviewed !== null && reviewed !== point.answer.version ? (
                          <>
                            （
                            <Link
                              to="/documents/$id"
                              params={{ id: doc.id }}
                              search={{ tab: 'texts', from: reviewed, to: point.answer.version }}
                              hash={anchor?.now?.address ?? anchor?.address ?? point.element ?? ''}
                            >
                              看怎么改的
                            </Link>
                            ）
                          </>
                        ) : null}
                      </>
                    ) : (
                      ''
                    )}
                    {point.answer.reason ? `：${point.answer.reason}` : ''}
                  </p>
                ) : (
                  <p className="quiet">尚未答复</p>
                )}
                {revising ? (
                  <Link
                    className="no-print"
                    to="/documents/$id"
                    params={{ id: doc.id }}
                    search={{ tab: 'review', do: 'AnswerPoint', on: point.id }}
                    resetScroll={false}
                  >
                    {point.answer ? '重新答复' : '答复这条意见'}
                  </Link>
                ) : null}
              </li>
            )
          })}
        </ol>
      ) : null}
    </section>
  )
}
const forceEventLabels: Record<string, string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '宣布失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '收回',
  reinstated: '重新生效',
}

/**
 * The record of an answer to a correction opinion begins with the code of how it was dealt with; for people the code
 * is replaced by its name.
 */
const noteWords = (note: string): string =>
  note.replace(/^[a-z_]+(?=：)/, (code) => labelIn(correctionActionLabels, code))

export function Decisions({ doc }: { doc: Doc }) {
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const unit = (id: string | null) => (id ? (doc.units[id] ?? id) : '—')
  const { publication, numbers } = doc
  const nothing =
    !doc.secretariatCheck && !doc.schedule && !doc.decision && doc.signatures.length === 0 && !numbers && !publication
  if (nothing && doc.decisionHistory.length === 0)
    return <Empty>还没有到审议。审核意见为合法（或者修改已确认）之后进入集体审议。</Empty>
  return (
    <div className="stack">
      <h2>审议</h2>
      <dl className="facts">
        {doc.secretariatCheck ? (
          <>
            <dt>办公机构审核</dt>
            <dd>
              {momentOf(doc.secretariatCheck.at)}　{labelIn(secretariatOutcomeLabels, doc.secretariatCheck.outcome)}
              {doc.secretariatCheck.reasons.length > 0 ? `：${doc.secretariatCheck.reasons.join('；')}` : ''}
            </dd>
          </>
        ) : null}
        {doc.schedule ? (
          <>
            <dt>安排</dt>
            <dd>
              {plain(doc.schedule.date)}　{doc.schedule.body}　{doc.schedule.session}
            </dd>
          </>
        ) : null}
        {[...doc.decisionHistory, ...(doc.decision ? [doc.decision] : [])].map((decision) => (
          <div key={`${decision.date}${decision.session}${decision.outcome}`} className="facts-row">
            <dt>决定</dt>
            <dd>
              {plain(decision.date)}　{decision.body}　{decision.session}
              {'　'}
              <b>{decisionLabels[decision.outcome as keyof typeof decisionLabels] ?? decision.outcome}</b>
              {decision.substantive ? '（作实质性修改）' : ''}，针对{versionOf(doc, decision.textHash)}
              {decision.dissents.length > 0
                ? `；不同意见 ${decision.dissents.length} 条：${decision.dissents.join('；')}`
                : ''}
            </dd>
          </div>
        ))}
        {doc.partyReports.map((report) => (
          <div key={report.reference} className="facts-row">
            <dt>请示报告</dt>
            <dd>
              {plain(report.date)}　{report.reference}
            </dd>
          </div>
        ))}
      </dl>
      <h2>签署</h2>
      <ul className="standing">
        {doc.issuers.map((issuer) => {
          const signature =
            doc.signatures.find((each) => each.issuer === issuer.id && each.textHash === doc.text?.hash) ??
            doc.signatures.find((each) => each.issuer === issuer.id)
          return (
            <li key={issuer.id} className={signature ? 'stands' : 'falls'}>
              <b>{signature ? '已签署' : '未签署'}</b> {issuer.name}
              {signature ? (
                <span>
                  {momentOf(signature.at)}，{doc.people[signature.person] ?? signature.person}，
                  {versionOf(doc, signature.textHash)}
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
      {doc.corrections.length > 0 ? (
        <ul className="lines">
          {doc.corrections.map((each) => (
            <li key={each.at}>
              {momentOf(each.at)}　签署后更正（{each.substantive ? '实质性' : '非实质性'}）：{each.reason}
            </li>
          ))}
        </ul>
      ) : null}
      <h2>编号</h2>
      {numbers ? (
        <dl className="facts">
          <dt>发文字号</dt>
          <dd>{numbers.document}</dd>
          <dt>统一登记号</dt>
          <dd>{numbers.registry}</dd>
          <dt>成文日期</dt>
          <dd>{plain(numbers.adoptionDate)}</dd>
          <dt>编号时间</dt>
          <dd>{momentOf(numbers.assignedAt)}</dd>
        </dl>
      ) : (
        <p className="quiet">尚未编号。</p>
      )}
      {doc.voidedNumbers.map((each) => (
        <p key={each.at} className="quiet">
          {each.number} 已作废：{each.reason}（批准：{each.approverName ?? each.approver}）
        </p>
      ))}
      <h2>公布</h2>
      {publication ? (
        <dl className="facts">
          <dt>公布</dt>
          <dd>
            {plain(publication.publishedOn)}，{publication.channels.join('、')}，{versionOf(doc, publication.textHash)}
          </dd>
          <dt>施行与有效期</dt>
          <dd>
            {plain(publication.effectiveDate)}起施行，
            {publication.validUntil === null ? '没有规定有效期' : `至${plain(publication.validUntil)}`}
          </dd>
          <dt>公开属性</dt>
          <dd>{disclosureLabels[publication.disclosure as keyof typeof disclosureLabels] ?? publication.disclosure}</dd>
          <dt>索引号</dt>
          <dd>{publication.indexNumber ?? '（本机关的组织代码未配置）'}</dd>
          <dt>文件标识</dt>
          <dd>{publication.wjbs.value ?? `（尚缺：${publication.wjbs.missing.join('、')}）`}</dd>
          <dt>解读</dt>
          <dd>{publication.interpretation ? '已同步公布' : '没有'}</dd>
          {publication.immediateReason ? (
            <>
              <dt>即行施行理由</dt>
              <dd>{publication.immediateReason}</dd>
            </>
          ) : null}
        </dl>
      ) : (
        <p className="quiet">尚未公布。</p>
      )}
      {Object.keys(doc.filings).length > 0 ? (
        <>
          <h2>备案</h2>
          {Object.values(doc.filings).map((filing) => (
            <section key={filing.track} className="sheet">
              <h3>
                {trackLabels[filing.track]}：
                <FilingState status={filing.status} review={filing.review} />
                {filing.number ? `，${filing.number}` : ''}
              </h3>
              <p>
                受理单位：{unit(filing.recipient)}
                {filing.waitingFor ? `。${waitingSince(filing.waitingFor, today)}。` : ''}
              </p>
              <ul className="lines">
                {filing.history.map((each) => (
                  <li key={`${each.status}${each.on}${each.note ?? ''}`}>
                    {each.on}　{filingLabels[each.status as keyof typeof filingLabels] ?? each.status}
                    {each.note ? `：${noteWords(each.note)}` : ''}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      ) : null}
      {doc.decisionFilings.length > 0 ? (
        <>
          <h2>修改、废止的决定的备案</h2>
          <ul className="lines">
            {doc.decisionFilings.map((each) => (
              <li key={each.review}>
                {trackLabels[each.track]}：
                <Link to="/matters/$id" params={{ id: each.review }} search={{ tab: 'filing' }}>
                  {each.title}
                </Link>
                ，{each.stageLabel}
                {each.waitingFor ? `；${waitingSince(each.waitingFor, today)}` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doc.forceEvents.length > 0 || doc.regions ? (
        <>
          <h2>效力</h2>
          <p>{doc.regions ? (forceLabels[doc.regions.force as keyof typeof forceLabels] ?? doc.regions.force) : ''}</p>
          <ul className="lines">
            {doc.forceEvents.map((each, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: events are only ever added at the end
              <li key={i}>
                第 {i + 1} 项　{each.kind === 'annulled' || each.undoes ? `${each.on} ` : `自 ${each.on} 起`}
                {forceEventLabels[each.kind] ?? each.kind}
                {each.provisions?.length ? `（${each.provisions.join('、')}）` : ''}
                {each.undoes ? `第 ${each.undoes} 项变动` : ''}
                {each.kind === 'annulled' ? '，自始无效' : ''}：{each.reason}
                <ForceGround event={each} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doc.archive ? (
        <p>
          已归档：{momentOf(doc.archive.at)}，{doc.archive.files} 件，清单摘要{' '}
          <code>{shortHash(doc.archive.manifestHash)}</code>
          {doc.archive.archiveNo ? `，档号 ${doc.archive.archiveNo}` : ''}
          {doc.archive.retention ? `，保管期限 ${doc.archive.retention}` : ''}
          {doc.archive.keptUntil ? `（至 ${doc.archive.keptUntil}）` : ''}
        </p>
      ) : null}
    </div>
  )
}

/** The document or decision that made the change. */
function ForceGround({ event: { byDocument, decision } }: { event: Doc['forceEvents'][number] }) {
  const { data: entry } = useQuery({
    queryKey: ['register-entry', byDocument],
    queryFn: () => get<RegisterEntry>(`/public/v1/documents/${encodeURIComponent(byDocument ?? '')}`),
    enabled: byDocument !== null,
    retry: false,
    staleTime: 300_000,
  })
  if (byDocument !== null)
    return (
      <>
        {'　根据'}
        <a href={`/register/${encodeURIComponent(byDocument)}`} target="_blank" rel="noreferrer">
          {entry ? `《${entry.title}》${entry.documentNumber ? `（${entry.documentNumber}）` : ''}` : '登记库中的文件'}
        </a>
      </>
    )
  if (!decision) return null
  return (
    <>
      {'　根据'}
      {decision.body}
      {decision.date}决定{decision.number ? `（${decision.number}）` : ''}
    </>
  )
}
