import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const payload = { act: '物业管理条例', address: '第十二条第二款' }
export const mandateAsWritten: OfficeRule = {
  id: 'mandate.as-written',
  title: '授权条款的原文与登记库中的全文一致',
  severity: 'block',
  basis: source.design('应制定的文件据上位法的原文列出；登记库有全文的，以全文为准'),
  by: ['合法性审核人', '政府办公室文秘'],
  judge: ({ state: { mandate } }) => {
    if (!mandate) return holds('尚不知道所办的内容')
    if (!mandate.text) return holds('登记库没有该法全文，原文由确认的人照录')
    return mandate.quoted
      ? holds('原文在登记库的全文中')
      : fails('登记库中这部上位法的全文没有这一句；请照全文抄录，或者核对是哪一部、哪一条')
  },
  examples: {
    holds: [
      {
        name: '原文在全文中',
        given: (f) => during(f, 'JudgeMandate', payload, { mandate: { text: true, quoted: true, same: false } }),
      },
      {
        name: '登记库没有全文',
        given: (f) => during(f, 'JudgeMandate', payload, { mandate: { text: false, quoted: false, same: false } }),
      },
    ],
    refused: [
      {
        name: '全文没有这一句',
        given: (f) => during(f, 'JudgeMandate', payload, { mandate: { text: true, quoted: false, same: false } }),
        says: '没有这一句',
      },
    ],
  },
}
