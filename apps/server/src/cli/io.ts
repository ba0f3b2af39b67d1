// 命令的输出口：结果写标准输出，进度与错误写标准错误；测试换成自己的。
export interface Io {
  /** 一项结果，自成一行或多行。 */
  out(text: string): void
  error(text: string): void
  /** 暂时的进度；终端上覆盖前一句，空串清除；不是终端时不显示。 */
  progress(text: string): void
  /** 标准错误是否终端。 */
  terminal: boolean
}

export const standardIo: Io = {
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
  },
  terminal: process.stderr.isTTY === true,
}
