// 能编得出号：牵头机关有机关代字；用预留号的，须属于本机关的系列、没有用过、没有作废、没有到期。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, ReservationFact } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName } from '../words.ts'

const kept: ReservationFact = { text: '海政规发〔2026〕30号', series: '海政规发', status: 'reserved', expiresOn: null }
const using = (f: Facts, change: Partial<ReservationFact> | null): Facts =>
  withExternal(withCommand(withDossier(f, { numbers: null }), 'AssignNumbers', { reserved: kept.text }), {
    reservation: change === null ? null : { ...kept, ...change },
  })

export const numberingAvailable: Rule = {
  id: 'numbering.available',
  title: '牵头机关有机关代字，预留号可以使用',
  severity: 'block',
  basis: source.officialPapers('第九条第（五）项、第二十五条第（二）项'),
  by: [roleLabels.secretariat, roleLabels.admin],
  judge: (f) => {
    const { numbers, issuers } = f.dossier
    if (numbers) return holds(`已经编号${numbers.document}`)
    const lead = issuers[0] ?? ''
    const prefix = f.pack.numbering.documentPrefixes.value[lead]
    if (!prefix)
      return fails(`规则包${f.pack.version}没有规定${unitName(f, lead)}的机关代字，请管理员补充后再编号`, {
        by: [roleLabels.admin],
      })
    const reserved = f.command?.type === 'AssignNumbers' ? f.command.payload.reserved : undefined
    if (typeof reserved !== 'string') return holds(`机关代字为“${prefix}”`)
    const found = f.external.reservation
    if (!found || found.series !== prefix)
      return fails(`没有属于“${prefix}”系列的预留号${reserved}；请核对，或者不用预留号`)
    if (found.status !== 'reserved')
      return fails(
        `${reserved}${found.status === 'void' ? '已经作废' : '已经发出'}，不是预留号；请另选，或者不用预留号`,
      )
    if (found.expiresOn !== null && found.expiresOn < f.today)
      return fails(`预留号${reserved}已于${day(found.expiresOn)}到期；请另选，或者不用预留号`)
    return holds(`使用预留号${reserved}`)
  },
  examples: {
    holds: [
      { name: '不用预留号', given: (f) => withCommand(withDossier(f, { numbers: null }), 'AssignNumbers') },
      { name: '预留号可用', given: (f) => using(f, {}), says: '使用预留号' },
      { name: '已经编号的不另编', given: (f) => f, says: '已经编号' },
    ],
    refused: [
      {
        name: '牵头机关没有机关代字',
        given: (f) => withDossier(f, { numbers: null, issuers: ['hy-flood'] }),
        says: '没有规定海原县防汛抗旱临时指挥部的机关代字',
      },
      { name: '没有这个预留号', given: (f) => using(f, null), says: '没有属于' },
      { name: '别的系列的预留号', given: (f) => using(f, { series: '海农规发' }), says: '没有属于' },
      { name: '预留号已经发出', given: (f) => using(f, { status: 'issued' }), says: '已经发出' },
      { name: '预留号已经作废', given: (f) => using(f, { status: 'void' }), says: '已经作废' },
      { name: '预留号已经到期', given: (f) => using(f, { expiresOn: '2026-05-31' }), says: '到期' },
    ],
  },
}
