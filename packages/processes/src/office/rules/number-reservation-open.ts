import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberReservationOpen: OfficeRule = {
  id: 'number.reservation-open',
  title: '所指的是还没有使用、没有作废的预留号',
  severity: 'block',
  basis: source.design('每个号非发出、即预留、即作废，作废的永不另行使用'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { reservation } = f.state
    if (reservation === undefined) return holds('尚不知道所办的内容')
    return reservation.status === 'reserved'
      ? holds(`${reservation.text}预留未用`)
      : fails(
          reservation.status === 'issued'
            ? `${reservation.text}已经编给文件，不能再作废；文件撤回时随之作废`
            : `${reservation.text}已经作废，不必再办`,
        )
  },
  examples: {
    holds: [
      {
        name: '预留未用',
        given: (f) =>
          during(
            f,
            'ReleaseReservation',
            { number: '海政规发〔2026〕9号' },
            { reservation: { text: '海政规发〔2026〕9号', status: 'reserved', expiresOn: '2026-07-01' } },
          ),
      },
    ],
    refused: [
      {
        name: '已经作废',
        given: (f) =>
          during(
            f,
            'ReleaseReservation',
            { number: '海政规发〔2026〕9号' },
            { reservation: { text: '海政规发〔2026〕9号', status: 'void', expiresOn: null } },
          ),
        says: '已经作废',
      },
      {
        name: '已经编给文件',
        given: (f) =>
          during(
            f,
            'ReleaseReservation',
            { number: '海政规发〔2026〕9号' },
            { reservation: { text: '海政规发〔2026〕9号', status: 'issued', expiresOn: null } },
          ),
        says: '已经编给文件',
      },
    ],
  },
}
