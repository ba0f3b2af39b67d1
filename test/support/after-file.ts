// 每个测试文件结束时的收尾。模块在一个工作进程里只载入一次，在模块里登记的 afterAll 只有头一个文件有；setup.ts 逐个文件运行，由它来办。
const ends = new Set<() => Promise<void> | void>()

/** 登记一次：此后每个文件的测试（连同其自己的收尾）结束时都办 `end`；须自己记得还有什么没有收。 */
export function afterEachFile(end: () => Promise<void> | void): void {
  ends.add(end)
}
export async function endFile(): Promise<void> {
  for (const end of ends) await end()
}
