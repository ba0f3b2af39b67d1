// 打开一件案卷的页面：窗口标题，以及没有取到时说什么。
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { ErrorNote, Loading } from './states.tsx'

/** 窗口标题；离开时还原。 */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · 典章`
    return () => {
      document.title = '典章 · 工作台'
    }
  }, [title])
}

/** 案卷还没有取到，或者取不到。 */
export function NotOpened({ found, noun = '案卷' }: { found: UseQueryResult; noun?: string }): ReactElement {
  return (
    <main className="page">
      {found.isError ? (
        <>
          <h1>{noun}没有打开</h1>
          <ErrorNote error={found.error} retry={() => found.refetch()} />
          <Link to="/">回到我的待办</Link>
        </>
      ) : (
        <Loading lines={10} />
      )}
    </main>
  )
}
