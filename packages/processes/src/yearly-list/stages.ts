// 六个阶段：征集、论证、批准、公布、执行、年终办结。两种清单的阶段相同，命令的名称各有各的。
import type { Arrows, StageSpec } from '@dianzhang/kernel'
import { source, type source as sources } from '@dianzhang/packs'
import type { ListRuleId, ListShape } from './shape.ts'

type On = Arrows<ListShape>
export interface Words {
  approve: string
  approved: string
  publish: string
  published: string
  /** 公布以后的调整。 */
  adjust: string
  adjusted: string
  /** 须经党委同意（决策目录）。 */
  consent: boolean
}
const basis = (consent: boolean): ReturnType<typeof sources.rulemaking> =>
  consent ? source.majorDecision('第三条') : source.rulemaking('第十二条')
const proposing: ListRuleId[] = ['list.overlap-answered', 'list.not-more-than-last-year']

export function stagesOf(w: Words): Record<string, StageSpec<ListShape>> {
  const law = basis(w.consent)
  const propose = (to?: string): On => ({
    ProposeItem: [{ ...(to ? { to } : {}), rules: proposing, records: 'ItemProposed' }],
  })
  const answering: On = { AnswerProposal: [{ rules: ['list.proposal-open'], records: 'ProposalAnswered' }] }
  const drop: On = { DropItem: [{ rules: ['list.item-open'], records: 'ItemDropped' }] }
  const adjusting: ListRuleId[] = [
    'list.item-open',
    'list.recorded-act',
    'list.overlap-answered',
    'list.not-more-than-last-year',
    ...(w.consent ? (['catalogue.adjustment-consented'] as const) : []),
  ]
  const inForce = (to?: string): On => {
    const there = to ? { to } : {}
    return {
      [w.adjust]: [{ ...there, rules: adjusting, records: w.adjusted }],
      // 决策目录取消事项依调整的程序，不另行撤下。
      ...(w.consent ? {} : { DropItem: [{ ...there, rules: ['list.item-open'], records: 'ItemDropped' }] }),
      CarryOver: [{ ...there, rules: ['list.item-open'], records: 'ItemCarriedOver' }],
      CompleteItem: [
        { ...there, rules: ['list.item-open', 'list.recorded-act', 'list.completed-by'], records: 'ItemCompleted' },
      ],
      PublishStatement: [{ to: 'closed', rules: ['list.settled-at-year-end'], records: 'StatementPublished' }],
    }
  }
  return {
    collecting: {
      label: '征集',
      basis: law,
      tags: ['open'],
      whose: ['secretariat', 'legality_reviewer'],
      on: {
        ...propose(),
        SubmitProposal: [{ rules: ['list.call-open'], records: 'ProposalSubmitted' }],
        ...answering,
        ...drop,
        ArgueItem: [
          { to: 'argued', when: { last: true }, rules: ['list.item-open'], records: 'ArgumentCompleted' },
          { when: { last: false }, rules: ['list.item-open'], records: 'ItemArgued' },
        ],
      },
    },
    argued: {
      label: '已论证',
      basis: law,
      tags: ['open'],
      whose: ['secretariat'],
      on: {
        ...propose('collecting'),
        SubmitProposal: [{ rules: ['list.call-open'], records: 'ProposalSubmitted' }],
        ...answering,
        ...drop,
        [w.approve]: [
          {
            to: 'approved',
            rules: ['list.call-over', 'list.every-item-argued', 'list.proposals-answered', 'list.recorded-act'],
            records: w.approved,
          },
        ],
      },
    },
    approved: {
      label: '已批准',
      basis: law,
      tags: ['open'],
      whose: ['secretariat'],
      on: {
        ...(w.consent
          ? { RecordPartyConsent: [{ rules: ['list.recorded-act'], records: 'PartyConsentRecorded' }] }
          : {}),
        [w.publish]: [
          {
            to: 'published',
            rules: ['list.every-item-argued', ...(w.consent ? (['catalogue.party-consent'] as const) : [])],
            records: w.published,
          },
        ],
      },
    },
    published: {
      label: '已公布',
      basis: law,
      tags: ['open', 'public'],
      whose: ['secretariat'],
      on: inForce('running'),
    },
    running: { label: '执行中', basis: law, tags: ['open', 'public'], whose: ['secretariat'], on: inForce() },
    closed: { label: '已办结', basis: law, tags: ['ended', 'public'] },
  }
}
