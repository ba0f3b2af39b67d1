import { roleLabels, tierLabels } from '@dianzhang/contract'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { either, filled, mark } from '../words.ts'

// “海原县人民政府第12次常务会议”“常务会”“常务会议（第12次）”都指同一会议；词尾比对，不因写法拒绝。
function isBody(named: string, body: string): boolean {
  const plain = named.replace(/[（(][^（）()]*[）)]/g, '').replace(/\s/g, '')
  return plain === body || plain.endsWith(body) || plain.endsWith(body.replace(/议$/, ''))
}

function bodyOf(f: Facts): string | null {
  const given = f.command?.payload.body
  return filled(given) ? given : (f.dossier.schedule?.body ?? f.dossier.decision?.body ?? null)
}

export const deliberationBodyCompetent: Rule = {
  id: 'deliberation.body-competent',
  title: '由有权的会议集体审议',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { tier } = f.dossier
    const { bodies } = f.pack.deliberation
    const competent = bodies.value[tier]
    const more = basedOn(bodies.source)
    const rule = `${tierLabels[tier]}应当经${either(competent)}集体审议${mark(bodies)}`
    const named = bodyOf(f)
    if (named === null) return holds(rule, more)
    if (competent.some((body) => isBody(named, body))) return holds(`${named}有权审议：${rule}`, more)
    return fails(`${named}不是有权审议的会议；${rule}`, more)
  },
  examples: {
    holds: [
      { name: '县政府常务会议', given: (f) => f, says: '海原县人民政府常务会议有权审议' },
      {
        name: '写明第几次的常务会议',
        given: (f) => withCommand(f, 'ScheduleDeliberation', { body: '县人民政府第12次常务会议（扩大）' }),
        says: '有权审议',
      },
      {
        name: '部门文件由局务会议审议',
        given: (f) =>
          withCommand(withDossier(f, { tier: 'department' }), 'ScheduleDeliberation', {
            body: '海原县农业农村局局务会议',
          }),
        says: '部门规范性文件',
      },
      {
        name: '尚未安排，列明有权的会议',
        given: (f) => withDossier(f, { schedule: null, decision: null }),
        says: '应当经常务会议或者全体会议集体审议',
      },
    ],
    refused: [
      {
        name: '政府文件拟由专题会议审议',
        given: (f) => withCommand(f, 'ScheduleDeliberation', { body: '县政府专题会议' }),
        says: '县政府专题会议不是有权审议的会议',
      },
      {
        name: '乡镇文件拟由县政府常务会议审议',
        given: (f) => withDossier(f, { tier: 'township' }),
        says: '乡镇规范性文件应当经',
      },
    ],
  },
}
