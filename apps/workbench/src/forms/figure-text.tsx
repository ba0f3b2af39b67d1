// A passage of an annual report: where a number belongs, a figure is chosen and stands there by its name; the system puts the number.
import Input from 'antd/es/input'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import Select from 'antd/es/select'
import { useRef } from 'react'
import type { ControlProps } from './control-props.ts'
import { figuresById, figuresInWords, type NamedFigure, notFigures } from './figure-words.ts'
import { useForm } from './form-state.ts'

export function FigureText({ id, value, onChange, bad }: ControlProps) {
  const subject = useForm().subject as { figures?: readonly NamedFigure[]; manual?: readonly NamedFigure[] } | undefined
  const figures = [...(subject?.figures ?? []), ...(subject?.manual ?? [])]
  const area = useRef<TextAreaRef>(null)
  const text = typeof value === 'string' ? value : ''
  const words = figuresInWords(text, figures)
  const strange = notFigures(text, figures)
  const insert = (label: string) => {
    const input = area.current?.resizableTextArea?.textArea
    const [from, to] = input ? [input.selectionStart, input.selectionEnd] : [words.length, words.length]
    onChange(figuresById(`${words.slice(0, from)}【${label}】${words.slice(to)}`, figures))
    const after = from + label.length + 2
    setTimeout(() => {
      input?.focus()
      input?.setSelectionRange(after, after)
    })
  }
  return (
    <>
      <Input.TextArea
        id={id}
        ref={area}
        className="grow"
        rows={6}
        value={words}
        onChange={(event) => onChange(figuresById(event.target.value, figures))}
        {...(bad ? { status: 'error' as const } : {})}
      />
      <Select
        aria-label="插入一个数"
        placeholder="插入一个数"
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        options={figures.map(({ label }) => ({ value: label, label }))}
        onChange={(label: string | null) => {
          if (label) insert(label)
        }}
      />
      {strange.length > 0 ? (
        <p className="hint" role="status">
          {strange.join('、')}不是统计项，会照原样印出。
        </p>
      ) : null}
    </>
  )
}
