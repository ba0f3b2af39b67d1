// The way to open a matter of one kind.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Values } from '../forms/shape.ts'
import { chartQuery, meQuery } from '../queries.ts'

/** Shown only when one of the person's posts may open it; `given` is filled in already. `aside`: not what the page is for. */
export function OpenLink({ process, given, aside = false }: { process: string; given?: Values; aside?: boolean }) {
  const { data: me } = useQuery(meQuery)
  const { data: chart } = useQuery(chartQuery(process))
  const opening = chart?.opening
  if (!opening?.by.some((role) => me?.roles.some((own) => own === role))) return null
  return (
    <Link
      to="/matters/new/$process"
      params={{ process }}
      search={given ? { given } : {}}
      className={aside ? 'act-small' : 'button-link'}
    >
      {opening.label}
    </Link>
  )
}
