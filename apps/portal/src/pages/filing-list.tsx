// The yearly list of filings: what the sender's ledger says and what the receiver's says side by side, the differences, the
// documents amended and repealed, the rates computed from the list beside those of the statistics.
import { type answers, trackLabels, tracks } from '@dianzhang/contract'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { listPage } from './statistics.tsx'

type Found = answers.Given<typeof answers.FilingList>
type Item = Found['items'][number]
type Says = Item['sender']

const days = (list: readonly string[]): string => list.map(dateWords).join('、')
/** One ledger, a line for what it holds. */
function Ledger({ says, none }: { says: Says; none: string }) {
  if (says === null || says.sent.length + says.returned.length === 0) return <span>{none}</span>
  return (
    <ul class="bare">
      <li>报送：{days(says.sent) || '没有'}</li>
      {says.returned.length > 0 ? <li>退回：{days(says.returned)}</li> : null}
      {says.deferred.length > 0 ? <li>要求补正：{days(says.deferred)}</li> : null}
      {says.supplied.length > 0 ? <li>补正：{days(says.supplied)}</li> : null}
      {says.filedOn !== says.countsFrom ? (
        <li>{says.countsFrom ? `补正逾期，报送自${dateWords(says.countsFrom)}算起` : '逾期没有补正，报送不算按期'}</li>
      ) : null}
      {says.registeredOn ? (
        <li>
          登记：{dateWords(says.registeredOn)}
          {says.number ? `（${says.number}）` : ''}
        </li>
      ) : null}
      {says.opinionOn ? <li>审查意见：{dateWords(says.opinionOn)}</li> : null}
      {says.closedOn ? <li>审结：{dateWords(says.closedOn)}</li> : null}
    </ul>
  )
}
function Title({ item }: { item: Pick<Item, 'entry' | 'title' | 'number' | 'issuer' | 'address'> }) {
  const href = item.address === undefined ? entryHref(item.entry) : item.address
  return (
    <>
      {href ? <a href={href}>{item.title}</a> : item.title}
      <small class="basis">{[item.number, item.issuer].filter(Boolean).join('，')}</small>
    </>
  )
}
function Filing({ item }: { item: Item }) {
  return (
    <tr>
      <td class="num" data-label="序号">
        {item.n}
      </td>
      <td class="name">
        <Title item={item} />
      </td>
      <td data-label="公布、期限">
        {dateWords(item.publishedOn)}公布
        {item.earlier ? '（往年公布）' : ''}
        {item.dueOn ? <small class="basis">{dateWords(item.dueOn)}以前报送</small> : null}
      </td>
      <td data-label="报送一方的台账">
        <Ledger says={item.sender} none="没有报送" />
      </td>
      <td data-label="受理一方的台账">
        {item.recipient ? <small class="basis">{item.recipient}</small> : null}
        <Ledger
          says={item.receiver}
          none={item.receiver !== null ? '没有收到' : item.sender?.filedOn ? '没有另外的台账' : '—'}
        />
      </td>
      <td data-label="情况">
        {item.state}
        {item.differences.map((text) => (
          <strong class="differs">{text}</strong>
        ))}
      </td>
    </tr>
  )
}

export function filingListPage(found: Found, years: readonly number[]): Page {
  const files = new URLSearchParams({ year: String(found.year), as_of: found.asOf })
  return {
    title: `${found.year}年度规范性文件备案目录`,
    crumbs: [{ label: '统计', href: `/statistics?year=${found.year}` }, { label: `${found.year}年度备案目录` }],
    body: (
      <>
        <h1>{found.year}年度规范性文件备案目录</h1>
        <p>
          {found.year}年公布的，以及往年公布、本年登记或者审结的，共{found.items.length}件，截至{dateWords(found.asOf)}
          。 每一件并列报送、受理两本台账所记；
          {found.differing === 0 ? '两本台账没有差别。' : `有差别的${found.differing}件，差别写在情况一栏。`}
        </p>
        <p class="facts">
          {years.map((one) => (
            <span>{one === found.year ? `${one}年` : <a href={`/filing-list?year=${one}`}>{one}年</a>}</span>
          ))}
          <span>
            下载：<a href={`/public/v1/filing-list.docx?${files}`}>Word</a>、
            <a href={`/public/v1/filing-list.pdf?${files}`}>PDF</a>、
            <a href={`/public/v1/filing-list.xlsx?${files}`}>电子表格</a>、
            <a href={`/public/v1/filing-list.csv?${files}`}>CSV</a>
          </span>
        </p>
        <section aria-labelledby="rates">
          <h2 id="rates">由本目录算出的各项率</h2>
          <table class="stack figures">
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col">数</th>
                <th scope="col">分子／分母</th>
                <th scope="col">与统计</th>
              </tr>
            </thead>
            <tbody>
              {found.rates.map((x) => (
                <tr>
                  <td class="name">
                    {x.label}
                    <small class="basis">{x.formula}</small>
                  </td>
                  <td class="num" data-label="数">
                    {x.text}
                  </td>
                  <td class="num" data-label="分子／分母">
                    <a href={listPage(x.list)}>{x.numerator}</a>／
                    {x.denominatorList ? <a href={listPage(x.denominatorList)}>{x.denominator}</a> : x.denominator}
                  </td>
                  <td data-label="与统计">
                    {x.agrees ? '相符' : <strong class="differs">不相符，统计为{x.statistics}</strong>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {tracks.map((track) => {
          const own = found.items.filter((x) => x.track === track)
          return (
            <section aria-labelledby={`track-${track}`}>
              <h2 id={`track-${track}`}>
                {trackLabels[track]}（{own.length}件）
              </h2>
              {own.length === 0 ? (
                <p>没有。</p>
              ) : (
                <table class="stack figures">
                  <thead>
                    <tr>
                      <th scope="col">序号</th>
                      <th scope="col">文件</th>
                      <th scope="col">公布、期限</th>
                      <th scope="col">报送一方的台账</th>
                      <th scope="col">受理一方的台账</th>
                      <th scope="col">情况</th>
                    </tr>
                  </thead>
                  <tbody>
                    {own.map((item) => (
                      <Filing item={item} />
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          )
        })}
        <section aria-labelledby="changes">
          <h2 id="changes">修改、废止、宣布失效、撤销（{found.changes.length}件）</h2>
          {found.changes.length === 0 ? (
            <p>没有。</p>
          ) : (
            <ol class="list">
              {found.changes.map((x) => (
                <li class="item">
                  <Title item={x} />
                  <p class="facts">
                    <span>
                      {x.label}，自{dateWords(x.on)}起
                    </span>
                    {x.by ? <span>{x.by}</span> : null}
                  </p>
                </li>
              ))}
            </ol>
          )}
        </section>
      </>
    ),
  }
}
