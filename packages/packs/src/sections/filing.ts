// 备案轨道内后来才有的参数：审查的延长、报送材料与份数。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

export const filing = {
  resubmit: later<number | null>('退回后重新报送期限', 'shorter', {
    national: param<number | null>(15, 'calendar_day', source.ruleFiling('第九条'), {
      confidence: 'partly_verified',
      note: '规章补充或者重新报送的期限，规范性文件参照；由地方规定的从其规定',
    }),
  }),
  reviewExtension: later<number | null>('审查可以延长', 'shorter', {
    national: param<number | null>(null, null, source.ruleFiling('第十一条'), { note: '由地方规定' }),
  }),
  materials: later<string[]>('报送材料', 'replace', {
    national: param<string[]>(['备案报告', '正式文本', '起草说明'], null, source.ruleFiling('第八条'), {
      note: '规章的规定（备案报告、文本、说明），规范性文件参照',
    }),
  }),
  copies: later<number | null>('纸质份数', 'replace', {
    national: param<number | null>(null, null, source.ruleFiling('第八条'), {
      note: '规章为三份；规范性文件由地方规定',
    }),
  }),
}
