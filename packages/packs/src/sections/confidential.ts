// 依法需要保密的情形。各项参数在此登记：later(名称, 合并方式, { national, before })。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

/** 一种情形：代码、条文的说法、此前的写法中可以认作它的用语。 */
export interface GroundOption {
  code: string
  label: string
  words: string[]
}

export const confidential = {
  grounds: later<GroundOption[]>('可以不公开征求意见的保密情形', 'replace', {
    national: param<GroundOption[]>(
      [
        { code: 'state_secret', label: '依法确定为国家秘密', words: ['国家秘密'] },
        { code: 'forbidden', label: '法律、行政法规禁止公开', words: ['禁止公开'] },
        {
          code: 'security',
          label: '公开后可能危及国家安全、公共安全、经济安全、社会稳定',
          words: ['国家安全', '公共安全', '经济安全', '社会稳定'],
        },
      ],
      null,
      [source.disclosure('第十四条'), source.business('第六十二条')],
    ),
  }),
}
