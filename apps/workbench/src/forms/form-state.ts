// The state of a form, from which the fields take theirs.
import { createContext, useContext } from 'react'
import type { Doc } from '../types.ts'
import type { Path, Values } from './shape.ts'

export interface FormState {
  values: Values
  errors: Record<string, string>
  set: (path: Path, value: unknown) => void
  /** The matter it is in; controls take their limits from it (`of`). */
  subject?: Readonly<Record<string, unknown>>
  doc?: Doc
  /** The fields of which at least one must be filled in. */
  together?: readonly string[]
  togetherTitle?: string
  /** The rules that can be deviated from: id and requirement. */
  deviable: Array<{ rule: string; title: string; requires: string }>
}
export const FormContext = createContext<FormState | null>(null)
export function useForm(): FormState {
  const form = useContext(FormContext)
  if (!form) throw new Error('a field stands outside its form')
  return form
}
