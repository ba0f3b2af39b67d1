// The kinds of units.
import { unitKindLabels } from '@dianzhang/contract'

export const unitKinds: Record<string, string> = unitKindLabels
