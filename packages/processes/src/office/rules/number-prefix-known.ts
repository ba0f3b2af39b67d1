import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const numberPrefixKnown: OfficeRule = {
  id: 'number.prefix-known',
  title: '规则包规定了制定机关的机关代字',
  severity: 'block',
  basis: source.officialPapers('第九条第（五）项'),
  by: ['系统管理员'],
  judge: (f) => {
    const { prefix } = f.state
    if (prefix === undefined) return holds('尚不知道所办的内容')
    return prefix.code !== null
      ? holds(`机关代字为“${prefix.code}”`)
      : fails(`规则包没有规定单位“${prefix.unit}”的机关代字；请系统管理员依正式文件在规则包中补上，再预留文号`)
  },
  examples: {
    holds: [
      {
        name: '有机关代字',
        given: (f) =>
          during(f, 'ReserveNumber', { issuer: 'hy-gov' }, { prefix: { unit: 'hy-gov', code: '海政规发' } }),
      },
    ],
    refused: [
      {
        name: '没有机关代字',
        given: (f) => during(f, 'ReserveNumber', { issuer: 'hy-town' }, { prefix: { unit: 'hy-town', code: null } }),
        says: '没有规定单位“hy-town”的机关代字',
      },
    ],
  },
}
