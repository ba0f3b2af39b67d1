// Exports of the docx writer and the layout check.
export { checkLayout, type LayoutViolation } from './check-layout.ts'
export { exportDocx } from './export-docx.ts'
export { type FontName, gbt9704, gbt47229, type LayoutProfile, type LineStyle, layoutProfiles } from './profiles.ts'
