// The command-line program dianzhang: one entry, --help everywhere, --json for machines, errors in one sentence with
// an exit code.
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
// Not awaited: what a command loads may be built into the same file as this, and would wait for it to end.
void main(process.argv)
