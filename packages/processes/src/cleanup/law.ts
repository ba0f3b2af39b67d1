// 各命令由谁办理、依据什么。
import type { CommandLaw } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { CleanupShape } from './shape.ts'

const cleanup = source.rulemaking('第三十七条')
const organiser: CommandLaw = { by: ['secretariat'], basis: cleanup }

/** 组织清理的机关部署；上位法变化核查有结论的，由系统开启即时清理。 */
export const planLaw: CommandLaw = { by: ['secretariat', 'system'], basis: cleanup }
export const cleanupLaw: Record<CleanupShape['command'], CommandLaw> = {
  AddDocuments: { by: ['secretariat', 'system'], basis: cleanup },
  FreezeCensus: organiser,
  ImportCensus: organiser,
  ReportLateFind: { by: ['drafter', 'unit_head', 'secretariat', 'legality_reviewer', 'registrar'], basis: cleanup },
  AssignUnit: organiser,
  // 谁起草谁清理、谁实施谁清理；单位以纸面、表格报来的，由文秘代为录入。
  GiveOpinion: { by: ['drafter', 'unit_head', 'secretariat'], basis: cleanup },
  CheckItems: { by: ['legality_reviewer'], basis: source.legalityReview('二（四）') },
  OpenNotice: { by: ['secretariat'], basis: source.qujiang2021('公示') },
  RecordObjection: { by: ['public', 'secretariat'], basis: source.qujiang2021('公示') },
  AnswerObjection: { by: ['secretariat', 'unit_head'], basis: source.qujiang2021('公示') },
  ConfirmUnlisted: { by: ['secretariat'], basis: source.huayuan2024('未列入目录的文件') },
  Decide: organiser,
  PublishResult: { by: ['secretariat'], basis: source.disclosure('第二十六条') },
  RecordRepublication: { by: ['secretariat', 'system'], basis: source.tongchuan2020('清理决定') },
  ApplyLapses: { by: ['system'], basis: source.tongchuan2020('清理决定') },
  CloseCleanup: organiser,
  CancelCleanup: organiser,
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
}
