import { roleLabels, type Track, trackLabels } from '@dianzhang/contract'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import { filingDue, filingParams } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { amount, assumed, day, mark } from '../words.ts'

const filing = (f: Facts, track: Track, today: string): Facts =>
  withCommand(onDay(withDossier(f, { filings: {} }), today), 'FileDocument', { track })

export const filingInTime: Rule = {
  id: 'filing.in-time',
  title: '自公布之日起在规定期限内报送备案',
  severity: 'warn',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { publication, filings } = f.dossier
    const only = f.command?.payload.track
    const params = filingParams(f).filter((p) => only === undefined || p.track === only)
    if (params.length === 0) return holds('本层级的文件不须向该单位报送备案')
    if (!publication) return holds('文件尚未公布，报送期限尚未起算', basedOn(params.flatMap((p) => p.deadline.source)))
    const judged = params.flatMap((param) => {
      const due = filingDue(f, param.track)
      if (!due) return []
      const filedOn = filings[param.track]?.filedOn
      const on = filedOn ?? f.today
      const span = `${trackLabels[param.track]}：${day(publication.publishedOn)}公布，${amount(param.deadline)}内即${day(due.due)}以前报送${mark(param.deadline)}`
      const { materials, copies } = param
      const package_ =
        filedOn || materials.value.length === 0
          ? ''
          : `；报送${materials.value.join('、')}${copies.value === null ? '' : `，纸质一式${copies.value}份`}${mark(materials)}`
      const late = on > due.due
      return [
        {
          due,
          late,
          text: late
            ? `${span}，${filedOn ? `${day(on)}报送` : day(on)}已经超期`
            : filedOn
              ? `${span}，已于${day(filedOn)}报送`
              : `${span}${package_}`,
        },
      ]
    })
    const more = {
      ...basedOn(params.flatMap((p) => p.deadline.source)),
      trace: judged[0]?.due.trace ?? [],
      ...(judged.some((j) => j.due.provisional) ? { provisional: true } : {}),
    }
    const text = judged.map((j) => j.text).join('；') + assumed(...judged.map((j) => j.due))
    return judged.some((j) => j.late) ? fails(text, more) : holds(text, more)
  },
  examples: {
    holds: [
      { name: '两个轨道均按时报送', given: (f) => f, says: '2026年6月25日（星期四）以前报送' },
      { name: '尚未公布', given: (f) => withDossier(f, { publication: null }), says: '尚未起算' },
      { name: '最后一日报送', given: (f) => filing(f, 'government', '2026-06-25'), says: '30日内' },
      {
        name: '部门文件不报人大常委会',
        given: (f) => filing(withDossier(f, { tier: 'department' }), 'npc', '2026-12-01'),
        says: '不须',
      },
    ],
    refused: [
      { name: '第31日才报送（只作提示）', given: (f) => filing(f, 'government', '2026-06-26'), says: '已经超期' },
    ],
  },
}
