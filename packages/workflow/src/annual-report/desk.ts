// The desk of annual reports: one a year; figures are computed when it is frozen, and asked again for a correction.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { annualReport } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { annualReports, type ReportDossier, type ReportShape, renderReport } from '@dianzhang/processes'
import { logSize } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import type { CommandContext, Desk, DeskOpening, Handler } from '../door/desk.ts'
import { meetingOf } from '../facts/meeting.ts'
import { invalid } from '../failures.ts'
import { ofYear } from '../of-year.ts'
import type { Office } from '../office.ts'
import { permitByRole } from '../policies/permit-by-role.ts'
import { figureChoices, figureIds } from '../statistics/query.ts'
import { differencesOf, figureNamed, figuresOfYear, manualFiguresOf, reportDigest } from './figures.ts'

const { matters: m } = schema
const { process } = annualReports
type Payload = Record<string, unknown>
type Context = CommandContext<ReportShape>
type Own = Handler<ReportShape, Payload>
const plain: Own = {}

/** A meeting that is on record; refuses (422) another. */
function requireMeeting(c: Context, p: Payload): object {
  if (!meetingOf(c.units, p.body)) throw invalid(['body', '不是已登记的会议，请从会议中选定'])
  return {}
}
const handlers: Record<ReportShape['command'], Own> = {
  WriteSection: plain,
  FillFigure: plain,
  RecordDuty: plain,
  FreezeReport: {
    resolve: async (c) => {
      // The day before is over and known in full: asked again later, it answers the same.
      const asOf = addDays(c.on, -1)
      const [{ figures, issuers }, size] = await Promise.all([
        figuresOfYear(c.office, c.jurisdiction, c.dossier.year, asOf),
        logSize(c.office.readDb, c.jurisdiction),
      ])
      const known = size === 0 ? null : size
      return { figures, issuers, asOf, logSize: known, digest: reportDigest(c.dossier, asOf, known, figures) }
    },
    ledger: (_p, r) => ({ asOf: r.asOf, logSize: r.logSize, digest: r.digest, figures: r.figures, issuers: r.issuers }),
  },
  ReopenReport: plain,
  ApproveReport: { resolve: requireMeeting },
  PublishReport: plain,
  ObjectToFigure: plain,
  AnswerObjection: plain,
  RecordCorrection: {
    resolve: async (c) => ({
      differences: (await differencesOf(c.office, c.dossier)).map(({ late: _late, ...x }) => x),
    }),
    ledger: (p, r) => ({ ...p, differences: r.differences }),
  },
}
const opening: DeskOpening<ReportShape, { year: number }> = {
  may: (actor, _p, units) => permitByRole(actor, process.opening.label, process.opening.law.by, outsideOffice(units)),
  dossier: async (c, p) => {
    const [before] = await c.tx
      .select({ id: m.id })
      .from(m)
      .where(ofYear(c.jurisdiction, annualReport.kind, p.year))
    if (before) throw invalid(['year', `${p.year}年度的年度报告已经有了，一年一份`])
    if (p.year > Number(c.on.slice(0, 4))) throw invalid(['year', '这一年度还没有到'])
    return {
      id: c.matterId,
      jurisdiction: c.jurisdiction,
      packVersion: c.pack.version,
      year: p.year,
      // Opened by the system: that of the government's office.
      unit: c.as.unit ?? Object.values(c.units).find(({ kind }) => kind === 'office')?.id ?? '',
      openedOn: c.on,
      sections: [],
      filled: [],
      duties: [],
      frozen: null,
      approval: null,
      publishedOn: null,
      objections: [],
      corrections: [],
    }
  },
  summary: (d) => ({ title: `${d.year}年度法治政府建设（行政规范性文件）年度报告`, unit: d.unit }),
}
/** The secretariat is that of the government's office. */
const outsideOffice =
  (units: Record<string, UnitFact>, d?: ReportDossier) =>
  (post: { role: string; unit: string }): string | null =>
    post.role !== 'secretariat' || units[post.unit]?.kind === 'office' || post.unit === d?.unit
      ? null
      : '须为政府办公室文秘'

/** Whoever writes sees the figures as they stand at the end of the day before; frozen, those that were written down. */
async function drafted(office: Office, d: ReportDossier) {
  const manual = manualFiguresOf(office, d)
  if (d.frozen) return { report: renderReport(d, [], manual), presentAsOf: null }
  const asOf = addDays(dateInShanghai(office.clock.now().toISOString()), -1)
  if (asOf < `${d.year}-01-01`) return { report: renderReport(d, [], manual), presentAsOf: null }
  const { figures } = await figuresOfYear(office, d.jurisdiction, d.year, asOf)
  return { report: renderReport(d, figures, manual), presentAsOf: asOf }
}

export const annualReportDesk: Desk<ReportShape> = {
  engine: annualReports,
  recordLabels: annualReport.records,
  ledgerForm: 2,
  opening: opening as unknown as Desk<ReportShape>['opening'],
  handlers: handlers as Desk<ReportShape>['handlers'],
  // Every unit sees the draft: it may object to a figure.
  overseers: ['secretariat', 'legality_reviewer', 'leader', 'inspector', 'drafter', 'unit_head'],
  may: (actor, type, d, units) =>
    permitByRole(actor, process.labels.command[type], process.law[type].by, outsideOffice(units, d)),
  facts: async ({ office, jurisdiction, dossier, type, pack }) => ({
    pack,
    calendar: office.rules.calendar(jurisdiction),
    external: {
      figures: figureIds(),
      manual: pack.yearly.manualFigures.value,
      differences: type === 'RecordCorrection' ? await differencesOf(office, dossier) : null,
    },
  }),
  concerns: () => ({ involvedUnits: [], concernedRoles: [] }),
  terms: (pack) => [...figureChoices(), ...pack.yearly.manualFigures.value],
  view: async (office, _actor, { dossier: d, units }) => ({
    year: d.year,
    ...(await drafted(office, d)),
    sections: d.sections,
    filled: d.filled,
    manual: manualFiguresOf(office, d),
    duties: d.duties,
    frozen: d.frozen
      ? {
          on: d.frozen.on,
          asOf: d.frozen.asOf,
          digest: d.frozen.digest,
          logSize: d.frozen.logSize,
          issuers: d.frozen.issuers,
        }
      : null,
    approval: d.approval,
    publishedOn: d.publishedOn,
    figures: figureChoices(),
    objections: d.objections.map((x) => ({
      ...x,
      unitName: units[x.unit]?.name ?? x.unit,
      figureLabel: figureNamed([...figureChoices(), ...manualFiguresOf(office, d)], x.figure),
    })),
    corrections: d.corrections,
  }),
}
