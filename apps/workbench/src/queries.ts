// Queries: keys and how to fetch are written in one place, so that invalidation can say exactly what it invalidates.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call, gate, get, ProblemError, search } from './api.ts'
import type { Matter } from './matter/types.ts'
import type {
  Action,
  BodyRow,
  Chart,
  Clock,
  CommandAnswer,
  Demo,
  Doc,
  HistoryEvent,
  Me,
  Page,
  PlanItems,
  SignInWays,
  StageLoad,
  UnitRow,
} from './types.ts'

/** The person; null when not signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async () => {
    try {
      // On a page that is somebody's, the end of the session is told as everywhere: it does not take the page away.
      const me = await call<Me>('GET', '/api/me', undefined, { withoutGate: gate.person === null })
      gate.becomes(me.person)
      return me
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.code === 'unauthenticated')) throw error
      gate.becomes(null)
      return null
    }
  },
})
export const demoQuery = queryOptions({
  queryKey: ['demo'],
  staleTime: 300_000,
  retry: false,
  queryFn: async () => {
    try {
      return await call<Demo>('GET', '/api/demo', undefined, { withoutGate: true })
    } catch (error) {
      if (error instanceof ProblemError && (error.problem.code === 'not_found' || error.problem.status === 404))
        return null
      throw error
    }
  },
})
/** Ways to sign in other than user name and password. */
export const waysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  staleTime: 300_000,
  queryFn: () => call<SignInWays>('GET', '/api/auth/ways', undefined, { withoutGate: true }),
})
/** How many documents stand in each stage, among those of one scope of the desk. */
export const loadQuery = (scope: 'later' | 'waiting' | 'followed' | 'done' | 'all' | undefined) =>
  queryOptions({
    queryKey: ['stage-load', scope ?? 'mine'],
    // What was put off awaits this person all the same.
    queryFn: () =>
      get<StageLoad[]>(
        `/api/stage-load${search(scope === 'all' ? {} : { [scope === 'later' ? 'mine' : (scope ?? 'mine')]: true })}`,
      ),
    staleTime: 10_000,
  })
export const unitsQuery = queryOptions({
  queryKey: ['units'],
  staleTime: 600_000,
  queryFn: () => get<UnitRow[]>('/api/units'),
})
/** What is left of the year's drafting plan. */
export const planItemsQuery = queryOptions({
  queryKey: ['plan-items'],
  staleTime: 60_000,
  queryFn: () => get<PlanItems>('/api/plan-items'),
})
/** Meetings and review bodies; disabled ones included. */
export const bodiesQuery = queryOptions({
  queryKey: ['bodies'],
  staleTime: 600_000,
  queryFn: () => get<BodyRow[]>('/api/bodies'),
})
/** Where a class of files lives: address of the API, key of the query, address of the page. */
export interface Place {
  api: string
  key: 'doc' | 'matter'
  page: '/documents/$id' | '/matters/$id'
}
export const documents: Place = { api: '/api/documents', key: 'doc', page: '/documents/$id' }

export const matters: Place = { api: '/api/matters', key: 'matter', page: '/matters/$id' }
/** The fixed name of documents as a kind of matter. */
export const documentProcess = 'normative-document'
/** Where matters of this kind live. */
export const placeOf = (process: string): Place => (process === documentProcess ? documents : matters)

export const docQuery = (id: string) =>
  queryOptions({ queryKey: ['doc', id], queryFn: () => get<Doc>(`/api/documents/${id}`) })
export const matterQuery = (id: string) =>
  queryOptions({ queryKey: ['matter', id], queryFn: () => get<Matter>(`/api/matters/${id}`) })
export const actionsQuery = (id: string, { api, key }: Place = documents) =>
  queryOptions({ queryKey: [key, id, 'actions'], queryFn: () => get<Action[]>(`${api}/${id}/actions`) })
export const deadlinesQuery = (id: string, { api, key }: Place = documents) =>
  queryOptions({ queryKey: [key, id, 'deadlines'], queryFn: () => get<Clock[]>(`${api}/${id}/deadlines`) })
export const historyQuery = (id: string, { api, key }: Place = documents) =>
  queryOptions({
    queryKey: [key, id, 'history'],
    queryFn: async () => {
      const events: HistoryEvent[] = []
      let cursor: string | null = null
      do {
        const page: Page<HistoryEvent> = await get<Page<HistoryEvent>>(
          `${api}/${id}/history${search({ limit: 100, cursor })}`,
        )
        events.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null && events.length < 2000)
      return events
    },
  })
/** The flow chart: stages in order, arrows, rules. While the machine stays the same, so does the answer. */
export const chartQuery = (process: string) =>
  queryOptions({
    queryKey: ['lifecycle', process],
    queryFn: () => get<Chart>(`/api/lifecycle${process === documentProcess ? '' : search({ process })}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
/** What this window has done to a file, without a break: from the version it began at to the one it led to; its last event. */
interface Own {
  base: number
  version: number
  seq: number
}
const ownKey = (id: string): readonly string[] => ['own', id]
/** Remembers one's own act on a file, which was at version `base`: it is nobody else's change. */
export function rememberOwn(client: QueryClient, id: string, base: number, answer: CommandAnswer): void {
  client.setQueryData<Own>(ownKey(id), (before) => ({
    base: before && before.base <= base && base <= before.version ? before.base : base,
    version: answer.version,
    seq: Math.max(...answer.events.map(({ seq }) => seq), 0),
  }))
}
/** The last event of one's own on a file; 0: none. */
export const ownSeq = (client: QueryClient, id: string): number => client.getQueryData<Own>(ownKey(id))?.seq ?? 0
/** The version that who saw `version` may go on from: a later one where everything since was done in this window. */
export function versionAfterOwn(client: QueryClient, id: string, version: number): number {
  const own = client.getQueryData<Own>(ownKey(id))
  return own && own.base <= version ? Math.max(version, own.version) : version
}
/**
 * What was fetched is out of date, and fetched again where it is shown. A first answer that is still under way was asked for before
 * the change; by itself it would count as fetched after it.
 */
export async function askAnew(client: QueryClient, filters: { queryKey: readonly unknown[] }): Promise<void> {
  await client.cancelQueries({
    ...filters,
    predicate: ({ state }) => state.data === undefined && state.fetchStatus === 'fetching',
  })
  await client.invalidateQueries(filters)
}
/** When a file has changed, everything belonging to it is fetched again. */
export async function refreshDoc(client: QueryClient, id: string, { key }: Place = documents): Promise<void> {
  await Promise.all([
    askAnew(client, { queryKey: [key, id] }),
    client.invalidateQueries({ queryKey: ['matters'] }),
    client.invalidateQueries({ queryKey: ['documents'] }),
    client.invalidateQueries({ queryKey: ['desk'] }),
    client.invalidateQueries({ queryKey: ['stage-load'] }),
  ])
}
