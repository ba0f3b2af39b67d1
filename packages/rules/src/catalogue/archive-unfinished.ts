// 归档以前：规则包列为提示的事项还没有办结的，逐项说明；可以归档，其后形成的材料另行补入。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { openItems } from '../open-tracks.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const archiving = (f: Facts): Facts => withCommand(f, 'ArchiveFile', { retention: '永久' })
/** 只有报上级政府的一轨，到了这一步。 */
const filingAt = (f: Facts, status: 'filed' | 'correction'): Facts =>
  withDossier(archiving(f), ({ filings: { government } }) => ({
    filings: { government: government && { ...government, status } },
  }))
const filed = (f: Facts): Facts => withDossier(archiving(f), { filings: {} })

export const archiveUnfinished: Rule = {
  id: 'archive.unfinished',
  title: '归档时说明备案、建议审查等还没有办结的事项',
  severity: 'warn',
  basis: source.archivesRegulation('第十九条第一款'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { openBlocks, openWarns } = f.pack.archive
    const more = basedOn([
      source.archivesRegulation('第十九条第一款'),
      ...openWarns.source,
      source.majorDecision('第三十三条'),
    ])
    if (f.command?.type !== 'ArchiveFile') return holds('没有正在归档', more)
    const open = openItems(f).filter(
      ({ track }) => openWarns.value.includes(track) && !openBlocks.value.includes(track),
    )
    if (open.length === 0) return holds('没有未了的事项，卷内已经收集齐全', more)
    return fails(`还没有办结：${open.map(({ text }) => text).join('、')}；此后形成的材料不在这一卷内`, more)
  },
  examples: {
    holds: [
      { name: '都已办结', given: filed, says: '卷内已经收集齐全' },
      {
        name: '纠正意见没有办结：另有规则不许归档，不在这里重说',
        given: (f) => filingAt(f, 'correction'),
        says: '没有未了的事项',
      },
    ],
    refused: [
      { name: '备案没有办结', given: (f) => filingAt(f, 'filed'), says: '报上级政府备案（已报送）' },
      {
        name: '建议审查、后评估、核查各有没有办结的',
        given: (f) =>
          withExternal(filed(f), {
            openMatters: [
              { track: 'suggestion', count: 1 },
              { track: 'evaluation', count: 1 },
              { track: 'impact_check', count: 2 },
            ],
          }),
        says: '建议审查1件、后评估1件、上位法变动的核查2件',
      },
      {
        name: '公众意见的原文没有公开',
        given: (f) => withExternal(filed(f), { comments: { total: 12, undisposed: 0, unpublished: 1 } }),
        says: '公众意见的原文没有公开',
      },
    ],
  },
}
