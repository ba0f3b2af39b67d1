// The command-line program dianzhang: one entry, --help everywhere, --json for machines, errors in one sentence with
// an exit code.
import { main } from './main.ts'
import { endWithOutput } from './output.ts'

endWithOutput()
// Not awaited: what a command loads may be built into the same file as this, and would wait for it to end.
void main(process.argv)
