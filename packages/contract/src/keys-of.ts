/** 一份名称表的各个代码，供 `z.enum` 使用；次序同表。 */
export const keysOf = <K extends string>(labels: Readonly<Record<K, string>>): [K, ...K[]] =>
  Object.keys(labels) as [K, ...K[]]
