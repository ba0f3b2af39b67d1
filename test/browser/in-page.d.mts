/** 页面里的一个元素；测试自己的程序里没有这一类型。 */
type InPage = unknown
export function caretAtEnd(line: InPage): Promise<void>
export function outsideText(): boolean
export function caretUntold(line: InPage): void
export function pasteInto(text: InPage, given: Record<string, string>): void
export function selectOnwards(element: InPage): void
