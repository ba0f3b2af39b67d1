// 立项申请：新案卷与台账的第一条，同一写事务的规矩。
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type ProposeDocument, roleLabels, stageLabels, tierLabels, type Verdict } from '@dianzhang/contract'
import { type Tx, withTransaction } from '@dianzhang/database'
import { GENESIS } from '@dianzhang/ledger'
import {
  domainEventLabels,
  initial,
  type LifecycleEvent,
  newDossier,
  normativeDocument,
  stageOf,
  store,
} from '@dianzhang/lifecycle'
import { type ActorFact, blocks, judge, tierOfIssuer } from '@dianzhang/rules'
import { requireClock } from './clock-check.ts'
import { unitId } from './commands/handler.ts'
import { answerHash, chain, eventsOf, ledgerActor, requestHash } from './door/ledger-body.ts'
import { type Answered, answeredMeanwhile, usedBefore } from './door/replay.ts'
import type { CommandMeta } from './door/run.ts'
import { loadExternal } from './facts/load-facts.ts'
import { invalid } from './failures.ts'
import { type CommandAnswer, withoutTrace } from './ledger-record.ts'
import type { Actor, Office } from './office.ts'
import { projectDeadlines } from './projections/deadlines.ts'
import { concernedRoles, involvedUnits } from './projections/involved-units.ts'
import { beforeProposal, openDocument } from './statements.ts'
import { unitsFrom } from './units-from.ts'

/**
 * 申请立项。返回新案卷的标识、版本（1）与台账事件；`warnings` 列出现在即可看出的问题（如制定主体资格、同名文件），不阻止申请。
 * 拒绝：403 非起草经办人；409 联合制发的机关不同级；422 法域、单位有误，文件层级与牵头制定机关不符；同一 `commandId` 再次提交返回同一答复。
 */
export async function proposeDocument(
  office: Office,
  actor: Actor,
  command: ProposeDocument,
  meta: CommandMeta = {},
): Promise<CommandAnswer> {
  if (actor.kind !== 'person') throw new AppError('forbidden', '申请立项须由起草经办人办理')
  const drafting = actor.posts.filter((p) => p.role === 'drafter')
  if (drafting.length === 0) {
    office.meters.command('ProposeDocument', 'forbidden')
    throw new AppError(
      'forbidden',
      `申请立项由${roleLabels.drafter}办理；您的角色是${[...new Set(actor.posts.map((p) => roleLabels[p.role]))].join('、') || '（无）'}`,
    )
  }
  if (command.jurisdiction !== actor.jurisdiction)
    throw invalid(['jurisdiction', `只能在本法域（${actor.jurisdiction}）申请立项`])
  const hash = requestHash(command)
  const propose = async (tx: Tx): Promise<{ answer: CommandAnswer; replayed: boolean }> => {
    const [before] = await beforeProposal(tx, [actor.jurisdiction, command.commandId])
    const units = unitsFrom(before?.units ?? null)
    if (before?.answered) {
      const seen = JSON.parse(before.answered) as Answered
      if (seen.requestHash !== hash || seen.person !== actor.person) throw new AppError('conflict', usedBefore)
      return { answer: seen.answer as unknown as CommandAnswer, replayed: true }
    }
    const issuers = command.issuers.map((u, i) => unitId(units, u, `issuers.${i}`))
    if (new Set(issuers).size !== issuers.length) throw invalid(['issuers', '制定机关重复'])
    const level = tierOfIssuer[units[issuers[0] ?? '']?.kind ?? 'internal']
    if (level !== undefined && level !== command.tier)
      throw invalid([
        'tier',
        `牵头制定机关${units[issuers[0] ?? '']?.name ?? ''}制发的是${tierLabels[level]}，不是${tierLabels[command.tier]}；文件层级决定由何种会议审议、向谁备案`,
      ])
    const draftingUnit = command.draftingUnit
      ? unitId(units, command.draftingUnit, 'draftingUnit')
      : (drafting[0]?.unit ?? actor.unit)
    const post = drafting.find((p) => p.unit === draftingUnit)
    if (!post)
      throw new AppError(
        'forbidden',
        `您不是${units[draftingUnit]?.name ?? draftingUnit}的起草经办人，不能以其名义申请立项`,
      )

    if (before) {
      requireClock(office, before)
      await office.rules.current(before.rulesRevision, tx)
    }
    const now = office.clock.now()
    const at = now.toISOString()
    const on = dateInShanghai(at)
    const pack = office.rules.latest(actor.jurisdiction, on)
    const id = randomUUID()
    const dossier = newDossier({
      id,
      jurisdiction: actor.jurisdiction,
      packVersion: pack.version,
      title: command.title.trim(),
      genre: command.genre,
      tier: command.tier,
      issuers,
      draftingUnit,
      classification: command.classification,
      necessity: command.necessity,
      planItem: command.planItem,
      at,
      by: actor.person,
    })
    const snapshot = initial(dossier)
    const stage = stageOf(snapshot.value)
    const as: ActorFact = { person: actor.person, unit: post.unit, roles: ['drafter'] }
    const external = await loadExternal(tx, dossier, pack, on, units, { bases: false, substance: false })
    const event: LifecycleEvent = {
      type: 'RecomputeDeadlines',
      payload: {},
      meta: { at, on, actor: as, resolved: {} },
      pack,
      calendar: office.rules.calendar(actor.jurisdiction),
      external,
    }
    const facts = {
      now: at,
      today: on,
      dossier,
      command: { type: 'ProposeDocument', payload: {}, actor: as },
      pack,
      calendar: event.calendar,
      external,
    }
    const verdicts = withoutTrace(judge(['issuer.eligible', 'issuer.same-level'], facts)).filter((v) => !v.holds)
    // 主体资格可以在立项以前补正（公布清单），先行提示；不同级的机关怎么也不能联合，不予受理。
    const joint = verdicts.filter((v) => v.rule === 'issuer.same-level' && blocks(v))
    if (joint.length > 0) {
      office.meters.command('ProposeDocument', 'refused')
      for (const v of joint) office.meters.refusal(v.rule)
      throw new AppError('refused', joint.map((v) => v.reason).join('；'), { verdicts: joint })
    }
    const warnings: Verdict[] = verdicts
    const stored = JSON.stringify(store(snapshot))
    const columns = {
      version: 1,
      involvedUnits: involvedUnits(dossier),
      concernedRoles: concernedRoles(dossier),
      nextDueOn: null,
    }
    const answered = { id, version: 1, stage, stageLabel: stageLabels[stage], packVersion: pack.version, warnings }
    // 立项时还没有任何期限，也没有属于案卷的其他行。
    const written = { row: columns, rows: [], answer: answerHash(answered) }
    const events = chain({ ledgerSeq: 0, ledgerHead: GENESIS }, ['DocumentProposed'], stored, written, (name, seq) => ({
      document: id,
      seq,
      type: name,
      command: { id: command.commandId, type: 'ProposeDocument', request: hash },
      at,
      actor: ledgerActor(actor, as, post.delegatedFrom ?? null),
      payload: {
        title: dossier.title,
        tier: dossier.tier,
        issuers,
        draftingUnit,
        classification: JSON.parse(JSON.stringify(command.classification)),
        necessity: command.necessity,
        planItem: command.planItem ?? null,
      },
      verdicts: warnings,
      packVersion: pack.version,
      stage,
      textHash: null,
    }))
    const head = events[0]
    if (!head) throw new Error('立项没有产生台账事件')
    const answer: CommandAnswer = { ...answered, events: eventsOf(events, domainEventLabels) }
    await Promise.all([
      openDocument(tx, [
        actor.jurisdiction,
        id,
        command.commandId,
        at,
        stage,
        stored,
        dossier.title,
        dossier.tier,
        draftingUnit,
        issuers[0] ?? '',
        pack.version,
        actor.person,
        columns.involvedUnits,
        columns.concernedRoles,
        JSON.stringify(head.body),
        head.prevHash,
        head.hash,
        JSON.stringify(answer),
        hash,
      ]),
      projectDeadlines(normativeDocument, office, tx, {
        jurisdiction: actor.jurisdiction,
        id,
        before: null,
        after: dossier,
        event,
        everything: true,
        current: null,
      }).written,
    ])
    office.log.info({ document: id, command: 'ProposeDocument', requestId: meta.requestId }, '已申请立项')
    return { answer, replayed: false }
  }
  const result = await withTransaction(office.commandDb, propose, { retryOn: answeredMeanwhile })
  office.meters.command('ProposeDocument', result.replayed ? 'replayed' : 'accepted')
  return result.answer
}
