import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { completedBy } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const completedByDocument: ListRule = {
  id: 'list.completed-by',
  title: '所成的文件在这一年度公布，公众看得到',
  severity: 'block',
  basis: source.design('完成以公布的文件为凭'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command, external: { completedBy: found } }) => {
    if (!found) return holds('没有写明所成的文件')
    const { on } = command.payload
    if (found.publishedOn === null) return fails(`《${found.title}》没有登记公布之日，不能作为完成的凭据`)
    const said = `《${found.title}》${day(found.publishedOn)}公布`
    if (!found.disclosed) return fails(`《${found.title}》没有公开，公开的清单不写出它；请不写文件，在说明里写明`)
    if (found.publishedOn < `${d.year}-01-01`) return fails(`${said}，早于${d.year}年度，不是这一项所成的文件`)
    if (typeof on === 'string' && found.publishedOn > on)
      return fails(`${said}，晚于所记的完成之日${day(on)}，请核对日期`)
    return holds(said)
  },
  examples: {
    holds: [
      { name: '没有写明文件', given: (f) => f },
      { name: '本年度公布', given: (f) => completedBy(f, '2026-05-20') },
    ],
    refused: [
      { name: '多年以前公布的', given: (f) => completedBy(f, '2021-05-20'), says: '不是这一项所成的' },
      { name: '完成在公布以前', given: (f) => completedBy(f, '2026-06-02'), says: '请核对日期' },
      { name: '公布之日没有登记', given: (f) => completedBy(f, null), says: '没有登记公布之日' },
      { name: '没有公开的', given: (f) => completedBy(f, '2026-05-20', false), says: '没有公开' },
    ],
  },
}
