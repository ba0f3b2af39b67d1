// 随文本增长的事：在另外的线程里读、查、比较、写出，各有时限；以及公开以前清理附件。
export { type CleanedFile, cleanForPublic } from './clean-file.ts'
export { fromRefusal, type TextRefusal, toRefusal } from './text-refusal.ts'
export { lengthOf, type TextRef } from './text-work.ts'
export { within } from './time-limit.ts'
export { elsewhere, textWork, type Whose, working, writingWork } from './work-elsewhere.ts'
