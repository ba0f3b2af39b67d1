// docx 导出与版式核对的出口。
export { checkLayout, type LayoutViolation } from './check-layout.ts'
export { exportDocx } from './export-docx.ts'
export { type FontName, gbt9704, gbt47229, type LayoutProfile, type LineStyle, layoutProfiles } from './profiles.ts'
