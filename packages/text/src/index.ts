// Structure, addresses, comparison, anchors and citations of texts, without storage and without a clock.
export type { Attachment, Counts, Element, Fault, FaultCode, Level, StructuredText } from './tree.ts'
