// What the server tells the portal of one request.
/** Something drawn anew for each visitor: as it stands in this answer, and how the next one is made. */
export interface Again {
  value: string
  next: () => string
}
/** What the server hands to the portal with each request, by `fetch(request, env)`. */
export interface PortalEnv {
  requestId?: string
  /** Throws `rate_limited` beyond the allowed frequency. */
  admit?: (method: string, path: string) => void
  /** What is sent to be read by a person is taken beyond the frequency, too, and held; set by `admit`. */
  flooding?: boolean
  /** Does the work of a request; throws `unavailable` when it takes too long. */
  inTime?: (method: string, path: string, work: () => Promise<void>) => Promise<void>
  /** What a page has of its own for each visitor, in the order in which it stands there; set by the page. */
  again?: readonly Again[]
}
