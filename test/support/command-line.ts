// 命令行的一条命令，在本进程里办：用的是命令行的全部代码，省去起一个进程、载入全部程序的一秒多处理器时间。
// 进程自己的事（起停、信号、写不出去）另由真的进程试，见 integration/cli.test.ts。
import { main } from '../../apps/server/src/cli/main.ts'

export interface Said {
  code: number
  out: string
  err: string
}
/** 运行 `dianzhang <args>`，其间环境变量另有 `env`。一次只办一条：输出与退出码是整个进程的。 */
export async function dianzhang(args: readonly string[], env: Record<string, string>): Promise<Said> {
  const before = Object.keys(env).map((key) => [key, process.env[key]] as const)
  Object.assign(process.env, env)
  const exit = process.exitCode
  process.exitCode = 0
  const said = { out: '', err: '' }
  const released = [
    caught(process.stdout, (text) => {
      said.out += text
    }),
    caught(process.stderr, (text) => {
      said.err += text
    }),
  ]
  try {
    await main(['node', 'dianzhang', ...args])
    return { code: Number(process.exitCode), ...said }
  } finally {
    for (const release of released) release()
    process.exitCode = exit
    for (const [key, value] of before)
      if (value === undefined) delete process.env[key]
      else process.env[key] = value
  }
}
/** 写往 `stream` 的改交给 `take`，直到调用所答复的。 */
function caught(stream: NodeJS.WriteStream, take: (text: string) => void): () => void {
  const { write } = stream
  stream.write = (chunk: string | Uint8Array) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    return true
  }
  return () => {
    stream.write = write
  }
}
