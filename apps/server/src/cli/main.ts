// One command line, from its arguments to its exit code.
import { CommanderError } from 'commander'
import { EnvError } from '../env.ts'
import { report } from './output.ts'
import { program } from './program.ts'

/** Runs `argv` (as `process.argv`); sets the exit code: 0 done, 1 failed, 2 wrong use or environment. */
export async function main(argv: readonly string[]): Promise<void> {
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
