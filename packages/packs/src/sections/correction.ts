// 签署后的更正。各项参数在此登记：later(名称, 合并方式, { national, before })。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

export const correction = {
  maximumCharacters: later<number>('非实质性更正最多增删的字数', 'shorter', {
    national: param(10, null, source.officialPapers('第二十五条第（一）项'), {
      note: '“对公文的内容作实质性修改的，应当报原签批人复审”，没有字数；超过此数的一律作实质性修改论，是本系统的约定',
      confidence: 'inference',
    }),
  }),
}
/** 论证评估与文本的实质变化。 */
export const assessment = {
  again: later<boolean>('专家论证、风险评估以后文本有实质变化的是否须再次确认', 'replace', {
    before: param(false, null, source.majorDecision('第十九条、第二十二条'), { note: '条例没有写明' }),
    national: param(true, null, source.yaan2025('征求部门意见后文本有修改，先前的专家论证不再可靠'), {
      confidence: 'local_example',
    }),
  }),
}
