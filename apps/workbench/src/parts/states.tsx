// 载入、空白、出错、没有：每一种都说清楚接下来可以做什么。
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { sentence } from '../api.ts'

export function Loading({ lines = 6 }: { lines?: number }) {
  return (
    <div className="skeleton" role="status" aria-label="正在载入">
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders have no other identity
        <span key={i} style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>
}
export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="note note-error" role="alert">
      <p>{sentence(error)}</p>
      {retry ? (
        <Button size="small" onClick={retry}>
          再试一次
        </Button>
      ) : null}
    </div>
  )
}
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="page">
      <h1>页面没有打开</h1>
      <ErrorNote error={error} retry={reset} />
    </main>
  )
}
export function NotFound() {
  return (
    <main className="page">
      <h1>没有这个页面</h1>
      <p>
        地址可能有误，或者您不在可以查看的范围之内。<Link to="/">回到我的待办</Link>
      </p>
    </main>
  )
}
