// Whether a clause of a superior act asks for a document of this place: the act of the office that says so. What was said stands in
// the office's ledger and nowhere else.
import type { OfficePayload } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import type { OfficeShape } from '@dianzhang/processes'
import { actAsked } from '@dianzhang/register'
import { articleKey } from '@dianzhang/text'
import type { Handler } from '../door/desk.ts'
import { invalid } from '../failures.ts'

const { registerEntries: e } = schema

export const judgeMandate: Handler<OfficeShape, OfficePayload<'JudgeMandate'>> = {
  resolve: async (c, p) => {
    const wrong: Array<[string, string]> = []
    if (articleKey(p.address) === null) wrong.push(['address', '看不出是第几条；请写成“第十二条第二款”'])
    if (p.unit !== undefined && !Object.hasOwn(c.units, p.unit)) wrong.push(['unit', '没有这个单位'])
    if (p.madeBy !== undefined) {
      const [found] = await c.tx
        .select({ id: e.id })
        .from(e)
        .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p.madeBy), eq(e.disclosure, 'active')))
      if (!found) wrong.push(['madeBy', '登记库中没有这件文件'])
    }
    if (wrong.length > 0) throw invalid(...wrong)
    return { act: (await actAsked(c.tx, p.act)).title }
  },
  write: async (_c, p) => ({ result: { act: p.act, address: p.address, ours: p.ours } }),
}
