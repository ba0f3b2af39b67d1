// 决定之前要看的一页：文本、谁在何时认可过、未采纳的意见及理由、将要编的号、截止日、公开的附件、文本自述与案卷的差别。
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

/** 一项已经作出的认可；`stands` 为假时说明为何不再及于现文本。 */
export interface Approval {
  what: string
  who: string | null
  unit: string | null
  on: string
  /** 所认可的文本版本；不是案卷中任何一版的为 null。 */
  version: number | null
  stands: boolean
  why: string
}
export interface DecisionSheet {
  text: { n: number; contentHash: string; says: TextStatement | null } | null
  /** 上一次被认可的文本；现文本与它不同的，比较两版。 */
  approvedVersion: { n: number; by: string } | null
  differences: StatedDifference[]
  approvals: Approval[]
  notAdopted: Array<{ id: string; text: string; reason: string | null }>
  dissents: string[]
  /** 将要编的号；已经编号的即所编的号；没有机关代字的为 null。 */
  number: { document: string; registry: string; taken: boolean } | null
  /** 公开征求意见依法最早的截止日，及其算法。 */
  consultation: { earliest: string | null; reason: string }
  files: FileFact[]
  /** 由正文的施行条款推得的公布内容。 */
  publication: {
    effectiveDate: string | null
    validity: { years: number } | { until: string } | { none: true } | null
    interpreter: string[]
    /** 正文的原话与所在之处；没有写明的那一项为空。 */
    said: Record<'effective' | 'validity' | 'interpreter', { quote: string; address: string } | null>
  }
  /** 公布以后的地址；未公布的为将来的地址。 */
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
  /** 现在是否成立，看推算的哪一项（`standing`）；没有的只看文本。 */
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

/** 决定之前要看的一页。404 不可见；403 只是系统管理员。 */
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
  // 与案卷总览、各关口同一个推算：非实质性更正以后仍然成立的，这里也说成立。
  const standings = new Map(standing(d, f).map((one) => [one.approval, one]))
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
