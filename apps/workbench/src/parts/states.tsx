// Loading, empty, failed, not found: each says plainly what can be done next.
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type ReactNode, useEffect } from 'react'
import { isRefused, sentence } from '../api.ts'
import { partIsMissing, reloadOnce } from './fresh.ts'

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
  // Asked again, a right that somebody does not have is refused again.
  const final = isRefused(error)
  return (
    <div className="note note-error" role="alert">
      <p>{sentence(error)}</p>
      {retry && !final ? (
        <Button size="small" onClick={retry}>
          再试一次
        </Button>
      ) : null}
    </div>
  )
}
export function PageError({ error, reset }: ErrorComponentProps) {
  // What stood on the page has been taken down by now and has put its drafts aside.
  const updated = partIsMissing(error)
  useEffect(() => {
    if (updated) reloadOnce(error)
  }, [updated, error])
  if (updated)
    return (
      <main className="page">
        <h1>工作台已经更新</h1>
        <div className="note note-info" role="status">
          <p>这个页面要用新版程序打开。没有提交的内容已暂存在本机，载入后还在。</p>
          <Button size="small" onClick={() => location.reload()}>
            载入新版
          </Button>
        </div>
      </main>
    )
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
