// Structure, addresses, comparison, anchors and citations of texts, without storage and without a clock.
export { parseText } from './parse.ts'
export type { Attachment, Counts, Element, Fault, FaultCode, Level, StructuredText } from './tree.ts'
