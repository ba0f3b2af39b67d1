// What a control gets.
import type { Shape } from './shape.ts'

export interface ControlProps {
  id: string
  shape: Shape
  value: unknown
  onChange: (next: unknown) => void
  bad: boolean
}
