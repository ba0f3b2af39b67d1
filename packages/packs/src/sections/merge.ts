/** 合并方式：`longer` 最低期限取较长；`shorter` 最高期限取较短；`replace` 地方规定替代、保留两方出处。 */
export type Merge = 'longer' | 'shorter' | 'replace'
