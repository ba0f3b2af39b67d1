// 案卷的期限：依哪些内容推算，哪些是制定机关自己的期限，到期由系统发出何种命令。
import type { CommandType } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import { type ClockKind, clocks, type Dossier } from '@dianzhang/rules'

/** 不算作制定机关最近期限的：审核最短期限不是义务，备案机关的审查期限由备案台显示。 */
const notOurs: ReadonlySet<string> = new Set<ClockKind>(['review_minimum', 'filing_formal_check', 'filing_review'])

export const documentClocks = {
  of: clocks,
  /** 期限所依的案卷内容；折叠不动的部分保持同一引用，因此引用相同即没有变化。 */
  restOn: (d: Dossier): readonly unknown[] => [
    d.classification,
    d.packVersion,
    d.interagency,
    d.consultations,
    d.review,
    d.reviewHistory,
    d.decision,
    d.signatures,
    d.numbers,
    d.publication,
    d.filings,
    d.forceEvents,
    d.archive,
    d.evaluations,
    d.riskAssessments,
    d.expertReviews,
    d.fairCompetition,
    d.closing,
    d.tier,
  ],
  ours: (clock: MatterClock): boolean => !notOurs.has(clock.kind),
  recompute: 'RecomputeDeadlines' as const,
  /** 各命令答复哪些期限；部门答复的期限随各单位，由等着的一方写明。 */
  answeredBy: {
    DisposeComment: ['feedback'],
    PublishFeedback: ['feedback'],
    IssueOpinion: ['review_maximum'],
    Publish: ['publication'],
    FileDocument: ['filing', 'filing_resubmit'],
    AcknowledgeFiling: ['filing_formal_check'],
    SupplementFiling: ['filing_supplement'],
    CloseFiling: ['filing_review'],
    AnswerCorrection: ['correction'],
    ArchiveFile: ['archive'],
  } satisfies Partial<Record<CommandType, readonly ClockKind[]>>,
  /** 部门答复的期限，是被征求意见的单位的。 */
  askedOf: ({ key, kind }: Pick<MatterClock, 'key' | 'kind'>): string | null =>
    kind === 'interagency_reply' ? (key.split(':')[1] ?? null) : null,
  /** 到期发出的命令；失效要写明日期与事由。 */
  due: (command: string, dueOn: string): { type: CommandType } & Record<string, unknown> =>
    command === 'DeclareLapsed'
      ? { type: command, on: dueOn, reason: '有效期届满，未经重新公布，自动失效' }
      : { type: command as CommandType },
}
