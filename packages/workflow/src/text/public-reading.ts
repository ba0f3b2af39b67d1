// 公众所见的文本：结构与引用。很长的在另外的线程里读，公众再多也不占满。
import type { Citations, StructuredText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

/** 一份公开文本自身的结构。 */
export async function readPublic(body: string): Promise<StructuredText> {
  return (await textWork('read', body.length, { body, previous: null }, 'public')).alone
}
/** 一份公开文本里的引用。 */
export const citePublic = (body: string, structure: StructuredText): Promise<Citations> =>
  textWork('cite', body.length, { body, structure }, 'public')
