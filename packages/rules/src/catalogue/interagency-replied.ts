import { addDays } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { type Facts, type InteragencyItem, latestAskedOf } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { onDay, withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName } from '../words.ts'

/** 各单位最近一轮的征求记录。 */
export const latestAsked = (f: Facts): InteragencyItem[] => latestAskedOf(f.dossier)

const unanswered = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    interagency: d.interagency.map((i) => (i.unit === 'hy-finance' ? { ...i, opinion: null } : i)),
  }))
const silentConsent = (f: Facts): Facts =>
  withPack(f, {
    interagency: { ...f.pack.interagency, silenceIsConsent: { ...f.pack.interagency.silenceIsConsent, value: true } },
  })

export const interagencyReplied: Rule = {
  id: 'interagency.replied',
  title: '被征求意见的部门均已答复，或者依规定视为无意见并予说明',
  severity: 'block',
  basis: source.officialPapers('第十九条第（六）项'),
  by: [roleLabels.department_contact],
  judge: (f) => {
    const { silenceIsConsent, replyDays } = f.pack.interagency
    const asked = latestAsked(f)
    const more = { alsoBasis: replyDays.source }
    if (asked.length === 0) return holds('没有征求其他部门意见；内容涉及其他部门职权的，应当征求', more)
    const open = asked.filter((i) => !i.opinion)
    if (open.length === 0) return holds(`${asked.length}个单位均已答复`, more)
    const waiting = open.filter((i) => !silenceIsConsent.value || i.dueOn >= f.today)
    const silent = open.filter((i) => !waiting.includes(i))
    const disclosed =
      silent.length > 0
        ? `；${silent.map((i) => `${unitName(f, i.unit)}逾期（${day(i.dueOn)}）未答复，视为无意见，须在起草说明中写明`).join('；')}${mark(silenceIsConsent)}`
        : ''
    if (waiting.length === 0) return holds(`已答复${asked.length - open.length}个单位${disclosed}`, more)
    const names = waiting.map((i) =>
      i.dueOn < f.today
        ? `${unitName(f, i.unit)}（应于${day(i.dueOn)}前答复，已逾期）`
        : `${unitName(f, i.unit)}（答复期限至${day(i.dueOn)}）`,
    )
    const last = waiting
      .map((i) => i.dueOn)
      .sort()
      .at(-1)
    const earliest = silenceIsConsent.value && last !== undefined ? addDays(last, 1) : undefined
    const consent = earliest ? `；逾期不答复的，自${day(earliest)}起视为无意见` : '；逾期不答复不视为同意，请催办'
    return fails(`尚未答复：${names.join('、')}${consent}${mark(replyDays, silenceIsConsent)}${disclosed}`, {
      ...more,
      by: waiting.map((i) => `${unitName(f, i.unit)}${roleLabels.department_contact}`),
      ...(earliest ? { earliest } : {}),
    })
  },
  examples: {
    holds: [
      { name: '均已答复', given: (f) => f, says: '2个单位均已答复' },
      { name: '没有征求部门意见', given: (f) => withDossier(f, { interagency: [] }), says: '没有征求其他部门意见' },
      {
        name: '规定逾期视为无意见，期限已过',
        given: (f) => silentConsent(unanswered(f)),
        says: '视为无意见，须在起草说明中写明',
      },
    ],
    refused: [
      { name: '财政局没有答复', given: unanswered, says: '海原县财政局（应于2026年3月20日（星期五）前答复，已逾期）' },
      {
        name: '视为无意见的期限未到',
        given: (f) => onDay(silentConsent(unanswered(f)), '2026-03-20'),
        says: '自2026年3月21日（星期六）起视为无意见',
      },
      {
        name: '第二轮征求以后没有再答复',
        given: (f) =>
          withDossier(f, (d) => ({
            interagency: d.interagency.concat(
              d.interagency.filter((i) => i.unit === 'hy-market').map((i) => ({ ...i, round: 2, opinion: null })),
            ),
          })),
        says: '海原县市场监督管理局',
      },
    ],
  },
}
