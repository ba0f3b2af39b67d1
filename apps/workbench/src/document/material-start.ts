// How a material begins: which one is meant, its template with what the file knows already, the bases read from the text.
import { type answers, artefactKinds } from '@dianzhang/contract'
import { hasTemplate, type MaterialFacts, materialTemplate, type StructuredText } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { Values } from '../forms/shape.ts'
import type { Doc, Told } from '../types.ts'
import { structureQuery } from './text/shapes.ts'

type Proposal = Told<typeof answers.BasisProposal>
/** The material meant: the one named in the address, else the first that is lacking for the next step. */
export const materialOf = (doc: Doc, on: string | undefined): string | undefined =>
  (artefactKinds as readonly string[]).find((kind) => kind === on) ??
  doc.materials.find((each) => each.kind !== 'text' && each.state !== 'have')?.kind

/** Chapters between the general and the closing one; of a circular its first-level headings but the first and the last. */
function headingsOf(text: StructuredText): string[] {
  const named = (level: string) =>
    text.body.flatMap((each) => (each.level === level && each.heading ? [each.heading] : []))
  const chapters = named('chapter').filter((heading) => !/^(总则|附则)$/.test(heading))
  return chapters.length > 0 ? chapters : named('heading1')
}
/** What the file knows of itself, for the templates. */
const materialFacts = (doc: Doc, text: StructuredText | undefined, bases: readonly string[]): MaterialFacts => {
  const asked = [...new Set(doc.interagency.map((item) => doc.units[item.unit] ?? item.unit))]
  const round = doc.consultations.at(-1)
  return {
    title: doc.title,
    draftingUnit: doc.draftingUnit.name,
    necessity: doc.necessity,
    bases,
    headings: text ? headingsOf(text) : [],
    heard:
      asked.length === 0 && !round
        ? undefined
        : [
            asked.length > 0 ? `征求了${asked.join('、')}的意见` : null,
            round ? `自${round.opensOn}至${round.closesOn}公开征求意见` : null,
          ]
            .filter(Boolean)
            .join('，')
            .concat('。'),
  }
}
/**
 * The values a material's form opens with; undefined while they are being fetched. Without a text only the template is
 * there; what cannot be fetched is left to the person.
 */
export function useMaterialStart(doc: Doc, kind: string | undefined): Values | undefined {
  const n = doc.text?.n
  const wanted = kind !== undefined && n !== undefined
  const structure = useQuery({ ...structureQuery(doc.id, n ?? 0), enabled: wanted && hasTemplate(kind) })
  const proposal = useQuery({
    queryKey: ['doc', doc.id, 'basis-proposal', n],
    queryFn: () => get<Proposal>(`/api/documents/${encodeURIComponent(doc.id)}/basis-proposal`),
    enabled: wanted,
    retry: false,
  })
  if (kind === undefined) return {}
  if (wanted && (proposal.isPending || (hasTemplate(kind) && structure.isPending))) return undefined
  const items = proposal.data?.items ?? []
  const names = [
    ...new Set([
      ...doc.bases.map((basis) => basis.title),
      ...items.filter(({ role }) => role !== 'cites').map(({ title }) => title),
    ]),
  ]
  return {
    material: kind,
    ...(hasTemplate(kind)
      ? { 'material-body': materialTemplate(kind, materialFacts(doc, structure.data?.structure, names)) }
      : {}),
    ...(kind === 'legal_basis_table' && items.length > 0
      ? {
          'material-bases': items.map(({ title, docNo, articles, clause }) => ({
            title,
            ...(docNo ? { docNo } : {}),
            ...(articles.length > 0 ? { articles } : {}),
            ...(clause ? { clause } : {}),
          })),
        }
      : {}),
  }
}
