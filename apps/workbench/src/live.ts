// Changes by others: pushed by the server (connected only while the page is visible, so that many windows do not use
// up the connections); falls back to looking at intervals when it cannot connect.
import { useEffect, useRef, useState } from 'react'
import { gate } from './api.ts'

/**
 * Calls `onChange` when something changed; returns whether the push is connected. Without `document`: every change in
 * this jurisdiction.
 */
export function useLive(onChange: () => void, document?: string): boolean {
  return useStream(onChange, document, false).connected
}
const nobody: readonly string[] = []
/** Also who else has the text of this file open; `editing`: that this person has it, told for as long as the page is open. */
export function useStream(
  onChange: () => void,
  document: string | undefined,
  editing: boolean,
): { connected: boolean; company: readonly string[] } {
  const [connected, setConnected] = useState(false)
  const [company, setCompany] = useState(nobody)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let before = false
    const close = () => {
      source?.close()
      source = null
      setConnected(false)
      setCompany(nobody)
    }
    const follow = () => {
      // Whoever edits has it open in a window behind others as well.
      if (window.document.hidden && !editing) return close()
      if (source) return
      const asked = document ? `?document=${encodeURIComponent(document)}${editing ? '&editing=true' : ''}` : ''
      source = new EventSource(`/api/events${asked}`)
      source.addEventListener('ready', () => {
        setConnected(true)
        // What changed while nothing was connected has not been told.
        if (before) latest.current()
        before = true
      })
      // Many changes in a row are looked at once.
      source.addEventListener('changed', () => {
        clearTimeout(timer)
        timer = setTimeout(() => latest.current(), 300)
      })
      source.addEventListener('present', ({ data }: MessageEvent<string>) =>
        setCompany((JSON.parse(data) as { editing: string[] }).editing),
      )
      source.addEventListener('error', () => {
        setConnected(false)
        setCompany(nobody)
        // A refused connection is closed for good; the timed look goes on.
        if (source?.readyState === EventSource.CLOSED) source = null
      })
    }
    follow()
    window.document.addEventListener('visibilitychange', follow)
    // A connection that the end of the session closed is opened again after the new sign-in.
    const leave = gate.subscribe(() => {
      if (!gate.closed()) follow()
    })
    return () => {
      leave()
      window.document.removeEventListener('visibilitychange', follow)
      clearTimeout(timer)
      close()
    }
  }, [document, editing])
  return { connected, company }
}

/**
 * How often an open page looks again, in milliseconds: seldom while changes are told, often while they are not or the last look
 * failed; what was missed meanwhile is not told twice.
 */
export const lookAgain =
  (live: boolean) =>
  (query: { state: { error: unknown } }): number =>
    live && query.state.error === null ? 30_000 : 5_000
