/** 材料的名称说法不一：带书名号、份数、空白的，去掉以后比较；一方含有另一方即为同一种。 */
const plain = (name: string): string => name.replace(/[《》（）()\s]|一式.份/g, '')
const same = (a: string, b: string): boolean => a !== '' && b !== '' && (a.includes(b) || b.includes(a))

/** 要求而没有报送的材料，依要求的次序。`wanted`、`sent` 是材料的名称。 */
export function lackingMaterials(wanted: readonly string[], sent: readonly string[]): string[] {
  const names = sent.map(plain)
  return wanted.filter((one) => !names.some((name) => same(name, plain(one))))
}
