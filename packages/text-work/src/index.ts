// Work that grows with the text: reading, checking, comparing and writing in other threads, each with a time limit;
// and cleaning attachments before they become public.
export { attachmentKindsSaid, nameForKind } from './attachment.ts'
export { type CleanedFile, cleanForPublic } from './clean-file.ts'
export { fromRefusal, type TextRefusal, toRefusal } from './text-refusal.ts'
export { lengthOf, type TextRef } from './text-work.ts'
export { within } from './time-limit.ts'
export { writtenAs } from './typesetter.ts'
export { elsewhere, textWork, type Whose, working, writingWork } from './work-elsewhere.ts'
