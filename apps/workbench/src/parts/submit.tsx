// The button that hands a form in. It is never merely grey: what the form still lacks stands beside it and is tied to it, and it
// can be reached by keyboard, so that a screen reader says the same.
import Button from 'antd/es/button'
import { type ComponentProps, useId } from 'react'

type Props = Omit<ComponentProps<typeof Button>, 'disabled'> & {
  /** What is still to be filled in, by the names of the fields; what is there already is left out as `false` or null. */
  lacks?: ReadonlyArray<string | false | null | undefined>
  /** Why not yet, as a sentence, where no field is lacking. */
  why?: string | false | null | undefined
  /** The id of what is said, for another button that lacks the same. */
  whyId?: string
  /** The `whyId` of the button beside it that lacks the same: once is enough. */
  saidIn?: string
}
export function Submit({
  lacks = [],
  why,
  whyId,
  saidIn,
  onClick,
  htmlType = 'submit',
  block,
  children,
  ...rest
}: Props) {
  const own = useId()
  const id = saidIn ?? whyId ?? own
  const left = lacks.filter(Boolean)
  const missing = left.length > 0 ? `还差：${left.join('、')}` : why || null
  return (
    <span className={`submit${block ? ' submit-block' : ''}`}>
      <Button
        {...rest}
        {...(block === undefined ? {} : { block })}
        htmlType={htmlType}
        {...(missing ? { 'aria-disabled': true, 'aria-describedby': id } : {})}
        onClick={(event) => {
          // Return in a field presses it as well.
          if (missing) event.preventDefault()
          else onClick?.(event)
        }}
      >
        {children}
      </Button>
      {missing && saidIn === undefined ? (
        <span id={id} className="hint">
          {missing}
        </span>
      ) : null}
    </span>
  )
}
