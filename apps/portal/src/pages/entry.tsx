// One document: the first screen answers “is it in force now, from when to when, who interprets it”; then come
// metadata, body, attachments, interpretation and history.

import { addDays } from '@dianzhang/calendar'
import { entryFormats, type RegisterDetail, type TimelineEntry } from '@dianzhang/register'
import type { EntryLife } from '@dianzhang/workflow'
import type { Child } from 'hono/jsx'
import { consultationHref, entryHref } from '../addresses.ts'
import type { Page, View } from '../page.ts'
import type { Part } from '../parts.ts'
import { datedField } from '../parts.ts'
import { interpretersInText, type Reading } from '../reading.ts'
import { dateWords, sizeWords } from '../words.ts'
import { decisionWords } from './cleanup.tsx'
import { evaluationHref } from './evaluations.tsx'
import { Contents, LegalText, PartContents, partName, TextPart } from './legal-text.tsx'
import { ProofOf } from './log.tsx'
import { Facts, StatusBadge } from './parts.tsx'
import { subscribeHref } from './subscriptions.tsx'

/** A very long body shown in parts: all the parts, which one this is, and which part each anchor is in. */
export interface Divided {
  parts: readonly Part[]
  n: number
  where: ReadonlyMap<string, number>
}

/** The address of a part; the first part has the document's own address. */
export const partHref = (id: string, n: number, on: string | null): string => {
  const query = [...(on === null ? [] : [`on=${on}`]), ...(n === 1 ? [] : [`part=${n}`])].join('&')
  return `${entryHref(id)}${query ? `?${query}` : ''}`
}

/** Post-evaluations of this document that were published. */
export interface EvaluatedHere {
  id: string
  publishedOn: string
  conclusionLabel: string
  provisions: string[]
}

export function entryPage(
  view: View,
  entry: RegisterDetail,
  reading: Reading,
  divided: Divided | null = null,
  evaluated: readonly EvaluatedHere[] = [],
  checkedUntil: string | null = null,
  life: EntryLife | null = null,
  logIndex: number | null = null,
): Page {
  if (divided !== null && divided.n > 1) return partPage(view, entry, reading, divided)
  const status = entry.statusOn
  const asked = status.on !== view.today
  // A decision of a meeting is told in the timeline; here stand documents.
  const related = entry.relations.filter((relation) => relation.document.reference !== null)
  return {
    title: entry.title,
    crumbs: [{ label: '文件库', href: '/register' }, { label: entry.title }],
    alternates: formatsOf(entry)
      .filter(({ id }) => id === 'jsonld' || id === 'akn')
      .map(({ id, name, mediaType }) => ({ href: exportHref(entry.id, id), type: mediaType, title: name })),
    body: (
      <article>
        <h1>{entry.title}</h1>
        {entry.documentNumber ? <p class="number">{entry.documentNumber}</p> : null}
        <section class="answer" aria-label="效力">
          <dl>
            <div>
              <dt>{asked ? `${dateWords(status.on)}有效吗？` : '现在有效吗？'}</dt>
              <dd>
                <StatusBadge status={status.status} label={status.label} />
                <p>{status.explanation}。</p>
              </dd>
            </div>
            <div>
              <dt>从何时到何时？</dt>
              <dd>{periodWords(entry)}</dd>
            </div>
            <div>
              <dt>谁解释？</dt>
              <dd>{interpreterWords(entry, reading)}</dd>
            </div>
            {checkedUntil ? (
              <div>
                <dt>依据核对至何日？</dt>
                <dd>{dateWords(checkedUntil)}</dd>
              </div>
            ) : null}
            {life?.lastActivity ? (
              <div>
                <dt>最近有什么变动？</dt>
                <dd>{lifeWords(life)}</dd>
              </div>
            ) : null}
          </dl>
          {status.note ? <p class="caution">{status.note}</p> : null}
          {view.underCleanup ? (
            <p class="caution">
              正在清理评估
              {view.underCleanup.notice ? (
                <>
                  （
                  <a href={`/cleanups/${encodeURIComponent(view.underCleanup.notice.id)}`}>
                    {view.underCleanup.notice.title}
                  </a>
                  ），可以提出意见
                </>
              ) : (
                <>
                  ，可以<a href={`${entryHref(entry.id)}/suggest`}>提出建议</a>
                </>
              )}
              至{dateWords(view.underCleanup.until)}24时。
            </p>
          ) : null}
          <form action={entryHref(entry.id)} method="get" class="on">
            <label for="on">查某一天是否有效</label>
            <input id="on" name="on" {...datedField} value={status.on} required />
            <button type="submit" class="quiet">
              查看
            </button>
            {asked ? <a href={entryHref(entry.id)}>回到今天</a> : null}
          </form>
        </section>
        <nav class="jump" aria-label="本页内容">
          <ul>
            <li>
              <a href="#text-title">正文</a>
            </li>
            {entry.attachments.length > 0 ? (
              <li>
                <a href="#attachments-title">附件（{entry.attachments.length}）</a>
              </li>
            ) : null}
            {entry.interpretation ? (
              <li>
                <a href="#interpretation-title">政策解读</a>
              </li>
            ) : null}
            <li>
              <a href="#life-title">沿革</a>
            </li>
            <li>
              <a href="#downloads-title">下载</a>
            </li>
          </ul>
        </nav>
        <Facts items={metadataOf(entry)} />
        {divided ? (
          <Parted view={view} entry={entry} reading={reading} divided={divided} />
        ) : (
          <div class="reading">
            <Contents structure={reading.structure} />
            <section aria-labelledby="text-title">
              <h2 id="text-title">正文</h2>
              {entry.body.trim() === '' ? <p>没有文字版正文，请看附件。</p> : <LegalText reading={reading} />}
            </section>
          </div>
        )}
        {entry.attachments.length > 0 ? (
          <section aria-labelledby="attachments-title">
            <h2 id="attachments-title">附件</h2>
            <ul>
              {entry.attachments.map((file) => (
                <li>
                  <a
                    href={`${entryHref(entry.id)}/attachments/${file.sha256}?name=${encodeURIComponent(file.name)}`}
                    download
                  >
                    下载 {file.name}（{sizeWords(file.size)}）
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {entry.interpretation ? (
          <section aria-labelledby="interpretation-title">
            <h2 id="interpretation-title">政策解读</h2>
            {entry.interpretation.text ? (
              <div class="text">
                {entry.interpretation.text
                  .split('\n')
                  .filter((line) => line.trim() !== '')
                  .map((line) => (
                    <p>{line.trim()}</p>
                  ))}
              </div>
            ) : null}
            {entry.interpretation.url && /^https?:\/\//.test(entry.interpretation.url) ? (
              <p>
                <a href={entry.interpretation.url} rel="noreferrer">
                  到发布网站看解读
                </a>
              </p>
            ) : null}
          </section>
        ) : null}
        <section aria-labelledby="life-title">
          <h2 id="life-title">沿革</h2>
          <Timeline entries={entry.timeline} today={view.today} />
        </section>
        {related.length > 0 ? (
          <section aria-labelledby="relations-title">
            <h2 id="relations-title">相关文件</h2>
            <ul>
              {related.map((relation) => (
                <li>
                  {dateWords(relation.on)}
                  {relation.label}：
                  {relation.document.id && relation.document.title ? (
                    <a href={entryHref(relation.document.id)}>{relation.document.title}</a>
                  ) : (
                    (relation.document.title ?? relation.document.documentNumber ?? '对方文件未在本库登记')
                  )}
                  {relation.document.title && relation.document.documentNumber
                    ? `（${relation.document.documentNumber}）`
                    : ''}
                  {relation.reason ? `，${relation.reason}` : ''}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {evaluated.length > 0 ? (
          <section aria-labelledby="evaluations-title">
            <h2 id="evaluations-title">后评估</h2>
            <ul>
              {evaluated.map((x) => (
                <li>
                  {dateWords(x.publishedOn)}公布：<a href={evaluationHref(x.id)}>{x.conclusionLabel}</a>
                  {x.provisions.length > 0 ? `，涉及${x.provisions.join('、')}` : ''}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-labelledby="suggest-title">
          <h2 id="suggest-title">认为与上位法不一致？</h2>
          <p>
            <a href={`${entryHref(entry.id)}/suggest`}>提出审查建议</a>
            ，不需要登录，当场得到回执；<a href="/suggestions">历年办理情况</a>。
          </p>
          <p>
            <a href={subscribeHref('document', entry.id)}>这件文件有变动时告诉我</a>：订阅源或者邮件。
          </p>
        </section>
        <section aria-labelledby="downloads-title" class="downloads">
          <h2 id="downloads-title">下载</h2>
          <ul>
            {formatsOf(entry).map(({ id, name }) => (
              <li>
                <a href={`${exportHref(entry.id, id)}${asked ? `?on=${status.on}` : ''}`} download>
                  {name}
                </a>
              </li>
            ))}
          </ul>
          <p class="small">由登记的文本生成，供查阅、引用和数据交换；以制定机关公布的标准文本为准。</p>
        </section>
        <details class="proof">
          <summary>怎样确认文本没有被改过</summary>
          <p>正文连同附件的内容摘要为：</p>
          <p class="hash">{entry.textHash}</p>
          {entry.blankNumber ? (
            <p>
              文本签署时，发文字号一行是“{entry.blankNumber}”；编号以后填为{entry.documentNumber}
              ，摘要所指的是填写以前的文本，其余文字相同。
            </p>
          ) : null}
          {entry.origin === 'imported' ? (
            <p>摘要在导入时计算，只能说明导入之后没有改动，不能说明与原件一致。</p>
          ) : (
            <p>合法性审核、审议、签署与公布所依的文本必须摘要相同，公布之后数据库不允许修改。</p>
          )}
        </details>
        <p class="source">
          {entry.origin === 'imported'
            ? `${entry.originNote ?? ''}${entry.sourceName ? `来源：${entry.sourceName}` : ''}${entry.sourceId ? `，来源标识 ${entry.sourceId}` : ''}`
            : '本文件由本系统制发并公布。'}
        </p>
        {logIndex === null ? null : (
          <ProofOf id={entry.id} origin={view.origin} index={logIndex} textHash={entry.textHash} />
        )}
      </article>
    ),
  }
}

/**
 * Who interprets is only what the body says; for documents made in this system the full name is written out; an
 * imported source that states something else is quoted as the source's statement.
 */
function interpreterWords(entry: RegisterDetail, reading: Reading): string {
  const stated = interpretersInText(reading)
  if (stated.length > 0)
    return `${entry.origin === 'made' ? (entry.interpreterUnit ?? stated.join('、')) : stated.join('、')}（正文载明）`
  if (entry.origin === 'imported' && entry.interpreterUnit) return `${entry.interpreterUnit}（来源载明）`
  return '正文没有写明，可以询问制定机关。'
}

const exportHref = (id: string, format: string): string => `${entryHref(id)}/export/${format}`

/** Akoma Ntoso requires a date: a document without any date is not offered in it. */
const formatsOf = (entry: RegisterDetail) =>
  entryFormats.filter(({ id }) => id !== 'akn' || entry.adoptionDate !== null || entry.publishedOn !== null)

const endings = new Set(['repealed', 'lapsed', 'expired'])

function lifeWords({ lastActivity, lastReview, years, nextRung }: EntryLife): string {
  const age = years === null ? '' : years === 0 ? '公布不满一年；' : `公布已满${years}年；`
  const last = lastActivity ? `最近一次变动在${dateWords(lastActivity.on)}（${lastActivity.what}）；` : ''
  const review = lastReview ? `最近一次审视在${dateWords(lastReview.on)}（${lastReview.what}）` : '还没有评估、清理过'
  const next = nextRung ? `；${dateWords(nextRung.on)}提醒制定机关有效期将届满` : ''
  return `${age}${last}${review}${next}。`
}
function periodWords(entry: RegisterDetail): string {
  const { effectiveDate, validUntil } = entry
  const from = effectiveDate ? `自${dateWords(effectiveDate)}起施行` : '没有载明施行日期'
  if (entry.statusOn.status === 'annulled') return `${from}；已经撤销，自始无效。`
  const ending = entry.timeline.find(({ kind }) => endings.has(kind))
  const last = ending ? addDays(ending.on, -1) : null
  if (ending && last !== validUntil) {
    const planned = validUntil ? `（原定有效期至${dateWords(validUntil)}）` : ''
    return `${from}，${dateWords(ending.on)}起不再有效${planned}。`
  }
  const imported = entry.origin === 'imported'
  const until = validUntil
    ? `有效期至${dateWords(validUntil)}（含当日）`
    : imported
      ? '来源没有载明有效期'
      : '没有规定有效期'
  return `${from}，${until}。`
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const legalityLabels: Record<string, string> = { lawful: '合法', revise: '应当予以修改（已按意见修改并经确认）' }

interface PartProps {
  view: View
  entry: RegisterDetail
  reading: Reading
  divided: Divided
}

/** The contents of all parts, the search by article, the body of this part, the parts before and after. */
function Parted({ view, entry, reading, divided }: PartProps) {
  const { parts, n, where } = divided
  const part = parts[n - 1]
  if (!part) return null
  const on = entry.statusOn.on === view.today ? null : entry.statusOn.on
  const href = (to: number): string => partHref(entry.id, to, on)
  const place = (anchor: string): string => {
    const to = where.get(anchor)
    return to === undefined || to === n ? `#${anchor}` : `${href(to)}#${anchor}`
  }
  const name = (each: Part): string => partName(reading.structure, each)
  const turn = (
    <ul class="turn">
      {n > 1 ? (
        <li>
          <a href={`${href(n - 1)}#text-title`} rel="prev">
            上一部分：{name(parts[n - 2] as Part)}
          </a>
        </li>
      ) : null}
      {n < parts.length ? (
        <li>
          <a href={`${href(n + 1)}#text-title`} rel="next">
            下一部分：{name(parts[n] as Part)}
          </a>
        </li>
      ) : null}
    </ul>
  )
  return (
    <>
      <section class="parts" aria-labelledby="parts-title">
        <h2 id="parts-title">正文分 {parts.length} 部分</h2>
        <p>
          正文很长，分部分显示；全文可以
          {readable(entry).map(({ id, name }, i) => (
            <>
              {i > 0 ? '、' : ''}
              <a href={`${exportHref(entry.id, id)}${on === null ? '' : `?on=${on}`}`} download>
                下载 {name}
              </a>
            </>
          ))}
          ，打印请用下载的文件。
        </p>
        <ol>
          {parts.map((each) => (
            <li>
              {each.n === n ? (
                <span aria-current="page">{name(each)}（本页）</span>
              ) : (
                <a href={`${href(each.n)}#text-title`}>{name(each)}</a>
              )}
            </li>
          ))}
        </ol>
        <form action={entryHref(entry.id)} method="get" class="on">
          {on === null ? null : <input type="hidden" name="on" value={on} />}
          <label for="at">找某一条</label>
          <input id="at" name="at" maxlength={40} placeholder="如 第三十条，或者 30" required />
          <button type="submit" class="quiet">
            找
          </button>
        </form>
      </section>
      <div class="reading">
        <PartContents structure={reading.structure} part={part} />
        <section aria-labelledby="text-title">
          <h2 id="text-title">
            正文（第 {n} 部分，共 {parts.length} 部分）
          </h2>
          <TextPart reading={reading} part={part} place={place} />
          <nav aria-label="前后各部分">{turn}</nav>
        </section>
      </div>
    </>
  )
}

/** From the second part on: the heading and one sentence on validity; the rest is on the page of the first part. */
function partPage(view: View, entry: RegisterDetail, reading: Reading, divided: Divided): Page {
  const { statusOn: status } = entry
  const on = status.on === view.today ? null : status.on
  const first = partHref(entry.id, 1, on)
  return {
    title: `${entry.title}（第 ${divided.n} 部分）`,
    crumbs: [
      { label: '文件库', href: '/register' },
      { label: entry.title, href: first },
      { label: `第 ${divided.n} 部分` },
    ],
    body: (
      <article>
        <h1>{entry.title}</h1>
        {entry.documentNumber ? <p class="number">{entry.documentNumber}</p> : null}
        <p>
          <StatusBadge status={status.status} label={status.label} /> {on === null ? '' : `按${dateWords(status.on)}，`}
          {status.explanation}。<a href={first}>基本信息、沿革与下载</a>
        </p>
        <Parted view={view} entry={entry} reading={reading} divided={divided} />
      </article>
    ),
  }
}

/** Full-text formats for reading and printing. */
const readable = (entry: RegisterDetail) =>
  formatsOf(entry).filter(({ id }) => id === 'docx' || id === 'pdf' || id === 'html')

/**
 * The metadata of the public catalogue (index number, name, dates and so on, as 《政府信息公开条例》 requires); those without a
 * value are not listed.
 */
function metadataOf(entry: RegisterDetail): Array<readonly [string, Child]> {
  const day = (date: string | null): string | null => (date ? dateWords(date) : null)
  const made = entry.origin !== 'imported'
  const consultation = asRecord(entry.metadata.consultation)
  const legality = asRecord(entry.metadata.legality)
  const deliberation = asRecord(entry.metadata.deliberation)
  const channels = Array.isArray(entry.metadata.channels)
    ? entry.metadata.channels.filter((x) => typeof x === 'string')
    : []
  const round = asText(consultation.id)
  const outcome = asText(legality.outcome)
  return [
    ['索引号', entry.indexNumber],
    ['文号', entry.documentNumber ?? entry.documentNumberRaw],
    ['统一登记号', entry.registryNumber],
    [
      '文件标识',
      entry.wjbs.value ? (
        <>
          <span class="hash">{entry.wjbs.value}</span>
          {entry.wjbs.source === 'AUTHORITY_ISSUED' ? '' : `（${entry.wjbs.sourceLabel}）`}
        </>
      ) : null,
    ],
    ['发布机构', entry.issuers.join('、')],
    ['文件层级', entry.tierLabel],
    ['类别', entry.category],
    ['文种', entry.genre],
    ['主题', entry.subject],
    ['成文日期', day(entry.adoptionDate)],
    ['公布日期', day(entry.publishedOn)],
    ['施行日期', day(entry.effectiveDate)],
    ['有效期至', day(entry.validUntil) ?? (made ? '没有规定' : null)],
    // The label already says 来源自述.
    [
      '效力状态',
      entry.statusOn.source === 'stated_by_source' && entry.statusOn.label.includes('来源自述')
        ? `${entry.statusOn.label}，未经本机关核实`
        : `${entry.statusOn.label}（${entry.statusOn.sourceLabel}）`,
    ],
    ['公开方式', entry.disclosureLabel],
    ['适用地区', entry.region],
    ['关键词', entry.keywords.join('、')],
    ['内容概述', entry.summary],
    ['公布渠道', channels.join('、')],
    ['公布后即施行的理由', asText(entry.metadata.immediateReason)],
    ['缩短、提前办理', deviationWords(entry.metadata.deviations)],
    ['签署后更正', correctionWords(entry.metadata.corrections)],
    [
      '征求意见',
      round ? (
        <a href={consultationHref(round)}>
          {asText(consultation.opensOn) ? dateWords(String(consultation.opensOn)) : ''}
          {asText(consultation.closesOn) ? `至${dateWords(String(consultation.closesOn))}` : '查看'}
        </a>
      ) : null,
    ],
    [
      '合法性审核',
      outcome
        ? [
            legalityLabels[outcome] ?? outcome,
            asText(legality.number),
            asText(legality.on) ? dateWords(String(legality.on)) : null,
          ]
            .filter((part) => part !== null)
            .join('，')
        : null,
    ],
    [
      '集体审议',
      [
        asText(deliberation.body),
        asText(deliberation.session),
        asText(deliberation.date) ? dateWords(String(deliberation.date)) : null,
      ]
        .filter((part) => part !== null)
        .join('，'),
    ],
  ]
}

const listOf = (value: unknown): Array<Record<string, unknown>> => (Array.isArray(value) ? value.map(asRecord) : [])
/**
 * Shortening, advancement, delay and urgency: the circumstance, its basis, who approved it, and how often each was
 * used; empty when there is none.
 */
function deviationWords(value: unknown): string | null {
  const lines = listOf(value).flatMap((x) =>
    asText(x.matter)
      ? [
          `${[asText(x.matter), asText(x.ground), asText(x.reference)].filter((part) => part !== null).join('，')}${
            asText(x.approver) ? `（${String(x.approver)}批准）` : ''
          }${typeof x.uses === 'number' && x.uses > 1 ? `，共${x.uses}次` : ''}`,
        ]
      : [],
  )
  return lines.length > 0 ? lines.join('；') : null
}
/** Corrections after signing: date and reason, and whether reviewed and signed again; empty when there is none. */
function correctionWords(value: unknown): string | null {
  const lines = listOf(value).flatMap((x) =>
    asText(x.on)
      ? [
          `${dateWords(String(x.on))}更正：${asText(x.reason) ?? ''}（${
            x.substantive === true ? '属于实质性修改，已重新审核并签署' : '不属于实质性修改，已经确认'
          }）`,
        ]
      : [],
  )
  return lines.length > 0 ? lines.join('；') : null
}

/** The life of a document: a vertical timeline, with today marked on it. */
function Timeline({ entries, today }: { entries: readonly TimelineEntry[]; today: string }) {
  const points = [
    ...entries.map((entry) => ({ ...entry, now: false })),
    { on: today, kind: 'today', label: '今天', detail: null, byDocument: null, decision: null, now: true },
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : Number(a.now) - Number(b.now)))
  return (
    <ol class="timeline">
      {points.map((point) => (
        <li class={point.now ? 'now' : point.on > today ? 'future' : 'past'}>
          <time datetime={point.on}>{dateWords(point.on)}</time>
          <span class="what">
            {point.label}
            {!point.now && point.on > today ? '（尚未到来）' : ''}
            {point.detail ? `：${point.detail}` : ''}
            {point.decision ? `（${decisionWords(point.decision)}）` : ''}
          </span>
        </li>
      ))}
    </ol>
  )
}
