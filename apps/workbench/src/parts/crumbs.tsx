// Where one is: the list it came from, then this.
import { Link } from '@tanstack/react-router'

export function Crumbs({ here, to = '/', label = '案卷' }: { here: string; to?: '/' | '/matters'; label?: string }) {
  return (
    <nav className="crumbs no-print" aria-label="所在位置">
      <ol>
        <li>
          <Link to={to} activeProps={{}}>
            {label}
          </Link>
        </li>
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  )
}
