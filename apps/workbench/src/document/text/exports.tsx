// The exports of one version of the text.
import type { ExportFormat } from '@dianzhang/formats'
import { useEffect, useRef } from 'react'
import type { Doc } from '../../types.ts'
import { Download } from './download.tsx'

const formats: Array<{ id: ExportFormat['id']; name: string; note: string }> = [
  { id: 'docx', name: 'Word', note: 'GB/T 9704—2012 版式' },
  { id: 'pdf', name: 'PDF', note: 'GB/T 9704—2012 版式' },
  { id: 'html', name: '网页', note: '带打印版式' },
  { id: 'txt', name: '纯文本', note: '' },
  { id: 'akn', name: 'Akoma Ntoso 3.0', note: 'XML' },
  { id: 'jsonld', name: 'JSON-LD', note: 'schema.org Legislation' },
  { id: 'json', name: '元数据 JSON', note: '按 GB/T 47229.2 结构' },
  { id: 'csv', name: '元数据 CSV', note: '按 GB/T 47229.2 结构' },
  { id: 'xml', name: '元数据 XML', note: '按 GB/T 47229.2 结构' },
]
export function Exports({ doc, n }: { doc: Doc; n: number }) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const own = menu.current
      if (!own?.open) return
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !own.contains(event.target as Node))
        own.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [])
  return (
    <details className="menu" ref={menu}>
      <summary>导出第{n}版</summary>
      <ul>
        {formats.map((format) => (
          <li key={format.id}>
            <Download path={`/api/documents/${doc.id}/versions/${n}/export/${format.id}`}>
              {format.name} <span className="quiet">{format.note}</span>
            </Download>
          </li>
        ))}
      </ul>
    </details>
  )
}
