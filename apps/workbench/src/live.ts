// 他人的变动：服务端推送（只在页面可见时连着，免得多个窗口占满连接）；连不上时退回定时查看。
import { useEffect, useRef, useState } from 'react'

/** 有变化时调用 `onChange`；返回推送是否连着。`document` 缺省为本法域的一切变化。 */
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
