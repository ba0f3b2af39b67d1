// A list to take away: as a workbook or a table with the same query, all of it and not only what is on the screen; on paper.
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { search, sentence } from '../api.ts'
import { toast } from './toasts.tsx'

/** As many pages as are fetched before printing; a longer list is taken as a file. */
const mostPages = 80

/** Where a list is given as a table: `<path>.xlsx` and `<path>.csv`, asked with the same `params`. */
export interface Taken {
  path: string
  params?: Record<string, string | number | boolean | undefined> | undefined
}
interface Paged {
  hasNextPage: boolean
  fetchNextPage: () => Promise<{ hasNextPage: boolean; error: unknown }>
}
const whole: Paged = { hasNextPage: false, fetchNextPage: async () => ({ hasNextPage: false, error: null }) }
/** `list`: of what is fetched page by page, all is fetched before it is printed. */
export function TakeAway({ path, params = {}, list = whole }: Taken & { list?: Paged }) {
  const [busy, setBusy] = useState(false)
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  // Another list, or another page: it is not what was to be printed.
  const what = `${path}${search(params)}`
  const shown = useRef<string | null>(what)
  useEffect(() => {
    shown.current = what
    return () => {
      shown.current = null
    }
  }, [what])
  const print = async () => {
    setBusy(true)
    let left = list.hasNextPage
    let failed: unknown = null
    for (let i = 0; left && failed === null && shown.current === what && i < mostPages; i++) {
      const { hasNextPage, error } = await latest.current.fetchNextPage()
      left = hasNextPage
      failed = error
    }
    setBusy(false)
    if (failed !== null) return toast(`没有打印，后面的没有取到：${sentence(failed)}`, 'warn')
    // What has just come is drawn first.
    setTimeout(() => {
      if (shown.current === what) window.print()
    }, 50)
  }
  return (
    <span className="take-away no-print">
      导出 <a href={`${path}.xlsx${search(params)}`}>XLSX</a> <a href={`${path}.csv${search(params)}`}>CSV</a>{' '}
      <Button size="small" loading={busy} onClick={() => void print()}>
        打印
      </Button>
    </span>
  )
}

/** Whether the page is being put on paper: then all rows are drawn, in or out of view. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const query = window.matchMedia('print')
    const tell = () => setPrinting(query.matches)
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [])
  return printing
}
