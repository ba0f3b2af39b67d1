// 修改、废止、撤销、宣布失效、停止执行由有权的机关决定：本机关、上级政府、本级人大常委会，不是同级或者下级的别的单位。
import { roleLabels } from '@dianzhang/contract'
import type { ForceKind, ForceOrgan } from '@dianzhang/packs'
import { mark, source } from '@dianzhang/packs'
import type { Facts, ForceEvent } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { standsAt, suspensionOf, undoTarget } from '../force.ts'
import { findOrgan, forceOrgans } from '../organs.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, filled, unitName } from '../words.ts'

const kinds: Record<string, { kind: ForceKind; what: string }> = {
  AmendDocument: { kind: 'amended', what: '修改' },
  RepealDocument: { kind: 'repealed', what: '废止' },
  AnnulDocument: { kind: 'annulled', what: '撤销' },
  DeclareLapsed: { kind: 'lapsed', what: '宣布失效' },
  SuspendDocument: { kind: 'suspended', what: '停止执行' },
  ResumeDocument: { kind: 'resumed', what: '恢复执行' },
  RestoreForce: { kind: 'resumed', what: '恢复效力' },
}
/** 恢复执行、收回所针对的那一项决定；其他变动没有。 */
function undone(f: Facts): ForceEvent | undefined {
  const { forceEvents } = f.dossier
  if (f.command?.type === 'ResumeDocument') return suspensionOf(forceEvents, f.command.payload.provisions)
  if (f.command?.type !== 'RestoreForce') return undefined
  const n = undoTarget(forceEvents, f.command.payload.event as number | undefined)
  if (n === null) return undefined
  // 已经收回的，针对的是最近那一次收回。
  return standsAt(forceEvents, n) ? forceEvents[n - 1] : forceEvents.findLast((e) => e.undoes === n)
}
/** 先前的变动由谁作出：作出决定的机关，据以变动的文件的制定机关。 */
function makersOf(f: Facts, event: ForceEvent | undefined, near: readonly string[]): string[] {
  if (!event) return []
  const named = event.byDocument === null ? [] : (f.external.makers?.[event.byDocument] ?? [])
  const byDocument = named.flatMap((name) => findOrgan(f.external.units, name, near)?.unit ?? [])
  return [...(event.decision?.organ === undefined ? [] : [event.decision.organ]), ...byDocument]
}
/** 上级政府、人大常委会作出的（不论以决定还是以文件），只能由它自己、不能由下级机关恢复、收回。 */
function madeAbove(f: Facts, event: ForceEvent | undefined, organs: Record<ForceOrgan, string[]>) {
  const makers = makersOf(f, event, Object.values(organs).flat()).filter((organ) => !organs.self.includes(organ))
  for (const relation of ['superior', 'standing_committee'] as const) {
    const maker = makers.find((organ) => organs[relation].includes(organ))
    if (maker !== undefined) return { relation, maker }
  }
  return null
}
const by = (f: Facts, type: string, body: string): Facts =>
  withCommand(
    f,
    type,
    { on: '2026-06-03', reason: '依决定。', decision: { body, date: '2026-06-02' } },
    { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
  )
const act = (title: string, issuer: string) => ({
  id: 'e1',
  title,
  issuers: [issuer],
  documentNumber: null,
  publishedOn: '2026-05-01',
  effectiveDate: '2026-05-01',
  validUntil: null,
  events: [],
})
/** 先前由 `organ` 作出的停止执行、撤销，由 `body` 恢复。 */
const undoing = (f: Facts, type: 'ResumeDocument' | 'RestoreForce', organ: string, body: string): Facts =>
  withDossier(by(f, type, body), {
    forceEvents: [
      {
        kind: type === 'ResumeDocument' ? 'suspended' : 'annulled',
        on: '2026-06-01',
        reason: '与上位法抵触。',
        byDocument: null,
        decision: { body: organ, organ, date: '2026-06-01' },
        at: '2026-06-01T10:00:00+08:00',
      },
    ],
  })
/** 同上，先前是由 `issuer` 制发的文件作出的。 */
const undoingDocument = (f: Facts, type: 'ResumeDocument' | 'RestoreForce', issuer: string, body: string): Facts => {
  const done = undoing(f, type, '', body)
  return withExternal(
    withDossier(done, (d) => ({ forceEvents: d.forceEvents.map((e) => ({ ...e, byDocument: 'e9', decision: null })) })),
    { makers: { e9: [issuer] } },
  )
}
const ofBureau = (f: Facts): Facts => withDossier(f, { tier: 'department', issuers: ['hy-agri'] })

export const forceOrganCompetent: Rule = {
  id: 'force.organ-competent',
  title: '效力变动由有权的机关决定',
  severity: 'block',
  basis: source.officialPapers('第三十三条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { force } = f.pack.organs
    const more = basedOn(force.source)
    const acting = kinds[f.command?.type ?? '']
    // 有效期届满由系统办理，没有决定。
    if (!f.command || !acting || f.command.actor.roles.includes('system'))
      return holds('效力变动由制定机关、上级政府或者本级人大常委会依职权决定', more)
    const organs = forceOrgans(f.dossier, f.external.units)
    const earlier = undone(f)
    const above = madeAbove(f, earlier, organs)
    const relations = force.value[acting.kind].filter((relation) => above === null || relation === above.relation)
    const competent = [...new Set(relations.flatMap((relation) => organs[relation]))]
    const since = above === null ? '' : `；先前由${unitName(f, above.maker)}决定，下级机关不能改变它`
    const all = `${acting.what}由${either(competent.map((id) => unitName(f, id)))}决定${mark(force)}${since}`
    const decision = f.command.payload.decision as { body?: unknown } | undefined
    const found: string[] = []
    if (decision && filled(decision.body)) {
      const organ = findOrgan(f.external.units, decision.body, competent)
      if (!organ) return fails(`“${decision.body}”不是已登记的机关或者会议；${all}`, more)
      if (!competent.includes(organ.unit))
        return fails(
          `${organ.name}${organ.body ? `（${unitName(f, organ.unit)}）` : ''}无权${acting.what}本件；${all}`,
          more,
        )
      found.push(organ.name)
    }
    const document = f.external.act
    if (document?.issuers) {
      const named = document.issuers.map((name) => findOrgan(f.external.units, name, competent))
      if (!named.some((organ) => organ && competent.includes(organ.unit)))
        return fails(
          `《${document.title}》由${document.issuers.join('、') || '未写明的机关'}制发，无权${acting.what}本件；${all}`,
          more,
        )
      found.push(`《${document.title}》`)
    }
    return holds(found.length > 0 ? `${found.join('、')}有权${acting.what}：${all}` : all, more)
  },
  examples: {
    holds: [
      { name: '没有效力变动', given: (f) => f, says: '依职权决定' },
      {
        name: '县政府废止自己的文件',
        given: (f) => by(f, 'RepealDocument', '县政府常务会议'),
        says: '海原县人民政府常务会议有权废止',
      },
      { name: '市政府撤销县政府文件', given: (f) => by(f, 'AnnulDocument', 'zw-gov'), says: '中卫市人民政府有权撤销' },
      {
        name: '县人大常委会撤销县政府文件',
        given: (f) => by(f, 'AnnulDocument', '海原县人民代表大会常务委员会'),
        says: '有权撤销',
      },
      {
        name: '县政府撤销部门文件',
        given: (f) => by(ofBureau(f), 'AnnulDocument', 'hy-gov'),
        says: '海原县人民政府有权撤销',
      },
      {
        name: '县政府停止执行的，由县政府恢复',
        given: (f) => undoing(f, 'ResumeDocument', 'hy-gov', '县政府常务会议'),
        says: '有权恢复执行',
      },
      {
        name: '市政府撤销的，由市政府收回',
        given: (f) => undoing(f, 'RestoreForce', 'zw-gov', '中卫市人民政府'),
        says: '有权恢复效力',
      },
      {
        name: '县政府自己的文件停止执行的，由县政府恢复',
        given: (f) => undoingDocument(f, 'ResumeDocument', '海原县人民政府', '县政府常务会议'),
        says: '有权恢复执行',
      },
      {
        name: '市政府的文件撤销的，由市政府收回',
        given: (f) => undoingDocument(f, 'RestoreForce', '中卫市人民政府', '中卫市人民政府'),
        says: '有权恢复效力',
      },
      {
        name: '县政府的新文件废止旧文件',
        given: (f) =>
          withExternal(withCommand(f, 'RepealDocument', { byDocument: 'e1' }), {
            act: act('海原县民宿管理办法', '海原县人民政府'),
          }),
        says: '《海原县民宿管理办法》有权废止',
      },
    ],
    refused: [
      {
        name: '市政府停止执行的，县政府自己恢复执行',
        given: (f) => undoing(f, 'ResumeDocument', 'zw-gov', '县政府常务会议'),
        says: '先前由中卫市人民政府决定，下级机关不能改变它',
      },
      {
        name: '市政府撤销的，县政府自己收回',
        given: (f) => undoing(f, 'RestoreForce', 'zw-gov', '海原县人民政府'),
        says: '恢复效力由中卫市人民政府决定',
      },
      {
        name: '县人大常委会撤销的，市政府收回',
        given: (f) => undoing(f, 'RestoreForce', 'hy-npc', 'zw-gov'),
        says: '恢复效力由海原县人民代表大会常务委员会决定',
      },
      {
        name: '市政府以文件停止执行的，县政府自己恢复执行',
        given: (f) => undoingDocument(f, 'ResumeDocument', '中卫市人民政府', '县政府常务会议'),
        says: '先前由中卫市人民政府决定，下级机关不能改变它',
      },
      {
        name: '县人大常委会以决定文件撤销的，市政府收回',
        given: (f) => undoingDocument(f, 'RestoreForce', '海原县人民代表大会常务委员会', 'zw-gov'),
        says: '恢复效力由海原县人民代表大会常务委员会决定',
      },
      {
        name: '部门撤销县政府文件',
        given: (f) => by(f, 'AnnulDocument', '海原县农业农村局'),
        says: '海原县农业农村局无权撤销本件',
      },
      {
        name: '部门的会议废止县政府文件',
        given: (f) => by(f, 'RepealDocument', '海原县农业农村局局务会议'),
        says: '无权废止本件',
      },
      {
        name: '一个部门撤销另一部门的文件',
        given: (f) => by(ofBureau(f), 'AnnulDocument', 'hy-housing'),
        says: '海原县住房和城乡建设局无权撤销',
      },
      {
        name: '县人大常委会修改县政府文件',
        given: (f) => by(f, 'AmendDocument', 'hy-npc'),
        says: '修改由海原县人民政府或者中卫市人民政府决定',
      },
      {
        name: '没有登记的机关',
        given: (f) => by(f, 'AnnulDocument', '西吉县人民政府'),
        says: '“西吉县人民政府”不是已登记的机关或者会议',
      },
      {
        name: '部门的文件废止县政府文件',
        given: (f) =>
          withExternal(withCommand(f, 'RepealDocument', { byDocument: 'e1' }), {
            act: act('关于民宿的通知', '海原县农业农村局'),
          }),
        says: '《关于民宿的通知》由海原县农业农村局制发，无权废止本件',
      },
    ],
  },
}
