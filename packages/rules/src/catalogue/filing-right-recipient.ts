import { roleLabels, type Track, tierLabels, trackLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { filingNow, withDossier, withExternal } from '../patch.ts'
import { filingParam, filingParams } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { filled, unitName } from '../words.ts'

interface Sending {
  track: Track
  /** 没有写明的，送规定的受理单位。 */
  to: string | null
}

function sendings(f: Facts): Sending[] {
  const { filings } = f.dossier
  const track = f.command?.payload.track as Track | undefined
  if (track !== undefined) {
    const given = f.command?.payload.recipient
    return [{ track, to: filled(given) ? given : (filings[track]?.recipient ?? null) }]
  }
  return filingParams(f).map((p) => ({ track: p.track, to: filings[p.track]?.recipient ?? null }))
}

function fault(f: Facts, { track, to }: Sending): string | null {
  const param = filingParam(f, track)
  if (!param) return `${tierLabels[f.dossier.tier]}不须${trackLabels[track]}`
  const expected = f.external.recipients[track]
  const name = expected === undefined ? param.recipient.name : unitName(f, expected)
  if (expected === undefined && to === null)
    return `单位表中没有${trackLabels[track]}的受理单位（应为${name}），请系统管理员补充`
  if (to === null || to === expected || to === name) return null
  return `${trackLabels[track]}应当报送${name}，不是${unitName(f, to)}`
}

export const filingRightRecipient: Rule = {
  id: 'filing.right-recipient',
  title: '报送备案的受理单位正确',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const list = sendings(f)
    const also = { alsoBasis: [source.supervisionLaw('第三十九条'), source.ruleFiling('第二十五条')] }
    const faults = list.map((s) => fault(f, s)).filter((x) => x !== null)
    if (faults.length > 0) return fails(faults.join('；'), also)
    const names = list.map(({ track }) => {
      const unit = f.external.recipients[track]
      return `${trackLabels[track]}：${unit === undefined ? (filingParam(f, track)?.recipient.name ?? '') : unitName(f, unit)}`
    })
    return holds(names.join('；') || '没有须报送的轨道', also)
  },
  examples: {
    holds: [
      {
        name: '两个轨道的受理单位均正确',
        given: (f) => f,
        says: '报上级政府备案：中卫市人民政府；报人大常委会备案：海原县人民代表大会常务委员会',
      },
      {
        name: '写单位全称',
        given: (f) => filingNow(f, { track: 'government', recipient: '中卫市人民政府' }),
        says: '中卫市人民政府',
      },
      {
        name: '不写受理单位，送规定的单位',
        given: (f) => filingNow(f, { track: 'npc' }),
        says: '海原县人民代表大会常务委员会',
      },
    ],
    refused: [
      {
        name: '政府文件报给了本县司法局',
        given: (f) => filingNow(f, { track: 'government', recipient: 'hy-justice' }),
        says: '应当报送中卫市人民政府，不是海原县司法局',
      },
      {
        name: '部门文件报人大常委会',
        given: (f) => filingNow(withDossier(f, { tier: 'department' }), { track: 'npc' }),
        says: '部门规范性文件不须报人大常委会备案',
      },
      {
        name: '单位表没有受理单位',
        given: (f) => filingNow(withExternal(f, { recipients: {} }), { track: 'government' }),
        says: '请系统管理员补充',
      },
    ],
  },
}
