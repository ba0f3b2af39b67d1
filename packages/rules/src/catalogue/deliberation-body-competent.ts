import { roleLabels, tierLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { competentMeetings, deliberatingOrgan, findBody, formOf } from '../organs.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, filled, unitName } from '../words.ts'

// 会议是记录：标识或者名称所指的会议须属于审议机关，不因名称相近而认可别处的会议。
function namedBy(f: Facts): string | null {
  const given = f.command?.payload.body
  if (filled(given)) return given
  const { schedule, decision } = f.dossier
  // 正在安排、决定的看安排；其后各关看作出决定的会议。
  const upcoming = f.command?.type === 'ScheduleDeliberation' || f.command?.type === 'RecordDecision'
  const recorded = upcoming ? (schedule ?? decision) : (decision ?? schedule)
  return recorded ? (recorded.bodyId ?? recorded.body) : null
}

export const deliberationBodyCompetent: Rule = {
  id: 'deliberation.body-competent',
  title: '由制定机关自己的有权的会议集体审议',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { tier } = f.dossier
    const { bodies } = f.pack.deliberation
    const { units } = f.external
    const organ = deliberatingOrgan(f.dossier, units)
    const competent = competentMeetings(f)
    const more = basedOn(bodies.source)
    const rule = `${tierLabels[tier]}应当经${unitName(f, organ)}的${either(bodies.value[tier].map(formOf))}集体审议${mark(bodies)}`
    const candidates =
      competent.length > 0
        ? `可选：${competent.map((b) => b.name).join('、')}`
        : `${unitName(f, organ)}没有登记有权审议的会议，请系统管理员在“会议与机构”中登记`
    const ref = namedBy(f)
    if (ref === null && f.command?.type === 'RecordDecision' && f.command.payload.outcome !== undefined)
      return fails(`尚未安排审议，请写明作出决定的会议；${rule}。${candidates}`, more)
    if (ref === null) return holds(rule, more)
    const found = findBody(units, ref, competent)
    if (found?.competent) return holds(`${found.body.name}有权审议：${rule}`, more)
    if (!found) return fails(`${ref}不是已登记的有权审议本件的会议；${rule}。${candidates}`, more)
    const whose =
      found.body.unit === organ ? '不是有权审议的会议' : `属于${unitName(f, found.body.unit)}，不是有权审议本件的会议`
    return fails(`${found.body.name}${whose}；${rule}。${candidates}`, more)
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
          withCommand(withDossier(f, { tier: 'department', issuers: ['hy-agri'] }), 'ScheduleDeliberation', {
            body: '海原县农业农村局局务会议',
          }),
        says: '部门规范性文件',
      },
      {
        name: '以记录的标识指明会议',
        given: (f) => withCommand(f, 'ScheduleDeliberation', { body: 'hy-gov:全体会议' }),
        says: '海原县人民政府全体会议有权审议',
      },
      {
        name: '以政府办公室名义制发的，由县政府常务会议审议',
        given: (f) => withDossier(f, { issuers: ['hy-office'] }),
        says: '海原县人民政府常务会议有权审议',
      },
      {
        name: '尚未安排，列明有权的会议',
        given: (f) => withDossier(f, { schedule: null, decision: null }),
        says: '应当经海原县人民政府的常务会议或者全体会议集体审议',
      },
    ],
    refused: [
      {
        name: '政府文件拟由专题会议审议',
        given: (f) => withCommand(f, 'ScheduleDeliberation', { body: '县政府专题会议' }),
        says: '县政府专题会议不是已登记的有权审议本件的会议',
      },
      {
        name: '别处的常务会议',
        given: (f) => withCommand(f, 'RecordDecision', { body: '西吉县人民政府常务会议' }),
        says: '可选：海原县人民政府常务会议',
      },
      {
        name: '决定是另一部门的会议作出的，此后各步都不放行',
        given: (f) =>
          withDossier(f, (d) => ({
            decision: d.decision && {
              ...d.decision,
              body: '海原县住房和城乡建设局局务会议',
              bodyId: 'hy-housing:局务会议',
            },
            schedule: null,
          })),
        says: '属于海原县住房和城乡建设局',
      },
      {
        name: '县政府文件拟由一个部门的会议审议',
        given: (f) => withCommand(f, 'ScheduleDeliberation', { body: '海原县农业农村局局务会议' }),
        says: '属于海原县农业农村局，不是有权审议本件的会议',
      },
      {
        name: '部门文件拟由另一部门的会议审议',
        given: (f) =>
          withCommand(withDossier(f, { tier: 'department', issuers: ['hy-agri'] }), 'ScheduleDeliberation', {
            body: 'hy-housing:局务会议',
          }),
        says: '属于海原县住房和城乡建设局',
      },
      {
        name: '乡镇文件拟由县政府常务会议审议',
        given: (f) => withDossier(f, { tier: 'township', issuers: ['hy-town-lijun'] }),
        says: '乡镇规范性文件应当经',
      },
    ],
  },
}
