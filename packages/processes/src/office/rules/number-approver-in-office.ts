import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberApproverInOffice: OfficeRule = {
  id: 'number.approver-in-office',
  title: '批准人是在职的人员',
  severity: 'block',
  basis: source.design('号码作废须有理由与批准人'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { approver } = f.state
    if (approver === undefined) return holds('尚不知道所办的内容')
    return approver.active
      ? holds(`批准人${approver.name}在职`)
      : fails(`批准人“${approver.name}”不是名册中的在职人员，请从名册中选定具体的人`)
  },
  examples: {
    holds: [
      {
        name: '批准人在职',
        given: (f) =>
          during(
            f,
            'ReleaseReservation',
            { approver: 'p-leader' },
            { approver: { id: 'p-leader', name: '县长', active: true } },
          ),
      },
    ],
    refused: [
      {
        name: '批准人已停用',
        given: (f) =>
          during(
            f,
            'ReleaseReservation',
            { approver: 'p-left' },
            { approver: { id: 'p-left', name: '前任县长', active: false } },
          ),
        says: '不是名册中的在职人员',
      },
    ],
  },
}
