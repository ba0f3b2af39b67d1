// The remaining indicators of a year: what was made and how, what other procedures published. The same shape as the rates of
// filing – a formula, and exactly the list behind it. Pure: facts in, lists out.
import { type Track, trackLabels } from '@dianzhang/contract'
import { entryItem, type Figure, filingItem, type Item, isFiledInTime } from './figures.ts'
import { type MakingFact, makingItem, type ScorecardFacts } from './scorecard.ts'

type Day = string
/** Something another procedure made public: an evaluation, a cleanup, an item of a list, a suggestion, a session. */
export interface ActFact {
  kind:
    | 'evaluation'
    | 'cleanup'
    | 'periodic-cleanup'
    | 'plan-item'
    | 'decision-item'
    | 'catalogue'
    | 'suggestion'
    | 'proposal'
    | 'comment'
    | 'comment-content'
    | 'feedback'
    | 'session'
  item: Item
  on: Day
  /** The day it was settled, answered, completed; null: not yet. */
  doneOn: Day | null
  /** By which day it had to be; null: no day was set. */
  dueOn: Day | null
  /** The day on which the file of what it came to was put into the archive. */
  archivedOn?: Day | null
}
export interface IndicatorFacts extends ScorecardFacts {
  acts: readonly ActFact[]
}
const report = '法治政府建设年度报告'
const key27 = '市县法治政府建设示范指标体系（2021年版）第27项'
const last = (f: { to: Day; asOf: Day }): Day => (f.to < f.asOf ? f.to : f.asOf)
/** The same day one year earlier; 29 February → 28 February. */
const yearBefore = (day: Day): Day => {
  const moved = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return moved.endsWith('-02-29') ? `${moved.slice(0, 4)}-02-28` : moved
}

export function indicatorsOf(f: IndicatorFacts): Figure[] {
  const until = last(f)
  const within = (day: Day | null | undefined): boolean => day != null && day >= f.from && day <= until
  const made = f.makings.filter((x) => within(x.publishedOn))
  const done = (x: MakingFact, step: string): boolean => x.steps[step] !== undefined && x.steps[step] <= f.asOf
  const count = (id: string, label: string, formula: string, list: Item[], basis = report): Figure => ({
    id,
    label,
    formula,
    basis,
    count: list,
  })
  const share = (id: string, label: string, formula: string, over: Item[], under: Item[], basis = report): Figure => ({
    id,
    label,
    formula,
    basis,
    numerator: over,
    denominator: under,
  })
  const ofMade = (id: string, label: string, formula: string, holds: (x: MakingFact) => boolean, among = made) =>
    share(id, label, formula, among.filter(holds).map(makingItem), among.map(makingItem))
  const changed = (id: string, label: string, kinds: readonly string[]): Figure =>
    count(
      id,
      label,
      '本期内发生这一效力变动的文件',
      f.entries.filter((x) => x.changes.some(({ kind, on }) => kinds.includes(kind) && within(on))).map(entryItem),
    )
  const acts = (kind: ActFact['kind']): ActFact[] => f.acts.filter((x) => x.kind === kind && within(x.on))
  const items = (list: readonly ActFact[]): Item[] => list.map(({ item }) => item)
  const settled = (x: ActFact): boolean => x.doneOn !== null && x.doneOn <= f.asOf
  const reviewed = made.filter((x) => done(x, 'OpinionIssued'))
  const consulted = made.filter((x) => done(x, 'ConsultationOpened'))
  const timed = reviewed.filter((x) => x.reviewInTime !== null)
  const enterprise = made.filter((x) => x.enterpriseRelated)
  const before = f.entries.filter(
    (x) => x.publishedOn >= yearBefore(f.from) && x.publishedOn <= yearBefore(until) && x.standsOn(until) !== null,
  )
  const filings = (track: Track) => f.filings.filter((x) => x.track === track)
  const sent = (track: Track): Figure =>
    count(
      `filed.${track}`,
      `本期报送备案件数（${trackLabels[track]}）`,
      '本期内发出备案报告的件数',
      filings(track)
        .filter((x) => x.steps.some((s) => s.kind === 'sent' && within(s.on)))
        .map(filingItem),
    )
  const late = (track: Track): Figure =>
    count(
      `late-filing.${track}`,
      `逾期报送、逾期未报件数（${trackLabels[track]}）`,
      '本期公布，期限已过而没有在期限以内报送成立的（逾期没有补正的也是）',
      filings(track)
        .filter((x) => within(x.publishedOn) && x.dueOn !== null && x.dueOn < f.asOf && !isFiledInTime(x, f.asOf))
        .map(filingItem),
      key27,
    )
  const decisions = acts('decision-item')
  const planned = acts('plan-item')
  const suggested = acts('suggestion')
  return [
    count('issued-before', '上年同期制发件数', '上一年度同一期间公布', before.map(entryItem), '文件件数一般只减不增'),
    changed('amended', '本期修改件数', ['amended']),
    changed('repealed', '本期废止件数', ['repealed']),
    changed('lapsed', '本期宣布失效件数', ['lapsed']),
    changed('annulled', '本期撤销件数', ['annulled']),
    count(
      'unlawful',
      '被撤销、被责令纠正件数',
      '本期内被撤销，或者备案审查审结为已经改正、撤销的',
      unique([
        ...f.entries.filter((x) => x.changes.some(({ kind, on }) => kind === 'annulled' && within(on))).map(entryItem),
        ...f.filings
          .filter(
            (x) =>
              (x.outcome === 'corrected' || x.outcome === 'annulled') &&
              x.steps.some((s) => s.kind === 'closed' && within(s.on)),
          )
          .map(filingItem),
      ]),
      '年度考核评分细则（特别扣分）',
    ),
    count('reviewed', '合法性审核件数', '本期公布而出具了合法性审核意见的', reviewed.map(makingItem)),
    count(
      'unreviewed',
      '未经合法性审核件数',
      '本期在本系统办理、公布而没有合法性审核意见的',
      made.filter((x) => !done(x, 'OpinionIssued')).map(makingItem),
    ),
    ofMade('three-unified', '三统一率', '统一登记、统一编号、统一公布三项具备 ÷ 本期在本系统办理、公布的', (x) =>
      ['NumbersAssigned', 'DocumentPublished'].every((step) => done(x, step)),
    ),
    ofMade(
      'review-in-period',
      '按期审核率',
      '在规定的最长期限以内出具意见 ÷ 出具意见而有期限的',
      (x) => x.reviewInTime === true,
      timed,
    ),
    count('consulted', '公开征求意见件数', '本期公布而公开征求过意见的', consulted.map(makingItem)),
    ofMade(
      'consulted-long-enough',
      '征求意见期限合规率',
      '自开始至截止不少于规定日数 ÷ 本期公布而公开征求过意见的',
      (x) => x.consultedLongEnough === true,
      consulted.filter((x) => x.consultedLongEnough !== null),
    ),
    ofMade(
      'feedback-published',
      '意见采纳情况公布率',
      '公布了采纳情况 ÷ 本期公布而公开征求过意见的',
      (x) => done(x, 'FeedbackPublished'),
      consulted,
    ),
    ofMade(
      'fair-competition',
      '公平竞争审查率',
      '作过公平竞争审查 ÷ 本期公布而涉及企业的',
      (x) => done(x, 'FairCompetitionReviewRecorded'),
      enterprise,
    ),
    ofMade(
      'expert-assisted',
      '专家协助审查率',
      '有专家论证、法律顾问意见 ÷ 本期公布而出具了审核意见的',
      (x) => done(x, 'ExpertReviewRecorded') || done(x, 'AdviserOpinionRecorded'),
      reviewed,
    ),
    count('risk-assessed', '风险评估件数', '本期公布而作过风险评估的', [
      ...made.filter((x) => done(x, 'RiskAssessmentRecorded')).map(makingItem),
    ]),
    sent('government'),
    sent('npc'),
    late('government'),
    late('npc'),
    count('evaluations', '后评估完成件数', '本期公布评估报告的', items(acts('evaluation')), report),
    count('cleanups', '公布清理结果次数', '本期公布清理结果的', [
      ...items(acts('cleanup')),
      ...items(acts('periodic-cleanup')),
    ]),
    count('periodic-cleanups', '定期清理次数', '本期公布结果的定期清理', items(acts('periodic-cleanup'))),
    share(
      'catalogue-in-time',
      '决策目录按期公布',
      '第一季度以内公布 ÷ 本期公布的决策目录',
      items(acts('catalogue').filter((x) => x.dueOn !== null && x.on <= x.dueOn)),
      items(acts('catalogue')),
      '重大行政决策程序暂行条例（国务院令第713号）第三条第三款',
    ),
    share(
      'catalogue-settled',
      '决策目录事项办结率',
      '已经完成、结转、取消 ÷ 本期公布的目录所列事项',
      items(decisions.filter(settled)),
      items(decisions),
      '重大行政决策程序暂行条例（国务院令第713号）第三条第三款',
    ),
    share(
      'catalogue-archived',
      '决策目录事项归档率',
      '所成的文件已经归档 ÷ 本期公布的目录所列事项（撤下、结转的除外；没有写明所成文件的不算归档）',
      items(decisions.filter((x) => x.archivedOn != null && x.archivedOn <= f.asOf)),
      items(decisions.filter((x) => !settled(x) || x.archivedOn !== undefined)),
      '重大行政决策程序暂行条例（国务院令第713号）第三十三条',
    ),
    share(
      'plan-completed',
      '制定计划完成率',
      '已经完成 ÷ 本期公布的计划所列项目',
      items(planned.filter(settled)),
      items(planned),
      '规章制定程序条例第十三条',
    ),
    count('proposals', '征集到的立项、决策建议件数', '本期收到的公众建议', items(acts('proposal'))),
    share(
      'suggestions-answered',
      '审查建议办结率',
      '已经答复 ÷ 本期收到',
      items(suggested.filter(settled)),
      items(suggested),
    ),
    count(
      'comments',
      '收到公众意见件数',
      '本期公布采纳情况的征求意见所收到的，不计疑似垃圾信息',
      items(acts('comment')),
    ),
    count(
      'comment-contents',
      '公众意见的不同内容',
      '其中文字相同的、经人归为一组的，算作一种',
      items(acts('comment-content')),
    ),
    count(
      'feedback-overdue',
      '逾期未公布意见采纳情况件数',
      '本期截止的征求意见，期限已过而没有公布采纳情况的',
      items(acts('feedback').filter((x) => x.dueOn !== null && x.dueOn < f.asOf && !settled(x))),
    ),
    count('sessions', '召开会议次数', '本期召开、在本系统记载的审议会议', items(acts('session'))),
  ]
}
const unique = (list: readonly Item[]): Item[] => [...new Map(list.map((x) => [x.id, x])).values()]
