// The office's own scorecard, in the shape of OECD iREG: four categories of equal weight, each the mean of its shares, each share a
// formula over own records with exactly the documents behind it. Pure: as of a past day it is the same formula over what was known.
import { type Facts, type Figure, figuresOf, type Item, rateOf } from './figures.ts'

/** A document made here and published in the period, with the days on which each kind of step was first recorded. */
export interface MakingFact {
  entry: string
  title: string
  issuer: string
  publishedOn: string
  effectiveDate: string | null
  /** Domain event → the first day it was recorded. */
  steps: Readonly<Record<string, string>>
  /** As it was classified: it concerns enterprises. */
  enterpriseRelated: boolean
  /** Whether the opinion came within the longest term; null: no term was set, or no opinion given. */
  reviewInTime: boolean | null
  /** Whether the public had no less than the prescribed days; null: it was not asked, or is still being asked. */
  consultedLongEnough: boolean | null
}
export interface ScorecardFacts extends Facts {
  makings: readonly MakingFact[]
}
export type CategoryId = 'adoption' | 'methodology' | 'oversight' | 'transparency'
export interface Category {
  id: CategoryId
  label: string
  figures: Figure[]
}
const ireg = 'OECD《监管政策与治理指标（iREG）》四类等权；指标由本系统就自己的记录设定'
export const makingItem = ({ entry, title, issuer, publishedOn }: MakingFact): Item => ({
  id: entry,
  title,
  issuer,
  on: publishedOn,
})

/** The four categories with their shares, in their order. */
export function scorecardOf(f: ScorecardFacts): Category[] {
  const until = f.to < f.asOf ? f.to : f.asOf
  const made = f.makings.filter((x) => x.publishedOn >= f.from && x.publishedOn <= until)
  const done = (x: MakingFact, ...steps: string[]): boolean =>
    steps.some((step) => x.steps[step] !== undefined && x.steps[step] <= f.asOf)
  const share = (
    id: string,
    label: string,
    formula: string,
    holds: (x: MakingFact) => boolean,
    among = made,
  ): Figure => ({
    id,
    label,
    formula,
    basis: ireg,
    numerator: among.filter(holds).map(makingItem),
    denominator: among.map(makingItem),
  })
  const filing = figuresOf(f).filter(({ id }) => id === 'filing-in-time.government' || id === 'put-right.government')
  const heard = made.filter((x) => done(x, 'ConsultationOpened'))
  return [
    {
      id: 'adoption',
      label: '系统采用',
      figures: [
        share('scorecard-consulted', '公开征求意见', '公开征求过意见 ÷ 本期公布', (x) => done(x, 'ConsultationOpened')),
        share('scorecard-indicators', '写明目标与指标', '制定时写明目标与指标 ÷ 本期公布', (x) =>
          done(x, 'IndicatorsStated'),
        ),
        share('scorecard-fair', '公平竞争审查', '记录了公平竞争审查 ÷ 本期公布', (x) =>
          done(x, 'FairCompetitionReviewRecorded'),
        ),
      ],
    },
    {
      id: 'methodology',
      label: '方法',
      figures: [
        share('scorecard-assessed', '专家论证、风险评估或者第三方评估', '至少有一项 ÷ 本期公布', (x) =>
          done(x, 'ExpertReviewRecorded', 'RiskAssessmentRecorded', 'ThirdPartyEvaluationRecorded', 'HearingRecorded'),
        ),
        share('scorecard-opinions', '征求有关部门意见', '征求过部门意见 ÷ 本期公布', (x) =>
          done(x, 'OpinionsRequested'),
        ),
      ],
    },
    {
      id: 'oversight',
      label: '监督与质量控制',
      figures: [
        share('scorecard-reviewed', '合法性审核', '出具了合法性审核意见 ÷ 本期公布', (x) => done(x, 'OpinionIssued')),
        ...filing,
      ],
    },
    {
      id: 'transparency',
      label: '公开',
      figures: [
        share(
          'scorecard-feedback',
          '公布意见采纳情况',
          '公布了采纳情况 ÷ 本期公布而公开征求过意见的',
          (x) => done(x, 'FeedbackPublished'),
          heard,
        ),
        share(
          'scorecard-ahead',
          '公布以后才施行',
          '施行日晚于公布日 ÷ 本期公布',
          (x) => x.effectiveDate !== null && x.effectiveDate > x.publishedOn,
        ),
      ],
    },
  ]
}
/** Mean of the shares that are known, from 0 to 1 to two places; null where none is. */
export function meanOf({ figures }: Category): number | null {
  const rates = figures.flatMap(({ numerator = [], denominator = [] }) => {
    const rate = rateOf(numerator.length, denominator.length)
    return rate === null ? [] : [rate / 100]
  })
  return rates.length === 0 ? null : Math.round((rates.reduce((a, b) => a + b, 0) / rates.length) * 100) / 100
}
/** The sum of the categories, from 0 to 4; null where a category is not known. */
export function compositeOf(categories: readonly Category[]): number | null {
  const values = categories.map(meanOf)
  return values.some((x) => x === null)
    ? null
    : Math.round(values.reduce<number>((a, x) => a + (x ?? 0), 0) * 100) / 100
}
/** Of all categories, for the list behind one share. */
export const scorecardFigures = (f: ScorecardFacts): Figure[] => scorecardOf(f).flatMap(({ figures }) => figures)
export const scorecardFormula =
  '四类各为其指标的平均（零至一），相加为总分（零至四）；没有分母的指标不计，有一类算不出的没有总分'
