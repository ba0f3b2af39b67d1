// 一张表单的状态，各栏从这里取。
import { createContext, useContext } from 'react'
import type { Doc } from '../types.ts'
import type { Path, Values } from './shape.ts'

export interface FormState {
  values: Values
  errors: Record<string, string>
  set: (path: Path, value: unknown) => void
  /** 所在的一件；控件的限定由此取（`of`）。 */
  subject?: Readonly<Record<string, unknown>>
  doc?: Doc
  /** 至少填写一项的各栏。 */
  together?: readonly string[]
  togetherTitle?: string
  /** 可以偏离的规则：标识与要求。 */
  deviable: Array<{ rule: string; title: string; requires: string }>
}
export const FormContext = createContext<FormState | null>(null)
export function useForm(): FormState {
  const form = useContext(FormContext)
  if (!form) throw new Error('a field stands outside its form')
  return form
}
