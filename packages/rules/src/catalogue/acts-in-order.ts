// 日期不会倒流：记录行为时判断这一项，其后各关把现在作数的各项再判断一遍。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { faultsInOrder } from '../acts.ts'
import { exampleHash } from '../example-facts.ts'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

const recording = (f: Facts, type: string, payload: Record<string, unknown>): Facts => withCommand(f, type, payload)

export const actsInOrder: Rule = {
  id: 'acts.in-order',
  title: '记录的各项行为先后有序，不晚于今日，所依的文本当时已经存在',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: [roleLabels.drafter, roleLabels.secretariat],
  judge: (f) => {
    const also = { alsoBasis: [source.majorDecision('第二十五条')] }
    const { faults, earliest } = faultsInOrder(f)
    if (faults.length === 0) return holds('记录的各项行为先后有序', also)
    if (earliest !== null) return fails(faults.join('；'), { ...also, earliest })
    return fails(`${faults.join('；')}。请据实更正后重新记录`, also)
  },
  examples: {
    holds: [
      { name: '各项依次办理', given: (f) => f },
      {
        name: '评估以前的一版文本，日期在其形成之后',
        given: (f) => recording(f, 'RecordExpertReview', { date: '2026-03-15', textVersion: 1, conclusion: '可行。' }),
      },
      {
        name: '没有写明版本的，是当日已有的一版',
        given: (f) => recording(f, 'RecordExpertReview', { date: '2026-03-15', conclusion: '可行。' }),
      },
      {
        name: '废止自将来之日起',
        given: (f) =>
          recording(f, 'RepealDocument', { on: '2027-01-01', decision: { body: '会议', date: '2026-06-01' } }),
      },
    ],
    refused: [
      {
        name: '二〇二六年的文本，二〇二〇年的风险评估',
        given: (f) => recording(f, 'RecordRiskAssessment', { date: '2020-05-06', outcome: 'controllable' }),
        says: '当时还不存在',
      },
      {
        name: '论证会定在将来',
        given: (f) => recording(f, 'RecordExpertReview', { date: '2026-06-04', conclusion: '可行。' }),
        says: '只能记录已经发生的事',
      },
      {
        name: '公平竞争审查早于所审的文本',
        given: (f) => recording(f, 'RecordFairCompetitionReview', { date: '2026-04-15', contentHash: exampleHash(2) }),
        says: '第2版形成于2026年4月16日（星期四）',
      },
      {
        name: '所依的文本不属于本案卷',
        given: (f) =>
          withDossier(f, (d) => ({
            riskAssessments: d.riskAssessments.map((r) => ({ ...r, textHash: 'f'.repeat(64) })),
          })),
        says: '不是本案卷的任何一版',
      },
      {
        name: '会议早于审核意见',
        given: (f) => recording(f, 'RecordDecision', { outcome: 'adopted', date: '2026-05-12' }),
        says: '早于出具合法性审核意见（2026年5月13日（星期三））',
      },
      {
        name: '已经记下的会议早于审核意见',
        given: (f) => withDossier(f, (d) => ({ decision: d.decision && { ...d.decision, date: '2026-05-12' } })),
        says: '审议决定（2026年5月12日（星期二））早于',
      },
      {
        name: '决定定在将来',
        given: (f) => recording(f, 'RecordDecision', { outcome: 'adopted', date: '2026-06-04' }),
        says: '审议决定的日期2026年6月4日（星期四）晚于今日',
      },
      {
        name: '会议定在以后，还没有开',
        given: (f) =>
          recording(
            withDossier(f, (d) => ({ schedule: d.schedule && { ...d.schedule, date: '2026-06-04' } })),
            'RecordDecision',
            { outcome: 'adopted' },
          ),
        says: '定于2026年6月4日（星期四），会后才能记录审议决定',
      },
      {
        name: '废止早于作出废止的决定',
        given: (f) =>
          recording(f, 'RepealDocument', { on: '2026-06-01', decision: { body: '会议', date: '2026-06-02' } }),
        says: '废止文件（2026年6月1日（星期一））早于作出决定',
      },
      {
        name: '撤销的决定早于本件公布',
        given: (f) => recording(f, 'AnnulDocument', { decision: { body: '会议', date: '2026-05-01' } }),
        says: '早于本件公布',
      },
      {
        name: '恢复执行早于停止执行',
        given: (f) =>
          recording(
            withDossier(onDay(f, '2026-10-12'), {
              forceEvents: [
                {
                  kind: 'suspended',
                  on: '2026-10-10',
                  reason: '有异议。',
                  byDocument: null,
                  decision: { body: '海原县人民政府常务会议', date: '2026-10-08' },
                  at: '2026-10-08T10:00:00+08:00',
                },
              ],
            }),
            'ResumeDocument',
            { on: '2026-10-09', decision: { body: '海原县人民政府常务会议', date: '2026-10-08' } },
          ),
        says: '恢复执行（2026年10月9日（星期五））早于停止执行（2026年10月10日（星期六））',
      },
      {
        name: '听证会早于公告',
        given: (f) =>
          recording(f, 'RecordHearing', { announcedOn: '2026-04-20', heldOn: '2026-04-10', record: '笔录' }),
        says: '举行听证会（2026年4月10日（星期五））早于公告听证',
      },
      {
        name: '协调早于部门提出异议',
        given: (f) =>
          recording(
            withDossier(f, (d) => ({
              interagency: d.interagency.map((i) => ({
                ...i,
                opinion: i.opinion && { ...i.opinion, stance: 'object' as const },
              })),
            })),
            'RecordCoordination',
            { date: '2026-03-12', summary: '一致。' },
          ),
        says: '早于海原县财政局答复意见',
      },
      {
        name: '请示报告早于起草',
        given: (f) => recording(f, 'ReportToPartyCommittee', { date: '2026-01-05', reference: '请示' }),
        says: '早于第一版文本形成',
      },
      {
        name: '办公机构审核在合法性审核之前',
        given: (f) =>
          withDossier(f, (d) => ({
            secretariatCheck: d.secretariatCheck && { ...d.secretariatCheck, at: '2026-05-08T10:00:00+08:00' },
          })),
        says: '须在其后重新审核',
      },
    ],
  },
}
