import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

interface Act {
  title?: string
  publishedOn?: string
}
export const actPublished: OfficeRule = {
  id: 'act.published',
  title: '登记的上位法已经公布',
  severity: 'warn',
  basis: source.design('登记的是已经公布的事实；公布而没有施行的，施行日期另写'),
  by: ['合法性审核人', '政府办公室文秘'],
  judge: (f) => {
    const { payload } = f.command
    const acts = (Array.isArray(payload.acts) ? payload.acts : [payload]) as Act[]
    const ahead = acts.filter((x) => x.publishedOn !== undefined && x.publishedOn > f.today)
    const names = ahead.slice(0, 5).map((x) => `《${x.title ?? ''}》（${x.publishedOn}）`)
    return ahead.length === 0
      ? holds('公布日期不在今日以后')
      : fails(`${names.join('、')}${ahead.length > 5 ? '等' : ''}的公布日期在今日（${f.today}）以后，请核对`)
  },
  examples: {
    holds: [
      {
        name: '已经公布，将来施行',
        given: (f) => during(f, 'RegisterAct', { title: '条例', publishedOn: '2026-05-20' }, { acts: [] }),
      },
    ],
    refused: [
      {
        name: '公布日期写到了明年',
        given: (f) => during(f, 'RegisterAct', { title: '条例', publishedOn: '2027-05-20' }, { acts: [] }),
        says: '请核对',
      },
    ],
  },
}
