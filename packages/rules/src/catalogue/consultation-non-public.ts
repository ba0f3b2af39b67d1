// 非公开征求意见：只在本地规定的情形，经起草单位负责人书面同意，而且仍要征求意见。
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withDossier, withExternal, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, filled } from '../words.ts'

const consent = { ground: '突发事件', reference: '2026年3月2日书面同意', approver: 'p-unit-head' }
type Consent = Partial<typeof consent>
/** 四川的规定；名册中有起草单位负责人。 */
const inSichuan = (f: Facts, given: Consent): Facts => {
  const pack = latestPack('510811', f.today)
  const people = {
    ...f.external.people,
    'p-unit-head': {
      id: 'p-unit-head',
      name: '农业农村局局长',
      unit: 'hy-agri',
      active: true,
      posts: [{ role: 'unit_head', unit: 'hy-agri' }],
    },
  }
  return classified(
    withPack(withExternal(f, { people }), {
      consultation: pack?.consultation ?? f.pack.consultation,
    }),
    { nonPublic: given as typeof consent },
  )
}
const faultsOf = (f: Facts): string[] => {
  const given: Consent = f.dossier.classification.nonPublic ?? {}
  const { nonPublicAllowed, nonPublicConsent } = f.pack.consultation
  const faults: string[] = []
  const ground = given.ground ?? ''
  if (!nonPublicAllowed.value.includes(ground.trim()))
    faults.push(`情形“${ground || '（未填）'}”不在本地规定之内，可选：${either(nonPublicAllowed.value)}`)
  if (nonPublicConsent.value !== null) {
    if (!filled(given.reference)) faults.push('没有写明书面同意的文号或者日期')
    const person = filled(given.approver) ? f.external.people?.[given.approver] : undefined
    const heads = person?.posts.some((p) => p.role === 'unit_head' && p.unit === f.dossier.draftingUnit) ?? false
    if (!person) faults.push(`同意的人“${given.approver ?? '（未填）'}”不是名册中的人员，须指明起草单位负责人`)
    else if (!person.active || !heads) faults.push(`${person.name}不是起草单位负责人，无权同意`)
  }
  if (f.dossier.interagency.length === 0) faults.push('尚未向任何单位征求意见：非公开的也要征求')
  return faults
}

export const consultationNonPublic: Rule = {
  id: 'consultation.non-public',
  title: '非公开征求意见的，属于本地规定的情形，经起草单位负责人书面同意',
  severity: 'block',
  basis: source.business('第六十二条'),
  by: [roleLabels.drafter, roleLabels.unit_head],
  judge: (f) => {
    const { nonPublic } = f.dossier.classification
    const { nonPublicAllowed, nonPublicConsent } = f.pack.consultation
    const more = basedOn([...nonPublicAllowed.source, ...nonPublicConsent.source])
    if (!nonPublic) return holds('没有选择非公开征求意见', more)
    if (nonPublicAllowed.value.length === 0)
      return fails(
        '本地没有规定可以非公开征求意见的情形；依法需要保密的，请依保密的规定办理，其余应当公开征求意见',
        more,
      )
    const faults = faultsOf(f)
    if (faults.length > 0)
      return fails(`非公开征求意见而${faults.join('；')}${mark(nonPublicAllowed)}。请补正分类，或者公开征求意见`, more)
    return holds(`非公开征求意见：${nonPublic.ground}，已经起草单位负责人书面同意`, more)
  },
  examples: {
    holds: [
      { name: '公开征求意见', given: (f) => f, says: '没有选择非公开' },
      {
        name: '四川：突发事件，负责人书面同意',
        given: (f) => inSichuan(f, consent),
        says: '已经起草单位负责人书面同意',
      },
    ],
    refused: [
      {
        name: '宁夏没有非公开征求意见的规定',
        given: (f) => classified(f, { nonPublic: consent }),
        says: '本地没有规定',
      },
      {
        name: '四川：情形是一句话',
        given: (f) => inSichuan(f, { ...consent, ground: '领导要求' }),
        says: '可选：突发事件',
      },
      { name: '四川：没有书面同意', given: (f) => inSichuan(f, { ground: '突发事件' }), says: '没有写明书面同意' },
      {
        name: '四川：同意的是制定机关的领导，不是起草单位负责人',
        given: (f) => inSichuan(f, { ...consent, approver: 'p-leader' }),
        says: '不是起草单位负责人',
      },
      {
        name: '四川：谁的意见都没有征求',
        given: (f) => withDossier(inSichuan(f, consent), { interagency: [] }),
        says: '非公开的也要征求',
      },
    ],
  },
}
