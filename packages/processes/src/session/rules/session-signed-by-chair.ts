import { source } from '@dianzhang/packs'
import { during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionSignedByChair: SessionRule = {
  id: 'session.signed-by-chair',
  title: '纪要由主持会议的人签发',
  severity: 'warn',
  basis: source.officialPapers('第二十二条'),
  by: ['签发领导'],
  judge: (f) => {
    const held = f.dossier.held?.attendance
    const { signedBy } = f.command.payload
    if (!held || typeof signedBy !== 'string') return holds('没有逐人记载出席情况')
    return signedBy === held.chair || signedBy === held.head
      ? holds('由主持人或者行政首长签发')
      : fails(
          `会议由${f.people[held.chair] ?? held.chair}主持，纪要的签发人是${f.people[signedBy] ?? signedBy}；请核对`,
        )
  },
  examples: {
    holds: [{ name: '县长主持并签发', given: (f) => during(f, 'RecordMinutes', { signedBy: 'p-head' }) }],
    refused: [
      {
        name: '由别人签发',
        given: (f) => during(withSession(f, { items: [] }), 'RecordMinutes', { signedBy: 'p-vice-2' }),
        says: '请核对',
      },
    ],
  },
}
