// Papers of a document's file as docx or PDF, written from its records: the legality opinion, how opinions were dealt with, the
// processing sheet, the list of the archive. Nothing is typed anew.
import { minuteInShanghai } from '@dianzhang/calendar'
import { legalityOutcomeLabels, pointAnswerLabels } from '@dianzhang/contract'
import { and, desc, eq, schema, sql } from '@dianzhang/database'
import type { Dossier, UnitFact } from '@dianzhang/rules'
import type { ExportedFile } from '../exported-file.ts'
import { notFound } from '../failures.ts'
import type { LedgerBody } from '../ledger-record.ts'
import type { Actor, Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { getHistory } from '../queries/matters.ts'
import { opinionsStatement } from '../queries/opinions-statement.ts'
import { openText } from '../queries/texts.ts'
import { archiveContents } from './contents.ts'

export const documentPapers = {
  'legality-opinion': '审核意见书',
  'opinions-table': '采纳情况表',
  'process-sheet': '办理单',
  'archive-list': '卷内目录',
} as const
export type DocumentPaper = keyof typeof documentPapers

/** The body of the opinion stands in the ledger alone; null where none was written. */
async function opinionBody(office: Office, jurisdiction: string, id: string): Promise<string | null> {
  const { ledgerEvents: e } = schema
  const [row] = await office.db
    .select({ body: e.body })
    .from(e)
    .where(
      and(eq(e.jurisdictionId, jurisdiction), eq(e.matterId, id), sql`${e.body} #>> '{command,type}' = 'IssueOpinion'`),
    )
    .orderBy(desc(e.seq))
    .limit(1)
  const { opinion } = ((row?.body as unknown as LedgerBody | undefined)?.payload ?? {}) as { opinion?: string }
  return opinion?.trim() || null
}
async function opinionLines(office: Office, d: Dossier, unit: (id: string) => string): Promise<string[] | null> {
  const opinion = d.review?.opinion
  if (!opinion) return null
  const body = await opinionBody(office, d.jurisdiction, d.id)
  return [
    '合法性审核意见书',
    ...(opinion.number ? [opinion.number] : []),
    `${unit(d.draftingUnit)}：`,
    `你单位送审的《${d.title}》，审核意见如下：`,
    `结论：${legalityOutcomeLabels[opinion.outcome]}`,
    ...opinion.grounds.map((ground) => `理由：${ground}`),
    ...(body?.split('\n') ?? []),
    ...opinion.points.flatMap(({ text, basis, answer }, i) => [
      `${i + 1}. ${text}${basis ? `（依据：${basis}）` : ''}`,
      ...(answer ? [`起草单位：${pointAnswerLabels[answer.kind]}${answer.reason ? `。${answer.reason}` : ''}`] : []),
    ]),
    unit(opinion.unit),
    spokenDate(opinion.on),
  ]
}
async function sheetLines(office: Office, actor: Actor, d: Dossier, unit: (id: string) => string): Promise<string[]> {
  const acts: string[] = []
  let cursor: string | undefined
  do {
    const page = await getHistory(office, actor, d.id, { limit: 100, ...(cursor ? { cursor } : {}) })
    for (const { at, label, command, actor: by } of page.items)
      if (command.type !== 'RecomputeDeadlines')
        acts.push(`${minuteInShanghai(at)}　${label}　${[by.unitName, by.name].filter(Boolean).join('　')}`)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return [
    '行政规范性文件办理单',
    `文件名称：${d.title}`,
    `制定机关：${d.issuers.map(unit).join('、')}`,
    `起草单位：${unit(d.draftingUnit)}`,
    `制定的必要性：${d.necessity}`,
    ...(d.numbers ? [`发文字号：${d.numbers.document}，统一登记号：${d.numbers.registry}`] : []),
    '办理经过：',
    ...acts,
  ]
}

/** One of the {@link documentPapers} of a file whose text this person may read; 404 where there is none yet. */
export async function printDocument(
  office: Office,
  actor: Actor,
  id: string,
  paper: DocumentPaper,
  format: PaperFormat,
): Promise<ExportedFile> {
  const { dossier: d, units } = await openText(office, actor, id)
  const unit = (one: string): string => (units as Record<string, UnitFact>)[one]?.name ?? one
  const lines = await linesOf(office, actor, d, units, paper, unit)
  if (lines === null) throw notFound(`这件文件的${documentPapers[paper]}`)
  return paperFile(
    `${d.title}${documentPapers[paper]}`,
    lines,
    { id: d.id, origin: 'imported', issuers: [unit(d.draftingUnit)] },
    format,
  )
}
/** The papers there are, as PDF: what the package holds beside the texts and materials themselves. */
export async function* packagedPapers(
  office: Office,
  actor: Actor,
  id: string,
): AsyncGenerator<{ name: string; bytes: Buffer }> {
  for (const paper of ['archive-list', 'process-sheet', 'opinions-table', 'legality-opinion'] as const) {
    const { dossier: d, units } = await openText(office, actor, id)
    const unit = (one: string): string => (units as Record<string, UnitFact>)[one]?.name ?? one
    if ((await linesOf(office, actor, d, units, paper, unit)) === null) continue
    const { bytes } = await printDocument(office, actor, id, paper, 'pdf')
    yield { name: `${documentPapers[paper]}.pdf`, bytes: Buffer.from(bytes) }
  }
}
async function linesOf(
  office: Office,
  actor: Actor,
  d: Dossier,
  units: Record<string, UnitFact>,
  paper: DocumentPaper,
  unit: (id: string) => string,
): Promise<string[] | null> {
  switch (paper) {
    case 'legality-opinion':
      return await opinionLines(office, d, unit)
    case 'opinions-table': {
      const statement = await opinionsStatement(office.db, d, units)
      return statement && [`《${d.title}》征求意见及采纳情况表`, ...statement.body.split('\n')]
    }
    case 'process-sheet':
      return await sheetLines(office, actor, d, unit)
    case 'archive-list': {
      const { items, files, manifestHash } = await archiveContents(office, actor, d.id)
      return [
        '卷内目录',
        `文件名称：${d.title}`,
        ...items.flatMap(({ name, at, hash, attachments }, i) => [
          `${i + 1}. ${name}　${minuteInShanghai(at)}　摘要${hash}`,
          ...attachments.map((file) => `附件：${file.name}　摘要${file.sha256}`),
        ]),
        `共${files}件，清单摘要${manifestHash}`,
      ]
    }
  }
}
