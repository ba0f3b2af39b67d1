// 归档：所写的档号没有给过别的文件。一个档号只指一件。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

const numbered = (f: Facts, archiveNo: string, of: Facts['external']['archiveNumberOf']): Facts =>
  withExternal(withCommand(f, 'ArchiveFile', { retention: '永久', archiveNo }), { archiveNumberOf: of ?? null })

export const archiveNumberFree: Rule = {
  id: 'archive.number-free',
  title: '档号没有给过别的文件',
  severity: 'block',
  basis: source.archivalCodes('第4.1条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const number = f.command?.type === 'ArchiveFile' ? f.command.payload.archiveNo : undefined
    if (!filled(number)) return holds('没有写档号，可以以后由档案机构编')
    const of = f.external.archiveNumberOf
    if (of)
      return fails(`档号${number.trim()}已经给了《${of.title}》；一个档号只指一件，请换一个`, {
        alsoBasis: [source.archiveArrangement('第5.4条')],
      })
    return holds(`档号${number.trim()}没有用过`)
  },
  examples: {
    holds: [
      { name: '没有写档号', given: (f) => withCommand(f, 'ArchiveFile', { retention: '永久' }), says: '没有写档号' },
      { name: '没有用过', given: (f) => numbered(f, 'Z001-WS·2026-Y-0001', null), says: '没有用过' },
    ],
    refused: [
      {
        name: '已经给了另一件',
        given: (f) => numbered(f, 'Z001-WS·2026-Y-0001', { title: '海原县集中供水管理办法' }),
        says: '已经给了《海原县集中供水管理办法》',
      },
    ],
  },
}
