// 变更制定机关之后：哪些须重新办理，哪些照旧，为什么。预览、折叠与台账用同一份推算。
import { type Dossier, type Facts, isConfirmed, type Standing } from '@dianzhang/rules'
import { standing } from './standing.ts'

export interface IssuersChanged {
  joined: string[]
  left: string[]
  /** 已经取得的各项认可，变更以后是否仍然成立。 */
  standing: Standing[]
  /** 须重新办理而回到起草；还没有送审的留在原处。 */
  reopens: boolean
}
const remade: Record<string, string> = {
  'legality-opinion': '审核的是原来的各制定机关制发的文件，职权依据不同，须重新审核',
  'secretariat-check': '办公机构审核的是原来的制定机关，须重新审核',
  decision: '审议决定是就原来的制定机关作出的，须重新审议',
}

/** 由原来的制定机关变更为 `issuers`（牵头在前）：`name` 给出单位的名称，`f` 是此刻的事实（读入的实质变化）。 */
export function issuersChanged(
  d: Dossier,
  issuers: readonly string[],
  name: (unit: string) => string,
  f?: Facts,
): IssuersChanged {
  const joined = issuers.filter((i) => !d.issuers.includes(i))
  const left = d.issuers.filter((i) => !issuers.includes(i))
  const after = { ...d, issuers: [...issuers] }
  const lost = (s: Standing): Standing => {
    const signer = /^signature:(.+)$/.exec(s.approval)?.[1]
    const why =
      signer === undefined
        ? remade[s.approval]
        : left.includes(signer)
          ? `${name(signer)}不再是制定机关`
          : '签署的是原来的制定机关联合制发的文件，须重新签署'
    return why === undefined ? s : { ...s, stands: false, why }
  }
  const asked: Standing[] = d.interagency
    .filter((i) => i.opinion && [...joined, ...left].includes(i.unit))
    .map((i) => ({
      approval: `opinion:${i.unit}`,
      label: `${name(i.unit)}的意见`,
      stands: true,
      why: '就文本提出的意见，文本没有变化，仍然成立',
    }))
  const deviations: Standing[] = d.deviations
    .filter((r) => r.confirmed && isConfirmed(d, r))
    .map((r) => ({
      approval: `deviation:${r.id}`,
      label: `第${r.id}项偏离的批准`,
      stands: isConfirmed(after, r),
      why: isConfirmed(after, r)
        ? '批准人所在的机关仍是制定机关'
        : `批准人所在的${name(r.confirmed?.unit ?? '')}不再是制定机关，须由现在的制定机关的负责人批准`,
    }))
  // 还没有出具意见的送审，材料写的也是原来的制定机关，一并收回。
  const file: Standing[] =
    d.review && !d.review.opinion
      ? [
          {
            approval: 'review-file',
            label: '本次送审',
            stands: false,
            why: '送审材料写的是原来的制定机关，须重新提请审核',
          },
        ]
      : []
  return {
    joined,
    left,
    standing: [...standing(d, f).map(lost), ...file, ...asked, ...deviations],
    reopens: d.review !== null || d.decision !== null || d.signatures.length > 0,
  }
}
