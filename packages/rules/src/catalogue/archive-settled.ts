// 归档以前：规则包列为不得归档的事项都已办结，卷内才收集齐全。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { openItems } from '../open-tracks.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const archiving = (f: Facts): Facts => withCommand(f, 'ArchiveFile', { retention: '永久' })
/** 报上级政府的备案到了这一步。 */
const filingAt = (f: Facts, status: 'correction' | 'supplementing' | 'registered' | 'closed'): Facts =>
  withDossier(archiving(f), (d) => ({
    filings: { ...d.filings, government: d.filings.government && { ...d.filings.government, status } },
  }))

export const archiveSettled: Rule = {
  id: 'archive.settled',
  title: '归档以前，纠正意见、备案补正等都已办结',
  severity: 'block',
  basis: source.archivesRegulation('第十九条第一款'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { openBlocks } = f.pack.archive
    const more = basedOn([
      source.archivesRegulation('第十九条第一款'),
      ...openBlocks.source,
      source.majorDecision('第三十三条'),
    ])
    if (f.command?.type !== 'ArchiveFile') return holds('没有正在归档', more)
    const open = openItems(f).filter(({ track }) => openBlocks.value.includes(track))
    if (open.length === 0) return holds('没有须先办结的事项', more)
    return fails(`还没有办结：${open.map(({ text }) => text).join('、')}；办结以后再归档，卷内才收集齐全`, more)
  },
  examples: {
    holds: [
      {
        name: '备案已经登记，还没有办结：不在此列',
        given: (f) => filingAt(f, 'registered'),
        says: '没有须先办结的事项',
      },
      { name: '备案已经办结', given: (f) => filingAt(f, 'closed'), says: '没有须先办结的事项' },
      {
        name: '有建议审查没有办结：只提示',
        given: (f) => withExternal(archiving(f), { openMatters: [{ track: 'suggestion', count: 1 }] }),
        says: '没有须先办结的事项',
      },
    ],
    refused: [
      { name: '备案机关的纠正意见没有办结', given: (f) => filingAt(f, 'correction'), says: '报上级政府备案（纠正中）' },
      { name: '备案机关要求补正', given: (f) => filingAt(f, 'supplementing'), says: '报上级政府备案（补正中）' },
      {
        name: '本地规定建议审查办结以前不得归档',
        given: (f) => {
          const { archive } = f.pack
          const openBlocks = { ...archive.openBlocks, value: [...archive.openBlocks.value, 'suggestion' as const] }
          return withExternal(
            { ...archiving(f), pack: { ...f.pack, archive: { ...archive, openBlocks } } },
            { openMatters: [{ track: 'suggestion', count: 2 }] },
          )
        },
        says: '建议审查2件',
      },
    ],
  },
}
