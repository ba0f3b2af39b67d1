// 收件一方的备案审查：逐项审查的内容，函询、改正报告、限期报送的期限。两条轨道各依各的，写明是人大一轨的只用于人大。
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

export const filingReview = {
  /** 实质审查逐项看什么；代码见 `contract` 的 `reviewItemLabels`。 */
  items: later<string[]>('备案实质审查的内容', 'replace', {
    since: 5,
    national: param<string[]>(
      [
        'party_policy',
        'powers',
        'higher_law',
        'procedure',
        'proportion',
        'values',
        'circumstances',
        'consistency',
        'other',
      ],
      null,
      [source.bjNpc('第十四条'), source.ruleFiling('第十三条')],
      {
        confidence: 'local_example',
        note: '国家对规范性文件没有统一的清单；取北京人大条例所列九项，规章依条例第十三条审查的各项都在其中',
      },
    ),
  }),
  /** 函询、要求补充材料的，制定机关答复的期限。 */
  explanation: later<number | null>('函询答复期限（报政府备案）', 'shorter', {
    since: 5,
    national: param<number | null>(null, null, source.ruleFiling('第十四条'), {
      note: '“在规定期限内”，没有日数，由函中写明',
    }),
  }),
  npcExplanation: later<number | null>('函询答复期限（报人大备案）', 'shorter', {
    since: 5,
    national: param<number | null>(30, 'calendar_day', source.nxNpc('第二十九条'), {
      confidence: 'local_example',
      note: '国家没有日数；取宁夏人大条例“审查中要求说明的三十日内反馈”，各地从其规定',
    }),
  }),
  /** 修改、废止以后书面报告的期限；没有日数的，与答复审查意见的日数相同。 */
  correctionReport: later<number | null>('改正以后报告的期限（报政府备案）', 'shorter', {
    since: 5,
    national: param<number | null>(null, null, source.ruleFiling('第二十一条'), {
      note: '只规定处理情况在期限内报告，没有改正以后另行报告的日数',
    }),
  }),
  npcCorrectionReport: later<number | null>('改正以后报告的期限（报人大备案）', 'shorter', {
    since: 5,
    national: param<number | null>(30, 'calendar_day', [source.nxNpc('第三十七条'), source.bjNpc('第三十条')], {
      confidence: 'local_example',
      note: '国家没有日数；取两地人大条例“修改、废止后三十日内书面报告并重新报送备案”，各地从其规定',
    }),
  }),
  /** 通知没有报送的限期报送。 */
  requireWithin: later<number>('通知限期报送的日数', 'shorter', {
    since: 5,
    national: param(15, 'calendar_day', [source.ruleFiling('第二十三条'), source.design('限期报送的日数')], {
      confidence: 'inference',
      note: '条文只说“通知其限期报送”，没有日数；缺省15日，由通知写明',
    }),
  }),
  changes: later<boolean>('修改、废止的决定也须报送', 'replace', {
    since: 10,
    national: param(true, null, [source.bjNpc('第十一条'), source.shNpc('第三十五条')], {
      confidence: 'local_example',
      note: '国家没有逐件写明；两地人大条例：报送材料含“修改、废止的决定”，修改或者废止的重新报送备案。以文件修改、废止的，那件文件自己报送；以决定作出、没有另行的文件的，决定也报送。只及于本项参数登记以后记录的决定',
    }),
  }),
  decisionMaterials: later<string[]>('修改、废止的决定的报送材料', 'replace', {
    since: 10,
    national: param<string[]>(['备案报告', '修改、废止的决定', '说明'], null, source.bjNpc('第十一条'), {
      confidence: 'local_example',
      note: '国家没有规定；取北京人大条例“备案报告…修改、废止的决定、说明”，各地从其规定',
    }),
  }),
  returnedResubmitCounts: later<string[]>('退回以后在限期内重新报送的，哪些缘由仍自首次报送之日算', 'replace', {
    since: 10,
    national: param<string[]>(['incomplete'], null, [source.ruleFiling('第九条'), source.bjNpc('第十二条')], {
      confidence: 'inference',
      note: '条例第九条、北京条例第十二条：不合格式、材料不全的，在限期内补充或者重新报送；由此推得在限期内重新报送的不算逾期。报送对象有误、不属于备案范围而退回的不算。此前没有写明“材料不全”而退回的，照旧自重新报送之日算',
    }),
  }),
}
