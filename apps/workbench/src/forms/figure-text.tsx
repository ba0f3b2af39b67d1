// A passage of an annual report: where a number belongs, a figure is chosen and stands there by its name; the system puts the number.
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import Select from 'antd/es/select'
import { useRef } from 'react'
import type { ControlProps } from './control-props.ts'
import { figuresById, figuresInWords, type NamedFigure, notFigures } from './figure-words.ts'
import { useForm } from './form-state.ts'

export function FigureText({ id, value, onChange, bad }: ControlProps) {
  const form = useForm()
  const subject = form.subject as
    | {
        figures?: readonly NamedFigure[]
        manual?: readonly NamedFigure[]
        sections?: ReadonlyArray<{ section: string; text: string }>
      }
    | undefined
  // Writing a part anew replaces it: what stands there is taken up with one press.
  const before = subject?.sections?.find(({ section }) => section === form.values.section)?.text
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
      {before && before !== text ? (
        <p className="row">
          <span className="quiet">这一部分已经写过，提交以后以新写的为准。</span>
          <Button size="small" onClick={() => onChange(before)}>
            取出已写的，在上面改
          </Button>
        </p>
      ) : null}
      <Input.TextArea
        id={id}
        ref={area}
        className="grow grow-long"
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
