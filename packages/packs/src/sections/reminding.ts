// 催办与提醒：隔多久可以再催、最多几次，临期与逾期逐级提醒到谁，几点到几点不打扰。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

export const reminding = {
  urgeEvery: later<number>('同一事项两次催办至少间隔', 'replace', {
    since: 6,
    national: param(2, 'working_day', [source.officialPapers('第二十四条第（六）项')], {
      confidence: 'inference',
      quote: '“及时了解掌握公文的办理进展情况，督促承办部门按期办结”',
      note: '条例只要求催办，没有间隔；设计约定，各地可以修订',
    }),
  }),
  urgeMost: later<number>('轮到一次至多催办几次', 'replace', {
    since: 6,
    national: param(3, null, [source.officialPapers('第二十四条第（六）项')], {
      confidence: 'inference',
      note: '条例没有次数；设计约定：催过三次仍不办的由逐级提醒报其负责人',
    }),
  }),
  holderBefore: later<number[]>('期限前几个工作日提醒该办的人', 'replace', {
    since: 6,
    national: param<number[]>([3, 0], 'working_day', [source.officialPapers('第二十四条第（六）项')], {
      confidence: 'inference',
      note: '条例没有日数；设计约定：期限前三个工作日一次，当日一次',
    }),
  }),
  headAfter: later<number>('逾期几个工作日告知该办单位的负责人', 'replace', {
    since: 6,
    national: param(1, 'working_day', [source.officialPapers('第二十四条第（六）项')], {
      confidence: 'inference',
      note: '条例没有日数；设计约定',
    }),
  }),
  overseerAfter: later<number>('逾期几个工作日告知文秘督促', 'replace', {
    since: 6,
    national: param(5, 'working_day', [source.officialPapers('第二十四条第（六）项')], {
      confidence: 'inference',
      note: '条例没有日数；设计约定：文秘负责催办',
    }),
  }),
  quietFrom: later<string>('几点以后不发通知', 'replace', {
    since: 6,
    national: param('20:00', null, source.design('夜间与休息日不打扰')),
  }),
  quietUntil: later<string>('几点以前不发通知', 'replace', {
    since: 6,
    national: param('08:00', null, source.design('夜间与休息日不打扰')),
  }),
  digestAt: later<string>('每日汇总几点发出', 'replace', {
    since: 6,
    national: param('08:30', null, source.design('工作日上班时一次汇总')),
  }),
}
