// Validity: a number of years, or a stated last day.
import InputNumber from 'antd/es/input-number'
import Radio from 'antd/es/radio'
import { useId } from 'react'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from './field-frame.tsx'
import { useForm } from './form-state.ts'
import { type Path, pathKey, type Shape, valueAt } from './shape.ts'

export function Validity({ path, shape }: { path: Path; shape: Shape }) {
  const form = useForm()
  const id = useId()
  const value = (valueAt(form.values, path) ?? {}) as { years?: number; until?: string }
  const mode = 'none' in value ? 'none' : 'until' in value ? 'until' : 'years'
  const error = form.errors[`${pathKey(path)}.years`] ?? form.errors[`${pathKey(path)}.until`]
  return (
    <Labelled path={path} shape={shape} id={id}>
      <span className="row">
        <Radio.Group
          value={mode}
          onChange={(e) =>
            form.set(
              path,
              e.target.value === 'none'
                ? { none: true }
                : e.target.value === 'until'
                  ? { until: undefined }
                  : { years: 5 },
            )
          }
          options={[
            { value: 'years', label: '自施行之日起若干年' },
            { value: 'until', label: '至某日' },
            { value: 'none', label: '不规定有效期' },
          ]}
        />
        {mode === 'none' ? null : mode === 'years' ? (
          <InputNumber
            id={id}
            value={value.years ?? null}
            min={1}
            max={99}
            precision={0}
            suffix="年"
            onChange={(years) => form.set(path, { years: years ?? undefined })}
          />
        ) : (
          <DateInput
            id={id}
            value={value.until}
            onChange={(until) => form.set(path, { until })}
            bad={error !== undefined}
          />
        )}
      </span>
      {error ? <span className="field-error">{error}</span> : null}
    </Labelled>
  )
}
