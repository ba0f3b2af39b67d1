// 各命令由谁办理、依据什么。
import type { CommandLaw } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { SuggestionShape } from './shape.ts'

const reviewer = (basis: CommandLaw['basis']): CommandLaw => ({ by: ['filing_reviewer'], basis })
const seldom = (law: CommandLaw): CommandLaw => ({ ...law, seldom: true })

/** 任何公民、法人和其他组织都可以提出；书面来件由备案审查人代为录入；别的机关移送来的由系统开启。 */
export const submissionLaw: CommandLaw = {
  by: ['public', 'filing_reviewer', 'system'],
  basis: source.rulemaking('第三十五条'),
}
export const suggestionLaw: Record<SuggestionShape['command'], CommandLaw> = {
  RequestCompletion: reviewer(source.bjNpc('第二十四条')),
  Complete: { by: ['public', 'filing_reviewer'], basis: source.bjNpc('第二十四条') },
  DeemUncompleted: { by: ['system'], basis: source.bjNpc('第二十四条') },
  Accept: reviewer(source.rulemaking('第三十五条')),
  Transfer: reviewer(source.bjNpc('第十七条')),
  RefuseRegistration: reviewer(source.bjNpc('第二十四条')),
  DeclineToStart: reviewer(source.bjNpc('第二十五条')),
  ExtendExamination: seldom(reviewer(source.yantai('第五十四条', 'local_example'))),
  AskIssuer: reviewer(source.bjNpc('第二十七条')),
  AnswerInquiry: { by: ['secretariat', 'unit_head'], basis: source.shNpc('第二十四条') },
  Conclude: reviewer(source.bjNpc('第二十九条')),
  ConfirmChange: reviewer(source.bjNpc('第三十条')),
  Resume: { by: ['filing_reviewer', 'system'], basis: source.bjNpc('第二十九条') },
  Answer: reviewer(source.sdNpc('第二十二条')),
  Notify: reviewer(source.bjNpc('第二十五条')),
  LinkSimilar: seldom(reviewer(source.design('相似的建议一并研究，各自答复'))),
  Reopen: seldom(reviewer(source.bjNpc('第二十六条'))),
  Close: reviewer(source.sdNpc('第二十二条')),
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
  ForgetContact: { by: ['system'], basis: source.design('答复后删除提出人的姓名与联系方式') },
}
