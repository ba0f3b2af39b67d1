import { daysBetween } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { amount, latestPack, mark, source } from '@dianzhang/packs'
import type { Facts, HearingRecord } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withDossier, withPack } from '../patch.ts'
import { latestStart } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

const hearing = (f: Facts, change: Partial<HearingRecord>): Facts =>
  withDossier(f, (d) => ({ hearings: d.hearings.map((h) => ({ ...h, ...change })) }))

/** 烟台列有应当听证的四种情形。 */
const inYantai = (f: Facts): Facts =>
  withPack(withDossier(f, { hearings: [] }), { hearing: latestPack('370600', f.today)?.hearing ?? f.pack.hearing })

export const hearingHeld: Rule = {
  id: 'hearing.held',
  title: '已公告或者依法应当听证的，已经举行并有笔录，材料提前送达',
  severity: 'block',
  basis: source.majorDecision('第十六条、第十七条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { hearings, classification } = f.dossier
    const { materialsBefore, announceBefore } = f.pack.hearing
    const also = { alsoBasis: [...materialsBefore.source, ...announceBefore.source] }
    const last = hearings.at(-1)
    if (!last) {
      if (classification.hearingRequired) return fails('法律、法规、规章规定应当听证，尚未公告和举行', also)
      const { requiredWhen } = f.pack.hearing
      // 本地列有应当听证的情形：影响权利义务的文件须写明是否属于，不能不答。
      if (requiredWhen.value.length > 0 && classification.affectsRights) {
        const cases = `本地规定应当听证的情形：${requiredWhen.value.join('、')}${mark(requiredWhen)}`
        const local = basedOn([...requiredWhen.source, source.majorDecision('第十六条')])
        return classification.hearingRequired === undefined
          ? fails(`${cases}；请在分类中写明本件是否属于（应当听证：是或者否）`, { ...local, by: [roleLabels.drafter] })
          : holds(`${cases}；分类已写明本件不属于`, local)
      }
      return holds('不属于应当听证的文件，也没有公告听证', also)
    }
    if (last.heldOn === null && last.planned)
      return fails(`听证会定于${day(last.planned.on)}举行，举行以后自会记入本件`, {
        ...also,
        earliest: last.planned.on,
      })
    if (last.heldOn === null) return fails(`已于${day(last.announcedOn)}公告听证会，尚未举行`, also)
    if (last.heldOn > f.today)
      return fails(`听证会定于${day(last.heldOn)}，尚未举行`, { ...also, earliest: last.heldOn })
    if (!filled(last.record)) return fails(`${day(last.heldOn)}举行的听证会没有笔录`, also)
    const latest = latestStart(f, last.heldOn, materialsBefore)
    if (last.materialsSentOn === null)
      return fails(
        `没有听证材料送达记录；应当在听证会${amount(materialsBefore)}前（${day(latest)}以前）送达${mark(materialsBefore)}`,
        also,
      )
    const ahead = daysBetween(last.materialsSentOn, last.heldOn)
    if (last.materialsSentOn > latest) {
      return fails(
        `听证材料于${day(last.materialsSentOn)}送达，距听证会仅${ahead}日，应当提前${amount(materialsBefore)}（${day(latest)}以前）送达${mark(materialsBefore)}`,
        also,
      )
    }
    const notice = daysBetween(last.announcedOn, last.heldOn)
    const announceBy = latestStart(f, last.heldOn, announceBefore)
    const short =
      last.announcedOn > announceBy
        ? `；公告距举行${notice}日，应当提前${amount(announceBefore)}（${day(announceBy)}以前）公告${announceBefore.note?.includes('参照') ? '，参照执行时请注意' : ''}`
        : ''
    return holds(`听证会已于${day(last.heldOn)}举行，有笔录，材料提前${ahead}日送达${short}`, also)
  },
  examples: {
    holds: [
      { name: '依法举行', given: (f) => f, says: '材料提前17日送达' },
      {
        name: '烟台：已写明不属于应当听证的情形',
        given: (f) => classified(inYantai(f), { hearingRequired: false }),
        says: '分类已写明本件不属于',
      },
      { name: '不须听证', given: (f) => withDossier(f, { hearings: [] }), says: '不属于应当听证' },
    ],
    refused: [
      {
        name: '应当听证而没有举行',
        given: (f) => withDossier(classified(f, { hearingRequired: true }), { hearings: [] }),
        says: '应当听证',
      },
      { name: '公告了没有举行', given: (f) => hearing(f, { heldOn: null }), says: '尚未举行' },
      {
        name: '材料只提前三日送达',
        given: (f) => hearing(f, { materialsSentOn: '2026-04-17' }),
        says: '仅3日，应当提前10个工作日（2026年4月6日（星期一）以前）',
      },
      { name: '没有笔录', given: (f) => hearing(f, { record: null }), says: '没有笔录' },
      { name: '定于以后举行', given: (f) => hearing(f, { heldOn: '2026-06-30' }), says: '2026年6月30日（星期二）' },
      {
        name: '烟台：没有写明是否属于应当听证的情形',
        given: (f) => {
          const { hearingRequired: _, ...unanswered } = f.dossier.classification
          return withDossier(inYantai(f), { classification: unanswered })
        },
        says: '重大利益调整',
      },
    ],
  },
}
