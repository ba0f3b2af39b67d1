// Deviation under the rules: appears only where the rules allow it; the reason and who approved it are recorded
// publicly.
import Checkbox from 'antd/es/checkbox'
import { useForm } from './form-state.ts'

export function Deviations() {
  const form = useForm()
  const list = (form.values.deviations as Array<{ rule?: string }> | undefined) ?? []
  if (form.deviable.length === 0 && list.length === 0) return null
  return (
    <fieldset className="group">
      <legend>依规定偏离</legend>
      <p className="hint">
        下列条件的出处允许经批准后偏离。先办理“申请偏离期限”，由制定机关的负责人批准；理由、依据与批准人以批准的为准，公开记录。
      </p>
      {form.deviable.map(({ rule, title, requires }) => {
        const i = list.findIndex((each) => each.rule === rule)
        return (
          <div key={rule} className="stack">
            <Checkbox
              checked={i >= 0}
              onChange={(e) =>
                form.set(
                  ['deviations'],
                  e.target.checked ? [...list, { rule }] : list.filter((each) => each.rule !== rule),
                )
              }
            >
              偏离“{title}”：{requires}
            </Checkbox>
          </div>
        )
      })}
    </fieldset>
  )
}
