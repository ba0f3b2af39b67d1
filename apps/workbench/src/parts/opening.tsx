// The page of a file being opened: the window title, and what to say when the file was not fetched.
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { ErrorNote, Loading } from './states.tsx'

/** The window's name while no page has given it one. */
export const untitled = '典章 · 工作台'
/** The number of messages that wait, put before the window's name by the bell. */
const countBefore = /^\(\d+\+?\) /
/** The window's name without that number. */
export const plainTitle = (): string => document.title.replace(countBefore, '')
export const titled = (words: string): string => `${words} · 典章`
/** The window title; restored on leaving. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = titled(title)
    return () => {
      document.title = untitled
    }
  }, [title])
}

/** The file has not been fetched yet, or cannot be. */
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
