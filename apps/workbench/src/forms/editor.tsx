// The text editor: monospaced line numbers, counts of lines and characters; a native input even for large texts, so
// that typing does not lag.
import { useMemo, useRef, useState } from 'react'

/**
 * The words of a text file: UTF-8, or GB18030 in old files; null when it holds control characters that text never has
 * (Word, archives, images).
 */
function decoded(bytes: Uint8Array): string | null {
  const read = (encoding: string, fatal: boolean): string | null => {
    try {
      return new TextDecoder(encoding, { fatal }).decode(bytes)
    } catch {
      return null
    }
  }
  const text = read('utf-8', true) ?? read('gb18030', true)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text does not contain
  return text === null || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text
}

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
  const [trouble, setTrouble] = useState('')
  const lines = useMemo(() => value.split('\n').length, [value])
  const numbers = useMemo(() => Array.from({ length: lines }, (_, i) => i + 1).join('\n'), [lines])
  const open = (file: File | undefined) => {
    if (!file) return
    setTrouble('')
    void file.arrayBuffer().then((buffer) => {
      const text = decoded(new Uint8Array(buffer))
      if (text === null) setTrouble(`“${file.name}”不是文本文件。Word 文件请用“文本与版本”里的“导入 Word”。`)
      else onChange(text)
    })
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
      {trouble === '' ? null : (
        <p className="field-error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  )
}
