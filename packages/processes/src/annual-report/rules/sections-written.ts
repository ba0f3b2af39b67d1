import { type ReportSection, reportSectionLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import type { ReportDossier } from '../dossier.ts'
import { dossier } from '../example.ts'
import type { ReportRule } from '../shape.ts'

/** 不能由模板写成的部分。 */
const byHand: ReportSection[] = ['shortcomings', 'leaders', 'plans']
/** 其中还没有写的。 */
export const sectionsMissing = (d: ReportDossier): ReportSection[] =>
  byHand.filter((name) => !d.sections.some((x) => x.section === name && x.text.trim() !== ''))
export const sectionsWritten: ReportRule = {
  id: 'report.sections-written',
  title: '须由人写的各部分都已经写好',
  severity: 'block',
  basis: source.governmentReport('年度报告'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d }) => {
    const missing = sectionsMissing(d)
    return missing.length === 0
      ? holds('各部分都已经写好')
      : fails(`还没有写：${missing.map((name) => reportSectionLabels[name]).join('；')}`)
  },
  examples: {
    holds: [{ name: '都已写好', given: (f) => f }],
    refused: [
      { name: '没有写不足', given: (f) => dossier(f, { sections: f.dossier.sections.slice(1) }), says: '不足' },
    ],
  },
}
