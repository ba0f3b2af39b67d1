import type { StructuredText } from '@dianzhang/text'
import { type ReadingAnswer, type ReadingRequest, readThrough } from './reading.ts'

let base: StructuredText | null = null
addEventListener('message', ({ data }: MessageEvent<ReadingRequest>) => {
  if (data.base !== undefined) base = data.base
  const answer: ReadingAnswer = { id: data.id, reading: readThrough(data.text, data.options, base) }
  ;(globalThis as unknown as { postMessage: (message: ReadingAnswer) => void }).postMessage(answer)
})
