// Loading the program leaves several times what it keeps; collected once afterwards and given back, a server, or a thread of
// it that stays, begins its work with what it needs. Node offers no other way to ask for a collection in a process that was started without the flag.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects what the start left behind; takes some tens of milliseconds, so it is called when nobody waits. From then on the
 * old generation is collected when it has grown by this many percent.
 *
 * By default V8 lets it grow up to fourfold where the machine has memory to spare: with dozens of commands under way at once
 * much of what each needs outlives a collection of the young generation, and a server that keeps 85 MB took 300 to 500.
 */
export function settleMemory(growth = 30): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options?: object) => void
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
