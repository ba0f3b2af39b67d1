import { daysBetween } from '@dianzhang/calendar'
import { roleLabels, type Track, trackLabels } from '@dianzhang/contract'
import { amount, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { filingNow, onDay, withDossier } from '../patch.ts'
import { filingDue, filingParams, filingTimes } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { assumed, day } from '../words.ts'

const filing = (f: Facts, track: Track, today: string): Facts => filingNow(onDay(f, today), { track })

/** 报上级政府一轨的历次记录。 */
const recorded = (f: Facts, ...steps: Array<[status: 'filed' | 'returned' | 'supplementing', on: string]>): Facts =>
  withDossier(f, (d) => ({
    filings: {
      ...d.filings,
      government: d.filings.government && {
        ...d.filings.government,
        status: steps.at(-1)?.[0] ?? 'due',
        history: steps.map(([status, on]) => ({ status, on, note: null })),
      },
    },
  }))

export const filingInTime: Rule = {
  id: 'filing.in-time',
  title: '自公布之日起在规定期限内报送备案',
  severity: 'warn',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { publication } = f.dossier
    const only = f.command?.payload.track
    const params = filingParams(f).filter((p) => only === undefined || p.track === only)
    if (params.length === 0) return holds('本层级的文件不须向该单位报送备案')
    if (!publication) return holds('文件尚未公布，报送期限尚未起算', basedOn(params.flatMap((p) => p.deadline.source)))
    const judged = params.flatMap((param) => {
      const due = filingDue(f, param.track)
      if (!due) return []
      const times = filingTimes(f, param.track)
      // 正在报送的以今日论；退回的、逾期没有补正的不算已经报送。
      const filedOn = f.command?.type === 'FileDocument' ? null : (times?.filedOn ?? null)
      const on = filedOn ?? f.today
      const span = `${trackLabels[param.track]}：${day(publication.publishedOn)}公布，${amount(param.deadline)}内即${day(due.due)}以前报送${mark(param.deadline)}`
      const { materials, copies } = param
      const package_ =
        filedOn || materials.value.length === 0
          ? ''
          : `；报送${materials.value.join('、')}${copies.value === null ? '' : `，纸质一式${copies.value}份`}${mark(materials)}`
      const late = on > due.due
      const again =
        times?.returnedOn && !filedOn
          ? `；${day(times.returnedOn)}退回，先前的报送不算${times.resubmitBy ? `，应于${day(times.resubmitBy)}以前重新报送${mark(param.resubmit)}` : ''}`
          : times?.supplementBy && !filedOn && f.command?.type !== 'FileDocument'
            ? `；${day(times.supplementBy)}以前应当补正而没有补正，先前的报送不算`
            : ''
      return [
        {
          due,
          late,
          text:
            (late
              ? `${span}，${filedOn ? `${day(on)}报送` : day(on)}已经超期${daysBetween(due.due, on)}日`
              : filedOn
                ? `${span}，已于${day(filedOn)}报送`
                : `${span}${package_}`) + again,
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
        name: '退回以后在原来的期限之内重新报送',
        given: (f) => recorded(f, ['filed', '2026-06-01'], ['returned', '2026-06-02'], ['filed', '2026-06-03']),
        says: '已于2026年6月3日',
      },
      {
        name: '按要求及时补正，仍以先前报送之日计',
        given: (f) => recorded(f, ['filed', '2026-06-01'], ['supplementing', '2026-06-02'], ['filed', '2026-06-03']),
        says: '已于2026年6月1日',
      },
      {
        name: '部门文件不报人大常委会',
        given: (f) => filing(withDossier(f, { tier: 'department' }), 'npc', '2026-12-01'),
        says: '不须',
      },
    ],
    refused: [
      {
        name: '按时报送，被退回，至今没有重新报送：不算按时',
        given: (f) => onDay(recorded(f, ['filed', '2026-06-01'], ['returned', '2026-06-20']), '2026-07-05'),
        says: /超期10日.*退回，先前的报送不算，应于2026年7月6日.*以前重新报送/,
      },
      {
        name: '退回后重新报送，已过原来的期限',
        given: (f) =>
          onDay(
            recorded(f, ['filed', '2026-06-01'], ['returned', '2026-06-20'], ['filed', '2026-06-29']),
            '2026-07-05',
          ),
        says: '2026年6月29日（星期一）报送已经超期4日',
      },
      {
        name: '要求补正而逾期没有补正',
        given: (f) => onDay(recorded(f, ['filed', '2026-06-01'], ['supplementing', '2026-06-05']), '2026-07-05'),
        says: '没有补正，先前的报送不算',
      },
      { name: '第31日才报送（只作提示）', given: (f) => filing(f, 'government', '2026-06-26'), says: '已经超期' },
    ],
  },
}
