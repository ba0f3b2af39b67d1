// 送审的须是征求过意见的文本；其后有实质不同的，说明怎样处理过；新增义务、收费、处罚的须再次征求。
import { roleLabels, type SinceConsultation } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { type Dossier, type Facts, headText, latestAskedOf, type SubstanceFact } from '../facts.ts'
import { fails, holds, isHead, substanceBetween } from '../finding.ts'
import { changedInSubstance, withCommand, withDossier, withExternal, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled, unitName, versionOf } from '../words.ts'

interface Difference extends SubstanceFact {
  what: string
  /** 向社会公开征求的；新增负担的须再次公开征求。 */
  open: boolean
}
/** 最近一次公开征求意见、各单位最近一轮征求意见的文本，与现文本有实质不同的。 */
function differences(f: Facts): Difference[] {
  const d = f.dossier
  const head = headText(d)
  if (!head) return []
  const round = d.consultations.findLast((r) => r.closedAt !== null)
  const asked = [...new Set(latestAskedOf(d).flatMap((i) => (i.textHash ? [i.textHash] : [])))]
  return [
    ...(round ? [{ hash: round.textHash, what: '公开征求意见', open: true }] : []),
    ...asked.map((hash) => ({ hash, what: '征求部门意见', open: false })),
  ].flatMap(({ hash, what, open }) => {
    const found = substanceBetween(f, hash, head.hash)
    return found ? [{ ...found, what, open }] : []
  })
}
/** 送审以后由审核人确认的修改，或者正由审核人确认：不再由起草单位说明。 */
const underReview = (f: Facts): boolean =>
  f.command?.type === 'ConfirmRevision' || isHead(f.dossier, f.dossier.review?.confirmation?.contentHash ?? null)
const answered = (d: Dossier, from: string): boolean =>
  d.substanceAnswers.some((a) => a.from === from && isHead(d, a.to))

const heavierIn = (found: readonly Difference[]): Difference[] => found.filter((x) => x.open && x.burdens.length > 0)
/** 最近一次公开征求意见以后新增了负担，须就现文本再次公开征求。 */
export const mustConsultAgain = (f: Facts): boolean => heavierIn(differences(f)).length > 0

/**
 * 有实质不同而没有说明过、也没有经审核人确认的，说出不同在哪里；没有这样的，或者须再次公开征求的为 null。
 */
export function unexplained(f: Facts): string | null {
  const found = differences(f)
  if (heavierIn(found).length > 0 || underReview(f)) return null
  const open = found.filter((x) => !answered(f.dossier, x.from))
  return open.length === 0 ? null : told(f.dossier, open)
}

/** 就同一版文本征求的，不同在哪里只说一遍。 */
const told = (d: Dossier, found: readonly Difference[]): string =>
  [...new Set(found.map(({ from }) => from))]
    .map((from) => {
      const same = found.filter((x) => x.from === from)
      const changes = same[0]?.changes ?? []
      return `${same.map(({ what }) => what).join('、')}的是${versionOf(d, from)}，现为第${headText(d)?.n ?? 0}版：${changes.slice(0, 6).join('；')}${changes.length > 6 ? '等' : ''}`
    })
    .join('；')

const at = '2026-04-26T10:00:00+08:00'
const later = (f: Facts, more: Partial<SubstanceFact> = {}): Facts =>
  changedInSubstance(
    withDossier(withNewText(f, 'b'.repeat(64), at), (d) => ({
      interagency: d.interagency.map((i) => ({ ...i, textHash: 'b'.repeat(64) })),
    })),
    1,
    { changes: ['数字：500元→800元'], ...more },
  )
const answeredAs = (f: Facts, answer: Partial<SinceConsultation>): Facts =>
  withCommand(f, 'SubmitForReview', {
    sinceConsultation: { answer: 'not_substantive', opinions: [], reason: '', ...answer },
  })

export const consultationSameSubstance: Rule = {
  id: 'consultation.same-substance',
  title: '送审的文本与征求意见的文本实质相同，或者已经说明；新增负担的已再次征求',
  severity: 'block',
  basis: source.majorDecision('第十四条、第十八条', 'inference'),
  by: [roleLabels.drafter, roleLabels.unit_head],
  judge: (f) => {
    const d = f.dossier
    const also = { alsoBasis: [source.business('第六十二条', 'inference')] }
    const found = differences(f)
    if (found.length === 0) return holds('文本与征求意见的文本实质相同', also)
    const heavier = heavierIn(found)
    const lighter =
      d.review?.earlierForm && f.command?.type !== 'SubmitForReview' ? ({ severity: 'warn' } as const) : {}
    if (heavier.length > 0)
      return fails(
        `${told(d, heavier)}。其中${heavier.flatMap((x) => x.burdens).join('、')}，没有征求过意见，须就现文本再次公开征求意见`,
        { ...also, ...lighter },
      )
    const given = f.command?.payload.sinceConsultation as SinceConsultation | undefined
    const open = found.filter((x) => !answered(d, x.from))
    if (open.length === 0 || underReview(f)) return holds('文本与征求意见的文本有实质不同，已经说明', also)
    if (!given)
      return fails(
        `${told(d, open)}。请查看修改对照，并说明怎样处理过：已再次征求意见、采纳了哪几条意见，或者何以不属于实质性修改`,
        { ...also, ...lighter },
      )
    if (given.answer === 'consulted_again')
      return fails(`${told(d, open)}；没有就现文本再次征求意见的记录，请先再次征求`, also)
    if (!filled(given.reason)) return fails('请写明理由', also)
    if (given.answer === 'adopts_opinion' && (given.opinions ?? []).length === 0)
      return fails('采纳征求到的意见所作的修改，请写明采纳的是哪几条意见、哪些单位的意见', also)
    const empty = (f.external.cited ?? []).filter((x) => given.answer === 'adopts_opinion' && x.id && !x.adoptable)
    if (empty.length > 0)
      return fails(
        `${empty.map((x) => (x.unit ? `${unitName(f, x.unit)}答复的是“同意”，没有可以采纳的意见` : `意见${x.ref}没有采纳`)).join('；')}；请写明确实采纳的意见，或者另行说明`,
        also,
      )
    return holds('文本与征求意见的文本有实质不同，已随提请说明', also)
  },
  examples: {
    holds: [
      { name: '只有文字上的不同', given: (f) => f, says: '实质相同' },
      {
        name: '采纳意见所作的修改',
        given: (f) =>
          answeredAs(later(f), { answer: 'adopts_opinion', opinions: ['hy-market'], reason: '采纳其标准。' }),
        says: '已随提请说明',
      },
      { name: '说明不属于实质性修改', given: (f) => answeredAs(later(f), { reason: '改正笔误，原标准即为800元。' }) },
      {
        name: '提请时已经说明',
        given: (f) =>
          withDossier(later(f), (d) => ({
            substanceAnswers: [
              {
                from: d.texts[0]?.hash ?? '',
                to: d.texts.at(-1)?.hash ?? '',
                answer: 'not_substantive',
                opinions: [],
                reason: '笔误。',
                at,
                by: 'p-unit-head',
              },
            ],
          })),
        says: '已经说明',
      },
    ],
    refused: [
      { name: '征求意见以后改了标准，没有说明', given: later, says: '数字：500元→800元。请查看修改对照' },
      {
        name: '向社会、向部门征求的是同一版，不同在哪里只说一遍',
        given: (f) =>
          withDossier(later(f), (d) => ({
            interagency: d.interagency.map((i) => ({ ...i, textHash: d.texts[0]?.hash ?? null })),
          })),
        says: '公开征求意见、征求部门意见的是第1版，现为第3版：数字：500元→800元。请查看修改对照',
      },
      {
        name: '说已再次征求，其实没有',
        given: (f) => answeredAs(later(f), { answer: 'consulted_again', reason: '已征求。' }),
        says: '没有就现文本再次征求意见的记录',
      },
      {
        name: '说采纳了意见，没有写哪一条',
        given: (f) => answeredAs(later(f), { answer: 'adopts_opinion', reason: '采纳。' }),
        says: '哪几条意见',
      },
      {
        name: '说采纳了某单位的意见，该单位只答复了同意',
        given: (f) =>
          withExternal(answeredAs(later(f), { answer: 'adopts_opinion', opinions: ['hy-finance'], reason: '采纳。' }), {
            cited: [{ ref: 'hy-finance', id: 'hy-finance', adoptable: false, unit: 'hy-finance' }],
          }),
        says: '没有可以采纳的意见',
      },
      {
        name: '征求意见以后增加了罚款',
        given: (f) => answeredAs(later(f, { burdens: ['新增处罚的规定1处'] }), { reason: '不属于实质。' }),
        says: '须就现文本再次公开征求意见',
      },
    ],
  },
}
