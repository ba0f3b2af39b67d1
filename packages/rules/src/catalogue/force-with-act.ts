// 由文件作出的变动，与该文件同时生效：不早于它的施行之日；它被撤销、已经终止的，不能再以它作根据。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { ActFact, Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { forceStateOn, ineffectiveOn } from '../force.ts'
import { onDay, withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const act: ActFact = {
  id: 'doc-act',
  title: '海原县乡村旅游管理办法',
  documentNumber: '海政规发〔2026〕9号',
  publishedOn: '2026-06-01',
  effectiveDate: '2026-07-10',
  validUntil: '2031-07-09',
  events: [],
}
const repealing = (f: Facts, on: string, change: Partial<ActFact> | null = {}): Facts =>
  withExternal(
    withCommand(onDay(f, '2026-07-15'), 'RepealDocument', { on, byDocument: 'doc-act', reason: '被新办法代替。' }),
    { act: change === null ? null : { ...act, ...change } },
  )
const nameOf = (a: ActFact): string => `《${a.title}》${a.documentNumber ? `（${a.documentNumber}）` : ''}`

export const forceWithAct: Rule = {
  id: 'force.with-act',
  title: '由文件作出的修改、废止、停止执行，与该文件同时生效；该文件落空的，变动也不发生',
  severity: 'block',
  basis: source.officialPapers('第三十三条', 'inference'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { payload } = f.command ?? { payload: {} as Record<string, unknown> }
    if (f.command?.actor.roles.includes('system'))
      return holds('由系统办理：所依文件的效力有了变化，变动随之收回或者重新生效')
    if (payload.byDocument === undefined) return holds('变动以决定为根据的，不以另一件文件的施行为前提')
    const found = f.external.act
    if (!found) return fails('登记库中没有所指的文件；由文件作出变动的，该文件须已经公布')
    const on = typeof payload.on === 'string' ? payload.on : f.today
    // 没有公布于众的文件，不能变动已经公布的文件：看得到的人不知道它已经变了。
    if (
      found.disclosure !== undefined &&
      found.disclosure !== 'active' &&
      f.dossier.publication?.disclosure === 'active'
    )
      return fails(`${nameOf(found)}没有主动公开，不能据以变动已经公开的文件；请以公布的文件或者决定作出变动`, {
        basis: source.business('第六十四条'),
      })
    if (forceStateOn(found.events, found.effectiveDate ?? on, on) === 'suspended')
      return fails(`${nameOf(found)}在${day(on)}停止执行，其间不能据以变动其他文件的效力`)
    const fell = ineffectiveOn(found, on)
    if (fell === null) return holds(`${nameOf(found)}在${day(on)}有效，可以作出变动`)
    if (fell.why === 'annulled') return fails(`${nameOf(found)}已被撤销，自始无效，不能据以变动其他文件的效力`)
    if (fell.why === 'ended')
      return fails(`${nameOf(found)}自${day(fell.from)}起不再有效，不能作出自${day(on)}起的变动`)
    return fails(
      `${nameOf(found)}自${day(fell.from)}起施行，由它作出的变动不得早于该日；所填为${day(on)}。须更早变动的，另作决定`,
      { earliest: fell.from, ...(typeof payload.on === 'string' ? { earliestOf: 'effective' as const } : {}) },
    )
  },
  examples: {
    holds: [
      { name: '没有正在办理的变动', given: (f) => f, says: '不以另一件文件的施行为前提' },
      {
        name: '所依的文件被撤销，由系统收回',
        given: (f) =>
          withExternal(
            withCommand(
              f,
              'RestoreForce',
              { event: 1, byDocument: 'doc-act' },
              { person: null, unit: null, roles: ['system'] },
            ),
            { act: { ...act, events: [{ kind: 'annulled', on: '2026-07-12' }] } },
          ),
        says: '随之收回',
      },
      { name: '与新办法同日废止', given: (f) => repealing(f, '2026-07-10'), says: '可以作出变动' },
      { name: '新办法施行以后的某日废止', given: (f) => repealing(f, '2026-12-31'), says: '有效' },
      {
        name: '新办法先被撤销，撤销又被收回',
        given: (f) =>
          repealing(f, '2026-07-20', {
            events: [
              { kind: 'annulled', on: '2026-07-11' },
              { kind: 'restored', on: '2026-07-14', undoes: 1 },
            ],
          }),
        says: '可以作出变动',
      },
      {
        name: '导入的文件没有载明施行日期，以公布之日计',
        given: (f) => repealing(f, '2026-07-01', { effectiveDate: null, validUntil: null }),
        says: '可以作出变动',
      },
    ],
    refused: [
      {
        name: '废止早于新办法的施行之日',
        given: (f) => repealing(f, '2026-07-01'),
        says: '自2026年7月10日（星期五）起施行',
      },
      {
        name: '新办法已被撤销',
        given: (f) => repealing(f, '2026-07-20', { events: [{ kind: 'annulled', on: '2026-07-12' }] }),
        says: '自始无效',
      },
      {
        name: '新办法在此之前已经废止',
        given: (f) => repealing(f, '2026-12-01', { events: [{ kind: 'repealed', on: '2026-09-01' }] }),
        says: '不再有效',
      },
      { name: '有效期届满以后', given: (f) => repealing(f, '2031-07-10'), says: '自2031年7月10日' },
      {
        name: '新办法停止执行期间',
        given: (f) => repealing(f, '2026-08-01', { events: [{ kind: 'suspended', on: '2026-07-20' }] }),
        says: '停止执行，其间不能据以变动',
      },
      {
        name: '没有公布的文件废止已经公布的文件',
        given: (f) => repealing(f, '2026-08-01', { disclosure: 'closed' }),
        says: '没有主动公开',
      },
      { name: '登记库中没有', given: (f) => repealing(f, '2026-07-10', null), says: '须已经公布' },
    ],
  },
}
