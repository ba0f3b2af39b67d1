// A matter by its title: a file on its own page, every other kind on the page of matters.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { documentProcess } from '../document/frame.ts'

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
  const rest = { params: { id }, ...(tab ? { search: { tab } as never } : {}), ...(onClick ? { onClick } : {}) }
  return process === documentProcess ? (
    <Link to="/documents/$id" {...rest}>
      {children}
    </Link>
  ) : (
    <Link to="/matters/$id" {...rest}>
      {children}
    </Link>
  )
}
