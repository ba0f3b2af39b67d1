// What the server tells the portal of one request.
/** What the server hands to the portal with each request, by `fetch(request, env)`. */
export interface PortalEnv {
  requestId?: string
  /** Throws `rate_limited` beyond the allowed frequency. */
  admit?: (method: string, path: string) => void
  /** What is sent to be read by a person is taken beyond the frequency, too, and held; set by `admit`. */
  flooding?: boolean
  /** Does the work of a request; throws `unavailable` when it takes too long. */
  inTime?: (method: string, path: string, work: () => Promise<void>) => Promise<void>
}
