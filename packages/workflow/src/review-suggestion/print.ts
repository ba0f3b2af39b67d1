// The letters of a suggestion (docx or PDF, GB/T 9704), the answer and the letter that hands it over: from the matter's record,
// nothing is typed anew.
import { dateInShanghai } from '@dianzhang/calendar'
import { conclusionLabels } from '@dianzhang/contract'
import { and, asc, desc, eq, inArray, schema } from '@dianzhang/database'
import type { SuggestionDossier } from '@dianzhang/processes'
import type { ExportedFile } from '../exported-file.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { openOf } from '../queries/matters.ts'
import { suggestionDesk } from './desk.ts'
import { byReceipt, dossierOf, isAnswered } from './public.ts'
import { examines } from './view.ts'

const { suggestionTexts: texts, suggestionContacts: contacts } = schema

interface Letter {
  d: SuggestionDossier
  /** Name of the organ that answers. */
  unit: string
  /** Whom it is addressed to; without a name: 审查建议提出人. */
  to: string | null
  /** Only for who suggested and who examines. */
  receipt: string | null
}
/** The letter; 404 where there is no answer, or only one that a reopening has overtaken. */
async function letter(
  office: Office,
  stage: string,
  { d, unit, to, receipt }: Letter,
  format: PaperFormat,
): Promise<ExportedFile> {
  const [said] = isAnswered(stage, d)
    ? await office.db
        .select({ body: texts.body, at: texts.at })
        .from(texts)
        .where(and(eq(texts.jurisdictionId, d.jurisdiction), eq(texts.matterId, d.id), eq(texts.kind, 'answer')))
        .orderBy(desc(texts.n))
        .limit(1)
    : []
  const answer = d.answers.at(-1)
  if (!said || !answer) throw notFound('这件审查建议的答复')
  const concluded = d.conflicts.flatMap((x, i) => {
    const found = d.findings.find(({ conflict }) => conflict === x.id)
    if (!found) return []
    const where = found.provisions?.length ? `（所涉条款：${found.provisions.join('、')}）` : ''
    return [
      `${i + 1}. 关于与《${x.act.replace(/^《|》$/g, '')}》${x.article ?? ''}是否一致：${conclusionLabels[found.outcome]}${where}。依据：${found.ground}`,
    ]
  })
  const { title, number } = d.document
  const heading = `关于对《${title}》审查建议的答复`
  const opening = `您于${spokenDate(d.receivedOn)}对《${title}》${number ? `（${number}）` : ''}提出的审查建议${receipt ? `（回执号：${receipt}）` : ''}收悉。${d.provisions.length > 0 ? `建议审查的条款：${d.provisions.join('、')}。` : ''}经审查，现答复如下。`
  const lines = [
    heading,
    `${to ?? '审查建议提出人'}：`,
    opening,
    ...String(said.body.text ?? '').split('\n'),
    ...(concluded.length > 0 ? ['各项审查结论如下。', ...concluded] : []),
    unit,
    spokenDate(answer.on),
  ]
  return paperFile(
    heading,
    lines,
    {
      id: d.id,
      origin: 'made',
      issuers: [unit],
      documentNumber: answer.number,
      printDate: dateInShanghai(said.at.toISOString()),
    },
    format,
  )
}

/**
 * The answer for staff who may see the matter. Name and receipt stand in it only for who examines it; the name only while
 * it is kept. 404: no such matter for this actor, or no answer yet.
 */
export async function printAnswer(
  office: Office,
  actor: Actor,
  id: string,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const { row, dossier: d, units } = await openOf(suggestionDesk, office.db, actor, id)
  const own = examines(actor, d)
  const [person] = own
    ? await office.db
        .select({ name: contacts.name })
        .from(contacts)
        .where(and(eq(contacts.jurisdictionId, d.jurisdiction), eq(contacts.matterId, d.id)))
    : []
  const { suggestions: t } = schema
  const [suggestion] = own
    ? await office.db
        .select({ receipt: t.receipt })
        .from(t)
        .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.matterId, d.id)))
    : []
  const unit = units[row.unit]?.name ?? row.unit
  return letter(office, row.stage, { d, unit, to: person?.name ?? null, receipt: suggestion?.receipt ?? null }, format)
}
/**
 * The letter that hands a suggestion over to the organ it belongs to: what was suggested and why it is handed over; who
 * suggested it is not in it. 404: no such matter for this actor, not one who examines it, or it was not handed over.
 */
export async function printTransfer(
  office: Office,
  actor: Actor,
  id: string,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const { row, dossier: d, units } = await openOf(suggestionDesk, office.db, actor, id)
  const { exit } = d
  if (exit?.kind !== 'transferred' || !examines(actor, d)) throw notFound('这件审查建议的移送函')
  const said = await office.db
    .select({ kind: texts.kind, body: texts.body, at: texts.at })
    .from(texts)
    .where(
      and(
        eq(texts.jurisdictionId, d.jurisdiction),
        eq(texts.matterId, d.id),
        inArray(texts.kind, ['submission', 'completion', 'transfer']),
      ),
    )
    .orderBy(asc(texts.n))
  const written = said.filter(({ kind }) => kind !== 'transfer')
  const reasons = written.flatMap(({ body }) =>
    ((body.conflicts ?? []) as Array<{ reason?: string }>).map((x) => x.reason),
  )
  const why = said.findLast(({ kind }) => kind === 'transfer')
  const unit = units[row.unit]?.name ?? row.unit
  const { title, number } = d.document
  const heading = `关于移送对《${title}》审查建议的函`
  const lines = [
    heading,
    `${exit.to ?? ''}：`,
    `${spokenDate(d.from?.receivedOn ?? d.receivedOn)}收到对《${title}》${number ? `（${number}）` : ''}的审查建议一件。${d.provisions.length > 0 ? `建议审查的条款：${d.provisions.join('、')}。` : ''}经研究，属于你单位处理的事项，现予移送。`,
    ...String(why?.body.reason ?? '')
      .split('\n')
      .filter(Boolean),
    ...(d.conflicts.length > 0 ? ['所指的不一致之处如下。'] : []),
    ...d.conflicts.map(
      (x, i) => `${i + 1}. 与《${x.act.replace(/^《|》$/g, '')}》${x.article ?? ''}：${reasons[i] ?? ''}`,
    ),
    ...(written.some(({ body }) => body.reason) ? ['建议的理由如下。'] : []),
    ...written.flatMap(({ body }) =>
      String(body.reason ?? '')
        .split('\n')
        .filter(Boolean),
    ),
    '请依法处理，并将处理结果告知提出人。提出人的姓名与联系方式另行移交。',
    unit,
    spokenDate(exit.on),
  ]
  return paperFile(
    heading,
    lines,
    { id: d.id, origin: 'made', issuers: [unit], documentNumber: null, printDate: exit.on },
    format,
  )
}
/** The answer for who holds the receipt: no name in it. 404: no such receipt, or no answer yet. */
export async function printAnswerByReceipt(
  office: Office,
  receipt: string,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const row = await byReceipt(office.db, receipt)
  if (!row) throw notFound('这个回执号')
  const d = dossierOf(row.matter.snapshot)
  const { units: u } = schema
  const [unit] = await office.db
    .select({ name: u.name })
    .from(u)
    .where(and(eq(u.jurisdictionId, d.jurisdiction), eq(u.id, row.matter.unit)))
  const name = unit?.name ?? row.matter.unit
  return letter(office, row.matter.stage, { d, unit: name, to: null, receipt: row.suggestion.receipt }, format)
}
