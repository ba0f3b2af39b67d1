// The words of real lists, and words that look like others.
import { describe, expect, it } from 'vitest'
import { outcomeIn, outcomeWord } from './outcome-word.ts'

const words: Record<string, string> = {
  keep: '继续有效 保留 拟保留 建议保留 暂时保留 暂予保留 予以保留 继续保留 继续执行 继续实施 继续施行 继续适用 现行有效 有效 有效期内 仍然有效 长期有效 沿用 无需修改 无须修改 不需要修改 暂不修改 不作修改 不予修改 不予废止 暂不废止 暂缓废止 未失效 尚未失效，继续有效 继续有效至有效期届满 有效期届满前继续有效 继续有效，到期自动失效 保留（到期后自行失效） 继续有效（有效期至2027年12月31日） 保留，无需修改 经清理继续有效 宣布继续有效 延续有效 尚未到期，继续有效 KEEP 有效期未届满，继续有效 尚未届满 未过期 未超过有效期，继续执行 尚未过有效期 无需废止或修改 保持不变 维持不变 维持有效 不作调整 留用 建议留用 留',
  amend:
    '修改 拟修改 建议修改 需修改 需要修改 予以修改 应予修改 修订 拟修订 予以修订 建议修订 修正 修改完善 修改后保留 修改后继续有效 保留并修改 继续有效（修改） 继续有效，建议修改 部分条款修改 部分废止 部分条款失效 废止部分条款 打包修改 一揽子修改 有效（待修改） 不废止，修改 个别条款废止 有关条款失效 其中第三条废止 继续有效，其中第三条废止 第五条予以废止 废止第七条 除第五条外继续有效 改',
  repeal:
    '废止 拟废止 建议废止 予以废止 应予废止 宣布废止 明令废止 公布废止 决定废止 全文废止 作废 废除 废止（已有新文件代替） 废止（已失效） 拟废止，已被新办法取代 废止并重新制定 不再保留，予以废止 废止或宣布失效 不予保留，废止 废止（由《海原县物业管理办法》代替） 废',
  lapse:
    '失效 宣布失效 拟失效 拟宣布失效 建议宣布失效 建议失效 自行失效 自然失效 宣布失效（有效期已满） 执行完毕 已执行完毕 任务已完成 实施期满 适用期已过 到期失效 期满自动失效 有效期届满失效',
  already_gone:
    '已失效 已废止 已被废止 已经废止 已宣布失效 已自然失效 已自动失效 清理时已废止、失效 清理时已失效 有效期届满 有效期已满 已到期 已过期 已过有效期 有效期已过 已明令废止 已作废',
  ended:
    '停止执行 终止执行 不再执行 已不再执行 停止实施 停止适用 停止使用 不再有效 不再继续有效 不予保留 不保留 不再保留 已不适用 无效 失去效力 已被《新办法》代替 被新办法取代 取消 停用',
  null: '另行研究 待定 再议 暂缓清理意见 非规范性文件 转为政策性文件 见附件 同意 撤销 — 废止或修改 修改或者废止 保留或废止 延长有效期 续期 重新制定',
}
describe('what the words decide', () => {
  for (const [wanted, list] of Object.entries(words))
    it.each(list.split(' '))(`${wanted}: %s`, (says) => {
      expect(String(outcomeWord(says))).toBe(wanted)
      // Width, spaces and quotation marks do not matter.
      expect(String(outcomeWord(` “${[...says].join(' ')}” `))).toBe(wanted)
    })
  it('what only ends, or ended, is told by the section it stands in; what is kept there is not', () => {
    expect(outcomeIn('lapse', 'already_gone')).toBe('lapse')
    expect(outcomeIn('already_gone', 'repeal')).toBe('already_gone')
    expect(outcomeIn('repeal', 'ended')).toBe('repeal')
    expect(outcomeIn('keep', 'ended')).toBe(null)
    expect(outcomeIn('keep', 'repeal')).toBe('repeal')
    expect(outcomeIn('amend', 'lapse')).toBe('lapse')
    expect(outcomeIn('repeal', 'keep')).toBe('keep')
    expect(outcomeIn(null, 'lapse')).toBe('lapse')
    expect(outcomeIn('repeal', null)).toBe(null)
  })
})
