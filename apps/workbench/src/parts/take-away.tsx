// A list to take away: as a workbook or a table with the same query, all of it and not only what is on the screen; on paper.
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { search } from '../api.ts'

/** As many pages as are fetched before printing; a longer list is taken as a file. */
const mostPages = 80

/** Where a list is given as a table: `<path>.xlsx` and `<path>.csv`, asked with the same `params`. */
export interface Taken {
  path: string
  params?: Record<string, string | number | boolean | undefined> | undefined
}
interface Paged {
  hasNextPage: boolean
  fetchNextPage: () => Promise<{ hasNextPage: boolean }>
}
const whole: Paged = { hasNextPage: false, fetchNextPage: async () => ({ hasNextPage: false }) }
/** `list`: of what is fetched page by page, all is fetched before it is printed. */
export function TakeAway({ path, params = {}, list = whole }: Taken & { list?: Paged }) {
  const [busy, setBusy] = useState(false)
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  const print = async () => {
    setBusy(true)
    let left = list.hasNextPage
    for (let i = 0; left && i < mostPages; i++) left = (await latest.current.fetchNextPage()).hasNextPage
    setBusy(false)
    // What has just come is drawn first.
    setTimeout(() => window.print(), 50)
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
