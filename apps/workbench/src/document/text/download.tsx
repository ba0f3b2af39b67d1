// Download: when the server refuses, the reason is shown instead of saving an error answer.
import { type MouseEvent, type ReactNode, useState } from 'react'
import { toast } from '../../parts/toasts.tsx'

const nameOf = (disposition: string | null): string | null => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return encoded ? decodeURIComponent(encoded) : null
}
async function save(path: string): Promise<void> {
  const response = await fetch(path, { credentials: 'same-origin' }).catch(() => null)
  if (!response) {
    toast('没有连上服务器，请稍后再下载。', 'warn')
    return
  }
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as {
      detail?: string
      issues?: Array<{ message: string }>
    } | null
    const why = problem?.issues?.map((issue) => issue.message).join('；') || problem?.detail
    toast(`没有下载：${why || `服务器答复 ${response.status}`}`, 'warn')
    return
  }
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = nameOf(response.headers.get('content-disposition')) ?? '下载'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
export function Download({ path, children }: { path: string; children: ReactNode }) {
  const [busy, setBusy] = useState(false)
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (busy) return
    setBusy(true)
    void save(path).finally(() => setBusy(false))
  }
  return (
    <a href={path} download aria-busy={busy || undefined} onClick={follow}>
      {children}
    </a>
  )
}
