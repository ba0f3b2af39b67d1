// Legislation of schema.org: registration data that search engines can read. The status of force is the one the caller
// gives for the day, not worked out here.
import { fullNumberOf } from '@dianzhang/text'
import { type PublishedDocument, titleOf, type ValidityStatus } from '../published-document.ts'

/** A JSON-LD object; only the properties of schema.org/Legislation that are known for the document. */
export type LegislationJsonLd = Readonly<Record<string, unknown>>

const legalForce: Record<ValidityStatus, 'InForce' | 'NotInForce'> = {
  in_force: 'InForce',
  pending_effect: 'NotInForce',
  amended: 'NotInForce',
  suspended: 'NotInForce',
  expired: 'NotInForce',
  repealed: 'NotInForce',
  annulled: 'NotInForce',
}

/** The document as schema.org `Legislation`. What is not known is left out, never guessed. */
export function exportJsonLd(document: PublishedDocument): LegislationJsonLd {
  const organisation = (name: string) => ({ '@type': 'GovernmentOrganization', name })
  const { effectiveDate, endedOn, validUntil, jurisdiction } = document
  const all: Record<string, unknown> = {
    '@context': 'https://schema.org',
    '@type': 'Legislation',
    '@id': document.url ?? undefined,
    url: document.url ?? undefined,
    name: titleOf(document),
    inLanguage: 'zh-CN',
    legislationIdentifier: fullNumberOf(document.structure) ?? document.documentNumber ?? undefined,
    identifier: [
      ['统一登记号', document.registryNumber],
      ['索引号', document.indexNumber],
    ].flatMap(([name, value]) => (value === null ? [] : [{ '@type': 'PropertyValue', name, value }])),
    legislationType: document.category ?? undefined,
    legislationDate: document.adoptionDate ?? undefined,
    datePublished: document.publicationDate ?? undefined,
    legislationDateOfApplicability: effectiveDate ?? undefined,
    legislationLegalForce: document.status === null ? undefined : `https://schema.org/${legalForce[document.status]}`,
    temporalCoverage: effectiveDate === null ? undefined : `${effectiveDate}/${endedOn ?? validUntil ?? '..'}`,
    legislationPassedBy: document.issuers.map(organisation),
    legislationJurisdiction:
      jurisdiction === null
        ? undefined
        : { '@type': 'AdministrativeArea', name: jurisdiction.name, identifier: jurisdiction.code },
    legislationAmends: document.amends.map((name) => ({ '@type': 'Legislation', name })),
    legislationRepeals: document.repeals.map((name) => ({ '@type': 'Legislation', name })),
    abstract: document.summary ?? undefined,
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}
