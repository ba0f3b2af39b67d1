// What a matter or a document asked of others: whether it was done, and if not, why; who may send it again finds it here.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { actionsQuery, matters } from '../queries.ts'
import { momentOf } from '../words.ts'
import { MatterLink } from './matter-link.tsx'
import type { Matter } from './types.ts'

const outcomes = { accepted: '已经办成', refused: '没有办成' } as const
/** What is asked of other matters: whether it was done, and if not, why. */
export function Sent({ sent }: { sent: Matter['sent'] }) {
  const refused = sent.some(({ outcome, again }) => outcome === 'refused' && again === null)
  const actions = useQuery({ ...actionsQuery('office', matters), enabled: refused })
  const may = actions.data?.some((action) => action.command === 'ResendCommand' && action.allowed) ?? false
  if (sent.length === 0) return null
  return (
    <section className="stack" aria-label="要别的事项办理的">
      <h2>要别的事项办理的</h2>
      <ul className="plain">
        {sent.map((each) => (
          <li key={each.id}>
            <p>
              {momentOf(each.at)}　{each.label}：
              {each.title ? (
                <MatterLink id={each.matter} process={each.process ?? ''}>
                  {each.title}
                </MatterLink>
              ) : (
                '（不存在，或者您不能查看）'
              )}
              {'　'}
              <span className={each.outcome === 'refused' ? 'bad' : each.outcome === null ? 'quiet' : 'good'}>
                {each.outcome === null ? '正在送达' : outcomes[each.outcome]}
              </span>
            </p>
            {each.detail && each.outcome === 'refused' ? <p className="hint">{each.detail}</p> : null}
            {each.again ? (
              <p className="hint">已经再次转办：{each.again === 'pending' ? '正在送达' : outcomes[each.again]}</p>
            ) : null}
            {each.outcome === 'refused' && each.again === null && may ? (
              <Link
                to={matters.page}
                params={{ id: 'office' }}
                search={{ do: 'ResendCommand', on: each.id }}
                className="button-link"
              >
                再次转办
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
