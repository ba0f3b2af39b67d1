// Overview: what matter it is and in whose hands; what was filled in at opening and later, with field names from the
// contract; how far the commands asked of other matters have come.
import { groupOf } from '../forms/shape.ts'
import { told } from '../forms/told.ts'
import { momentOf, plain, roleName } from '../words.ts'
import { contractWords } from './matter-frame.ts'
import { Sent } from './sent.tsx'
import type { Matter } from './types.ts'

export function Overview({ matter }: { matter: Matter }) {
  const next = matter.deadlines.find(({ status, dueOn }) => status === 'open' && dueOn === matter.nextDueOn)
  return (
    <div className="stack">
      <dl className="facts">
        <dt>种类</dt>
        <dd>{matter.processLabel}</dd>
        <dt>现在轮到</dt>
        <dd>{matter.turn.length > 0 ? matter.turn.map(roleName).join('、') : '不须办理'}</dd>
        <dt>承办单位</dt>
        <dd>{matter.unit.name || '—'}</dd>
        <dt>开启</dt>
        <dd>
          {momentOf(matter.createdAt)}
          {matter.openedBy ? `，${matter.openedBy.name}` : ''}
        </dd>
        <dt>最近的期限</dt>
        <dd>{matter.nextDueOn ? `${next ? `${next.label}，` : ''}${plain(matter.nextDueOn)}` : '没有在走的期限'}</dd>
        <dt>规则包</dt>
        <dd>
          <a href={`/staff/packs?version=${encodeURIComponent(matter.packVersion)}`}>{matter.packVersion}</a>
        </dd>
      </dl>
      <Content matter={matter} />
      <Sent sent={matter.sent} />
    </div>
  )
}

/**
 * The content of the fields: only those with a name in the contract are listed; the rest is left to the tabs of that
 * kind of matter.
 */
function Content({ matter }: { matter: Matter }) {
  const opening = contractWords(matter.process).contract?.opening.schema
  const fields = opening ? Object.entries(groupOf(opening).fields) : []
  const rows = fields.flatMap(([name, shape]) => {
    if (shape.kind === 'constant' || !shape.title) return []
    const said = told(shape, matter[name], (id) => matter.names[id], matter)
    return said.length === 0 ? [] : [{ name, title: shape.title, said }]
  })
  if (rows.length === 0) return null
  return (
    <section className="stack" aria-label="内容">
      <h2>内容</h2>
      <dl className="facts">
        {rows.map(({ name, title, said }) => (
          <div key={name} className="facts-row">
            <dt>{title}</dt>
            <dd className="pre">
              {said.length === 1 ? (
                said[0]
              ) : (
                <ol className="plain">
                  {said.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ol>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
