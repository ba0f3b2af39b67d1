import type { Again } from '@dianzhang/portal'
import type { Log, Person, SessionPerson } from '@dianzhang/workflow'
import type { HttpBindings } from '@hono/node-server'

/** Variables that each request carries. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    log: Log
    /** The client address, the key of the rate limits. */
    address: string
    /** The signed-in account; null when not signed in. */
    session: SessionPerson | null
    /** The session token: used for signing out and changing the password. */
    sessionToken: string | null
    actor: Person | null
    /** The page that asks is another person's than the session. */
    another: boolean
    /** The style nonce of workbench pages; absent on other paths. */
    secureHeadersNonce?: string
    /** The template of the matched route, the label in metrics. */
    route: string
    /** What this page has of its own for each visitor; everything else is the same for all. */
    again?: readonly Again[]
  }
}
