// 公开的附件逐份选定：留存的原始文件从不公开；说好随文件公布的不能漏下；带着修订、批注的先处理。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, FileFact } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const file = (name: string, change: Partial<FileFact> = {}): FileFact => ({
  name,
  sha256: `sha-${name}`,
  use: 'published',
  problem: null,
  ...change,
})
const given = (f: Facts, files: FileFact[], chosen?: string[]): Facts =>
  withCommand(withExternal(f, { files }), 'Publish', chosen ? { files: chosen } : {})
const names = (list: readonly FileFact[]): string => list.map(({ name }) => `“${name}”`).join('、')

export const publicationFilesChosen: Rule = {
  id: 'publication.files-chosen',
  title: '公开的附件逐份选定，不带修订、批注与隐藏内容',
  severity: 'block',
  basis: source.design('约定：附件逐份选定后公开'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const files = f.external.files ?? []
    if (files.length === 0) return holds('没有附件')
    const asked = f.command?.type === 'Publish' ? f.command.payload.files : undefined
    const chosen = Array.isArray(asked) ? (asked as string[]) : null
    const isChosen = (x: FileFact): boolean => chosen?.some((one) => one === x.name || one === x.sha256) === true
    const secret = files.filter((x) => x.use === 'source' && isChosen(x))
    if (secret.length > 0)
      return fails(`${names(secret)}是留存的原始文件，不公开；确需公开的，应当另行整理为随文件公布的附件`)
    const spoiled = files.filter((x) => isChosen(x) && x.problem !== null)
    if (spoiled.length > 0) return fails(spoiled.map((x) => `“${x.name}”${x.problem}`).join('；'))
    const left = files.filter((x) => x.use === 'published' && !isChosen(x))
    if (left.length > 0) return fails(`${names(left)}是随文件公布的附件，请逐份选定；没有选定的不公开`)
    const undecided = files.filter((x) => x.use === null && !isChosen(x))
    if (undecided.length > 0) return fails(`${names(undecided)}没有选定，公布后不公开，只作留存`, { severity: 'warn' })
    const open = files.filter(isChosen)
    return holds(open.length > 0 ? `公开的附件：${names(open)}` : '附件都是留存的原始文件，不公开')
  },
  examples: {
    holds: [
      { name: '没有附件', given: (f) => given(f, []), says: '没有附件' },
      { name: '原始的 Word 文件留存', given: (f) => given(f, [file('底稿.docx', { use: 'source' })]), says: '不公开' },
      {
        name: '随文件公布的附件已经选定',
        given: (f) => given(f, [file('补助标准表.xlsx'), file('底稿.docx', { use: 'source' })], ['补助标准表.xlsx']),
        says: '公开的附件：“补助标准表.xlsx”',
      },
      { name: '按摘要选定', given: (f) => given(f, [file('表.pdf', { use: null })], ['sha-表.pdf']) },
    ],
    refused: [
      {
        name: '随文件公布的附件没有选定',
        given: (f) => given(f, [file('补助标准表.xlsx')]),
        says: '请逐份选定',
      },
      {
        name: '选定了留存的原始文件',
        given: (f) => given(f, [file('底稿.docx', { use: 'source' })], ['底稿.docx']),
        says: '“底稿.docx”是留存的原始文件，不公开',
      },
      {
        name: '选定的附件带着修订',
        given: (f) =>
          given(
            f,
            [file('补助标准表.docx', { problem: '含有没有接受或者拒绝的修订，请处理以后重新上传' })],
            ['补助标准表.docx'],
          ),
        says: '“补助标准表.docx”含有没有接受或者拒绝的修订',
      },
      {
        name: '没有写明用途、也没有选定的（只作提示）',
        given: (f) => given(f, [file('申请表.txt', { use: null })]),
        says: '公布后不公开',
      },
    ],
  },
}
