// 公众意见。
import type { dispositionLabels } from '@dianzhang/contract'

export interface Comment {
  id: string
  consultation: string
  anchor: null | { element: string; quote?: string }
  text: string
  hash: string
  at: string
  name?: string | null
  contact?: string | null
  disposition: null | {
    disposition: keyof typeof dispositionLabels
    label: string
    reason: string
    version: number | null
    at: string
  }
}
