// What a channel is given and what it answers. The business declares the same shapes for itself; this package knows only
// how to send.
export interface Message {
  id: string
  address: string
  title: string
  lines: readonly string[]
  link: string | null
  unsubscribe?: { page: string; post: string }
  at: Date
  signed?: { body: string; secrets: readonly Uint8Array[] }
}
export interface Outcome {
  kind: 'sent' | 'later' | 'never' | 'gone'
  why?: string
}
export interface SendingChannel {
  label: string
  addressLabel: string
  personal: boolean
  send(message: Message): Promise<Outcome>
}
/** A reason fit to be shown: without what a library writes around it, and short. */
export const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300)
