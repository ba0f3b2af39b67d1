// The page to read before deciding: the text, who approved it and when, opinions not adopted and why, the number to
// come, closing days, attachments to be published, differences between what the text says and the file.
import { and, eq, inArray, schema } from '@dianzhang/database'
import { factsFor, standing } from '@dianzhang/lifecycle'
import { formatDocumentNumber, formatRegistryNumber } from '@dianzhang/numbering'
import {
  type Dossier,
  effectiveDatesOf,
  type Facts,
  type FileFact,
  judge,
  lastDayOf,
  type StatedDifference,
  sameText,
  textAgainstFile,
} from '@dianzhang/rules'
import type { SaidValidity, TextStatement } from '@dianzhang/text'
import type { Actor, Office } from '../office.ts'
import { circumstance, withText } from './documents.ts'
import { peopleNames } from './matters.ts'
import { openText } from './texts.ts'

/** An approval given; when `stands` is false, says why it no longer covers the current text. */
export interface Approval {
  what: string
  who: string | null
  unit: string | null
  on: string
  /** The text version approved; null when it is none of the file's versions. */
  version: number | null
  stands: boolean
  why: string
}
export interface DecisionSheet {
  text: { n: number; contentHash: string; says: TextStatement | null } | null
  /** The last text that was approved; if the current text differs from it, the two versions are compared. */
  approvedVersion: { n: number; by: string } | null
  differences: StatedDifference[]
  approvals: Approval[]
  notAdopted: Array<{ id: string; text: string; reason: string | null }>
  dissents: string[]
  /** The number to come; once numbered, the number given; null without an abbreviation for the issuer. */
  number: { document: string; registry: string; taken: boolean } | null
  /** The earliest closing day of the public consultation by law, and how it is counted. */
  consultation: { earliest: string | null; reason: string }
  files: FileFact[]
  /** What publication will say, derived from the clause in the body on taking effect. */
  publication: {
    effectiveDate: string | null
    validity: { years: number } | { until: string } | { none: true } | null
    interpreter: string[]
    /** The body's own words and where they stand; empty for what is not stated. */
    said: Record<'effective' | 'validity' | 'interpreter', { quote: string; address: string } | null>
  }
  /** The address after publication; before it, the address to come. */
  address: string
  published: boolean
}

function prefilled(f: Facts, says: TextStatement | null): DecisionSheet['publication'] {
  const [said] = says?.effective ?? []
  const effectiveDate = said ? (effectiveDatesOf(said, f.today, f).at(-1) ?? null) : null
  const [term] = says?.validity ?? []
  const [interpreter] = says?.interpreters ?? []
  const place = (one: { quote: string; address: string } | undefined) =>
    one ? { quote: one.quote, address: one.address } : null
  return {
    effectiveDate,
    validity: validityOf(term, effectiveDate),
    interpreter: [...new Set((says?.interpreters ?? []).flatMap(({ names }) => names))],
    said: { effective: place(said), validity: place(term), interpreter: place(interpreter) },
  }
}
function validityOf(
  term: SaidValidity | undefined,
  effectiveDate: string | null,
): DecisionSheet['publication']['validity'] {
  if (!term || term.kind === 'blank') return null
  if (term.kind === 'years') return { years: term.years }
  if (term.kind === 'unlimited') return { none: true }
  const until = effectiveDate === null && term.kind === 'months' ? null : lastDayOf(term, effectiveDate ?? '')
  return until === null ? null : { until }
}
async function nextNumber(office: Office, f: Facts): Promise<DecisionSheet['number']> {
  const { dossier: d, pack } = f
  if (d.numbers) return { document: d.numbers.document, registry: d.numbers.registry, taken: true }
  const prefix = pack.numbering.documentPrefixes.value[d.issuers[0] ?? '']
  if (!prefix) return null
  const adopted = [...d.signatures.map((s) => s.on), d.decision?.date ?? f.today].sort().at(-1) ?? f.today
  const year = Number((pack.numbering.yearOf.value === 'adoption' ? adopted : f.today).slice(0, 4))
  const region = pack.numbering.registryRegion.value
  const registrySeries = `登记:${region}`
  const s = schema.numberSeries
  const rows = await office.db
    .select({ series: s.series, last: s.lastSeq })
    .from(s)
    .where(and(eq(s.jurisdictionId, d.jurisdiction), eq(s.year, year), inArray(s.series, [prefix, registrySeries])))
  const next = (series: string): number => (rows.find((row) => row.series === series)?.last ?? 0) + 1
  return {
    document: formatDocumentNumber({ prefix, year, seq: next(prefix) }),
    registry: formatRegistryNumber(pack.numbering.registryTemplate.value, { region, year, seq: next(registrySeries) }),
    taken: false,
  }
}
interface Given {
  what: string
  person: string | null
  unit: string | null
  on: string
  hash: string | null
  /** Which item of the derivation (`standing`) tells whether it still stands; without one only the text is compared. */
  approval?: string
}
function given(d: Dossier): Given[] {
  const { review, secretariatCheck, decision } = d
  const list: Array<Given | null> = [
    review
      ? {
          what: '提请合法性审核',
          person: review.submittedBy,
          unit: d.draftingUnit,
          on: review.submittedAt,
          hash: review.textHash,
        }
      : null,
    review?.opinion
      ? {
          what: `合法性审核意见（${{ lawful: '合法', revise: '应当予以修改', unlawful: '不合法' }[review.opinion.outcome]}${review.opinion.number ? `，${review.opinion.number}` : ''}）`,
          person: review.opinion.by,
          unit: review.opinion.unit,
          on: review.opinion.at,
          hash: review.opinion.contentHash,
          approval: 'legality-opinion',
        }
      : null,
    review?.confirmation
      ? {
          what: '确认修改',
          person: review.confirmation.by,
          unit: null,
          on: review.confirmation.at,
          hash: review.confirmation.contentHash,
          approval: 'legality-opinion',
        }
      : null,
    secretariatCheck?.outcome === 'passed'
      ? {
          what: '办公机构审核',
          person: secretariatCheck.by,
          unit: null,
          on: secretariatCheck.at,
          hash: secretariatCheck.textHash,
          approval: 'secretariat-check',
        }
      : null,
    decision
      ? {
          what: `${decision.session}审议（${{ adopted: '通过', adopted_with_changes: '修改后通过', postponed: '暂缓', rejected: '不予通过' }[decision.outcome]}）`,
          person: null,
          unit: decision.body,
          on: decision.at,
          hash: decision.textHash,
          approval: 'decision',
        }
      : null,
    ...d.signatures.map((s) => ({
      what: '签署',
      person: s.person,
      unit: s.issuer,
      on: s.at,
      hash: s.textHash,
      approval: `signature:${s.issuer}`,
    })),
  ]
  return list.filter((one) => one !== null).sort((a, b) => (a.on < b.on ? -1 : 1))
}

/** The page to read before deciding. 404 not visible; 403 for those who are only system administrators. */
export async function getDecisionSheet(office: Office, actor: Actor, id: string): Promise<DecisionSheet> {
  const opened = await withText(office.db, await openText(office, actor, id))
  const now = await circumstance(office, actor, opened)
  const d = opened.dossier
  const f = factsFor(d, { ...now, type: 'Sign', payload: {} })
  const head = d.texts.at(-1) ?? null
  const list = given(d)
  const people = await peopleNames(
    office,
    actor.jurisdiction,
    list.map((one) => one.person),
  )
  const versionOf = (hash: string | null): number | null => d.texts.findLast((t) => t.hash === hash)?.n ?? null
  // The same derivation as the file's overview and the gates: what still stands there after a non-substantive
  // correction stands here too.
  const standings = new Map(standing(d, f, opened.row.stage).map((one) => [one.approval, one]))
  const approvals = list.map((one): Approval => {
    const same = head !== null && one.hash !== null && sameText(d, one.hash, head.hash)
    const known = standings.get(one.approval ?? '')
    return {
      what: one.what,
      who: one.person === null ? null : (people[one.person] ?? one.person),
      unit: one.unit === null ? null : (opened.units[one.unit]?.name ?? one.unit),
      on: one.on,
      version: versionOf(one.hash),
      stands: known?.stands ?? same,
      why: known && !known.stands ? known.why : (known?.stands ?? same) ? '' : '其后文本有变化',
    }
  })
  const last = list.findLast((one) => versionOf(one.hash) !== null)
  const [minimum] = judge(['consultation.minimum-period'], {
    ...f,
    command: { type: 'OpenPublicConsultation', payload: {}, actor: now.meta.actor },
  })
  return {
    text: head && { n: head.n, contentHash: head.hash, says: head.says ?? null },
    approvedVersion: last ? { n: versionOf(last.hash) ?? 0, by: last.what } : null,
    differences: textAgainstFile(f) ?? [],
    approvals,
    notAdopted: (d.review?.opinion?.points ?? []).flatMap((point) =>
      point.answer?.kind === 'not_adopted' ? [{ id: point.id, text: point.text, reason: point.answer.reason }] : [],
    ),
    dissents: d.decision?.dissents ?? [],
    number: await nextNumber(office, f),
    consultation: { earliest: minimum?.earliest ?? null, reason: minimum?.reason ?? '' },
    files: now.external.files ?? [],
    publication: prefilled(f, head?.says ?? null),
    address: `/register/${id}`,
    published: d.publication !== null,
  }
}
