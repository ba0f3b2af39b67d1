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

/** The same status in the vocabulary of ELI. */
const eliForce: Record<'InForce' | 'NotInForce', string> = { InForce: 'inForce', NotInForce: 'notInForce' }
/** Days and strings as ELI types them. */
const eliContext = {
  eli: 'http://data.europa.eu/eli/ontology#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  ...Object.fromEntries(
    ['date_document', 'date_publication', 'first_date_entry_in_force', 'date_no_longer_in_force'].map((name) => [
      `eli:${name}`,
      { '@type': 'xsd:date' },
    ]),
  ),
  'eli:in_force': { '@type': '@id' },
}
/** The files of a document that the portal gives, with their media types. */
const embodied = [
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['pdf', 'application/pdf'],
  ['html', 'text/html'],
  ['akn', 'application/akn+xml'],
] as const
/** The formats whose files a JSON-LD export names. */
export const embodiedFormats: readonly string[] = embodied.map(([format]) => format)

/** The document as schema.org `Legislation`, with the properties of ELI beside. What is not known is left out, never guessed. */
export function exportJsonLd(document: PublishedDocument): LegislationJsonLd {
  const organisation = (name: string) => ({ '@type': 'GovernmentOrganization', name })
  const { effectiveDate, endedOn, validUntil, jurisdiction, url } = document
  const all: Record<string, unknown> = {
    '@context': ['https://schema.org', eliContext],
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
    // The version that this is: as it reads after the changes up to the day of the export.
    legislationDateVersion: document.versionOn ?? document.publicationDate ?? undefined,
    encoding:
      url === null
        ? undefined
        : embodied.map(([format, encodingFormat]) => ({
            '@type': 'LegislationObject',
            // The sealed paper is the authentic text; what is downloaded here says the same words.
            legislationLegalValue: 'https://schema.org/UnofficialLegalValue',
            encodingFormat,
            contentUrl: `${url}/export/${format}${document.files ? `?on=${document.files.on}` : ''}`,
            // Of the very bytes found there.
            sha256: document.files?.sha256[format],
            ...(document.textHash ? { isBasedOn: { '@type': 'CreativeWork', sha256: document.textHash } } : {}),
          })),
    'eli:id_local': fullNumberOf(document.structure) ?? document.documentNumber ?? undefined,
    'eli:title': { '@value': titleOf(document), '@language': 'zh' },
    'eli:type_document': document.category ?? undefined,
    'eli:passed_by': document.issuers,
    'eli:date_document': document.adoptionDate ?? undefined,
    'eli:date_publication': document.publicationDate ?? undefined,
    'eli:first_date_entry_in_force': effectiveDate ?? undefined,
    'eli:date_no_longer_in_force': endedOn ?? undefined,
    'eli:in_force': document.status === null ? undefined : `eli:InForce-${eliForce[legalForce[document.status]]}`,
    'eli:amends': document.amends,
    'eli:repeals': document.repeals,
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}
