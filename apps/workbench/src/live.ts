// Changes by others: pushed by the server (connected only while the page is visible, so that many windows do not use
// up the connections); falls back to looking at intervals when it cannot connect.
import { useEffect, useRef, useState } from 'react'

/**
 * Calls `onChange` when something changed; returns whether the push is connected. Without `document`: every change in
 * this jurisdiction.
 */
export function useLive(onChange: () => void, document?: string): boolean {
  const [connected, setConnected] = useState(false)
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
    }
    const follow = () => {
      if (window.document.hidden) return close()
      if (source) return
      source = new EventSource(`/api/events${document ? `?document=${encodeURIComponent(document)}` : ''}`)
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
      source.addEventListener('error', () => {
        setConnected(false)
        // A refused connection is closed for good; the timed look goes on.
        if (source?.readyState === EventSource.CLOSED) source = null
      })
    }
    follow()
    window.document.addEventListener('visibilitychange', follow)
    return () => {
      window.document.removeEventListener('visibilitychange', follow)
      clearTimeout(timer)
      close()
    }
  }, [document])
  return connected
}
