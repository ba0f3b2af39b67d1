// 测试失败的一刻是什么样子：登记的各处各说几句，接在失败的说明后面。只在别处见过一次的失败，凭它知道为什么。
const tellers = new Set<() => Promise<string>>()

/** 登记一次：此后每有测试失败，问它当时的样子。 */
export function onFailure(tell: () => Promise<string>): void {
  tellers.add(tell)
}
/** 接在失败的说明后面；问不出来的不说，不盖住原来的失败。 */
export async function explain(failure: { message: string; stack?: string | undefined } | undefined): Promise<void> {
  if (failure === undefined) return
  const told = await Promise.all([...tellers].map((tell) => tell().catch(() => '')))
  const said = told.filter((each) => each !== '').join('\n')
  if (said !== '') failure.message += `\n\n${said}\n`
}
