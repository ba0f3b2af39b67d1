// Loading the program leaves several times what it keeps; collected once afterwards and given back, a server, or a thread of
// it that stays, begins its work with what it needs. Node offers no other way to ask for a collection in a process that was started without the flag.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Collects what the start left behind; takes some tens of milliseconds, so it is called when nobody waits. */
export function settleMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options?: object) => void
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
