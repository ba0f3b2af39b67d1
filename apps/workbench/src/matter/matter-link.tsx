// A matter by its title: a file on its own page, every other kind on the page of matters.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { placeOf } from '../queries.ts'

/** `tab`: opened there. */
export function MatterLink({
  id,
  process,
  tab,
  onClick,
  children,
}: {
  id: string
  process: string
  tab?: string
  onClick?: () => void
  children: ReactNode
}) {
  return (
    <Link
      to={placeOf(process).page}
      params={{ id }}
      {...(tab ? { search: { tab } as never } : {})}
      {...(onClick ? { onClick } : {})}
    >
      {children}
    </Link>
  )
}
