// 命令行程序 dianzhang：一个入口，处处有 --help，--json 给机器，错误一句话、有返回码。
import { CommanderError } from 'commander'
import { EnvError } from '../env.ts'
import { endWithOutput, report } from './output.ts'
import { program } from './program.ts'

/** Exit codes: 0 done, 1 failed, 2 wrong use or environment. */
async function main(argv: readonly string[]): Promise<void> {
  try {
    await program(argv.includes('--json')).parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    report(error, argv.includes('--json'))
    process.exitCode = error instanceof EnvError ? 2 : 1
  }
}

endWithOutput()
await main(process.argv)
