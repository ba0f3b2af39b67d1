// The revision that waits for a second person: who proposed it and why, what it changes; told on the page of packs, and in the form
// in which it is approved or declined.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../api.ts'
import { Loading } from '../parts/states.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { RevisionChanges } from './pack-changes.tsx'

type Waiting = Told<typeof answers.PackProposal>
const waitingQuery = {
  queryKey: ['packs', 'proposal'],
  queryFn: () => get<Waiting | null>('/api/packs/proposal'),
}

/** What there is to see before deciding. */
function WaitingChanges({ found }: { found: Waiting }) {
  return (
    <div className="stack" data-testid="waiting-changes">
      <p>
        {found.byName} {momentOf(found.at)} 提出，在 {found.base} 上修订，自 {found.effectiveFrom} 起适用于新立项。
      </p>
      <p>
        <b>为什么放宽</b>：{found.reason}
      </p>
      <ul className="lines">
        {found.looser.map((each) => (
          <li key={each.path}>{each.message}</li>
        ))}
      </ul>
      <RevisionChanges found={found} stored />
    </div>
  )
}
/** On the page of packs: that one waits, for whom, and the way to it. Only for who may read the office's acts. */
export function WaitingRevision() {
  const { data: me } = useQuery(meQuery)
  const reads = me?.roles.some((role) => role === 'admin' || role === 'legality_reviewer' || role === 'secretariat')
  const { data: found } = useQuery({ ...waitingQuery, enabled: reads === true })
  if (!me || !found) return null
  const approves = me.roles.includes('legality_reviewer') && !found.own
  const link = (command: string, words: string) => (
    <Link to="/matters/$id" params={{ id: 'office' }} search={{ do: command }} className="button-link">
      {words}
    </Link>
  )
  return (
    <section className="card stack" aria-label="等着复核的修订" data-testid="waiting-revision">
      <h2>等着复核的修订</h2>
      <p>放宽期限、减少要求或者增加例外的修订，由合法性审核人员复核以后才成一版；其间仍用现行的一版。</p>
      <WaitingChanges found={found} />
      <div className="row-end">
        {approves || me.roles.includes('admin') ? link('DeclineRevision', found.own ? '收回这份修订' : '不采用') : null}
        {approves ? link('ApproveRevision', '复核') : null}
      </div>
    </section>
  )
}
/** The whole of it as a field: what is approved or declined is what was seen. */
export function ProposalField({ value, onChange }: { value: string | undefined; onChange: (next: unknown) => void }) {
  const { data: found, isPending } = useQuery({ ...waitingQuery, staleTime: 0 })
  if (isPending) return <Loading lines={4} />
  if (!found) return <p>没有等着复核的修订。</p>
  if (value !== found.id) queueMicrotask(() => onChange(found.id))
  return <WaitingChanges found={found} />
}
export default ProposalField
