import { describeDay as day } from '@dianzhang/calendar'
import { sessionName } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionFacts, SessionRule } from '../shape.ts'

const with12 = (f: SessionFacts, id: string, session: string, date: string): SessionFacts => ({
  ...f,
  others: [{ id, session, date }],
})
export const sessionOnce: SessionRule = {
  id: 'session.once',
  title: '同一会议在一年之内的同一次只排一次',
  severity: 'block',
  basis: source.design('一次会议一份议题、一份出席记录、一份纪要'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, others = [] }) => {
    if (d.origin !== null) return holds('随案卷而立，已经找过有没有同一次会议')
    const twin = others.find(
      (x) =>
        x.id !== d.id && sessionName(x.session) === sessionName(d.session) && x.date.slice(0, 4) === d.date.slice(0, 4),
    )
    return twin
      ? fails(`${d.body.name}${d.session}已经排在${day(twin.date)}；加议题请到那一次会议，改日子请办“改期”`)
      : holds('这一次会议没有排过')
  },
  examples: {
    holds: [
      { name: '没有排过', given: (f) => f },
      { name: '别的一次', given: (f) => with12(f, 'm-2', '第11次', '2026-05-20') },
      { name: '换届以后次数重新起算', given: (f) => with12(f, 'm-2', '第12次', '2025-05-20') },
      {
        name: '随案卷而立',
        given: (f) => with12(withSession(f, { origin: 'm-1' }), 'm-2', '第12次', '2026-06-03'),
      },
    ],
    refused: [
      { name: '同日的同一次', given: (f) => with12(f, 'm-2', '第12次', '2026-06-03'), says: '已经排在' },
      { name: '写法不同的同一次', given: (f) => with12(f, 'm-2', ' 第１２ 次', '2026-06-10'), says: '改期' },
    ],
  },
}
