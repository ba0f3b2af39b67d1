import { roleLabels, type Track, trackLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { lackingMaterials } from '../filing-materials.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { filingNow, withDossier } from '../patch.ts'
import { filingParam } from '../periods.ts'
import type { Rule } from '../rule.ts'

export const filingMaterialsComplete: Rule = {
  id: 'filing.materials-complete',
  title: '报送备案的材料齐全',
  severity: 'warn',
  basis: source.ruleFiling('第八条（参照）'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { track, materials } = f.command?.payload ?? {}
    const param = typeof track === 'string' ? filingParam(f, track as Track) : null
    if (!param) return holds('没有须报送的轨道')
    const wanted = param.materials.value
    const asked = `${trackLabels[param.track]}须报送${wanted.join('、')}${mark(param.materials)}`
    const missing = lackingMaterials(wanted, Array.isArray(materials) ? (materials as string[]) : [])
    return missing.length > 0
      ? fails(
          `没有列明${missing.join('、')}：${asked}；缺少的，受理单位会暂缓登记，要求补正`,
          basedOn(param.materials.source),
        )
      : holds(asked, basedOn(param.materials.source))
  },
  examples: {
    holds: [
      {
        name: '要求的都列明，名称带书名号、份数的也算',
        given: (f) =>
          filingNow(f, { track: 'government', materials: ['《备案报告》一式三份', '审查说明', '文件正式文本'] }),
        says: '须报送备案报告、审查说明、正式文本',
      },
      {
        name: '该层级不须向该单位报送',
        given: (f) => filingNow(withDossier(f, { tier: 'department' }), { track: 'npc', materials: [] }),
        says: '没有须报送的轨道',
      },
    ],
    refused: [
      {
        name: '一份也没有列明',
        given: (f) => filingNow(f, { track: 'government', materials: [] }),
        says: '没有列明备案报告、审查说明、正式文本',
      },
      {
        name: '人大常委会所要的少了一份',
        given: (f) => filingNow(f, { track: 'npc', materials: ['备案报告', '政府令或者公告'] }),
        says: '没有列明文本及说明',
      },
    ],
  },
}
