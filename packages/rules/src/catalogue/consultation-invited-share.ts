// 定向征求意见中经营主体与行业协会商会的比例；本地没有规定比例的不核对。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withExternal, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'

const wanting = (f: Facts, value: number): Facts =>
  withPack(classified(f, { enterpriseRelated: true }), {
    consultation: { ...f.pack.consultation, enterpriseShare: { ...f.pack.consultation.enterpriseShare, value } },
  })

export const consultationInvitedShare: Rule = {
  id: 'consultation.invited-share',
  title: '涉企文件定向征求意见，经营主体与行业协会商会达到规定的比例',
  severity: 'block',
  basis: source.privateEconomy('第四十五条第一款'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { enterpriseShare } = f.pack.consultation
    const also = basedOn(enterpriseShare.source)
    const { total, enterprises } = f.external.invitations ?? { total: 0, enterprises: 0 }
    if (!f.dossier.classification.enterpriseRelated) return holds('不是涉企文件', also)
    if (enterpriseShare.value === null) return holds('本地没有规定定向征求意见中经营主体的比例', also)
    const wanted = `经营主体与行业协会商会不少于百分之${enterpriseShare.value}${mark(enterpriseShare)}`
    if (total === 0) return fails(`尚未定向征求意见；其中${wanted}`, also)
    if (enterprises * 100 < enterpriseShare.value * total)
      return fails(`定向征求${total}家，其中经营主体与行业协会商会${enterprises}家；${wanted}`, also)
    return holds(`定向征求${total}家，其中经营主体与行业协会商会${enterprises}家`, also)
  },
  examples: {
    holds: [
      { name: '没有规定比例', given: (f) => classified(f, { enterpriseRelated: true }), says: '没有规定' },
      { name: '不是涉企文件', given: (f) => classified(f, { enterpriseRelated: false }), says: '不是涉企文件' },
      {
        name: '达到比例',
        given: (f) => withExternal(wanting(f, 30), { invitations: { total: 10, enterprises: 3 } }),
        says: '其中经营主体与行业协会商会3家',
      },
    ],
    refused: [
      { name: '没有邀请', given: (f) => wanting(f, 30), says: '尚未定向征求意见' },
      {
        name: '不足比例',
        given: (f) => withExternal(wanting(f, 30), { invitations: { total: 10, enterprises: 2 } }),
        says: '不少于百分之30',
      },
    ],
  },
}
