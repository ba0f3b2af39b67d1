// What a reader sees of one filing: the receiver everything; the sender what was asked of it and what it answered, not the
// receiver's own examination before it is told.

import type { answers } from '@dianzhang/contract'
import {
  demandLabels,
  itemResultLabels,
  motionDecisionLabels,
  motionLabels,
  opinionAnswerLabels,
  returnGroundLabels,
  reviewItemLabels,
  reviewKindLabels,
  reviewOutcomeLabels,
  trackLabels,
} from '@dianzhang/contract'
import { and, count, eq, gte, isNotNull, lt, schema } from '@dianzhang/database'
import {
  type FilingDossier,
  type FilingShape,
  lastSubmission,
  missingMaterials,
  openDeferral,
  trackOf,
  wantedMaterials,
} from '@dianzhang/processes'
import type { OpenedMatter } from '../door/desk.ts'
import { exchangeOf } from '../exchange/read.ts'
import { noteOpened } from '../exchange/record.ts'
import type { Actor, Office } from '../office.ts'
import { lettersOf } from './letters.ts'

const { filingReviews: t } = schema

/** Whether this actor works at the receiving organ. */
export const receives = (actor: Actor, d: FilingDossier): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'person' &&
    actor.posts.some((p) => (p.role === 'registrar' || p.role === 'filing_reviewer') && p.unit === d.unit))

/** The next registration number of this receiver in this year, as a suggestion: “海备〔2026〕3号”. */
export async function nextNumber(office: Office, jurisdiction: string, recipient: string, year: number, name: string) {
  const [row] = await office.db
    .select({ n: count() })
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, jurisdiction),
        eq(t.recipient, recipient),
        isNotNull(t.registeredOn),
        gte(t.registeredOn, `${year}-01-01`),
        lt(t.registeredOn, `${year + 1}-01-01`),
      ),
    )
  const word = name.includes('人民代表大会') ? `${name[0]}人常备` : `${name[0]}备`
  return `${word}〔${year}〕${(row?.n ?? 0) + 1}号`
}

export async function filingView(
  office: Office,
  actor: Actor,
  { dossier: d, units, row }: OpenedMatter<FilingShape>,
): Promise<answers.Given<typeof answers.FilingFile> & Record<string, unknown>> {
  const own = receives(actor, d)
  const pack = office.rules.pack(d.jurisdiction, row.packVersion)
  const there = d.exchange
  // Whoever receives it has it before him now: the sender is told so, once for each package.
  if (own && there?.side === 'receiver' && actor.kind === 'person')
    await noteOpened(office, { jurisdiction: d.jurisdiction, peer: there.peer }, d.id)
  const track = trackOf({ dossier: d, pack })
  const wanted = wantedMaterials({ dossier: d, pack })?.value ?? []
  const sent = lastSubmission(d)
  const missing = sent ? missingMaterials({ dossier: d, pack }) : []
  const year = Number(office.clock.now().toISOString().slice(0, 4))
  const name = (id: string) => units[id]?.name ?? id
  const left = pack.filingReview.items.value.filter((item) => !d.checks.some((x) => x.item === item))
  return {
    track: d.track,
    trackLabel: trackLabels[d.track],
    receiver: own,
    recipient: { id: d.unit, name: name(d.unit) },
    exchange: there
      ? {
          ...there,
          lines: await exchangeOf(office.db, d.jurisdiction, there.peer, d.id),
        }
      : null,
    document: {
      ...d.document,
      issuers: d.document.issuers.map((id) => ({ id, name: name(id) })),
    },
    decision: d.decision ?? null,
    materials: [
      ...wanted.map((item) => ({
        name: item,
        there: sent !== undefined && !missing.includes(item),
        asked: true,
      })),
      ...(sent?.materials ?? [])
        .filter((item) => !wanted.some((one) => item.includes(one) || one.includes(item)))
        .map((item) => ({ name: item, there: true, asked: false })),
    ],
    copies: track?.copies.value ?? null,
    missing,
    // The forms open with what is known: the next number, what is missing, what is to be supplied and examined.
    nextNumber:
      own && d.registered === null ? await nextNumber(office, d.jurisdiction, d.unit, year, name(d.unit)) : null,
    toSupply: (openDeferral(d)?.items ?? (d.decision ? wanted : [])).map((item) => ({ item })),
    // What was found is the examiner's to say, item by item: nothing is said beforehand.
    toCheck: left.map((item) => ({ item })),
    submissions: d.submissions,
    deferrals: d.deferrals,
    returns: d.returns.map((x) => ({ ...x, groundLabel: returnGroundLabels[x.ground] })),
    notices: d.notices,
    registered: d.registered,
    review: own && d.review ? { ...d.review, kindLabel: reviewKindLabels[d.review.kind] } : null,
    checks: own
      ? pack.filingReview.items.value.map((item) => {
          const found = d.checks.find((x) => x.item === item)
          return {
            item,
            label: reviewItemLabels[item as keyof typeof reviewItemLabels] ?? item,
            result: found?.result ?? null,
            resultLabel: found ? itemResultLabels[found.result] : null,
            note: found?.note ?? null,
            provisions: found?.provisions ?? [],
          }
        })
      : [],
    experts: own ? d.experts : [],
    inquiries: d.inquiries,
    talks: d.talks,
    plans: d.plans,
    reminders: d.reminders,
    opinion: d.opinion && {
      ...d.opinion,
      findings: d.opinion.findings.map((x) => ({
        ...x,
        itemLabel: reviewItemLabels[x.item],
        demandLabel: demandLabels[x.demand],
      })),
      answers: d.opinion.answers.map((x) => ({ ...x, actionLabel: opinionAnswerLabels[x.action] })),
    },
    urges: d.urges,
    correction: d.correction,
    motion: d.motion && {
      ...d.motion,
      label: motionLabels[d.motion.kind],
      decided: d.motion.decided && {
        ...d.motion.decided,
        label: motionDecisionLabels[d.motion.decided.decision],
        body: name(d.motion.decided.body),
      },
    },
    closed: d.closed && { ...d.closed, outcomeLabel: reviewOutcomeLabels[d.closed.outcome] },
    letters: lettersOf(d).map(({ id, label, on }) => ({ id, label, on })),
  }
}
