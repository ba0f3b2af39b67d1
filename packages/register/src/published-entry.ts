// The row that enters the register at publication, made from the file, the signed text and the publishing command;
// publication and its preview use the same code, so what is seen is what is published.
import { dateInShanghai } from '@dianzhang/calendar'
import {
  type Dossier,
  headText,
  isProvisional,
  matterName,
  namesUnit,
  referenceText,
  type TextRef,
} from '@dianzhang/rules'
import type { PublishedEntry } from './entries.ts'

type FileMeta = PublishedEntry['attachments'][number]
/** The parts of the publishing command the public will see. */
export interface PublishedWith {
  effectiveDate: string
  validUntil: string | null
  disclosure: PublishedEntry['disclosure']
  channels: readonly string[]
  immediateReason?: string | undefined
  adaptation?: string | undefined
  summary?: string | undefined
  keywords?: string[] | undefined
  interpretation: { body?: string | undefined; url?: string | undefined }
}
export interface PublishedFrom {
  dossier: Dossier
  units: Readonly<Record<string, { name: string }>>
  /** Name of the jurisdiction. */
  region: string
  on: string
  body: string
  attachments: readonly FileMeta[]
  publicFiles: readonly FileMeta[]
  indexNumber: string | null
  wjbs: PublishedEntry['wjbs']
}

/** Who interprets: as stated in the body, with the full name where it matches a unit; null when not stated. */
function interpreterOf(units: PublishedFrom['units'], head: TextRef | null): string | null {
  const names = head?.says?.interpreters.flatMap((said) => said.names) ?? []
  const full = names.map((name) => Object.values(units).find((u) => namesUnit(name, u.name))?.name ?? name)
  return full.length > 0 ? [...new Set(full)].join('、') : null
}

/** The row in the register after publication. Numbers are taken from the file; no personal data. */
export function publishedEntry(from: PublishedFrom, given: PublishedWith): PublishedEntry {
  const { dossier: d, units } = from
  const head = headText(d)
  const round = d.consultations.at(-1)
  const meta = ({ name, mediaType, sha256, size }: FileMeta): FileMeta => ({ name, mediaType, sha256, size })
  return {
    jurisdiction: d.jurisdiction,
    documentId: d.id,
    title: d.title,
    documentNumber: d.numbers?.document ?? '',
    registryNumber: d.numbers?.registry ?? null,
    indexNumber: from.indexNumber,
    wjbs: from.wjbs,
    issuers: d.issuers.map((i) => units[i]?.name ?? i),
    tier: d.tier,
    genre: d.genre,
    region: from.region,
    adoptionDate: d.numbers?.adoptionDate ?? null,
    publishedOn: from.on,
    effectiveDate: given.effectiveDate,
    validUntil: given.validUntil,
    disclosure: given.disclosure,
    body: from.body,
    textHash: head?.hash ?? '',
    attachments: from.attachments.map(meta),
    publicFiles: from.publicFiles.map(meta),
    interpretation: given.interpretation.body ?? null,
    interpretationUrl: given.interpretation.url ?? null,
    summary: given.summary ?? null,
    keywords: given.keywords ?? null,
    interpreterUnit: interpreterOf(units, head),
    metadata: {
      packVersion: d.packVersion,
      classification: {
        enterpriseRelated: d.classification.enterpriseRelated,
        majorDecision: d.classification.majorDecision,
        provisional: isProvisional(d),
      },
      channels: given.channels,
      immediateReason: given.immediateReason ?? null,
      ...(given.adaptation ? { adaptation: given.adaptation } : {}),
      consultation: round ? { id: round.id, opensOn: round.opensOn, closesOn: round.closesOn } : null,
      legality: d.review?.opinion
        ? { number: d.review.opinion.number, outcome: d.review.opinion.outcome, on: d.review.opinion.on }
        : null,
      deliberation: d.decision ? { body: d.decision.body, session: d.decision.session, date: d.decision.date } : null,
      deviations: d.deviations
        .filter((x) => x.used.length > 0)
        .map((x) => ({
          rule: x.rule,
          matter: matterName(x.rule),
          ground: x.ground,
          reference: referenceText(x.reference),
          approver: x.confirmed?.name ?? null,
          uses: x.used.length,
        })),
      corrections: d.corrections.map((x) => ({
        on: dateInShanghai(x.at),
        reason: x.reason,
        substantive: x.substantive,
      })),
    },
  }
}
