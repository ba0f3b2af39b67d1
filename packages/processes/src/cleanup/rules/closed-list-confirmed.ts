import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { decided, dossier, external } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

export const closedListConfirmed: CleanupRule = {
  id: 'cleanup.closed-list-confirmed',
  title: '未列入的停止执行，公布以前逐件确认；不悄悄清除',
  severity: 'block',
  basis: source.huayuan2024('未列入目录的文件'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: { closedList, unlistedConfirmed }, external: { unlisted } }) => {
    if (!closedList) return holds('没有附“未列入的停止执行”，未列入的照旧')
    if (unlisted.length === 0)
      return holds(unlistedConfirmed > 0 ? `未列入的都已确认（${unlistedConfirmed}件）` : '范围内没有未列入的文件')
    const first = unlisted.slice(0, 5).map((x) => `《${x.title}》${x.number ? `（${x.number}）` : ''}`)
    return fails(
      `登记库中还有${unlisted.length}件在此范围而没有列入：${first.join('、')}${unlisted.length > 5 ? '等' : ''}；请逐件确认，或者补报后列入下次清理`,
    )
  },
  examples: {
    holds: [
      { name: '没有附', given: decided, says: '照旧' },
      { name: '都已确认', given: (f) => dossier(decided(f), { closedList: true, unlistedConfirmed: 2 }), says: '2件' },
    ],
    refused: [
      {
        name: '有一件没有确认',
        given: (f) =>
          external(dossier(decided(f), { closedList: true }), {
            unlisted: [{ entry: 'e-9', title: '海原县旧办法', number: '海政发〔2001〕3号' }],
          }),
        says: '海原县旧办法',
      },
    ],
  },
}
