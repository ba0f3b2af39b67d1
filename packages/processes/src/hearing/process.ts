// 听证会：一种事项的全部写法，编成机器。
import { addDays, endOfDayInstant } from '@dianzhang/calendar'
import { type HearingCommand, hearingContract } from '@dianzhang/contract'
import { type CommandLaw, compile, defineProcess, type MatterClock, type StageSpec } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { hearingRules } from './rules.ts'
import { factsOf, HearingDossier, type HearingEvent, type HearingFacts, type HearingShape, toInform } from './shape.ts'

const basis = source.majorDecision('第十六条、第十七条')
const drafter: CommandLaw = { by: ['drafter'], basis }
const law: Record<HearingCommand, CommandLaw> = {
  Register: { by: ['public'], basis },
  Withdraw: { by: ['public'], basis },
  CloseRegistration: { by: ['system'], basis },
  DrawParticipants: drafter,
  InformAlternates: drafter,
  SendMaterials: drafter,
  HoldHearing: drafter,
  PublishReport: drafter,
  CancelHearing: { ...drafter, seldom: true },
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
}
const { stages: label } = hearingContract
const whose = ['drafter' as const]
/** 举行以前：可以取消；放假安排变了，期限随之重算。 */
const coming = {
  CancelHearing: [{ to: 'cancelled', records: 'HearingCancelled' as const }],
  RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' as const }],
}
const withdraw = { Withdraw: [{ rules: ['hearing.registered' as const], records: 'RegistrationWithdrawn' as const }] }

export const stages: Record<string, StageSpec<HearingShape>> = {
  registering: {
    label: label.registering,
    basis,
    whose,
    tags: ['coming'],
    // 公众在报名，经办人没有要办的。
    asks: () => [],
    on: {
      Register: [{ rules: ['hearing.category-offered', 'hearing.one-per-contact'], records: 'HearingRegistered' }],
      ...withdraw,
      CloseRegistration: [{ to: 'closed', rules: ['hearing.closing-due'], records: 'RegistrationClosed' }],
      ...coming,
    },
  },
  closed: {
    label: label.closed,
    basis,
    whose,
    tags: ['coming'],
    asks: () => ['DrawParticipants'],
    on: {
      ...withdraw,
      DrawParticipants: [{ to: 'drawn', rules: ['hearing.seed-after-close'], records: 'ParticipantsDrawn' }],
      ...coming,
    },
  },
  drawn: {
    label: label.drawn,
    basis,
    whose,
    tags: ['coming'],
    asks: (d) => [
      ...(toInform(d).length > 0 ? [{ command: 'InformAlternates' as const, count: toInform(d).length }] : []),
      ...(d.materialsSentOn === null
        ? ['SendMaterials' as const]
        : [{ command: 'HoldHearing' as const, notBefore: d.heldOn }]),
    ],
    on: {
      ...withdraw,
      InformAlternates: [{ rules: ['hearing.alternates-waiting'], records: 'AlternatesInformed' }],
      SendMaterials: [{ rules: ['hearing.materials-sent'], records: 'MaterialsSent' }],
      HoldHearing: [
        {
          to: 'held',
          rules: ['hearing.on-its-day', 'hearing.materials-ahead', 'hearing.record-signed'],
          records: 'HearingHeld',
        },
      ],
      ...coming,
    },
  },
  held: {
    label: label.held,
    basis,
    whose,
    tags: ['over'],
    asks: () => ['PublishReport'],
    on: { PublishReport: [{ to: 'reported', records: 'HearingReported' }] },
  },
  reported: { label: label.reported, basis, tags: ['over'] },
  cancelled: { label: label.cancelled, basis, tags: ['over'] },
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export function evolve(d: HearingDossier, { type, payload: p, meta: m }: HearingEvent): HearingDossier {
  switch (type) {
    case 'Register':
      return {
        ...d,
        registrations: [
          ...d.registrations,
          {
            id: m.resolved.registration?.id ?? '',
            hash: m.resolved.registration?.hash ?? '',
            category: text(p.category),
            at: m.at,
            withdrawnOn: null,
            ...(m.resolved.registration?.sameContact ? { sameContact: m.resolved.registration.sameContact } : {}),
            ...(m.resolved.registration?.byMail ? { byMail: true } : {}),
          },
        ],
      }
    case 'Withdraw':
      return {
        ...d,
        registrations: d.registrations.map((x) => (x.id === p.registration ? { ...x, withdrawnOn: m.on } : x)),
      }
    case 'CloseRegistration': {
      const gone = d.registrations.filter((x) => x.withdrawnOn === m.on).map(({ id }) => id)
      return {
        ...d,
        closed: { at: m.at, on: m.on, digest: m.resolved.digest ?? '', ...(gone.length > 0 ? { gone } : {}) },
      }
    }
    case 'DrawParticipants':
      return { ...d, draw: m.resolved.draw ?? d.draw }
    case 'InformAlternates':
      return { ...d, informed: [...(d.informed ?? []), ...toInform(d)] }
    case 'SendMaterials':
      return { ...d, materialsSentOn: text(p.sentOn) || m.on }
    case 'HoldHearing':
      return {
        ...d,
        held: {
          on: text(p.heldOn) || m.on,
          attended: Number(p.attended ?? 0),
          signed: Number(p.signed ?? 0),
          hash: m.resolved.hash ?? '',
        },
      }
    case 'RecomputeDeadlines':
      return d
    case 'PublishReport':
      return { ...d, report: { on: m.on, text: text(p.text) } }
    default:
      return { ...d, cancelled: { on: m.on, reason: text(p.reason) } }
  }
}
const clock = (
  key: string,
  labelled: string,
  startsOn: string,
  dueOn: string,
  metOn: string | null,
  cancelled: boolean,
  sends: HearingCommand | null = null,
): MatterClock => ({
  key,
  kind: key.replaceAll('-', '_'),
  label: labelled,
  startsOn,
  dueOn,
  dueAt: endOfDayInstant(dueOn),
  status: metOn ? 'met' : cancelled ? 'cancelled' : 'open',
  ...(metOn ? { metOn } : {}),
  provisional: false,
  basis: [basis],
  sends,
})
/**
 * 材料至迟哪一日送达：自这一日起满规定的日数，正好是举行之日或者以前；这一日是休息日的，取它以前的工作日——倒着算的期限顺延
 * 就短了，休息日又没有人送。休息日送达的，规则照样许可。
 */
function materialsDue(f: HearingFacts): MatterClock {
  const { dossier: d, pack, calendar } = f
  const { value, unit, source: from } = pack.hearing.materialsBefore
  let [dueOn, provisional] = [d.heldOn, false]
  for (let enough = false; !enough; ) {
    dueOn = addDays(dueOn, -1)
    const answer = calendar.explain({ start: dueOn, amount: value, unit: unit ?? 'calendar_day', mode: 'minimum' })
    enough = answer.due <= d.heldOn
    provisional = answer.provisional
  }
  while (!calendar.isWorkday(dueOn).workday) dueOn = addDays(dueOn, -1)
  const over = d.cancelled !== null || d.held !== null
  return {
    ...clock('materials', '听证材料送达参加人', d.announcedOn, dueOn, d.materialsSentOn, over),
    provisional,
    basis: [...from],
  }
}
const clocksOf = (f: HearingFacts): MatterClock[] => {
  const { dossier: d } = f
  const over = d.cancelled !== null
  return [
    clock(
      'registration',
      '听证会报名截止',
      d.announcedOn,
      d.registersUntil,
      d.closed?.on ?? null,
      over,
      'CloseRegistration',
    ),
    materialsDue(f),
    clock('hearing', '举行听证会', d.announcedOn, d.heldOn, d.held?.on ?? null, over),
  ]
}

export const hearings = compile(
  defineProcess<HearingShape>({
    kind: hearingContract.kind,
    label: hearingContract.label,
    noun: hearingContract.noun,
    opening: {
      command: 'AnnounceHearing',
      law: drafter,
      label: hearingContract.opening.label,
      record: 'HearingAnnounced',
      rules: ['hearing.announced-ahead', 'hearing.registration-long-enough'],
    },
    initial: 'registering',
    stages,
    labels: {
      command: Object.fromEntries(
        Object.entries(hearingContract.commands).map(([type, { label: name }]) => [type, name]),
      ) as Record<HearingCommand, string>,
      stage: (path) => (hearingContract.stages as Record<string, string>)[path] ?? path,
      cases: {},
    },
    law,
    order: basis,
    rules: hearingRules,
    facts: factsOf,
    caseOf: () => ({}),
    casesOfDossier: new Set(),
    evolve,
    clocks: {
      of: clocksOf,
      restOn: (d) => [d.packVersion, d.registersUntil, d.heldOn, d.closed, d.materialsSentOn, d.held, d.cancelled],
      // 报名由系统截止，经办人却等着它抽取参加人：两个日子都是这一件的。
      ours: () => true,
      // 遴选、通知递补都在材料送达以前：送不及的，先是它们迟了。
      answeredBy: {
        DrawParticipants: ['materials', 'hearing'],
        InformAlternates: ['materials', 'hearing'],
        SendMaterials: ['materials', 'hearing'],
        HoldHearing: ['hearing'],
      },
      recompute: 'RecomputeDeadlines',
      due: (command) => ({ type: command as HearingCommand }),
    },
    snapshot: { version: 1, dossier: HearingDossier, upcasters: {} },
  }),
)
