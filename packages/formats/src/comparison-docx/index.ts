// Comparison results as docx: redline and comparison table.
export {
  type ComparedTexts,
  type ExplainedChange,
  exportComparisonTable,
  exportRedline,
} from './comparison-docx.ts'
