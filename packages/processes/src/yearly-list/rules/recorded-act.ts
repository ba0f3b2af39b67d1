import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const recordedAct: ListRule = {
  id: 'list.recorded-act',
  title: '所记的批准、同意、完成是已经发生的事',
  severity: 'block',
  basis: source.design('只记录已经发生的事'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command, today }) => {
    const { payload: p } = command
    const named: Array<[string, unknown]> = [
      ['会议', command.type.startsWith('Approve') ? p.on : p.decidedOn],
      ['党委同意', command.type === 'RecordPartyConsent' ? p.on : p.consentOn],
      ['完成', command.type === 'CompleteItem' ? p.on : undefined],
    ]
    for (const [what, on] of named) {
      if (typeof on !== 'string') continue
      if (on > today) return fails(`${what}之日${day(on)}晚于今日，只能记录已经发生的事`)
      if (on < d.openedOn) return fails(`${what}之日${day(on)}早于开始编制之日${day(d.openedOn)}，请核对年份`)
    }
    return holds('所记的日期在开始编制以后、今日以前')
  },
  examples: {
    holds: [{ name: '昨日完成', given: (f) => f }],
    refused: [
      {
        name: '晚于今日',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, on: '2026-06-04', decidedOn: '2026-06-04' }),
        says: '晚于今日',
      },
      {
        name: '早于开始编制',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, on: '2025-06-04', decidedOn: '2025-06-04' }),
        says: '早于开始编制',
      },
    ],
  },
}
