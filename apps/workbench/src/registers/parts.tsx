// Shared by the register pages: page head, table, loading page by page.
import { useInfiniteQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import { get, search } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway, type Taken, usePrinting } from '../parts/take-away.tsx'
import type { Page } from '../types.ts'
import '../document/document.css'

export function RegisterPage({
  title,
  intro,
  tools,
  children,
}: {
  title: string
  intro?: ReactNode
  tools?: ReactNode
  children: ReactNode
}) {
  return (
    <main className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {tools ? <div className="row">{tools}</div> : null}
      </div>
      {intro ? <p className="quiet">{intro}</p> : null}
      {children}
    </main>
  )
}
/** So many rows of a list at once. */
const rowsAtOnce = 50
export interface Column<T> {
  head: string
  cell: (row: T) => ReactNode
  num?: boolean
  /** A CSS width. */
  width?: string
}
export function Table<T>({
  columns,
  rows,
  keyOf,
  empty,
  taken,
}: {
  columns: Array<Column<T>>
  rows: T[]
  keyOf: (row: T) => string
  empty: string
  /** Where the same list is given as a table; a part of a page that is no list of its own has none. */
  taken?: Taken
}) {
  const printing = usePrinting()
  const [shown, setShown] = useState(rowsAtOnce)
  if (rows.length === 0) return <Empty>{empty}</Empty>
  // A list that comes page by page has its own pages; one that comes whole is shown by as many rows.
  const listed = taken && !printing ? rows.slice(0, shown) : rows
  const table = (
    <div className="scroll-x card">
      <table className="table folds">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.head}
                className={column.num ? 'num' : undefined}
                style={column.width ? { width: column.width, minWidth: column.width } : undefined}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.head} data-label={column.head} className={column.num ? 'num' : undefined}>
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
  if (!taken) return table
  return (
    <>
      {table}
      {listed.length < rows.length ? (
        <p className="row">
          <Button onClick={() => setShown(shown + rowsAtOnce)}>载入更多</Button>
          <span className="quiet">
            共 {rows.length} 行，已列 {listed.length} 行
          </span>
        </p>
      ) : null}
      <p className="desk-foot">
        <TakeAway {...taken} />
      </p>
    </>
  )
}
interface Query<T> {
  data: T | undefined
  isPending: boolean
  isError: boolean
  error: unknown
  refetch: () => unknown
}
/** Three cases: loading, failed, obtained. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  if (query.isPending) return <Loading />
  if (query.isError || query.data === undefined) return <ErrorNote error={query.error} retry={() => query.refetch()} />
  return children(query.data)
}
/** `every`: asked again by itself after so many milliseconds. */
export function usePages<T>(
  key: readonly unknown[],
  path: string,
  params: Record<string, string | undefined> = {},
  every?: number,
) {
  const query = useInfiniteQuery({
    queryKey: [...key, params],
    queryFn: ({ pageParam }) => get<Page<T>>(`${path}${search({ ...params, limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
  return { ...query, path, params }
}
export function PagedTable<T>({
  query,
  ...table
}: {
  query: ReturnType<typeof usePages<T>>
  columns: Array<Column<T>>
  keyOf: (row: T) => string
  empty: string
}) {
  if (query.isPending) return <Loading />
  if (query.isError) return <ErrorNote error={query.error} retry={() => query.refetch()} />
  return (
    <>
      <Table {...table} rows={query.data.pages.flatMap((page) => page.items)} />
      {query.hasNextPage ? (
        <Button onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
          载入更多
        </Button>
      ) : null}
      {query.data.pages.some((page) => page.items.length > 0) ? (
        <p className="desk-foot">
          <TakeAway path={query.path} params={query.params} list={query} />
        </p>
      ) : null}
    </>
  )
}
