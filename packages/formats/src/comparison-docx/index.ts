// 比较结果的 docx：花脸稿与修改对照表。
export {
  type ComparedTexts,
  type ExplainedChange,
  exportComparisonTable,
  exportRedline,
} from './comparison-docx.ts'
