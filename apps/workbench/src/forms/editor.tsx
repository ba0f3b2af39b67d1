// 文本编辑：等宽行号、行数字数；大文本也用原生输入框，打字不卡。
import { useMemo, useRef } from 'react'

export function Editor({
  id,
  value,
  onChange,
  bad,
}: {
  id: string
  value: string
  onChange: (next: string) => void
  bad: boolean
}) {
  const gutter = useRef<HTMLPreElement>(null)
  const lines = useMemo(() => value.split('\n').length, [value])
  const numbers = useMemo(() => Array.from({ length: lines }, (_, i) => i + 1).join('\n'), [lines])
  const open = (file: File | undefined) => {
    if (!file) return
    void file.text().then(onChange)
  }
  return (
    <div className={`editor${bad ? ' editor-bad' : ''}`}>
      <div className="editor-in">
        <pre ref={gutter} aria-hidden="true">
          {numbers}
        </pre>
        <textarea
          id={id}
          value={value}
          wrap="off"
          spellCheck={false}
          placeholder={'标题占第一行。\n第一条 ……\n（一）……'}
          onChange={(e) => onChange(e.target.value)}
          onScroll={(e) => gutter.current?.scrollTo({ top: e.currentTarget.scrollTop })}
        />
      </div>
      <p className="editor-foot">
        共 {lines} 行，{value.replace(/\s/g, '').length} 字
        <label className="file-button">
          从文本文件读入
          <input type="file" accept=".txt,text/plain" onChange={(e) => open(e.target.files?.[0])} />
        </label>
      </p>
    </div>
  )
}
