// The hearing's own tab: seats by category, who registered and who takes part, the draw, how it was held, the report.
import type { answers } from '@dianzhang/contract'
import { Empty } from '../parts/states.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import type { Matter } from './types.ts'

type Own = Told<typeof answers.HearingFile>
type Registration = Own['registrations'][number]

export default function Hearing({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  const page = `/hearings/${encodeURIComponent(matter.id)}`
  const { draw } = own
  // Names are told to the drafting unit alone: the list of anybody else has numbers only.
  const named = own.registrations.some((each) => each.statement !== undefined)
  const toCall = own.registrations.filter((each) => each.toInform || (each.taking && each.letter === 'dead'))
  const standing = (each: Registration): string => {
    if (each.withdrawnOn) return `${each.withdrawnOn}撤回`
    if (!each.counts) return '同一联系方式，只算最先的一件'
    if (!draw) return '待遴选'
    if (each.taking) return each.letter === 'dead' ? '参加（信没有送到，请打电话）' : '参加'
    const place = (draw.order[each.category] ?? []).indexOf(each.id)
    return place < 0 ? '未列入遴选' : `候补（抽得第${place + 1}位）`
  }
  return (
    <div className="stack" data-testid="hearing">
      <p>
        <a href={page} target="_blank" rel="noreferrer">
          公众看到的页面
        </a>
        {draw ? (
          <>
            {'　'}
            <a href={`${page}/draw`} target="_blank" rel="noreferrer">
              怎样重新计算遴选
            </a>
          </>
        ) : null}
      </p>
      {own.cancelled ? (
        <p className="note note-warn pre">
          {own.cancelled.on}取消：{own.cancelled.reason}
        </p>
      ) : null}
      <h2>名额与报名</h2>
      <table className="table folds">
        <thead>
          <tr>
            <th>类别</th>
            <th className="num">名额</th>
            <th className="num">报名</th>
            <th className="num">选定</th>
          </tr>
        </thead>
        <tbody>
          {own.categories.map((each) => (
            <tr key={each.name}>
              <td data-label="类别">{each.name}</td>
              <td data-label="名额" className="num">
                {each.seats}
              </td>
              <td data-label="报名" className="num">
                {each.registered}
              </td>
              <td data-label="选定" className="num">
                {draw ? own.registrations.filter((x) => x.category === each.name && x.taking).length : '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {toCall.length > 0 ? (
        <>
          <h2>请打电话：{toCall.length}人由候补递补为参加人</h2>
          <ul data-testid="to-call">
            {toCall.map((each) => (
              <li key={each.id}>
                {each.id}　{each.category}
                {each.name ? `　${each.name}　${each.contact ?? ''}` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{draw ? `名单（${draw.on}遴选）` : '报名的名单'}</h2>
      {own.registrations.length === 0 ? (
        <Empty>还没有人报名。</Empty>
      ) : (
        <>
          {named ? null : <p className="hint">姓名、联系方式与所要陈述的意见，只有起草单位的人员看得到。</p>}
          <div className="scroll-x">
            <table className="table folds" data-testid="registrations">
              <thead>
                <tr>
                  <th>报名编号</th>
                  <th>类别</th>
                  {named ? (
                    <>
                      <th>姓名</th>
                      <th>联系方式</th>
                      <th>拟陈述的意见</th>
                    </>
                  ) : null}
                  <th>报名</th>
                  <th>结果</th>
                </tr>
              </thead>
              <tbody>
                {own.registrations
                  .toSorted((a, b) => Number(b.taking) - Number(a.taking))
                  .map((each) => (
                    <tr key={each.id}>
                      <td data-label="报名编号">{each.id}</td>
                      <td data-label="类别">{each.category}</td>
                      {named ? (
                        <>
                          <td data-label="姓名">{each.name ?? '（已删除）'}</td>
                          <td data-label="联系方式">{each.contact ?? '（已删除）'}</td>
                          <td data-label="拟陈述的意见" className="pre">
                            {each.statement}
                          </td>
                        </>
                      ) : null}
                      <td data-label="报名">{momentOf(each.at)}</td>
                      <td data-label="结果">{each.taking ? <b>{standing(each)}</b> : standing(each)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {own.materialsSentOn ? <p>{own.materialsSentOn}送达材料。</p> : null}
      {own.held ? (
        <p>
          {own.held.on}举行，到场{own.held.attended}人，在笔录上签字{own.held.signed}人。
        </p>
      ) : null}
      {own.report ? (
        <>
          <h2>听证报告（{own.report.on}公布）</h2>
          <p className="pre">{own.report.text}</p>
        </>
      ) : null}
    </div>
  )
}
