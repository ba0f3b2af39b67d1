// 听证会的规则，各有正反的例子。
import { daysBetween } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import type { Catalogue } from '@dianzhang/kernel'
import { amount, mark, source } from '@dianzhang/packs'
import { basedOn, day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, on } from './example.ts'
import { type HearingFacts, type HearingRule, type HearingRuleId, toInform } from './shape.ts'

const by = [roleLabels.drafter]
/** 自某日起满若干日，最早哪一日。 */
const earliest = (f: HearingFacts, start: string, param: { value: number; unit?: string | null }): string =>
  f.calendar.explain({
    start,
    amount: param.value,
    unit: (param.unit ?? 'calendar_day') as 'calendar_day',
    mode: 'minimum',
    asOf: f.today,
  }).due

const announcedAhead: HearingRule = {
  id: 'hearing.announced-ahead',
  title: '听证会的公告提前规定的日数',
  severity: 'block',
  basis: source.rulemaking('第十六条'),
  by,
  judge: (f) => {
    const { announceBefore } = f.pack.hearing
    const from = earliest(f, f.dossier.announcedOn, announceBefore)
    const also = basedOn(announceBefore.source)
    return f.dossier.heldOn >= from
      ? holds(
          `定于${day(f.dossier.heldOn)}举行，公告提前${daysBetween(f.dossier.announcedOn, f.dossier.heldOn)}日`,
          also,
        )
      : fails(
          `定于${day(f.dossier.heldOn)}举行，应当提前${amount(announceBefore)}公告，最早${day(from)}${mark(announceBefore)}`,
          {
            ...also,
            earliest: from,
          },
        )
  },
  examples: {
    holds: [{ name: '提前三十日以上', given: (f) => f, says: '公告提前' }],
    refused: [{ name: '只提前十日', given: (f) => dossier(f, { heldOn: '2026-03-12' }), says: '应当提前' }],
  },
}
const registrationLongEnough: HearingRule = {
  id: 'hearing.registration-long-enough',
  title: '报名开放规定的日数，在举行以前截止',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: (f) => {
    const { registrationMinimum } = f.pack.hearing
    const { announcedOn, registersUntil, heldOn } = f.dossier
    const from = earliest(f, announcedOn, registrationMinimum)
    if (registersUntil >= heldOn) return fails('报名须在举行以前截止，以便遴选参加人、送达材料')
    return registersUntil >= from
      ? holds(`报名至${day(registersUntil)}截止`)
      : fails(
          `报名至${day(registersUntil)}截止，应当开放${amount(registrationMinimum)}以上，最早${day(from)}截止${mark(registrationMinimum)}`,
          basedOn(registrationMinimum.source),
        )
  },
  examples: {
    holds: [{ name: '开放两周', given: (f) => f, says: '截止' }],
    refused: [
      { name: '第二天就截止', given: (f) => dossier(f, { registersUntil: '2026-03-03' }), says: '最早' },
      { name: '举行当日截止', given: (f) => dossier(f, { registersUntil: f.dossier.heldOn }), says: '举行以前截止' },
    ],
  },
}
const categoryOffered: HearingRule = {
  id: 'hearing.category-offered',
  title: '报名的类别是公告所列的一种，报名尚未截止',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ dossier: d, command: { payload }, today }) => {
    if (today > d.registersUntil) return fails(`报名已于${day(d.registersUntil)}截止`)
    return d.categories.some(({ name }) => name === payload.category)
      ? holds(`以“${String(payload.category)}”报名`)
      : fails(`公告没有列出这一类别；有：${d.categories.map(({ name }) => name).join('、')}`)
  },
  examples: {
    holds: [{ name: '公告所列', given: (f) => doing(f, 'Register', { category: '种植户代表' }), says: '种植户代表' }],
    refused: [
      { name: '没有列出', given: (f) => doing(f, 'Register', { category: '其他代表' }), says: '没有列出' },
      {
        name: '已经截止',
        given: (f) => on(doing(f, 'Register', { category: '种植户代表' }), '2026-03-20'),
        says: '已于',
      },
    ],
  },
}
const onePerContact: HearingRule = {
  id: 'hearing.one-per-contact',
  title: '同一联系方式报名几次的，遴选时只算最先的一件',
  severity: 'warn',
  basis: source.majorDecision('第十六条'),
  by: ['公众'],
  judge: ({ external }) =>
    external.sameContact.length === 0
      ? holds('这一联系方式没有别的报名')
      : fails('同一联系方式先有报名：这一件照收，另有回执；先报的没有撤回的，遴选时不算这一件'),
  examples: {
    holds: [{ name: '头一次报名', given: (f) => doing(f, 'Register', { category: '种植户代表' }), says: '没有别的' }],
    refused: [
      {
        name: '同一电话第二次报名：收下，只告诉经办人',
        given: (f) => ({
          ...doing(f, 'Register', { category: '种植户代表' }),
          external: { ...f.external, sameContact: ['r1'] },
        }),
        says: '照收',
      },
    ],
  },
}
const alternatesWaiting: HearingRule = {
  id: 'hearing.alternates-waiting',
  title: '有递补为参加人而还没有通知的',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ dossier: d }) => {
    const waiting = toInform(d).length
    return waiting > 0 ? holds(`有${waiting}人由候补递补为参加人`) : fails('没有须由工作人员通知的递补的人')
  },
  examples: {
    holds: [
      {
        name: '选定的一人撤回，候补的没有留邮箱',
        given: (f) =>
          doing(
            dossier(f, {
              registrations: f.dossier.registrations.map((x) =>
                x.id === 'r2' ? { ...x, withdrawnOn: '2026-03-20' } : x,
              ),
            }),
            'InformAlternates',
          ),
        says: '1人',
      },
    ],
    refused: [
      { name: '没有人撤回', given: (f) => doing(f, 'InformAlternates'), says: '没有须由' },
      {
        name: '都通知过了',
        given: (f) => doing(dossier(f, { informed: ['r1'] }), 'InformAlternates'),
        says: '没有须由',
      },
    ],
  },
}
const registered: HearingRule = {
  id: 'hearing.registered',
  title: '撤回的是一件没有撤回过的报名',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ dossier: d, command: { payload } }) => {
    const own = d.registrations.find(({ id }) => id === payload.registration)
    if (!own) return fails('没有这件报名')
    return own.withdrawnOn === null ? holds('报名有效') : fails(`已于${day(own.withdrawnOn)}撤回`)
  },
  examples: {
    holds: [{ name: '有效的报名', given: (f) => doing(f, 'Withdraw', { registration: 'r1' }), says: '有效' }],
    refused: [{ name: '没有这件', given: (f) => doing(f, 'Withdraw', { registration: 'x' }), says: '没有这件报名' }],
  },
}
const closingDue: HearingRule = {
  id: 'hearing.closing-due',
  title: '报名期限已过',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by: ['系统'],
  judge: ({ dossier: d, today }) =>
    today > d.registersUntil ? holds('报名期限已过') : fails(`报名至${day(d.registersUntil)}24:00截止`),
  examples: {
    holds: [{ name: '次日', given: (f) => on(f, '2026-03-17'), says: '已过' }],
    refused: [{ name: '最后一日', given: (f) => on(f, '2026-03-16'), says: '24:00截止' }],
  },
}
const seedAfterClose: HearingRule = {
  id: 'hearing.seed-after-close',
  title: '遴选的种子取自报名截止以后公开日志的检查点',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ external: { checkpoint } }) =>
    checkpoint
      ? holds(`公开日志第${checkpoint.size}条的检查点，签于报名截止以后`)
      : fails(
          '报名截止以后，公开日志还没有新的检查点；有文件公布、修改、届满等新的记录以后，日志签出下一个，届时再遴选',
        ),
  examples: {
    holds: [{ name: '已有检查点', given: (f) => f, says: '检查点' }],
    refused: [
      {
        name: '还没有',
        given: (f) => ({ ...f, external: { ...f.external, checkpoint: null } }),
        says: '还没有新的检查点',
      },
    ],
  },
}
const materialsSent: HearingRule = {
  id: 'hearing.materials-sent',
  title: '听证材料在选定参加人以后、今日以前送达',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ dossier: d, command: { payload }, today }) => {
    const sentOn = String(payload.sentOn ?? today)
    if (sentOn > today) return fails(`送达日期${day(sentOn)}在今天以后，请在送达以后登记`, { earliest: sentOn })
    if (d.draw !== null && sentOn < d.draw.on)
      return fails(`参加人${day(d.draw.on)}才选定，${day(sentOn)}还没有可以送达的人，请核对日期`)
    return holds(`于${day(sentOn)}送达`)
  },
  examples: {
    holds: [{ name: '选定以后送达', given: (f) => doing(f, 'SendMaterials', { sentOn: '2026-03-20' }), says: '送达' }],
    refused: [
      { name: '日期还没有到', given: (f) => doing(f, 'SendMaterials', { sentOn: '2026-05-01' }), says: '今天以后' },
      { name: '选定以前', given: (f) => doing(f, 'SendMaterials', { sentOn: '2026-03-17' }), says: '才选定' },
    ],
  },
}
const materialsAhead: HearingRule = {
  id: 'hearing.materials-ahead',
  title: '听证材料提前规定的日数送达',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: (f) => {
    const { materialsBefore } = f.pack.hearing
    const sent = f.dossier.materialsSentOn
    if (sent === null) return fails('没有听证材料送达的记录')
    const from = earliest(f, sent, materialsBefore)
    const heldOn = String(f.command.payload.heldOn ?? f.dossier.heldOn)
    return heldOn >= from
      ? holds(`材料提前${daysBetween(sent, heldOn)}日送达`)
      : fails(
          `材料于${day(sent)}送达，应当提前${amount(materialsBefore)}${mark(materialsBefore)}，最早${day(from)}举行`,
          {
            ...basedOn(materialsBefore.source),
            earliest: from,
          },
        )
  },
  examples: {
    holds: [{ name: '提前送达', given: (f) => f, says: '送达' }],
    refused: [
      { name: '没有送达', given: (f) => dossier(f, { materialsSentOn: null }), says: '没有听证材料' },
      { name: '前一日才送', given: (f) => dossier(f, { materialsSentOn: '2026-04-14' }), says: '应当提前' },
    ],
  },
}
const onItsDay: HearingRule = {
  id: 'hearing.on-its-day',
  title: '举行日期不早于公告的日期，不晚于今日',
  severity: 'block',
  basis: source.majorDecision('第十六条'),
  by,
  judge: ({ dossier: d, command: { payload }, today }) => {
    // 表单打开以前没有填：问的是今日能不能登记。
    const heldOn = String(payload.heldOn ?? today)
    if (heldOn < d.heldOn) return fails(`公告的日期是${day(d.heldOn)}，不能提前举行`, { earliest: d.heldOn })
    if (heldOn > today) return fails(`${day(heldOn)}还没有到`, { earliest: heldOn })
    return holds(`于${day(heldOn)}举行`)
  },
  examples: {
    holds: [
      { name: '如期举行', given: (f) => f, says: '举行' },
      { name: '还没有填写，到了那一日', given: (f) => doing(f, 'HoldHearing', {}), says: '举行' },
    ],
    refused: [
      {
        name: '提前',
        given: (f) => doing(f, 'HoldHearing', { heldOn: '2026-04-10', attended: 2, signed: 2 }),
        says: '不能提前',
      },
      {
        name: '还没有到',
        given: (f) => doing(f, 'HoldHearing', { heldOn: '2026-05-10', attended: 2, signed: 2 }),
        says: '还没有到',
      },
    ],
  },
}
const recordSigned: HearingRule = {
  id: 'hearing.record-signed',
  title: '听证笔录由到场的参加人签字',
  severity: 'block',
  basis: source.majorDecision('第十七条'),
  by,
  judge: ({ command: { payload } }) => {
    const [attended, signed] = [Number(payload.attended ?? 0), Number(payload.signed ?? 0)]
    if (signed > attended) return fails(`签字${signed}人，多于到场的${attended}人，请核对`)
    return signed === attended
      ? holds(`到场${attended}人，都在笔录上签字`)
      : fails(`到场${attended}人，在笔录上签字的只有${signed}人；拒绝签字的，在笔录中注明后计入`)
  },
  examples: {
    holds: [{ name: '都签字', given: (f) => f, says: '都在笔录上签字' }],
    refused: [
      {
        name: '少一人',
        given: (f) => doing(f, 'HoldHearing', { heldOn: '2026-04-15', attended: 2, signed: 1 }),
        says: '只有1人',
      },
    ],
  },
}
export const hearingRules: Catalogue<HearingRuleId, HearingFacts> = {
  'hearing.announced-ahead': announcedAhead,
  'hearing.registration-long-enough': registrationLongEnough,
  'hearing.category-offered': categoryOffered,
  'hearing.one-per-contact': onePerContact,
  'hearing.alternates-waiting': alternatesWaiting,
  'hearing.registered': registered,
  'hearing.closing-due': closingDue,
  'hearing.seed-after-close': seedAfterClose,
  'hearing.materials-sent': materialsSent,
  'hearing.materials-ahead': materialsAhead,
  'hearing.on-its-day': onItsDay,
  'hearing.record-signed': recordSigned,
}
