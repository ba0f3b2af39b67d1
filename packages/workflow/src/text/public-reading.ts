// The text as the public sees it: structure and citations. Very long ones are read in a separate thread, so that the
// public, however many, does not occupy everything.
import type { Citations, StructuredText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

/** The structure of a public text by itself. */
export async function readPublic(body: string): Promise<StructuredText> {
  return (await textWork('read', body.length, { body, previous: null }, 'public')).alone
}
/** The citations in a public text. */
export const citePublic = (body: string, structure: StructuredText): Promise<Citations> =>
  textWork('cite', body.length, { body, structure }, 'public')
