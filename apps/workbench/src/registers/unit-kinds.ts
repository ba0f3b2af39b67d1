// 单位的种类。
import { unitKindLabels } from '@dianzhang/contract'

export const unitKinds: Record<string, string> = unitKindLabels
