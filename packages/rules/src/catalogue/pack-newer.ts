// 案卷只能改用同一法域较新的、已经适用的一版规则包：旧法不能回头用，尚未施行的不能提前用。
import { isPlainDate } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, PlainDate } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

interface Version {
  jurisdiction: string
  from: PlainDate
  serial: number
}
/** `640522@2026-01-01.3` → 法域、施行日、版次；写法不对的为 null。 */
export function packVersion(text: string): Version | null {
  const [, jurisdiction = '', from = '', serial = ''] = /^([^@]+)@(\d{4}-\d{2}-\d{2})\.(\d+)$/.exec(text) ?? []
  return isPlainDate(from) ? { jurisdiction, from, serial: Number(serial) } : null
}
/** 版次先后：先比施行日，再比序号；小于零为 `a` 较旧。 */
export const comparePackVersions = (a: Version, b: Version): number =>
  a.from === b.from ? a.serial - b.serial : a.from < b.from ? -1 : 1

const moving = (f: Facts, from: string, to: string): Facts =>
  withCommand(
    withDossier(f, { packVersion: from }),
    'MoveToPack',
    { packVersion: to, reason: '依新规定' },
    { person: 'p-admin', unit: 'hy-office', roles: ['admin'] },
  )

export const packNewer: Rule = {
  id: 'pack.newer',
  title: '改用同一法域较新的、已经适用的规则包',
  severity: 'block',
  basis: source.design('规则包版本管理的约定：案卷固定立项时的一版，改用较新的一版须预览并记明理由'),
  by: [roleLabels.admin],
  judge: (f) => {
    const named = f.command?.payload.packVersion
    const { packVersion: current } = f.dossier
    if (!filled(named)) return holds(`现适用${current}；可以改用同一法域较新的、已经适用的一版`)
    const [from, to] = [packVersion(current), packVersion(named)]
    if (!from || !to) return fails(`规则包版本“${named}”的写法不可识别`)
    if (to.jurisdiction !== from.jurisdiction)
      return fails(`${named}是另一法域的规则包，本件适用${from.jurisdiction}的规则包`)
    const order = comparePackVersions(to, from)
    if (order === 0) return fails(`案卷已经适用${current}，不必改用`)
    if (order < 0) return fails(`${named}比现适用的${current}旧；只能改用较新的一版`)
    if (to.from > f.today) return fails(`${named}自${day(to.from)}起适用，今日还不能改用`, { earliest: to.from })
    return holds(`由${current}改用较新的${named}`)
  },
  examples: {
    holds: [
      { name: '列示可办事项时说明可以改用什么', given: (f) => f, says: '可以改用同一法域较新的' },
      {
        name: '改用后来施行的一版',
        given: (f) => moving(f, '640522@2023-03-09.2', '640522@2026-01-01.3'),
        says: '改用较新的640522@2026-01-01.3',
      },
      {
        name: '同一施行日的更正版',
        given: (f) => moving(f, '640522@2023-03-09.2', '640522@2023-03-09.3'),
        says: '改用较新的640522@2023-03-09.3',
      },
    ],
    refused: [
      {
        name: '回到旧版',
        given: (f) => moving(f, '640522@2026-01-01.3', '640522@2026-01-01.2'),
        says: '比现适用的640522@2026-01-01.3旧',
      },
      {
        name: '就是现在这一版',
        given: (f) => moving(f, '640522@2026-01-01.3', '640522@2026-01-01.3'),
        says: '已经适用640522@2026-01-01.3',
      },
      {
        name: '尚未施行的一版',
        given: (f) => moving(f, '640522@2026-01-01.3', '640522@2027-01-01.1'),
        says: '自2027年1月1日（星期五）起适用',
      },
      {
        name: '另一法域的规则包',
        given: (f) => moving(f, '640522@2026-01-01.3', '510811@2027-01-01.1'),
        says: '另一法域',
      },
    ],
  },
}
