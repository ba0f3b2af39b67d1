// 顺利的下一步之外，此刻还有人等着的：部门的答复、公众意见的处理、偏离期限的批准、更正的确认。
import type { CommandType } from '@dianzhang/contract'
import type { Dossier, Facts } from '@dianzhang/rules'

/** 有人等着办理的命令；此刻的阶段不能办理的不算。 */
export function waitedFor(d: Dossier, f: Facts): readonly CommandType[] {
  const latest = (unit: string): number => Math.max(...d.interagency.filter((i) => i.unit === unit).map((i) => i.round))
  const asked: Array<[boolean, CommandType]> = [
    [d.interagency.some((i) => !i.opinion && i.round === latest(i.unit)), 'RecordOpinion'],
    [f.external.comments.undisposed > 0, 'DisposeComment'],
    [d.deviations.some((r) => r.confirmed === null && r.used.length === 0), 'ApproveDeviation'],
    [d.corrections.some((c) => !c.substantive && c.confirmed === null), 'ConfirmCorrection'],
  ]
  return asked.flatMap(([waits, command]) => (waits ? [command] : []))
}
